// What an environment of any device asks of the JavaScript that it belongs to.
#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>

namespace cotangent {

// Whether it may still run. A worker that was ended learns of it nowhere else while it runs native code.
inline bool JavaScriptMayRun(napi_env env) {
  napi_handle_scope scope = nullptr;
  napi_open_handle_scope(env, &scope);
  napi_value script = nullptr, ignored = nullptr;
  napi_create_string_utf8(env, "0", 1, &script);
  const bool may = napi_run_script(env, script, &ignored) == napi_ok;
  napi_close_handle_scope(env, scope);
  return may;
}

// Calls `gone(i)` for each of `count` weak references, `reference(i)`, whose object was collected, the last one first: what
// is behind it may move into its place. How many there were.
template <typename Reference, typename Gone>
size_t SweepReferences(napi_env env, size_t count, Reference&& reference, Gone&& gone) {
  size_t swept = 0;
  constexpr size_t kScope = 1024;  // handles before they are let go
  napi_handle_scope scope = nullptr;
  for (size_t i = count, seen = 0; i-- > 0; seen++) {
    if (seen % kScope == 0) {
      if (scope != nullptr) napi_close_handle_scope(env, scope);
      napi_open_handle_scope(env, &scope);
    }
    napi_value object = nullptr;
    if (napi_get_reference_value(env, reference(i), &object) != napi_ok || object != nullptr) continue;
    gone(i);
    swept++;
  }
  if (scope != nullptr) napi_close_handle_scope(env, scope);
  return swept;
}

// Calls the function that stands for the host. False when it threw.
inline bool CallHostFunction(napi_env env, napi_ref function, int64_t callback, size_t operands, size_t results) {
  napi_handle_scope scope = nullptr;
  napi_open_handle_scope(env, &scope);
  napi_value host, receiver, values[3];
  napi_get_reference_value(env, function, &host);
  napi_get_undefined(env, &receiver);
  napi_create_int64(env, callback, &values[0]);
  napi_create_int64(env, static_cast<int64_t>(operands), &values[1]);
  napi_create_int64(env, static_cast<int64_t>(results), &values[2]);
  const bool ok = napi_call_function(env, receiver, host, 3, values, nullptr) == napi_ok;
  napi_close_handle_scope(env, scope);
  return ok;
}

}  // namespace cotangent
