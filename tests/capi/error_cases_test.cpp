// One case for each code of the error table: the call that meets it, or why none can yet.
#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bmauth.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <utility>

#include "world.h"

namespace bmauth::test {
namespace {

// What is to fail; made by a function that puts the world into the state that it fails in.
using Act = std::function<void()>;
using Prepare = std::function<Act(World&)>;

struct Case {
  Code code;
  const char* name;  // of code and test
  Prepare prepare;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

// Asks the cloud what it says of the credential of `options`.
void ask_cloud(const Options& options) {
  Client(&options).whoami(false);
}

// The cloud gives `answer` to an API key.
Prepare cloud_says(Answer answer) {
  return [answer](World& world) {
    world.server.on(kHealthPath, answer);
    return [&world] { ask_cloud(world.options().set_api_key(kApiKey)); };
  };
}

// The cloud is at `url`.
Prepare cloud_is_at(const std::function<std::string(World&)>& url) {
  return [url](World& world) {
    return [&world, url] {
      ask_cloud(world.options().set_cloud_host(url(world)).set_api_key(kApiKey));
    };
  };
}

// The authorization server gives `answer` to the first poll of a login.
Prepare poll_says(Answer answer) {
  return [answer](World& world) {
    world.server.on(kTokenPath, answer);
    return [&world] {
      Client client = world.client();
      Login login = client.login_begin(false);
      login.poll();
    };
  };
}

// With these files, a token is wanted.
Prepare files_are(const std::map<std::string, std::string>& files) {
  return [files](World& world) {
    for (const auto& [name, text] : files) world.write(name, text);
    return [&world] { world.client().token(Purpose::kAccount, 0); };
  };
}

// With an API key and three projects, the headers of one are wanted.
Prepare headers_of(
    const std::string& project, const std::function<void(Options&)>& say = [](Options&) {}) {
  return [project, say](World& world) {
    world.write("/config.yaml",
                "projects:\n"
                "  My Notes:\n    path: /a\n  my-notes:\n    path: /b\n"
                "  team:\n    mode: cloud\n    workspace_id: the-a-team\n");
    return [&world, project, say] {
      Options options = world.options();
      options.set_api_key(kApiKey);
      say(options);
      Client client(&options);
      client.headers(client.route(project, std::nullopt, Override::kNone, false));
    };
  };
}

Act purpose_is_none(World& world) {
  return [&world] { world.client().token(static_cast<Purpose>(7), 0); };
}

Act key_is_none(World& world) {
  return [&world] { ask_cloud(world.options().set_api_key("CANARY of no form")); };
}

Act url_is_elsewhere(World& world) {
  return [&world] {
    const Options options = world.options().set_api_key(kApiKey);
    Client(&options).headers_for_url("https://elsewhere.example/proxy/x");
  };
}

Act session_has_ended(World& world) {
  world.write_session(-10);
  return [&world] { world.client().fresh_token(Purpose::kAccount); };
}

// An ended session, whose refresh the authorization server refuses for good.
Act session_is_over(World& world) {
  world.write_session(-10);
  world.server.on(kTokenPath, Answer{400, R"({"error":"invalid_grant"})"});
  return [&world] { world.client().token(Purpose::kAccount, 0); };
}

Act nobody_approves(World& world) {
  world.server.on(kTokenPath, Answer{400, R"({"error":"authorization_pending"})"});
  return [&world] {
    const Options options = world.options().set_login_timeout_ms(300);
    Client client(&options);
    Login login = client.login_begin(false);
    login.wait();
  };
}

Act caller_cancels(World& world) {
  world.write_session(-10);
  return [&world] {
    Cancel cancel;
    cancel.trigger();
    world.client().token(Purpose::kAccount, 0, &cancel);
  };
}

Act cloud_is_silent(World& world) {
  Answer silence;
  silence.is_silent = true;
  world.server.on(kHealthPath, silence);
  return [&world] { ask_cloud(world.options().set_api_timeout_ms(200).set_api_key(kApiKey)); };
}

Act issuer_is_plain(World& world) {
  return [&world] {
    const Options options = world.options().set_issuer("http://plain.example");
    Client client(&options);
  };
}

Act data_dir_is_a_file(World& world) {
  world.write("/file", "not a directory");
  return [&world] {
    const Options options = world.options().set_data_dir(world.in("/file"));
    Client client(&options);
  };
}

Act anyone_may_write(World& world) {
  world.write_session(3600);
  std::filesystem::permissions(world.in(kTokenFile), std::filesystem::perms(0666));
  return [&world] { world.client().token(Purpose::kAccount, 0); };
}

// An ended session, whose lock somebody else holds.
Act lock_is_held(World& world) {
  world.write_session(-10);
  const std::string path = world.in(kTokenFile) + ".lock";
  const std::shared_ptr<int> lock(new int(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
                                  [](int* held) {
                                    ::close(*held);
                                    delete held;
                                  });
  EXPECT_EQ(::flock(*lock, LOCK_EX | LOCK_NB), 0);
  return [&world, lock] {
    const Options options = world.options().set_lock_timeout_ms(100);
    Client(&options).token(Purpose::kAccount, 0);
  };
}

Act session_is_of_another_issuer(World& world) {
  world.write_session(3600);
  return [&world] {
    const Options options = world.options().set_issuer(deserted_url());
    Client(&options).login_begin(true);
  };
}

// A copy of the library in a folder of its own, without the net object that belongs beside it.
class LonelyLibrary {
 public:
  LonelyLibrary() {
    Dl_info info = {};
    ::dladdr(reinterpret_cast<const void*>(&bmauth_version), &info);
    const std::string copy = folder_.path() + "/libbmauth.so";
    std::filesystem::copy_file(std::filesystem::canonical(info.dli_fname), copy);
    library_ = ::dlopen(copy.c_str(), RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(library_, nullptr) << ::dlerror();
  }
  // `like` is the function of the same name in the library that this program is linked to.
  template <class Function>
  Function* find(const char* name, Function*) const {
    return reinterpret_cast<Function*>(::dlsym(library_, name));
  }

 private:
  const Scratch folder_;
  void* library_;  // stays loaded: it has fork handlers
};

Act net_object_is_missing(World& world) {
  return [&world] {
    const LonelyLibrary library;
    const auto client_new = library.find("bmauth_client_new", &bmauth_client_new);
    const auto client_free = library.find("bmauth_client_free", &bmauth_client_free);
    const auto whoami = library.find("bmauth_client_whoami", &bmauth_client_whoami);
    const auto error_free = library.find("bmauth_error_free", &bmauth_error_free);
    const Variable data_dir("BASIC_MEMORY_CONFIG_DIR", world.scratch.path().c_str());
    const Variable host("BASIC_MEMORY_CLOUD_HOST", world.server.url().c_str());
    const Variable key("BASIC_MEMORY_CLOUD_API_KEY", kApiKey);
    bmauth_client* client = nullptr;
    bmauth_report* report = nullptr;
    bmauth_error* failure = nullptr;
    EXPECT_EQ(client_new(nullptr, &client, nullptr), BMAUTH_OK);
    EXPECT_EQ(whoami(client, 0, nullptr, &report, &failure), BMAUTH_E_NET_UNAVAILABLE);
    const Error error(failure);  // read by the other copy: both are of one build
    error_free(failure);
    client_free(client);
    throw error;
  };
}

std::string https_to_plain(World& world) {
  return "https" + world.server.url().substr(4);
}

const Case kCases[] = {
    {Code::kInvalidArgument, "invalid_argument", purpose_is_none},
    {Code::kConfigInvalid, "config_invalid", files_are({{"/config.json", "{\n  \"a\": }\n"}})},
    {Code::kConfigConflict, "config_conflict",
     files_are({{"/config.json", R"({"projects": {"a": {"mode": "local"}}})"},
                {"/config.yaml", "projects:\n  a:\n    mode: cloud\n"}})},
    {Code::kConflictingRouting, "conflicting_routing",
     headers_of("team", [](Options& o) { o.set_force_local(true).set_force_cloud(true); })},
    {Code::kProjectConstrained, "project_constrained",
     headers_of("team", [](Options& o) { o.set_project_constraint("other"); })},
    {Code::kUnknownProject, "unknown_project", headers_of("taem")},
    {Code::kAmbiguous, "ambiguous", headers_of("My_Notes")},
    {Code::kWorkspaceUnresolved, "workspace_unresolved", headers_of("team")},
    {Code::kNoCredentials, "no_credentials", files_are({})},
    {Code::kInvalidApiKey, "invalid_api_key", key_is_none},
    {Code::kCredentialNotForOrigin, "credential_not_for_origin", url_is_elsewhere},
    {Code::kUnauthorized, "unauthorized", cloud_says({401, R"({"detail":"expired"})"})},
    {Code::kForbidden, "forbidden", cloud_says({403, "<html>no</html>"})},
    {Code::kNotFound, "not_found", cloud_says({404, R"({"detail":"Not Found"})"})},
    {Code::kAccessDenied, "access_denied", poll_says({400, R"({"error":"access_denied"})"})},
    {Code::kExpiredToken, "expired_token", poll_says({400, R"({"error":"expired_token"})"})},
    {Code::kReauthRequired, "reauth_required", session_is_over},
    {Code::kOauthRejected, "oauth_rejected",
     poll_says({401, R"({"error":"invalid_client","error_description":"who?"})"})},
    {Code::kLoginTimeout, "login_timeout", nobody_approves},
    {Code::kCancelled, "cancelled", caller_cancels},
    {Code::kNetwork, "network", cloud_is_at([](World&) { return deserted_url(); })},
    {Code::kTls, "tls", cloud_is_at(https_to_plain)},
    {Code::kTimeout, "timeout", cloud_is_silent},
    {Code::kRateLimited, "rate_limited",
     cloud_says({429, R"({"error":"slow"})", "Retry-After: 7\r\n"})},
    {Code::kServer, "server", cloud_says({502, "<html>Bad Gateway</html>"})},
    {Code::kBadResponse, "bad_response", cloud_says({302, "", "Location: https://x.example/\r\n"})},
    {Code::kInsecureUrl, "insecure_url", issuer_is_plain},
    {Code::kStoreIo, "store_io", data_dir_is_a_file},
    {Code::kStorePermissions, "store_permissions", anyone_may_write},
    {Code::kStoreCorrupt, "store_corrupt", files_are({{kTokenFile, R"({"access_token": "CANA)"}})},
    {Code::kLockTimeout, "lock_timeout", lock_is_held},
    {Code::kSessionExists, "session_exists", session_is_of_another_issuer},
    {Code::kRejected, "rejected", cloud_says({418, R"({"message":"teapot"})"})},
    {Code::kNetUnavailable, "net_unavailable", net_object_is_missing},
    {Code::kNeedsRefresh, "needs_refresh", session_has_ended},
};

// Codes that no call above can meet, and why.
const std::map<Code, const char*> kElsewhere = {
    {Code::kOk, "no error"},
    {Code::kOutOfMemory, "has a test of its own below: it needs a process without memory"},
    {Code::kSubscriptionRequired, "a fact in reports: whoami and login succeed without a plan"},
    {Code::kInsufficientScope, "a fact in reports, until there are calls that need a scope"},
    {Code::kNotPersisted, "the call succeeds: bmauth_token_is_persisted and reports say it"},
    {Code::kScopeNotConfirmed, "comes with making API keys"},
    {Code::kUnsupported, "comes with listing and revoking API keys"},
    {Code::kInternal, "would be a bug"},
};

// What is stored is untouched: only locks and notes of our own may have come beside it.
void expect_untouched(const std::map<std::string, std::string>& before,
                      const std::map<std::string, std::string>& after) {
  for (const auto& [path, content] : before) {
    const auto found = after.find(path);
    ASSERT_NE(found, after.end()) << path;
    EXPECT_EQ(found->second, content) << path;
  }
  for (const auto& [path, content] : after) {
    if (before.count(path) != 0) continue;
    const std::string name = path.substr(path.rfind('/'));
    EXPECT_TRUE(name == std::string(kTokenFile) + ".lock" ||
                name == std::string(kTokenFile) + ".bmauth" || name == "/.bmauth.lock")
        << path;
    EXPECT_EQ(content.find("CANARY"), std::string::npos) << path;
  }
}

class ErrorCase : public testing::TestWithParam<Case> {};

TEST_P(ErrorCase, has_name_remedy_and_exit_status_and_leaves_files_alone) {
  const Case& one = GetParam();
  World world;
  const Act act = one.prepare(world);
  const auto before = world.files();
  const Error error = error_of(act);
  expect_untouched(before, world.files());

  EXPECT_EQ(error.code(), one.code) << error.message();
  EXPECT_EQ(error.name(), one.name);
  EXPECT_EQ(error.name(), code_name(one.code));
  EXPECT_FALSE(error.message().empty());
  EXPECT_STREQ(error.what(), error.message().c_str());
  EXPECT_FALSE(error.remedy().empty());
  EXPECT_EQ(error.exit_status(), code_exit_status(one.code));
  EXPECT_NE(error.exit_status(), 0);
  EXPECT_EQ(error.is_retryable(), code_is_retryable(one.code));
  for (const std::string& words : {error.message(), error.remedy()}) {
    EXPECT_EQ(words.find("CANARY"), std::string::npos) << words;
    EXPECT_EQ(words.find('\n'), std::string::npos) << words;
  }
}

INSTANTIATE_TEST_SUITE_P(OneOfEach, ErrorCase, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(ErrorCases, are_all_rows_of_the_table) {
  std::map<Code, int> met;
  for (const Case& one : kCases) ++met[one.code];
  for (const auto& [code, reason] : kElsewhere) {
    ++met[code];
    EXPECT_GT(std::string(reason).size(), 5u);
  }
  const std::string_view unknown = code_name(Code::kInternal);  // what an unknown number counts as
  std::size_t count = 0;
  for (bmauth_code code = BMAUTH_OK; code == BMAUTH_E_INTERNAL || bmauth_code_name(code) != unknown;
       ++code, ++count) {
    EXPECT_EQ(met[static_cast<Code>(code)], 1) << bmauth_code_name(code);
  }
  EXPECT_EQ(met.size(), count);
}

TEST(ErrorFacts, the_servers_words_are_kept_and_harmless) {
  World world;
  const Prepare prepare = poll_says(
      {400, R"({"error":"server_says","error_description":"a\u001b[2Jb\u202ec CANARY-device"})"});
  const Error error = error_of(prepare(world));
  EXPECT_EQ(error.code(), Code::kOauthRejected);
  EXPECT_EQ(error.http_status(), 400);
  EXPECT_EQ(error.oauth_error(), "server_says");
  ASSERT_TRUE(error.oauth_error_description().has_value());
  EXPECT_EQ(error.oauth_error_description()->rfind("a[2Jbc ", 0), 0u)
      << *error.oauth_error_description();
  EXPECT_EQ(error.oauth_error_description()->find("CANARY"), std::string::npos);
}

TEST(ErrorFacts, retry_after_is_told_in_milliseconds) {
  World world;
  const Error error =
      error_of(cloud_says({429, R"({"error":"slow"})", "Retry-After: 7\r\n"})(world));
  EXPECT_EQ(error.http_status(), 429);
  EXPECT_EQ(error.retry_after_ms(), 7'000);
  EXPECT_FALSE(error.oauth_error().has_value());
}

TEST(ErrorFacts, what_is_not_known_is_said_to_be_unknown) {
  World world;
  const Error error = error_of(purpose_is_none(world));
  EXPECT_EQ(error.http_status(), 0);
  EXPECT_EQ(error.retry_after_ms(), -1);
  EXPECT_FALSE(error.oauth_error().has_value());
  EXPECT_FALSE(error.oauth_error_description().has_value());
}

TEST(ErrorFacts, a_place_in_a_file_is_given_with_line_and_column) {
  World world;
  const Error error = error_of(files_are({{"/config.json", "{\n  \"a\": }\n"}})(world));
  EXPECT_NE(error.message().find(world.in("/config.json") + ":2:8"), std::string::npos)
      << error.message();
}

// In a child: a process that has once been without memory is no place for other tests.
TEST(OutOfMemory, is_an_error_like_any_other) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string text(1024 * 1024, 'x');
    const rlimit none = {1, 1};
    ::setrlimit(RLIMIT_AS, &none);
    for (int i = 0; i < 1'000; ++i) {  // as long as there is memory that was had before
      bmauth_options* options = nullptr;
      bmauth_error* error = nullptr;
      bmauth_code code = bmauth_options_new(&options, &error);
      if (code == BMAUTH_OK) code = bmauth_options_set_client_id(options, text.c_str(), &error);
      if (code == BMAUTH_OK) continue;
      const bool is_right = code == BMAUTH_E_OUT_OF_MEMORY && bmauth_error_code(error) == code &&
                            bmauth_error_message(error)[0] != '\0' &&
                            bmauth_error_remedy(error)[0] != '\0' &&
                            bmauth_error_exit_status(error) == 1;
      bmauth_error_free(error);
      bmauth_options_free(options);
      ::_exit(is_right ? 0 : 1);
    }
    ::_exit(2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace bmauth::test
