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

PyObject* route_mode(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_mode(route->get()));
}

PyObject* route_source(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_source(route->get()));
}

PyObject* route_reason(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_reason(route->get()));
}

PyObject* route_is_explicit(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return PyBool_FromLong(bmauth_route_is_explicit(route->get()));
}

PyObject* route_project(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_project(route->get()));
}

PyObject* route_is_known(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return PyBool_FromLong(bmauth_route_is_known(route->get()));
}

PyObject* route_workspace(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_workspace(route->get()));
}

PyObject* route_base_url(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_base_url(route->get()));
}

PyObject* route_credential_kind(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_credential_kind(route->get()));
}

PyObject* route_json(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return text_or_none(bmauth_route_json(route->get()));
}

PyObject* route_warnings(PyObject* self, void*) {
  auto* route = object_in<Route>(self);
  if (route == nullptr) return nullptr;
  return list_of(route->get(), bmauth_route_warning_count, bmauth_route_warning);
}

PyObject* route_repr(PyObject* self) {
  static const Fact facts[] = {
      {"mode", route_mode},
      {"source", route_source},
      {"reason", route_reason},
      {"is_explicit", route_is_explicit},
      {"is_known", route_is_known},
      {"credential_kind", route_credential_kind},
  };
  return describe(self, class_of<Route>, facts, 6);
}

PyMethodDef route_methods[] = {
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef route_properties[] = {
    {"mode", route_mode, nullptr,
     "Local or cloud. \"local\" or \"cloud\".",
     nullptr},
    {"source", route_source, nullptr,
     "What decided. \"call\", \"environment\", \"project\", \"workspace\" or \"default\".",
     nullptr},
    {"reason", route_reason, nullptr,
     "The same in words, naming the variable, file or argument. One line.",
     nullptr},
    {"is_explicit", route_is_explicit, nullptr,
     "Whether somebody chose it explicitly: by an override in the call or by explicit routing. "
     "True if so.",
     nullptr},
    {"project", route_project, nullptr,
     "The project. The configured name of a known one, else as asked for; None if there is none.",
     nullptr},
    {"is_known", route_is_known, nullptr,
     "Whether the project is configured. True if so; false also when there is no project.",
     nullptr},
    {"workspace", route_workspace, nullptr,
     "The workspace. None if there is none.",
     nullptr},
    {"base_url", route_base_url, nullptr,
     "Where requests start. The cloud host and \"/proxy\", or the configured local URL; None if "
     "there is none.",
     nullptr},
    {"credential_kind", route_credential_kind, nullptr,
     "What kind of credential Client.headers would take. \"none\", \"api_key\" or \"oauth\"; "
     "\"none\" is no error here.",
     nullptr},
    {"json", route_json, nullptr,
     "The route as a JSON object: mode, source, reason, is_explicit, project, is_known, "
     "workspace, base_url, credential, warnings. Compact JSON.",
     nullptr},
    {"warnings", route_warnings, nullptr,
     "All of them: one warning, for people.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots route_slots() {
  ClassSlots slots;
  slots.methods = route_methods;
  slots.properties = route_properties;
  slots.repr = route_repr;
  return slots;
}

}  // namespace bmauth::python
