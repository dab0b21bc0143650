// Where this machine keeps the certificate authorities that it trusts. A libcurl that was built
// elsewhere, as one in a wheel is, knows the place of its build machine alone.
#pragma once

#include <optional>
#include <string>

// One of the two: a file of certificates, or a directory of them by hashed names.
struct CaStore {
  std::string file;
  std::string directory;
};

// True if a certificate can be found at one of the two places; NULL is no place.
bool holds_certificates(const char* file, const char* directory);

// OpenSSL's own place, else the first of the well-known ones that is there.
std::optional<CaStore> find_ca_store();
