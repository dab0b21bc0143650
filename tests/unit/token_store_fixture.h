// A file token store on a file system in memory, and the records that its tests keep there.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "core/file_token_store.h"
#include "tests/unit/fakes.h"
#include "tests/unit/memory_file_system.h"

namespace bmauth::core {

inline const std::string kDataDir = "/home/u/.basic-memory";
inline const std::string kOurFile = kDataDir + "/.cloud_tokens.json";
inline const std::string kBmFile = kDataDir + "/basic-memory-cloud.json";
inline const std::string kXdgFile = "/home/u/.local/share/basic-memory/basic-memory-cloud.json";
inline const std::string kConfigJson = kDataDir + "/config.json";

inline const Binding kInForce = {"https://issuer.example", "client_1", "https://cloud.example", "",
                                 ""};
inline const Binding kOther = {"https://other.example", "client_2", "https://other-cloud.example",
                               "", ""};

inline FileTokenStoreConfig store_config() {
  FileTokenStoreConfig config;
  config.places.data_dir = {kDataDir, Source::kDefault, "default"};
  config.places.home = "/home/u";
  config.places.xdg_data_home = "/home/u/.local/share";
  config.in_force = kInForce;
  config.recorded = kInForce;
  config.built_in = kInForce;
  return config;
}

inline TokenRecord make_record(const std::string& name,
                               const std::optional<Binding>& binding = kInForce) {
  TokenRecord record;
  record.access_token = Secret(std::string_view("CANARY-access-" + name));
  record.refresh_token = Secret(std::string_view("CANARY-refresh-" + name));
  record.expires_at_unix_s = 1'800'000'300;
  record.issued_at_unix_s = binding ? 1'800'000'000 : 0;
  record.binding = binding;
  return record;
}

inline std::string text_of(const TokenRecord& record) {
  return std::string(serialise_token_record(record).reveal());
}

inline std::string refresh_token_of(const std::string& text) {
  auto record = parse_token_record(text, "test");
  return record ? std::string(record->refresh_token.reveal()) : "not a record";
}

// What somebody who starts afresh finds on this disk.
inline std::string loaded_name(FileSystem& files,
                               const FileTokenStoreConfig& config = store_config()) {
  FakeClock clock;
  FakeRandom random;
  FileTokenStore store(files, clock, random, config);
  auto loaded = store.load(Torn::kAwait);
  if (!loaded) return std::string("error: ") + code_info(loaded.error().code).name;
  if (!*loaded) return "nothing";
  std::string name((*loaded)->record.refresh_token.reveal());
  return name.substr(name.rfind('-') + 1);
}

class TokenStoreTest : public testing::Test {
 protected:
  TokenStoreTest() { files.put_directory("/home/u", 0755); }

  FileTokenStore& store() {
    if (!store_) store_ = std::make_unique<FileTokenStore>(files, clock, random, config);
    return *store_;
  }
  void restart() { store_.reset(); }

  std::unique_ptr<Lease> lease() {
    auto lease = store().lease(1'000, nullptr);
    EXPECT_TRUE(lease) << lease.error().message;
    return lease ? *std::move(lease) : nullptr;
  }
  StoredSession load() {
    auto loaded = store().load(Torn::kAwait);
    EXPECT_TRUE(loaded) << loaded.error().message;
    if (!loaded || !*loaded) {
      ADD_FAILURE() << "no session";
      return {};
    }
    return **loaded;
  }
  Code load_error() {
    auto loaded = store().load(Torn::kAwait);
    return loaded ? Code::kOk : loaded.error().code;
  }
  // Under a lease of its own: swaps the session in force for `next`.
  bool swap(const StoredSession& next) {
    auto held = lease();
    auto written = store().compare_and_swap(*held, load().version, next);
    EXPECT_TRUE(written) << written.error().message;
    return written && *written;
  }
  bool refresh_to(const std::string& name) {
    StoredSession next = load();
    const std::string unknown = next.record.unknown_members;
    next.record = make_record(name);
    next.record.unknown_members = unknown;
    next.state = {};
    return swap(next);
  }

  MemoryFileSystem files;
  FakeClock clock;
  FakeRandom random;
  FileTokenStoreConfig config = store_config();

 private:
  std::unique_ptr<FileTokenStore> store_;
};

}  // namespace bmauth::core
