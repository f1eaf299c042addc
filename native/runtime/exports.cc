#include "runtime/exports.h"

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "cpu/jit.h"
#include "runtime/environment.h"

namespace cotangent {
namespace {

// ---- The fast calls: plain Node-API, arguments and results in the shared arrays.

Environment& Called(napi_env env, napi_callback_info info, size_t* argc = nullptr, napi_value* argv = nullptr) {
  void* data = nullptr;
  napi_get_cb_info(env, info, argc, argv, nullptr, &data);
  return *static_cast<Environment*>(data);
}

void* AddressArgument(Environment& runtime) {
  return reinterpret_cast<void*>(static_cast<uintptr_t>(runtime.io()[0]));
}

napi_value Execute(napi_env env, napi_callback_info info) {
  Called(env, info).Execute(env);
  return nullptr;
}

// io: bytes, whether for use at once, whether to ignore the budget → the address.
napi_value Allocate(napi_env env, napi_callback_info info) {
  Environment& runtime = Called(env, info);
  double* io = runtime.io();
  void* block = runtime.Allocate(static_cast<size_t>(io[0]), io[1] != 0, io[2] != 0);
  io[0] = static_cast<double>(reinterpret_cast<uintptr_t>(block));
  return nullptr;
}

// slab(): an ArrayBuffer over new memory; io: bytes, whether to ignore the budget → the address.
napi_value Slab(napi_env env, napi_callback_info info) {
  Environment& runtime = Called(env, info);
  double* io = runtime.io();
  const auto bytes = static_cast<size_t>(io[0]);
  void* block = runtime.Allocate(bytes, true, io[1] != 0);
  io[0] = static_cast<double>(reinterpret_cast<uintptr_t>(block));
  if (block == nullptr) return nullptr;
  std::memset(block, 0, 2 * sizeof(double));
  Memory::HeaderOf(block)->kind = kSlab;
  napi_value out = nullptr;
  // The memory is not the ArrayBuffer's: it goes with the object that owns the slab.
  if (napi_create_external_arraybuffer(env, block, bytes, [](napi_env, void*, void*) {}, nullptr, &out) != napi_ok) {
    runtime.Free(env, block);
    return nullptr;
  }
  return out;
}

napi_value Free(napi_env env, napi_callback_info info) {
  Environment& runtime = Called(env, info);
  runtime.Free(env, AddressArgument(runtime));
  return nullptr;
}

// track(owner); io: the address.
napi_value Track(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value owner = nullptr;
  Environment& runtime = Called(env, info, &argc, &owner);
  runtime.Track(env, AddressArgument(runtime), owner);
  return nullptr;
}

// sweep(): how many blocks were freed.
napi_value Sweep(napi_env env, napi_callback_info info) {
  napi_value out = nullptr;
  napi_create_double(env, static_cast<double>(Called(env, info).Sweep(env)), &out);
  return out;
}

// trim(): gives all free memory back to the system.
napi_value Trim(napi_env env, napi_callback_info info) {
  Called(env, info).Trim();
  return nullptr;
}

struct Bytes {
  void* data = nullptr;
  size_t length = 0;
};

Bytes TypedArray(napi_env env, napi_value value) {
  static constexpr size_t kWidths[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  napi_typedarray_type type;
  Bytes out;
  size_t length = 0;
  if (napi_get_typedarray_info(env, value, &type, &length, &out.data, nullptr, nullptr) != napi_ok) return {};
  out.length = length * kWidths[type];
  return out;
}

// read(array), write(array); io: the address.
napi_value Read(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value array = nullptr;
  Environment& runtime = Called(env, info, &argc, &array);
  const Bytes to = TypedArray(env, array);
  if (to.length > 0) std::memcpy(to.data, AddressArgument(runtime), to.length);
  return nullptr;
}

napi_value Write(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value array = nullptr;
  Environment& runtime = Called(env, info, &argc, &array);
  const Bytes from = TypedArray(env, array);
  if (from.length > 0) std::memcpy(AddressArgument(runtime), from.data, from.length);
  return nullptr;
}

// wait(), notify(); io: the submission.
napi_value Wait(napi_env env, napi_callback_info info) {
  Environment& runtime = Called(env, info);
  runtime.Wait(static_cast<uint64_t>(runtime.io()[0]));
  return nullptr;
}

napi_value Notify(napi_env env, napi_callback_info info) {
  Environment& runtime = Called(env, info);
  napi_ref_threadsafe_function(env, runtime.progress());
  runtime.stream().Notify(static_cast<uint64_t>(runtime.io()[0]));
  return nullptr;
}

// failure(); io: → first, last, bytes.
napi_value TakeFailure(napi_env env, napi_callback_info info) {
  Called(env, info).TakeFailure();
  return nullptr;
}

// settled(): nobody waits for a notification, so that the process may end.
napi_value Settled(napi_env env, napi_callback_info info) {
  napi_unref_threadsafe_function(env, Called(env, info).progress());
  return nullptr;
}

// ---- What is called once for a plan.

template <typename F>
auto Guard(Napi::Env env, F&& f) {
  try {
    return f();
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

std::vector<std::string> Strings(Napi::Value value) {
  const auto array = value.As<Napi::Array>();
  std::vector<std::string> out;
  for (uint32_t i = 0; i < array.Length(); i++) out.push_back(array.Get(i).As<Napi::String>().Utf8Value());
  return out;
}

// loadPlan(objects, symbols, words, routines, constants) → the plan's number.
Napi::Value LoadPlan(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  auto& runtime = *static_cast<Environment*>(info.Data());
  const auto list = info[0].As<Napi::Array>();
  std::vector<std::vector<char>> objects;
  for (uint32_t i = 0; i < list.Length(); i++) {
    const auto bytes = list.Get(i).As<Napi::Uint8Array>();
    objects.emplace_back(bytes.Data(), bytes.Data() + bytes.ByteLength());
  }
  const std::vector<std::string> symbols = Strings(info[1]);
  const auto words = info[2].As<Napi::Float64Array>();
  const auto constants = info[4].As<Napi::Uint8Array>();
  PlanSource source{words.Data(), words.ElementLength(), {}, Strings(info[3]), constants.Data(), constants.ByteLength()};
  const size_t id = Guard(env, [&] {
    std::shared_ptr<JitKernel> code;
    if (!symbols.empty()) {
      code = std::make_shared<JitKernel>(objects, symbols);
      for (const std::string& symbol : symbols) source.symbols.push_back(reinterpret_cast<void*>(code->Find(symbol)));
    }
    std::shared_ptr<Plan> plan = DecodePlan(source);
    plan->code = code;
    return runtime.AddPlan(std::move(plan));
  });
  return Napi::Number::New(env, static_cast<double>(id));
}

void FreePlan(const Napi::CallbackInfo& info) {
  static_cast<Environment*>(info.Data())->RemovePlan(info[0].As<Napi::Number>().Uint32Value());
}

// grow(io): a longer array in place of the first.
void Grow(const Napi::CallbackInfo& info) {
  auto& runtime = *static_cast<Environment*>(info.Data());
  auto io = info[0].As<Napi::Float64Array>();
  napi_ref ref = nullptr;
  napi_create_reference(info.Env(), io, 1, &ref);
  runtime.keep(ref);
  runtime.set_io(io.Data());
}

Napi::Value StartRuntime(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (!info[0].IsTypedArray() || !info[1].IsTypedArray() || !info[2].IsFunction() || !info[3].IsFunction()) {
    throw Napi::TypeError::New(env, "startRuntime takes two arrays and two functions");
  }
  auto io = info[0].As<Napi::Float64Array>(), state = info[1].As<Napi::Float64Array>();
  napi_threadsafe_function progress = nullptr;
  napi_create_threadsafe_function(env, info[2], nullptr, Napi::String::New(env, "cotangent"), 0, 1, nullptr, nullptr,
                                  nullptr, nullptr, &progress);
  napi_unref_threadsafe_function(env, progress);
  auto* runtime = new Environment(env, io.Data(), state.Data(), progress);
  // After the function above, so that this comes first at the end: nothing may run when that goes.
  napi_add_env_cleanup_hook(env, [](void* data) { delete static_cast<Environment*>(data); }, runtime);
  napi_ref refs[3];
  for (int i = 0; i < 3; i++) {
    napi_create_reference(env, i == 2 ? info[3] : info[static_cast<size_t>(i)], 1, &refs[i]);
    runtime->keep(refs[i]);
  }
  runtime->set_host(refs[2]);

  Napi::Object out = Napi::Object::New(env);
  const std::pair<const char*, napi_callback> fast[] = {
      {"execute", Execute}, {"allocate", Allocate}, {"slab", Slab},     {"free", Free},
      {"track", Track},     {"sweep", Sweep},       {"trim", Trim},     {"read", Read},
      {"write", Write},     {"wait", Wait},         {"notify", Notify}, {"settled", Settled},
      {"failure", TakeFailure}};
  for (const auto& [name, callback] : fast) {
    napi_value function = nullptr;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, runtime, &function);
    out.Set(name, function);
  }
  out.Set("loadPlan", Napi::Function::New(env, LoadPlan, "loadPlan", runtime));
  out.Set("freePlan", Napi::Function::New(env, FreePlan, "freePlan", runtime));
  out.Set("grow", Napi::Function::New(env, Grow, "grow", runtime));
  return out;
}

}  // namespace

// hasRoutine(name): whether plans can call it.
static Napi::Value HasRoutine(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  return Napi::Boolean::New(info.Env(), FindRoutine(name.c_str()) != nullptr);
}

void ExportRuntime(Napi::Env env, Napi::Object exports) {
  exports.Set("hasRoutine", Napi::Function::New(env, HasRoutine, "hasRoutine"));
  exports.Set("startRuntime", Napi::Function::New(env, StartRuntime, "startRuntime"));
}

}  // namespace cotangent
