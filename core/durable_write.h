// Replacing a file so that a crash at any instant leaves the whole old or the whole new one
// (promises S1 to S3 and S7).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/file_system.h"
#include "core/random.h"

namespace bmauth::core {

// Asked when the new content is durable under a temporary name: may it take the file's place?
// Foreign writers take no lock, so this is the last moment to notice one.
using MayReplace = std::function<Result<bool>()>;

// Writes `bytes` to `path`, mode 0600: temporary file beside it, fsync, `may_replace`, rename,
// fsync of the directory. True: it is there, durably. False: `may_replace` said no, nothing
// changed. On an error before the rename the old file is untouched and no temporary file stays;
// after it (only the fsync of the directory is left) the new file is in place, and nobody can say
// that a power cut will not undo it. Root writing in a user's directory gives the file to that
// user.
Result<bool> write_durably(FileSystem& files, Random& random, const std::string& path,
                           std::string_view bytes, const MayReplace& may_replace = {});

// Removes the temporary files that killed processes left beside `path`. Under the lock of `path`
// only: a live one would be somebody's. Each that is gone; those that cannot be removed stay
// unmentioned, they harm nobody.
std::vector<std::string> remove_leftovers(FileSystem& files, const std::string& path);

// The owner that a file made at `path` by root must get; none: it may stay ours.
struct Owner {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
};
Result<std::optional<Owner>> rightful_owner(FileSystem& files, const std::string& path);

}  // namespace bmauth::core
