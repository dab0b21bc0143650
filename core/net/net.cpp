// The net object: one HTTP/1.1 request at a time over libcurl and OpenSSL. See core/net/README.md
// for what is switched off and why.
#include "core/net/net.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fork_mutex.h"
#include "core/net/ca_store.h"

namespace {

constexpr std::size_t kMaxHeaderBytes = 64 * 1024;  // promise N5
constexpr int kCheckEveryMs = 50;                   // promised by net.h
constexpr int kMaxPollMs = 1000;                    // curl shortens it to its own next timer
constexpr long kMaxConnections = 4;                 // issuer and cloud host, with room to spare
// Servers and balancers close an idle connection after 60 s or more. A younger one is worth a try;
// an older one would only make a request fail.
constexpr long kMaxIdle_s = 50;
// CURLE_TOO_LARGE, which has a name since libcurl 8.6 only: a header line over libcurl's own limit.
constexpr int kTooLarge = 100;

// ---- Small owners ------------------------------------------------------------------------------

struct CloseEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
// libcurl 7 ignores SIGPIPE while it closes kept connections and then sets back what it found; two
// at once could set back each other's. One after another, the host's own disposition comes back.
struct CleanupTag {
  static void in_child() {}
};
bmauth::core::ForkMutex<CleanupTag> cleanup_mutex;
struct CloseMulti {
  void operator()(CURLM* multi) const {
    std::lock_guard lock(cleanup_mutex);
    curl_multi_cleanup(multi);
  }
};
struct CloseUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct CloseText {
  void operator()(char* text) const { curl_free(text); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;
using Multi = std::unique_ptr<CURLM, CloseMulti>;
using ParsedUrl = std::unique_ptr<CURLU, CloseUrl>;
using CurlText = std::unique_ptr<char, CloseText>;

// A list for libcurl whose bytes are ours, so that they can be wiped: curl_slist_append would make
// copies that nobody wipes.
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() {
    for (std::string& line : lines_) OPENSSL_cleanse(line.data(), line.size());
  }

  void reserve(std::size_t count) { lines_.reserve(count); }  // a moved short string leaves a copy

  void add(std::string_view name, std::string_view separator, std::string_view value) {
    std::string& line = lines_.emplace_back();
    line.reserve(name.size() + separator.size() +
                 value.size());  // no growth, no copies left behind
    line.append(name).append(separator).append(value);
  }

  curl_slist* get() {
    nodes_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      nodes_[i].data = lines_[i].data();
      nodes_[i].next = i + 1 < lines_.size() ? &nodes_[i + 1] : nullptr;
    }
    return nodes_.empty() ? nullptr : nodes_.data();
  }

 private:
  std::vector<std::string> lines_;
  std::vector<curl_slist> nodes_;
};

// ---- One request
// ---------------------------------------------------------------------------------

struct Exchange {
  const bmauth_net_request* request;
  bool must_be_loopback = false;  // no address but a loopback one may be connected to
  std::optional<CaStore> store;   // in place of what libcurl was built to trust
  bool was_sent = false;
  bool is_repeat_refused = false;
  bool is_over_cap = false;  // of the body, said by the caller's sink
  bool are_headers_over_cap = false;
  bool are_headers_complete = false;  // of the final answer
  std::size_t header_bytes = 0;
  int status = 0;
  char words[CURL_ERROR_SIZE] = "";
};

bool is_loopback_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family == AF_INET6) {
    return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr) != 0;
  }
  return false;
}

bool is_loopback_host(const char* host) {
  in_addr v4;
  return curl_strequal(host, "localhost") != 0 || std::strcmp(host, "[::1]") == 0 ||
         (inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127);
}

// The descriptor must not cross exec (promise L4), and no spelling of a host, no resolver and no
// hosts file may lead a loopback request away from this machine (promise N2).
curl_socket_t on_open_socket(void* user_data, curlsocktype, curl_sockaddr* address) {
  auto* exchange = static_cast<Exchange*>(user_data);
  if (exchange->was_sent) {  // to be repeated: see on_before_request
    exchange->is_repeat_refused = true;
    return CURL_SOCKET_BAD;
  }
  if (exchange->must_be_loopback && !is_loopback_address(&address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// `SSLKEYLOGFILE` makes libcurl write the keys of each TLS session into a file. Not of ours.
CURLcode on_ssl_ctx(CURL*, void* ssl_ctx, void*) {
  SSL_CTX_set_keylog_callback(static_cast<SSL_CTX*>(ssl_ctx), nullptr);
  return CURLE_OK;
}

// Called when connection and TLS stand, right before the first byte of the request: the line
// between "not sent" and "maybe sent". A second call means that libcurl is about to repeat the
// request by itself, because a kept connection died without an answer. The server may have acted on
// the first one, so this is where the repeat ends.
int on_before_request(void* user_data, char*, char*, int, int) {
  auto* exchange = static_cast<Exchange*>(user_data);
  if (exchange->was_sent) {
    exchange->is_repeat_refused = true;
    return CURL_PREREQFUNC_ABORT;
  }
  exchange->was_sent = true;
  return CURL_PREREQFUNC_OK;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// "HTTP/1.1 200 OK": libcurl has checked the form.
int status_of(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return 0;
  int status = 0;
  for (std::size_t i = space + 1; i < line.size() && i < space + 4; ++i) {
    if (line[i] < '0' || line[i] > '9') return 0;
    status = status * 10 + (line[i] - '0');
  }
  return status;
}

std::size_t on_header_line(char* bytes, std::size_t, std::size_t size, void* user_data) {
  auto* exchange = static_cast<Exchange*>(user_data);
  exchange->header_bytes +=
      size;  // with interim answers and trailers, so that none of them is endless
  if (exchange->header_bytes > kMaxHeaderBytes) {
    exchange->are_headers_over_cap = true;
    return 0;
  }
  const std::string_view line(bytes, size);
  const bmauth_net_request& request = *exchange->request;
  if (exchange->are_headers_complete) return size;  // trailers say nothing that we use
  if (line.substr(0, 5) == "HTTP/") {
    exchange->status = status_of(line);
    request.on_status(request.user_data, exchange->status);
  } else if (trimmed(line).empty()) {
    exchange->are_headers_complete =
        exchange->status >= 200;  // RFC 9110 section 15.2: 1xx go before
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    request.on_header(request.user_data, name.data(), name.size(), value.data(), value.size());
  }
  return size;
}

std::size_t on_body_bytes(char* bytes, std::size_t, std::size_t size, void* user_data) {
  auto* exchange = static_cast<Exchange*>(user_data);
  const bmauth_net_request& request = *exchange->request;
  if (size == 0 || request.on_body(request.user_data, bytes, size) != 0) return size;
  exchange->is_over_cap = true;
  return 0;
}

int result_of(CURLcode code, const Exchange& exchange) {
  if (exchange.is_over_cap) return BMAUTH_NET_OVER_CAP;
  if (exchange.are_headers_over_cap) return BMAUTH_NET_BAD_ANSWER;
  if (exchange.is_repeat_refused) return BMAUTH_NET_BROKEN;
  if (static_cast<int>(code) == kTooLarge) return BMAUTH_NET_BAD_ANSWER;
  switch (code) {
    case CURLE_OK:
      // libcurl is content with an answer that is cut off between two header lines.
      return exchange.are_headers_complete ? BMAUTH_NET_ANSWERED : BMAUTH_NET_BROKEN;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return BMAUTH_NET_RESOLVE;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return BMAUTH_NET_CONNECT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return exchange.was_sent ? BMAUTH_NET_BROKEN : BMAUTH_NET_TLS;
    case CURLE_OPERATION_TIMEDOUT:
      return BMAUTH_NET_TIMEOUT;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer in HTTP/0.9, or in no HTTP at all
    case CURLE_HTTP2:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_FILESIZE_EXCEEDED:  // a Content-Length that is no number
      return exchange.was_sent ? BMAUTH_NET_BAD_ANSWER : BMAUTH_NET_CONNECT;
    case CURLE_OUT_OF_MEMORY:
      // libcurl 7 says this of a single header line over its own 100 KiB, too.
      return exchange.was_sent && !exchange.are_headers_complete ? BMAUTH_NET_BAD_ANSWER
                                                                 : BMAUTH_NET_INTERNAL;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_WRITE_ERROR:
    case CURLE_READ_ERROR:
    case CURLE_SEND_FAIL_REWIND:
      return exchange.was_sent ? BMAUTH_NET_BROKEN : BMAUTH_NET_CONNECT;
    default:
      return BMAUTH_NET_INTERNAL;
  }
}

void set_outcome(bmauth_net_outcome* outcome, int result, bool was_sent, const char* words) {
  outcome->result = result;
  outcome->was_sent = was_sent ? 1 : 0;
  std::snprintf(outcome->words, sizeof outcome->words, "%s", words);
}

// Parses with curl's parser, and only if scheme, host and port are what the core's parser read. The
// very handle that was compared is what libcurl then sends to: there is no third reading.
ParsedUrl parse_as_the_core_did(const bmauth_net_request& request) {
  ParsedUrl url(curl_url());
  if (url == nullptr) return nullptr;
  const auto set =
      curl_url_set(url.get(), CURLUPART_URL, request.url, CURLU_DISALLOW_USER | CURLU_PATH_AS_IS);
  if (set != CURLUE_OK) return nullptr;
  const auto part = [&](CURLUPart which, unsigned flags) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) text = nullptr;
    return CurlText(text);
  };
  const CurlText scheme = part(CURLUPART_SCHEME, 0);
  const CurlText host = part(CURLUPART_HOST, 0);
  const CurlText port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (scheme == nullptr || host == nullptr || port == nullptr) return nullptr;
  const bool is_http = std::strcmp(scheme.get(), "http") == 0;
  if (!is_http && std::strcmp(scheme.get(), "https") != 0) return nullptr;
  if (is_http && !is_loopback_host(host.get())) return nullptr;
  const bool is_same = std::strcmp(scheme.get(), request.scheme) == 0 &&
                       curl_strequal(host.get(), request.host) != 0 &&
                       port.get() == std::to_string(request.port);
  if (!is_same || part(CURLUPART_FRAGMENT, 0) != nullptr || part(CURLUPART_ZONEID, 0) != nullptr) {
    return nullptr;
  }
  return url;
}

// What libcurl was built to trust, if it is there.
bool is_built_in_store_there() {
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  return info->age >= CURLVERSION_SEVENTH && holds_certificates(info->cainfo, info->capath);
}

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

// ---- The session: one libcurl connection cache
// ---------------------------------------------------

struct bmauth_net_session {
  std::string user_agent;
  std::string ca_file;
  std::string ca_dir;
  bool has_own_ca = false;
  std::optional<std::string> proxy;
  std::int64_t connect_timeout_ms = 0;
  Easy easy;    // added to multi for one transfer, and removed at its end
  Multi multi;  // holds the connections

  bool find_trust(Exchange& exchange) const;
  bool set_up(Exchange& exchange, CURLU* url, HeaderList& headers, curl_slist* resolve);
  CURLcode run(Exchange& exchange, bool& is_cancelled);
};

// False if there is nobody to trust. Asked at each request: a store may be installed, or mounted,
// while a client lives.
bool bmauth_net_session::find_trust(Exchange& exchange) const {
  const bool is_https = std::strcmp(exchange.request->scheme, "https") == 0;
  if (!is_https || !ca_file.empty() || is_built_in_store_there()) return true;
  exchange.store = ca_dir.empty() ? find_ca_store() : CaStore{"", ca_dir};
  return exchange.store.has_value();
}

bool bmauth_net_session::set_up(Exchange& exchange, CURLU* url, HeaderList& headers,
                                curl_slist* resolve) {
  const bmauth_net_request& request = *exchange.request;
  CURL* handle = easy.get();
  bool is_ok = true;
  const auto set = [&](CURLoption option, auto value) {
    is_ok = is_ok && curl_easy_setopt(handle, option, value) == CURLE_OK;
  };

  set(CURLOPT_CURLU, url);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_VERBOSE, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_NOPROGRESS, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_ERRORBUFFER, exchange.words);

  // Method and body. POSTFIELDS borrows the caller's bytes.
  const std::string_view method = request.method;
  if (request.body != nullptr || method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body != nullptr ? request.body : "");
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body_size));
  } else if (method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  }
  if (method != "POST" && method != "GET" && method != "HEAD") {
    set(CURLOPT_CUSTOMREQUEST, request.method);
  }
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_USERAGENT, user_agent.c_str());

  // Time.
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout_ms));

  // Trust. There is no option that reaches VERIFYPEER or VERIFYHOST.
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_CTX_FUNCTION, on_ssl_ctx);
  if (!ca_file.empty()) {
    set(CURLOPT_CAINFO, ca_file.c_str());
    set(CURLOPT_PROXY_CAINFO, ca_file.c_str());
  }
  if (!ca_dir.empty()) {
    set(CURLOPT_CAPATH, ca_dir.c_str());
    set(CURLOPT_PROXY_CAPATH, ca_dir.c_str());
  } else if (has_own_ca) {
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_PROXY_CAPATH, static_cast<char*>(nullptr));
  }
  if (exchange.store) {
    const auto or_none = [](const std::string& text) {
      return text.empty() ? nullptr : text.c_str();
    };
    set(CURLOPT_CAINFO, or_none(exchange.store->file));
    set(CURLOPT_PROXY_CAINFO, or_none(exchange.store->file));
    set(CURLOPT_CAPATH, or_none(exchange.store->directory));
    set(CURLOPT_PROXY_CAPATH, or_none(exchange.store->directory));
  }

  // The way there.
  if (exchange.must_be_loopback) {
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_RESOLVE, resolve);
  } else if (proxy.has_value()) {
    set(CURLOPT_PROXY, proxy->c_str());
  }
  set(CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
  set(CURLOPT_OPENSOCKETDATA, &exchange);
  set(CURLOPT_MAXAGE_CONN, kMaxIdle_s);
  set(CURLOPT_FRESH_CONNECT, request.is_connection_fresh != 0 ? 1L : 0L);
  set(CURLOPT_FORBID_REUSE, request.is_connection_fresh != 0 ? 1L : 0L);
  set(CURLOPT_PREREQFUNCTION, on_before_request);
  set(CURLOPT_PREREQDATA, &exchange);

  // The way back.
  set(CURLOPT_HEADERFUNCTION, on_header_line);
  set(CURLOPT_HEADERDATA, &exchange);
  set(CURLOPT_WRITEFUNCTION, on_body_bytes);
  set(CURLOPT_WRITEDATA, &exchange);
  return is_ok;
}

// Runs the transfer to its end or until it is cancelled: within 50 ms of the check callback's word,
// at once when the descriptor becomes readable.
CURLcode bmauth_net_session::run(Exchange& exchange, bool& is_cancelled) {
  const bmauth_net_request& request = *exchange.request;
  curl_waitfd cancel = {request.cancel_fd, CURL_WAIT_POLLIN, 0};
  const unsigned extra = request.cancel_fd >= 0 ? 1 : 0;
  if (curl_multi_add_handle(multi.get(), easy.get()) != CURLM_OK) return CURLE_FAILED_INIT;
  CURLcode code = CURLE_FAILED_INIT;
  for (int timeout_ms = 0;;) {
    // Asked before the first step too, so that a call that begins cancelled opens no connection.
    cancel.revents = 0;
    if (curl_multi_poll(multi.get(), &cancel, extra, timeout_ms, nullptr) != CURLM_OK) break;
    is_cancelled =
        (cancel.revents & CURL_WAIT_POLLIN) != 0 ||
        (request.cancel_check != nullptr && request.cancel_check(request.user_data) != 0);
    if (is_cancelled) break;
    int running = 0;
    if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
    if (message != nullptr && message->msg == CURLMSG_DONE) {
      code = message->data.result;
      break;
    }
    timeout_ms = request.cancel_check != nullptr ? kCheckEveryMs : kMaxPollMs;
  }
  curl_multi_remove_handle(multi.get(), easy.get());
  return code;
}

namespace {

// Once per process. libcurl counts its users, so a host with its own libcurl is not disturbed, and
// there is no cleanup: the host, or another thread of it, may still be in there.
bool initialise_libcurl() {
  static std::once_flag once;
  static bool is_ready = false;
  std::call_once(once, [] { is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; });
  return is_ready;
}

const char* net_version() {
  static const std::string version = [] {
    const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
    std::string text = std::string("libcurl/") + info->version;
    if (info->ssl_version != nullptr) text += std::string(" ") + info->ssl_version;
    return text;
  }();
  return version.c_str();
}

bmauth_net_session* open_session(const bmauth_net_config& config) {
  if (!initialise_libcurl()) return nullptr;
  auto session = std::make_unique<bmauth_net_session>();
  session->user_agent = config.user_agent != nullptr ? config.user_agent : "";
  session->connect_timeout_ms = std::max<std::int64_t>(config.connect_timeout_ms, 1);
  if (config.proxy != nullptr) session->proxy = config.proxy;
  if (config.ca_file != nullptr) {
    session->ca_file = config.ca_file;
    session->has_own_ca = true;
  } else {
    // OpenSSL's own variables (its manual: X509_get_default_cert_file_env), which libcurl ignores.
    session->ca_file = environment_value("SSL_CERT_FILE");
    session->ca_dir = environment_value("SSL_CERT_DIR");
  }
  session->easy.reset(curl_easy_init());
  session->multi.reset(curl_multi_init());
  if (session->easy == nullptr || session->multi == nullptr) return nullptr;
  curl_multi_setopt(session->multi.get(), CURLMOPT_MAXCONNECTS, kMaxConnections);
  return session.release();
}

void perform_request(bmauth_net_session& session, const bmauth_net_request& request,
                     bmauth_net_outcome* outcome) {
  const ParsedUrl url = parse_as_the_core_did(request);
  if (url == nullptr) {
    set_outcome(outcome, BMAUTH_NET_REFUSED_URL, false, "the URL is read in two ways");
    return;
  }
  if (request.timeout_ms <= 0) {  // to libcurl 0 means for ever
    set_outcome(outcome, BMAUTH_NET_TIMEOUT, false, "no time was left");
    return;
  }
  HeaderList headers;
  headers.reserve(request.header_count + 2);
  bool has_content_type = false;
  for (std::size_t i = 0; i < request.header_count; ++i) {
    const bmauth_net_header& header = request.headers[i];
    has_content_type = has_content_type || curl_strequal(header.name, "Content-Type") != 0;
    // libcurl removes a header without a value, unless it is spelled with a semicolon.
    headers.add(header.name, header.value[0] != '\0' ? ": " : ";", header.value);
  }
  headers.add("Expect", ":", "");  // never: the body goes with the headers, or not at all
  if (!has_content_type) headers.add("Content-Type", ":", "");  // libcurl's guess is not ours

  // RFC 6761 section 6.3: localhost is loopback, whatever a resolver says.
  std::string localhost = "localhost:" + std::to_string(request.port) + ":127.0.0.1,::1";
  curl_slist resolve = {localhost.data(), nullptr};

  Exchange exchange;
  exchange.request = &request;
  exchange.must_be_loopback = is_loopback_host(request.host);
  if (!session.find_trust(exchange)) {
    set_outcome(outcome, BMAUTH_NET_NO_CA_STORE, false, "no CA store was found on this machine");
    return;
  }
  bool is_cancelled = false;
  CURLcode code = CURLE_FAILED_INIT;
  if (session.set_up(exchange, url.get(), headers, &resolve)) {
    code = session.run(exchange, is_cancelled);
  }
  curl_easy_reset(session.easy.get());  // forgets our pointers; the connections stay in `multi`

  const int result = is_cancelled ? BMAUTH_NET_CANCELLED : result_of(code, exchange);
  const char* words = exchange.words[0] != '\0' ? exchange.words : curl_easy_strerror(code);
  if (result == BMAUTH_NET_ANSWERED || is_cancelled) words = "";
  if (exchange.is_over_cap) words = "the answer's body is over its cap";
  if (exchange.are_headers_over_cap) words = "the answer's headers are over 64 KiB";
  if (exchange.is_repeat_refused) words = "the server closed a kept connection without an answer";
  if (code == CURLE_OK && result == BMAUTH_NET_BROKEN) words = "the answer's headers are cut off";
  set_outcome(outcome, result, exchange.was_sent, words);
}

// ---- The table: nothing may throw through it
// -----------------------------------------------------

bmauth_net_session* table_open(const bmauth_net_config* config) {
  try {
    return open_session(*config);
  } catch (...) {
    return nullptr;
  }
}

void table_perform(bmauth_net_session* session, const bmauth_net_request* request,
                   bmauth_net_outcome* outcome) {
  try {
    perform_request(*session, *request, outcome);
  } catch (...) {
    // Only what comes before the first step of a transfer can throw: building strings and lists.
    set_outcome(outcome, BMAUTH_NET_INTERNAL, false, "out of memory");
  }
}

void table_close(bmauth_net_session* session) {
  delete session;
}

const char* table_version() {
  try {
    return net_version();
  } catch (...) {
    return "";
  }
}

constexpr bmauth_net_table kTable = {sizeof(bmauth_net_table),
                                     BMAUTH_BUILD_ID,
                                     table_version,
                                     table_open,
                                     table_perform,
                                     table_close};

}  // namespace

extern "C" __attribute__((visibility("default"))) const bmauth_net_table* bmauth_net_v1(void) {
  return &kTable;
}
