#include "runtime/exports.h"

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "cpu/jit.h"
#include "runtime/environment.h"
#include "runtime/fast_calls.h"

namespace cotangent {
namespace {

using Calls = FastCalls<Environment>;

// slab(): an ArrayBuffer over new memory; io: bytes, whether to ignore the budget → the address.
napi_value Slab(napi_env env, napi_callback_info info) {
  Environment& runtime = Calls::Called(env, info);
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

// ---- What is called once for a plan.

template <typename F>
auto Guard(Napi::Env env, F&& f) {
  try {
    return f();
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
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
  const std::vector<std::string> symbols = StringsOf(info[1]);
  const auto words = info[2].As<Napi::Float64Array>();
  const auto constants = info[4].As<Napi::Uint8Array>();
  PlanSource source{words.Data(), words.ElementLength(), {}, StringsOf(info[3]), constants.Data(), constants.ByteLength()};
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

Napi::Value StartRuntime(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  Environment* runtime = Calls::Start(info, 0, [&](double* io, double* state, napi_threadsafe_function progress) {
    return new Environment(env, io, state, progress);
  });
  Napi::Object out = Napi::Object::New(env);
  Calls::Define(env, out, runtime);
  Calls::DefineOne(env, out, runtime, "slab", Slab);
  out.Set("loadPlan", Napi::Function::New(env, LoadPlan, "loadPlan", runtime));
  out.Set("freePlan", Napi::Function::New(env, FreePlan, "freePlan", runtime));
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
