// Where a session may be kept, and how a file there may be read (contract, section 3 "Tokens" and
// "Reading modes"; promises S4 and S5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/file_system.h"
#include "core/settings.h"
#include "core/sidecar.h"
#include "core/token_record.h"

namespace bmauth::core {

// The contract's numbers.
inline constexpr int kExplicitPlace = 1;  // a path given in code; then no other is looked at
inline constexpr int kOurPlace = 2;       // <data dir>/.cloud_tokens.json
inline constexpr int kBmPlace = 3;        // <data dir>/basic-memory-cloud.json
inline constexpr int kXdgPlace = 4;       // ${XDG_DATA_HOME}/basic-memory/basic-memory-cloud.json
inline constexpr int kHomePlace = 5;      // ~/.basic-memory/.cloud_tokens.json

struct PlacePath {
  int number = 0;
  std::string path;
};

// In the order in which they are searched; the first is where a login is written.
// `has_config_json`: config.json exists in the data dir, so `bm` is in use there.
std::vector<PlacePath> token_places(const Places& places, bool has_config_json);
Result<bool> find_config_json(FileSystem& files, const Places& places);

// What stands at a path before anything is opened.
struct PlaceFile {
  std::string path;  // as the place has it
  std::string
      file;  // where the bytes are: a symlink that its owner made on purpose is followed once
  bool has_directory = false;
  bool exists = false;
  FileStat directory;  // of `file`, symlinks followed
  FileStat link;       // of `path`
  FileStat stat;       // of `file`
};
Result<PlaceFile> locate(FileSystem& files, const std::string& path);

// May files of ours be trusted to, or made in, the directory of `place`? store_permissions if
// anybody else could put his own there.
Result<void> check_directory(FileSystem& files, const PlaceFile& place);

// A token file and its sidecar, read.
struct PlaceContent {
  PlaceFile place;
  TokenRecord record;
  std::string file_digest;  // of the token file's bytes
  std::optional<Sidecar> sidecar;
  bool is_sidecar_bad = false;  // there, and useless: set aside before the next one is written
  std::string sidecar_digest;   // of the sidecar's bytes; empty: none
  bool is_writable = true;      // its directory
  bool is_group_writable = false;
  std::vector<std::string> warnings;
};

// How long an empty or unparsable file is read again: `bm` truncates in place.
inline constexpr std::int64_t kTornWait_ms = 1'000;

// Reads `place`, and closes it to other readers if it is ours. Nothing: the file is gone meanwhile.
// store_permissions, store_corrupt (after `torn_wait_ms`), store_io.
Result<std::optional<PlaceContent>> read_place(FileSystem& files, Clock& clock,
                                               const PlaceFile& place, std::int64_t torn_wait_ms);

// The part of read_place that is about the sidecar; also where no token file stands any more, since
// a logout leaves it and generations go on. Fills the sidecar's members of `content` by
// `content.place`.
Result<void> read_sidecar(FileSystem& files, PlaceContent& content);

// The digest of the bytes at `file` as they are now; empty: no such file.
Result<std::string> file_digest_now(FileSystem& files, const std::string& file);

}  // namespace bmauth::core
