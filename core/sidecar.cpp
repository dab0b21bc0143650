#include "core/sidecar.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/json.h"
#include "core/json_spans.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kDigestDigits = 64;

constexpr std::string_view kOurMembers[] = {"format", "token_digest", "binding",        "marker",
                                            "hold",   "generation",   "reauth_required"};

bool is_ours(std::string_view name) {
  return std::find(std::begin(kOurMembers), std::end(kOurMembers), name) != std::end(kOurMembers);
}

std::optional<Code> code_named(std::string_view name) {
  for (const CodeInfo& info : all_codes()) {
    if (info.name == name) return info.code;
  }
  return std::nullopt;
}

bool is_digest(std::string_view text) {
  return text.size() == kDigestDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Null and absent: empty. A wrong type: nothing.
std::optional<std::string> text_of(const Json* value) {
  if (value == nullptr || value->is_null()) return std::string();
  if (value->string() == nullptr || has_control_characters(*value->string())) return std::nullopt;
  return *value->string();
}

// Null and absent: 0. A wrong type or a negative number: nothing.
std::optional<std::int64_t> count_of(const Json* value) {
  if (value == nullptr || value->is_null()) return 0;
  const std::int64_t* integer = value->integer();
  if (integer == nullptr || *integer < 0) return std::nullopt;
  return *integer;
}

// Null, and false if it is there and bad; `out` stays empty if it is absent.
bool read_binding(const Json* value, std::optional<Binding>& out) {
  if (value == nullptr || value->is_null()) return true;
  if (value->object() == nullptr) return false;
  Binding binding;
  for (const auto& [name, member] :
       {std::pair("issuer", &binding.issuer), std::pair("client_id", &binding.client_id),
        std::pair("cloud_host", &binding.cloud_host),
        std::pair("token_endpoint", &binding.token_endpoint),
        std::pair("revocation_endpoint", &binding.revocation_endpoint)}) {
    auto text = text_of(value->find(name));
    if (!text) return false;
    *member = *std::move(text);
  }
  if (binding.issuer.empty()) return false;
  out = std::move(binding);
  return true;
}

bool read_marker(const Json* value, std::optional<RefreshState::Marker>& out) {
  if (value == nullptr || value->is_null()) return true;
  if (value->object() == nullptr) return false;
  const auto digest = text_of(value->find("digest"));
  const auto sent_at = count_of(value->find("sent_at_unix_ms"));
  const auto attempts = count_of(value->find("attempts"));
  if (!digest || !is_digest(*digest) || !sent_at || !attempts) return false;
  constexpr std::int64_t kMostAttempts = 1'000'000;
  out = {*digest, *sent_at, static_cast<int>(std::min(*attempts, kMostAttempts))};
  return true;
}

bool read_hold(const Json* value, std::optional<RefreshState::Hold>& out) {
  if (value == nullptr || value->is_null()) return true;
  if (value->object() == nullptr) return false;
  const auto until = count_of(value->find("until_unix_ms"));
  const auto delay = count_of(value->find("delay_ms"));
  const auto name = text_of(value->find("code"));
  const auto oauth_error = text_of(value->find("oauth_error"));
  if (!until || !delay || !name || !oauth_error) return false;
  const auto code = code_named(*name);
  if (!code) return false;
  out = {*until, *delay, *code, *oauth_error};
  return true;
}

void set_if_any(Json& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.set(name, text);
}

Json binding_json(const std::optional<Binding>& binding) {
  Json json;
  if (!binding) return json;
  json.set("issuer", binding->issuer);
  json.set("client_id", binding->client_id);
  json.set("cloud_host", binding->cloud_host);
  set_if_any(json, "token_endpoint", binding->token_endpoint);
  set_if_any(json, "revocation_endpoint", binding->revocation_endpoint);
  return json;
}

Json marker_json(const std::optional<RefreshState::Marker>& marker) {
  Json json;
  if (!marker) return json;
  json.set("digest", marker->digest);
  json.set("sent_at_unix_ms", marker->sent_at_unix_ms);
  json.set("attempts", marker->attempts);
  return json;
}

Json hold_json(const std::optional<RefreshState::Hold>& hold) {
  Json json;
  if (!hold) return json;
  json.set("until_unix_ms", hold->until_unix_ms);
  json.set("delay_ms", hold->delay_ms);
  json.set("code", code_info(hold->code).name);
  set_if_any(json, "oauth_error", hold->oauth_error);
  return json;
}

}  // namespace

std::string sidecar_path(std::string_view token_file) {
  return std::string(token_file) + ".bmauth";
}

Result<Sidecar> parse_sidecar(std::string_view text, std::string_view path) {
  const std::string shown_path = harmless(path, 4096);
  auto json = parse_json(text, shown_path, Code::kStoreCorrupt);
  if (!json) return std::move(json).error();
  const auto corrupt = [&](const char* member) {
    return make_error(Code::kStoreCorrupt,
                      shown_path + ": member '" + member + "' is not what it should be");
  };
  const Json* format = json->find("format");
  if (format == nullptr || format->integer() == nullptr || *format->integer() != kFormat) {
    return corrupt("format");
  }
  Sidecar sidecar;
  auto token_digest = text_of(json->find("token_digest"));
  if (!token_digest || !is_digest(*token_digest)) return corrupt("token_digest");
  sidecar.token_digest = *std::move(token_digest);
  const auto generation = count_of(json->find("generation"));
  if (!generation) return corrupt("generation");
  sidecar.state.generation = static_cast<std::uint64_t>(*generation);
  if (!read_binding(json->find("binding"), sidecar.state.binding)) return corrupt("binding");
  if (!read_marker(json->find("marker"), sidecar.state.marker)) return corrupt("marker");
  if (!read_hold(json->find("hold"), sidecar.state.hold)) return corrupt("hold");
  const auto rejected = text_of(json->find("reauth_required"));
  if (!rejected) return corrupt("reauth_required");
  sidecar.state.is_reauth_required = *rejected == sidecar.token_digest;
  for (const MemberSpan& member : top_level_members(text)) {
    if (is_ours(unquote_json(member.name.of(text)))) continue;
    if (!sidecar.unknown_members.empty()) sidecar.unknown_members += ", ";
    sidecar.unknown_members += member.name.of(text);
    sidecar.unknown_members += ": ";
    sidecar.unknown_members += member.value.of(text);
  }
  return sidecar;
}

std::string serialise_sidecar(const Sidecar& sidecar) {
  constexpr std::uint64_t kMostGeneration = INT64_MAX;
  const RefreshState& state = sidecar.state;
  Json json;
  json.set("format", kFormat);
  json.set("token_digest", sidecar.token_digest);
  json.set("binding", binding_json(state.binding));
  json.set("marker", marker_json(state.marker));
  json.set("hold", hold_json(state.hold));
  json.set("generation", static_cast<std::int64_t>(std::min(state.generation, kMostGeneration)));
  json.set("reauth_required", state.is_reauth_required ? Json(sidecar.token_digest) : Json());
  std::string text = json.dump(true);
  if (!sidecar.unknown_members.empty()) {
    text.erase(text.find_last_not_of("}\n ") + 1);
    text += ",\n  " + sidecar.unknown_members + "\n}";
  }
  if (text.back() != '\n') text += '\n';
  return text;
}

RefreshState state_for(const Sidecar& sidecar, std::string_view token_digest) {
  if (sidecar.token_digest == token_digest) return sidecar.state;
  RefreshState state;
  state.generation = sidecar.state.generation;
  return state;
}

}  // namespace bmauth::core
