// Two processes, one expired session: every interleaving of their file operations with up to two
// preemptions, on the real file store over a disk in memory (promises R1, R3, R8, R9, R11).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/file_token_store.h"
#include "core/oauth.h"
#include "tests/unit/memory_file_system.h"
#include "tests/unit/scheduler.h"
#include "tests/unit/session_world.h"

namespace bmauth::core {
namespace {

constexpr char kDirectory[] = "/home/u/.basic-memory";
constexpr char kTokenFile[] = "/home/u/.basic-memory/.cloud_tokens.json";
constexpr std::int64_t kLatency_ms = 40;

// Operations that another process can see, or that see another process. Between two others nothing
// can be told apart, so no process is stopped there.
bool is_shared(std::string_view operation) {
  constexpr std::array<std::string_view, 6> kShared = {"open",   "flock",  "read",
                                                       "rename", "unlink", "stat"};
  return std::find(kShared.begin(), kShared.end(), operation) != kShared.end();
}

FileTokenStoreConfig store_config() {
  FileTokenStoreConfig config;
  config.places.data_dir.value = kDirectory;
  config.places.data_dir.source = Source::kEnvironment;
  config.places.home = "/home/u";
  config.places.is_config_dir_set = true;
  config.in_force = config.recorded = config.built_in = world_binding();
  return config;
}

// A program on the machine: its own view of the disk, its own store and session.
struct Program {
  Program(Scheduler& scheduler, MemoryFileSystem& disk, AuthorizationServer& server,
          std::uint64_t seed)
      : files(disk.another_process()),
        random(seed),
        store(*files, scheduler.clock(), random, store_config()),
        session(store, server, scheduler.clock(), random, session_config()) {
    files->before_operation = [&scheduler](const char* operation, const std::string&) {
      if (is_shared(operation)) scheduler.yield();
    };
  }
  static SessionConfig session_config() {
    SessionConfig config;
    config.refresh_try_timeout_ms = 5'000;
    config.refresh_budget_ms = 20'000;
    config.lock_timeout_ms = 25'000;
    return config;
  }

  std::unique_ptr<MemoryFileSystem> files;
  FakeRandom random;
  FileTokenStore store;
  Session session;
};

struct Machine {
  Scheduler& scheduler;
  MemoryFileSystem disk;
  AuthorizationServer server;

  explicit Machine(Scheduler& the_scheduler)
      : scheduler(the_scheduler), server(the_scheduler.clock()) {
    const std::int64_t now_s = scheduler.clock().unix_s();
    disk.put_directory(kDirectory, 0700);
    disk.put_file(kTokenFile,
                  serialise_token_record(world_session(0, now_s - 310).record).reveal());
    server.pause = [this](const char*) {
      scheduler.yield();
      scheduler.clock().sleep_ms(kLatency_ms / 2, nullptr);
    };
  }

  // As a program finds it that starts when all is over.
  Result<std::optional<StoredSession>> stored() {
    auto files = disk.another_process();
    FakeRandom random(99);
    FileTokenStore store(*files, scheduler.clock(), random, store_config());
    return store.load(Torn::kAwait);
  }
};

std::string words_of(const Result<std::optional<CurrentToken>>& answer) {
  if (!answer) return answer.error().message;
  if (!*answer) return "nobody is logged in";
  return std::string((*answer)->session.record.access_token.reveal());
}

// What must hold of the store whatever happened: a whole record, and the one that the server
// honours.
std::string check_store(Machine& machine) {
  auto stored = machine.stored();
  if (!stored) return "the store is broken: " + stored.error().message;
  if (!*stored) return "the session is gone";
  const std::string live = AuthorizationServer::refresh_token(machine.server.live_generation());
  if ((*stored)->record.refresh_token.reveal() != live)
    return "the store does not hold the live token";
  if ((*stored)->state.is_reauth_required) return "a login is asked for";
  if ((*stored)->state.marker) return "a marker was left behind";
  return {};
}

struct RaceOptions {
  bool is_killable = false;
  AuthorizationServer::Reuse reuse = AuthorizationServer::Reuse::kRevokes;
};

std::string race(Machine& machine, Session& first, Session& second, bool is_killable) {
  Scheduler& scheduler = machine.scheduler;
  std::array<Result<std::optional<CurrentToken>>, 2> answers = {
      make_error(Code::kInternal, "it never ended"), make_error(Code::kInternal, "it never ended")};
  scheduler.add([&] { answers[0] = first.current(0, nullptr); }, is_killable);
  scheduler.add([&] { answers[1] = second.current(0, nullptr); });
  scheduler.run();

  const int grants = machine.server.grants();
  const int presentations = machine.server.presentations();
  const std::string live = AuthorizationServer::access_token(grants);
  if (machine.server.is_revoked()) return "a spent token was presented";
  if (grants != 1) return std::to_string(grants) + " grants for one expiry";
  if (!scheduler.is_killed(0)) {
    if (presentations != 1) return std::to_string(presentations) + " requests for one expiry";
    if (words_of(answers[0]) != live) return "the first caller got: " + words_of(answers[0]);
  } else if (presentations > 2) {
    return "a killed holder cost more than one repetition";
  }
  if (words_of(answers[1]) != live) return "the second caller got: " + words_of(answers[1]);
  return check_store(machine);
}

std::string race(Scheduler& scheduler, const RaceOptions& options) {
  Machine machine(scheduler);
  machine.server.reuse = options.reuse;
  Program first(scheduler, machine.disk, machine.server, 1);
  Program second(scheduler, machine.disk, machine.server, 2);
  return race(machine, first.session, second.session, options.is_killable);
}

// The same between two programs that have a bug in their store.
template <class BadStore>
std::string race_of(Scheduler& scheduler) {
  Machine machine(scheduler);
  Program first(scheduler, machine.disk, machine.server, 1);
  Program second(scheduler, machine.disk, machine.server, 2);
  BadStore bad_first(first.store);
  BadStore bad_second(second.store);
  Session first_session(bad_first, machine.server, scheduler.clock(), first.random,
                        Program::session_config());
  Session second_session(bad_second, machine.server, scheduler.clock(), second.random,
                         Program::session_config());
  return race(machine, first_session, second_session, false);
}

TEST(Interleaving, two_refreshes_cost_one_request_and_both_hold_the_live_token) {
  const Exploration exploration =
      explore(2, 2, [](Scheduler& scheduler) { return race(scheduler, {}); });
  EXPECT_EQ(exploration.failure, "");
  EXPECT_GT(exploration.schedules, 1'000u);
}

TEST(Interleaving, a_process_killed_at_any_operation_harms_nobody) {  // promise R8
  RaceOptions options;
  options.is_killable = true;
  options.reuse = AuthorizationServer::Reuse::kIsRepeated;
  const Exploration exploration =
      explore(2, 5, [&](Scheduler& scheduler) { return race(scheduler, options); });
  EXPECT_EQ(exploration.failure, "");
  EXPECT_GT(exploration.schedules, 1'000u);
}

// `bm`: reads, asks if its token has expired, truncates in place, writes. No lock, no second look.
void run_foreign_program(Machine& machine) {
  Scheduler& scheduler = machine.scheduler;
  scheduler.yield();
  auto record = parse_token_record(machine.disk.get_file(kTokenFile).value_or(""), kTokenFile);
  if (!record || record->expires_at_unix_s > scheduler.clock().unix_s() + 60) return;
  const HttpRequest request =
      oauth_request("https://issuer.example/oauth2/token",
                    encode_form({{"grant_type", "refresh_token"},
                                 {"refresh_token", record->refresh_token.reveal()},
                                 {"client_id", "client_1"}}),
                    5'000, true);
  const TokenReply reply = read_token_reply(machine.server.perform(request, nullptr),
                                            world_binding(), scheduler.clock());
  if (reply.outcome != TokenOutcome::kTokens) return;  // it says "log in again" and leaves
  TokenRecord next =
      build_record(reply.tokens, world_binding(), scheduler.clock().unix_s(), nullptr);
  next.binding.reset();
  next.issued_at_unix_s = 0;
  scheduler.yield();
  machine.disk.overwrite_file(kTokenFile, "");
  scheduler.yield();
  machine.disk.overwrite_file(kTokenFile, serialise_token_record(next).reveal());
}

TEST(Interleaving, a_program_without_locks_in_the_loop_never_costs_the_session) {  // promise R3
  const Exploration exploration = explore(2, 2, [](Scheduler& scheduler) -> std::string {
    Machine machine(scheduler);
    machine.server.reuse = AuthorizationServer::Reuse::kIsRefused;
    Program ours(scheduler, machine.disk, machine.server, 1);
    Result<std::optional<CurrentToken>> answer = make_error(Code::kInternal, "it never ended");
    scheduler.add([&] { answer = ours.session.current(0, nullptr); });
    scheduler.add([&] { run_foreign_program(machine); });
    scheduler.run();
    if (machine.server.grants() != 1) return "more than one grant";
    if (words_of(answer) != AuthorizationServer::access_token(1)) {
      return "the caller got: " + words_of(answer);
    }
    return check_store(machine);
  });
  EXPECT_EQ(exploration.failure, "");
  EXPECT_GT(exploration.schedules, 1'000u);
}

TEST(Interleaving, nothing_comes_back_after_a_logout) {  // promise R9
  const Exploration exploration = explore(2, 4, [](Scheduler& scheduler) -> std::string {
    Machine machine(scheduler);
    Program refreshing(scheduler, machine.disk, machine.server, 1);
    Program leaving(scheduler, machine.disk, machine.server, 2);
    Result<std::optional<CurrentToken>> answer = make_error(Code::kInternal, "it never ended");
    std::string logout = "it never ended";
    scheduler.add([&] { answer = refreshing.session.current(0, nullptr); });
    scheduler.add([&] {
      auto lease = leaving.store.lease(25'000, nullptr);
      if (!lease) {
        logout = lease.error().message;
        return;
      }
      auto removal = leaving.store.remove_all(**lease);
      logout = removal ? "" : removal.error().message;
    });
    scheduler.run();
    if (!logout.empty()) return "the logout failed: " + logout;
    if (!answer) return "the refresh failed: " + answer.error().message;
    auto stored = machine.stored();
    if (!stored) return "the store is broken: " + stored.error().message;
    if (*stored) return "the session came back";
    auto later = refreshing.session.peek(Torn::kAwait);
    if (!later || *later) return "the program still holds the session";
    return {};
  });
  EXPECT_EQ(exploration.failure, "");
  EXPECT_GT(exploration.schedules, 1'000u);
}

// ---- The checker itself
// -----------------------------------------------------------------------------

// Locks each write, as token caches do that lock for the file's sake; not the whole refresh.
class LockingWritesOnly : public TokenStore {
 public:
  explicit LockingWritesOnly(FileTokenStore& store) : store_(store) {}
  Result<std::optional<StoredSession>> load(Torn torn) override { return store_.load(torn); }
  Result<std::unique_ptr<Lease>> lease(std::int64_t, Cancel*) override {
    return std::make_unique<Lease>();
  }
  Result<std::optional<StoreVersion>> compare_and_swap(Lease&,
                                                       const std::optional<StoreVersion>& expected,
                                                       const StoredSession& next) override {
    auto lease = store_.lease(25'000, nullptr);
    if (!lease) return std::move(lease).error();
    return store_.compare_and_swap(**lease, expected, next);
  }

 private:
  FileTokenStore& store_;
};

TEST(Interleaving, a_lock_that_spans_the_writes_alone_is_caught) {
  EXPECT_NE(explore(2, 1, &race_of<LockingWritesOnly>).failure, "");
}

// Takes the lock, and then goes on with what it had read before.
class NotReadingAgain : public TokenStore {
 public:
  explicit NotReadingAgain(FileTokenStore& store) : store_(store) {}
  Result<std::optional<StoredSession>> load(Torn torn) override {
    if (!first_) first_ = store_.load(torn);
    return *first_;
  }
  Result<std::unique_ptr<Lease>> lease(std::int64_t timeout_ms, Cancel* cancel) override {
    return store_.lease(timeout_ms, cancel);
  }
  Result<std::optional<StoreVersion>> compare_and_swap(Lease& lease,
                                                       const std::optional<StoreVersion>&,
                                                       const StoredSession& next) override {
    auto present = store_.load(Torn::kAwait);
    if (!present || !*present) return make_error(Code::kStoreIo, "gone");
    return store_.compare_and_swap(lease, (*present)->version, next);
  }

 private:
  FileTokenStore& store_;
  std::optional<Result<std::optional<StoredSession>>> first_;
};

TEST(Interleaving, a_refresh_that_does_not_read_again_is_caught) {
  EXPECT_NE(explore(2, 1, &race_of<NotReadingAgain>).failure, "");
}

TEST(Interleaving, the_same_schedule_gives_the_same_run) {
  const Scheduler::Schedule schedule = {{5, 1, false}, {9, 0, false}};
  std::size_t decisions[2] = {};
  for (std::size_t& count : decisions) {
    Scheduler scheduler(schedule);
    EXPECT_EQ(race(scheduler, {}), "");
    count = scheduler.alternatives().size();
  }
  EXPECT_EQ(decisions[0], decisions[1]);
  EXPECT_GT(decisions[0], 20u);
}

}  // namespace
}  // namespace bmauth::core
