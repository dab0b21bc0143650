// The reads that are called all the time: from memory where that is possible, else the long way.
#include "capi/src/guard.h"
#include "capi/src/purpose.h"

using namespace bmauth::capi;
using bmauth::core::Code;
using bmauth::core::FoundMode;
using bmauth::core::make_error;
using bmauth::core::Result;

namespace {

[[gnu::cold, gnu::noinline]] bmauth_code find_header(bmauth_client* client, int32_t purpose,
                                                     char* buffer, int64_t capacity_bytes,
                                                     int64_t* length_bytes,
                                                     bmauth_error** err) noexcept {
  return guard(err, [&]() -> Result<void> {
    if (length_bytes == nullptr) return null_argument("length_bytes");
    *length_bytes = 0;
    if (client == nullptr) return null_argument("client");
    if (buffer == nullptr) return null_argument("buffer");
    if (capacity_bytes < 0) return make_error(Code::kInvalidArgument, "capacity_bytes is negative");
    auto wanted = purpose_of(purpose);
    if (!wanted) return std::move(wanted).error();
    const auto capacity = static_cast<std::size_t>(capacity_bytes);
    auto length = client->client->header(*wanted, buffer, capacity);
    if (!length) return std::move(length).error();
    *length_bytes = static_cast<int64_t>(*length);
    if (*length < capacity) return {};
    return make_error(Code::kInvalidArgument,
                      "the buffer is too small: " + std::to_string(*length + 1) + " bytes go in");
  });
}

int32_t mode_number(bmauth::core::RouteMode mode) {
  return mode == bmauth::core::RouteMode::kCloud ? BMAUTH_MODE_CLOUD : BMAUTH_MODE_LOCAL;
}

[[gnu::cold, gnu::noinline]] bmauth_code find_mode(bmauth_client* client, const char* project,
                                                   int32_t* mode, int* is_known,
                                                   bmauth_error** err) noexcept {
  return guard(err, [&]() -> Result<void> {
    if (mode != nullptr) *mode = BMAUTH_MODE_LOCAL;
    if (is_known != nullptr) *is_known = 0;
    if (mode == nullptr) return null_argument("mode");
    if (is_known == nullptr) return null_argument("is_known");
    if (client == nullptr) return null_argument("client");
    std::optional<std::string> name;
    if (project != nullptr) name = project;
    auto found = client->client->mode(name);
    if (!found) return std::move(found).error();
    *mode = mode_number(found->mode);
    *is_known = found->is_known ? 1 : 0;
    return {};
  });
}

}  // namespace

bmauth_code bmauth_client_header(bmauth_client* client, int32_t purpose, char* buffer,
                                 int64_t capacity_bytes, int64_t* length_bytes,
                                 bmauth_error** err) {
  if (client != nullptr && buffer != nullptr && length_bytes != nullptr && capacity_bytes > 0 &&
      is_purpose(purpose)) {
    const int64_t length = client->client->kept_header(known_purpose(purpose), buffer,
                                                       static_cast<std::size_t>(capacity_bytes));
    if (length >= 0 && length < capacity_bytes) {
      *length_bytes = length;
      if (err != nullptr) *err = nullptr;
      return BMAUTH_OK;
    }
  }
  return find_header(client, purpose, buffer, capacity_bytes, length_bytes, err);
}

bmauth_code bmauth_client_mode(bmauth_client* client, const char* project, int32_t* mode,
                               int* is_known, bmauth_error** err) {
  if (client != nullptr && project != nullptr && mode != nullptr && is_known != nullptr) {
    const FoundMode found = client->client->kept_mode(project);
    if (found != FoundMode::kNothing) {
      *mode = found == FoundMode::kCloud ? BMAUTH_MODE_CLOUD : BMAUTH_MODE_LOCAL;
      *is_known = 1;
      if (err != nullptr) *err = nullptr;
      return BMAUTH_OK;
    }
  }
  return find_mode(client, project, mode, is_known, err);
}
