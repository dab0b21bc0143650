#include "core/yaml.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "core/text_position.h"

namespace bmauth::core {
namespace {

Json parsed(std::string_view text, std::span<const std::string_view> read_members = {}) {
  Result<Json> yaml = parse_yaml(text, "f.yaml", Code::kConfigInvalid, read_members);
  EXPECT_TRUE(yaml.ok()) << text.substr(0, 200) << ": " << (yaml ? "" : yaml.error().message);
  return yaml ? *yaml : Json();
}

std::string refusal(std::string_view text, std::span<const std::string_view> read_members = {}) {
  Result<Json> yaml = parse_yaml(text, "f.yaml", Code::kConfigInvalid, read_members);
  if (yaml) return "parsed: " + yaml->dump();
  EXPECT_EQ(yaml.error().code, Code::kConfigInvalid);
  return yaml.error().message;
}

std::string place(const Json& root, std::string_view pointer) {
  const Json* found = root.at_pointer(pointer);
  return found != nullptr ? place_words("", found->position) : "none";
}

TEST(Yaml, the_sample_of_the_documents_is_read) {
  EXPECT_EQ(parsed("cloud_api_key: bmc_CANARY\nprojects:\n  research:\n    mode: cloud\n").dump(),
            R"({"cloud_api_key":"bmc_CANARY","projects":{"research":{"mode":"cloud"}}})");
}

TEST(Yaml, plain_scalars_are_text_whatever_they_look_like) {
  EXPECT_EQ(parsed("a: yes\nb: 0x10\nc: 1.5\nd: 2026-01-01\ne: off\n1: true\n").dump(),
            R"({"a":"yes","b":"0x10","c":"1.5","d":"2026-01-01","e":"off","1":"true"})");
}

TEST(Yaml, null_tilde_and_nothing_are_null_unless_quoted) {
  EXPECT_EQ(parsed("a: null\nb: ~\nc:\nd: 'null'\ne: \"~\"\nf: ''\ng: Null\nh: |\n  ~\n").dump(),
            R"({"a":null,"b":null,"c":null,"d":"null","e":"~","f":"","g":null,"h":"~\n"})");
}

TEST(Yaml, names_are_text_always) {
  EXPECT_EQ(parsed("~: a\nnull: b\n").dump(), R"({"~":"a","null":"b"})");
}

TEST(Yaml, flow_lists_comments_and_all_scalar_styles_are_read) {
  EXPECT_EQ(parsed("# head\na: {b: [1, 'two', \"th\\u0072ee\"], c: {}} # tail\n"
                   "d:\n- x\n- - y\n  - z: >-\n      folded\n      text\n")
                .dump(),
            R"({"a":{"b":["1","two","three"],"c":{}},"d":["x",["y",{"z":"folded text"}]]})");
}

TEST(Yaml, an_empty_document_is_an_empty_object) {
  for (const char* text :
       {"", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "~\n", "\xEF\xBB\xBF", "{}"}) {
    EXPECT_EQ(parsed(text).dump(), "{}") << text;
  }
}

TEST(Yaml, anything_but_a_mapping_at_the_top_is_refused) {
  const std::string words = "a mapping (name: value) is expected at the top";
  EXPECT_EQ(refusal("- a\n"), "f.yaml:1:1: " + words);
  EXPECT_EQ(refusal("\n\n  text\n"), "f.yaml:3:3: " + words);
}

TEST(Yaml, positions_are_bytes_also_behind_wide_characters) {
  const Json root = parsed("\"\u00e4\u20ac\U0001F600\": 1\nb: {\u00e4: x, c: 'y'}\n");
  EXPECT_EQ(place(root, "/\u00e4\u20ac\U0001F600"), ":1:14");
  EXPECT_EQ(place(root, "/b/\u00e4"), ":2:9");
  EXPECT_EQ(place(root, "/b/c"), ":2:15");
}

TEST(Yaml, positions_do_not_see_the_byte_order_mark_and_count_crlf_and_cr_once) {
  const Json root = parsed(
      "\xEF\xBB\xBF"
      "a: 1\r\nb:\r\n  c: 2\rd: 3\n");
  EXPECT_EQ(place(root, "/a"), ":1:4");
  EXPECT_EQ(place(root, "/b/c"), ":3:6");
  EXPECT_EQ(place(root, "/d"), ":4:4");
}

TEST(Yaml, positions_are_those_of_an_editor_although_libyaml_ends_lines_at_unicode_breaks) {
  const Json root = parsed("a: \"x\u0085y\u2028z\"\nb: 1\n");
  EXPECT_EQ(place(root, "/b"), ":2:4");
  EXPECT_EQ(refusal("a: \"x\u0085y\u2028z\"\nb: 1\nb: 2\n"), "f.yaml:3:1: duplicate member 'b'");
}

TEST(Yaml, a_mapping_stands_where_its_name_stands) {
  const Json root = parsed("projects:\n  research:\n    mode: cloud\n  notes: {mode: local}\n");
  EXPECT_EQ(place(root, "/projects"), ":1:1");
  EXPECT_EQ(place(root, "/projects/research"), ":2:3");
  EXPECT_EQ(place(root, "/projects/research/mode"), ":3:11");
  EXPECT_EQ(place(root, "/projects/notes"), ":4:3");
}

TEST(Yaml, an_error_of_the_grammar_has_line_and_column) {
  EXPECT_EQ(refusal("a: 1\n b: 2\n").substr(0, 12), "f.yaml:2:3: ");
  EXPECT_EQ(refusal("a: [1, 2\n").substr(0, 12), "f.yaml:2:1: ");
  EXPECT_EQ(refusal("a: \"x\n").substr(0, 12), "f.yaml:2:1: ");
  EXPECT_EQ(refusal("a:\n\t- b\n").substr(0, 12), "f.yaml:2:1: ");
  EXPECT_EQ(refusal("\u00e4: @x\n").substr(0, 12), "f.yaml:1:5: ");
}

TEST(Yaml, a_control_character_is_refused_at_its_byte) {
  EXPECT_EQ(refusal("\u00e4: 1\nb: x\x01y\n").substr(0, 12), "f.yaml:2:5: ");
}

TEST(Yaml, duplicate_names_are_refused_also_when_quoted_otherwise) {
  EXPECT_EQ(refusal("a: 1\nb: 2\n\"a\": 3\n"), "f.yaml:3:1: duplicate member 'a'");
  EXPECT_EQ(refusal("p:\n  x: 1\n  x: 2\n"), "f.yaml:3:3: duplicate member 'x'");
}

TEST(Yaml, what_means_something_else_than_it_says_is_refused) {
  EXPECT_EQ(refusal("a: &x 1\n"), "f.yaml:1:4: anchors (&) are not read here");
  EXPECT_EQ(refusal("a: 1\nb: *x\n"), "f.yaml:2:4: aliases (*) are not read here");
  EXPECT_EQ(refusal("a: !!str 1\n"), "f.yaml:1:4: tags (!) are not read here");
  EXPECT_EQ(refusal("a: ! 1\n"), "f.yaml:1:4: tags (!) are not read here");
  EXPECT_EQ(refusal("a: !x {b: c}\n"), "f.yaml:1:4: tags (!) are not read here");
  EXPECT_EQ(refusal("a: &x [b]\n"), "f.yaml:1:4: anchors (&) are not read here");
  EXPECT_EQ(refusal("&x a: 1\n"), "f.yaml:1:1: anchors (&) are not read here");
  EXPECT_EQ(refusal("a:\n  <<: {b: 1}\n"), "f.yaml:2:3: merge keys (<<) are not read here");
  EXPECT_EQ(refusal("? [a]\n: b\n"), "f.yaml:1:3: a member name must be text");
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "f.yaml:2:1: only one document is read");
  EXPECT_EQ(parsed("'<<': text\n").dump(), R"({"<<":"text"})");
}

TEST(Yaml, members_that_nobody_reads_may_hold_anything_well_formed) {
  constexpr std::array<std::string_view, 2> kRead = {"a", "p"};
  const std::string text =
      "x: &x {b: [1, *x, !t {c: d, c: e}], ? [k] : v}\n"
      "y: !!binary CANARY\n"
      "a: 1\n"
      "z: *x\n"
      "p: {x: 2, y: [3]}\n";
  EXPECT_EQ(parsed(text, kRead).dump(),
            R"({"x":null,"y":null,"a":"1","z":null,"p":{"x":"2","y":["3"]}})");
  EXPECT_EQ(refusal(text + "a: 2\n", kRead), "f.yaml:6:1: duplicate member 'a'");
  EXPECT_EQ(refusal("x: &x 1\na: *x\n", kRead), "f.yaml:2:4: aliases (*) are not read here");
  EXPECT_EQ(refusal("x: &x {}\n<<: *x\n", kRead), "f.yaml:2:1: merge keys (<<) are not read here");
  EXPECT_EQ(refusal("x: [1\na: 2\n", kRead).substr(0, 9), "f.yaml:2:");
}

TEST(Yaml, hostile_nesting_is_refused_in_what_is_read_and_in_what_is_not) {
  constexpr std::array<std::string_view, 1> kRead = {"a"};
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  for (const std::string name : {"a: ", "x: "}) {
    EXPECT_TRUE(parse_yaml(name + nested(31), "f", Code::kInternal, kRead).ok());
    EXPECT_EQ(refusal(name + nested(32), kRead), "f.yaml:1:35: nested more than 32 deep");
    EXPECT_EQ(refusal(name + std::string(100'000, '['), kRead),
              "f.yaml:1:35: nested more than 32 deep");
  }
  std::string blocks = "a:\n";
  for (std::size_t depth = 1; depth < 200; ++depth) blocks += std::string(depth, ' ') + "a:\n";
  EXPECT_NE(refusal(blocks).find("nested more than 32 deep"), std::string::npos);
}

TEST(Yaml, utf16_and_broken_utf8_are_refused_in_words) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {"\xFF\xFE"
                                      "a\0:\0"sv,
                                      "\xFE\xFF\0a\0:"sv, "a\0:\0"sv}) {
    EXPECT_EQ(refusal(text), "f.yaml:1:1: this is UTF-16 or UTF-32 text; save it as UTF-8");
  }
  EXPECT_EQ(refusal("a: 1\nb: \xC3(\n"), "f.yaml:2:4: this byte is not UTF-8");
}

TEST(Yaml, the_refused_text_is_not_repeated) {
  EXPECT_EQ(refusal("cloud_api_key: \"bmc_CANARY\n").find("CANARY"), std::string::npos);
  EXPECT_EQ(refusal("cloud_api_key: *bmc_CANARY\n").find("CANARY"), std::string::npos);
  EXPECT_EQ(refusal("cloud_api_key: bmc_CANARY: x\n").find("CANARY"), std::string::npos);
}

TEST(Yaml, a_text_torn_at_any_byte_or_mutated_never_does_worse_than_be_refused) {
  const std::string text =
      "\xEF\xBB\xBF# \u00e4\r\ncloud_host: \"https://x\"\r\nprojects:\r\n  \u00e4\u20ac: {mode: "
      "cloud}\r\n"
      "  b:\r\n    path: |\r\n      /x\r\n    mode: 'local'\r\nl: [a, {b: c}]\r\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Result<Json> yaml = parse_yaml(text.substr(0, size), "f.yaml", Code::kConfigInvalid);
    if (!yaml) {
      EXPECT_EQ(yaml.error().message.substr(0, 7), "f.yaml:") << size;
    }
  }
  std::mt19937 random(777);
  constexpr std::string_view kBytes = "{}[]\",:-?&*!|>'%@`#\r\n\t ~<\x01\x80\xC3\xE2";
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string mutated = text;
    for (int change = 0; change < 2; ++change) {
      mutated[random() % mutated.size()] = kBytes[random() % kBytes.size()];
    }
    const Result<Json> yaml = parse_yaml(mutated, "f.yaml", Code::kConfigInvalid);
    if (yaml) {
      ++accepted;
    } else {
      ASSERT_EQ(yaml.error().code, Code::kConfigInvalid);
      ASSERT_EQ(yaml.error().message.substr(0, 7), "f.yaml:") << yaml.error().message;
    }
  }
  EXPECT_GT(accepted, 1'000);
}

}  // namespace
}  // namespace bmauth::core
