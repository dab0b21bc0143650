// Generated from bindings/spec by bmauth_gen; do not edit.
#include "../arguments.h"
#include "../calls.h"
#include "../errors.h"
#include "../values.h"
#include "classes.h"
#include "enums.h"
#include "objects.h"

namespace bmauth::python {
namespace {

PyObject* token_access_token(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return text_or_none(bmauth_token_access_token(token->get()));
}

PyObject* token_kind(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return text_or_none(bmauth_token_kind(token->get()));
}

PyObject* token_source(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return text_or_none(bmauth_token_source(token->get()));
}

PyObject* token_reason(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return text_or_none(bmauth_token_reason(token->get()));
}

PyObject* token_origin(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return text_or_none(bmauth_token_origin(token->get()));
}

PyObject* token_expires_at_unix_s(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return number_or_none(bmauth_token_expires_at_unix_s(token->get()), 0);
}

PyObject* token_is_persisted(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return PyBool_FromLong(bmauth_token_is_persisted(token->get()));
}

PyObject* token_warnings(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return list_of(token->get(), bmauth_token_warning_count, bmauth_token_warning);
}

PyObject* token_headers(PyObject* self, void*) {
  auto* token = object_in<Token>(self);
  if (token == nullptr) return nullptr;
  return dict_of(token->get(), bmauth_token_header_count, bmauth_token_header_name,
                 bmauth_token_header_value);
}

PyObject* token_repr(PyObject* self) {
  static const Fact facts[] = {
      {"kind", token_kind},
      {"source", token_source},
      {"reason", token_reason},
      {"expires_at_unix_s", token_expires_at_unix_s},
      {"is_persisted", token_is_persisted},
  };
  return describe(self, class_of<Token>, facts, 5);
}

PyMethodDef token_methods[] = {
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef token_properties[] = {
    {"access_token", token_access_token, nullptr,
     "The bearer itself: an access token or an API key. None when the kind is \"none\". SECRET: "
     "never log, print or store it.",
     nullptr},
    {"kind", token_kind, nullptr,
     "What kind of credential was chosen. \"none\", \"api_key\" or \"oauth\".",
     nullptr},
    {"source", token_source, nullptr,
     "Where it came from. \"option\", \"environment\", \"config\", \"session\" or \"none\".",
     nullptr},
    {"reason", token_reason, nullptr,
     "Why this one was chosen, for people. One line.",
     nullptr},
    {"origin", token_origin, nullptr,
     "The only origin that it may be sent to. Scheme, host and port; None when the kind is "
     "\"none\".",
     nullptr},
    {"expires_at_unix_s", token_expires_at_unix_s, nullptr,
     "When it expires: the earlier of the stored time and the JWT's own. 0 if unknown, as for API"
     " keys.",
     nullptr},
    {"is_persisted", token_is_persisted, nullptr,
     "Whether it is stored. A token that could not be saved lives in this process alone; saving "
     "is tried again at the next call. True if so, and for what need not be stored.",
     nullptr},
    {"warnings", token_warnings, nullptr,
     "All of them: one warning, for people.",
     nullptr},
    {"headers", token_headers, nullptr,
     "All of them: the name of one header and its value. SECRET: never log, print or store them.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots token_slots() {
  ClassSlots slots;
  slots.methods = token_methods;
  slots.properties = token_properties;
  slots.repr = token_repr;
  return slots;
}

}  // namespace bmauth::python
