// Proof Key for Code Exchange (RFC 7636), S256 alone.
#pragma once

#include <string>

#include "core/error.h"
#include "core/random.h"
#include "core/secret.h"

namespace bmauth::core {

// RFC 7636 section 4.1: 32 random bytes, 43 characters. One per login.
Result<Secret> make_code_verifier(Random& random);

// RFC 7636 section 4.2, S256.
std::string code_challenge(const Secret& verifier);

}  // namespace bmauth::core
