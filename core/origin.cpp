#include "core/origin.h"

#include <arpa/inet.h>

#include <charconv>
#include <optional>

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxUrlBytes = 8 * 1024;

Error refused(const char* reason) {
  return make_error(Code::kInvalidArgument, reason);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

// A decimal number without leading zeros, at most `max`.
std::optional<int> small_number(std::string_view digits, int max) {
  if (digits.empty() || digits.size() > 5 || (digits.size() > 1 && digits[0] == '0')) return {};
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value > max) return {};
  return is_digit(digits[0]) ? std::optional(value) : std::nullopt;
}

// What inet_aton(3) and the WHATWG parser take for a number: decimal, octal or 0x hexadecimal.
bool is_numeric_label(std::string_view label) {
  if (label.size() >= 2 && label[0] == '0' && label[1] == 'x') {
    return label.substr(2).find_first_not_of("0123456789abcdef") == std::string_view::npos;
  }
  return label.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_dotted_quad(std::string_view host) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = host.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return false;
    if (!small_number(host.substr(0, dot), 255)) return false;
    host = part == 3 ? std::string_view() : host.substr(dot + 1);
  }
  return true;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  for (const char c : label) {
    if (!is_lower(c) && !is_digit(c) && c != '-' && c != '_') return false;
  }
  return true;
}

Result<std::string> parse_ipv6(std::string_view inside_brackets) {
  in6_addr address;
  char text[INET6_ADDRSTRLEN];
  if (inet_pton(AF_INET6, std::string(inside_brackets).c_str(), &address) != 1 ||
      inet_ntop(AF_INET6, &address, text, sizeof text) == nullptr) {
    return refused("the URL's host is not an IPv6 address");
  }
  return std::string(1, '[').append(text).append(1, ']');
}

Result<std::string> parse_name(std::string_view text) {
  std::string host = lower(text);
  if (host.empty() || host.size() > 253)
    return refused("the URL has no host name of usable length");
  std::string_view rest = host;
  for (;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return refused("the URL's host is not a plain ASCII host name");
    if (dot == std::string_view::npos) {
      if (is_numeric_label(label) && !is_dotted_quad(host)) {
        return refused("the URL's host is a number, but not four decimal numbers with dots");
      }
      return host;
    }
    rest.remove_prefix(dot + 1);
  }
}

struct Split {
  Origin origin;
  std::string_view rest;  // from "/", "?" or "#" on, or empty
};

Result<Split> split(std::string_view url) {
  if (url.size() > kMaxUrlBytes) return refused("the URL is too long");
  for (const char c : url) {
    if (c <= 0x20 || c >= 0x7f) return refused("the URL has a character that is not visible ASCII");
    if (c == '\\') return refused("the URL has a backslash");
  }
  Split result;
  Origin& origin = result.origin;
  const std::size_t colon = url.find("://");
  origin.scheme = lower(url.substr(0, colon));
  if (colon == std::string_view::npos || (origin.scheme != "https" && origin.scheme != "http")) {
    return refused("the URL does not begin with https://");
  }
  url.remove_prefix(colon + 3);
  std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  result.rest = url.substr(authority.size());
  if (authority.find('@') != std::string_view::npos) return refused("the URL has a user name");
  if (authority.find('%') != std::string_view::npos) return refused("the URL's host has a %");

  std::string_view port;
  bool has_port = false;
  Result<std::string> host = std::string();
  if (!authority.empty() && authority[0] == '[') {
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos) return refused("the URL's host has no closing bracket");
    host = parse_ipv6(authority.substr(1, bracket - 1));
    authority.remove_prefix(bracket + 1);
    has_port = !authority.empty();
    if (has_port && authority[0] != ':') return refused("the URL has characters after its host");
    port = authority.substr(has_port ? 1 : 0);
  } else {
    const std::size_t at = authority.find(':');
    has_port = at != std::string_view::npos;
    host = parse_name(authority.substr(0, at));
    if (has_port) port = authority.substr(at + 1);
  }
  if (!host) return std::move(host).error();
  origin.host = *std::move(host);
  const std::optional<int> number =
      has_port ? small_number(port, 65535) : std::optional(origin.scheme == "https" ? 443 : 80);
  if (!number || *number == 0) return refused("the URL's port is not a number from 1 to 65535");
  origin.port = *number;

  if (origin.scheme == "http" && !origin.is_loopback()) {
    return make_error(Code::kInsecureUrl, "plain http to " + origin.to_string());
  }
  return result;
}

// RFC 3986 sections 3.3 and 3.4.
bool is_path_and_query(std::string_view text) {
  constexpr std::string_view kAllowed = "-._~!$&'()*+,;=:@/?";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
    } else if (!is_lower(lower(text[i])) && !is_digit(text[i]) &&
               kAllowed.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool Origin::is_loopback() const {
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && is_dotted_quad(host));
}

std::string Origin::to_string() const {
  std::string text = scheme + "://" + host;
  if (port != (scheme == "https" ? 443 : 80)) text.append(1, ':').append(std::to_string(port));
  return text;
}

bool same_origin(const Origin& a, const Origin& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

Result<Origin> parse_origin(std::string_view url) {
  Result<Split> parts = split(url);
  if (!parts) return std::move(parts).error();
  return std::move(parts->origin);
}

Result<Url> parse_url(std::string_view url) {
  Result<Split> parts = split(url);
  if (!parts) return std::move(parts).error();
  if (parts->rest.find('#') != std::string_view::npos) return refused("the URL has a fragment");
  if (!is_path_and_query(parts->rest)) {
    return refused("the URL's path has a character that must be written with a %");
  }
  std::string path_and_query(parts->rest);
  if (!path_and_query.starts_with('/')) path_and_query.insert(path_and_query.begin(), '/');
  return Url{std::move(parts->origin), std::move(path_and_query)};
}

Result<Url> parse_base_url(std::string_view setting) {
  Result<Url> url = parse_url(setting);
  if (!url) return url;
  std::string& path = url->path_and_query;
  if (path.find('?') != std::string::npos) return refused("the URL has a query");
  while (path.ends_with('/')) path.pop_back();
  return url;
}

}  // namespace bmauth::core
