// For one test: from which file the functions come that libcurl calls, in this very process.
//
// Versions would not tell: node's OpenSSL and the system's may be of the same one.
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <node_api.h>

#include <cstring>
#include <set>
#include <string>

namespace {

// The tables that the loader works from.
struct Tables {
  const ElfW(Sym) * symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela) * calls = nullptr;
  std::size_t calls_size = 0;
  const ElfW(Rela) * data = nullptr;
  std::size_t data_size = 0;
};

Tables tables_of(const ElfW(Dyn) * entry) {
  Tables tables;
  for (; entry->d_tag != DT_NULL; ++entry) {
    const auto address = entry->d_un.d_ptr;
    if (entry->d_tag == DT_SYMTAB) tables.symbols = reinterpret_cast<const ElfW(Sym)*>(address);
    if (entry->d_tag == DT_STRTAB) tables.names = reinterpret_cast<const char*>(address);
    if (entry->d_tag == DT_JMPREL) tables.calls = reinterpret_cast<const ElfW(Rela)*>(address);
    if (entry->d_tag == DT_PLTRELSZ) tables.calls_size = entry->d_un.d_val;
    if (entry->d_tag == DT_RELA) tables.data = reinterpret_cast<const ElfW(Rela)*>(address);
    if (entry->d_tag == DT_RELASZ) tables.data_size = entry->d_un.d_val;
  }
  return tables;
}

void add_owners(std::set<std::string>& found, const Tables& tables, ElfW(Addr) base,
                const ElfW(Rela) * relocations, std::size_t size) {
  for (std::size_t index = 0; index < size / sizeof(ElfW(Rela)); ++index) {
    const auto& symbol = tables.symbols[ELF64_R_SYM(relocations[index].r_info)];
    if (std::strncmp(tables.names + symbol.st_name, "SSL_", 4) != 0) continue;
    const auto* target = *reinterpret_cast<void**>(base + relocations[index].r_offset);
    Dl_info info = {};
    found.insert(dladdr(target, &info) != 0 ? info.dli_fname : "nowhere");
  }
}

int visit(dl_phdr_info* object, std::size_t, void* found) {
  if (std::strstr(object->dlpi_name, "/libcurl.so") == nullptr) return 0;
  for (int index = 0; index < object->dlpi_phnum; ++index) {
    const auto& header = object->dlpi_phdr[index];
    if (header.p_type != PT_DYNAMIC) continue;
    const auto* dynamic = reinterpret_cast<const ElfW(Dyn)*>(object->dlpi_addr + header.p_vaddr);
    const Tables tables = tables_of(dynamic);
    auto& owners = *static_cast<std::set<std::string>*>(found);
    add_owners(owners, tables, object->dlpi_addr, tables.calls, tables.calls_size);
    add_owners(owners, tables, object->dlpi_addr, tables.data, tables.data_size);
  }
  return 1;
}

napi_value tls_of_libcurl(napi_env env, napi_callback_info) {
  std::set<std::string> owners;
  dl_iterate_phdr(visit, &owners);
  napi_value list = nullptr;
  napi_create_array(env, &list);
  uint32_t index = 0;
  for (const std::string& owner : owners) {
    napi_value text = nullptr;
    napi_create_string_utf8(env, owner.data(), owner.size(), &text);
    napi_set_element(env, list, index++, text);
  }
  return list;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function = nullptr;
  napi_create_function(env, "tlsOfLibcurl", NAPI_AUTO_LENGTH, tls_of_libcurl, nullptr, &function);
  napi_set_named_property(env, exports, "tlsOfLibcurl", function);
  return exports;
}
