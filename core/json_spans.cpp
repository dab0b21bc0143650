#include "core/json_spans.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

#include "core/json.h"

namespace bmauth::core {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class DuplicateFinder : public JsonVisitor {
 public:
  explicit DuplicateFinder(std::string_view text) : text_(text) {}
  void on_begin(std::size_t depth, bool) override {
    names_.resize(std::max(names_.size(), depth + 1));
    names_[depth].clear();
  }
  bool on_name(std::size_t depth, Span name) override {
    return names_[depth - 1].insert(unquote_json(name.of(text_))).second;
  }

 private:
  std::string_view text_;
  std::vector<std::set<std::string>> names_;  // by depth of the object
};

class MemberFinder : public JsonVisitor {
 public:
  MemberFinder(std::string_view text, const std::vector<std::string_view>& path)
      : text_(text), path_(path) {}
  bool on_name(std::size_t depth, Span name) override {
    if (found_ || depth > path_.size() || depth != matched_ + 1) return true;
    if (unquote_json(name.of(text_)) != path_[depth - 1]) return true;
    matched_ = depth;
    name_ = name;
    return true;
  }
  void on_value(std::size_t depth, Span value) override {
    if (found_ || depth == 0 || depth != matched_) return;
    if (depth == path_.size()) found_ = MemberSpan{name_, value};
    --matched_;
  }
  const std::optional<MemberSpan>& found() const { return found_; }

 private:
  std::string_view text_;
  const std::vector<std::string_view>& path_;
  std::size_t matched_ = 0;  // names of the path that lead to where the scan is
  Span name_;
  std::optional<MemberSpan> found_;
};

class TopLevelLister : public JsonVisitor {
 public:
  void on_begin(std::size_t depth, bool is_object) override {
    if (depth == 0) is_object_ = is_object;
  }
  bool on_name(std::size_t depth, Span name) override {
    if (depth == 1) name_ = name;
    return true;
  }
  void on_value(std::size_t depth, Span value) override {
    if (depth == 1 && is_object_) members_.push_back({name_, value});
  }
  std::vector<MemberSpan>& members() { return members_; }

 private:
  bool is_object_ = false;
  Span name_;
  std::vector<MemberSpan> members_;
};

template <class Integer>
bool is_out_of_range(std::string_view text, Integer& value) {
  return std::from_chars(text.data(), text.data() + text.size(), value).ec ==
         std::errc::result_out_of_range;
}

class LargeNumberFinder : public JsonVisitor {
 public:
  explicit LargeNumberFinder(std::string_view text) : text_(text) {}
  void on_value(std::size_t, Span span) override {
    const std::string_view number = span.of(text_);
    if (number[0] != '-' && !is_digit(number[0])) return;
    if (!parse_number(number)) {
      numbers_.push_back({span, true});
      return;
    }
    if (number.find_first_of(".eE") != std::string_view::npos) return;
    std::int64_t as_signed = 0;
    std::uint64_t as_unsigned = 0;
    const bool is_large = number[0] == '-' ? is_out_of_range(number, as_signed)
                                           : is_out_of_range(number, as_unsigned);
    if (is_large) numbers_.push_back({span, false});
  }
  std::vector<LargeNumber>& numbers() { return numbers_; }

 private:
  std::string_view text_;
  std::vector<LargeNumber> numbers_;
};

}  // namespace

std::optional<TextFault> find_json_fault(std::string_view text) {
  JsonVisitor nothing;
  std::optional<TextFault> encoding = find_encoding_fault(text);
  std::optional<TextFault> syntax = scan_json(text, nothing);
  if (encoding && (!syntax || encoding->offset <= syntax->offset)) return encoding;
  if (syntax) return syntax;
  DuplicateFinder duplicates(text);
  return scan_json(text, duplicates);
}

std::optional<MemberSpan> find_member_span(std::string_view text,
                                           const std::vector<std::string_view>& path) {
  MemberFinder finder(text, path);
  if (scan_json(text, finder)) return std::nullopt;
  return finder.found();
}

std::vector<MemberSpan> top_level_members(std::string_view text) {
  TopLevelLister lister;
  if (scan_json(text, lister)) return {};
  return std::move(lister.members());
}

std::vector<LargeNumber> find_large_numbers(std::string_view text) {
  LargeNumberFinder finder(text);
  if (scan_json(text, finder)) return {};
  return std::move(finder.numbers());
}

}  // namespace bmauth::core
