#include "core/json_spans.h"

#include <gtest/gtest.h>

namespace bmauth::core {
namespace {

// "2:7 words", or nothing.
std::string fault_of(std::string_view text) {
  const std::optional<TextFault> fault = find_json_fault(text);
  if (!fault) return "";
  const TextPosition position = position_at(text, fault->offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column) + " " + fault->words;
}

std::string member(std::string_view text, const std::vector<std::string_view>& path) {
  const std::optional<MemberSpan> found = find_member_span(text, path);
  if (!found) return "none";
  return std::string(found->name.of(text)) + " = " + std::string(found->value.of(text));
}

TEST(JsonSpans, every_rule_of_the_grammar_has_its_own_words_and_place) {
  EXPECT_EQ(fault_of(R"({"a": [1, -0.5e+7, true, false, null, "\u00e4\n", {}, []]})"), "");
  EXPECT_EQ(fault_of(""), "1:1 the text is empty");
  EXPECT_EQ(fault_of(" \n "), "2:2 the text is empty");
  EXPECT_EQ(fault_of("{"), "1:2 the text ends early");
  EXPECT_EQ(fault_of("{\"a\":"), "1:6 the text ends early");
  EXPECT_EQ(fault_of("{\"a"), "1:4 the text ends early");
  EXPECT_EQ(fault_of("{\n  a: 1}"), "2:3 a member name in double quotes is expected");
  EXPECT_EQ(fault_of("{\"a\" 1}"), "1:6 ':' is expected");
  EXPECT_EQ(fault_of("{\"a\": 1 \"b\": 2}"), "1:9 ',' or '}' is expected");
  EXPECT_EQ(fault_of("{\"a\": 1,}"), "1:9 a member name in double quotes is expected");
  EXPECT_EQ(fault_of("[1 2]"), "1:4 ',' or ']' is expected");
  EXPECT_EQ(fault_of("[1,]"), "1:4 a value is expected");
  EXPECT_EQ(fault_of("[tru]"), "1:2 a value is expected");
  EXPECT_EQ(fault_of("[1}"), "1:3 ',' or ']' is expected");
  EXPECT_EQ(fault_of("{} {}"), "1:4 something follows the end of the JSON text");
  EXPECT_EQ(fault_of("[\"a\tb\"]"), "1:4 a control character in a string");
  EXPECT_EQ(fault_of(R"(["a\x"])"), "1:5 an unknown escape in a string");
  EXPECT_EQ(fault_of(R"(["\u12g4"])"), "1:4 '\\u' needs four hex digits");
  EXPECT_EQ(fault_of(R"(["\ud800"])"), "1:3 half of a surrogate pair in a string");
  EXPECT_EQ(fault_of(R"(["\udc00"])"), "1:3 half of a surrogate pair in a string");
  EXPECT_EQ(fault_of(R"(["\ud800\u0041"])"), "1:3 half of a surrogate pair in a string");
  EXPECT_EQ(fault_of("[01]"), "1:3 a number must not begin with 0");
  EXPECT_EQ(fault_of("[1.]"), "1:4 a digit is expected");
  EXPECT_EQ(fault_of("[1e]"), "1:4 a digit is expected");
  EXPECT_EQ(fault_of("[-]"), "1:3 a digit is expected");
  EXPECT_EQ(fault_of("[+1]"), "1:2 a value is expected");
  EXPECT_EQ(fault_of("[\"\xFF\"]"), "1:3 this byte is not UTF-8");
}

TEST(JsonSpans, the_first_duplicate_is_named_with_its_place_also_when_it_is_written_otherwise) {
  EXPECT_EQ(fault_of("{\"a\": {\"b\": 1,\r\n\"c\": 2, \"b\": 3}}"), "2:9 duplicate member 'b'");
  EXPECT_EQ(fault_of(R"({"a": 1, "\u0061": 2})"), "1:10 duplicate member 'a'");
  EXPECT_EQ(fault_of(R"([{"a": 1}, {"a": 2, "b": {"a": 3}}])"), "");
}

TEST(JsonSpans, a_duplicate_name_cannot_drive_a_terminal) {
  EXPECT_EQ(fault_of(R"({"\u001b[31m": 1, "\u001b[31m": 2})"), "1:19 duplicate member '[31m'");
}

TEST(JsonSpans, nesting_of_32_passes_and_of_33_does_not) {
  EXPECT_EQ(fault_of(std::string(32, '[') + std::string(32, ']')), "");
  EXPECT_EQ(fault_of(std::string(33, '[') + std::string(33, ']')), "1:33 nested more than 32 deep");
  EXPECT_EQ(fault_of(std::string(1'000'000, '[')), "1:33 nested more than 32 deep");
}

TEST(JsonSpans, a_member_is_found_by_its_path_at_its_own_depth_only) {
  const std::string_view text =
      R"({"x": {"b": 0}, "a": {"c": {"b": 1}, "l": [{"b": 2}], "b" :  [3, {"b": 4}] }, "b": 5})";
  EXPECT_EQ(member(text, {"a", "b"}), R"("b" = [3, {"b": 4}])");
  EXPECT_EQ(member(text, {"a", "c", "b"}), R"("b" = 1)");
  EXPECT_EQ(member(text, {"b"}), R"("b" = 5)");
  EXPECT_EQ(member(text, {"x"}), R"("x" = {"b": 0})");
  EXPECT_EQ(member(text, {"a", "l", "b"}), "none");
  EXPECT_EQ(member(text, {"q"}), "none");
  EXPECT_EQ(member(text, {"x", "b", "c"}), "none");
  EXPECT_EQ(member("{\"a\": 1", {"a"}), "none");
}

TEST(JsonSpans, an_escaped_name_is_found_by_its_characters) {
  EXPECT_EQ(member(R"({"\u0061\n\/": true})", {"a\n/"}), R"("\u0061\n\/" = true)");
}

TEST(JsonSpans, top_level_members_come_with_their_raw_text_in_order) {
  const std::string_view text =
      "\xEF\xBB\xBF{ \"a\" : 1e400 ,\r\n\"b\":{\"c\": [1, 2]},\"d\":\"x\\u0041\"}";
  std::string seen;
  for (const MemberSpan& one : top_level_members(text)) {
    seen += std::string(one.name.of(text)) + "=" + std::string(one.value.of(text)) + ";";
  }
  EXPECT_EQ(seen, "\"a\"=1e400;\"b\"={\"c\": [1, 2]};\"d\"=\"x\\u0041\";");
  EXPECT_TRUE(top_level_members("[1, {\"a\": 2}]").empty());
  EXPECT_TRUE(top_level_members("{\"a\": 1,").empty());
  EXPECT_TRUE(top_level_members("7").empty());
}

TEST(JsonSpans, only_numbers_that_do_not_fit_are_large) {
  const auto large = [](std::string_view text) {
    std::string seen;
    for (const LargeNumber& number : find_large_numbers(text)) {
      seen += std::string(number.span.of(text)) + (number.is_beyond_double ? "!;" : ";");
    }
    return seen;
  };
  EXPECT_EQ(large("[1, -5, 0.1, 18446744073709551615, -9223372036854775808, 1e308, \"1e400\"]"),
            "");
  EXPECT_EQ(large("[18446744073709551616, -9223372036854775809]"),
            "18446744073709551616;-9223372036854775809;");
  EXPECT_EQ(large("[1e400, -1.5E+309, 1e99999999999999999999]"),
            "1e400!;-1.5E+309!;1e99999999999999999999!;");
  EXPECT_EQ(large("[1e-400, 0e400, 0.0e99999999999999999999, 1e-99999999999999999999]"), "");
  EXPECT_EQ(large("[" + std::string(400, '9') + "]"), std::string(400, '9') + "!;");
  EXPECT_EQ(large("[0." + std::string(400, '0') + "1]"), "");
  EXPECT_EQ(large("[" + std::string(400, '9') + "e-300]"), "");
  EXPECT_EQ(large("[0." + std::string(10, '0') + "1e320]"), "0.00000000001e320!;");
}

TEST(JsonSpans, unquoting_knows_all_escapes) {
  EXPECT_EQ(unquote_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e4\u20AC\ud83D\uDe00x")"),
            "\"\\/\b\f\n\r\tA\u00e4\u20ac\U0001F600x");
}

}  // namespace
}  // namespace bmauth::core
