// The reads of a client that are answered from memory, and how that memory is filled.
#include <unistd.h>

#include <utility>

#include "core/client.h"
#include "core/generation.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;

Finding look_begun(Clock& clock) {
  Finding finding;
  finding.generation = generation();
  finding.second = clock.coarse_unix_s();
  return finding;
}

ModeAnswer known_mode(FoundMode found) {
  return {found == FoundMode::kCloud ? RouteMode::kCloud : RouteMode::kLocal, true};
}

// Held by the one thread that makes something which the others can do without meanwhile.
class Turn {
 public:
  explicit Turn(std::atomic<std::int64_t>& holder) : holder_(holder) {
    const std::int64_t own = ::getpid();
    std::int64_t seen = holder.load();
    is_mine_ = seen != own && holder.compare_exchange_strong(seen, own);
  }
  ~Turn() {
    if (is_mine_) holder_.store(0);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool is_mine() const { return is_mine_; }

 private:
  std::atomic<std::int64_t>& holder_;
  bool is_mine_ = false;
};

}  // namespace

Result<std::size_t> Client::header(Purpose purpose, char* buffer, std::size_t capacity_bytes) {
  AnswerCache<Secret>& cache = headers_[index_of(purpose)];
  Finding finding = look_begun(seams_.clock);
  if (!cache.must_look(finding.second)) {
    const std::int64_t length = kept_header(purpose, buffer, capacity_bytes);
    if (length >= 0) return static_cast<std::size_t>(length);
  }
  auto token = fresh_token(purpose);
  if (!token) {
    cache.forget();
    return std::move(token).error();
  }
  const Secret& header = token->headers.front().second;
  finding.end_unix_s = token->fresh_until_unix_ms / kMsPerSecond;
  const auto is_same = [&](const Secret& kept) { return kept.equals(header); };
  if (!cache.renew(finding, is_same)) cache.keep(header, finding);
  return copy_if_it_fits(header, buffer, capacity_bytes);
}

Result<ModeAnswer> Client::mode(const std::optional<std::string>& project) {
  Finding finding = look_begun(seams_.clock);
  if (project && !modes_.must_look(finding.second)) {
    if (const FoundMode found = kept_mode(*project); found != FoundMode::kNothing) {
      return known_mode(found);
    }
  }
  auto held = this->state();
  if (!held) {
    modes_.forget();
    return std::move(held).error();
  }
  const ClientState& state = **held;
  const auto is_same = [&](const ModeTable& kept) {
    return kept.config_version() == state.config_version;
  };
  if (!modes_.renew(finding, is_same)) {
    const Turn turn(state.table_maker);
    if (turn.is_mine()) {
      modes_.keep(ModeTable(state.settings, state.config.projects, state.config_version), finding);
    }
  }
  if (project) {
    if (const FoundMode found = kept_mode(*project); found != FoundMode::kNothing) {
      return known_mode(found);
    }
  }
  RouteRequest request;
  request.project = project;
  auto route = decide_route(state.settings, state.config.projects, request);
  if (!route) return std::move(route).error();
  return ModeAnswer{route->mode, route->is_known};
}

}  // namespace bmauth::core
