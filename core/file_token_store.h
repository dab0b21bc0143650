// The token store on files: places, lock, sidecar, durable writes (contract, section 3 "Tokens";
// promises S1 to S7).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/file_system.h"
#include "core/json.h"
#include "core/random.h"
#include "core/settings.h"
#include "core/token_store.h"

namespace bmauth::core {

struct FileTokenStoreConfig {
  Places places;
  Binding in_force;  // issuer, client id and cloud host of the settings
  Binding recorded;  // of config file or default: what a session that records nothing is bound to
  Binding built_in;  // the defaults: the same for the places 4 and 5
};

// One of the contract's places as it is found now, for status and logout.
struct TokenPlace {
  int number = 0;  // 1 to 5, as the contract counts
  std::string path;
  bool exists = false;
  bool is_in_effect = false;
  std::string issuer;          // to which the session there is bound; empty: unreadable
  std::optional<Error> error;  // why it could not be read
  std::vector<std::string> warnings;
};

class FileTokenStore : public TokenStore {
 public:
  FileTokenStore(FileSystem& files, Clock& clock, Random& random, FileTokenStoreConfig config);
  ~FileTokenStore() override;

  Result<std::optional<StoredSession>> load(Torn torn) override;
  Result<std::unique_ptr<Lease>> lease(std::int64_t timeout_ms, Cancel* cancel) override;
  Result<std::optional<StoreVersion>> compare_and_swap(Lease& lease,
                                                       const std::optional<StoreVersion>& expected,
                                                       const StoredSession& next) override;

  // Whether a login may be stored; session_exists if its place holds a session of another issuer,
  // store_permissions, store_io. Without a lock, before the person is asked to do anything.
  Result<void> check_login();
  // Under a lease: stores the session of a new login at the login's place, sets a corrupt file
  // there aside, and moves a session from place 2 to 3 once config.json exists.
  Result<StoredSession> save_login(Lease& lease, const TokenRecord& record);

  // Under a lease: removes every session in the places that this data dir may read, and our own
  // temporary files beside them. Each path that was removed; what could not be is in `left`.
  struct Removal {
    std::vector<std::string> removed;
    std::vector<std::pair<std::string, Error>> left;
  };
  Result<Removal> remove_all(Lease& lease);

  // Every place, whatever its state.
  std::vector<TokenPlace> survey();
  // Where a login is written now.
  Result<std::string> login_path();
  // True if the last lease had to do without a lock of the file system (ENOLCK).
  bool is_lock_emulated() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bmauth::core
