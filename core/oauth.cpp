#include "core/oauth.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/json.h"
#include "core/jwt.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kDefaultLifetime_s = 3600;            // contract, section 5
constexpr std::int64_t kLongestLifetime_s = 30 * 24 * 3600;  // contract, section 5
constexpr std::int64_t kLongestRetryAfter_s = 3600;
constexpr std::size_t kLongestErrorName = 64;
constexpr std::size_t kLongestDescription = 300;

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return lower(x) == lower(y);
  });
}

std::size_t encoded_size(std::string_view text) {
  std::size_t size = 0;
  for (char c : text)
    size += is_alphanumeric(c) || c == ' ' || c == '-' || c == '.' || c == '_' ? 1 : 3;
  return size;
}

void append_encoded(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
}

// RFC 6750 section 2.1: b64token. Nothing else may stand in a header line.
bool is_b64token(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] == '=') --end;
  return end > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
           return is_alphanumeric(c) ||
                  std::string_view("-._~+/").find(c) != std::string_view::npos;
         });
}

// RFC 6749 appendix A.17: a refresh token is made of VSCHAR.
bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

void erase_all(std::string& text, std::string_view secret) {
  if (secret.size() < 4) return;  // too short to be a secret, long enough to spoil every sentence
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), "[redacted]");
    at += 10;
  }
}

// A server's words, fit for a terminal and without what the request carried. Redacted after what
// could hide inside a secret is gone, and cut last, so that no part of one is left at the cut.
std::string safe_words(std::string_view words, const std::vector<const Secret*>& secrets,
                       std::size_t max_bytes) {
  std::string text = harmless(words, kMaxAuthBodyBytes);
  for (const Secret* secret : secrets) {
    erase_all(text, secret->reveal());
    std::string encoded;
    encoded.reserve(encoded_size(secret->reveal()));
    append_encoded(encoded, secret->reveal());
    erase_all(text, encoded);
    wipe(encoded.data(), encoded.size());
  }
  return harmless(text, max_bytes);
}

Json* find_member(Json& json, std::string_view name) {
  Json::Object* object = json.object();
  if (object == nullptr) return nullptr;
  for (Json::Member& member : *object) {
    if (member.first == name && !member.second.is_null()) return &member.second;
  }
  return nullptr;
}

// A parsed answer holds tokens: whatever was not taken over is wiped.
class WipedJson {
 public:
  explicit WipedJson(Json json) : json_(std::move(json)) {}
  ~WipedJson() { wipe_strings(json_); }
  WipedJson(const WipedJson&) = delete;
  WipedJson& operator=(const WipedJson&) = delete;
  Json& operator*() { return json_; }

 private:
  static void wipe_strings(Json& json) {
    if (std::string* text = json.string()) wipe(text->data(), text->size());
    if (Json::Array* array = json.array())
      std::for_each(array->begin(), array->end(), wipe_strings);
    if (Json::Object* object = json.object()) {
      for (Json::Member& member : *object) wipe_strings(member.second);
    }
  }
  Json json_;
};

// RFC 6749 section 5.1. Whatever cannot be a lifetime is no lifetime, and never an error.
std::optional<std::int64_t> read_expires_in(const Json* json) {
  const std::optional<double> seconds = number_in(json);
  if (!seconds || *seconds < 1) return std::nullopt;
  return static_cast<std::int64_t>(std::min(*seconds, static_cast<double>(kLongestLifetime_s)));
}

// OpenID Connect Core section 3.1.3.7, the claims alone: the token came straight from the issuer
// over TLS, which stands for its signature there. Says what does not hold, or nothing.
std::string id_token_problem(const JwtClaims& claims, const Binding& binding,
                             std::int64_t now_unix_s) {
  if (claims.issuer != binding.issuer) return "it was issued by another issuer";
  if (std::find(claims.audience.begin(), claims.audience.end(), binding.client_id) ==
      claims.audience.end()) {
    return "it is meant for another client";
  }
  if (claims.expires_at_unix_s.value_or(0) <= now_unix_s) return "it has expired";
  return {};
}

void read_id_token(Json* member, const Binding& binding, std::int64_t now_unix_s,
                   TokenAnswer& answer) {
  if (member == nullptr) return;
  std::optional<JwtClaims> claims;
  if (const std::string* text = member->string()) claims = read_jwt_claims(*text);
  const std::string problem =
      claims ? id_token_problem(*claims, binding, now_unix_s) : std::string("it cannot be read");
  if (problem.empty()) {
    answer.identity = Identity{harmless(claims->subject, kLongestDescription),
                               harmless(claims->email, kLongestDescription),
                               harmless(claims->name, kLongestDescription)};
  } else {
    answer.warnings.push_back("the id_token of " + binding.issuer + " was not used: " + problem);
  }
}

// RFC 6749 section 5.1. Says what is wrong with the answer, or nothing.
std::string read_token_answer(Json& json, const Binding& binding, std::int64_t now_unix_s,
                              TokenAnswer& answer) {
  if (json.object() == nullptr) return "it is no JSON object";

  Json* access_token = find_member(json, "access_token");
  if (access_token == nullptr) return "access_token is missing";
  if (access_token->string() == nullptr) return "access_token is no string";
  if (!is_b64token(*access_token->string()))
    return "access_token has characters of no bearer token";

  const Json* token_type = find_member(json, "token_type");
  if (token_type == nullptr) return "token_type is missing";
  if (token_type->string() == nullptr) return "token_type is no string";
  if (!equals_ignoring_case(*token_type->string(), "bearer")) return "token_type is not Bearer";

  Json* refresh_token = find_member(json, "refresh_token");
  if (refresh_token != nullptr) {
    if (refresh_token->string() == nullptr) return "refresh_token is no string";
    if (!is_visible_ascii(*refresh_token->string())) return "refresh_token has invalid characters";
  }
  const Json* scope = find_member(json, "scope");
  if (scope != nullptr && scope->string() == nullptr) return "scope is no string";

  answer.access_token = Secret(std::move(*access_token->string()));
  if (refresh_token != nullptr) answer.refresh_token = Secret(std::move(*refresh_token->string()));
  if (scope != nullptr) answer.scope = harmless(*scope->string(), kMaxAuthBodyBytes);
  answer.expires_in_s = read_expires_in(find_member(json, "expires_in"));
  read_id_token(find_member(json, "id_token"), binding, now_unix_s, answer);
  return {};
}

// RFC 6749 section 5.2 and RFC 8628 section 3.5: `error`, whatever the status says beside it.
std::optional<Error> read_oauth_error(Json& json, const Binding& binding,
                                      const std::vector<const Secret*>& secrets) {
  const Json* name = find_member(json, "error");
  if (name == nullptr || name->string() == nullptr) return std::nullopt;
  Error error;
  error.oauth_error = safe_words(*name->string(), secrets, kLongestErrorName);
  if (error.oauth_error.empty()) return std::nullopt;
  const Json* description = find_member(json, "error_description");
  if (description != nullptr && description->string() != nullptr) {
    error.oauth_error_description =
        safe_words(*description->string(), secrets, kLongestDescription);
  }
  error.code = Code::kOauthRejected;
  if (error.oauth_error == "access_denied") error.code = Code::kAccessDenied;
  if (error.oauth_error == "expired_token") error.code = Code::kExpiredToken;
  error.message = binding.issuer + " answered " + error.oauth_error;
  if (!error.oauth_error_description.empty()) error.message += ": " + error.oauth_error_description;
  return error;
}

TokenReply failed(TokenOutcome outcome, Error error) {
  TokenReply reply;
  reply.outcome = outcome;
  reply.error = std::move(error);
  return reply;
}

TokenReply read_failure(TransportFailure failure, const std::vector<const Secret*>& secrets) {
  failure.error.message = safe_words(failure.error.message, secrets, kLongestDescription);
  if (failure.error.code == Code::kCancelled) {
    return failed(TokenOutcome::kCancelled, std::move(failure.error));
  }
  const bool is_sent = failure.delivery == Delivery::kMaybeSent;
  return failed(is_sent ? TokenOutcome::kLost : TokenOutcome::kNotSent, std::move(failure.error));
}

// The status decides first: what a 5xx or a 429 carries is often not the issuer's own.
TokenReply read_answer(const HttpAnswer& http, const Binding& binding, std::int64_t now_unix_s,
                       const std::vector<const Secret*>& secrets) {
  const std::string answered = binding.issuer + " answered HTTP " + std::to_string(http.status);
  const bool is_success = http.status >= 200 && http.status < 300;

  if (http.status == 429) {
    return failed(TokenOutcome::kRateLimited,
                  make_error(Code::kRateLimited, answered + " to a token request"));
  }
  if (http.status == 408) {
    return failed(TokenOutcome::kLost,
                  make_error(Code::kTimeout, answered + " to a token request"));
  }
  if (http.status == 425 || http.status >= 500) {
    return failed(TokenOutcome::kLost, make_error(Code::kServer, answered + " to a token request"));
  }
  if (http.status < 200) {
    return failed(TokenOutcome::kLost,
                  make_error(Code::kBadResponse, answered + " to a token request"));
  }
  if (http.status >= 300 && http.status < 400) {
    return failed(TokenOutcome::kRefused,
                  make_error(Code::kBadResponse, answered + ": redirects are not followed"));
  }

  auto parsed = http.is_body_over_cap ? Result<Json>(make_error(Code::kBadResponse, "too large"))
                                      : parse_json(http.body, "token answer", Code::kBadResponse);
  if (!parsed) {
    if (!is_success) {
      return failed(
          TokenOutcome::kRefused,
          make_error(Code::kRejected, answered + " to a token request, without a reason"));
    }
    // The parser's words may quote the text, and the text may hold tokens.
    return failed(TokenOutcome::kLost,
                  make_error(Code::kBadResponse,
                             answered + (http.is_body_over_cap ? " with a body over the limit"
                                                               : " with a body that is not JSON")));
  }
  WipedJson json(*std::move(parsed));
  if (auto error = read_oauth_error(*json, binding, secrets)) {
    return failed(TokenOutcome::kOAuthError, *std::move(error));
  }
  if (!is_success) {
    return failed(TokenOutcome::kRefused,
                  make_error(Code::kRejected, answered + " to a token request, without a reason"));
  }
  TokenReply reply;
  const std::string problem = read_token_answer(*json, binding, now_unix_s, reply.tokens);
  if (!problem.empty()) {
    return failed(TokenOutcome::kRefused,
                  make_error(Code::kBadResponse,
                             "the token answer of " + binding.issuer + " is unusable: " + problem));
  }
  reply.outcome = TokenOutcome::kTokens;
  return reply;
}

}  // namespace

Secret encode_form(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
  // Sized before anything is written: a growing string would leave copies of the secret behind.
  std::size_t size = 0;
  for (const auto& [name, value] : fields) size += encoded_size(name) + encoded_size(value) + 2;
  std::string form;
  form.reserve(size);
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    append_encoded(form, name);
    form += '=';
    append_encoded(form, value);
  }
  return Secret(std::move(form));
}

HttpRequest oauth_request(const std::string& url, Secret form, std::int64_t timeout_ms,
                          bool is_connection_fresh) {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.content_type = "application/x-www-form-urlencoded";
  request.body = std::move(form);
  request.headers.emplace_back("Accept", "application/json");
  request.timeout_ms = timeout_ms;
  request.max_body_bytes = kMaxAuthBodyBytes;
  request.is_connection_fresh = is_connection_fresh;
  return request;
}

TokenReply read_token_reply(HttpOutcome outcome, const Binding& binding, Clock& clock,
                            const std::vector<const Secret*>& request_secrets) {
  if (auto* failure = std::get_if<TransportFailure>(&outcome)) {
    return read_failure(std::move(*failure), request_secrets);
  }
  HttpAnswer& http = std::get<HttpAnswer>(outcome);
  const std::int64_t now_unix_s = clock.unix_s();
  TokenReply reply = read_answer(http, binding, now_unix_s, request_secrets);
  wipe(http.body.data(), http.body.size());
  if (reply.outcome != TokenOutcome::kTokens) {
    reply.error.http_status = http.status;
    // A date is the server's, so it is measured by the server's own clock where that is known.
    const std::int64_t server_now_unix_s = parse_http_date(http.date).value_or(now_unix_s);
    reply.error.retry_after_ms = parse_retry_after_ms(http.retry_after, server_now_unix_s);
  }
  return reply;
}

TokenRecord build_record(const TokenAnswer& answer, const Binding& binding,
                         std::int64_t requested_at_unix_s, const TokenRecord* previous) {
  TokenRecord record;
  if (previous != nullptr) {
    record.refresh_token = previous->refresh_token;
    record.scope = previous->scope;
    record.identity = previous->identity;
    record.unknown_members = previous->unknown_members;
  }
  record.access_token = answer.access_token;
  if (!answer.refresh_token.empty()) record.refresh_token = answer.refresh_token;
  if (!answer.scope.empty()) record.scope = answer.scope;
  if (answer.identity) record.identity = *answer.identity;
  record.binding = binding;
  record.issued_at_unix_s = requested_at_unix_s;

  std::int64_t lifetime_s = kDefaultLifetime_s;
  if (answer.expires_in_s) {
    lifetime_s = *answer.expires_in_s;
  } else if (const std::int64_t expires = record.jwt_expires_at_unix_s(); expires > 0) {
    // An `exp` that is past already is told by another clock; the span from `iat` does not depend
    // on it.
    const std::int64_t issued = record.jwt_issued_at_unix_s();
    if (expires > requested_at_unix_s) {
      lifetime_s = expires - requested_at_unix_s;
    } else if (issued > 0 && issued < expires) {
      lifetime_s = expires - issued;
    }
  }
  record.expires_at_unix_s =
      requested_at_unix_s + std::clamp<std::int64_t>(lifetime_s, 1, kLongestLifetime_s);
  return record;
}

std::int64_t parse_retry_after_ms(std::string_view text, std::int64_t now_unix_s) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  if (text.empty()) return -1;
  std::int64_t seconds = 0;
  if (std::all_of(text.begin(), text.end(), is_digit)) {
    auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc()) seconds = kLongestRetryAfter_s;  // more digits than a number holds
  } else if (auto date = parse_http_date(text)) {
    seconds = *date - now_unix_s;
  } else {
    return -1;
  }
  return std::clamp<std::int64_t>(seconds, 0, kLongestRetryAfter_s) * 1000;
}

namespace {

// Reads a date from left to right; after the first thing that does not fit, everything fails.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, bool is_space_padded = false) {
    int value = 0;
    if (rest_.size() < digits) return fail();
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = rest_[i];
      if (is_space_padded && i == 0 && c == ' ') continue;
      if (!is_digit(c)) return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }
  void literal(std::string_view expected) {
    if (rest_.substr(0, expected.size()) != expected) {
      fail();
      return;
    }
    rest_.remove_prefix(expected.size());
  }
  unsigned month() {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::find(kMonths.begin(), kMonths.end(), rest_.substr(0, 3));
    if (found == kMonths.end()) return static_cast<unsigned>(fail());
    rest_.remove_prefix(3);
    return static_cast<unsigned>(found - kMonths.begin()) + 1;
  }
  void time() {
    hour_ = number(2);
    literal(":");
    minute_ = number(2);
    literal(":");
    second_ = number(2);
  }
  std::optional<std::int64_t> unix_s(int year, unsigned month, int day) const {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (has_failed_ || !rest_.empty() || !date.ok()) return std::nullopt;
    if (hour_ > 23 || minute_ > 59 || second_ > 60) return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch();
    return std::int64_t{days.count()} * 86'400 + hour_ * 3'600 + minute_ * 60 + second_;
  }

 private:
  int fail() {
    has_failed_ = true;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  int hour_ = 0, minute_ = 0, second_ = 0;
  bool has_failed_ = false;
};

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) {  // asctime: Sun Nov  6 08:49:37 1994
    if (text.size() < 4) return std::nullopt;
    DateReader date(text.substr(4));
    const unsigned month = date.month();
    date.literal(" ");
    const int day = date.number(2, true);
    date.literal(" ");
    date.time();
    date.literal(" ");
    const int year = date.number(4);
    return date.unix_s(year, month, day);
  }
  DateReader date(text.substr(comma + 1));
  date.literal(" ");
  const int day = date.number(2);
  if (comma == 3) {  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
    date.literal(" ");
    const unsigned month = date.month();
    date.literal(" ");
    const int year = date.number(4);
    date.literal(" ");
    date.time();
    date.literal(" GMT");
    return date.unix_s(year, month, day);
  }
  date.literal("-");  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  const unsigned month = date.month();
  date.literal("-");
  const int short_year = date.number(2);
  date.literal(" ");
  date.time();
  date.literal(" GMT");
  return date.unix_s(short_year < 70 ? 2000 + short_year : 1900 + short_year, month, day);
}

}  // namespace bmauth::core
