#include "core/file_token_store.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "core/durable_write.h"
#include "core/file_lock.h"
#include "core/generation.h"
#include "core/path.h"
#include "core/sanitize.h"
#include "core/session_writer.h"
#include "core/sidecar.h"
#include "core/token_places.h"
#include "core/token_search.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxPathBytes = 4096;
// A lock beside a place that turns out to be concerned while others are held already.
constexpr std::int64_t kLateLockWait_ms = 5'000;
std::string shown(const std::string& text) {
  return harmless(text, kMaxPathBytes);
}

bool holds_same_token(const TokenRecord& a, const TokenRecord& b) {
  return a.refresh_token.empty() ? a.access_token.equals(b.access_token)
                                 : a.refresh_token.equals(b.refresh_token);
}

Error cannot_hold(const std::string& words) {
  return make_error(Code::kInternal, words);
}

}  // namespace

struct FileTokenStore::Impl {
  Impl(FileSystem& files, Clock& clock, Random& random, FileTokenStoreConfig config)
      : files(files),
        clock(clock),
        random(random),
        config(std::move(config)),
        search(files, clock, this->config),
        writer(files, clock, random, this->config.places.data_dir.value) {}

  FileSystem& files;
  Clock& clock;
  Random& random;
  FileTokenStoreConfig config;
  TokenSearch search;
  SessionWriter writer;
  std::atomic<bool> is_lock_emulated = false;

  class HeldLease;

  Result<std::vector<PlaceFile>> lock_targets();
  Result<std::unique_ptr<FileLock>> lock_beside(const PlaceFile& place,
                                                std::int64_t deadline_monotonic_ms, Cancel* cancel);
  Result<void> cover(HeldLease& lease, const PlaceFile& place);
  Result<HeldLease*> own(Lease& lease);

  Result<PlaceFile> target_of(int number, const PlaceFile& place);
  Result<void> drop_copy(HeldLease& lease, int number, const TokenRecord& record);
};

class FileTokenStore::Impl::HeldLease : public Lease {
 public:
  explicit HeldLease(const Impl& owner) : owner(owner) {}
  struct Held {
    std::string file;
    std::unique_ptr<FileLock> lock;
  };
  // Released in the reverse order. Whoever held them may have written.
  ~HeldLease() override {
    raise_generation();
    while (!held.empty()) held.pop_back();
  }
  bool covers(const std::string& file) const {
    return std::any_of(held.begin(), held.end(), [&](const Held& one) { return one.file == file; });
  }
  const Impl& owner;
  std::vector<Held> held;
};

Result<std::optional<StoredSession>> FileTokenStore::load(Torn torn) {
  const auto held_selection = impl_->search.selected(torn);
  const Selection& selection = *held_selection;
  if (selection.error) return *selection.error;
  if (!selection.found) return std::optional<StoredSession>();
  return std::optional<StoredSession>(session_of(*selection.found));
}

// --- Locking ---

// The token files whose locks a writer needs, in the order in which they are taken: place 2, then 3
// once both may hold a session, then the foreign one that is in force. An explicit path stands
// alone.
Result<std::vector<PlaceFile>> FileTokenStore::Impl::lock_targets() {
  auto paths = search.places();
  if (!paths) return std::move(paths).error();
  const bool has_config_json = paths->front().number == kBmPlace;
  std::sort(paths->begin(), paths->end(),
            [](const PlacePath& a, const PlacePath& b) { return a.number < b.number; });
  const auto selection = search.selected(Torn::kAwait);
  int in_force = selection->culprit_number;
  if (selection->found) in_force = selection->found->number;

  std::vector<PlaceFile> targets;
  for (const PlacePath& one : *paths) {
    if (is_foreign(one.number) && one.number != in_force) continue;
    auto place = locate(files, one.path);
    if (!place) return std::move(place).error();
    if (one.number == kBmPlace && !has_config_json && !place->exists) continue;
    // Where nothing can be written, nothing needs a lock; it must not keep a login from elsewhere.
    if (is_foreign(one.number) && !files.is_directory_writable(directory_of(place->file))) continue;
    // A session elsewhere is no reason to make a data dir.
    if (is_foreign(in_force) && !is_foreign(one.number) && !place->has_directory) continue;
    targets.push_back(*std::move(place));
  }
  return targets;
}

Result<std::unique_ptr<FileLock>> FileTokenStore::Impl::lock_beside(
    const PlaceFile& place, std::int64_t deadline_monotonic_ms, Cancel* cancel) {
  if (!place.has_directory) {
    if (auto made = files.make_directories(directory_of(place.file)); !made) {
      return std::move(made).error();
    }
  } else if (auto checked = check_directory(files, place); !checked) {
    return std::move(checked).error();
  }
  auto lock =
      FileLock::acquire(files, clock, random, lock_path(place.file), deadline_monotonic_ms, cancel);
  if (lock) is_lock_emulated = (*lock)->is_emulated();
  return lock;
}

Result<std::unique_ptr<Lease>> FileTokenStore::lease(std::int64_t timeout_ms, Cancel* cancel) {
  const std::int64_t deadline_ms = impl_->clock.monotonic_ms() + timeout_ms;
  for (;;) {
    auto targets = impl_->lock_targets();
    if (!targets) return std::move(targets).error();
    auto lease = std::make_unique<Impl::HeldLease>(*impl_);
    for (const PlaceFile& place : *targets) {
      auto lock = impl_->lock_beside(place, deadline_ms, cancel);
      if (!lock) return std::move(lock).error();
      lease->held.push_back({place.file, *std::move(lock)});
    }
    // While this waited, config.json may have come or the session may have moved.
    targets = impl_->lock_targets();
    if (!targets) return std::move(targets).error();
    const bool is_covered =
        std::all_of(targets->begin(), targets->end(),
                    [&](const PlaceFile& one) { return lease->covers(one.file); });
    if (is_covered) return std::unique_ptr<Lease>(std::move(lease));
    lease.reset();
    if (impl_->clock.monotonic_ms() > deadline_ms) {
      return make_error(Code::kLockTimeout, "the places of the session keep changing");
    }
  }
}

Result<FileTokenStore::Impl::HeldLease*> FileTokenStore::Impl::own(Lease& lease) {
  auto* held = dynamic_cast<HeldLease*>(&lease);
  if (held == nullptr || &held->owner != this) return cannot_hold("a lease of another store");
  for (const HeldLease::Held& one : held->held) {
    if (!one.lock->is_held()) return cannot_hold("a lease that the parent process holds");
  }
  return held;
}

// A place that nobody thought of when the lease was taken: its data dir was not there yet.
Result<void> FileTokenStore::Impl::cover(HeldLease& lease, const PlaceFile& place) {
  if (lease.covers(place.file)) return {};
  auto lock = lock_beside(place, clock.monotonic_ms() + kLateLockWait_ms, nullptr);
  if (!lock) return std::move(lock).error();
  lease.held.push_back({place.file, *std::move(lock)});
  return {};
}

// Where the session of `place` is written next: the first write after config.json came moves it
// from place 2 to 3, unless another session stands there.
Result<PlaceFile> FileTokenStore::Impl::target_of(int number, const PlaceFile& place) {
  if (number != kOurPlace) return place;
  auto paths = search.places();
  if (!paths) return std::move(paths).error();
  if (paths->front().number != kBmPlace) return place;
  auto target = locate(files, paths->front().path);
  if (!target) return std::move(target).error();
  if (target->exists) return place;
  return target;
}

// Removes what a move, cut short, left at place 2: never two copies of one refresh token.
Result<void> FileTokenStore::Impl::drop_copy(HeldLease& lease, int number,
                                             const TokenRecord& record) {
  if (number != kBmPlace) return {};
  auto paths = search.places();
  if (!paths) return std::move(paths).error();
  for (const PlacePath& one : *paths) {
    if (one.number != kOurPlace) continue;
    auto place = locate(files, one.path);
    if (!place || !place->exists) return {};
    auto content = read_place(files, clock, *place, 0);
    if (!content || !*content || !holds_same_token((*content)->record, record)) return {};
    if (auto covered = cover(lease, *place); !covered) return covered;
    if (auto removed = writer.remove(place->file); !removed) return removed;
    return writer.remove(sidecar_path(place->file));
  }
  return {};
}

Result<std::optional<StoreVersion>> FileTokenStore::compare_and_swap(
    Lease& lease, const std::optional<StoreVersion>& expected, const StoredSession& next) {
  auto held = impl_->own(lease);
  if (!held) return std::move(held).error();
  const Selection selection = impl_->search.select(Torn::kAwait);
  const bool is_none_expected =
      !expected && selection.error && selection.error->code == Code::kCredentialNotForOrigin;
  if (selection.error && !is_none_expected) return *selection.error;
  std::optional<StoreVersion> present;
  if (selection.found) present = version_of(selection.found->content);
  if (present != expected) return std::optional<StoreVersion>();

  if (!selection.found) {
    auto saved = save_login(lease, next.record);
    if (!saved) return std::move(saved).error();
    return std::optional<StoreVersion>(saved->version);
  }
  const Selection::Found& found = *selection.found;
  const PlaceFile& source = found.content.place;
  auto target = impl_->target_of(found.number, source);
  if (!target) return std::move(target).error();
  for (const PlaceFile& place : {source, *target}) {
    if (auto covered = impl_->cover(**held, place); !covered) return std::move(covered).error();
  }
  if (auto dropped = impl_->drop_copy(**held, found.number, found.content.record); !dropped) {
    return std::move(dropped).error();
  }
  SessionWrite order;
  order.target = *std::move(target);
  order.present = &found.content;
  order.is_move = order.target.file != source.file;
  order.record = &next.record;
  order.state = next.state;
  if (!order.state.binding && !next.binding.issuer.empty()) order.state.binding = next.binding;
  if (order.is_move) {
    // What moves must still be what was read: from here on nobody looks at it again.
    auto now = file_digest_now(impl_->files, source.file);
    if (!now) return std::move(now).error();
    if (*now != found.content.file_digest) return std::optional<StoreVersion>();
  }
  auto written = impl_->writer.write(order);
  if (!written || !*written || !order.is_move) return written;
  if (auto removed = impl_->writer.remove(source.file); !removed) {
    return std::move(removed).error();
  }
  if (auto removed = impl_->writer.remove(sidecar_path(source.file)); !removed) {
    return std::move(removed).error();
  }
  return written;
}

Result<std::string> FileTokenStore::login_path() {
  auto paths = impl_->search.places();
  if (!paths) return std::move(paths).error();
  return paths->front().path;
}

namespace {

Error session_exists(const std::string& path, const Binding& binding) {
  return make_error(Code::kSessionExists, shown(path) + " holds a session of " +
                                              shown(binding.issuer) + ", which is not overwritten");
}

// The nearest directory above `path` that exists.
Result<std::string> nearest_directory(FileSystem& files, const std::string& path) {
  std::string directory = directory_of(path);
  for (;;) {
    FileStat stat;
    auto exists = files.stat(behind_links(directory), stat);
    if (!exists) return std::move(exists).error();
    if (*exists || directory == "/" || directory == ".") return directory;
    directory = directory_of(directory);
  }
}

}  // namespace

Result<void> FileTokenStore::check_login() {
  auto path = login_path();
  if (!path) return std::move(path).error();
  auto place = locate(impl_->files, *path);
  if (!place) return std::move(place).error();
  if (place->has_directory) {
    if (auto checked = check_directory(impl_->files, *place); !checked) return checked;
  }
  auto directory = nearest_directory(impl_->files, place->file);
  if (!directory) return std::move(directory).error();
  if (!impl_->files.is_directory_writable(*directory)) {
    return make_error(Code::kStorePermissions, shown(*directory) + ": not writable");
  }
  if (!place->exists) return {};
  auto content = read_place(impl_->files, impl_->clock, *place, kTornWait_ms);
  if (!content && content.error().code == Code::kStoreCorrupt) return {};  // it will be set aside
  if (!content) return std::move(content).error();
  if (!*content) return {};
  const int number =
      impl_->config.places.token_file.source != Source::kNone ? kExplicitPlace : kOurPlace;
  const Binding binding = impl_->search.binding_of(**content, number);
  if (!impl_->search.is_in_force(binding)) return session_exists(*path, binding);
  return {};
}

Result<StoredSession> FileTokenStore::save_login(Lease& lease, const TokenRecord& record) {
  auto held = impl_->own(lease);
  if (!held) return std::move(held).error();
  auto paths = impl_->search.places();
  if (!paths) return std::move(paths).error();
  const PlacePath& chosen = paths->front();
  auto place = locate(impl_->files, chosen.path);
  if (!place) return std::move(place).error();
  if (auto covered = impl_->cover(**held, *place); !covered) return std::move(covered).error();

  std::optional<PlaceContent> present;
  if (place->exists) {
    auto content = read_place(impl_->files, impl_->clock, *place, kTornWait_ms);
    if (content) {
      present = *std::move(content);
    } else if (content.error().code == Code::kStoreCorrupt) {
      if (auto moved = impl_->writer.set_aside(place->file); !moved)
        return std::move(moved).error();
    } else {
      return std::move(content).error();
    }
  }
  if (present) {
    const Binding binding = impl_->search.binding_of(*present, chosen.number);
    if (!impl_->search.is_in_force(binding)) return session_exists(chosen.path, binding);
    present->record.unknown_members.clear();  // they spoke of the old session
  }

  TokenRecord stored = record;
  if (!stored.binding) stored.binding = impl_->config.in_force;
  SessionWrite order;
  order.target = *place;
  order.present = present ? &*present : nullptr;
  order.record = &stored;
  order.state.binding = stored.binding;
  order.state.generation = 1;
  auto written = impl_->writer.write(order);
  if (!written) return std::move(written).error();
  if (!*written) {
    return make_error(Code::kStoreIo, shown(chosen.path) + ": changed by somebody else meanwhile");
  }
  // An older session of this issuer at place 2 would come back to life with config.json gone.
  if (chosen.number == kBmPlace) {
    for (const PlacePath& one : *paths) {
      if (one.number != kOurPlace) continue;
      auto old_place = locate(impl_->files, one.path);
      if (!old_place || !old_place->exists) continue;
      auto old = read_place(impl_->files, impl_->clock, *old_place, 0);
      if (!old || !*old || !impl_->search.is_in_force(impl_->search.binding_of(**old, one.number)))
        continue;
      if (auto covered = impl_->cover(**held, *old_place); !covered) {
        return std::move(covered).error();
      }
      for (const std::string& path : {old_place->file, sidecar_path(old_place->file)}) {
        if (auto removed = impl_->writer.remove(path); !removed) {
          return std::move(removed).error();
        }
      }
    }
  }

  auto found = locate(impl_->files, chosen.path);
  if (!found) return std::move(found).error();
  auto content = read_place(impl_->files, impl_->clock, *found, kTornWait_ms);
  if (!content) return std::move(content).error();
  if (!*content) {
    return make_error(Code::kStoreIo, shown(chosen.path) + ": removed by somebody else meanwhile");
  }
  Binding binding = impl_->search.binding_of(**content, chosen.number);
  return session_of({chosen.number, **std::move(content), std::move(binding)});
}

// The place in force goes last: cut short, a logout leaves it whole, not an older one in its stead.
Result<FileTokenStore::Removal> FileTokenStore::remove_all(Lease& lease) {
  auto held = impl_->own(lease);
  if (!held) return std::move(held).error();
  auto paths = impl_->search.places();
  if (!paths) return std::move(paths).error();
  Removal removal;
  for (auto one = paths->rbegin(); one != paths->rend(); ++one) {
    auto place = locate(impl_->files, one->path);
    if (!place) {
      if (!is_foreign(one->number)) removal.left.emplace_back(one->path, std::move(place).error());
      continue;
    }
    if (!place->has_directory) continue;
    const std::string directory = directory_of(place->file);
    const std::string aside = std::string(name_of(place->file)) + ".corrupt-";
    std::vector<std::string> targets;
    if (auto names = impl_->files.list(directory)) {
      for (const std::string& name : *names) {
        const bool is_aside =
            name.starts_with(aside) && name.size() > aside.size() &&
            name.find_first_not_of("0123456789", aside.size()) == std::string::npos;
        if (is_aside) targets.push_back(path_in(directory, name));
      }
    }
    if (place->exists) targets.push_back(place->file);
    const bool is_ours = (*held)->covers(place->file);
    if (targets.empty() && !is_ours) continue;
    if (auto covered = impl_->cover(**held, *place); !covered) {
      for (const std::string& path : targets) removal.left.emplace_back(path, covered.error());
      continue;
    }
    for (const std::string& path : {place->file, sidecar_path(place->file)}) {
      for (std::string& leftover : remove_leftovers(impl_->files, path)) {
        removal.removed.push_back(std::move(leftover));
      }
    }
    for (const std::string& path : targets) {
      if (auto gone = impl_->writer.remove(path, &removal.removed); !gone) {
        removal.left.emplace_back(path, std::move(gone).error());
      }
    }
  }
  return removal;
}

std::vector<TokenPlace> FileTokenStore::survey() {
  std::vector<TokenPlace> all;
  auto paths = impl_->search.places();
  if (!paths) return all;
  const auto held_selection = impl_->search.selected(Torn::kAwait);
  const Selection& selection = *held_selection;
  for (const PlacePath& one : *paths) {
    TokenPlace& row = all.emplace_back();
    row.number = one.number;
    row.path = one.path;
    auto place = locate(impl_->files, one.path);
    if (!place) {
      row.error = std::move(place).error();
      continue;
    }
    row.exists = place->exists;
    if (!row.exists) continue;
    if (selection.error && selection.culprit_number == one.number) {
      row.error = selection.error;
      continue;
    }
    row.is_in_effect = selection.found && selection.found->number == one.number;
    auto content = read_place(impl_->files, impl_->clock, *place, kTornWait_ms);
    if (!content) {
      row.error = std::move(content).error();
      continue;
    }
    row.exists = content->has_value();
    if (!row.exists) continue;
    impl_->search.remember(**content);
    row.issuer = impl_->search.binding_of(**content, one.number).issuer;
    row.warnings = (*content)->warnings;
  }
  return all;
}

bool FileTokenStore::is_lock_emulated() const {
  return impl_->is_lock_emulated;
}

FileTokenStore::FileTokenStore(FileSystem& files, Clock& clock, Random& random,
                               FileTokenStoreConfig config)
    : impl_(std::make_unique<Impl>(files, clock, random, std::move(config))) {}

FileTokenStore::~FileTokenStore() = default;

}  // namespace bmauth::core
