// Bad input, the whole way through a client on real files: what each kind of it is called, which
// remedy and exit status it has, that the words place the fault, and that no file changes by it.
// The tables of the readers themselves stand in their own tests.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "core/client.h"
#include "core/login.h"
#include "core/sanitize.h"
#include "tests/unit/as_user.h"
#include "tests/unit/fakes.h"

namespace bmauth::core {
namespace {

constexpr const char* kIssuer = "https://issuer.example";
constexpr const char* kHost = "https://cloud.example";
constexpr const char* kTokenFile = ".cloud_tokens.json";
constexpr unsigned kForeignUid = 54321;
constexpr std::int64_t kNow_s = 1'800'000'000;

// As a token file may be; whole, it is a session that lives on.
constexpr std::string_view kTokens =
    R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh","expires_at":1800003600,)"
    R"("token_type":"Bearer","issuer":"https://issuer.example","client_id":"client_1",)"
    R"("cloud_host":"https://cloud.example","issued_at":1800000000})";

constexpr std::string_view kDeviceAnswer =
    R"({"device_code":"CANARY-device","user_code":"ABCD","verification_uri":"https://x.example/d")";

// The transport that the next client is to have.
ScriptedTransport* next_transport = nullptr;

class BorrowedTransport : public Transport {
 public:
  HttpOutcome perform(const HttpRequest& request, Cancel* cancel) override {
    return transport_->perform(request, cancel);
  }

 private:
  ScriptedTransport* const transport_ = next_transport;
};

std::unique_ptr<Transport> open_borrowed(const Settings&) {
  return std::make_unique<BorrowedTransport>();
}

// What lies in `folder`: name to size, mode, age and, unless it is large, content.
std::map<std::string, std::string> contents(const std::string& folder) {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    struct stat stat = {};
    ::lstat(entry.path().c_str(), &stat);
    std::ostringstream text;
    text << stat.st_mode << ' ' << stat.st_uid << ' ' << stat.st_size << ' ' << stat.st_mtim.tv_sec
         << '.' << stat.st_mtim.tv_nsec << '\n';
    if (S_ISREG(stat.st_mode) && stat.st_size < 1'000'000) {
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    found[entry.path()] = text.str();
  }
  return found;
}

struct Expected {
  Code code;
  const char* name;
  int exit_status;
};

constexpr Expected kConfigInvalid = {Code::kConfigInvalid, "config_invalid", 1};
constexpr Expected kStoreIo = {Code::kStoreIo, "store_io", 1};
constexpr Expected kStorePermissions = {Code::kStorePermissions, "store_permissions", 1};
constexpr Expected kStoreCorrupt = {Code::kStoreCorrupt, "store_corrupt", 1};
constexpr Expected kBadResponse = {Code::kBadResponse, "bad_response", 1};
constexpr Expected kOauthRejected = {Code::kOauthRejected, "oauth_rejected", 1};
constexpr Expected kForbidden = {Code::kForbidden, "forbidden", 4};
constexpr Expected kNetwork = {Code::kNetwork, "network", 5};

void expect_error(const Error& error, const Expected& expected, const std::string& words) {
  const CodeInfo& row = code_info(error.code);
  EXPECT_EQ(error.code, expected.code) << row.name << ": " << error.message;
  EXPECT_STREQ(row.name, expected.name);
  EXPECT_EQ(row.exit_status, expected.exit_status);
  EXPECT_FALSE((error.remedy.empty() ? row.remedy : error.remedy).empty());
  EXPECT_NE(error.message.find(words), std::string::npos)
      << "'" << words << "' is not in: " << error.message;
  for (const std::string& text : {error.message, error.remedy, error.oauth_error_description}) {
    EXPECT_EQ(text.find("CANARY"), std::string::npos) << text;
    EXPECT_EQ(harmless(text, 10'000), text) << "characters that could drive a terminal";
  }
}

// A home directory with a data dir, and a client whose server is a script.
class BadInputTest : public testing::Test {
 protected:
  BadInputTest() {
    char name[] = "/tmp/bmauth-bad-input-XXXXXX";
    home_ = ::mkdtemp(name) == nullptr ? "" : name;
    std::filesystem::create_directory(data_dir());
    std::filesystem::permissions(data_dir(), std::filesystem::perms::owner_all);
    environment_ = {{"HOME", home_}};
    options_.issuer = kIssuer;
    options_.cloud_host = kHost;
    options_.client_id = "client_1";
    fresh_script();
  }
  ~BadInputTest() override { std::filesystem::remove_all(home_); }

  std::string data_dir() const { return home_ + "/.basic-memory"; }
  std::string in(const std::string& name) const { return data_dir() + "/" + name; }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(in(name), std::ios::binary | std::ios::trunc) << text;
    ::chmod(in(name).c_str(), 0600);
  }

  Result<std::shared_ptr<Client>> open() {
    return Client::open(options_,
                        {posix_file_system(), clock_, random_, &open_borrowed, environment_});
  }
  Result<Token> token() {
    auto client = open();
    if (!client) return std::move(client).error();
    return (*client)->token(Purpose::kAccount, 0, nullptr);
  }

  // Both when the client is opened and when a running one meets it, `error` is what it gets.
  void expect_refused(const Expected& expected, const std::string& words) {
    const auto before = contents(home_);
    auto refused = token();
    ASSERT_FALSE(refused.ok());
    expect_error(refused.error(), expected, words);
    EXPECT_EQ(contents(home_), before);
    EXPECT_TRUE(script().requests().empty()) << "nothing may be sent";
  }
  void expect_accepted() {
    auto given = token();
    EXPECT_TRUE(given.ok()) << given.error().message;
  }

  // The script of the server, for clients that are opened from now on.
  ScriptedTransport& fresh_script() { return *(next_transport = &transports_.emplace_back()); }
  ScriptedTransport& script() { return transports_.back(); }

  // The device flow up to its first poll, with these answers.
  Result<Login::State> log_in(HttpOutcome device_answer, HttpOutcome token_answer) {
    fresh_script().push(std::move(device_answer));
    script().push(std::move(token_answer));
    auto client = open();
    if (!client) return std::move(client).error();
    auto login = Login::begin(*client, false, nullptr);
    if (!login) return std::move(login).error();
    login_ = *std::move(login);
    return login_->poll(nullptr);
  }
  static HttpOutcome device_answer(
      const std::string& members = R"("expires_in":600,"interval":5)") {
    return json_answer(200, std::string(kDeviceAnswer) + "," + members + "}");
  }

  std::string home_;
  Environment environment_;
  Options options_;
  std::deque<ScriptedTransport> transports_;
  FakeClock clock_{kNow_s * 1000};
  FakeRandom random_;
  std::unique_ptr<Login> login_;
};

TEST_F(BadInputTest, no_home_is_config_invalid_with_the_variables_as_remedy) {
  environment_.clear();
  auto client = open();
  ASSERT_FALSE(client.ok());
  expect_error(client.error(), kConfigInvalid, "HOME");
  EXPECT_NE(client.error().remedy.find("BASIC_MEMORY_CONFIG_DIR"), std::string::npos);
}

TEST_F(BadInputTest, a_data_dir_that_is_a_file_is_store_io) {
  std::filesystem::remove(data_dir());
  std::ofstream(data_dir()) << "text";
  expect_refused(kStoreIo, data_dir());
}

TEST_F(BadInputTest, a_data_dir_below_a_file_is_store_io) {
  std::ofstream(home_ + "/file") << "text";
  environment_["BASIC_MEMORY_CONFIG_DIR"] = home_ + "/file/below";
  expect_refused(kStoreIo, home_ + "/file");
}

TEST_F(BadInputTest, a_data_dir_that_does_not_exist_holds_nothing_and_is_not_made) {
  std::filesystem::remove(data_dir());
  expect_refused({Code::kNoCredentials, "no_credentials", 3}, "");
  EXPECT_FALSE(std::filesystem::exists(data_dir()));
}

// Needs the right to give files away, and a user who is bound by modes.
class ForeignFilesTest : public BadInputTest {
 protected:
  // The error that a user without privileges gets, in a home of his own, for what `prepare` has
  // done.
  int refused_to_user(const std::function<void()>& prepare, const Expected& expected,
                      const std::string& words) {
    ScratchDirectory::give_away(home_);
    ScratchDirectory::give_away(data_dir());
    write(kTokenFile, kTokens);
    ScratchDirectory::give_away(in(kTokenFile));
    prepare();
    return in_child([&] {
      if (!drop_privileges() || !is_bound_by_modes(home_)) ::_exit(kChildHasPrivileges);
      auto refused = token();
      ASSERT_FALSE(refused.ok());
      expect_error(refused.error(), expected, words);
    });
  }
  void give_to_stranger(const std::string& path) const {
    ASSERT_EQ(::chown(path.c_str(), kForeignUid, kForeignUid), 0)
        << "this test has to run as root: it gives a file away";
  }
};

TEST_F(ForeignFilesTest, a_token_file_of_another_user_is_refused) {
  std::map<std::string, std::string> before;
  EXPECT_EQ(refused_to_user(
                [&] {
                  ::chmod(in(kTokenFile).c_str(), 0644);
                  give_to_stranger(in(kTokenFile));
                  before = contents(home_);
                },
                kStorePermissions, in(kTokenFile)),
            kChildPassed);
  EXPECT_EQ(contents(home_), before);
}

TEST_F(ForeignFilesTest, a_config_file_of_another_user_is_refused) {
  std::map<std::string, std::string> before;
  EXPECT_EQ(refused_to_user(
                [&] {
                  write("config.json", "{}");
                  ::chmod(in("config.json").c_str(), 0644);
                  give_to_stranger(in("config.json"));
                  before = contents(home_);
                },
                kStorePermissions, in("config.json")),
            kChildPassed);
  EXPECT_EQ(contents(home_), before);
}

TEST_F(ForeignFilesTest, a_data_dir_of_another_user_is_refused) {
  std::map<std::string, std::string> before;
  EXPECT_EQ(refused_to_user(
                [&] {
                  ::chmod(data_dir().c_str(), 0755);
                  give_to_stranger(data_dir());
                  before = contents(home_);
                },
                kStorePermissions, data_dir()),
            kChildPassed);
  EXPECT_EQ(contents(home_), before);
}

TEST_F(ForeignFilesTest, what_cannot_be_read_is_named_and_not_taken_for_absent) {
  const struct {
    const char* name;
    std::function<void()> prepare;
  } rows[] = {
      {kTokenFile, [&] { ::chmod(in(kTokenFile).c_str(), 0000); }},
      {"config.yaml",
       [&] {
         write("config.yaml", "default_project: x\n");
         ScratchDirectory::give_away(in("config.yaml"));
         ::chmod(in("config.yaml").c_str(), 0000);
       }},
      {"", [&] { ::chmod(data_dir().c_str(), 0000); }},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    std::map<std::string, std::string> before;
    EXPECT_EQ(refused_to_user(
                  [&] {
                    row.prepare();
                    before = contents(home_);
                  },
                  kStorePermissions, *row.name == '\0' ? data_dir() : in(row.name)),
              kChildPassed);
    EXPECT_EQ(contents(home_), before);
    ::chmod(data_dir().c_str(), 0700);
    std::filesystem::remove(in("config.yaml"));
  }
}

TEST_F(BadInputTest, what_anyone_may_write_is_refused) {
  write(kTokenFile, kTokens);
  ::chmod(in(kTokenFile).c_str(), 0666);
  expect_refused(kStorePermissions, in(kTokenFile));
  ::chmod(in(kTokenFile).c_str(), 0600);
  ::chmod(data_dir().c_str(), 0777);
  expect_refused(kStorePermissions, data_dir());
}

TEST_F(BadInputTest, a_token_file_torn_at_any_byte_is_store_corrupt) {
  for (std::size_t size = 0; size < kTokens.size(); ++size) {
    SCOPED_TRACE(size);
    write(kTokenFile, kTokens.substr(0, size));
    expect_refused(kStoreCorrupt, in(kTokenFile));
    if (HasFailure()) break;
  }
  write(kTokenFile, kTokens);
  expect_accepted();
}

TEST_F(BadInputTest, a_token_file_that_is_no_record_is_store_corrupt) {
  const std::string whole(kTokens);
  const std::string utf16("\xFF\xFE{\0}\0", 6);
  for (const std::string& text :
       {std::string("[]"), std::string("null"), std::string("{}"), std::string("\0\0\0\0", 4),
        utf16,
        std::string(
            R"({"access_token":7,"refresh_token":null,"expires_at":1,"token_type":"Bearer"})"),
        std::string(R"({"access_token":"CANARY","refresh_token":null,"expires_at":"soon"})"),
        std::string(R"({"access_token":"","refresh_token":null,"expires_at":1})"),
        std::string("{\"access_token\":\"CANARY\",") + whole.substr(1)}) {
    SCOPED_TRACE(text);
    write(kTokenFile, text);
    expect_refused(kStoreCorrupt, in(kTokenFile));
  }
}

TEST_F(BadInputTest, a_token_file_with_bom_or_crlf_is_read) {
  write(kTokenFile, "\xEF\xBB\xBF" + std::string(kTokens));
  expect_accepted();
  std::string lines;
  for (const char c : kTokens) lines += c == ',' ? ",\r\n" : std::string(1, c);
  write(kTokenFile, lines + "\r\n");
  expect_accepted();
}

TEST_F(BadInputTest, a_token_file_of_a_hundred_megabytes_is_store_corrupt_unread) {
  write(kTokenFile, kTokens);
  ASSERT_EQ(::truncate(in(kTokenFile).c_str(), 100 * 1024 * 1024), 0);
  expect_refused(kStoreCorrupt, in(kTokenFile));
}

TEST_F(BadInputTest, a_config_file_of_a_hundred_megabytes_is_refused_unread) {
  write("config.json", "{}");
  ASSERT_EQ(::truncate(in("config.json").c_str(), 100 * 1024 * 1024), 0);
  expect_refused(kConfigInvalid, in("config.json"));
}

TEST_F(BadInputTest, a_config_that_cannot_be_used_is_named_with_line_and_column) {
  const struct {
    const char* file;
    std::string text;
    const char* place;
  } rows[] = {
      {"config.json", "{\n  \"a\": }\n", ":2:8:"},                     // does not parse
      {"config.json", "", ":1:1:"},                                    // empty
      {"config.json", "{\"cloud_host\": 7}", ":1:16:"},                // wrong type
      {"config.json", "{\"projects\": []}", ":1:14:"},                 // wrong type
      {"config.json", "{\"a\": 1,\n \"a\": 2}", ":2:2:"},              // duplicate
      {"config.json", "{\"a\": 1,\r\n \"a\": 2}", ":2:2:"},            // CRLF
      {"config.json", "\xEF\xBB\xBF{\n x}", ":2:2:"},                  // after a BOM
      {"config.json", std::string("\xFE\xFF\0{\0}", 6), ":1:1:"},      // UTF-16
      {"config.yaml", "projects:\n  a: [\n", ":3:1:"},                 // does not parse
      {"config.yaml", "cloud_host:\n  - a\n", ":1:1:"},                // wrong type
      {"config.yaml", "projects: text\n", ":1:11:"},                   // wrong type
      {"config.yaml", "projects:\n  a:\n    mode: moon\n", ":3:11:"},  // no mode
      {"config.yaml", "a: 1\r\nb: 2\r\na: 3\r\n", ":3:1:"},            // duplicate, CRLF
      {"config.yaml",
       "\xEF\xBB\xBF"
       "a: 1\na: 2\n",
       ":2:1:"},  // after a BOM
      {"config.yaml",
       std::string("\xFF\xFE"
                   "a\0:\0",
                   6),
       ":1:1:"},                                      // UTF-16
      {"config.yaml", "cloud_host: \x01\n", ":1:"},   // control character
      {"config.yaml", "cloud_host: \xC3(\n", ":1:"},  // no UTF-8
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    write(row.file, row.text);
    expect_refused(kConfigInvalid, in(row.file) + row.place);
    std::filesystem::remove(in(row.file));
  }
}

TEST_F(BadInputTest, a_config_with_bom_and_crlf_is_read) {
  write(kTokenFile, kTokens);
  write("config.yaml",
        "\xEF\xBB\xBF"
        "default_project: notes\r\nprojects:\r\n  notes:\r\n"
        "    mode: cloud\r\n");
  expect_accepted();
  auto client = open();
  ASSERT_TRUE(client.ok());
  RouteRequest request;
  request.is_default_project_used = true;
  auto route = (*client)->route(request);
  ASSERT_TRUE(route.ok()) << route.error().message;
  EXPECT_EQ(route->project, "notes");
  EXPECT_EQ(route->mode, RouteMode::kCloud);
}

TEST_F(BadInputTest, a_config_that_turns_bad_is_met_by_a_running_client_and_mended_again) {
  write(kTokenFile, kTokens);
  write("config.json", "{}");
  auto client = open();
  ASSERT_TRUE(client.ok());
  write("config.json", "{\"cloud_host\": 7}");
  const auto before = contents(home_);
  auto refused = (*client)->token(Purpose::kAccount, 0, nullptr);
  ASSERT_FALSE(refused.ok());
  expect_error(refused.error(), kConfigInvalid, in("config.json") + ":1:16:");
  EXPECT_EQ(contents(home_), before);
  write("config.json", "{\"default_project\": \"a\"}");
  auto given = (*client)->token(Purpose::kAccount, 0, nullptr);
  EXPECT_TRUE(given.ok()) << given.error().message;
}

// What a server may put into its words: escape sequences, bidi overrides, line ends, NUL.
constexpr const char* kHostile = R"(say\u001b[2Jing \u202eevil\u2069\r\n\u0000words\u009b)";
constexpr const char* kHarmless = "say[2Jing evil";

TEST_F(BadInputTest, the_words_of_an_authorization_server_are_made_harmless) {
  const auto before = contents(home_);
  auto poll = log_in(device_answer(),
                     json_answer(400, std::string(R"({"error":"no_way","error_description":")") +
                                          kHostile + "\"}"));
  ASSERT_FALSE(poll.ok());
  expect_error(poll.error(), kOauthRejected, "");
  EXPECT_EQ(poll.error().oauth_error_description.rfind(kHarmless, 0), 0u)
      << poll.error().oauth_error_description;
  EXPECT_EQ(contents(home_), before);
}

TEST_F(BadInputTest, the_words_of_the_cloud_are_made_harmless) {
  write(kTokenFile, kTokens);
  const auto before = contents(home_);
  // No JSON object at the top, so it is no answer of the API: whoever refused, refused.
  script().push(json_answer(403, "<html>\x1b[2J CANARY</html>"));
  auto client = open();
  ASSERT_TRUE(client.ok());
  auto refused = (*client)->whoami(false, nullptr);
  ASSERT_FALSE(refused.ok());
  expect_error(refused.error(), kForbidden, "403");

  script().push(json_answer(404, std::string(R"({"message":")") + kHostile + "\"}"));
  auto absent = (*client)->whoami(false, nullptr);
  ASSERT_FALSE(absent.ok());
  expect_error(absent.error(), {Code::kNotFound, "not_found", 1}, kHarmless);
  EXPECT_EQ(contents(home_), before);
}

TEST_F(BadInputTest, a_user_code_is_made_harmless) {
  auto poll =
      log_in(json_answer(200, std::string(R"({"device_code":"CANARY","user_code":")") + kHostile +
                                  R"(","verification_uri":"https://x.example","expires_in":600})"),
             json_answer(400, R"({"error":"authorization_pending"})"));
  ASSERT_TRUE(poll.ok()) << poll.error().message;
  const std::string& code = login_->authorization()->user_code;
  EXPECT_EQ(code.rfind(kHarmless, 0), 0u) << code;
  EXPECT_EQ(harmless(code, 1'000), code);
}

TEST_F(BadInputTest, a_verification_uri_with_control_characters_is_a_bad_response) {
  const auto before = contents(home_);
  for (const char* uri : {R"(https://x.example/\u001b[2J)", R"(https://x.example/\u202e)",
                          R"(https://x.example/\r\nx)", "http://x.example/", "file:///etc/passwd",
                          "javascript:alert(1)", ""}) {
    SCOPED_TRACE(uri);
    auto poll =
        log_in(json_answer(200, std::string(R"({"device_code":"CANARY","user_code":"A",)") +
                                    R"("expires_in":600,"verification_uri":")" + uri + "\"}"),
               json_answer(200, "{}"));
    ASSERT_FALSE(poll.ok());
    expect_error(poll.error(), kBadResponse, "verification_uri");
  }
  EXPECT_EQ(contents(home_), before);
}

TEST_F(BadInputTest, the_life_of_a_code_must_be_a_positive_number_in_any_dress) {
  const auto pending = [] { return json_answer(400, R"({"error":"authorization_pending"})"); };
  const struct {
    const char* member;
    std::int64_t expires_in_s;
  } good[] = {{R"("expires_in":600)", 600},
              {R"("expires_in":"600")", 600},
              {R"("expires_in":600.5)", 600},
              {R"("expires_in":1e30)", 24 * 3600},
              {R"("expires_in":99999999999999999999)", 24 * 3600}};
  for (const auto& row : good) {
    SCOPED_TRACE(row.member);
    auto poll = log_in(device_answer(row.member), pending());
    ASSERT_TRUE(poll.ok()) << poll.error().message;
    EXPECT_EQ(login_->authorization()->expires_in_s, row.expires_in_s);
  }
  const auto before = contents(home_);
  for (const char* member : {R"("interval":5)", R"("expires_in":0)", R"("expires_in":-5)",
                             R"("expires_in":"soon")", R"("expires_in":"")", R"("expires_in":null)",
                             R"("expires_in":[600])", R"("expires_in":true)"}) {
    SCOPED_TRACE(member);
    fresh_script().push(device_answer(member));
    auto client = open();
    ASSERT_TRUE(client.ok());
    auto login = Login::begin(*client, false, nullptr);
    ASSERT_FALSE(login.ok());
    expect_error(login.error(), kBadResponse, "expires_in");
  }
  EXPECT_EQ(contents(home_), before);
}

TEST_F(BadInputTest, an_interval_that_is_none_is_five_seconds) {
  const struct {
    const char* members;
    std::int64_t interval_s;
  } rows[] = {{R"("expires_in":600,"interval":0)", 5},
              {R"("expires_in":600,"interval":"1")", 1},
              {R"("expires_in":600)", 5},
              {R"("expires_in":600,"interval":-1)", 5},
              {R"("expires_in":600,"interval":null)", 5},
              {R"("expires_in":600,"interval":{})", 5}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.members);
    auto poll = log_in(device_answer(row.members),
                       json_answer(400, R"({"error":"authorization_pending"})"));
    ASSERT_TRUE(poll.ok()) << poll.error().message;
    EXPECT_EQ(login_->authorization()->interval_s, row.interval_s);
    EXPECT_EQ(login_->next_delay_ms(), row.interval_s * 1'000);
  }
}

TEST_F(BadInputTest, the_life_of_a_token_may_be_anything_and_never_costs_the_login) {
  const struct {
    const char* member;
    std::int64_t lifetime_s;
  } rows[] = {{R"("expires_in":"300")", 300},   {R"("expires_in":-5)", 3600},
              {R"("expires_in":0)", 3600},      {R"("expires_in":1e30)", 30 * 24 * 3600},
              {R"("expires_in":"soon")", 3600}, {R"("expires_in":{})", 3600},
              {R"("scope":"openid")", 3600},    {R"("expires_in":null)", 3600}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.member);
    std::filesystem::remove(in(kTokenFile));
    const std::int64_t begun_s = clock_.unix_s();
    auto poll = log_in(
        device_answer(),
        json_answer(200, std::string(R"({"access_token":"CANARY",)") + R"("token_type":"Bearer",)" +
                             R"("refresh_token":"CANARY",)" + row.member + "}"));
    ASSERT_TRUE(poll.ok()) << poll.error().message;
    script().push(json_answer(200, "{}"));
    ASSERT_TRUE(login_->poll(nullptr).ok());
    auto given = token();
    ASSERT_TRUE(given.ok()) << given.error().message;
    EXPECT_EQ(given->expires_at_unix_s, begun_s + row.lifetime_s);
  }
}

TEST_F(BadInputTest, a_port_where_nobody_listens_is_network_and_keeps_the_session) {
  std::string ended(kTokens);
  ended.replace(ended.find("1800003600"), 10, "1799999000");
  write(kTokenFile, ended);
  const auto before = contents(home_);
  script().respond = [](const HttpRequest&) {
    return transport_failure(Code::kNetwork, Delivery::kNotSent);
  };
  auto refused = token();
  ASSERT_FALSE(refused.ok());
  expect_error(refused.error(), kNetwork, "");
  EXPECT_TRUE(refused.error().is_retryable());
  const auto after = contents(home_);
  EXPECT_EQ(after.at(in(kTokenFile)), before.at(in(kTokenFile)));
}

}  // namespace
}  // namespace bmauth::core
