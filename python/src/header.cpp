// Client.header(purpose="account"): the value of the Authorization header. The hot path of every
// program, so it makes no Python object but the answer while the token is fresh.
#include "header.h"

#include <cstring>
#include <memory>

#include "arguments.h"
#include "errors.h"
#include "generated/enums.h"
#include "generated/objects.h"
#include "values.h"

namespace bmauth::python {
namespace {

struct FreeToken {
  void operator()(bmauth_token* token) const { bmauth_token_free(token); }
};

PyObject* authorization_of(const bmauth_token* token) {
  const std::int64_t count = bmauth_token_header_count(token);
  for (std::int64_t index = 0; index < count; ++index) {
    if (std::strcmp(bmauth_token_header_name(token, index), "Authorization") == 0) {
      return text_or_none(bmauth_token_header_value(token, index));
    }
  }
  return raise_invalid_argument("this credential is not sent in a header");
}

// By the object's own token(), which a subclass may have its word in.
PyObject* renewed(PyObject* self, std::int32_t purpose) {
  PyObject* name = text_of(kPurposeTable, purpose);
  PyObject* token = name ? PyObject_CallMethod(self, "token", "Oi", name, 0) : nullptr;
  Py_XDECREF(name);
  if (token == nullptr) return nullptr;
  Token* held = nullptr;
  PyObject* value = read(token, "token", held) ? authorization_of(held->get()) : nullptr;
  Py_DECREF(token);
  return value;
}

}  // namespace

PyObject* client_header(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  static Parameter parameters[] = {{"purpose", true}};
  PyObject* slots[1];
  auto* client = object_in<Client>(self);
  if (client == nullptr || !bind("header", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  std::int32_t purpose = BMAUTH_PURPOSE_ACCOUNT;
  if (slots[0] != nullptr && !read_enum(slots[0], "purpose", kPurposeTable, purpose)) {
    return nullptr;
  }
  bmauth_token* token = nullptr;
  bmauth_error* error = nullptr;
  const bmauth_code code = bmauth_client_fresh_token(client->get(), purpose, &token, &error);
  if (code == BMAUTH_E_NEEDS_REFRESH) {
    bmauth_error_free(error);
    return renewed(self, purpose);
  }
  if (code != BMAUTH_OK) return raise(error);
  const std::unique_ptr<bmauth_token, FreeToken> owned(token);
  return authorization_of(token);
}

}  // namespace bmauth::python
