#include "core/credential.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/origin.h"

namespace bmauth::core {
namespace {

constexpr std::string_view kApiKeyPrefix = "bmc_";
constexpr std::size_t kShownCharacters = 4;

// Where a credential belongs, in words, if that is not the host in force.
std::string origin_in_words(const std::string& url) {
  const auto origin = parse_origin(url);
  return origin ? origin->to_string() : std::string("a host that is no valid URL");
}

bool is_bound_to(const std::string& bound_host, const Origin& in_force) {
  const auto bound = parse_origin(bound_host);
  return bound && same_origin(*bound, in_force);
}

// What one kind of credential says for this call.
enum class Fit { kAbsent, kFits, kWrongOrigin, kOver };
struct Candidate {
  CredentialKind kind = CredentialKind::kNone;
  Fit fit = Fit::kAbsent;
  Source source = Source::kNone;
  std::string words;       // how the reason names it
  std::string bound_host;  // where it belongs
};

Result<Candidate> api_key_candidate(const Settings& settings, const CredentialFacts& facts,
                                    const Origin& in_force) {
  const Setting<Secret>& key = facts.api_key;
  Candidate candidate;
  candidate.kind = CredentialKind::kApiKey;
  if (key.value.empty()) return candidate;
  candidate.source = key.source;
  candidate.words = "the API key from " + (key.place.empty() ? source_name(key.source) : key.place);
  if (auto check = check_api_key(key.value); !check) {
    check.error().message = candidate.words + " cannot be one: " + check.error().message;
    return std::move(check).error();
  }
  // Whoever names a key for this run means the host of this run; a stored key stays where it was
  // meant to go (contract, section 5; promise N3).
  const bool is_of_this_run = key.source == Source::kOption || key.source == Source::kEnvironment;
  candidate.bound_host = is_of_this_run
                             ? settings.cloud_host.value
                             : facts.api_key_bound_host.value_or(settings.recorded_cloud_host);
  candidate.fit = is_bound_to(candidate.bound_host, in_force) ? Fit::kFits : Fit::kWrongOrigin;
  return candidate;
}

Candidate session_candidate(const Settings& settings, const CredentialFacts& facts,
                            const Origin& in_force) {
  Candidate candidate;
  candidate.kind = CredentialKind::kOAuth;
  if (!facts.has_session) return candidate;
  const Source source = settings.places.token_file.source;
  candidate.source = source == Source::kNone ? Source::kDefault : source;
  candidate.words = "the OAuth session";
  candidate.bound_host =
      facts.session_cloud_host.empty() ? settings.recorded_cloud_host : facts.session_cloud_host;
  if (!is_bound_to(candidate.bound_host, in_force)) {
    candidate.fit = Fit::kWrongOrigin;
  } else {
    candidate.fit = facts.is_session_usable ? Fit::kFits : Fit::kOver;
  }
  return candidate;
}

std::string why_passed_over(const Candidate& candidate) {
  switch (candidate.fit) {
    case Fit::kWrongOrigin:
      return candidate.words + " is bound to " + origin_in_words(candidate.bound_host);
    case Fit::kOver:
      return candidate.words + " needs a new login";
    case Fit::kAbsent:
    case Fit::kFits:
      break;
  }
  return candidate.kind == CredentialKind::kApiKey ? "no API key is configured"
                                                   : "there is no OAuth session";
}

Error none_left(const Candidate& first, const Candidate& second, const Origin& in_force) {
  const std::array<const Candidate*, 2> both = {&first, &second};
  const auto find = [&](Fit fit) {
    return std::find_if(both.begin(), both.end(),
                        [fit](const Candidate* candidate) { return candidate->fit == fit; });
  };
  if (find(Fit::kOver) != both.end()) {
    return make_error(Code::kReauthRequired, "the OAuth session has ended at its issuer");
  }
  if (find(Fit::kWrongOrigin) == both.end()) {
    return make_error(Code::kNoCredentials, "nobody is logged in, and no API key is configured");
  }
  const std::string host = in_force.to_string();
  std::string words;
  for (const Candidate* candidate : both) {
    if (candidate->fit != Fit::kWrongOrigin) continue;
    words += (words.empty() ? "" : ", and ") + why_passed_over(*candidate);
  }
  Error error = make_error(Code::kCredentialNotForOrigin, words + ", not to " + host);
  error.remedy = "Log in or save an API key while " + host + " is the cloud host.";
  return error;
}

}  // namespace

const char* purpose_name(Purpose purpose) {
  return purpose == Purpose::kProject ? "project" : "account";
}

const char* credential_kind_name(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::kApiKey:
      return "api_key";
    case CredentialKind::kOAuth:
      return "oauth";
    case CredentialKind::kNone:
      break;
  }
  return "none";
}

Result<CredentialChoice> choose_credential(Purpose purpose, const Settings& settings,
                                           const CredentialFacts& facts) {
  auto in_force = parse_origin(settings.cloud_host.value);
  if (!in_force) return std::move(in_force).error();

  const Candidate session = session_candidate(settings, facts, *in_force);
  const bool is_session_first = purpose == Purpose::kAccount;
  Candidate key;
  if (!is_session_first || session.fit != Fit::kFits) {
    auto candidate = api_key_candidate(settings, facts, *in_force);
    if (!candidate) return std::move(candidate).error();
    key = *std::move(candidate);
  }
  const Candidate& first = is_session_first ? session : key;
  const Candidate& second = is_session_first ? key : session;
  if (first.fit != Fit::kFits && second.fit != Fit::kFits) {
    return none_left(first, second, *in_force);
  }

  const Candidate& chosen = first.fit == Fit::kFits ? first : second;
  CredentialChoice choice;
  choice.kind = chosen.kind;
  choice.source = chosen.source;
  choice.origin = in_force->to_string();
  choice.reason = chosen.words;
  if (&chosen == &first) {
    choice.reason +=
        is_session_first ? " comes first for account calls" : " comes first for project calls";
  } else {
    choice.reason += ", because " + why_passed_over(first);
  }
  return choice;
}

Result<void> check_api_key(const Secret& key) {
  const std::string_view text = key.reveal();
  const auto is_white = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (text.empty()) return make_error(Code::kInvalidApiKey, "it is empty");
  if (is_white(text.front()) || is_white(text.back())) {
    return make_error(Code::kInvalidApiKey, "it has white space around it");
  }
  if (text.substr(0, kApiKeyPrefix.size()) != kApiKeyPrefix) {
    return make_error(Code::kInvalidApiKey, "it does not start with bmc_");
  }
  const std::string_view body = text.substr(kApiKeyPrefix.size());
  if (body.empty()) return make_error(Code::kInvalidApiKey, "nothing follows bmc_");
  const bool is_clean = std::all_of(body.begin(), body.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  if (!is_clean) {
    return make_error(Code::kInvalidApiKey, "it holds a character other than A-Z a-z 0-9 _ -");
  }
  return {};
}

std::string shown_api_key(const Secret& key) {
  const std::string prefix(kApiKeyPrefix);
  // What is no key might be another secret in the wrong place, and four characters of a short one
  // are most of it.
  if (!check_api_key(key) || key.size() < kApiKeyPrefix.size() + 4 * kShownCharacters) {
    return prefix + "****";
  }
  return prefix + std::string(key.reveal().substr(kApiKeyPrefix.size(), kShownCharacters));
}

Purpose purpose_of_path(std::string_view path) {
  constexpr std::string_view kProjectPath = "/proxy";
  if (path.substr(0, kProjectPath.size()) != kProjectPath) return Purpose::kAccount;
  const std::string_view rest = path.substr(kProjectPath.size());
  const bool is_whole_segment =
      rest.empty() || std::string_view("/?#").find(rest[0]) != std::string_view::npos;
  return is_whole_segment ? Purpose::kProject : Purpose::kAccount;
}

}  // namespace bmauth::core
