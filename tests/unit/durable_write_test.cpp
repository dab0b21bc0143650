#include "core/durable_write.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "tests/unit/fakes.h"
#include "tests/unit/memory_file_system.h"

namespace {

using namespace bmauth::core;

constexpr const char* kPath = "/home/u/file";

class DurableWrite : public testing::Test {
 protected:
  DurableWrite() {
    files.put_directory("/home/u");
    files.put_file(kPath, "old CANARY", 0644);
    files.begin_log();
  }
  Result<bool> write(const MayReplace& may_replace = {}) {
    return write_durably(files, random, kPath, "new CANARY", may_replace);
  }
  MemoryFileSystem files;
  FakeRandom random;
};

TEST_F(DurableWrite, keeps_the_order_of_promise_s2) {
  auto written = write([&]() -> Result<bool> {
    EXPECT_EQ(files.get_file(kPath), "old CANARY");
    return true;
  });
  ASSERT_TRUE(written);
  EXPECT_TRUE(*written);
  std::vector<std::string> names;
  for (const FileOperation& operation : files.log()) names.push_back(operation.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"create", "write", "fsync", "close", "rename", "fsync_dir"}));
  EXPECT_EQ(files.get_file(kPath), "new CANARY");
  EXPECT_EQ(files.get_inode(kPath)->mode, 0600u);
}

TEST_F(DurableWrite, names_its_temporary_file_by_its_own_pattern) {
  ASSERT_TRUE(write());
  const std::string path = files.log().front().path;
  const std::string prefix = "/home/u/.file.bmauth-";
  EXPECT_TRUE(path.starts_with(prefix) && path.ends_with(".tmp")) << path;
  EXPECT_EQ(path.size(), prefix.size() + 16 + 4);
}

TEST_F(DurableWrite, changes_nothing_if_it_may_not_replace) {
  auto written = write([]() -> Result<bool> { return false; });
  ASSERT_TRUE(written);
  EXPECT_FALSE(*written);
  EXPECT_EQ(files.get_file(kPath), "old CANARY");
  EXPECT_EQ(files.names_in("/home/u"), std::vector<std::string>{"file"});
}

TEST_F(DurableWrite, that_fails_keeps_the_old_file_and_leaves_no_other) {
  for (const char* operation : {"create", "write", "fsync", "rename"}) {
    for (const int number : {EIO, ENOSPC, EROFS, EACCES, EMFILE}) {
      files.clear_faults();
      files.fail(operation, 1, file_error(number, kPath), true);
      auto written = write();
      ASSERT_FALSE(written) << operation;
      const bool is_refused = number == EACCES || number == EROFS;
      EXPECT_EQ(written.error().code, is_refused ? Code::kStorePermissions : Code::kStoreIo);
      EXPECT_EQ(files.get_file(kPath), "old CANARY");
      EXPECT_EQ(files.names_in("/home/u"), std::vector<std::string>{"file"}) << operation;
    }
  }
}

TEST_F(DurableWrite, without_a_synced_directory_is_no_success) {
  files.fail("fsync_dir", 1, file_error(EIO, kPath));
  EXPECT_FALSE(write());
  EXPECT_EQ(files.get_file(kPath), "new CANARY");
}

TEST_F(DurableWrite, without_randomness_writes_nothing) {
  random.failure = make_error(Code::kInternal, "none");
  EXPECT_FALSE(write());
  EXPECT_TRUE(files.log().empty());
}

// Promise S1.
TEST_F(DurableWrite, leaves_the_whole_old_or_the_whole_new_file_after_a_power_cut) {
  ASSERT_TRUE(write());
  const std::size_t operations = files.log().size();
  int states = 0;
  bool was_old = false;
  bool was_new = false;
  for (std::size_t done = 0; done <= operations; ++done) {
    files.for_each_power_cut(done, [&](MemoryFileSystem& disk, const std::string& what) {
      ++states;
      const auto content = disk.get_file(kPath);
      ASSERT_TRUE(content == "old CANARY" || content == "new CANARY") << what;
      (content == "old CANARY" ? was_old : was_new) = true;
      if (done == operations) {
        EXPECT_EQ(content, "new CANARY") << what;
      }
    });
  }
  EXPECT_TRUE(was_old);
  EXPECT_TRUE(was_new);
  EXPECT_GE(states, 20);
}

// The model must be able to see the bug that it is for.
TEST(PowerCut, shows_what_a_missing_fsync_costs) {
  MemoryFileSystem files;
  files.put_directory("/home/u");
  files.put_file(kPath, "old");
  files.begin_log();
  {
    auto file = files.open("/home/u/temp", FileSystem::Open::kCreateExclusive);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->write_all("new!"));
  }
  ASSERT_TRUE(files.rename("/home/u/temp", kPath));
  bool is_torn = false;
  files.for_each_power_cut(files.log().size(), [&](MemoryFileSystem& disk, const std::string&) {
    const auto content = disk.get_file(kPath);
    is_torn = is_torn || (content != "old" && content != "new!");
  });
  EXPECT_TRUE(is_torn);
}

// Promise S7.
TEST(DurableWriteAsRoot, gives_the_file_to_the_owner_of_the_directory) {
  MemoryFileSystem files;
  FakeRandom random;
  files.set_effective_uid(0);
  files.put_directory("/home/u", 0700, 12345);
  ASSERT_TRUE(write_durably(files, random, kPath, "x"));
  EXPECT_EQ(files.get_inode(kPath)->uid, 12345u);
  files.fail("fchown", 1, file_error(EPERM, kPath));
  EXPECT_FALSE(write_durably(files, random, kPath, "y"));
  EXPECT_EQ(files.get_file(kPath), "x");
  EXPECT_EQ(files.names_in("/home/u"), std::vector<std::string>{"file"});
}

TEST(DurableWriteAsRoot, keeps_a_file_with_the_user_who_had_it) {
  MemoryFileSystem files;
  FakeRandom random;
  files.set_effective_uid(0);
  files.put_directory("/srv", 0755, 0);
  files.put_file("/srv/file", "x", 0600, 12345);
  ASSERT_TRUE(write_durably(files, random, "/srv/file", "y"));
  EXPECT_EQ(files.get_inode("/srv/file")->uid, 12345u);
}

TEST_F(DurableWrite, removes_leftovers_of_its_own_pattern_alone) {
  const std::vector<std::string> others = {
      ".file.bmauth-0123456789abcde.tmp", ".file.bmauth-0123456789ABCDEF.tmp",
      ".other.bmauth-0123456789abcdef.tmp", "file.bmauth-0123456789abcdef.tmp",
      ".file.bmauth-0123456789abcdef.tmpx"};
  for (const std::string& name : others) files.put_file("/home/u/" + name, "x");
  files.put_file("/home/u/.file.bmauth-0123456789abcdef.tmp", "CANARY");
  EXPECT_EQ(remove_leftovers(files, kPath),
            std::vector<std::string>{"/home/u/.file.bmauth-0123456789abcdef.tmp"});
  for (const std::string& name : others) EXPECT_TRUE(files.get_file("/home/u/" + name)) << name;
  EXPECT_TRUE(files.get_file(kPath));
}

}  // namespace
