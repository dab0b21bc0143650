#include "core/sidecar.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bmauth::core;

std::string digest(char digit) {
  return std::string(64, digit);
}

Sidecar whole() {
  Sidecar sidecar;
  sidecar.token_digest = digest('a');
  sidecar.state.generation = 7;
  sidecar.state.binding = Binding{"https://i.example", "client_1", "https://c.example",
                                  "https://i.example/token", "https://i.example/revoke"};
  sidecar.state.marker = RefreshState::Marker{digest('b'), 1800000000123, 2};
  sidecar.state.hold = RefreshState::Hold{1800000030000, 30000, Code::kRateLimited, "slow"};
  sidecar.state.is_reauth_required = true;
  return sidecar;
}

TEST(Sidecar, is_read_as_it_was_written) {
  const std::string text = serialise_sidecar(whole());
  EXPECT_EQ(text.back(), '\n');
  auto sidecar = parse_sidecar(text, "/x");
  ASSERT_TRUE(sidecar) << sidecar.error().message;
  EXPECT_EQ(sidecar->token_digest, digest('a'));
  EXPECT_EQ(sidecar->state.generation, 7u);
  EXPECT_EQ(sidecar->state.binding, whole().state.binding);
  ASSERT_TRUE(sidecar->state.marker);
  EXPECT_EQ(sidecar->state.marker->digest, digest('b'));
  EXPECT_EQ(sidecar->state.marker->sent_at_unix_ms, 1800000000123);
  EXPECT_EQ(sidecar->state.marker->attempts, 2);
  ASSERT_TRUE(sidecar->state.hold);
  EXPECT_EQ(sidecar->state.hold->until_unix_ms, 1800000030000);
  EXPECT_EQ(sidecar->state.hold->delay_ms, 30000);
  EXPECT_EQ(sidecar->state.hold->code, Code::kRateLimited);
  EXPECT_EQ(sidecar->state.hold->oauth_error, "slow");
  EXPECT_TRUE(sidecar->state.is_reauth_required);
  EXPECT_EQ(serialise_sidecar(*sidecar), text);
}

TEST(Sidecar, of_nothing_but_a_digest_is_read_as_it_was_written) {
  Sidecar sidecar;
  sidecar.token_digest = digest('0');
  auto read = parse_sidecar(serialise_sidecar(sidecar), "/x");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->state.binding);
  EXPECT_FALSE(read->state.marker);
  EXPECT_FALSE(read->state.hold);
  EXPECT_FALSE(read->state.is_reauth_required);
  EXPECT_EQ(read->state.generation, 0u);
}

TEST(Sidecar, carries_members_of_later_versions_along) {
  Sidecar sidecar = whole();
  sidecar.unknown_members = R"("later": [1e400, {"a": "}"}])";
  auto read = parse_sidecar(serialise_sidecar(sidecar), "/x");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->unknown_members, sidecar.unknown_members);
  EXPECT_EQ(read->state.generation, 7u);
}

TEST(Sidecar, speaks_of_no_other_record_than_the_one_it_names) {
  EXPECT_TRUE(state_for(whole(), digest('a')).marker);
  const RefreshState other = state_for(whole(), digest('c'));
  EXPECT_FALSE(other.binding);
  EXPECT_FALSE(other.marker);
  EXPECT_FALSE(other.hold);
  EXPECT_FALSE(other.is_reauth_required);
  EXPECT_EQ(other.generation, 7u);
}

TEST(Sidecar, that_rejects_another_token_rejects_none) {
  std::string text = serialise_sidecar(whole());
  const std::string member = "\"reauth_required\": \"" + digest('a');
  ASSERT_NE(text.find(member), std::string::npos);
  text.replace(text.find(member), member.size(), "\"reauth_required\": \"" + digest('d'));
  auto read = parse_sidecar(text, "/x");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->state.is_reauth_required);
}

TEST(Sidecar, is_a_sidecar_or_corrupt_whatever_the_bytes_are) {
  const std::string text = serialise_sidecar(whole());
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    auto read = parse_sidecar(text.substr(0, size), "/x");
    ASSERT_FALSE(read) << size;
    EXPECT_EQ(read.error().code, Code::kStoreCorrupt);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      auto read = parse_sidecar(flipped, "/x");
      if (!read) {
        ASSERT_EQ(read.error().code, Code::kStoreCorrupt);
      }
    }
  }
}

TEST(Sidecar, of_a_later_format_is_none) {
  std::string text = serialise_sidecar(whole());
  text.replace(text.find("\"format\": 1"), 11, "\"format\": 2");
  EXPECT_FALSE(parse_sidecar(text, "/x"));
}

}  // namespace
