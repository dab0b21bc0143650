// The floor of every method: belongs to a class, does nothing.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *nothing(PyObject *self, PyObject *unused) {
  (void)self;
  (void)unused;
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"nothing", nothing, METH_NOARGS, "Does nothing."},
                                {NULL, NULL, 0, NULL}};

static PyTypeObject empty_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "empty_class.Empty",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "One method that does nothing.",
    .tp_methods = methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "empty_class",
                                        .m_size = -1};

PyMODINIT_FUNC PyInit_empty_class(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module != NULL && PyModule_AddType(module, &empty_type) != 0) Py_CLEAR(module);
  return module;
}
