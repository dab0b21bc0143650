/* The table between the core and the net object (libbmauth_net.so): plain C, because the two sides
 * may hold two C++ runtimes. No C++ type, no exception and no owned memory crosses it.
 *
 * The net object is loaded once, at the first use of the network, by its absolute path beside the
 * object that holds the core. It is the only code that knows libcurl and OpenSSL. */
#ifndef BMAUTH_NET_H
#define BMAUTH_NET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Result of one request. The order is part of the table's version. */
enum bmauth_net_result {
  BMAUTH_NET_ANSWERED = 0,    /* a whole answer was delivered to the sinks */
  BMAUTH_NET_RESOLVE = 1,     /* the name was not resolved: nothing sent */
  BMAUTH_NET_CONNECT = 2,     /* no connection: nothing sent */
  BMAUTH_NET_TLS = 3,         /* no trusted TLS session: nothing sent */
  BMAUTH_NET_BROKEN = 4,      /* connection lost or cut off; see was_sent */
  BMAUTH_NET_TIMEOUT = 5,     /* no whole answer in time; see was_sent */
  BMAUTH_NET_CANCELLED = 6,   /* see was_sent */
  BMAUTH_NET_REFUSED_URL = 7, /* not http(s), plain http elsewhere, or the two parsers differ */
  BMAUTH_NET_OVER_CAP = 8,    /* the sink refused more bytes */
  BMAUTH_NET_BAD_ANSWER = 9,  /* not HTTP, or headers over their cap; see was_sent */
  BMAUTH_NET_INTERNAL = 10,   /* out of memory or a refusal of libcurl to be set up */
  BMAUTH_NET_NO_CA_STORE = 11 /* no authorities to trust on this machine: nothing sent */
};

struct bmauth_net_header {
  const char *name;
  const char *value;
};

/* All strings are UTF-8, NUL-terminated, borrowed for the call. */
struct bmauth_net_config {
  const char *user_agent;
  const char *ca_file; /* NULL: SSL_CERT_FILE and SSL_CERT_DIR, else the machine's store */
  const char *proxy;   /* NULL: the environment's, "": none; loopback is never proxied */
  int64_t connect_timeout_ms;
};

struct bmauth_net_request {
  const char *method;
  const char *url;
  /* What the core's own parser read from url; net parses again and refuses if they differ. */
  const char *scheme;
  const char *host; /* lower case, IPv6 in brackets */
  int port;
  const struct bmauth_net_header *headers;
  size_t header_count;
  const char *body; /* NULL: no body */
  size_t body_size;
  int64_t timeout_ms;                   /* whole request */
  int is_connection_fresh;              /* FRESH_CONNECT and FORBID_REUSE */
  int cancel_fd;                        /* readable: cancel; -1: none */
  int (*cancel_check)(void *user_data); /* NULL, or asked at least every 50 ms; non-zero: cancel */
  /* Sinks, called on the calling thread, within perform. */
  void (*on_status)(void *user_data, int status);
  void (*on_header)(void *user_data, const char *name, size_t name_size, const char *value,
                    size_t value_size);
  int (*on_body)(void *user_data, const char *bytes, size_t size); /* 0: stop, over the cap */
  void *user_data;
};

struct bmauth_net_outcome {
  int result;      /* enum bmauth_net_result */
  int was_sent;    /* non-zero: at least one byte of the request may have left */
  char words[256]; /* one line for a person, no secret, NUL-terminated */
};

struct bmauth_net_session; /* connections of one client; one request at a time per session */

struct bmauth_net_table {
  uint32_t size;                /* of this struct */
  const char *build_id;         /* must equal the core's */
  const char *(*version)(void); /* "libcurl/7.88.1 OpenSSL/3.0.22": what answers at run time */
  struct bmauth_net_session *(*open)(const struct bmauth_net_config *config);
  void (*perform)(struct bmauth_net_session *session, const struct bmauth_net_request *request,
                  struct bmauth_net_outcome *outcome);
  void (*close)(struct bmauth_net_session *session);
};

/* The one export of the net object. */
const struct bmauth_net_table *bmauth_net_v1(void);

#ifdef __cplusplus
}
#endif

#endif
