// Promise S1: after a crash or a power cut at any instant, and after any operation that fails, the
// store holds the whole old or the whole new record.
#include <gtest/gtest.h>

#include <cerrno>
#include <functional>
#include <set>
#include <string>

#include "core/file_token_store.h"
#include "core/sidecar.h"
#include "tests/unit/token_store_fixture.h"

namespace {

using namespace bmauth::core;

struct Scenario {
  const char* name;
  std::function<void(MemoryFileSystem&)> prepare;
  std::function<Result<void>(FileTokenStore&)> act;
  std::string before;  // what a reader finds
  std::string after;
  // A login replaces the older session at place 2; cut short, it leaves that one, overshadowed.
  bool may_leave_old = false;
};

Result<void> without_value(auto&& result) {
  if (!result) return result.error();
  return {};
}

Result<void> log_in(FileTokenStore& store) {
  auto lease = store.lease(1'000, nullptr);
  if (!lease) return lease.error();
  return without_value(store.save_login(**lease, make_record("new")));
}

// Marker, record, sidecar: what a refresh writes.
Result<void> refresh(FileTokenStore& store) {
  auto lease = store.lease(1'000, nullptr);
  if (!lease) return lease.error();
  auto present = store.load(Torn::kAwait);
  if (!present) return present.error();
  if (!*present) return make_error(Code::kInternal, "no session");
  StoredSession next = **present;
  next.state.marker = RefreshState::Marker{next.record.digest(), 1'800'000'000'000, 1};
  auto marked = store.compare_and_swap(**lease, (*present)->version, next);
  if (!marked) return marked.error();
  if (!*marked) return make_error(Code::kInternal, "changed");
  next.record = make_record("new");
  next.state.marker.reset();
  return without_value(store.compare_and_swap(**lease, **marked, next));
}

Result<void> log_out(FileTokenStore& store) {
  auto lease = store.lease(1'000, nullptr);
  if (!lease) return lease.error();
  auto removal = store.remove_all(**lease);
  if (!removal) return removal.error();
  if (!removal->left.empty()) return removal->left.front().second;
  return {};
}

void put_session(MemoryFileSystem& files) {
  files.put_directory("/home/u", 0755);
  files.put_directory(kDataDir);
  const TokenRecord record = make_record("old");
  Sidecar sidecar;
  sidecar.token_digest = record.digest();
  sidecar.state.binding = kInForce;
  sidecar.state.generation = 3;
  files.put_file(kOurFile, text_of(record));
  files.put_file(sidecar_path(kOurFile), serialise_sidecar(sidecar));
}

void put_nothing(MemoryFileSystem& files) {
  files.put_directory("/home/u", 0755);
}

void put_session_and_config_json(MemoryFileSystem& files) {
  put_session(files);
  files.put_file(kConfigJson, "{}");
}

const Scenario kScenarios[] = {
    {"first login", &put_nothing, &log_in, "nothing", "new"},
    {"login again", &put_session, &log_in, "old", "new"},
    {"refresh", &put_session, &refresh, "old", "new"},
    {"refresh that moves to place 3", &put_session_and_config_json, &refresh, "old", "new"},
    {"login at place 3", &put_session_and_config_json, &log_in, "old", "new", true},
    {"logout", &put_session, &log_out, "old", "nothing"},
};

bool has_temporary_file(MemoryFileSystem& files) {
  for (const auto& [path, bytes] : files.all_files()) {
    if (path.ends_with(".tmp")) return true;
  }
  return false;
}

// All places that still hold this refresh token.
int copies_of(MemoryFileSystem& files, const std::string& name) {
  int copies = 0;
  for (const std::string& file : {kOurFile, kBmFile}) {
    const auto text = files.get_file(file);
    if (text && refresh_token_of(*text) == "CANARY-refresh-" + name) ++copies;
  }
  return copies;
}

TEST(TokenStoreCrash, leaves_the_whole_old_or_new_record_in_all_power_cut_states) {
  for (const Scenario& scenario : kScenarios) {
    SCOPED_TRACE(scenario.name);
    MemoryFileSystem files;
    scenario.prepare(files);
    files.begin_log();
    FakeClock clock;
    FakeRandom random;
    FileTokenStore store(files, clock, random, store_config());
    auto acted = scenario.act(store);
    ASSERT_TRUE(acted) << acted.error().message;
    const std::size_t operations = files.log().size();
    std::set<std::string> seen;
    for (std::size_t done = 0; done <= operations; ++done) {
      files.for_each_power_cut(done, [&](MemoryFileSystem& disk, const std::string& what) {
        const std::string found = loaded_name(disk);
        ASSERT_TRUE(found == scenario.before || found == scenario.after) << found << " " << what;
        if (done == operations) {
          EXPECT_EQ(found, scenario.after) << what;
          EXPECT_EQ(copies_of(disk, scenario.after), scenario.after == "nothing" ? 0 : 1) << what;
          EXPECT_EQ(copies_of(disk, "old"), 0) << what;
        }
        seen.insert(found);
      });
    }
    EXPECT_EQ(seen.size(), 2u) << "both were seen, so the test can see a difference";
  }
}

// A process that is killed leaves what it did; the next one finishes the work.
TEST(TokenStoreCrash, lets_the_next_process_go_on_after_a_kill_at_any_operation) {
  struct Killed {};
  for (const Scenario& scenario : kScenarios) {
    SCOPED_TRACE(scenario.name);
    for (int kill_at = 1;; ++kill_at) {
      MemoryFileSystem files;
      scenario.prepare(files);
      FakeClock clock;
      FakeRandom random;
      int operations = 0;
      files.before_operation = [&](const char*, const std::string&) {
        if (++operations == kill_at) throw Killed();
      };
      bool is_killed = false;
      try {
        FileTokenStore store(files, clock, random, store_config());
        ASSERT_TRUE(scenario.act(store));
      } catch (const Killed&) {
        is_killed = true;
      }
      files.before_operation = {};
      const std::string found = loaded_name(files);
      ASSERT_TRUE(found == scenario.before || found == scenario.after) << found << " " << kill_at;
      if (found != "nothing") {
        FakeRandom other_random(2);
        FileTokenStore next(files, clock, other_random, store_config());
        auto refreshed = refresh(next);
        ASSERT_TRUE(refreshed) << refreshed.error().message << " " << kill_at;
        EXPECT_FALSE(has_temporary_file(files)) << kill_at;
        EXPECT_EQ(loaded_name(files), "new");
        EXPECT_EQ(copies_of(files, "new"), 1) << kill_at;
        EXPECT_LE(copies_of(files, "old"), scenario.may_leave_old ? 1 : 0) << kill_at;
      }
      if (!is_killed) break;
    }
  }
}

TEST(TokenStoreCrash, keeps_a_whole_record_and_leaves_no_temporary_file_when_an_operation_fails) {
  for (const Scenario& scenario : kScenarios) {
    SCOPED_TRACE(scenario.name);
    for (const int number : {EIO, ENOSPC, EROFS, EACCES, EMFILE}) {
      for (const bool is_for_ever : {false, true}) {
        for (int k = 1;; ++k) {
          MemoryFileSystem files;
          scenario.prepare(files);
          FakeClock clock;
          FakeRandom random;
          int operations = 0;
          files.before_operation = [&](const char*, const std::string&) { ++operations; };
          files.fail("*", k, file_error(number, "/failed"), is_for_ever);
          Result<void> acted;
          {
            FileTokenStore store(files, clock, random, store_config());
            acted = scenario.act(store);
          }
          files.before_operation = {};
          files.clear_faults();
          if (!acted) {
            EXPECT_TRUE(acted.error().code == Code::kStoreIo ||
                        acted.error().code == Code::kStorePermissions)
                << code_info(acted.error().code).name << " " << k;
          }
          const std::string found = loaded_name(files);
          ASSERT_TRUE(found == scenario.before || found == scenario.after)
              << found << " " << k << " errno " << number;
          if (acted) {
            EXPECT_EQ(found, scenario.after) << k;
          }
          if (!is_for_ever) {
            EXPECT_FALSE(has_temporary_file(files)) << k;
          }
          EXPECT_FALSE(files.is_locked(kOurFile + ".lock"));
          if (operations < k) break;
        }
      }
    }
  }
}

// `bm` truncates and writes in place, without a lock, at any moment: nothing of its token is lost.
TEST(TokenStoreCrash, adopts_or_keeps_when_bm_writes_at_any_operation_of_a_refresh) {
  for (int write_at = 1;; ++write_at) {
    MemoryFileSystem files;
    put_session(files);
    FakeClock clock;
    FakeRandom random;
    int operations = 0;
    bool is_written = false;
    files.before_operation = [&](const char*, const std::string&) {
      if (++operations != write_at) return;
      files.overwrite_file(kOurFile, text_of(make_record("bm", std::nullopt)));
      is_written = true;
    };
    FileTokenStore store(files, clock, random, store_config());
    static_cast<void>(refresh(store));
    files.before_operation = {};
    const std::string found = loaded_name(files);
    ASSERT_TRUE(found == "bm" || found == "new") << found << " " << write_at;
    if (!is_written) break;
  }
}

}  // namespace
