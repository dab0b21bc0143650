// The file beside a token file, `<token file>.bmauth`: what bmauth knows about the session that
// `bm` does not (contract, section 3 "Tokens"). It names its record by digest and holds no secret.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/token_store.h"

namespace bmauth::core {

struct Sidecar {
  std::string token_digest;  // TokenRecord::digest() of the record that `state` speaks of
  RefreshState state;
  std::string unknown_members;  // of later versions, raw; they survive a rewrite
};

std::string sidecar_path(std::string_view token_file);

// Whatever the bytes are, a sidecar or `store_corrupt` naming `path`: a format that this version
// does not know is as good as none.
Result<Sidecar> parse_sidecar(std::string_view text, std::string_view path);

std::string serialise_sidecar(const Sidecar& sidecar);

// The state that holds for the record with this digest: of another one nothing counts but the
// generation.
RefreshState state_for(const Sidecar& sidecar, std::string_view token_digest);

}  // namespace bmauth::core
