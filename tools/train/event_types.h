// What the types of a log's rows are called, and which of them say that somebody wants an item.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baya::tools {

// "view", "click", "cart", "like", "purchase", and of what takes something back "remove",
// "dislike", "return"; by the names that Segment, Google Analytics 4 and common public logs use, in
// any spelling of case, blanks, "_" and "-". Another type is itself, plainly spelt.
std::string EventType(std::string_view text);

bool TakesBack(std::string_view type);

// Which rows of a log teach, by their type.
class TypeChoice {
 public:
  // `wanted`: the types that count; none: all but those that take something back.
  explicit TypeChoice(const std::vector<std::string>& wanted);

  bool Counts(std::string_view type) const;

 private:
  std::vector<std::string> wanted_;
};

}  // namespace baya::tools
