// A durable save beside the system calls that no durable save can leave out, in turns:
//     bench_save DIRECTORY ROUNDS SEED
// Prints {"subjects": {NAME: [nanoseconds, ...], ...}}.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/durable_write.h"
#include "core/file_token_store.h"

namespace {

using bmauth::core::Binding;
using bmauth::core::FileSystem;
using bmauth::core::FileTokenStore;
using bmauth::core::FileTokenStoreConfig;
using bmauth::core::Random;
using bmauth::core::Secret;
using bmauth::core::Source;
using bmauth::core::StoredSession;
using bmauth::core::TokenRecord;
using bmauth::core::Torn;

constexpr std::size_t kAccessTokenBytes = 1024;
constexpr std::int64_t kLifetime_s = 300;
constexpr std::int64_t kLockWait_ms = 5'000;

[[noreturn]] void fail(std::string_view what) {
  std::fprintf(stderr, "bench_save: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

int checked(int result, const char* what) {
  if (result < 0) fail(what);
  return result;
}

// The floor.
void save_plainly(const std::string& directory, const std::string& bytes) {
  const std::string temporary = directory + "/plain.tmp";
  const std::string path = directory + "/plain.json";
  const int file = checked(open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600),
                           "open of the temporary file");
  if (write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) fail("write");
  checked(fsync(file), "fsync");
  checked(close(file), "close");
  checked(rename(temporary.c_str(), path.c_str()), "rename");
  const int parent =
      checked(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open of the directory");
  checked(fsync(parent), "fsync of the directory");
  checked(close(parent), "close of the directory");
}

void save_durably(const std::string& directory, const std::string& bytes) {
  auto written =
      bmauth::core::write_durably(bmauth::core::posix_file_system(), bmauth::core::system_random(),
                                  directory + "/durable.json", bytes);
  if (!written) fail(written.error().message);
  if (!*written) fail("write_durably wrote nothing");
}

TokenRecord record_of(int round, const Binding& binding) {
  TokenRecord record;
  std::string access_token = "CANARY-" + std::to_string(round) + ".";
  access_token.resize(kAccessTokenBytes, 'a');
  record.access_token = Secret(std::string_view(access_token));
  record.refresh_token = Secret(std::string_view("CANARY-refresh-" + std::to_string(round)));
  record.issued_at_unix_s = bmauth::core::system_clock().unix_s();
  record.expires_at_unix_s = record.issued_at_unix_s + kLifetime_s;
  record.binding = binding;
  return record;
}

// The store of a client, without a client.
class Sessions {
 public:
  explicit Sessions(const std::string& directory)
      : store_(bmauth::core::posix_file_system(), bmauth::core::system_clock(),
               bmauth::core::system_random(), config_of(directory)) {
    auto lease = store_.lease(kLockWait_ms, nullptr);
    if (!lease) fail(lease.error().message);
    auto saved = store_.save_login(**lease, record_of(0, binding()));
    if (!saved) fail(saved.error().message);
  }

  // What a refresh does with its answer.
  void save(int round) {
    auto lease = store_.lease(kLockWait_ms, nullptr);
    if (!lease) fail(lease.error().message);
    auto loaded = store_.load(Torn::kAwait);
    if (!loaded) fail(loaded.error().message);
    if (!*loaded) fail("no session");
    StoredSession next = **loaded;
    next.record = record_of(round, binding());
    auto swapped = store_.compare_and_swap(**lease, (*loaded)->version, next);
    if (!swapped) fail(swapped.error().message);
    if (!*swapped) fail("the session was changed by somebody else");
  }

 private:
  static Binding binding() {
    return {"https://issuer.example", "client_1", "https://cloud.example", "", ""};
  }
  static FileTokenStoreConfig config_of(const std::string& directory) {
    FileTokenStoreConfig config;
    config.places.data_dir = {directory, Source::kOption, "bench"};
    config.places.is_config_dir_set = true;
    config.in_force = config.recorded = config.built_in = binding();
    return config;
  }

  FileTokenStore store_;
};

struct Subject {
  const char* name;
  std::function<void(int round)> save;
  std::vector<std::int64_t> times_ns;
};

std::int64_t time_of(const Subject& subject, int round) {
  const auto began = std::chrono::steady_clock::now();
  subject.save(round);
  const auto took = std::chrono::steady_clock::now() - began;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) fail("usage: DIRECTORY ROUNDS SEED");
  const std::string directory = argv[1];
  const int rounds = std::atoi(argv[2]);
  std::mt19937 order(static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10)));

  Sessions sessions(directory);
  const std::string bytes(bmauth::core::serialise_token_record(record_of(0, {})).reveal());
  std::vector<Subject> subjects;
  subjects.push_back({"plain", [&](int) { save_plainly(directory, bytes); }, {}});
  subjects.push_back({"durable", [&](int) { save_durably(directory, bytes); }, {}});
  subjects.push_back({"session", [&](int round) { sessions.save(round); }, {}});

  std::vector<Subject*> turns;
  for (Subject& subject : subjects) turns.push_back(&subject);
  for (int round = 0; round <= rounds; ++round) {
    std::shuffle(turns.begin(), turns.end(), order);
    for (Subject* subject : turns) {
      const std::int64_t took_ns = time_of(*subject, round);
      if (round > 0) subject->times_ns.push_back(took_ns);  // the first one makes the files
    }
  }

  std::printf("{\"subjects\": {");
  for (const Subject& subject : subjects) {
    std::printf("%s\"%s\": [", &subject == &subjects.front() ? "" : ", ", subject.name);
    for (std::size_t i = 0; i < subject.times_ns.size(); ++i) {
      std::printf("%s%lld", i == 0 ? "" : ", ", static_cast<long long>(subject.times_ns[i]));
    }
    std::printf("]");
  }
  std::printf("}}\n");
  return 0;
}
