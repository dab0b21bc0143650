#include "core/token_record.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "core/json.h"
#include "core/json_spans.h"
#include "core/jwt.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxRecordBytes = 1024 * 1024;  // contract, section 3
constexpr std::int64_t kEndOfTime = 253'402'300'799;  // the year 9999 ends; no sum below overflows

constexpr std::string_view kOurMembers[] = {
    "access_token", "refresh_token", "expires_at", "token_type", "issuer",
    "client_id",    "cloud_host",    "issued_at",  "scope",      "identity"};

bool is_ours(std::string_view name) {
  return std::find(std::begin(kOurMembers), std::end(kOurMembers), name) != std::end(kOurMembers);
}

// RFC 6750 section 2.1: what may stand in an Authorization header, and nothing that could end it.
bool is_b64token(std::string_view token) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
  const std::size_t end = token.find_first_not_of(kCharacters);
  if (end == 0 || token.empty()) return false;
  return end == std::string_view::npos ||
         token.find_first_not_of('=', end) == std::string_view::npos;
}

// RFC 6749 appendix A.17: a refresh token is of VSCHAR.
bool is_visible_ascii(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

bool equals_any_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

void wipe_text(Json& value) {
  if (std::string* text = value.string()) wipe(text->data(), text->size());
}

// Reads the members of one object; the first that is not of its type is remembered.
class Members {
 public:
  explicit Members(const Json& object) : object_(object) {}

  // Absent and null are the same: empty.
  std::string text(std::string_view name) {
    const Json* value = present(name);
    if (value == nullptr) return {};
    if (value->string() == nullptr) return fault(name, "text"), std::string();
    if (has_control_characters(*value->string())) {
      return fault(name, "text without control characters"), std::string();
    }
    return *value->string();
  }

  // An integer, a number without a fraction, or one of these as text: all were seen in token files.
  std::int64_t seconds(std::string_view name) {
    const Json* value = present(name);
    if (value == nullptr) return 0;
    if (const std::int64_t* integer = value->integer()) return in_range(*integer);
    if (const double* number = value->number()) {
      if (is_whole(*number)) return in_range(*number);
    }
    if (const std::string* text = value->string()) {
      if (auto number = integer_in(*text)) return in_range(*number);
    }
    return fault(name, "whole seconds"), 0;
  }

  Secret secret(std::string_view name, bool (*is_good)(std::string_view), const char* expected) {
    const Json* value = present(name);
    if (value == nullptr) return Secret();
    if (value->string() == nullptr || !is_good(*value->string())) {
      return fault(name, expected), Secret();
    }
    return Secret(std::string_view(*value->string()));
  }

  const std::string& fault() const { return fault_; }

 private:
  const Json* present(std::string_view name) const {
    const Json* value = object_.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }
  void fault(std::string_view name, const char* expected) {
    if (fault_.empty()) fault_ = "member '" + std::string(name) + "' is not " + expected;
  }
  static bool is_whole(double number) {
    constexpr double kAllWhole = 9007199254740992;  // 2^53: from there on no double has a fraction
    if (number <= -kAllWhole || number >= kAllWhole) return true;
    return static_cast<double>(static_cast<std::int64_t>(number)) == number;
  }
  template <class Number>
  static std::int64_t in_range(Number number) {
    if (number <= Number{0}) return 0;
    if (number >= static_cast<Number>(kEndOfTime)) return kEndOfTime;
    return static_cast<std::int64_t>(number);
  }
  static std::optional<std::int64_t> integer_in(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    return is_negative ? -number : number;
  }

  const Json& object_;
  std::string fault_;
};

// Members that are not ours, byte for byte.
std::string unknown_members_of(std::string_view text) {
  std::string unknown;
  for (const MemberSpan& member : top_level_members(text)) {
    if (is_ours(unquote_json(member.name.of(text)))) continue;
    if (!unknown.empty()) unknown += ", ";
    unknown += member.name.of(text);
    unknown += ": ";
    unknown += member.value.of(text);
  }
  return unknown;
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kHexDigits[static_cast<unsigned char>(c) >> 4];
      out += kHexDigits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += ",\n  ";
  append_quoted(out, name);
  out += ": ";
  append_quoted(out, text);
}

void append_member_if_any(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty()) append_member(out, name, text);
}

void append_identity(std::string& out, const Identity& identity) {
  if (identity.subject.empty() && identity.email.empty() && identity.name.empty()) return;
  out += ",\n  \"identity\": {";
  const char* separator = "";
  for (const auto& [name, text] :
       {std::pair("subject", &identity.subject), std::pair("email", &identity.email),
        std::pair("name", &identity.name)}) {
    if (text->empty()) continue;
    out += separator;
    append_quoted(out, name);
    out += ": ";
    append_quoted(out, *text);
    separator = ", ";
  }
  out += '}';
}

// What the text may grow to at most, so that it is never moved and no copy of a token stays behind.
std::size_t most_bytes(const TokenRecord& record) {
  std::size_t most = 1024 + record.unknown_members.size();
  std::initializer_list<std::size_t> texts = {
      record.access_token.size(), record.refresh_token.size(),    record.token_type.size(),
      record.scope.size(),        record.identity.subject.size(), record.identity.email.size(),
      record.identity.name.size()};
  for (const std::size_t size : texts) most += 6 * size;
  if (record.binding) {
    most += 6 * (record.binding->issuer.size() + record.binding->client_id.size() +
                 record.binding->cloud_host.size());
  }
  return most;
}

}  // namespace

Result<TokenRecord> parse_token_record(std::string_view text, std::string_view path) {
  const std::string shown_path = harmless(path, 4096);
  const auto corrupt = [&](std::string_view words) {
    return make_error(Code::kStoreCorrupt, shown_path + ": " + std::string(words));
  };
  if (text.size() > kMaxRecordBytes) return corrupt("larger than 1 MiB");
  if (text.empty()) return corrupt("the file is empty");
  auto json = parse_json(text, shown_path, Code::kStoreCorrupt);
  if (!json) return std::move(json).error();
  if (json->object() == nullptr) return corrupt("not a JSON object");

  TokenRecord record;
  Members members(*json);
  record.access_token =
      members.secret("access_token", &is_b64token, "a token that fits into a header");
  record.refresh_token =
      members.secret("refresh_token", &is_visible_ascii, "text of visible ASCII characters");
  record.expires_at_unix_s = members.seconds("expires_at");
  record.issued_at_unix_s = members.seconds("issued_at");
  record.scope = members.text("scope");
  const std::string token_type = members.text("token_type");
  Binding binding;
  binding.issuer = members.text("issuer");
  binding.client_id = members.text("client_id");
  binding.cloud_host = members.text("cloud_host");
  if (!binding.issuer.empty()) record.binding = std::move(binding);
  // Words for `whoami`, no more: a bad one costs nobody the session.
  if (const Json* identity = json->find("identity"); identity && identity->object()) {
    Members words(*identity);
    record.identity = {words.text("subject"), words.text("email"), words.text("name")};
  }
  for (auto& [name, value] : *json->object()) wipe_text(value);

  if (!members.fault().empty()) return corrupt(members.fault());
  if (record.access_token.empty()) return corrupt("no access_token");
  if (!token_type.empty() && !equals_any_case(token_type, "bearer")) {
    return corrupt("member 'token_type' is not Bearer");
  }
  record.unknown_members = unknown_members_of(text);
  return record;
}

Secret serialise_token_record(const TokenRecord& record) {
  std::string out;
  out.reserve(most_bytes(record));
  out += "{\n  \"access_token\": ";
  append_quoted(out, record.access_token.reveal());
  out += ",\n  \"refresh_token\": ";
  if (record.refresh_token.empty()) {
    out += "null";
  } else {
    append_quoted(out, record.refresh_token.reveal());
  }
  out += ",\n  \"expires_at\": " + std::to_string(record.expires_at_unix_s);
  append_member(out, "token_type", record.token_type);
  if (record.binding) {
    append_member(out, "issuer", record.binding->issuer);
    append_member_if_any(out, "client_id", record.binding->client_id);
    append_member_if_any(out, "cloud_host", record.binding->cloud_host);
  }
  if (record.issued_at_unix_s != 0) {
    out += ",\n  \"issued_at\": " + std::to_string(record.issued_at_unix_s);
  }
  append_member_if_any(out, "scope", record.scope);
  append_identity(out, record.identity);
  if (!record.unknown_members.empty()) {
    out += ",\n  ";
    out += record.unknown_members;
  }
  out += "\n}\n";
  return Secret(std::move(out));
}

std::string TokenRecord::digest() const {
  return refresh_token.empty() ? access_token.digest() : refresh_token.digest();
}

std::int64_t TokenRecord::jwt_expires_at_unix_s() const {
  const auto claims = read_jwt_claims(access_token.reveal());
  return claims ? claims->expires_at_unix_s.value_or(0) : 0;
}

std::int64_t TokenRecord::jwt_issued_at_unix_s() const {
  const auto claims = read_jwt_claims(access_token.reveal());
  return claims ? claims->issued_at_unix_s.value_or(0) : 0;
}

std::int64_t TokenRecord::effective_expiry_unix_s() const {
  const std::int64_t from_jwt = jwt_expires_at_unix_s();
  if (from_jwt == 0) return expires_at_unix_s;
  if (expires_at_unix_s == 0) return from_jwt;
  return std::min(expires_at_unix_s, from_jwt);
}

std::int64_t TokenRecord::lifetime_s() const {
  std::int64_t issued_at = issued_at_unix_s;
  std::int64_t expires_at = effective_expiry_unix_s();
  if (issued_at == 0) {
    // A pair of one clock alone: the token's own, or nothing.
    issued_at = jwt_issued_at_unix_s();
    expires_at = jwt_expires_at_unix_s();
  }
  if (issued_at == 0 || expires_at <= issued_at) return 0;
  return expires_at - issued_at;
}

}  // namespace bmauth::core
