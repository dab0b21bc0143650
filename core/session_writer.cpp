#include "core/session_writer.h"

#include <algorithm>
#include <utility>

#include "core/durable_write.h"
#include "core/path.h"
#include "core/sha256.h"
#include "core/sidecar.h"
#include "core/token_search.h"

namespace bmauth::core {

SessionWriter::SessionWriter(FileSystem& files, Clock& clock, Random& random,
                             std::string_view data_dir)
    : files_(files), clock_(clock), random_(random), data_dir_(data_dir) {
  while (data_dir_.size() > 1 && data_dir_.back() == '/') data_dir_.pop_back();
}

// Made 0700 if it is missing; what the group or others may do in one of ours ends with the first
// write.
Result<void> SessionWriter::prepare_directory(const std::string& file) {
  const std::string directory = directory_of(file);
  FileStat stat;
  auto exists = files_.stat(behind_links(directory), stat);
  if (!exists) return std::move(exists).error();
  if (!*exists) return files_.make_directories(directory);
  if (stat.uid != files_.effective_uid()) return {};
  const bool is_data_dir = directory == data_dir_;
  const std::uint32_t unwanted = is_data_dir ? 0077 : 0022;
  if ((stat.mode & unwanted) == 0) return {};
  return files_.set_directory_mode(directory, stat.mode & ~unwanted);
}

Result<void> SessionWriter::set_aside(const std::string& path) {
  std::int64_t number = clock_.unix_s();
  for (;; ++number) {
    const std::string aside = path + ".corrupt-" + std::to_string(number);
    FileStat ignored;
    auto is_taken = files_.stat(aside, ignored);
    if (!is_taken) return std::move(is_taken).error();
    if (*is_taken) continue;
    if (auto renamed = files_.rename(path, aside); !renamed) return renamed;
    return files_.sync_directory(directory_of(path));
  }
}

Result<void> SessionWriter::remove(const std::string& path, std::vector<std::string>* removed) {
  auto is_gone = files_.remove(path);
  if (!is_gone) return std::move(is_gone).error();
  if (!*is_gone) return {};
  if (removed != nullptr) removed->push_back(path);
  return files_.sync_directory(directory_of(path));
}

// Writes what differs: the record, then the sidecar, each durably. A session that moves, and
// endpoints that only the sidecar knows, turn the order round: nothing that the new record needs
// may be missing.
Result<std::optional<StoreVersion>> SessionWriter::write(const SessionWrite& order) {
  const std::string& file = order.target.file;
  const std::string beside = sidecar_path(file);
  const PlaceContent* present = order.present;
  const bool is_same_place = present != nullptr && !order.is_move;

  TokenRecord record = *order.record;
  if (present != nullptr && record.unknown_members.empty()) {
    record.unknown_members = present->record.unknown_members;
  }
  const Secret text = serialise_token_record(record);
  // What could not be read again must not take the place of what can.
  if (auto readable = parse_token_record(text.reveal(), file); !readable) {
    return make_error(Code::kInternal, "not stored: " + readable.error().message);
  }
  const bool is_record_new =
      !is_same_place || !text.equals(serialise_token_record(present->record));

  Sidecar sidecar;
  sidecar.token_digest = record.digest();
  sidecar.state = order.state;
  PlaceContent there;  // what stands at the target
  there.place = order.target;
  if (is_same_place) {
    there.sidecar = present->sidecar;
    there.is_sidecar_bad = present->is_sidecar_bad;
    there.sidecar_digest = present->sidecar_digest;
  } else if (order.target.has_directory) {
    if (auto read = read_sidecar(files_, there); !read) return std::move(read).error();
  }
  if (is_record_new) {
    sidecar.state.generation = std::max<std::uint64_t>(sidecar.state.generation, 1);
  }
  for (const PlaceContent* known : {static_cast<const PlaceContent*>(&there), present}) {
    if (known == nullptr || !known->sidecar) continue;
    const std::uint64_t generation = known->sidecar->state.generation + (is_record_new ? 1 : 0);
    sidecar.state.generation = std::max(sidecar.state.generation, generation);
    sidecar.unknown_members = known->sidecar->unknown_members;
  }
  bool is_sidecar_new = is_record_new;
  if (!is_record_new) {
    // For the generation alone nobody writes.
    Sidecar same = there.sidecar.value_or(Sidecar());
    same.state.generation = sidecar.state.generation;
    is_sidecar_new = serialise_sidecar(same) != serialise_sidecar(sidecar);
  }
  std::string file_digest = present != nullptr ? present->file_digest : "";
  std::string sidecar_digest = there.sidecar_digest;
  if (!is_record_new && !is_sidecar_new) {
    return std::optional<StoreVersion>(version_of(file_digest, sidecar_digest));
  }

  if (auto ready = prepare_directory(file); !ready) return std::move(ready).error();
  remove_leftovers(files_, file);
  remove_leftovers(files_, beside);

  // Foreign writers take no lock: the content decides once more, at the last moment.
  const std::string expected_digest = is_same_place ? file_digest : "";
  const auto is_unchanged = [&]() -> Result<bool> {
    auto now = file_digest_now(files_, file);
    if (!now) return std::move(now).error();
    return *now == expected_digest;
  };
  const auto write_record = [&]() -> Result<bool> {
    auto written = write_durably(files_, random_, file, text.reveal(), is_unchanged);
    if (written && *written) file_digest = text.digest();
    return written;
  };
  const auto write_sidecar = [&]() -> Result<bool> {
    if (there.is_sidecar_bad) {
      if (auto moved = set_aside(beside); !moved) return std::move(moved).error();
    }
    const std::string bytes = serialise_sidecar(sidecar);
    auto written = write_durably(files_, random_, beside, bytes);
    if (written) sidecar_digest = sha256_hex(bytes);
    return written;
  };

  const bool is_sidecar_first =
      !is_same_place || (sidecar.state.binding && !sidecar.state.binding->token_endpoint.empty());
  if (is_record_new && is_sidecar_first) {
    auto is_good = is_unchanged();
    if (!is_good) return std::move(is_good).error();
    if (!*is_good) return std::optional<StoreVersion>();
    if (auto written = write_sidecar(); !written) return std::move(written).error();
  }
  if (is_record_new) {
    auto written = write_record();
    if (!written) return std::move(written).error();
    if (!*written) return std::optional<StoreVersion>();
  } else if (present->is_group_writable) {
    auto opened = files_.open(file, FileSystem::Open::kRead);
    if (opened && *opened != nullptr) static_cast<void>((*opened)->set_mode(0600));
  }
  if (!(is_record_new && is_sidecar_first)) {
    if (auto written = write_sidecar(); !written) return std::move(written).error();
  }
  return std::optional<StoreVersion>(version_of(file_digest, sidecar_digest));
}

}  // namespace bmauth::core
