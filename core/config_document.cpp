#include "core/config_document.h"

#include "core/json_spans.h"
#include "core/sanitize.h"
#include "core/secret.h"
#include "core/text_position.h"
#include "core/yaml.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kLongestName_bytes = 80;

const char* type_words(const Json& json) {
  if (json.boolean() != nullptr) return "true or false";
  if (json.integer() != nullptr || json.number() != nullptr) return "a number";
  if (json.string() != nullptr) return "text";
  if (json.array() != nullptr) return "a list";
  return json.object() != nullptr ? "a mapping" : "nothing";
}

}  // namespace

std::string quoted_name(std::string_view name) {
  return "'" + harmless(name, kLongestName_bytes) + "'";
}

std::string path_words(const ConfigPath& path) {
  std::string words;
  for (const std::string_view name : path) {
    words += (words.empty() ? "" : ".") + harmless(name, kLongestName_bytes);
  }
  return words;
}

const Json* find_stated(const Json* object, std::string_view name) {
  const Json* found = object != nullptr ? object->find(name) : nullptr;
  return found != nullptr && !found->is_null() ? found : nullptr;
}

ConfigDocument::ConfigDocument(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)), is_yaml_(path_.ends_with(".yaml")) {}

ConfigDocument::~ConfigDocument() {
  wipe(text_.data(), text_.size());
  wipe_strings(root_);
}

Result<void> ConfigDocument::parse() {
  Result<Json> parsed = is_yaml_ ? parse_yaml(text_, path_, Code::kConfigInvalid, kConfigMembers)
                                 : parse_json(text_, path_, Code::kConfigInvalid);
  if (!parsed) return std::move(parsed).error();
  root_ = std::move(*parsed);
  if (root_.object() == nullptr) {
    return fault_error({0, "an object is expected at the top"}, text_, path_, Code::kConfigInvalid);
  }
  return {};
}

Result<const std::string*> ConfigDocument::read_text(const ConfigPath& path,
                                                     const Json* json) const {
  if (json == nullptr || json->is_null()) return nullptr;
  if (json->string() == nullptr) return type_error(path, "text", *json);
  return json->string()->empty() ? nullptr : json->string();
}

Result<const Json*> ConfigDocument::read_mapping(std::string_view name) const {
  const Json* json = find_stated(&root_, name);
  if (json != nullptr && json->object() == nullptr) return type_error({name}, "a mapping", *json);
  return json;
}

std::string ConfigDocument::place(const ConfigPath& path) const {
  if (is_yaml_) {
    const Json* json = &root_;
    for (const std::string_view name : path) json = json != nullptr ? json->find(name) : nullptr;
    return place_words(path_, json != nullptr ? json->position : TextPosition{});
  }
  const std::optional<MemberSpan> member = find_member_span(text_, {path.begin(), path.end()});
  return place_words(path_, member ? position_at(text_, member->value.begin) : TextPosition{});
}

Error ConfigDocument::error(const ConfigPath& path, const std::string& words) const {
  return make_error(Code::kConfigInvalid, place(path) + ": " + words);
}

Error ConfigDocument::type_error(const ConfigPath& path, const char* expected,
                                 const Json& found) const {
  return error(path, path_words(path) + " must be " + expected + ", not " + type_words(found));
}

}  // namespace bmauth::core
