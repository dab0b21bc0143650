// Finding the session in force among the places (contract, section 3 "Tokens", section 5
// "Binding"). Without a lock, and creating nothing.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/file_system.h"
#include "core/file_token_store.h"
#include "core/token_places.h"
#include "core/token_store.h"

namespace bmauth::core {

// Contract, section 3: 4 and 5 are read for the sake of others, and only with the data dir's
// default.
bool is_foreign(int number);

// One reading of all places.
struct Selection {
  struct Found {
    int number = 0;
    PlaceContent content;
    Binding binding;
  };
  std::optional<Found> found;  // the session in force
  std::optional<Error> error;  // or why none can be named
  int culprit_number = 0;      // the place that `error` is about; 0: none in particular
};

// The version of a store with these digests of token file and sidecar.
StoreVersion version_of(const std::string& file_digest, const std::string& sidecar_digest);
StoreVersion version_of(const PlaceContent& content);

StoredSession session_of(const Selection::Found& found);

class TokenSearch {
 public:
  TokenSearch(FileSystem& files, Clock& clock, FileTokenStoreConfig config);

  // In the order in which they are searched.
  Result<std::vector<PlacePath>> places();
  // To whom the session at the place with this number belongs.
  Binding binding_of(const PlaceContent& content, int number) const;
  bool is_in_force(const Binding& binding) const;

  // Reads the places.
  Selection select(Torn torn);
  // The same, but read again only if something has changed.
  std::shared_ptr<const Selection> selected(Torn torn);

  // Adds to the warnings of `content` what earlier looks have found out about its file and mended.
  void remember(PlaceContent& content);

 private:
  std::optional<std::string> fingerprint();
  Error bound_elsewhere(const Binding& binding, const std::string& path) const;

  FileSystem& files_;
  Clock& clock_;
  FileTokenStoreConfig config_;
  // What selected() found, and what the files looked like just before.
  struct Snapshot;
  std::shared_ptr<const Snapshot> snapshot_;               // under the mutex of the cache
  std::set<std::pair<std::string, std::string>> remarks_;  // under it too: file, warning
};

}  // namespace bmauth::core
