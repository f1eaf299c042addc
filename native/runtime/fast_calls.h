// The calls that an environment of any device has: plain Node-API, arguments and results in the arrays that it shares with
// JavaScript.
#pragma once

#include <napi.h>
#include <node_api.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace cotangent {

// The code of errors that are the device's, not of what it calls; native.ts knows it.
constexpr const char* kFailureCode = "COTANGENT_DEVICE";

struct Bytes {
  void* data = nullptr;
  size_t length = 0;
};

inline Bytes BytesOfArray(napi_env env, napi_value value) {
  static constexpr size_t kWidths[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  napi_typedarray_type type;
  Bytes out;
  size_t length = 0;
  if (napi_get_typedarray_info(env, value, &type, &length, &out.data, nullptr, nullptr) != napi_ok) return {};
  out.length = length * kWidths[type];
  return out;
}

inline std::vector<std::string> StringsOf(Napi::Value value) {
  const auto array = value.As<Napi::Array>();
  std::vector<std::string> out;
  for (uint32_t i = 0; i < array.Length(); i++) out.push_back(array.Get(i).As<Napi::String>().Utf8Value());
  return out;
}

template <typename E>
class FastCalls {
 public:
  static E& Called(napi_env env, napi_callback_info info, size_t* argc = nullptr, napi_value* argv = nullptr) {
    void* data = nullptr;
    napi_get_cb_info(env, info, argc, argv, nullptr, &data);
    return *static_cast<E*>(data);
  }

  // Sets the calls on an object; `environment` is what they are made of.
  static void Define(Napi::Env env, Napi::Object out, E* environment) {
    const std::pair<const char*, napi_callback> calls[] = {
        {"execute", Execute}, {"allocate", Allocate}, {"free", Free},       {"track", Track},
        {"sweep", Sweep},     {"trim", Trim},         {"read", Read},       {"write", Write},
        {"wait", Wait},       {"notify", Notify},     {"settled", Settled}, {"failure", TakeFailure}};
    for (const auto& [name, callback] : calls) DefineOne(env, out, environment, name, callback);
    out.Set("grow", Napi::Function::New(env, Grow, "grow", environment));
  }
  static void DefineOne(Napi::Env env, Napi::Object out, E* environment, const char* name, napi_callback callback) {
    napi_value function = nullptr;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, environment, &function);
    out.Set(name, function);
  }

  // (…, io, state, progress, host) from argument `at` on: an environment made by `make(io, state, progress)`, which goes
  // away with JavaScript's.
  template <typename Make>
  static E* Start(const Napi::CallbackInfo& info, size_t at, Make&& make) {
    Napi::Env env = info.Env();
    if (!info[at].IsTypedArray() || !info[at + 1].IsTypedArray() || !info[at + 2].IsFunction() ||
        !info[at + 3].IsFunction()) {
      throw Napi::TypeError::New(env, "a runtime takes two arrays and two functions");
    }
    auto io = info[at].As<Napi::Float64Array>(), state = info[at + 1].As<Napi::Float64Array>();
    napi_threadsafe_function progress = nullptr;
    napi_create_threadsafe_function(env, info[at + 2], nullptr, Napi::String::New(env, "cotangent"), 0, 1, nullptr,
                                    nullptr, nullptr, nullptr, &progress);
    napi_unref_threadsafe_function(env, progress);
    E* environment = make(io.Data(), state.Data(), progress);
    // After the function above, so that this comes first at the end: nothing may run when that goes.
    napi_add_env_cleanup_hook(env, [](void* data) { delete static_cast<E*>(data); }, environment);
    napi_ref refs[3];
    for (size_t i = 0; i < 3; i++) {
      napi_create_reference(env, info[at + (i == 2 ? 3 : i)], 1, &refs[i]);
      environment->keep(refs[i]);
    }
    environment->set_host(refs[2]);
    return environment;
  }

 private:
  static void* AddressArgument(E& runtime) {
    return reinterpret_cast<void*>(static_cast<uintptr_t>(runtime.io()[0]));
  }

  // What went wrong becomes JavaScript's.
  template <typename F>
  static void Guard(napi_env env, F&& f) {
    try {
      f();
    } catch (const std::exception& error) {
      bool pending = false;
      napi_is_exception_pending(env, &pending);
      if (!pending) napi_throw_error(env, kFailureCode, error.what());
    }
  }

  static napi_value Execute(napi_env env, napi_callback_info info) {
    Guard(env, [&] { Called(env, info).Execute(env); });
    return nullptr;
  }

  // io: bytes, whether for use at once, whether to ignore the budget → the address.
  static napi_value Allocate(napi_env env, napi_callback_info info) {
    Guard(env, [&] {
      E& runtime = Called(env, info);
      double* io = runtime.io();
      void* block = runtime.Allocate(static_cast<size_t>(io[0]), io[1] != 0, io[2] != 0);
      io[0] = static_cast<double>(reinterpret_cast<uintptr_t>(block));
    });
    return nullptr;
  }

  static napi_value Free(napi_env env, napi_callback_info info) {
    Guard(env, [&] {
      E& runtime = Called(env, info);
      runtime.Free(env, AddressArgument(runtime));
    });
    return nullptr;
  }

  // track(owner); io: the address.
  static napi_value Track(napi_env env, napi_callback_info info) {
    size_t argc = 1;
    napi_value owner = nullptr;
    E& runtime = Called(env, info, &argc, &owner);
    runtime.Track(env, AddressArgument(runtime), owner);
    return nullptr;
  }

  // sweep(): how many blocks were freed.
  static napi_value Sweep(napi_env env, napi_callback_info info) {
    napi_value out = nullptr;
    Guard(env, [&] { napi_create_double(env, static_cast<double>(Called(env, info).Sweep(env)), &out); });
    return out;
  }

  // trim(): gives all free memory back to the system.
  static napi_value Trim(napi_env env, napi_callback_info info) {
    Guard(env, [&] { Called(env, info).Trim(); });
    return nullptr;
  }

  // read(array), write(array); io: the address.
  static napi_value Read(napi_env env, napi_callback_info info) {
    size_t argc = 1;
    napi_value array = nullptr;
    E& runtime = Called(env, info, &argc, &array);
    const Bytes to = BytesOfArray(env, array);
    if (to.length > 0) Guard(env, [&] { runtime.Read(to.data, AddressArgument(runtime), to.length); });
    return nullptr;
  }

  static napi_value Write(napi_env env, napi_callback_info info) {
    size_t argc = 1;
    napi_value array = nullptr;
    E& runtime = Called(env, info, &argc, &array);
    const Bytes from = BytesOfArray(env, array);
    if (from.length > 0) Guard(env, [&] { runtime.Write(AddressArgument(runtime), from.data, from.length); });
    return nullptr;
  }

  // wait(), notify(); io: the submission.
  static napi_value Wait(napi_env env, napi_callback_info info) {
    E& runtime = Called(env, info);
    Guard(env, [&] { runtime.Wait(static_cast<uint64_t>(runtime.io()[0])); });
    return nullptr;
  }

  static napi_value Notify(napi_env env, napi_callback_info info) {
    E& runtime = Called(env, info);
    napi_ref_threadsafe_function(env, runtime.progress());
    Guard(env, [&] { runtime.Notify(static_cast<uint64_t>(runtime.io()[0])); });
    return nullptr;
  }

  // failure(): the message, if there is one; io: → first, last, bytes.
  static napi_value TakeFailure(napi_env env, napi_callback_info info) {
    const std::string message = Called(env, info).TakeFailure();
    napi_value out = nullptr;
    if (!message.empty()) napi_create_string_utf8(env, message.c_str(), message.size(), &out);
    return out;
  }

  // settled(): nobody waits for a notification, so that the process may end.
  static napi_value Settled(napi_env env, napi_callback_info info) {
    napi_unref_threadsafe_function(env, Called(env, info).progress());
    return nullptr;
  }

  // grow(io): a longer array in place of the first.
  static void Grow(const Napi::CallbackInfo& info) {
    auto& runtime = *static_cast<E*>(info.Data());
    auto io = info[0].As<Napi::Float64Array>();
    napi_ref ref = nullptr;
    napi_create_reference(info.Env(), io, 1, &ref);
    runtime.keep(ref);
    runtime.set_io(io.Data());
  }
};

}  // namespace cotangent
