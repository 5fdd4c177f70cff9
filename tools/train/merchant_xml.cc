#include "train/merchant_xml.h"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <utility>

#include "codec/utf8.h"
#include "lib/input_file.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using pugi::xml_node;

// 100,000 products with descriptions have about 200 MB; the tree takes as much again.
constexpr size_t kMaxFeedBytes = size_t{512} << 20;

constexpr std::string_view kNamespace = "http://base.google.com/ns/1.0";

std::string ReadWhole(const std::string& path) {
  InputFile file(path);
  std::string text;
  for (int byte = file.Next(); byte != -1; byte = file.Next()) {
    if (text.size() == kMaxFeedBytes) throw ToolError(path + " has more than 512 MiB");
    text.push_back(static_cast<char>(byte));
  }
  return text;
}

bool IsElement(const xml_node& node) { return node.type() == pugi::node_element; }

class MerchantXml final : public RecordTable {
 public:
  explicit MerchantXml(const std::string& path) : path_(path), text_(ReadWhole(path)) {
    FindLineEnds();
    CheckText();
    Parse();
    container_ = FindContainer();
    prefix_ = FindPrefix() + ":";
    next_ = FirstItem(container_.first_child());
    if (!next_) FailAt(0, "the feed has no item");
    ReadFields(next_);  // names its columns
  }

  bool Next() override {
    if (!next_) return false;
    const xml_node item = std::exchange(next_, FirstItem(next_.next_sibling()));
    ReadFields(item);
    return true;
  }

  int64_t line() const override { return line_; }
  double Progress() const override {
    return static_cast<double>(line_) / static_cast<double>(line_ends_.size() + 1);
  }
  const std::string& path() const override { return path_; }

 private:
  [[noreturn]] void FailAt(size_t offset, const std::string& what) {
    line_ = LineOf(offset);
    Fail(what);
  }

  void FindLineEnds() {
    for (size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
      line_ends_.push_back(static_cast<uint32_t>(at));
    }
  }

  int64_t LineOf(size_t offset) const {
    return 1 +
           (std::lower_bound(line_ends_.begin(), line_ends_.end(), offset) - line_ends_.begin());
  }

  void CheckText() {
    if (const size_t zero = text_.find('\0'); zero != std::string::npos) {
      FailAt(zero, "a zero byte: is this a text file?");
    }
    if (codec::IsUtf8(text_)) return;
    size_t begin = 0;
    for (const uint32_t end : line_ends_) {
      if (!codec::IsUtf8(std::string_view(text_).substr(begin, end - begin))) break;
      begin = end + 1;
    }
    FailAt(begin, "the text is not UTF-8");
  }

  // Entities of its own are what makes a small XML file large: a feed declares none.
  void Parse() {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const size_t begin = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const auto parsed = document_.load_buffer_inplace(text_.data() + begin, text_.size() - begin,
                                                      pugi::parse_default | pugi::parse_doctype,
                                                      pugi::encoding_utf8);
    if (!parsed) {
      FailAt(begin + static_cast<size_t>(parsed.offset),
             std::string("this is no XML: ") + parsed.description());
    }
    for (const xml_node& node : document_) {
      if (node.type() == pugi::node_doctype) {
        FailAt(OffsetOf(node), "a document type declaration: feeds have none");
      }
    }
  }

  static size_t OffsetOf(const xml_node& node) {
    return static_cast<size_t>(std::max<ptrdiff_t>(node.offset_debug(), 0));
  }

  xml_node FindContainer() {
    const xml_node root = document_.document_element();
    const std::string_view name = root.name();
    if (name == "feed") return root;
    if (name == "rss" && root.child("channel")) return root.child("channel");
    FailAt(OffsetOf(root), "neither an RSS channel nor an Atom feed");
  }

  // What stands for the namespace, by custom "g".
  std::string FindPrefix() const {
    constexpr std::string_view kDeclares = "xmlns:";
    for (const xml_node& node : {document_.document_element(), container_}) {
      for (const pugi::xml_attribute& attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (attribute.value() != kNamespace || !name.starts_with(kDeclares)) continue;
        return std::string(name.substr(kDeclares.size()));
      }
    }
    return "g";
  }

  static xml_node FirstItem(xml_node node) {
    while (node && std::strcmp(node.name(), "item") != 0 &&
           std::strcmp(node.name(), "entry") != 0) {
      node = node.next_sibling();
    }
    return node;
  }

  void ReadFields(const xml_node& item) {
    line_ = LineOf(OffsetOf(item));
    Clear();
    for (const bool inside : {true, false}) {
      const std::vector<std::string> taken = inside ? std::vector<std::string>() : fields_;
      for (const xml_node& field : item.children()) {
        if (IsElement(field)) ReadField(field, inside, taken);
      }
    }
  }

  // `taken`: fields that stay as they are.
  void ReadField(const xml_node& field, bool inside, const std::vector<std::string>& taken) {
    std::string_view name = field.name();
    if (name.starts_with(prefix_) != inside) return;
    if (inside) name.remove_prefix(prefix_.size());
    const auto known = Find(name);
    const size_t column = known ? *known : AddColumn(name);
    if (column < taken.size() && !taken[column].empty()) return;
    std::string text;
    for (const xml_node& part : field.children()) {
      if (IsElement(part)) return SetNested(column);
      text += part.value();
    }
    Set(column, fields_[column].empty() ? text : fields_[column] + "|" + text);
  }

  std::string path_;
  std::string text_;  // parsed in place
  std::vector<uint32_t> line_ends_;
  pugi::xml_document document_;
  xml_node container_, next_;
  std::string prefix_;
  int64_t line_ = 1;
};

}  // namespace

std::unique_ptr<RecordTable> OpenMerchantXml(const std::string& path) {
  return std::make_unique<MerchantXml>(path);
}

}  // namespace baya::tools
