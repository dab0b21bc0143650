#include "core/net_transport.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <new>
#include <string_view>
#include <vector>

#include "core/cancel.h"
#include "core/net/net.h"
#include "core/net_library.h"
#include "core/origin.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxIdleSessions = 4;
constexpr std::size_t kMaxWordsBytes = 200;

struct CloseSession {
  const bmauth_net_table* table;
  void operator()(bmauth_net_session* session) const { table->close(session); }
};
using Session = std::unique_ptr<bmauth_net_session, CloseSession>;

// An answer's body. It may carry tokens, so what it outgrows or drops is wiped.
class Body {
 public:
  explicit Body(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body() { wipe(bytes_.data(), bytes_.size()); }

  // False if the cap cuts it: what fits is kept. May throw bad_alloc.
  bool append(std::string_view more) {
    const std::string_view fitting = more.substr(0, max_bytes_ - bytes_.size());
    const std::size_t size = bytes_.size() + fitting.size();
    if (size > bytes_.capacity()) {
      std::string larger;
      larger.reserve(std::max(size, std::min(2 * bytes_.capacity(), max_bytes_)));
      larger = bytes_;
      bytes_.swap(larger);
      wipe(larger.data(), larger.size());
    }
    bytes_ += fitting;
    return fitting.size() == more.size();
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::size_t max_bytes_;
};

// Where one answer is put together; the net object calls the sinks below.
struct Receiver {
  explicit Receiver(std::size_t max_body_bytes) : body(max_body_bytes) {}

  HttpAnswer answer;
  Body body;
  Cancel* cancel = nullptr;
  bool is_out_of_memory = false;
};

bool equal_ignoring_case(std::string_view a, std::string_view lower_case) {
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
  });
}

void on_status(void* user_data, int status) {
  // Each status line begins anew: interim answers (1xx) come before the final one.
  HttpAnswer& answer = static_cast<Receiver*>(user_data)->answer;
  answer.status = status;
  answer.content_type.clear();
  answer.retry_after.clear();
  answer.date.clear();
}

void on_header(void* user_data, const char* name, std::size_t name_size, const char* value,
               std::size_t value_size) {
  auto* receiver = static_cast<Receiver*>(user_data);
  const std::string_view header(name, name_size);
  std::string* place = nullptr;
  if (equal_ignoring_case(header, "content-type")) place = &receiver->answer.content_type;
  if (equal_ignoring_case(header, "retry-after")) place = &receiver->answer.retry_after;
  if (equal_ignoring_case(header, "date")) place = &receiver->answer.date;
  if (place == nullptr || !place->empty()) return;  // the first one counts
  try {
    place->assign(value, value_size);
  } catch (const std::bad_alloc&) {
    receiver->is_out_of_memory = true;
  }
}

int on_body(void* user_data, const char* bytes, std::size_t size) {
  auto* receiver = static_cast<Receiver*>(user_data);
  try {
    return receiver->body.append({bytes, size}) ? 1 : 0;
  } catch (const std::bad_alloc&) {
    receiver->is_out_of_memory = true;
    return 0;
  }
}

int on_cancel_check(void* user_data) {
  return static_cast<Receiver*>(user_data)->cancel->is_triggered() ? 1 : 0;
}

// RFC 9110 sections 5.1 and 5.5. A line end in a value would be another header.
bool is_token(std::string_view text) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kSymbols.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

Result<void> check_headers(const HttpRequest& request) {
  if (!is_token(request.method)) {
    return make_error(Code::kInvalidArgument, "the HTTP method is not a word");
  }
  if (!is_field_value(request.authorization.reveal())) {
    return make_error(Code::kInvalidArgument, "the credential has a control character");
  }
  bool is_fine = is_field_value(request.content_type);
  for (const auto& [name, value] : request.headers) {
    is_fine = is_fine && is_token(name) && is_field_value(value);
  }
  if (!is_fine) {
    return make_error(Code::kInvalidArgument, "a request header has a character that HTTP forbids");
  }
  return {};
}

Error error_of(const bmauth_net_outcome& outcome, const Origin& origin) {
  const std::string where = origin.to_string();
  const std::string words = harmless(outcome.words, kMaxWordsBytes);
  switch (outcome.result) {
    case BMAUTH_NET_RESOLVE:
    case BMAUTH_NET_CONNECT:
    case BMAUTH_NET_BROKEN:
      return make_error(Code::kNetwork, where + ": " + words);
    case BMAUTH_NET_TLS: {
      Error error = make_error(Code::kTls, where + ": " + words);
      error.remedy =
          "Check the machine's clock and the address; if a company or test authority signed the "
          "certificate, name its file in SSL_CERT_FILE or as the option ca_file.";
      return error;
    }
    case BMAUTH_NET_NO_CA_STORE: {
      Error error = make_error(
          Code::kTls,
          where + ": " + words + "; set SSL_CERT_FILE, SSL_CERT_DIR or the option ca_file to one");
      error.remedy =
          "Install the machine's CA certificates (the package ca-certificates), or name a file of "
          "them in SSL_CERT_FILE or as the option ca_file.";
      return error;
    }
    case BMAUTH_NET_TIMEOUT:
      return make_error(Code::kTimeout, where + ": " + words);
    case BMAUTH_NET_CANCELLED:
      return make_error(Code::kCancelled, "cancelled");
    case BMAUTH_NET_REFUSED_URL:
      return make_error(Code::kInvalidArgument, where + ": the URL can be read in two ways");
    case BMAUTH_NET_BAD_ANSWER:
      return make_error(Code::kBadResponse, where + ": " + words);
    default:
      return make_error(Code::kInternal, where + ": " + words);
  }
}

TransportFailure not_sent(Error error) {
  return {std::move(error), Delivery::kNotSent};
}

}  // namespace

// Made anew by each process that uses the transport. A child leaves its parent's sessions as they
// are: to close one would say goodbye, in the parent's name, on a connection that both hold. So the
// mutex is new as well, whoever held the old one at the fork.
class NetTransport::Pool {
 public:
  const pid_t process = getpid();

  // The session that was used last, since its connections are most likely to be alive; null if
  // none.
  Session take(const bmauth_net_table* table) {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Session(nullptr, {table});
    Session session = std::move(idle_.back());
    idle_.pop_back();
    return session;
  }

  void give_back(Session session) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleSessions) idle_.push_back(std::move(session));
  }

 private:
  std::mutex mutex_;
  std::vector<Session> idle_;
};

NetTransport::NetTransport(NetConfig config) : config_(std::move(config)) {}

NetTransport::~NetTransport() {
  Pool* pool = pool_.load();
  if (pool != nullptr && pool->process == getpid()) delete pool;
}

NetTransport::Pool& NetTransport::pool() {
  const pid_t process = getpid();
  Pool* current = pool_.load();
  while (current == nullptr || current->process != process) {
    auto fresh = std::make_unique<Pool>();
    // An inherited pool is dropped, never cleaned up.
    if (pool_.compare_exchange_strong(current, fresh.get())) return *fresh.release();
  }
  return *current;
}

HttpOutcome NetTransport::perform(const HttpRequest& request, Cancel* cancel) {
  const Result<Url> url = parse_url(request.url);
  if (!url) return not_sent(url.error());
  if (Result<void> checked = check_headers(request); !checked) return not_sent(checked.error());
  const Result<const bmauth_net_table*> table = load_net_library();
  if (!table) return not_sent(table.error());

  Pool& sessions = pool();
  Session session = sessions.take(*table);
  if (session == nullptr) {
    const bmauth_net_config config = {
        config_.user_agent.c_str(), config_.ca_file.empty() ? nullptr : config_.ca_file.c_str(),
        config_.proxy.has_value() ? config_.proxy->c_str() : nullptr, config_.connect_timeout_ms};
    session.reset((*table)->open(&config));
    if (session == nullptr) {
      return not_sent(make_error(Code::kNetUnavailable, "libcurl could not be set up"));
    }
  }

  std::vector<bmauth_net_header> headers;
  if (!request.authorization.empty()) {
    headers.push_back({"Authorization", request.authorization.reveal_c_str()});
  }
  if (!request.content_type.empty()) {
    headers.push_back({"Content-Type", request.content_type.c_str()});
  }
  for (const auto& [name, value] : request.headers) {
    headers.push_back({name.c_str(), value.c_str()});
  }
  const std::string address = url->to_string();
  const Origin& origin = url->origin;

  Receiver receiver(request.max_body_bytes);
  receiver.cancel = cancel;
  bmauth_net_request wire = {};
  wire.method = request.method.c_str();
  wire.url = address.c_str();
  wire.scheme = origin.scheme.c_str();
  wire.host = origin.host.c_str();
  wire.port = origin.port;
  wire.headers = headers.data();
  wire.header_count = headers.size();
  wire.body = request.content_type.empty() ? nullptr : request.body.reveal_c_str();
  wire.body_size = request.content_type.empty() ? 0 : request.body.size();
  wire.timeout_ms = request.timeout_ms;
  wire.is_connection_fresh = request.is_connection_fresh ? 1 : 0;
  wire.cancel_fd = cancel != nullptr ? cancel->descriptor() : -1;
  if (cancel != nullptr && (cancel->has_check() || wire.cancel_fd < 0)) {
    wire.cancel_check = on_cancel_check;
  }
  wire.on_status = on_status;
  wire.on_header = on_header;
  wire.on_body = on_body;
  wire.user_data = &receiver;

  bmauth_net_outcome outcome = {};
  (*table)->perform(session.get(), &wire, &outcome);
  sessions.give_back(std::move(session));

  const Delivery delivery = outcome.was_sent != 0 ? Delivery::kMaybeSent : Delivery::kNotSent;
  if (receiver.is_out_of_memory) {
    return TransportFailure{make_error(Code::kOutOfMemory, "no memory for the answer"), delivery};
  }
  if (outcome.result != BMAUTH_NET_ANSWERED && outcome.result != BMAUTH_NET_OVER_CAP) {
    Error error = error_of(outcome, origin);
    error.http_status = receiver.answer.status;
    return TransportFailure{std::move(error), delivery};
  }
  receiver.answer.is_body_over_cap = outcome.result == BMAUTH_NET_OVER_CAP;
  receiver.answer.body = receiver.body.take();
  return std::move(receiver.answer);
}

Result<std::string> net_version() {
  const Result<const bmauth_net_table*> table = load_net_library();
  if (!table) return table.error();
  return std::string((*table)->version());
}

}  // namespace bmauth::core
