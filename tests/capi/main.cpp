// capi_test: nothing of the caller's environment speaks for it, but where a test says so.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

extern char** environ;

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::string> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    names.push_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : names) {
    const bool is_ours = name.rfind("BASIC_MEMORY_", 0) == 0 || name.rfind("XDG_", 0) == 0;
    const bool is_of_the_network = name.find("proxy") != std::string::npos ||
                                   name.find("PROXY") != std::string::npos ||
                                   name.rfind("SSL_CERT_", 0) == 0;
    const bool is_of_a_browser =
        name == "BROWSER" || name == "DISPLAY" || name == "WAYLAND_DISPLAY";
    if (is_ours || is_of_the_network || is_of_a_browser) ::unsetenv(name.c_str());
  }
  return RUN_ALL_TESTS();
}
