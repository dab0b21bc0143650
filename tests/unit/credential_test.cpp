#include "core/credential.h"

#include <gtest/gtest.h>

#include <string>

namespace bmauth::core {
namespace {

constexpr const char* kDefaultHost = "https://cloud.basicmemory.com";
constexpr const char* kOtherHost = "https://other.example";
constexpr const char* kKey = "bmc_CANARYb2c3d4e5f6g7h8i9j0k1l2m3n4";

Settings settings_at(const std::string& cloud_host, Source source = Source::kDefault) {
  Settings settings{};
  settings.cloud_host = {cloud_host, source, "BASIC_MEMORY_CLOUD_HOST"};
  settings.recorded_cloud_host = kDefaultHost;
  return settings;
}

Setting<Secret> key_from(Source source, std::string_view key = kKey) {
  return {Secret(key), source, source == Source::kConfig ? "/home/u/config.json" : "THE_VARIABLE"};
}

CredentialFacts session_at(const std::string& host, bool is_usable = true) {
  CredentialFacts facts;
  facts.has_session = true;
  facts.is_session_usable = is_usable;
  facts.session_cloud_host = host;
  return facts;
}

// The outcome in one word: the kind chosen, or the error.
std::string chosen(Purpose purpose, const Settings& settings, const CredentialFacts& facts) {
  const auto choice = choose_credential(purpose, settings, facts);
  return choice ? credential_kind_name(choice->kind) : code_info(choice.error().code).name;
}

// Contract, section 6.
TEST(Credential, purpose_decides_which_kind_comes_first) {
  CredentialFacts both = session_at(kDefaultHost);
  both.api_key = key_from(Source::kConfig);
  const Settings settings = settings_at(kDefaultHost);
  EXPECT_EQ(chosen(Purpose::kProject, settings, both), "api_key");
  EXPECT_EQ(chosen(Purpose::kAccount, settings, both), "oauth");
}

TEST(Credential, the_only_kind_there_is_serves_both_purposes) {
  const Settings settings = settings_at(kDefaultHost);
  CredentialFacts key;
  key.api_key = key_from(Source::kConfig);
  for (const Purpose purpose : {Purpose::kProject, Purpose::kAccount}) {
    EXPECT_EQ(chosen(purpose, settings, key), "api_key");
    EXPECT_EQ(chosen(purpose, settings, session_at(kDefaultHost)), "oauth");
  }
}

TEST(Credential, none_at_all_names_both_remedies) {
  for (const Purpose purpose : {Purpose::kProject, Purpose::kAccount}) {
    const auto choice = choose_credential(purpose, settings_at(kDefaultHost), {});
    ASSERT_FALSE(choice.ok());
    EXPECT_EQ(choice.error().code, Code::kNoCredentials);
    const std::string remedy = code_info(choice.error().code).remedy;
    EXPECT_NE(remedy.find("bmauth login"), std::string::npos);
    EXPECT_NE(remedy.find("API key"), std::string::npos);
  }
}

// Contract, section 5 "Binding"; promise N3.
struct BindingRow {
  const char* claim;
  Source key_source;           // kNone: no key
  const char* key_bound_host;  // null: not recorded
  const char* session_host;    // null: no session
  bool is_session_usable;
  const char* host_in_force;
  const char* project;
  const char* account;
};

TEST(Credential, each_credential_goes_to_its_own_host_alone) {
  const char* const d = kDefaultHost;
  const char* const o = kOtherHost;
  const BindingRow rows[] = {
      {"a key from the environment goes to the host in force", Source::kEnvironment, nullptr,
       nullptr, false, o, "api_key", "api_key"},
      {"a key from code goes to the host in force", Source::kOption, nullptr, nullptr, false, o,
       "api_key", "api_key"},
      {"a record elsewhere does not bind a key of this run", Source::kEnvironment, d, nullptr,
       false, o, "api_key", "api_key"},
      {"a stored key goes to its recorded host", Source::kConfig, o, nullptr, false, o, "api_key",
       "api_key"},
      {"a stored key without record belongs to the configured host", Source::kConfig, nullptr,
       nullptr, false, d, "api_key", "api_key"},
      {"a stored key never follows a host from elsewhere", Source::kConfig, nullptr, nullptr, false,
       o, "credential_not_for_origin", "credential_not_for_origin"},
      {"a stored key recorded elsewhere stays there", Source::kConfig, o, nullptr, false, d,
       "credential_not_for_origin", "credential_not_for_origin"},
      {"a session goes to its host", Source::kNone, nullptr, o, true, o, "oauth", "oauth"},
      {"a session never follows a host from elsewhere", Source::kNone, nullptr, d, true, o,
       "credential_not_for_origin", "credential_not_for_origin"},
      {"a session that records nothing belongs to the configured host", Source::kNone, nullptr, "",
       true, d, "oauth", "oauth"},
      {"... and to no other", Source::kNone, nullptr, "", true, o, "credential_not_for_origin",
       "credential_not_for_origin"},
      {"a key that does not fit is passed over for the session", Source::kConfig, o, d, true, d,
       "oauth", "oauth"},
      {"a session that does not fit is passed over for the key", Source::kEnvironment, nullptr, d,
       true, o, "api_key", "api_key"},
      {"neither fits", Source::kConfig, d, d, true, o, "credential_not_for_origin",
       "credential_not_for_origin"},
      {"an ended session is passed over for a key", Source::kConfig, nullptr, d, false, d,
       "api_key", "api_key"},
      {"an ended session alone needs a login", Source::kNone, nullptr, d, false, d,
       "reauth_required", "reauth_required"},
      {"an ended session beside a key for elsewhere needs a login", Source::kConfig, o, d, false, d,
       "reauth_required", "reauth_required"},
      {"an ended session of another host is for another host first", Source::kNone, nullptr, d,
       false, o, "credential_not_for_origin", "credential_not_for_origin"},
  };
  for (const auto& row : rows) {
    CredentialFacts facts;
    if (row.session_host != nullptr) facts = session_at(row.session_host, row.is_session_usable);
    if (row.key_source != Source::kNone) facts.api_key = key_from(row.key_source);
    if (row.key_bound_host != nullptr) facts.api_key_bound_host = row.key_bound_host;
    const Settings settings = settings_at(row.host_in_force, Source::kEnvironment);
    EXPECT_EQ(chosen(Purpose::kProject, settings, facts), row.project) << row.claim;
    EXPECT_EQ(chosen(Purpose::kAccount, settings, facts), row.account) << row.claim;
  }
}

TEST(Credential, same_origin_is_scheme_host_and_port) {
  const std::pair<const char*, bool> rows[] = {
      {"https://cloud.basicmemory.com", true},
      {"https://cloud.basicmemory.com:443/", true},
      {"https://CLOUD.basicmemory.com/some/path", true},
      {"https://cloud.basicmemory.com:8443", false},
      {"https://basicmemory.com", false},
      {"https://cloud.basicmemory.com.evil.example", false},
      {"https://cloud.basicmemory.com@evil.example", false},
      {"nonsense", false}};
  for (const auto& [bound, fits] : rows) {
    EXPECT_EQ(chosen(Purpose::kProject, settings_at(kDefaultHost), session_at(bound)),
              fits ? "oauth" : "credential_not_for_origin")
        << bound;
  }
}

TEST(Credential, a_wrong_origin_names_both_origins_and_the_ways_out) {
  CredentialFacts facts = session_at(kDefaultHost);
  facts.api_key = key_from(Source::kConfig);
  facts.api_key_bound_host = "https://third.example";
  const auto choice =
      choose_credential(Purpose::kProject, settings_at(kOtherHost, Source::kEnvironment), facts);
  ASSERT_FALSE(choice.ok());
  for (const char* words : {kDefaultHost, "https://third.example", kOtherHost}) {
    EXPECT_NE(choice.error().message.find(words), std::string::npos) << words;
  }
  for (const char* words : {"Log in", "API key", "https://other.example"}) {
    EXPECT_NE(choice.error().remedy.find(words), std::string::npos) << words;
  }
}

TEST(Credential, a_binding_that_is_no_url_is_not_repeated) {
  const auto choice = choose_credential(Purpose::kProject, settings_at(kDefaultHost),
                                        session_at("https://u:CANARY@x.example"));
  ASSERT_FALSE(choice.ok());
  EXPECT_EQ(choice.error().message.find("CANARY"), std::string::npos);
}

TEST(Credential, a_malformed_key_is_an_error_and_never_a_fall_to_the_session) {
  for (const Source source : {Source::kOption, Source::kEnvironment, Source::kConfig}) {
    CredentialFacts facts = session_at(kDefaultHost);
    facts.api_key = key_from(source, "sk_CANARY");
    const auto choice = choose_credential(Purpose::kProject, settings_at(kDefaultHost), facts);
    ASSERT_FALSE(choice.ok());
    EXPECT_EQ(choice.error().code, Code::kInvalidApiKey);
    EXPECT_NE(choice.error().message.find(facts.api_key.place), std::string::npos);
    EXPECT_EQ(choice.error().message.find("CANARY"), std::string::npos);
  }
}

TEST(Credential, a_malformed_key_does_not_disturb_an_account_call_that_has_its_session) {
  CredentialFacts facts = session_at(kDefaultHost);
  facts.api_key = key_from(Source::kConfig, "sk_CANARY");
  EXPECT_EQ(chosen(Purpose::kAccount, settings_at(kDefaultHost), facts), "oauth");
  facts.has_session = false;
  EXPECT_EQ(chosen(Purpose::kAccount, settings_at(kDefaultHost), facts), "invalid_api_key");
}

TEST(Credential, the_choice_says_why_and_where_it_may_go) {
  CredentialFacts facts = session_at(kDefaultHost);
  facts.api_key = key_from(Source::kConfig);
  auto choice = choose_credential(Purpose::kProject, settings_at(kDefaultHost), facts);
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice->source, Source::kConfig);
  EXPECT_EQ(choice->origin, kDefaultHost);
  EXPECT_EQ(choice->reason, "the API key from /home/u/config.json comes first for project calls");

  facts.api_key_bound_host = kOtherHost;
  choice = choose_credential(Purpose::kProject, settings_at(kDefaultHost), facts);
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice->reason,
            "the OAuth session, because the API key from /home/u/config.json is bound to "
            "https://other.example");

  facts = session_at(kDefaultHost, false);
  facts.api_key = key_from(Source::kEnvironment);
  choice = choose_credential(Purpose::kAccount, settings_at(kDefaultHost), facts);
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice->reason,
            "the API key from THE_VARIABLE, because the OAuth session needs a new login");

  choice =
      choose_credential(Purpose::kProject, settings_at(kDefaultHost), session_at(kDefaultHost));
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice->source, Source::kDefault);
  EXPECT_EQ(choice->reason, "the OAuth session, because no API key is configured");
}

TEST(Credential, a_host_that_is_no_origin_gets_nothing) {
  CredentialFacts facts = session_at("http://cloud.example");
  facts.api_key = key_from(Source::kEnvironment);
  EXPECT_EQ(chosen(Purpose::kProject, settings_at("http://cloud.example"), facts), "insecure_url");
  EXPECT_EQ(chosen(Purpose::kProject, settings_at("https://u:p@cloud.example"), facts),
            "invalid_argument");
}

TEST(ApiKey, has_its_prefix_and_base64url_characters) {
  for (const char* key : {"bmc_a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6", "bmc_x", "bmc_-_A9"}) {
    EXPECT_TRUE(check_api_key(Secret(std::string_view(key))).ok()) << key;
  }
  const std::pair<std::string_view, const char*> bad[] = {
      {"", "empty"},
      {"bmc_", "nothing follows"},
      {"bmc", "does not start"},
      {"BMC_abc", "does not start"},
      {"sk_abc", "does not start"},
      {" bmc_abc", "white space"},
      {"bmc_abc\n", "white space"},
      {"bmc_abc\r", "white space"},
      {"bmc_a b", "character"},
      {"bmc_a\r\nX-Evil: 1", "character"},
      {"bmc_abc=", "character"},
      {"bmc_\xc3\xa9", "character"},
      {std::string_view("bmc_a\0b", 7), "character"}};
  for (const auto& [key, reason] : bad) {
    const auto check = check_api_key(Secret(key));
    ASSERT_FALSE(check.ok()) << key;
    EXPECT_EQ(check.error().code, Code::kInvalidApiKey) << key;
    EXPECT_NE(check.error().message.find(reason), std::string::npos) << check.error().message;
  }
}

TEST(ApiKey, is_shown_by_four_characters) {
  EXPECT_EQ(shown_api_key(Secret(std::string_view("bmc_a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6"))),
            "bmc_a1b2");
  EXPECT_EQ(shown_api_key(Secret(std::string_view("bmc_short"))), "bmc_****");
  EXPECT_EQ(shown_api_key(Secret(std::string_view("CANARY-another-secret-in-the-wrong-place"))),
            "bmc_****");
}

TEST(PurposeOfPath, proxy_routes_are_projects_and_all_else_is_account) {
  for (const char* path : {"/proxy", "/proxy/", "/proxy/notes", "/proxy?x=1", "/proxy#x"}) {
    EXPECT_EQ(purpose_of_path(path), Purpose::kProject) << path;
  }
  for (const char* path :
       {"", "/", "/api/keys", "/workspaces/", "/proxyx", "/PROXY/", "/a/proxy/"}) {
    EXPECT_EQ(purpose_of_path(path), Purpose::kAccount) << path;
  }
}

TEST(CredentialNames, are_the_contracts) {
  EXPECT_STREQ(purpose_name(Purpose::kProject), "project");
  EXPECT_STREQ(purpose_name(Purpose::kAccount), "account");
  EXPECT_STREQ(credential_kind_name(CredentialKind::kNone), "none");
  EXPECT_STREQ(credential_kind_name(CredentialKind::kApiKey), "api_key");
  EXPECT_STREQ(credential_kind_name(CredentialKind::kOAuth), "oauth");
}

}  // namespace
}  // namespace bmauth::core
