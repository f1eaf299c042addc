#include "cuda/runtime_exports.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cpu/jit.h"
#include "cuda/environment.h"
#include "fibres/fibres.h"
#include "runtime/fast_calls.h"

namespace cotangent {
namespace {

using cuda::CardEnvironment;
using Calls = FastCalls<CardEnvironment>;

// What JavaScript hears of failures.
template <typename F>
auto Guard(Napi::Env env, F&& f) {
  try {
    return f();
  } catch (const Napi::Error&) {
    throw;
  } catch (const cuda::OutOfMemoryError& error) {
    Napi::Error out = Napi::Error::New(env, error.what());
    out.Set("code", kFailureCode);
    out.Set("bytes", static_cast<double>(error.bytes));
    throw out;
  } catch (const std::exception& error) {
    Napi::Error out = Napi::Error::New(env, error.what());
    out.Set("code", kFailureCode);
    throw out;
  }
}

std::string TextOf(const Napi::Value& value) {
  const auto bytes = value.As<Napi::Uint8Array>();
  return std::string(reinterpret_cast<const char*>(bytes.Data()), bytes.ByteLength());
}

// loadPlan(image, isFibres, name, symbols, names, words, routines, constants) → the program's number.
Napi::Value LoadPlan(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  auto& runtime = *static_cast<CardEnvironment*>(info.Data());
  const auto words = info[5].As<Napi::Float64Array>();
  const auto constants = info[7].As<Napi::Uint8Array>();
  cuda::ProgramSource source{};
  source.name = info[2].As<Napi::String>();
  source.words = words.Data();
  source.num_words = words.ElementLength();
  source.symbols = StringsOf(info[3]);
  source.names = StringsOf(info[4]);
  source.routines = StringsOf(info[6]);
  source.constants = constants.Data();
  source.constant_bytes = constants.ByteLength();
  source.image = TextOf(info[0]);
  const bool is_fibres = info[1].As<Napi::Boolean>();
  const size_t id = Guard(env, [&] {
    if (is_fibres && !source.symbols.empty()) {
      const std::vector<char> object(source.image.begin(), source.image.end());
      auto code = std::make_shared<JitKernel>(std::vector<std::vector<char>>{object}, source.symbols, FibreSymbols());
      for (const std::string& s : source.symbols) source.fibres.push_back(reinterpret_cast<void*>(code->Find(s)));
      source.code = code;
    }
    return runtime.AddProgram(source);
  });
  return Napi::Number::New(env, static_cast<double>(id));
}

// assemble(ptx) → the card's machine code for it.
Napi::Value AssemblePtx(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  auto& runtime = *static_cast<CardEnvironment*>(info.Data());
  const std::string code = Guard(env, [&] { return runtime.Assemble(TextOf(info[0])); });
  auto out = Napi::Uint8Array::New(env, code.size());
  std::copy(code.begin(), code.end(), reinterpret_cast<char*>(out.Data()));
  return out;
}

void FreePlan(const Napi::CallbackInfo& info) {
  const size_t id = info[0].As<Napi::Number>().Uint32Value();
  Guard(info.Env(), [&] { static_cast<CardEnvironment*>(info.Data())->RemoveProgram(id); });
}

// startCuda(ordinal, io, state, progress, host) → the runtime of a card, see native.ts.
Napi::Value StartCuda(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const size_t ordinal = info[0].As<Napi::Number>().Uint32Value();
  CardEnvironment* runtime = Guard(env, [&] {
    const cuda::DriverOpening& opening = cuda::Driver::Get();
    if (opening.driver == nullptr) throw std::runtime_error(opening.unavailable.reason);
    const std::vector<cuda::DeviceInfo> devices = cuda::ListDevices(*opening.driver);
    if (ordinal >= devices.size()) throw std::runtime_error("there is no card " + std::to_string(ordinal));
    return Calls::Start(info, 1, [&](double* io, double* state, napi_threadsafe_function progress) {
      return new CardEnvironment(env, *opening.driver, devices[ordinal], io, state, progress);
    });
  });
  Napi::Object out = Napi::Object::New(env);
  Calls::Define(env, out, runtime);
  out.Set("loadPlan", Napi::Function::New(env, LoadPlan, "loadPlan", runtime));
  out.Set("assemble", Napi::Function::New(env, AssemblePtx, "assemble", runtime));
  out.Set("freePlan", Napi::Function::New(env, FreePlan, "freePlan", runtime));
  return out;
}

}  // namespace

void ExportCudaRuntime(Napi::Env env, Napi::Object exports) {
  exports.Set("startCuda", Napi::Function::New(env, StartCuda, "startCuda"));
}

}  // namespace cotangent
