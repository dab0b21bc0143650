// The one strict reading of a URL: which scheme, host and port a request or a credential belongs to
// (contract, sections 2 and 5). What this parser does not understand, it refuses: the net module
// parses each URL again with curl's parser and sends nothing if the two differ.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace bmauth::core {

// RFC 6454 section 4: scheme, host, port. Made by parse_origin or parse_url alone, so its parts are
// normal: lower case, IPv6 in brackets and in its shortest form, the port always filled in.
struct Origin {
  std::string scheme;  // "https", or "http" to loopback
  std::string host;    // "cloud.example.com", "127.0.0.1", "[::1]"
  int port = 0;

  // `localhost`, 127.0.0.0/8 and [::1]: the hosts that plain http may speak to. They are never
  // resolved and never proxied.
  bool is_loopback() const;

  // "https://cloud.example.com", with the port where it is not the scheme's own.
  std::string to_string() const;
};

// Equal scheme, host and port.
bool same_origin(const Origin& a, const Origin& b);

struct Url {
  Origin origin;
  std::string
      path_and_query;  // begins with "/"; from parse_base_url: empty, or without a slash at its end

  std::string to_string() const { return origin.to_string() + path_and_query; }
};

// All three refuse user information, `%` and backslash in the host, control and non-ASCII
// characters anywhere, host names that a resolver might read as a number (0x7f.1, 2130706433,
// 010.0.0.1), empty labels, a dot at the end, and ports outside of 1-65535. Errors: insecure_url
// for plain http to anything but loopback, else invalid_argument. No message repeats the URL, since
// a refused one may hold a password.

// The origin of a URL of any form; path, query and fragment are passed over.
Result<Origin> parse_origin(std::string_view url);

// A URL to send a request to: no fragment, and the RFC 3986 characters alone.
Result<Url> parse_url(std::string_view url);

// A setting to which paths are appended, such as an issuer: neither query nor fragment, and slashes
// at the end are dropped.
Result<Url> parse_base_url(std::string_view setting);

}  // namespace bmauth::core
