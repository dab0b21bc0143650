// net_test: SSLKEYLOGFILE must be set before libcurl is loaded, so it stands for the whole run, and
// each test with TLS is a test of it; trust_test.cpp reads the file. With --net-version it is what
// loading_test.cpp runs copies of.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/net/server.h"

int print_net_version() {
  const auto version = bmauth::core::net_version();
  if (version) {
    std::printf("%s\n", version->c_str());
    return 0;
  }
  const bmauth::core::Error& error = version.error();
  std::printf("%s: %s; %s\n", code_info(error.code).name, error.message.c_str(),
              error.remedy.c_str());
  return 1;
}

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--net-version") return print_net_version();
  testing::InitGoogleTest(&argc, argv);
  const bmauth::test::TemporaryFolder folder;
  bmauth::test::key_log_file = folder.path() + "/keys";
  setenv("SSLKEYLOGFILE", bmauth::test::key_log_file.c_str(), 1);
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY",
                           "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"}) {
    unsetenv(name);
  }
  return RUN_ALL_TESTS();
}
