#include "core/sanitize.h"

#include <gtest/gtest.h>

namespace bmauth::core {
namespace {

constexpr std::size_t kPlenty = 1000;

TEST(Harmless, keeps_plain_words_of_any_language) {
  for (const char* words :
       {"access denied", "Zugriff verweigert: ungültig", "拒绝访问", "🙂 ok", ""}) {
    EXPECT_EQ(harmless(words, kPlenty), words);
    EXPECT_FALSE(has_control_characters(words)) << words;
  }
}

TEST(Harmless, drops_what_drives_a_terminal) {
  EXPECT_EQ(harmless("\x1b[31mred\x1b[0m", kPlenty), "[31mred[0m");
  EXPECT_EQ(harmless("one\r\ntwo\tthree\x7f\x08", kPlenty), "onetwothree");
  EXPECT_EQ(harmless("\xc2\x9b"
                     "31m\xc2\x80\xc2\x9f",
                     kPlenty),
            "31m");  // C1: CSI in one character
  EXPECT_EQ(harmless(std::string_view("a\0b", 3), kPlenty), "ab");
}

TEST(Harmless, drops_what_reorders_or_hides_words) {
  const char* hidden[] = {"\xd8\x9c",           // U+061C
                          "\xe2\x80\x8b",       // U+200B
                          "\xe2\x80\x8d",       // U+200D
                          "\xe2\x80\x8e",       // U+200E
                          "\xe2\x80\x8f",       // U+200F
                          "\xe2\x80\xa8",       // U+2028
                          "\xe2\x80\xa9",       // U+2029
                          "\xe2\x80\xaa",       // U+202A
                          "\xe2\x80\xae",       // U+202E
                          "\xe2\x81\xa0",       // U+2060
                          "\xe2\x81\xa6",       // U+2066
                          "\xe2\x81\xa9",       // U+2069
                          "\xef\xbb\xbf",       // U+FEFF
                          "\xf3\xa0\x81\x81"};  // U+E0041
  for (const std::string character : hidden) {
    EXPECT_EQ(harmless("a" + character + "b", kPlenty), "ab") << testing::PrintToString(character);
    EXPECT_TRUE(has_control_characters("a" + character)) << testing::PrintToString(character);
  }
}

TEST(Harmless, keeps_the_neighbours_of_what_it_drops) {
  for (const char* character : {" ", "~", "\xc2\xa0", "\xd8\x9b", "\xe2\x80\x8a", "\xe2\x80\x90",
                                "\xe2\x80\xa7", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe2\x81\xb0"}) {
    EXPECT_EQ(harmless(character, kPlenty), character) << testing::PrintToString(character);
  }
}

TEST(Harmless, replaces_each_byte_that_is_not_utf_8) {
  EXPECT_EQ(harmless("a\xff"
                     "b",
                     kPlenty),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(harmless("\x9b"
                     "31m",
                     kPlenty),
            "\xef\xbf\xbd"
            "31m");                                                      // a bare C1 byte
  EXPECT_EQ(harmless("\xc0\x9b", kPlenty), "\xef\xbf\xbd\xef\xbf\xbd");  // ESC in overlong dress
  EXPECT_EQ(harmless("\xed\xa0\x80", kPlenty).size(), 9u);               // a surrogate
  EXPECT_EQ(harmless("\xf4\x90\x80\x80", kPlenty).size(), 12u);          // over U+10FFFF
  EXPECT_EQ(harmless("\xe2\x80", kPlenty).size(), 6u);                   // cut off
  EXPECT_TRUE(has_control_characters("\xff"));
}

TEST(Harmless, cuts_between_two_characters) {
  EXPECT_EQ(harmless("abc", 2), "ab");
  EXPECT_EQ(harmless("aü", 2), "a");
  EXPECT_EQ(harmless("aü", 3), "aü");
  EXPECT_EQ(harmless("\x1b\x1b\x1b"
                     "abc",
                     3),
            "abc");  // what is dropped takes no room
  EXPECT_EQ(harmless("abc", 0), "");
}

TEST(Harmless, gives_harmless_words_for_any_bytes) {
  std::uint32_t state = 1;  // the seed of a small generator
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (int j = 0; j < 20; ++j) {
      state = state * 1664525 + 1013904223;
      bytes += static_cast<char>(state >> 24);
    }
    const std::string words = harmless(bytes, 30);
    EXPECT_LE(words.size(), 30u);
    EXPECT_FALSE(has_control_characters(words)) << testing::PrintToString(bytes);
  }
}

}  // namespace
}  // namespace bmauth::core
