#include "train/event_types.h"

#include <algorithm>
#include <utility>

namespace baya::tools {
namespace {

// Names with letters and digits alone.
constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
    {"view", "view"},
    {"productviewed", "view"},
    {"viewitem", "view"},
    {"pageview", "view"},
    {"pv", "view"},
    {"detail", "view"},
    {"click", "click"},
    {"productclicked", "click"},
    {"selectitem", "click"},
    {"cart", "cart"},
    {"addtocart", "cart"},
    {"productadded", "cart"},
    {"like", "like"},
    {"productliked", "like"},
    {"fav", "like"},
    {"favorite", "like"},
    {"wishlist", "like"},
    {"addtowishlist", "like"},
    {"purchase", "purchase"},
    {"purchased", "purchase"},
    {"buy", "purchase"},
    {"order", "purchase"},
    {"ordercompleted", "purchase"},
    {"transaction", "purchase"},
    {"remove", "remove"},
    {"removefromcart", "remove"},
    {"productremoved", "remove"},
    {"dislike", "dislike"},
    {"productdisliked", "dislike"},
    {"return", "return"},
    {"returned", "return"},
    {"refund", "return"},
    {"orderrefunded", "return"},
    {"cancel", "return"},
    {"ordercancelled", "return"},
};

std::string Plain(std::string_view text) {
  std::string plain;
  for (const char letter : text) {
    if (letter == ' ' || letter == '_' || letter == '-') continue;
    const bool big = letter >= 'A' && letter <= 'Z';
    plain.push_back(big ? static_cast<char>(letter - 'A' + 'a') : letter);
  }
  return plain;
}

}  // namespace

std::string EventType(std::string_view text) {
  std::string plain = Plain(text);
  for (const auto& [name, type] : kKnown) {
    if (plain == name) return std::string(type);
  }
  return plain;
}

bool TakesBack(std::string_view type) {
  return type == "remove" || type == "dislike" || type == "return";
}

TypeChoice::TypeChoice(const std::vector<std::string>& wanted) {
  for (const std::string& type : wanted) wanted_.push_back(EventType(type));
}

bool TypeChoice::Counts(std::string_view type) const {
  if (wanted_.empty()) return !TakesBack(type);
  return std::find(wanted_.begin(), wanted_.end(), type) != wanted_.end();
}

}  // namespace baya::tools
