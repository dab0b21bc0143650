#include "core/text_position.h"

#include <gtest/gtest.h>

namespace bmauth::core {
namespace {

std::string at(std::string_view text, std::size_t offset) {
  return place_words("f", position_at(text, offset));
}

TEST(TextPosition, line_feed_carriage_return_and_both_end_one_line_each) {
  EXPECT_EQ(at("a\nb", 2), "f:2:1");
  EXPECT_EQ(at("a\rb", 2), "f:2:1");
  EXPECT_EQ(at("a\r\nb", 3), "f:2:1");
  EXPECT_EQ(at("a\r\n\r\nb", 5), "f:3:1");
  EXPECT_EQ(at("a\n\rb", 3), "f:3:1");
}

TEST(TextPosition, columns_are_bytes_from_one) {
  EXPECT_EQ(at("abc", 0), "f:1:1");
  EXPECT_EQ(at("abc", 2), "f:1:3");
  EXPECT_EQ(at("\u00e4\u20ac\U0001F600x", 9), "f:1:10");
}

TEST(TextPosition, a_byte_order_mark_takes_no_column) {
  EXPECT_EQ(at("\xEF\xBB\xBF"
               "abc",
               3),
            "f:1:1");
  EXPECT_EQ(at("\xEF\xBB\xBF"
               "abc",
               5),
            "f:1:3");
}

TEST(TextPosition, unicode_line_breaks_do_not_end_a_line) {
  EXPECT_EQ(at("\u0085\u2028x", 5), "f:1:6");
}

TEST(TextPosition, behind_the_end_is_the_end) {
  EXPECT_EQ(at("ab\nc", 99), "f:2:2");
}

TEST(TextPosition, characters_are_counted_behind_the_byte_order_mark) {
  TextCursor cursor("\xEF\xBB\xBF\u00e4\r\n\u20acx");
  cursor.advance_to_character(4);
  EXPECT_EQ(cursor.offset(), 10U);
  EXPECT_EQ(cursor.position().line, 2U);
  EXPECT_EQ(cursor.position().column, 4U);
}

TEST(TextPosition, an_unknown_position_is_not_shown) {
  EXPECT_EQ(place_words("f", {}), "f");
}

TEST(TextPosition, control_characters_of_a_file_name_are_not_shown) {
  EXPECT_EQ(place_words("a\n\x1b[31mb", {1, 2}), "a[31mb:1:2");
}

TEST(Encoding, utf8_passes_in_all_lengths) {
  EXPECT_FALSE(find_encoding_fault(""));
  EXPECT_FALSE(find_encoding_fault("plain ASCII of more than eight bytes"));
  EXPECT_FALSE(
      find_encoding_fault("\xEF\xBB\xBF\u0080\u07ff\u0800\xED\x9F\xBF\xEE\x80\x80\uffff"
                          "\U00010000\U0010ffff"));
}

TEST(Encoding, what_rfc_3629_forbids_is_refused_at_its_byte) {
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xE2\x82", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xF0\x9F\x98", "\xFF", "\xC2 "}) {
    for (const std::size_t before : {0U, 7U, 8U, 20U}) {
      const std::optional<TextFault> fault =
          find_encoding_fault(std::string(before, 'a') + std::string(bad) + "bcdefghijklmn");
      ASSERT_TRUE(fault) << testing::PrintToString(bad);
      EXPECT_EQ(fault->offset, before);
    }
  }
}

TEST(Encoding, utf16_is_named) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {"\xFF\xFE{\0}\0"sv, "\xFE\xFF\0{\0}"sv, "{\0}\0"sv, "\0{\0}"sv}) {
    const std::optional<TextFault> fault = find_encoding_fault(text);
    ASSERT_TRUE(fault);
    EXPECT_NE(fault->words.find("UTF-16"), std::string::npos);
    EXPECT_NE(fault->words.find("save it as UTF-8"), std::string::npos);
  }
}

}  // namespace
}  // namespace bmauth::core
