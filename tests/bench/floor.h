// What the warm calls are held against, in a shared object of its own: both go through the PLT.
#pragma once

#include <cstdint>

#define BENCH_API __attribute__((visibility("default")))

extern "C" {

// Sets what the copies copy.
BENCH_API void bench_set_text(const char* text);
// The least that a copy into the caller's memory can cost.
BENCH_API int bench_copy(char* buffer, std::int64_t capacity_bytes, std::int64_t* length_bytes);
// The same under a mutex, as it is usually written.
BENCH_API int bench_copy_locked(char* buffer, std::int64_t capacity_bytes,
                                std::int64_t* length_bytes);
}
