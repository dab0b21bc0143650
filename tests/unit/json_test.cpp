#include "core/json.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "core/json_spans.h"

namespace bmauth::core {
namespace {

Json parsed(std::string_view text) {
  Result<Json> json = parse_json(text, "f.json", Code::kBadResponse);
  EXPECT_TRUE(json.ok()) << text.substr(0, 200) << ": " << (json ? "" : json.error().message);
  return json ? *json : Json();
}

std::string refusal(std::string_view text) {
  Result<Json> json = parse_json(text, "f.json", Code::kBadResponse);
  if (json) return "parsed: " + json->dump();
  EXPECT_EQ(json.error().code, Code::kBadResponse);
  return json.error().message;
}

TEST(Json, every_type_is_read) {
  const Json json =
      parsed(R"({"n": null, "t": true, "i": -7, "d": 1.5, "s": "\u00e4", "a": [1, []], "o": {}})");
  EXPECT_TRUE(json.find("n")->is_null());
  EXPECT_TRUE(*json.find("t")->boolean());
  EXPECT_EQ(*json.find("i")->integer(), -7);
  EXPECT_EQ(*json.find("d")->number(), 1.5);
  EXPECT_EQ(*json.find("s")->string(), "\u00e4");
  EXPECT_EQ(json.find("a")->array()->size(), 2U);
  EXPECT_TRUE(json.find("o")->object()->empty());
  EXPECT_EQ(json.find("x"), nullptr);
  EXPECT_EQ(json.find("i")->number(), nullptr);
}

TEST(Json, members_keep_the_order_of_the_text) {
  EXPECT_EQ(parsed(R"({"z":1,"a":2,"m":3})").dump(), R"({"z":1,"a":2,"m":3})");
}

TEST(Json, a_byte_order_mark_and_crlf_are_passed_over) {
  EXPECT_EQ(*parsed("\xEF\xBB\xBF{\r\n\"a\": 1\r\n}\r\n").find("a")->integer(), 1);
}

TEST(Json, a_syntax_error_says_what_line_and_column) {
  EXPECT_EQ(refusal("{\n  \"a\": 1,\n  \"b\" 2\n}"), "f.json:3:7: ':' is expected");
  EXPECT_EQ(refusal("\xEF\xBB\xBF{\r\n\"a\": x}"), "f.json:2:6: a value is expected");
  EXPECT_EQ(refusal(""), "f.json:1:1: the text is empty");
  EXPECT_EQ(refusal("{\"a\": 1} x"), "f.json:1:10: something follows the end of the JSON text");
}

TEST(Json, the_refused_text_is_not_repeated) {
  EXPECT_EQ(refusal(R"({"access_token": "CANARY-token" "x"})").find("CANARY"), std::string::npos);
  EXPECT_EQ(refusal("{\"access_token\": CANARY-token}").find("CANARY"), std::string::npos);
}

TEST(Json, a_duplicate_member_is_named_in_small_and_large_objects) {
  EXPECT_EQ(refusal("{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}"),
            "f.json:1:24: duplicate member 'c'");
  std::string large = "{";
  for (int i = 0; i < 50; ++i) large += "\"m" + std::to_string(i) + "\": 0, ";
  EXPECT_NE(refusal(large + "\"m7\": 1}").find("duplicate member 'm7'"), std::string::npos);
  EXPECT_EQ(parsed(large + "\"m50\": 1}").object()->size(), 51U);
}

TEST(Json, utf16_and_broken_utf8_are_refused_in_words) {
  using namespace std::string_view_literals;
  EXPECT_EQ(refusal("{\0}\0"sv), "f.json:1:1: this is UTF-16 or UTF-32 text; save it as UTF-8");
  EXPECT_EQ(refusal("\xFF\xFE{\0}\0"sv),
            "f.json:1:1: this is UTF-16 or UTF-32 text; save it as UTF-8");
  EXPECT_EQ(refusal("{\"a\":\n\"\xC3(\"}"), "f.json:2:2: this byte is not UTF-8");
}

TEST(Json, nesting_of_32_passes_and_hostile_nesting_is_refused) {
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']'), "f", Code::kInternal).ok());
  EXPECT_EQ(refusal(std::string(33, '[') + std::string(33, ']')),
            "f.json:1:33: nested more than 32 deep");
  EXPECT_EQ(refusal(std::string(100'000, '[')), "f.json:1:33: nested more than 32 deep");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(refusal(objects), "f.json:1:161: nested more than 32 deep");
}

TEST(Json, integers_beyond_64_bits_are_doubles) {
  EXPECT_EQ(*parsed("9223372036854775807").integer(), INT64_MAX);
  EXPECT_EQ(*parsed("-9223372036854775808").integer(), INT64_MIN);
  EXPECT_EQ(*parsed("9223372036854775808").number(), 9223372036854775808.0);
  EXPECT_EQ(*parsed("[18446744073709551616]").array()->at(0).number(), 18446744073709551616.0);
  EXPECT_EQ(*parsed("[-123456789012345678901234567890]").array()->at(0).number(),
            -123456789012345678901234567890.0);
}

TEST(Json, numbers_beyond_double_are_null_and_their_neighbours_stay) {
  const Json json = parsed(
      "{\"a\": 1e400, \"b\": [-1e999, 2, 98765432109876543210987, 1e-400], \"c\": \"1e400\"}");
  EXPECT_EQ(json.dump(), R"({"a":null,"b":[null,2,9.876543210987654e+22,0.0],"c":"1e400"})");
}

TEST(Json, a_text_with_a_large_number_and_an_error_is_refused_at_the_error) {
  EXPECT_EQ(refusal("{\"a\": 1e400, \"b\": ]}"), "f.json:1:19: a value is expected");
  EXPECT_EQ(refusal("{\"a\": 1e400, \"a\": 1}"), "f.json:1:14: duplicate member 'a'");
}

TEST(Json, what_is_written_reads_back_the_same) {
  Json json;
  json.set("controls", std::string("\0\x01\b\f\n\r\t\x1f\x7f\"\\/", 12));
  json.set("c1", "\u0080\u009f\u00a0");
  json.set("text", "\u00e4\u20ac\U0001F600");
  json.set("integers", Json::Array{Json(INT64_MAX), Json(INT64_MIN), Json(0)});
  json.set("doubles", Json::Array{Json(0.1), Json(1e300), Json(5e-324), Json(-0.0), Json(3.0)});
  json.set("nothing", Json());
  json.set("yes", true);
  for (const bool is_indented : {false, true}) {
    const std::string text = json.dump(is_indented);
    EXPECT_EQ(parsed(text).dump(is_indented), text);
    for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    EXPECT_EQ(text.find('\x7f'), std::string::npos);
    EXPECT_EQ(text.find("\xC2\x80"), std::string::npos);
    EXPECT_NE(text.find("\xC2\xA0"), std::string::npos);
  }
  EXPECT_EQ(*parsed(json.dump()).find("controls")->string(), *json.find("controls")->string());
  EXPECT_EQ(*parsed(json.dump()).at_pointer("/doubles/4")->number(), 3.0);
}

TEST(Json, the_indented_form_is_for_people) {
  Json json;
  json.set("a", 1).position = {};
  json.set("b", Json::Array{Json("x"), Json(Json::Object())});
  json.set("c", Json::Array());
  EXPECT_EQ(json.dump(true),
            "{\n  \"a\": 1,\n  \"b\": [\n    \"x\",\n    {}\n  ],\n  \"c\": []\n}");
  EXPECT_EQ(Json(1.0 / 0.0).dump(), "null");
}

TEST(Json, random_doubles_survive_writing_and_reading) {
  std::mt19937_64 random(20260228);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (value != value || value - value != 0) continue;
    const Json read = parsed(Json(value).dump());
    ASSERT_NE(read.number(), nullptr) << Json(value).dump();
    ASSERT_EQ(*read.number(), value);
  }
}

TEST(Json, set_replaces_or_adds) {
  Json json;
  json.set("a", 1);
  json.set("b", 2);
  json.set("a", "new");
  EXPECT_EQ(json.dump(), R"({"a":"new","b":2})");
}

TEST(Json, a_pointer_follows_rfc_6901) {
  const Json json = parsed(R"({"a": [10, {"b/c": 1, "m~n": 2}], "": 3, "0": 4})");
  EXPECT_EQ(json.at_pointer(""), &json);
  EXPECT_EQ(*json.at_pointer("/a/0")->integer(), 10);
  EXPECT_EQ(*json.at_pointer("/a/1/b~1c")->integer(), 1);
  EXPECT_EQ(*json.at_pointer("/a/1/m~0n")->integer(), 2);
  EXPECT_EQ(*json.at_pointer("/")->integer(), 3);
  EXPECT_EQ(*json.at_pointer("/0")->integer(), 4);
  for (const char* nowhere : {"a", "/a/2", "/a/00", "/a/-", "/a/+1", "/a/x", "/b", "/a/1/m~2n",
                              "/a/1/m~", "/a/0/0", "/a/18446744073709551616"}) {
    EXPECT_EQ(json.at_pointer(nowhere), nullptr) << nowhere;
  }
}

TEST(Json, a_number_may_stand_in_a_text_but_nothing_beside_it) {
  const auto number = [](const char* text) {
    const Json json = parsed(text);
    return number_in(&json);
  };
  EXPECT_EQ(number("300"), 300);
  EXPECT_EQ(number("\"300\""), 300);
  EXPECT_EQ(number("\"-2.5e2\""), -250);
  EXPECT_EQ(number("18446744073709551616"), 18446744073709551616.0);
  EXPECT_EQ(number("\"18446744073709551616\""), 18446744073709551616.0);
  for (const char* other : {"\"\"", "\" 300\"", "\"300 \"", "\"300s\"", "\"[300]\"", "\"nan\"",
                            "\"inf\"", "\"1e400\"", "\"0x10\"", "null", "true", "[300]"}) {
    EXPECT_EQ(number(other), std::nullopt) << other;
  }
  EXPECT_EQ(number_in(nullptr), std::nullopt);
}

TEST(Json, wiping_leaves_no_string) {
  Json json = parsed(R"({"a": "CANARY-1", "b": ["CANARY-2", {"c": "CANARY-3"}], "d": 1})");
  const char* first = json.find("a")->string()->data();
  wipe_strings(json);
  EXPECT_EQ(json.dump(), R"({"a":"","b":["",{"c":""}],"d":1})");
  EXPECT_EQ(std::string(first, 8), std::string(8, '\0'));
}

TEST(Json, a_text_torn_at_any_byte_is_read_or_refused_with_a_place) {
  const std::string text =
      "\xEF\xBB\xBF{\"a\": [1, -2.5e3, \"\u20ac\\u20ac\\ud83d\\ude00\"],\r\n \"b\": {\"c\": null}}";
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_EQ(refusal(text.substr(0, size)).substr(0, 7), "f.json:") << size;
  }
  EXPECT_TRUE(parse_json(text, "f.json", Code::kBadResponse).ok());
}

// simdjson reads, our scanner finds the places: they must agree on what JSON is.
TEST(Json, scanner_and_parser_agree_on_mutated_texts) {
  const std::string seed_text =
      R"({"a":[1,-0,0.5e+3,1e5,123456789012345678901],"b":{"c":"x\n\u0041\ud83d\ude00","d":null},)"
      R"("e":true,"f":false,"g":[[],{}],"h":"é€","i":-1.0E-2})";
  constexpr std::string_view kBytes = "{}[]\",:\\u0123dD8eE+-. \n\ttrfanl/\x01\x80\xC3\xED\xF0";
  std::mt19937 random(4242);
  int accepted = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = seed_text;
    const unsigned changes = 1 + random() % 3;
    for (unsigned change = 0; change < changes; ++change) {
      const std::size_t at = random() % text.size();
      const char byte = kBytes[random() % kBytes.size()];
      switch (random() % 4) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + random() % 4);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 12));
      }
      if (text.empty()) text = "0";
    }
    const std::optional<TextFault> fault = find_json_fault(text);
    const Result<Json> json = parse_json(text, "f.json", Code::kBadResponse);
    ASSERT_EQ(json.ok(), !fault) << text << "\n" << (fault ? fault->words : json.error().message);
    if (!json) continue;
    ++accepted;
    const std::string once = json->dump();
    ASSERT_EQ(parsed(once).dump(), once) << text;
  }
  EXPECT_GT(accepted, 3'000);
}

}  // namespace
}  // namespace bmauth::core
