#include "core/base64url.h"

#include <gtest/gtest.h>

#include "core/sha256.h"

namespace bmauth::core {
namespace {

TEST(Base64url, encodes_without_padding) {
  // RFC 4648 section 10.
  EXPECT_EQ(base64url_encode(""), "");
  EXPECT_EQ(base64url_encode("f"), "Zg");
  EXPECT_EQ(base64url_encode("fo"), "Zm8");
  EXPECT_EQ(base64url_encode("foo"), "Zm9v");
  EXPECT_EQ(base64url_encode("foob"), "Zm9vYg");
  EXPECT_EQ(base64url_encode("fooba"), "Zm9vYmE");
  EXPECT_EQ(base64url_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url_encode("\xfb\xff\xfe"), "-__-");  // where base64 has + and /
}

TEST(Base64url, makes_the_challenge_of_rfc_7636) {
  // RFC 7636 appendix B.
  const auto digest = sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  EXPECT_EQ(base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()}),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Base64url, decodes_what_it_encoded) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes) << i;
    bytes += static_cast<char>(i * 37);
  }
}

TEST(Base64url, refuses_what_is_not_its_one_spelling) {
  for (const char* text :
       {"Zg==", "Zg=", "Z", "Zm9vY", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm9v!"}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
  // Bits after the last byte: "Zh" and "Zm9" would be second spellings of "f" and "fo".
  EXPECT_EQ(base64url_decode("Zh"), std::nullopt);
  EXPECT_EQ(base64url_decode("Zm9"), std::nullopt);
  EXPECT_EQ(base64url_decode(std::string_view("Zm\0v", 4)), std::nullopt);
}

}  // namespace
}  // namespace bmauth::core
