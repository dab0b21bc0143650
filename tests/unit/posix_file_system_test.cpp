// The machine's own file system behind the seam, and the store on it: modes, umasks, planted
// objects, locks of real processes (promises S3, S4, S7 and R8).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/file_lock.h"
#include "core/file_system.h"
#include "core/file_token_store.h"
#include "tests/unit/as_user.h"
#include "tests/unit/token_store_fixture.h"

namespace {

using namespace bmauth::core;

FileSystem& files = posix_file_system();

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& bytes, mode_t mode = 0600) {
  std::ofstream(path, std::ios::binary) << bytes;
  ::chmod(path.c_str(), mode);
}

unsigned mode_of(const std::string& path) {
  struct stat found;
  return ::lstat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0xffff;
}

FileTokenStoreConfig config_in(const std::string& data_dir) {
  FileTokenStoreConfig config = store_config();
  config.places.data_dir.value = data_dir;
  config.places.is_config_dir_set = true;
  return config;
}

// A store on the real files, with a clock that does not really wait.
struct RealStore {
  explicit RealStore(const std::string& data_dir)
      : store(files, clock, system_random(), config_in(data_dir)) {}
  FakeClock clock;
  FileTokenStore store;
};

Code log_in(const std::string& data_dir, const std::string& name) {
  RealStore real(data_dir);
  auto lease = real.store.lease(1'000, nullptr);
  if (!lease) return lease.error().code;
  auto saved = real.store.save_login(**lease, make_record(name));
  return saved ? Code::kOk : saved.error().code;
}

Code load_code(const std::string& data_dir) {
  RealStore real(data_dir);
  auto loaded = real.store.load(Torn::kAwait);
  return loaded ? Code::kOk : loaded.error().code;
}

bool plant(const std::string& kind, const std::string& path) {
  const char* at = path.c_str();
  if (kind == "fifo") return ::mkfifo(at, 0600) == 0;
  if (kind == "directory") return ::mkdir(at, 0700) == 0;
  if (kind == "link") return ::symlink("victim", at) == 0;
  if (kind == "dangling") return ::symlink("gone", at) == 0;
  return kind == "device" && ::symlink("/dev/zero", at) == 0;
}

class Posix : public testing::Test {
 protected:
  std::string at(const std::string& name) const { return scratch.in(name); }
  ScratchDirectory scratch;
};

// --- The seam ---

TEST_F(Posix, gives_back_what_was_written) {
  {
    auto file = files.open(at("a"), FileSystem::Open::kCreateExclusive);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->write_all(std::string("x\0y", 3)));
    ASSERT_TRUE((*file)->sync());
  }
  EXPECT_FALSE(files.open(at("a"), FileSystem::Open::kCreateExclusive));
  ASSERT_TRUE(files.rename(at("a"), at("b")));
  ASSERT_TRUE(files.sync_directory(scratch.path()));
  auto file = files.open(at("b"), FileSystem::Open::kRead);
  ASSERT_TRUE(file && *file);
  EXPECT_EQ(*(*file)->read_all(3), std::string("x\0y", 3));
  auto too_large = (*file)->read_all(2);
  ASSERT_FALSE(too_large);
  EXPECT_NE(too_large.error().message.find("larger than 2"), std::string::npos);
  EXPECT_EQ(*files.list(scratch.path()), std::vector<std::string>{"b"});
  EXPECT_TRUE(*files.remove(at("b")));
  EXPECT_FALSE(*files.remove(at("b")));
  auto missing = files.open(at("b"), FileSystem::Open::kRead);
  ASSERT_TRUE(missing);
  EXPECT_EQ(*missing, nullptr);
}

TEST_F(Posix, tells_errors_in_words_without_control_characters) {
  auto opened = files.open(at("no\nsuch") + "/x", FileSystem::Open::kCreateExclusive);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kStoreIo);
  EXPECT_EQ(opened.error().message,
            "cannot create " + at("nosuch") + "/x: No such file or directory");
}

TEST_F(Posix, follows_no_link_and_waits_for_no_fifo) {
  put(at("target"), "CANARY");
  ASSERT_EQ(::symlink("target", at("link").c_str()), 0);
  EXPECT_FALSE(files.open(at("link"), FileSystem::Open::kRead));
  EXPECT_FALSE(files.open(at("link"), FileSystem::Open::kLockFile));
  EXPECT_FALSE(files.open(at("link"), FileSystem::Open::kCreateExclusive));
  EXPECT_EQ(*files.resolve_symlink(at("link")), at("target"));
  ASSERT_EQ(::mkfifo(at("fifo").c_str(), 0600), 0);
  auto fifo = files.open(at("fifo"), FileSystem::Open::kRead);
  ASSERT_TRUE(fifo && *fifo);
  EXPECT_EQ((*fifo)->stat()->type, FileType::kOther);
  EXPECT_EQ(content_of(at("target")), "CANARY");
}

TEST_F(Posix, leaves_no_descriptor_to_a_program_that_is_started) {
  auto file = files.open(at("a"), FileSystem::Open::kCreateExclusive);
  auto lock = files.open(at("lock"), FileSystem::Open::kLockFile);
  ASSERT_TRUE(file && lock);
  int inherited = 0;
  for (int fd = 3; fd < 256; ++fd) {
    const int flags = ::fcntl(fd, F_GETFD);
    char target[256];
    const ssize_t size =
        ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target, sizeof target);
    const bool is_ours =
        size > 0 && std::string(target, static_cast<std::size_t>(size)).starts_with(scratch.path());
    if (flags >= 0 && is_ours && (flags & FD_CLOEXEC) == 0) ++inherited;
  }
  EXPECT_EQ(inherited, 0);
}

TEST_F(Posix, excludes_two_open_files_of_one_process_until_one_is_closed) {
  auto one = files.open(at("lock"), FileSystem::Open::kLockFile);
  auto two = files.open(at("lock"), FileSystem::Open::kLockFile);
  ASSERT_TRUE(one && two);
  bool is_emulated = true;
  EXPECT_EQ(*(*one)->try_lock(is_emulated), File::Lock::kLocked);
  EXPECT_FALSE(is_emulated);
  EXPECT_EQ(*(*two)->try_lock(is_emulated), File::Lock::kBusy);
  one->reset();
  EXPECT_EQ(*(*two)->try_lock(is_emulated), File::Lock::kLocked);
}

// --- The store on real files ---

// Promise S3.
TEST_F(Posix, keeps_files_private_and_usable_under_every_umask) {
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      for (const mode_t mask : {0000, 0022, 0077, 0777}) {
                        ::umask(mask);
                        const std::string data_dir = at("data" + std::to_string(mask));
                        EXPECT_EQ(log_in(data_dir, "a"), Code::kOk);
                        EXPECT_EQ(log_in(data_dir, "b"), Code::kOk);
                        EXPECT_EQ(load_code(data_dir), Code::kOk);
                        EXPECT_EQ(mode_of(data_dir), 0700u);
                        for (const char* end : {"", ".lock", ".bmauth"}) {
                          EXPECT_EQ(mode_of(data_dir + "/.cloud_tokens.json" + end), 0600u) << end;
                        }
                      }
                    }),
            kChildPassed);
}

TEST_F(Posix, mends_a_lock_file_that_a_crash_left_without_its_mode) {
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      put(at("lock"), "", 0000);
                      EXPECT_TRUE(files.open(at("lock"), FileSystem::Open::kLockFile));
                      EXPECT_EQ(mode_of(at("lock")), 0600u);
                    }),
            kChildPassed);
}

TEST_F(Posix, reads_by_modes_as_the_contract_says) {
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      const std::string file = at(".cloud_tokens.json");
                      const std::string text = text_of(make_record("a"));
                      put(file, text, 0644);
                      EXPECT_EQ(load_code(scratch.path()), Code::kOk);
                      EXPECT_EQ(mode_of(file), 0600u);
                      put(file, text, 0660);
                      EXPECT_EQ(load_code(scratch.path()), Code::kOk);
                      EXPECT_EQ(mode_of(file), 0660u);
                      put(file, text, 0666);
                      EXPECT_EQ(load_code(scratch.path()), Code::kStorePermissions);
                      put(file, text, 0000);
                      EXPECT_EQ(load_code(scratch.path()), Code::kStorePermissions);
                      put(file, text, 0600);
                      ::chmod(scratch.path().c_str(), 0777);
                      EXPECT_EQ(load_code(scratch.path()), Code::kStorePermissions);
                      ::chmod(scratch.path().c_str(), 0500);
                      RealStore real(scratch.path());
                      auto loaded = real.store.load(Torn::kAwait);
                      EXPECT_TRUE(loaded && *loaded && !(*loaded)->is_writable);
                      EXPECT_EQ(content_of(file), text);
                      ::chmod(scratch.path().c_str(), 0700);
                    }),
            kChildPassed);
}

TEST_F(Posix, refuses_a_file_of_another_user) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make a file of another user";
  const std::string file = at(".cloud_tokens.json");
  put(file, text_of(make_record("a")), 0644);
  ASSERT_EQ(::chown(file.c_str(), 4711, 4711), 0);
  EXPECT_EQ(
      as_user(scratch, [&] { EXPECT_EQ(load_code(scratch.path()), Code::kStorePermissions); }),
      kChildPassed);
}

// Promise S4.
TEST_F(Posix, neither_follows_nor_blocks_on_what_is_planted) {
  EXPECT_EQ(
      as_user(scratch,
              [&] {
                put(at("victim"), "CANARY victim");
                for (const std::string name : {".cloud_tokens.json", ".cloud_tokens.json.lock",
                                               ".cloud_tokens.json.bmauth"}) {
                  for (const char* kind : {"fifo", "directory", "link", "dangling", "device"}) {
                    const std::string path = at(name);
                    const std::string what = kind;
                    EXPECT_TRUE(plant(what, path));
                    static_cast<void>(load_code(scratch.path()));
                    static_cast<void>(log_in(scratch.path(), "a"));
                    EXPECT_NE(load_code(scratch.path()), Code::kInternal);
                    if (name != ".cloud_tokens.json") {
                      EXPECT_EQ(content_of(at("victim")), "CANARY victim") << name << kind;
                      EXPECT_FALSE(::access(at("gone").c_str(), F_OK) == 0) << name << kind;
                    }
                    const std::string command =
                        "cd '" + scratch.path() + "' && rm -rf .cloud_tokens* gone";
                    EXPECT_EQ(::system(command.c_str()), 0);
                    put(at("victim"), "CANARY victim");
                  }
                }
              }),
      kChildPassed);
}

TEST_F(Posix, answers_to_a_file_of_100_megabytes_at_once) {
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      put(at(".cloud_tokens.json"), "{");
                      EXPECT_EQ(::truncate(at(".cloud_tokens.json").c_str(), 100'000'000), 0);
                      RealStore real(scratch.path());
                      auto loaded = real.store.load(Torn::kAwait);
                      EXPECT_FALSE(loaded);
                      EXPECT_EQ(loaded.error().code, Code::kStoreCorrupt);
                      EXPECT_EQ(real.clock.slept_ms(), 0);
                    }),
            kChildPassed);
}

// Promise S5.
TEST_F(Posix, leaves_a_torn_file_as_it_is) {
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      const std::string whole = text_of(make_record("a"));
                      const std::string file = at(".cloud_tokens.json");
                      for (std::size_t size = 0; size < whole.size(); ++size) {
                        put(file, whole.substr(0, size));
                        const Code code = load_code(scratch.path());
                        EXPECT_TRUE(code == Code::kStoreCorrupt ||
                                    (code == Code::kOk && size + 1 == whole.size()))
                            << size;
                        EXPECT_EQ(content_of(file), whole.substr(0, size));
                      }
                    }),
            kChildPassed);
}

// Promise S7.
TEST_F(Posix, run_by_root_leaves_nothing_that_the_owner_cannot_use) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const std::string data_dir = at("data");
  EXPECT_EQ(log_in(data_dir, "root"), Code::kOk);
  EXPECT_EQ(as_user(scratch,
                    [&] {
                      EXPECT_EQ(load_code(data_dir), Code::kOk);
                      EXPECT_EQ(log_in(data_dir, "user"), Code::kOk);
                    }),
            kChildPassed);
  EXPECT_EQ(log_in(data_dir, "root-again"), Code::kOk);
  EXPECT_EQ(as_user(scratch, [&] { EXPECT_EQ(log_in(data_dir, "user"), Code::kOk); }),
            kChildPassed);
}

TEST_F(Posix, leaves_the_state_of_the_process_alone) {
  const mode_t mask = ::umask(0027);
  EXPECT_EQ(log_in(at("data"), "a"), Code::kOk);
  EXPECT_EQ(::umask(mask), 0027u);
}

// --- Locks of real processes ---

std::unique_ptr<FileLock> lock_at(const std::string& path, std::int64_t timeout_ms) {
  Clock& clock = system_clock();
  auto lock = FileLock::acquire(files, clock, system_random(), path,
                                clock.monotonic_ms() + timeout_ms, nullptr);
  return lock ? *std::move(lock) : nullptr;
}

// One byte each way between a test and its child.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0); }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  void tell() const { EXPECT_EQ(::write(ends[1], "x", 1), 1); }
  void hear() const {
    char byte;
    EXPECT_EQ(::read(ends[0], &byte, 1), 1);
  }
  int ends[2] = {-1, -1};
};

// Promise R8.
TEST_F(Posix, frees_the_lock_of_a_killed_holder_although_its_child_lives) {
  Pipe held;
  Pipe grandchild_pid;
  const pid_t holder = ::fork();
  if (holder == 0) {
    ::alarm(20);
    auto lock = lock_at(at("lock"), 1'000);
    const pid_t grandchild = ::fork();
    if (grandchild == 0) {
      ::alarm(20);
      for (;;) ::pause();
    }
    if (::write(grandchild_pid.ends[1], &grandchild, sizeof grandchild) != sizeof grandchild)
      ::_exit(1);
    held.tell();
    for (;;) ::pause();
  }
  held.hear();
  pid_t grandchild = 0;
  ASSERT_EQ(::read(grandchild_pid.ends[0], &grandchild, sizeof grandchild),
            static_cast<ssize_t>(sizeof grandchild));
  EXPECT_EQ(lock_at(at("lock"), 0), nullptr) << "the holder holds it";
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);
  EXPECT_EQ(::kill(grandchild, 0), 0) << "the child lives";
  EXPECT_NE(lock_at(at("lock"), 1'000), nullptr);
  ::kill(grandchild, SIGKILL);
}

TEST_F(Posix, does_not_let_a_forked_child_release_the_lock_of_its_parent) {
  auto lock = lock_at(at("lock"), 0);
  ASSERT_NE(lock, nullptr);
  EXPECT_EQ(in_child([&] {
              EXPECT_FALSE(lock->is_held());
              lock.reset();
              EXPECT_EQ(lock_at(at("lock"), 0), nullptr);
            }),
            kChildPassed);
  EXPECT_TRUE(lock->is_held());
  EXPECT_EQ(in_child([&] { EXPECT_EQ(lock_at(at("lock"), 0), nullptr); }), kChildPassed);
  lock.reset();
  EXPECT_EQ(in_child([&] { EXPECT_NE(lock_at(at("lock"), 0), nullptr); }), kChildPassed);
}

TEST_F(Posix, refuses_a_lease_in_a_forked_child) {
  RealStore real(at("data"));
  auto lease = real.store.lease(0, nullptr);
  ASSERT_TRUE(lease);
  EXPECT_EQ(in_child([&] {
              auto saved = real.store.save_login(**lease, make_record("a"));
              EXPECT_FALSE(saved);
              lease = make_error(Code::kInternal, "dropped");
            }),
            kChildPassed);
  EXPECT_TRUE(real.store.save_login(**lease, make_record("a")));
}

// Two processes of two threads each write in pairs; whoever comes between breaks a pair.
TEST_F(Posix, keeps_pairs_of_lines_of_several_processes_and_threads_together) {
  constexpr int kRounds = 40;
  const std::string log = at("log");
  const auto write_pairs = [&](const std::string& name) {
    for (int round = 0; round < kRounds; ++round) {
      auto lock = lock_at(at("lock"), 20'000);
      if (lock == nullptr) return;
      std::ofstream(log, std::ios::app) << "< " << name << "\n";
      std::ofstream(log, std::ios::app) << "> " << name << "\n";
    }
  };
  const auto both_threads = [&](const std::string& name) {
    std::thread other([&] { write_pairs(name + "1"); });
    write_pairs(name + "2");
    other.join();
  };
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    both_threads("child");
    ::_exit(0);
  }
  both_threads("parent");
  int status = 1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  std::ifstream in(log);
  int pairs = 0;
  for (std::string open, close; std::getline(in, open) && std::getline(in, close); ++pairs) {
    ASSERT_EQ(open.substr(0, 2), "< ");
    ASSERT_EQ(close, "> " + open.substr(2));
  }
  EXPECT_EQ(pairs, 4 * kRounds);
}

// `bm` and we, one after the other, on one real file.
TEST_F(Posix, reads_what_bm_writes_and_is_read_by_it) {
  const std::string file = at("basic-memory-cloud.json");
  put(at("config.json"), "{}");
  put(file,
      "{\n  \"access_token\": \"CANARY-access-bm\",\n  \"refresh_token\": \"CANARY-refresh-bm\",\n"
      "  \"expires_at\": 1800000300,\n  \"token_type\": \"Bearer\"\n}");
  RealStore real(scratch.path());
  auto loaded = real.store.load(Torn::kAwait);
  ASSERT_TRUE(loaded && *loaded);
  EXPECT_EQ((*loaded)->record.refresh_token.reveal(), "CANARY-refresh-bm");
  EXPECT_EQ(log_in(scratch.path(), "ours"), Code::kOk);
  const std::string text = content_of(file);
  for (const char* member :
       {"\"access_token\": \"CANARY-access-ours\"", "\"refresh_token\": \"CANARY-refresh-ours\"",
        "\"expires_at\": 1800000300", "\"token_type\": \"Bearer\""}) {
    EXPECT_NE(text.find(member), std::string::npos) << member;
  }
}

}  // namespace
