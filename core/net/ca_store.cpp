#include "core/net/ca_store.h"

#include <dirent.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace {

constexpr const char* kFiles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Arch, Gentoo, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",                   // the same, as they were
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/etc/ssl/cert.pem",                                  // Alpine, FreeBSD, OpenBSD, macOS
    "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD's package
};
constexpr const char* kDirectories[] = {
    "/etc/ssl/certs", "/etc/pki/tls/certs",
    "/var/lib/ca-certificates/openssl",  // SUSE
};

bool is_file(const char* path) {
  struct stat status = {};
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
}

// As `openssl rehash` names a certificate: eight hexadecimal digits, a dot, a number. OpenSSL looks
// for nothing else in a directory, and an empty one is part of many small images.
bool is_hashed_name(std::string_view name) {
  constexpr std::size_t kHashDigits = 8;
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  const std::string_view hash = name.substr(0, kHashDigits);
  return hash.find_first_not_of(kHex) == std::string_view::npos && name.size() > kHashDigits + 1 &&
         name[kHashDigits] == '.' &&
         name.substr(kHashDigits + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

bool is_hashed_directory(const char* path) {
  const std::unique_ptr<DIR, CloseDirectory> directory(opendir(path));
  if (directory == nullptr) return false;
  while (const dirent* entry = readdir(directory.get())) {
    if (is_hashed_name(entry->d_name)) return true;
  }
  return false;
}

}  // namespace

bool holds_certificates(const char* file, const char* directory) {
  if (file != nullptr) return is_file(file);  // libcurl gives up on a file that is not there
  return directory != nullptr && is_hashed_directory(directory);
}

std::optional<CaStore> find_ca_store() {
  if (const char* file = X509_get_default_cert_file(); is_file(file)) return CaStore{file, ""};
  if (const auto* const found = std::find_if(std::begin(kFiles), std::end(kFiles), is_file);
      found != std::end(kFiles)) {
    return CaStore{*found, ""};
  }
  if (const char* directory = X509_get_default_cert_dir(); is_hashed_directory(directory)) {
    return CaStore{"", directory};
  }
  if (const auto* const found =
          std::find_if(std::begin(kDirectories), std::end(kDirectories), is_hashed_directory);
      found != std::end(kDirectories)) {
    return CaStore{"", *found};
  }
  return std::nullopt;
}
