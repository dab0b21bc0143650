#include "capi/src/guard.h"
#include "capi/src/results.h"

namespace bmauth::capi {
namespace {

// Numbers and booleans have no text of their own to lend: every one becomes a text beside its
// value, once, so that look-ups change nothing and any thread may make them.
void add_scalar_texts(core::Json& json) {
  if (core::Json::Array* array = json.array()) {
    for (core::Json& element : *array) add_scalar_texts(element);
  } else if (core::Json::Object* object = json.object()) {
    for (auto& [name, value] : *object) add_scalar_texts(value);
  } else if (!json.is_null() && json.string() == nullptr) {
    json = core::Json(json.dump());
  }
}

}  // namespace

std::unique_ptr<bmauth_report> make_handle(core::Json json) {
  auto handle = std::make_unique<bmauth_report>();
  handle->text = json.dump();
  add_scalar_texts(json);
  handle->texts = std::move(json);
  return handle;
}

}  // namespace bmauth::capi

void bmauth_report_free(bmauth_report* report) {
  delete report;
}

const char* bmauth_report_json(const bmauth_report* report) {
  return report == nullptr ? nullptr : report->text.c_str();
}

const char* bmauth_report_text(const bmauth_report* report, const char* pointer) {
  if (report == nullptr || pointer == nullptr) return nullptr;
  const bmauth::core::Json* value = report->texts.at_pointer(pointer);
  if (value == nullptr || value->string() == nullptr) return nullptr;
  return value->string()->c_str();
}

int64_t bmauth_report_count(const bmauth_report* report, const char* pointer) {
  if (report == nullptr || pointer == nullptr) return -1;
  const bmauth::core::Json* value = report->texts.at_pointer(pointer);
  if (value == nullptr) return -1;
  if (const auto* array = value->array()) return static_cast<int64_t>(array->size());
  if (const auto* object = value->object()) return static_cast<int64_t>(object->size());
  return -1;
}
