// Client.header and Client.fresh_header: the value of the Authorization header. The hot path of
// every program: while what was given last still holds, it is one comparison and given again.
#include "header.h"

#include <cstring>

#include "arguments.h"
#include "classes.h"
#include "errors.h"
#include "generated/enums.h"
#include "generated/objects.h"
#include "values.h"

namespace bmauth::python {
namespace {

const std::uint64_t* const generation = bmauth_generation();

std::uint64_t generation_now() {
  return __atomic_load_n(generation, __ATOMIC_ACQUIRE);
}

// Nobody else has seen the str yet.
void wipe_and_drop(PyObject* text) {
  std::memset(PyUnicode_DATA(text), 0, static_cast<std::size_t>(PyUnicode_GET_LENGTH(text)));
  Py_DECREF(text);
}

// The core writes straight into a new str, as a credential is ASCII: no copy of it lies elsewhere.
// `length` is what is expected; nullptr without an exception if the core says an error.
PyObject* ask(bmauth_client* client, std::int32_t purpose, std::int64_t length,
              bmauth_error*& error) {
  for (;;) {
    const std::int64_t room = length;
    PyObject* text = PyUnicode_New(static_cast<Py_ssize_t>(room), 127);
    if (text == nullptr) return nullptr;
    auto* place = static_cast<char*>(PyUnicode_DATA(text));
    bmauth_client_header(client, purpose, place, room + 1, &length, &error);
    if (error == nullptr && length == room) return text;
    wipe_and_drop(text);
    if (error != nullptr && length <= room) return nullptr;
    bmauth_error_free(error);
  }
}

PyObject* find_header(Client& client, std::int32_t purpose, bmauth_error*& error) {
  KeptHeader& kept = client.headers[purpose];
  const std::uint64_t generation_before = generation_now();
  const time_t second = time(nullptr);
  const Py_ssize_t length = kept.value != nullptr ? PyUnicode_GET_LENGTH(kept.value) : 0;
  PyObject* value = ask(client.get(), purpose, length, error);
  if (value != nullptr && kept.value != nullptr && PyUnicode_Compare(value, kept.value) == 0) {
    wipe_and_drop(value);
    value = kept.value;
  } else {
    Py_XSETREF(kept.value, value);
  }
  kept.generation = value != nullptr ? generation_before : 0;
  kept.second = second;
  Py_XINCREF(value);
  return value;
}

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

bool read_purpose(const char* method, const Given& given, std::int32_t& purpose) {
  static Parameter parameters[] = {{"purpose", true}};
  PyObject* slots[1];
  purpose = BMAUTH_PURPOSE_ACCOUNT;
  return bind(method, parameters, given, slots) &&
         (slots[0] == nullptr || read_enum(slots[0], "purpose", kPurposeTable, purpose));
}

PyObject* kept_header(const Client& client, std::int32_t purpose) {
  const KeptHeader& kept = client.headers[purpose];
  if (kept.generation != generation_now() || kept.second != time(nullptr)) return nullptr;
  Py_INCREF(kept.value);
  return kept.value;
}

[[gnu::cold, gnu::noinline]] PyObject* header_of(PyObject* self, PyObject* const* values,
                                                 Py_ssize_t count, PyObject* names,
                                                 bool may_refresh) {
  const char* method = may_refresh ? "header" : "fresh_header";
  auto* client = object_in<Client>(self);
  std::int32_t purpose = 0;
  if (client == nullptr || !read_purpose(method, {values, count, names}, purpose)) return nullptr;
  if (PyObject* kept = kept_header(*client, purpose)) return kept;
  bmauth_error* error = nullptr;
  PyObject* value = find_header(*client, purpose, error);
  if (error == nullptr) return value;
  if (!may_refresh || bmauth_error_code(error) != BMAUTH_E_NEEDS_REFRESH) return raise(error);
  bmauth_error_free(error);
  return renewed(self, purpose);
}

// A purpose by the identity of its text, which is interned in code; else none is known.
bool is_known_purpose(PyObject* const* values, Py_ssize_t count, std::int32_t& purpose) {
  purpose = BMAUTH_PURPOSE_ACCOUNT;
  if (count == 0) return true;
  if (count > 1) return false;
  for (const EnumValue& known : kPurposeValues) {
    if (values[0] != known.text) continue;
    purpose = known.number;
    return true;
  }
  return false;
}

// The warm way: no argument is sorted and no object is made.
template <bool may_refresh>
PyObject* header_method(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  std::int32_t purpose;
  const auto* client = static_cast<Client*>(simple_held(self));
  if (client != nullptr && names == nullptr && is_known_purpose(values, count, purpose)) {
    if (PyObject* kept = kept_header(*client, purpose)) return kept;
  }
  return header_of(self, values, count, names, may_refresh);
}

PyMethodDef methods[] = {
    {"header", as_function(header_method<true>), METH_FASTCALL | METH_KEYWORDS,
     "header($self, purpose='account')\n--\n\nThe value of the Authorization header. A session is "
     "refreshed first if it is due."},
    {"fresh_header", as_function(header_method<false>), METH_FASTCALL | METH_KEYWORDS,
     "fresh_header($self, purpose='account')\n--\n\nThe same if the session is fresh, else "
     "NeedsRefreshError: never waits."},
};

}  // namespace

PyObject* add_header_methods(PyObject*, PyObject* type) {
  if (!PyType_Check(type) ||
      !PyType_IsSubtype(reinterpret_cast<PyTypeObject*>(type), class_of<Client>.type)) {
    return PyErr_Format(PyExc_TypeError, "type must be a subclass of Client");
  }
  for (PyMethodDef& definition : methods) {
    PyObject* method = PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(type), &definition);
    const bool is_added =
        method != nullptr && PyObject_SetAttrString(type, definition.ml_name, method) == 0;
    Py_XDECREF(method);
    if (!is_added) return nullptr;
  }
  Py_RETURN_NONE;
}

}  // namespace bmauth::python
