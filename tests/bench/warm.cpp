// Warm calls beside their floors and peers. Run by rows/cpp.py, which says what the names mean:
//     bench_warm DATA_DIR_OF_1000 DATA_DIR_OF_100000 [--benchmark_...]
#include <benchmark/benchmark.h>
#include <bmauth.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "floor.h"

namespace {

constexpr std::size_t kBuffer_bytes = 4096;
constexpr std::size_t kQuestions = 4096;  // random names, asked in a circle
constexpr unsigned kSeed = 1;

struct Free {
  void operator()(bmauth_client* client) const { bmauth_client_free(client); }
};
using Client = std::unique_ptr<bmauth_client, Free>;

Client open(const char* data_dir) {
  bmauth_options* options = nullptr;
  bmauth_client* client = nullptr;
  bmauth_error* error = nullptr;
  if (bmauth_options_new(&options, &error) != BMAUTH_OK ||
      bmauth_options_set_data_dir(options, data_dir, &error) != BMAUTH_OK ||
      bmauth_client_new(options, &client, &error) != BMAUTH_OK) {
    std::fprintf(stderr, "%s\n", bmauth_error_message(error));
    std::exit(1);
  }
  bmauth_options_free(options);
  return Client(client);
}

void copy(benchmark::State& state) {
  alignas(64) char buffer[kBuffer_bytes];  // a copy that straddles cache lines takes twice as long
  std::int64_t length = 0;
  for (auto _ : state) {
    if (bench_copy(buffer, sizeof buffer, &length) != 0) state.SkipWithError("no copy");
    benchmark::DoNotOptimize(buffer);
  }
}

void copy_locked(benchmark::State& state) {
  alignas(64) char buffer[kBuffer_bytes];  // a copy that straddles cache lines takes twice as long
  std::int64_t length = 0;
  for (auto _ : state) {
    if (bench_copy_locked(buffer, sizeof buffer, &length) != 0) state.SkipWithError("no copy");
    benchmark::DoNotOptimize(buffer);
  }
}

void header(benchmark::State& state, bmauth_client* client) {
  alignas(64) char buffer[kBuffer_bytes];  // a copy that straddles cache lines takes twice as long
  std::int64_t length = 0;
  for (auto _ : state) {
    if (bmauth_client_header(client, BMAUTH_PURPOSE_ACCOUNT, buffer, sizeof buffer, &length,
                             nullptr) != BMAUTH_OK) {
      state.SkipWithError("no header");
    }
    benchmark::DoNotOptimize(buffer);
  }
}

// Whoever has a C string has to measure and hash it, here as there.
struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>()(name);
  }
};
using Map = std::unordered_map<std::string, int, Hash, std::equal_to<>>;

// The names of setting.py.
std::vector<std::string> names_of(int count) {
  std::vector<std::string> names;
  for (int number = 0; number < count; ++number) {
    char name[32];
    std::snprintf(name, sizeof name, "project-%06d", number);
    names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> questions_of(const std::vector<std::string>& names) {
  std::mt19937 engine(kSeed);
  std::uniform_int_distribution<std::size_t> any(0, names.size() - 1);
  std::vector<std::string> questions;
  for (std::size_t i = 0; i < kQuestions; ++i) questions.push_back(names[any(engine)]);
  return questions;
}

void find(benchmark::State& state, const Map& map, const std::vector<std::string>& questions) {
  std::size_t at = 0;
  for (auto _ : state) {
    const char* name = questions[at++ % kQuestions].c_str();
    const auto found = map.find(std::string_view(name));
    if (found == map.end()) state.SkipWithError("not found");
    benchmark::DoNotOptimize(found->second);
  }
}

void mode(benchmark::State& state, bmauth_client* client,
          const std::vector<std::string>& questions) {
  std::size_t at = 0;
  for (auto _ : state) {
    std::int32_t mode = 0;
    int is_known = 0;
    const char* name = questions[at++ % kQuestions].c_str();
    if (bmauth_client_mode(client, name, &mode, &is_known, nullptr) != BMAUTH_OK || is_known == 0) {
      state.SkipWithError("not known");
    }
    benchmark::DoNotOptimize(mode);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  struct World {
    int count;
    Client client;
    std::vector<std::string> names, questions;
    Map map;
  };
  std::vector<World> worlds;
  for (const auto& [count, data_dir] : {std::pair(1'000, argv[1]), std::pair(100'000, argv[2])}) {
    World& world = worlds.emplace_back();
    world.count = count;
    world.client = open(data_dir);
    world.names = names_of(count);
    world.questions = questions_of(world.names);
    for (const std::string& name : world.names) world.map.emplace(name, count);
  }
  // The first question makes the table, which is no warm call.
  for (const World& world : worlds) {
    std::int32_t mode = 0;
    int is_known = 0;
    bmauth_client_mode(world.client.get(), world.names[0].c_str(), &mode, &is_known, nullptr);
  }
  // The floor copies what the subject copies.
  char text[kBuffer_bytes];
  std::int64_t length = 0;
  bmauth_client* client = worlds[0].client.get();
  if (bmauth_client_header(client, BMAUTH_PURPOSE_ACCOUNT, text, sizeof text, &length, nullptr) !=
      BMAUTH_OK) {
    std::fprintf(stderr, "no header\n");
    return 1;
  }
  bench_set_text(text);

  for (const int threads : {1, 2}) {
    benchmark::RegisterBenchmark("copy", copy)->Threads(threads)->UseRealTime();
    benchmark::RegisterBenchmark("copy_locked", copy_locked)->Threads(threads)->UseRealTime();
    benchmark::RegisterBenchmark("header", header, client)->Threads(threads)->UseRealTime();
  }
  for (const World& world : worlds) {
    const std::string count = std::to_string(world.count);
    for (const int threads : {1, 2}) {
      benchmark::RegisterBenchmark(
          ("map_" + count).c_str(),
          [&world](benchmark::State& state) { find(state, world.map, world.questions); })
          ->Threads(threads)
          ->UseRealTime();
      benchmark::RegisterBenchmark(
          ("mode_" + count).c_str(),
          [&world](benchmark::State& state) { mode(state, world.client.get(), world.questions); })
          ->Threads(threads)
          ->UseRealTime();
    }
  }
  // Google Benchmark takes its own words out of the line.
  argv[2] = argv[0];
  argc -= 2;
  argv += 2;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
