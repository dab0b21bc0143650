// Writing a session and its sidecar, durably and in an order that no crash can hurt (contract,
// section 3 "Tokens"; promises S1, S2, S6). Under the lock of the token file, always.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/file_system.h"
#include "core/random.h"
#include "core/token_places.h"
#include "core/token_store.h"

namespace bmauth::core {

// What is to stand at `target`, and what was found before.
struct SessionWrite {
  PlaceFile target;
  const PlaceContent* present = nullptr;  // at the target, or where the session moves away from
  bool is_move = false;                   // `present` stands elsewhere
  const TokenRecord* record = nullptr;
  RefreshState state;
};

class SessionWriter {
 public:
  SessionWriter(FileSystem& files, Clock& clock, Random& random, std::string_view data_dir);

  // The new version; nothing if a foreign writer has changed the target since `present` was read.
  Result<std::optional<StoreVersion>> write(const SessionWrite& order);

  // Renames a bad file to NAME.corrupt-<unix s>.
  Result<void> set_aside(const std::string& path);
  // Removes it durably; a missing one is no error. Names it in `removed` if it was there.
  Result<void> remove(const std::string& path, std::vector<std::string>* removed = nullptr);

 private:
  Result<void> prepare_directory(const std::string& file);

  FileSystem& files_;
  Clock& clock_;
  Random& random_;
  std::string data_dir_;  // without a last slash
};

}  // namespace bmauth::core
