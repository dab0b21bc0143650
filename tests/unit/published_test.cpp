// Objects that are replaced under their readers' eyes (promises A3 and L5).
#include "core/published.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/secret.h"

namespace bmauth::core {
namespace {

constexpr int kReaders = 3;
constexpr int kReplacements = 5'000;
constexpr std::size_t kWords = 64;

// Whole, or a reader has seen what he should not.
struct Whole {
  explicit Whole(std::uint64_t number) { words.fill(number); }
  ~Whole() { wipe(words.data(), sizeof words); }
  bool is_whole() const {
    for (const std::uint64_t word : words) {
      if (word != words[0] || word == 0) return false;
    }
    return true;
  }
  std::array<std::uint64_t, kWords> words{};
};

TEST(Published, is_never_read_while_it_is_destroyed) {
  Published<Whole> published;
  published.replace(std::make_unique<const Whole>(1));
  std::atomic<bool> is_ending{false};
  std::atomic<int> torn{0};
  std::atomic<int> reading{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      ++reading;
      while (!is_ending.load(std::memory_order_relaxed)) {
        const Reading section;
        const Whole* whole = published.get(section);
        if (whole != nullptr && !whole->is_whole()) ++torn;
      }
    });
  }
  while (reading < kReaders) std::this_thread::yield();
  for (std::uint64_t number = 2; number < kReplacements; ++number) {
    EXPECT_TRUE(
        published.replace(number % 5 == 0 ? nullptr : std::make_unique<const Whole>(number)) ||
        number % 5 == 1);
  }
  is_ending = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
}

// A door that one thread opens and another waits at.
class Door {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

TEST(Published, is_destroyed_when_its_last_reader_has_gone) {
  Published<Whole> published;
  published.replace(std::make_unique<const Whole>(7));
  Door inside, may_leave;
  std::atomic<bool> was_whole_to_the_end{false};
  std::atomic<bool> has_left{false};
  std::thread reader([&] {
    const Reading section;
    const Whole* whole = published.get(section);
    inside.open();
    may_leave.pass();
    was_whole_to_the_end = whole->is_whole();
    has_left = true;
  });
  inside.pass();
  std::atomic<bool> is_about_to_replace{false};
  std::thread writer([&] {
    is_about_to_replace = true;
    published.replace(nullptr);
    EXPECT_TRUE(has_left) << "the writer went on before the reader";
  });
  while (!is_about_to_replace) std::this_thread::yield();
  {
    // Out of reach for others at once, whatever the writer waits for.
    const auto is_gone = [&] {
      const Reading section;
      return published.get(section) == nullptr;
    };
    while (!is_gone()) std::this_thread::yield();
  }
  may_leave.open();
  writer.join();
  reader.join();
  EXPECT_TRUE(was_whole_to_the_end);
}

TEST(Published, is_replaced_in_a_forked_child_whose_parent_was_reading) {
  Published<Whole> published;
  published.replace(std::make_unique<const Whole>(7));
  Door inside, may_leave;
  std::thread reader([&] {
    const Reading section;
    inside.open();
    may_leave.pass();
  });
  inside.pass();
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);  // it waits for a thread that is not there
    const bool was_there = published.replace(std::make_unique<const Whole>(8));
    const Reading section;
    ::_exit(was_there && published.get(section)->words[0] == 8 ? 0 : 1);
  }
  may_leave.open();
  reader.join();
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
}

#if defined(__linux__)
// Runs `filter` of this program once more, in a process to which the kernel denies membarrier.
int run_without_membarrier(const char* filter) {
  const pid_t child = ::fork();
  if (child == 0) {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter_program = {std::size(program), program};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter_program) != 0) {
      ::_exit(100);
    }
    const std::string words = std::string("--gtest_filter=") + filter;
    ::execl("/proc/self/exe", "unit_test", words.c_str(), "--gtest_brief=1", nullptr);
    ::_exit(101);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

TEST(Published, is_as_safe_where_the_kernel_has_no_membarrier) {
  EXPECT_EQ(run_without_membarrier(
                "Published.is_never_*:Published.is_destroyed_*:Published.is_replaced_*"),
            0);
}
#endif

TEST(Readers, take_over_the_slots_of_threads_that_have_ended) {
  ReaderSlot* first = nullptr;
  std::thread([&] { first = reader_slot(); }).join();
  ReaderSlot* second = nullptr;
  std::thread([&] { second = reader_slot(); }).join();
  EXPECT_NE(first, nullptr);
  EXPECT_EQ(first, second);
  EXPECT_NE(first, reader_slot());
}

// Keys are cleared after the thread's own objects: somebody's late clean-up may still call.
TEST(Readers, that_are_ending_read_nothing_that_could_be_destroyed) {
  static std::atomic<bool> was_open;
  was_open = true;
  pthread_key_t key;
  ASSERT_EQ(pthread_key_create(&key, [](void*) { was_open = Reading().is_open(); }), 0);
  std::thread([&] {
    { const Reading section; }
    pthread_setspecific(key, &key);
  }).join();
  EXPECT_FALSE(was_open);
  pthread_key_delete(key);
}

}  // namespace
}  // namespace bmauth::core
