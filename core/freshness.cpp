#include "core/freshness.h"

#include <algorithm>

namespace bmauth::core {
namespace {

constexpr double kUnknownStale_s = 120;
constexpr double kUnknownDue_s = 60;
constexpr std::int64_t kEndOfTime_unix_s = 253'402'300'799;  // the year 9999, far below overflow

// A token's life by the clock of this machine. Worked out once per question: it may decode a JWT.
struct Life {
  std::int64_t expiry_unix_s = 0;
  std::int64_t lifetime_s = 0;  // 0: unknown

  std::int64_t remaining_ms(std::int64_t now_unix_ms) const {
    return expiry_unix_s * 1000 - now_unix_ms;
  }
};

Life life_of(const TokenRecord& record) {
  Life life;
  life.expiry_unix_s = std::clamp<std::int64_t>(local_expiry_unix_s(record), 0, kEndOfTime_unix_s);
  const std::int64_t issued = record.issued_at_unix_s;
  life.lifetime_s = issued > 0 && life.expiry_unix_s > issued
                        ? life.expiry_unix_s - issued
                        : std::max<std::int64_t>(record.lifetime_s(), 0);
  return life;
}

Freshness zone_of(const Life& life, std::int64_t now_unix_ms, double jitter) {
  const double left_s = static_cast<double>(life.remaining_ms(now_unix_ms)) / 1000;
  const RefreshWindows windows = refresh_windows(life.lifetime_s, jitter);
  if (left_s <= 0) return Freshness::kExpired;
  if (left_s <= windows.due_before_expiry_s) return Freshness::kDue;
  if (left_s <= windows.stale_before_expiry_s) return Freshness::kStale;
  return Freshness::kFresh;
}

}  // namespace

RefreshWindows refresh_windows(std::int64_t lifetime_s, double jitter) {
  RefreshWindows windows;
  if (lifetime_s > 0) {
    const double lifetime = static_cast<double>(lifetime_s);
    windows.stale_before_expiry_s = std::min(300.0, lifetime / 3);
    windows.due_before_expiry_s = std::min({60.0, std::max(5.0, lifetime / 5), lifetime / 4});
  } else {
    windows.stale_before_expiry_s = kUnknownStale_s;
    windows.due_before_expiry_s = kUnknownDue_s;
  }
  windows.stale_before_expiry_s *= 1 + 0.1 * std::clamp(jitter, 0.0, 1.0);
  return windows;
}

std::int64_t local_expiry_unix_s(const TokenRecord& record) {
  const std::int64_t expiry = record.effective_expiry_unix_s();
  const std::int64_t issued = record.issued_at_unix_s;
  if (issued <= 0 || expiry >= record.expires_at_unix_s) return expiry;
  const std::int64_t jwt_issued = record.jwt_issued_at_unix_s();
  const std::int64_t jwt_lifetime_s = jwt_issued > 0 ? expiry - jwt_issued : 0;
  const std::int64_t shortest_s =
      jwt_lifetime_s > 0 ? std::min<std::int64_t>(30, jwt_lifetime_s / 2) : 0;
  return expiry - issued <= shortest_s ? record.expires_at_unix_s : expiry;
}

Freshness freshness(const TokenRecord& record, std::int64_t now_unix_ms, double jitter) {
  return zone_of(life_of(record), now_unix_ms, jitter);
}

std::int64_t fresh_until_unix_ms(const TokenRecord& record, double jitter) {
  const Life life = life_of(record);
  const double stale_ms = refresh_windows(life.lifetime_s, jitter).stale_before_expiry_s * 1000;
  return life.expiry_unix_s * 1000 - static_cast<std::int64_t>(stale_ms);
}

std::int64_t local_lifetime_s(const TokenRecord& record) {
  return life_of(record).lifetime_s;
}

Need need_of(const TokenRecord& record, std::int64_t now_unix_ms, const Demand& demand) {
  if (!demand.rejected.empty() && demand.rejected.equals(record.access_token))
    return Need::kUnusable;
  const Life life = life_of(record);
  const Freshness zone = zone_of(life, now_unix_ms, demand.jitter);
  if (zone == Freshness::kExpired) return Need::kUnusable;
  if (zone == Freshness::kDue) return Need::kDue;
  if (life.remaining_ms(now_unix_ms) < demand.min_validity_ms) return Need::kDue;
  return zone == Freshness::kStale ? Need::kAdvisory : Need::kNone;
}

}  // namespace bmauth::core
