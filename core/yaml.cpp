#include "core/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <set>
#include <vector>

#include "core/json_spans.h"
#include "core/sanitize.h"
#include "core/secret.h"
#include "core/text_position.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kLongestName_bytes = 80;

// From this number of members on, names are kept in a set.
constexpr std::size_t kFewMembers = 8;

// One event of libyaml. A scalar may be a key or token: its bytes are wiped.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() {
    if (event_.type == YAML_SCALAR_EVENT) {
      wipe(event_.data.scalar.value, event_.data.scalar.length);
    }
    yaml_event_delete(&event_);
  }

  yaml_event_t* get() { return &event_; }
  yaml_event_type_t type() const { return event_.type; }
  std::size_t character() const { return event_.start_mark.index; }

  std::string_view scalar() const {
    return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
  }
  bool is_plain() const { return event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE; }
  bool is_null() const {
    constexpr std::string_view kNulls[] = {"", "~", "null", "Null", "NULL"};
    return is_plain() && std::ranges::find(kNulls, scalar()) != std::end(kNulls);
  }

  const yaml_char_t* anchor() const {
    if (type() == YAML_SCALAR_EVENT) return event_.data.scalar.anchor;
    if (type() == YAML_SEQUENCE_START_EVENT) return event_.data.sequence_start.anchor;
    return type() == YAML_MAPPING_START_EVENT ? event_.data.mapping_start.anchor : nullptr;
  }
  const yaml_char_t* tag() const {
    if (type() == YAML_SCALAR_EVENT) return event_.data.scalar.tag;
    if (type() == YAML_SEQUENCE_START_EVENT) return event_.data.sequence_start.tag;
    return type() == YAML_MAPPING_START_EVENT ? event_.data.mapping_start.tag : nullptr;
  }

 private:
  yaml_event_t event_ = {};
};

class Parser {
 public:
  explicit Parser(std::string_view text) {
    is_initialized_ = yaml_parser_initialize(&parser_) != 0;
    if (!is_initialized_) return;
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() {
    if (!is_initialized_) return;
    wipe_buffer(parser_.raw_buffer.start, parser_.raw_buffer.end);
    wipe_buffer(parser_.buffer.start, parser_.buffer.end);
    yaml_parser_delete(&parser_);
  }

  bool next(Event& event) {
    return is_initialized_ && yaml_parser_parse(&parser_, event.get()) != 0;
  }

  bool is_out_of_memory() const { return !is_initialized_ || parser_.error == YAML_MEMORY_ERROR; }

  TextFault fault(std::string_view text) const {
    const std::string words = parser_.problem != nullptr ? parser_.problem : "this is not YAML";
    // The reader knows bytes, the scanner and the parser know characters.
    if (parser_.error == YAML_READER_ERROR) return {parser_.problem_offset, words};
    TextCursor cursor(text);
    cursor.advance_to_character(parser_.problem_mark.index);
    return {cursor.offset(), words};
  }

 private:
  static void wipe_buffer(unsigned char* start, unsigned char* end) {
    if (start != nullptr) wipe(start, static_cast<std::size_t>(end - start));
  }

  yaml_parser_t parser_ = {};
  bool is_initialized_ = false;
};

// Builds the tree from the events. Open mappings and sequences are kept on a stack of our own.
class Builder {
 public:
  Builder(std::string_view text, std::span<const std::string_view> read_members)
      : cursor_(text), read_members_(read_members) {}

  // False: fault() says why.
  bool take(const Event& event) {
    cursor_.advance_to_character(event.character());
    if (unread_depth_ > 0) return pass_over(event);
    switch (event.type()) {
      case YAML_DOCUMENT_START_EVENT:
        return ++documents_ == 1 || fail("only one document is read");
      case YAML_ALIAS_EVENT:
      case YAML_SCALAR_EVENT:
        return take_leaf(event);
      case YAML_MAPPING_START_EVENT:
      case YAML_SEQUENCE_START_EVENT:
        return open(event);
      case YAML_MAPPING_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
        close();
        return true;
      default:
        return true;
    }
  }

  const TextFault& fault() const { return fault_; }
  Json& root() { return root_; }

 private:
  struct Open {
    Json json;
    bool has_name = false;  // of a mapping: the next node is the value of `name`
    std::string name;
    TextPosition name_position;
    std::set<std::string> names;  // once there are many
  };

  bool fail(std::string words) {
    fault_ = {cursor_.offset(), std::move(words)};
    return false;
  }

  bool is_within_depth() {
    return stack_.size() + unread_depth_ < kMaxJsonDepth ||
           fail("nested more than " + std::to_string(kMaxJsonDepth) + " deep");
  }

  bool is_name_next() const {
    return !stack_.empty() && stack_.back().json.object() != nullptr && !stack_.back().has_name;
  }

  bool is_value_unread() const {
    return stack_.size() == 1 && stack_.back().has_name && !read_members_.empty() &&
           std::ranges::find(read_members_, stack_.back().name) == read_members_.end();
  }

  bool pass_over(const Event& event) {
    if (event.type() == YAML_MAPPING_START_EVENT || event.type() == YAML_SEQUENCE_START_EVENT) {
      if (!is_within_depth()) return false;
      ++unread_depth_;
    }
    if (event.type() == YAML_MAPPING_END_EVENT || event.type() == YAML_SEQUENCE_END_EVENT) {
      if (--unread_depth_ == 0) put(Json(), stack_.back().name_position);
    }
    return true;
  }

  // What would make the text mean something that does not stand there.
  bool is_literal(const Event& event) {
    if (event.type() == YAML_ALIAS_EVENT) return fail("aliases (*) are not read here");
    if (event.anchor() != nullptr) return fail("anchors (&) are not read here");
    return event.tag() == nullptr || fail("tags (!) are not read here");
  }

  bool take_leaf(const Event& event) {
    if (is_value_unread()) {
      put(Json(), cursor_.position());
      return true;
    }
    if (!is_literal(event)) return false;
    if (stack_.empty()) return event.is_null() || fail(kTopWords);
    if (is_name_next()) return take_name(event);
    put(event.is_null() ? Json() : Json(event.scalar()), cursor_.position());
    return true;
  }

  static bool is_new_name(Open& top, std::string_view name) {
    const Json::Object& members = *top.json.object();
    if (members.size() < kFewMembers) return top.json.find(name) == nullptr;
    if (top.names.empty()) {
      for (const Json::Member& member : members) top.names.insert(member.first);
    }
    return top.names.emplace(name).second;
  }

  bool take_name(const Event& event) {
    Open& top = stack_.back();
    if (event.is_plain() && event.scalar() == "<<")
      return fail("merge keys (<<) are not read here");
    if (!is_new_name(top, event.scalar())) {
      return fail("duplicate member '" + harmless(event.scalar(), kLongestName_bytes) + "'");
    }
    top.name = event.scalar();
    top.name_position = cursor_.position();
    top.has_name = true;
    return true;
  }

  bool open(const Event& event) {
    const bool is_mapping = event.type() == YAML_MAPPING_START_EVENT;
    if (!is_within_depth()) return false;
    if (is_value_unread()) {
      unread_depth_ = 1;
      return true;
    }
    if (!is_literal(event)) return false;
    if (stack_.empty() && !is_mapping) return fail(kTopWords);
    if (is_name_next()) return fail("a member name must be text");
    Open opened;
    opened.json = is_mapping ? Json(Json::Object()) : Json(Json::Array());
    const bool is_named = !stack_.empty() && stack_.back().has_name;
    opened.json.position = is_named ? stack_.back().name_position : cursor_.position();
    stack_.push_back(std::move(opened));
    return true;
  }

  void close() {
    Json closed = std::move(stack_.back().json);
    stack_.pop_back();
    const TextPosition position = closed.position;
    if (stack_.empty()) {
      root_ = std::move(closed);
    } else {
      put(std::move(closed), position);
    }
  }

  void put(Json json, TextPosition position) {
    json.position = position;
    Open& top = stack_.back();
    if (Json::Array* items = top.json.array()) {
      items->push_back(std::move(json));
      return;
    }
    top.json.object()->emplace_back(std::move(top.name), std::move(json));
    top.has_name = false;
  }

  static constexpr const char* kTopWords = "a mapping (name: value) is expected at the top";

  TextCursor cursor_;
  std::span<const std::string_view> read_members_;
  int documents_ = 0;
  std::vector<Open> stack_;
  std::size_t unread_depth_ = 0;  // mappings and sequences open within a member that nobody reads
  Json root_ = Json(Json::Object());
  TextFault fault_;
};

}  // namespace

Result<Json> parse_yaml(std::string_view text, std::string_view what, Code code,
                        std::span<const std::string_view> read_members) {
  if (std::optional<TextFault> fault = find_encoding_fault(text)) {
    return fault_error(*fault, text, what, code);
  }
  Parser parser(text);
  Builder builder(text, read_members);
  while (true) {
    Event event;
    if (!parser.next(event)) {
      if (parser.is_out_of_memory()) return make_error(Code::kOutOfMemory, "out of memory");
      return fault_error(parser.fault(text), text, what, code);
    }
    if (!builder.take(event)) return fault_error(builder.fault(), text, what, code);
    if (event.type() == YAML_STREAM_END_EVENT) return std::move(builder.root());
  }
}

}  // namespace bmauth::core
