#include "core/browser.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace bmauth::core {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Long enough for a program that fails to be seen failing on any machine: it ends when it does.
constexpr int kPatienceMs = 20'000;
constexpr const char* kUrl = "https://issuer.example/device?user_code=AB&x=$(id);'q'";

// A folder with programs of our own in it, and an environment whose PATH is that folder.
class BrowserTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "bmauth-browser-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    environment["PATH"] = folder;
    environment["DISPLAY"] = ":0";
  }
  void TearDown() override { fs::remove_all(folder); }

  // A program that writes what it was given beside itself, then runs `body`.
  std::string add_program(const std::string& name, const std::string& body = "exit 0") {
    const std::string path = folder + "/" + name;
    std::ofstream(path) << "#!/bin/sh\n"
                           "{ echo \"count=$#\"; echo \"url=$1\"; env; } > \"$0.tmp\"\n"
                           "ls -l /proc/$$/fd > \"$0.fds\"\n"
                           "mv \"$0.tmp\" \"$0.out\"\n"
                        << body << "\n";
    ::chmod(path.c_str(), 0755);
    return path;
  }
  // What a program wrote; waits for it, since nobody else does.
  std::string output_of(const std::string& path, const char* suffix = ".out") {
    const auto deadline = Clock::now() + std::chrono::seconds(10);
    while (!fs::exists(path + ".out") && Clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::ifstream file(path + suffix);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  bool has_run(const std::string& path) { return fs::exists(path + ".out"); }

  std::string folder;
  Environment environment;
};

TEST(OpenableUrl, is_https_or_http_to_loopback) {
  for (const char* url :
       {"https://issuer.example", "https://issuer.example/device?user_code=WDJB-MJHT",
        "https://issuer.example/#/device", "http://127.0.0.1:8080/device", "http://localhost/x",
        "http://[::1]:9/x", "https://[2001:db8::1]/x", "https://issuer.example/%E2%80%AE"}) {
    const auto check = check_openable_url(url);
    EXPECT_TRUE(check.ok()) << url << (check ? "" : check.error().message);
  }
}

TEST(OpenableUrl, is_nothing_that_could_drive_a_browser_a_shell_or_a_terminal) {
  const std::string_view bad[] = {"",
                                  "issuer.example",
                                  "-https://issuer.example",
                                  "--new-window",
                                  "http://issuer.example/",
                                  "javascript:alert(1)",
                                  "file:///etc/passwd",
                                  "data:text/html,x",
                                  "ftp://issuer.example/",
                                  "https:///device",
                                  "https://user@issuer.example/",
                                  "https://issuer.example\\@evil.example/",
                                  " https://issuer.example/",
                                  "https://issuer.example/ x",
                                  "https://issuer.example/\n",
                                  "https://issuer.example/\x1b[2J",
                                  "https://issuer.example/\x7f",
                                  "https://issuer.example/\"x\"",
                                  "https://issuer.example/<x>",
                                  "https://issuer.example/`id`",
                                  "https://issuer.example/|x",
                                  "https://issuer.example/\xe2\x80\xae",
                                  "https://issuer.example/#\x07",
                                  std::string_view("https://issuer.example/\0x", 25)};
  for (const std::string_view url : bad) EXPECT_FALSE(check_openable_url(url).ok()) << url;
  EXPECT_FALSE(check_openable_url("https://issuer.example/" + std::string(5'000, 'a')).ok());
}

TEST_F(BrowserTest, a_bad_url_starts_nothing) {
  const std::string program = add_program("xdg-open");
  const auto opened = open_browser("http://issuer.example/", environment);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::kInsecureUrl);
  EXPECT_FALSE(has_run(program));
}

TEST_F(BrowserTest, the_browser_variable_comes_before_the_desktops_opener) {
  const std::string mine = add_program("my-browser");
  const std::string desktop = add_program("xdg-open");
  environment["BROWSER"] = "my-browser";
  EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{mine, desktop}));
  environment["BROWSER"] = mine;
  EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{mine, desktop}));
}

TEST_F(BrowserTest, a_browser_variable_is_one_program_and_never_a_command_line) {
  add_program("my-browser");
  const std::string desktop = add_program("xdg-open");
  for (const char* value :
       {"my-browser --flag", "my-browser %s", "my-browser:xdg-open", "./my-browser",
        "../my-browser", "-x", "", "no-such-program", "my-browser; id", "$(id)"}) {
    environment["BROWSER"] = value;
    EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{desktop})) << value;
  }
}

TEST_F(BrowserTest, text_browsers_are_left_out_under_any_name) {
  for (const char* name : {"lynx", "w3m", "links", "links2", "elinks", "www-browser"}) {
    add_program(name);
    environment["BROWSER"] = name;
    EXPECT_TRUE(browser_candidates(environment).empty()) << name;
  }
  fs::create_symlink(folder + "/w3m", folder + "/favourite");
  environment["BROWSER"] = "favourite";
  EXPECT_TRUE(browser_candidates(environment).empty());
}

TEST_F(BrowserTest, xdg_open_needs_a_display) {
  const std::string desktop = add_program("xdg-open");
  EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{desktop}));
  environment.erase("DISPLAY");
  EXPECT_TRUE(browser_candidates(environment).empty());
  environment["WAYLAND_DISPLAY"] = "wayland-0";
  EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{desktop}));
  environment["WAYLAND_DISPLAY"] = "";
  EXPECT_TRUE(browser_candidates(environment).empty());
}

TEST_F(BrowserTest, programs_are_looked_for_in_absolute_folders_alone) {
  const std::string desktop = add_program("xdg-open");
  environment["PATH"] = ".::relative:" + folder + "/nowhere:" + folder;
  EXPECT_EQ(browser_candidates(environment), (std::vector<std::string>{desktop}));
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  environment["PATH"] = ".:";
  EXPECT_TRUE(browser_candidates(environment).empty());
  fs::current_path(before);
  environment["PATH"] = folder;
  ::chmod(desktop.c_str(), 0644);
  EXPECT_TRUE(browser_candidates(environment).empty());
  fs::remove(desktop);
  fs::create_directory(desktop);
  EXPECT_TRUE(browser_candidates(environment).empty());
}

TEST_F(BrowserTest, without_a_browser_the_answer_is_no) {
  const auto opened = open_browser(kUrl, environment);
  ASSERT_TRUE(opened.ok());
  EXPECT_FALSE(*opened);
}

TEST_F(BrowserTest, the_url_is_one_argument_and_no_shell_reads_it) {
  const std::string program = add_program("xdg-open");
  const auto opened = open_browser(kUrl, environment);
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(*opened);
  const std::string output = output_of(program);
  EXPECT_NE(output.find("count=1\n"), std::string::npos) << output;
  EXPECT_NE(output.find(std::string("url=") + kUrl + "\n"), std::string::npos) << output;
}

TEST_F(BrowserTest, a_path_with_spaces_is_one_program) {
  const std::string program = add_program("My Browser");
  environment["BROWSER"] = program;
  const auto opened = open_browser(kUrl, environment);
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(*opened);
  EXPECT_NE(output_of(program).find("count=1\n"), std::string::npos);
}

TEST_F(BrowserTest, the_program_inherits_no_descriptor_and_no_terminal) {
  const std::string program = add_program("xdg-open");
  const int leak = ::open("/etc/hostname", O_RDONLY);  // without O_CLOEXEC, as a careless host does
  ASSERT_GE(leak, 0);
  ASSERT_TRUE(*open_browser(kUrl, environment));
  output_of(program);
  ::close(leak);
  const std::string descriptors = output_of(program, ".fds");
  EXPECT_EQ(descriptors.find("hostname"), std::string::npos) << descriptors;
  EXPECT_NE(descriptors.find("0 -> /dev/null"), std::string::npos) << descriptors;
  EXPECT_NE(descriptors.find("2 -> /dev/null"), std::string::npos) << descriptors;
}

TEST_F(BrowserTest, api_keys_and_passed_over_browsers_do_not_reach_the_program) {
  const std::string program = add_program("xdg-open");
  ::setenv("BASIC_MEMORY_CLOUD_API_KEY", "bmc_CANARY1", 1);
  ::setenv("BASIC_MEMORY_API_KEY", "bmc_CANARY2", 1);
  ::setenv("BROWSER", "firefox:/usr/bin/lynx", 1);
  ::setenv("BMAUTH_TEST_KEPT", "kept", 1);
  const auto opened = open_browser(kUrl, environment);
  for (const char* name :
       {"BASIC_MEMORY_CLOUD_API_KEY", "BASIC_MEMORY_API_KEY", "BROWSER", "BMAUTH_TEST_KEPT"}) {
    ::unsetenv(name);
  }
  ASSERT_TRUE(opened.ok() && *opened);
  const std::string output = output_of(program);
  EXPECT_EQ(output.find("CANARY"), std::string::npos) << output;
  EXPECT_EQ(output.find("lynx"), std::string::npos) << output;
  EXPECT_NE(output.find("BMAUTH_TEST_KEPT=kept"), std::string::npos) << output;
}

TEST_F(BrowserTest, a_program_that_fails_at_once_gives_the_next_its_turn) {
  const std::string first = add_program("my-browser", "exit 3");
  const std::string second = add_program("xdg-open");
  environment["BROWSER"] = "my-browser";
  ASSERT_TRUE(*open_browser(kUrl, environment, kPatienceMs));
  EXPECT_TRUE(has_run(first));
  EXPECT_FALSE(output_of(second).empty());
}

TEST_F(BrowserTest, failure_of_all_is_no) {
  add_program("xdg-open", "exit 3");
  std::ofstream(folder + "/not-a-program") << "\x01\x02";
  ::chmod((folder + "/not-a-program").c_str(), 0755);
  environment["BROWSER"] = "not-a-program";
  const auto opened = open_browser(kUrl, environment, kPatienceMs);
  ASSERT_TRUE(opened.ok());
  EXPECT_FALSE(*opened);
}

TEST_F(BrowserTest, a_program_that_stays_is_not_waited_for_and_leaves_no_child_behind) {
  const std::string program = add_program("xdg-open", "echo $$ > \"$0.pid\"; exec sleep 20");
  const auto began = Clock::now();
  ASSERT_TRUE(*open_browser(kUrl, environment));
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(5));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  output_of(program);
  for (int i = 0; i < 1'000 && !fs::exists(program + ".pid"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  pid_t pid = 0;
  std::ifstream(program + ".pid") >> pid;
  ASSERT_GT(pid, 1);
  EXPECT_NE(::getsid(pid), ::getsid(0));  // Ctrl-C here is not for the browser
  ::kill(pid, SIGTERM);
}

TEST_F(BrowserTest, a_host_that_ignores_its_children_is_served_as_well) {
  const std::string program = add_program("my-browser", "exit 3");
  environment["BROWSER"] = "my-browser";
  const auto previous = ::signal(SIGCHLD, SIG_IGN);
  const auto opened = open_browser(kUrl, environment, kPatienceMs);
  ::signal(SIGCHLD, previous);
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(*opened);  // its exit status is not to be had: it was started
  EXPECT_FALSE(output_of(program).empty());
}

TEST_F(BrowserTest, signal_mask_and_handlers_of_the_host_stay_as_they_were) {
  add_program("xdg-open");
  sigset_t before;
  sigset_t after;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &before);
  ASSERT_TRUE(*open_browser(kUrl, environment));
  ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (int number = 1; number < 32; ++number) {
    EXPECT_EQ(::sigismember(&before, number), ::sigismember(&after, number)) << number;
  }
}

}  // namespace
}  // namespace bmauth::core
