#include "core/net_library.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr const char* kFileName = "libbmauth_net.so";

// Where an installation may put it, seen from the folder of the object that holds the core.
constexpr std::string_view kFolders[] = {
    "",
    "bmauth/",
#if defined(BMAUTH_NET_RELATIVE_DIR)  // for a command in bin/, whose libraries are elsewhere
    BMAUTH_NET_RELATIVE_DIR "/",
#endif
};

// The node binary exports an OpenSSL of its own, which would take libcurl's calls: there the net
// object looks into its own libraries first. AddressSanitizer forbids it, so it is chosen at
// compile time.
#if defined(BMAUTH_NET_DEEPBIND)
constexpr int kLoadFlags = RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#else
constexpr int kLoadFlags = RTLD_NOW | RTLD_LOCAL;
#endif

Error unavailable(std::string message, std::string remedy = {}) {
  Error error = make_error(Code::kNetUnavailable, std::move(message));
  error.remedy = std::move(remedy);
  return error;
}

std::string real_path(const char* path) {
  struct Free {
    void operator()(char* text) const { free(text); }
  };
  const std::unique_ptr<char, Free> resolved(realpath(path, nullptr));
  return resolved != nullptr ? resolved.get() : "";
}

// Absolute, with a slash at its end; empty if unknown.
std::string own_folder() {
  Dl_info info = {};
  if (dladdr(reinterpret_cast<const void*>(&own_folder), &info) == 0) return {};
  std::string path;
  if (info.dli_fname != nullptr && info.dli_fname[0] == '/') path = real_path(info.dli_fname);
  if (path.empty()) {
    // In a program itself dladdr knows argv[0] alone, which may be a bare word; the kernel knows
    // what it was started from. Platform-bound: AT_EXECFN is Linux's.
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands the address over as a number.
    const auto* started_from = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
    if (started_from != nullptr) path = real_path(started_from);
  }
  return path.substr(0, path.rfind('/') + 1);
}

Error loading_failed(const std::string& words) {
  // The loader's words name the library that is missing: "libcurl.so.4: cannot open shared object
  // ...".
  if (words.find("libcurl") < words.find(": cannot open")) {
    return unavailable("libcurl is missing: " + words,
                       "install libcurl with OpenSSL (Debian: apt install libcurl4)");
  }
  return unavailable(words);
}

Result<const bmauth_net_table*> load() {
  const std::string folder = own_folder();
  if (folder.empty()) return unavailable("the folder of bmauth's own library is unknown");
  std::string path;
  for (const std::string_view below : kFolders) {
    path = folder + std::string(below) + kFileName;
    if (access(path.c_str(), F_OK) == 0) break;
    path.clear();
  }
  if (path.empty()) {
    return unavailable(
        std::string(kFileName) + " is neither in " + folder + " nor in bmauth/ below it",
        "install bmauth again, as a whole");
  }
  void* library = dlopen(path.c_str(), kLoadFlags);
  if (library == nullptr) {
    const char* words = dlerror();
    return loading_failed(harmless(words != nullptr ? words : path, 400));
  }
  using Entry = const bmauth_net_table* (*)();
  const auto entry = reinterpret_cast<Entry>(dlsym(library, "bmauth_net_v1"));
  if (entry == nullptr)
    return unavailable(path + " is not bmauth's", "install bmauth again, as a whole");
  const bmauth_net_table* table = entry();
  if (table->size != sizeof(bmauth_net_table) ||
      std::string_view(table->build_id) != BMAUTH_BUILD_ID) {
    const std::string theirs =
        table->size == sizeof(bmauth_net_table) ? table->build_id : "of another table size";
    return unavailable(path + " is from build " + harmless(theirs, 100) +
                           ", this library from build " + BMAUTH_BUILD_ID,
                       "install bmauth again, as a whole");
  }
  return table;
}

}  // namespace

Result<const bmauth_net_table*> load_net_library() {
  // No lock: the loader has its own and gives one library to all, and a lock of ours could be held
  // by another thread at the moment of a fork.
  static std::atomic<const bmauth_net_table*> loaded{nullptr};
  if (const bmauth_net_table* table = loaded.load()) return table;
  Result<const bmauth_net_table*> table = load();
  if (table) loaded.store(*table);
  return table;
}

}  // namespace bmauth::core
