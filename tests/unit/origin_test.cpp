#include "core/origin.h"

#include <gtest/gtest.h>

namespace bmauth::core {
namespace {

// tests/net/url_test.cpp has the long list of tricky URLs, read by both parsers.

std::string origin_of(std::string_view url) {
  const Result<Origin> origin = parse_origin(url);
  return origin ? origin->to_string() : code_info(origin.error().code).name;
}

TEST(Origin, is_scheme_host_and_port) {
  const Result<Origin> origin = parse_origin("https://Cloud.Example.com/path?query#fragment");
  ASSERT_TRUE(origin.ok());
  EXPECT_EQ(origin->scheme, "https");
  EXPECT_EQ(origin->host, "cloud.example.com");
  EXPECT_EQ(origin->port, 443);
  EXPECT_EQ(origin->to_string(), "https://cloud.example.com");
}

TEST(Origin, names_the_port_where_it_is_not_the_schemes_own) {
  EXPECT_EQ(origin_of("https://a.example:443"), "https://a.example");
  EXPECT_EQ(origin_of("https://a.example:80"), "https://a.example:80");
  EXPECT_EQ(origin_of("http://localhost:80"), "http://localhost");
  EXPECT_EQ(origin_of("http://localhost:443"), "http://localhost:443");
}

TEST(Origin, is_the_same_for_all_spellings) {
  const Origin a = *parse_origin("https://A.example:443/x");
  EXPECT_TRUE(same_origin(a, *parse_origin("HTTPS://a.EXAMPLE")));
  EXPECT_FALSE(same_origin(a, *parse_origin("https://a.example:444")));
  EXPECT_FALSE(same_origin(a, *parse_origin("https://b.example")));
  EXPECT_FALSE(
      same_origin(*parse_origin("https://localhost:80"), *parse_origin("http://localhost")));
  EXPECT_TRUE(same_origin(*parse_origin("https://[2001:DB8:0::1]"),
                          *parse_origin("https://[2001:db8::1]")));
  EXPECT_FALSE(same_origin(*parse_origin("http://localhost"), *parse_origin("http://127.0.0.1")));
}

TEST(Origin, of_plain_http_is_loopback_or_insecure) {
  for (const char* url :
       {"http://localhost", "http://127.0.0.1:8080", "http://127.9.9.9", "http://[::1]"}) {
    ASSERT_TRUE(parse_origin(url).ok()) << url;
    EXPECT_TRUE(parse_origin(url)->is_loopback()) << url;
  }
  for (const char* url :
       {"http://a.example", "http://128.0.0.1", "http://[::2]", "http://127.a.example",
        "http://localhost.example", "http://a.localhost"}) {
    EXPECT_EQ(origin_of(url), "insecure_url") << url;
  }
  EXPECT_FALSE(parse_origin("https://127.0.0.1.example")->is_loopback());
}

TEST(Origin, is_refused_without_repeating_a_password) {
  const Result<Origin> origin = parse_origin("https://user:CANARY@cloud.example.com/");
  ASSERT_FALSE(origin.ok());
  EXPECT_EQ(origin.error().code, Code::kInvalidArgument);
  EXPECT_EQ(origin.error().message.find("CANARY"), std::string::npos);
}

TEST(Origin, has_a_host_and_labels_of_bounded_length) {
  const std::string label(63, 'a');
  const std::string host = label + "." + label + "." + label + "." + std::string(61, 'b');
  EXPECT_EQ(origin_of("https://" + host), "https://" + host);
  EXPECT_EQ(origin_of("https://" + host + "b"), "invalid_argument");
  EXPECT_EQ(origin_of("https://" + label + "a.example"), "invalid_argument");
  EXPECT_EQ(origin_of("https://-a.example"), "invalid_argument");
  EXPECT_EQ(origin_of("https://a-.example"), "invalid_argument");
  EXPECT_EQ(origin_of("https://a.example/" + std::string(9000, 'a')), "invalid_argument");
}

TEST(Url, keeps_path_and_query_as_written) {
  const Result<Url> url = parse_url("https://a.example/b/../c%2F?d=e&f=%41");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->path_and_query, "/b/../c%2F?d=e&f=%41");
  EXPECT_EQ(url->to_string(), "https://a.example/b/../c%2F?d=e&f=%41");
}

TEST(Url, has_a_path_always) {
  EXPECT_EQ(parse_url("https://a.example")->path_and_query, "/");
  EXPECT_EQ(parse_url("https://a.example?x")->path_and_query, "/?x");
}

TEST(Url, has_no_fragment_and_no_raw_characters) {
  for (const char* url :
       {"https://a.example/#b", "https://a.example/<", "https://a.example/\"",
        "https://a.example/{x}", "https://a.example/%", "https://a.example/%4",
        "https://a.example/%4g", "https://a.example/a|b", "https://a.example/a^b"}) {
    EXPECT_FALSE(parse_url(url).ok()) << url;
  }
}

TEST(BaseUrl, drops_slashes_at_its_end_and_keeps_its_path) {
  EXPECT_EQ(parse_base_url("https://a.example")->to_string(), "https://a.example");
  EXPECT_EQ(parse_base_url("https://a.example/")->to_string(), "https://a.example");
  EXPECT_EQ(parse_base_url("https://a.example:443/tenant/one//")->to_string(),
            "https://a.example/tenant/one");
}

TEST(BaseUrl, has_neither_query_nor_fragment) {
  EXPECT_FALSE(parse_base_url("https://a.example/?x").ok());
  EXPECT_FALSE(parse_base_url("https://a.example/#x").ok());
}

}  // namespace
}  // namespace bmauth::core
