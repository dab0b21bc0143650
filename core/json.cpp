#include "core/json.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/json_spans.h"
#include "core/secret.h"
#include "core/text_position.h"

namespace bmauth::core {
namespace {

namespace dom = simdjson::dom;

// Above this number of members, names are sorted to be compared.
constexpr std::size_t kFewMembers = 8;

// simdjson's own limit only keeps its memory in bounds; ours is applied while the tree is built.
constexpr std::size_t kSimdjsonDepth = 2 * kMaxJsonDepth;

// One run of simdjson. Texts may hold tokens, so its copies of them are wiped afterwards.
class SimdjsonRun {
 public:
  explicit SimdjsonRun(std::string_view text) : size_(text.size()) {
    padded_.reserve(size_ + simdjson::SIMDJSON_PADDING);
    padded_.append(text).append(simdjson::SIMDJSON_PADDING, ' ');
  }
  SimdjsonRun(const SimdjsonRun&) = delete;
  SimdjsonRun& operator=(const SimdjsonRun&) = delete;
  ~SimdjsonRun() {
    wipe(padded_.data(), padded_.size());
    if (parser_.doc.string_buf) wipe(parser_.doc.string_buf.get(), string_bytes());
  }

  simdjson::error_code parse(dom::element& root) {
    const simdjson::error_code error = parser_.allocate(size_, kSimdjsonDepth);
    return error ? error : parser_.parse(padded_.data(), size_, false).get(root);
  }

 private:
  // The most that strings can take of the buffer: each has its bytes, a length before and a zero
  // behind, and had at least quotes and a separator in the text.
  std::size_t string_bytes() const { return 5 * size_ / 3; }

  std::size_t size_;
  std::string padded_;
  dom::parser parser_;
};

bool has_duplicate_names(const dom::object& object) {
  std::size_t count = 0;
  for (auto member = object.begin(); member != object.end(); ++member) ++count;
  if (count <= kFewMembers) {
    for (auto a = object.begin(); a != object.end(); ++a) {
      auto b = a;
      for (++b; b != object.end(); ++b) {
        if (a.key() == b.key()) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> names;
  names.reserve(count);
  for (auto member = object.begin(); member != object.end(); ++member) {
    names.push_back(member.key());
  }
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

// False: nested too deep, or a duplicate name. find_json_fault says where.
bool convert(const dom::element& element, std::size_t depth, Json& out) {
  switch (element.type()) {
    case dom::element_type::NULL_VALUE:
      return true;
    case dom::element_type::BOOL:
      out = Json(bool(element.get_bool().value_unsafe()));
      return true;
    case dom::element_type::INT64:
      out = Json(std::int64_t(element.get_int64().value_unsafe()));
      return true;
    case dom::element_type::UINT64:
      out = Json(static_cast<double>(element.get_uint64().value_unsafe()));
      return true;
    case dom::element_type::DOUBLE:
      out = Json(double(element.get_double().value_unsafe()));
      return true;
    case dom::element_type::STRING:
      out = Json(std::string_view(element.get_string().value_unsafe()));
      return true;
    case dom::element_type::ARRAY: {
      if (depth == kMaxJsonDepth) return false;
      const dom::array items = element.get_array().value_unsafe();
      Json::Array array;
      array.reserve(items.size());
      for (const dom::element item : items) {
        if (!convert(item, depth + 1, array.emplace_back())) return false;
      }
      out = Json(std::move(array));
      return true;
    }
    case dom::element_type::OBJECT: {
      if (depth == kMaxJsonDepth) return false;
      const dom::object members = element.get_object().value_unsafe();
      if (has_duplicate_names(members)) return false;
      Json::Object object;
      object.reserve(members.size());
      for (const dom::key_value_pair member : members) {
        object.emplace_back(std::string(member.key), Json());
        if (!convert(member.value, depth + 1, object.back().second)) return false;
      }
      out = Json(std::move(object));
      return true;
    }
  }
  return false;
}

// The same text in numbers that simdjson takes: what is beyond double becomes null, and an integer
// beyond 64 bits a floating-point number.
std::string with_readable_numbers(std::string_view text, const std::vector<LargeNumber>& numbers) {
  std::string readable;
  readable.reserve(text.size() + 2 * numbers.size());
  std::size_t copied = 0;
  for (const LargeNumber& number : numbers) {
    const std::size_t end = number.is_beyond_double ? number.span.begin : number.span.end;
    readable += text.substr(copied, end - copied);
    readable += number.is_beyond_double ? "null" : "e0";
    copied = number.span.end;
  }
  readable += text.substr(copied);
  return readable;
}

void append_unicode_escape(std::string& out, unsigned code_point) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[code_point >> shift & 0xFU];
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t control = std::string_view("\b\f\n\r\t").find(text[i]);
    const unsigned next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else if (control != std::string_view::npos) {
      out += '\\';
      out += "bfnrt"[control];
    } else if (byte < 0x20 || byte == 0x7F) {
      append_unicode_escape(out, byte);
    } else if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) {  // U+0080 to U+009F
      append_unicode_escape(out, next);
      ++i;
    } else {
      out += text[i];
    }
  }
  out += '"';
}

// By simdjson, as everything about doubles: the C++ library's own conversions bring libm into each
// process.
void append_number(std::string& out, double number) {
  if (!std::isfinite(number)) {  // JSON has no word for it
    out += "null";
    return;
  }
  char digits[32];
  out.append(digits, simdjson::internal::to_chars(digits, digits + sizeof digits, number));
}

class Writer {
 public:
  explicit Writer(bool is_indented) : is_indented_(is_indented) {}

  void write(const Json& json, std::size_t depth) {
    if (const bool* boolean = json.boolean()) {
      out += *boolean ? "true" : "false";
    } else if (const std::int64_t* integer = json.integer()) {
      out += std::to_string(*integer);
    } else if (const double* number = json.number()) {
      append_number(out, *number);
    } else if (const std::string* string = json.string()) {
      append_string(out, *string);
    } else if (const Json::Array* array = json.array()) {
      write_items(*array, "[]", depth, [&](const Json& item) { write(item, depth + 1); });
    } else if (const Json::Object* object = json.object()) {
      write_items(*object, "{}", depth, [&](const Json::Member& member) {
        append_string(out, member.first);
        out += is_indented_ ? ": " : ":";
        write(member.second, depth + 1);
      });
    } else {
      out += "null";
    }
  }

  std::string out;

 private:
  template <class Items, class WriteItem>
  void write_items(const Items& items, std::string_view brackets, std::size_t depth,
                   WriteItem write_item) {
    out += brackets[0];
    bool is_first = true;
    for (const auto& item : items) {
      if (!is_first) out += ',';
      is_first = false;
      start_line(depth + 1);
      write_item(item);
    }
    if (!items.empty()) start_line(depth);
    out += brackets[1];
  }

  void start_line(std::size_t depth) {
    if (is_indented_) out.append(1, '\n').append(2 * depth, ' ');
  }

  bool is_indented_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.first == name) return &member.second;
  }
  return nullptr;
}

Json& Json::set(std::string_view name, Json value) {
  if (object() == nullptr) value_ = Object();
  for (Member& member : *object()) {
    if (member.first == name) return member.second = std::move(value);
  }
  return object()->emplace_back(name, std::move(value)).second;
}

const Json* Json::at_pointer(std::string_view pointer) const {
  const Json* here = this;
  while (here != nullptr && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    std::string token;
    for (; !pointer.empty() && pointer.front() != '/'; pointer.remove_prefix(1)) {
      if (pointer.front() != '~') {
        token += pointer.front();
        continue;
      }
      pointer.remove_prefix(1);
      if (pointer.empty() || (pointer.front() != '0' && pointer.front() != '1')) return nullptr;
      token += pointer.front() == '0' ? '~' : '/';
    }
    if (const Array* items = here->array()) {
      std::size_t index = 0;
      const char* end = token.data() + token.size();
      const auto [stop, error] = std::from_chars(token.data(), end, index);
      const bool has_leading_zero = token.size() > 1 && token[0] == '0';
      if (error != std::errc() || stop != end || has_leading_zero) return nullptr;
      here = index < items->size() ? &(*items)[index] : nullptr;
    } else {
      here = here->find(token);
    }
  }
  return here;
}

std::string Json::dump(bool is_indented) const {
  Writer writer(is_indented);
  writer.write(*this, 0);
  return std::move(writer.out);
}

Result<Json> parse_json(std::string_view text, std::string_view what, Code code) {
  const std::string_view body = without_byte_order_mark(text);
  {
    SimdjsonRun run(body);
    dom::element root;
    Json json;
    const simdjson::error_code error = run.parse(root);
    if (error == simdjson::MEMALLOC) return make_error(Code::kOutOfMemory, "out of memory");
    if (error == simdjson::SUCCESS && convert(root, 0, json)) return json;
    wipe_strings(json);
  }
  // From here on only the refused texts: time does not matter.
  if (std::optional<TextFault> fault = find_json_fault(text)) {
    return fault_error(*fault, text, what, code);
  }
  const std::vector<LargeNumber> numbers = find_large_numbers(body);
  if (numbers.empty()) return make_error(code, place_words(what, {}) + ": this is not JSON");
  std::string readable = with_readable_numbers(body, numbers);
  Result<Json> json = parse_json(readable, what, code);
  wipe(readable.data(), readable.size());
  return json;
}

std::optional<double> parse_number(std::string_view text) {
  // Neither white space nor anything else that JSON allows around or instead of a number.
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  std::string spelled(text);
  // simdjson has integers of 64 bits, and a double for whatever is spelled as one.
  if (text.find_first_of(".eE") == std::string_view::npos) spelled += "e0";
  SimdjsonRun run(spelled);
  dom::element root;
  double number = 0;
  if (run.parse(root) != simdjson::SUCCESS || root.get(number) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return number;
}

std::optional<double> number_in(const Json* json) {
  if (json == nullptr) return std::nullopt;
  if (const std::int64_t* integer = json->integer()) return static_cast<double>(*integer);
  if (const double* number = json->number()) return *number;
  if (const std::string* text = json->string()) return parse_number(*text);
  return std::nullopt;
}

void wipe_strings(Json& json) {
  if (std::string* string = json.string()) {
    wipe(string->data(), string->size());
    string->clear();
  }
  if (Json::Array* array = json.array()) {
    for (Json& item : *array) wipe_strings(item);
  }
  if (Json::Object* object = json.object()) {
    for (Json::Member& member : *object) wipe_strings(member.second);
  }
}

}  // namespace bmauth::core
