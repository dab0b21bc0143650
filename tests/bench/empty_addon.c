// The floor of every addon: is loaded, exports nothing.
#include <node_api.h>

NAPI_MODULE_INIT() {
  (void)env;
  return exports;
}
