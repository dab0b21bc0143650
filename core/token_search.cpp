#include "core/token_search.h"

#include <algorithm>
#include <mutex>

#include "core/fork_mutex.h"
#include "core/sanitize.h"
#include "core/sidecar.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxPathBytes = 4096;
// A file changed less than this ago may change again without its times showing it.
constexpr std::int64_t kRacyAge_ns = 2'000'000'000;
constexpr std::int64_t kNsPerMs = 1'000'000;

std::string shown(const std::string& text) {
  return harmless(text, kMaxPathBytes);
}

std::string without_slash(std::string text) {
  while (!text.empty() && text.back() == '/') text.pop_back();
  return text;
}

void fill_if_empty(std::string& text, const std::string& from) {
  if (text.empty()) text = from;
}

struct CacheTag {
  static void in_child() {}  // the mutex is held over fork: what it guards is whole
};
ForkMutex<CacheTag> cache_mutex;

}  // namespace

struct TokenSearch::Snapshot {
  std::string fingerprint;
  Selection selection;
};

TokenSearch::TokenSearch(FileSystem& files, Clock& clock, FileTokenStoreConfig config)
    : files_(files), clock_(clock), config_(std::move(config)) {
  config_.in_force.issuer = without_slash(config_.in_force.issuer);
}

bool TokenSearch::is_in_force(const Binding& binding) const {
  return without_slash(binding.issuer) == config_.in_force.issuer;
}

// A place that cannot even be looked at, in a folder that is not the data dir's, holds no session
// of this user.
bool is_foreign(int number) {
  return number == kXdgPlace || number == kHomePlace;
}

StoreVersion version_of(const std::string& file_digest, const std::string& sidecar_digest) {
  return {file_digest + "+" + sidecar_digest};
}

StoreVersion version_of(const PlaceContent& content) {
  return version_of(content.file_digest, content.sidecar_digest);
}

Result<std::vector<PlacePath>> TokenSearch::places() {
  auto has_config_json = find_config_json(files_, config_.places);
  if (!has_config_json) return std::move(has_config_json).error();
  return token_places(config_.places, *has_config_json);
}

// Contract, section 5 "Binding": what the record says, else what the sidecar says of this very
// record, else what config file or default say; at the foreign places the built-in values.
Binding TokenSearch::binding_of(const PlaceContent& content, int number) const {
  const Binding& otherwise = is_foreign(number) ? config_.built_in : config_.recorded;
  std::optional<Binding> noted;
  if (content.sidecar) noted = state_for(*content.sidecar, content.record.digest()).binding;
  Binding binding = content.record.binding ? *content.record.binding : noted.value_or(otherwise);
  if (noted && noted->issuer == binding.issuer) {
    fill_if_empty(binding.token_endpoint, noted->token_endpoint);
    fill_if_empty(binding.revocation_endpoint, noted->revocation_endpoint);
  }
  fill_if_empty(binding.client_id, otherwise.client_id);
  fill_if_empty(binding.cloud_host, otherwise.cloud_host);
  return binding;
}

Error TokenSearch::bound_elsewhere(const Binding& binding, const std::string& path) const {
  Error error =
      make_error(Code::kCredentialNotForOrigin,
                 "the session in " + shown(path) + " is bound to " + shown(binding.issuer) +
                     ", the issuer in force is " + shown(config_.in_force.issuer));
  error.remedy =
      "Set BASIC_MEMORY_CLOUD_DOMAIN back to the issuer of the session, or log in at the "
      "new one: after `bmauth logout`, or with another BASIC_MEMORY_CONFIG_DIR.";
  return error;
}

Selection TokenSearch::select(Torn torn) {
  Selection selection;
  auto paths = places();
  if (!paths) {
    selection.error = std::move(paths).error();
    return selection;
  }
  std::optional<Error> elsewhere;
  for (const PlacePath& one : *paths) {
    auto place = locate(files_, one.path);
    if (!place && is_foreign(one.number)) continue;
    if (!place) {
      selection.error = std::move(place).error();
      return selection;
    }
    if (!place->exists) continue;
    auto content = read_place(files_, clock_, *place, torn == Torn::kAwait ? kTornWait_ms : 0);
    if (!content) {
      selection.error = std::move(content).error();
      selection.culprit_number = one.number;
      return selection;
    }
    if (!*content) continue;
    Binding binding = binding_of(**content, one.number);
    if (!is_in_force(binding)) {
      if (!elsewhere) elsewhere = bound_elsewhere(binding, one.path);
      continue;
    }
    remember(**content);
    selection.found = {one.number, **std::move(content), std::move(binding)};
    return selection;
  }
  selection.error = std::move(elsewhere);
  return selection;
}

// A file that was readable by others is closed at the first look: the word about it must outlast
// that.
void TokenSearch::remember(PlaceContent& content) {
  std::lock_guard guard(cache_mutex);
  const std::string& file = content.place.file;
  for (const std::string& warning : content.warnings) {
    if (warning.starts_with("was ")) remarks_.emplace(file, warning);
  }
  for (const auto& [about, remark] : remarks_) {
    if (about != file) continue;
    if (std::find(content.warnings.begin(), content.warnings.end(), remark) ==
        content.warnings.end()) {
      content.warnings.push_back(remark);
    }
  }
}

// All that select() looks at, without reading it. Nothing: it cannot be said, or it is too young to
// be sure that the next change will show.
std::optional<std::string> TokenSearch::fingerprint() {
  auto paths = places();
  if (!paths) return std::nullopt;
  std::string out;
  const std::int64_t now_ns = clock_.unix_ms() * kNsPerMs;
  bool is_young = false;
  const auto add = [&](const FileStat& stat) {
    const FileIdentity& identity = stat.identity;
    for (const std::uint64_t number : {identity.device, identity.inode, identity.size_bytes,
                                       static_cast<std::uint64_t>(identity.modified_ns),
                                       static_cast<std::uint64_t>(identity.changed_ns)}) {
      out += std::to_string(number) + ' ';
    }
    const std::int64_t age_ns = now_ns - identity.changed_ns;
    is_young = is_young || (age_ns < kRacyAge_ns && age_ns > -kRacyAge_ns);
  };
  for (const PlacePath& one : *paths) {
    out += std::to_string(one.number) + ':';
    auto place = locate(files_, one.path);
    if (!place) {
      if (!is_foreign(one.number)) return std::nullopt;
      continue;
    }
    if (!place->exists) continue;
    out += place->file + ' ' + std::to_string(place->directory.mode) + ' ' +
           std::to_string(place->directory.uid) + ' ';
    add(place->link);
    add(place->stat);
    FileStat stat;
    auto has_sidecar = files_.stat(sidecar_path(place->file), stat);
    if (!has_sidecar) return std::nullopt;
    if (*has_sidecar) add(stat);
  }
  if (is_young) return std::nullopt;
  return out;
}

std::shared_ptr<const Selection> TokenSearch::selected(Torn torn) {
  const std::optional<std::string> now = fingerprint();
  if (now) {
    std::lock_guard guard(cache_mutex);
    if (snapshot_ && snapshot_->fingerprint == *now) {
      return {snapshot_, &snapshot_->selection};
    }
  }
  // Read after the fingerprint was taken: a change in between makes the next fingerprint another
  // one.
  auto fresh = std::make_shared<Snapshot>();
  fresh->selection = select(torn);
  const std::optional<Error>& error = fresh->selection.error;
  const bool may_pass =
      error && (error->code == Code::kStoreIo || error->code == Code::kStorePermissions ||
                (error->code == Code::kStoreCorrupt && torn == Torn::kReport));
  if (now && !may_pass) {
    fresh->fingerprint = *now;
    std::lock_guard guard(cache_mutex);
    snapshot_ = fresh;
  }
  return {fresh, &fresh->selection};
}

StoredSession session_of(const Selection::Found& found) {
  StoredSession session;
  session.record = found.content.record;
  if (found.content.sidecar) {
    session.state = state_for(*found.content.sidecar, session.record.digest());
  }
  session.binding = found.binding;
  session.version = version_of(found.content);
  session.location = found.content.place.path;
  session.is_writable = found.content.is_writable;
  session.warnings = found.content.warnings;
  return session;
}

}  // namespace bmauth::core
