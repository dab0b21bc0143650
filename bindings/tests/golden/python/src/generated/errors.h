// Generated from bindings/spec by bmauth_gen; do not edit.
// The rows of the error table as exception classes, and the facts that each carries.
#pragma once

#include "../errors.h"
#include "../values.h"

namespace bmauth::python {

inline const ErrorName kErrorNames[] = {
    {BMAUTH_E_INVALID_ARGUMENT, "InvalidArgumentError", &PyExc_ValueError},
    {BMAUTH_E_BOX_FULL, "BoxFullError", nullptr},
    {BMAUTH_E_INTERNAL, "InternalError", nullptr},
};

// What holds for every error of a code, as class attributes.
inline bool set_known_facts(PyObject* facts, bmauth_code code) {
  return set_fact(facts, "code", PyLong_FromLong(code)) &&
         set_fact(facts, "name", text_or_none(bmauth_code_name(code))) &&
         set_fact(facts, "message", text_or_none("")) &&
         set_fact(facts, "retry_after_ms",
                  number_or_none(bmauth_error_retry_after_ms(nullptr), -1));
}

// What holds for this error.
inline bool set_error_facts(PyObject* raised, const bmauth_error* error) {
  return set_attribute(raised, "code", PyLong_FromLongLong(bmauth_error_code(error))) &&
         set_attribute(raised, "name", text_or_none(bmauth_error_name(error))) &&
         set_attribute(raised, "message", text_or_none(bmauth_error_message(error))) &&
         set_attribute(raised, "retry_after_ms",
                       number_or_none(bmauth_error_retry_after_ms(error), -1));
}

}  // namespace bmauth::python
