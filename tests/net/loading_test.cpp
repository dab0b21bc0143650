// Finding and loading the net object. Each test runs a copy of this program in a folder of its own:
// the net object is looked for beside the program, and nowhere else.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/net/net.h"
#include "tests/net/server.h"

namespace bmauth::test {
namespace {

namespace fs = std::filesystem;

class Loading : public testing::Test {
 protected:
  void SetUp() override { fs::copy(fs::canonical("/proc/self/exe"), program); }

  // What the copy says of net_version(): see main.cpp.
  std::string version_said_by(const std::string& command) {
    std::string output;
    FILE* pipe = popen((command + " --net-version").c_str(), "r");
    char bytes[512];
    while (pipe != nullptr && fgets(bytes, sizeof bytes, pipe) != nullptr) output += bytes;
    if (pipe != nullptr) pclose(pipe);
    return output;
  }

  // The net object with some bytes of it exchanged for as many others.
  void place_patched(const std::string& from, const std::string& to) {
    std::ifstream original(BMAUTH_NET_FILE, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(original), std::istreambuf_iterator<char>()};
    ASSERT_EQ(from.size(), to.size());
    std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos);
    for (; at != std::string::npos; at = bytes.find(from, at)) bytes.replace(at, to.size(), to);
    std::ofstream(folder.path() + "/libbmauth_net.so", std::ios::binary) << bytes;
  }

  const TemporaryFolder folder;
  const std::string program = folder.path() + "/program";
};

TEST_F(Loading, finds_the_object_beside_the_program) {
  fs::copy(BMAUTH_NET_FILE, folder.path());
  EXPECT_TRUE(version_said_by(program).starts_with("libcurl/"));
}

TEST_F(Loading, finds_the_object_in_bmauth_below_the_program) {
  fs::create_directory(folder.path() + "/bmauth");
  fs::copy(BMAUTH_NET_FILE, folder.path() + "/bmauth");
  EXPECT_TRUE(version_said_by(program).starts_with("libcurl/"));
}

TEST_F(Loading, works_for_a_program_found_on_PATH_or_behind_a_link) {
  fs::copy(BMAUTH_NET_FILE, folder.path());
  EXPECT_TRUE(
      version_said_by("cd / && PATH=" + folder.path() + ":$PATH program").starts_with("libcurl/"));
  EXPECT_TRUE(version_said_by("cd " + folder.path() + " && ./program").starts_with("libcurl/"));
  const TemporaryFolder elsewhere;
  fs::create_symlink(program, elsewhere.path() + "/link");
  EXPECT_TRUE(version_said_by(elsewhere.path() + "/link").starts_with("libcurl/"));
}

TEST_F(Loading, asks_neither_the_working_folder_nor_the_environment) {
  const std::string beside_nothing = version_said_by(
      "cd $(dirname " BMAUTH_NET_FILE ") && LD_LIBRARY_PATH=$(dirname " BMAUTH_NET_FILE ") " +
      program);
  EXPECT_TRUE(beside_nothing.starts_with("net_unavailable: libbmauth_net.so is neither in "))
      << beside_nothing;
}

TEST_F(Loading, refuses_what_is_no_library) {
  std::ofstream(folder.path() + "/libbmauth_net.so") << "not an object";
  EXPECT_TRUE(version_said_by(program).starts_with("net_unavailable: "));
}

TEST_F(Loading, refuses_another_build_and_names_both) {
  void* library = dlopen(BMAUTH_NET_FILE, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr);
  const auto entry =
      reinterpret_cast<const bmauth_net_table* (*)()>(dlsym(library, "bmauth_net_v1"));
  const std::string ours = entry()->build_id;
  std::string theirs = ours;
  theirs.back() = theirs.back() == '#' ? '*' : '#';
  place_patched(ours, theirs);
  const std::string said = version_said_by(program);
  EXPECT_TRUE(said.starts_with("net_unavailable: ")) << said;
  EXPECT_NE(said.find("build " + theirs), std::string::npos) << said;
  EXPECT_NE(said.find("build " + ours), std::string::npos) << said;
}

TEST_F(Loading, names_the_package_when_libcurl_is_missing) {
  place_patched("libcurl.so.4", "libcurl.so.0");
  const std::string said = version_said_by(program);
  EXPECT_TRUE(said.starts_with("net_unavailable: libcurl is missing: libcurl.so.0")) << said;
  EXPECT_NE(said.find("libcurl4"), std::string::npos) << said;
}

}  // namespace
}  // namespace bmauth::test
