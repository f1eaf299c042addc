#include "cpu/jit_exports.h"

#include <stdexcept>

#include "cpu/jit.h"
#include "fibres/fibres.h"

namespace cotangent {
namespace {

// What an External points to: released early or with the External, whichever comes first.
struct KernelHandle {
  std::unique_ptr<JitKernel> kernel;
};

constexpr napi_type_tag kKernelTag = {0x636f74616e67656eULL, 0x744a69744b65726eULL};

std::string StringArgument(const Napi::CallbackInfo& info, size_t index, const char* what) {
  if (!info[index].IsString()) throw Napi::TypeError::New(info.Env(), std::string(what) + " must be a string");
  return info[index].As<Napi::String>().Utf8Value();
}

std::vector<std::string> Strings(const Napi::Env env, const Napi::Value value) {
  if (!value.IsArray()) throw Napi::TypeError::New(env, "an array of strings was expected");
  const auto array = value.As<Napi::Array>();
  std::vector<std::string> out;
  for (uint32_t i = 0; i < array.Length(); i++) out.push_back(array.Get(i).ToString().Utf8Value());
  return out;
}

JitOptions OptionsArgument(const Napi::CallbackInfo& info, size_t index) {
  JitOptions out;
  if (!info[index].IsObject()) return out;
  const auto options = info[index].As<Napi::Object>();
  const Napi::Value cpu = options.Get("cpu"), features = options.Get("features"), level = options.Get("optLevel");
  if (cpu.IsString()) out.cpu = cpu.As<Napi::String>().Utf8Value();
  if (features.IsString()) out.features = features.As<Napi::String>().Utf8Value();
  out.host = !cpu.IsString() && !features.IsString();
  if (level.IsNumber()) out.opt_level = level.As<Napi::Number>().Int32Value();
  if (out.opt_level < 0 || out.opt_level > 3) throw Napi::RangeError::New(info.Env(), "optLevel must be 0, 1, 2 or 3");
  return out;
}

// LLVM's complaints become JavaScript errors.
template <typename F>
auto Guard(Napi::Env env, F&& f) {
  try {
    return f();
  } catch (const std::runtime_error& error) {
    throw Napi::Error::New(env, error.what());
  }
}

Napi::Value Wrap(Napi::Env env, std::unique_ptr<JitKernel> kernel) {
  auto handle = Napi::External<KernelHandle>::New(env, new KernelHandle{std::move(kernel)},
                                                  [](Napi::Env, KernelHandle* held) { delete held; });
  handle.TypeTag(&kKernelTag);
  return handle;
}

KernelHandle* HandleArgument(const Napi::CallbackInfo& info) {
  if (info[0].IsExternal()) {
    const auto handle = info[0].As<Napi::External<KernelHandle>>();
    if (handle.CheckTypeTag(&kKernelTag)) return handle.Data();
  }
  throw Napi::TypeError::New(info.Env(), "the first argument must be a kernel");
}

// jitObject(ir, options?) → the object file's bytes.
Napi::Value Object(const Napi::CallbackInfo& info) {
  const std::string ir = StringArgument(info, 0, "the IR");
  const JitOptions options = OptionsArgument(info, 1);
  const std::vector<char> object = Guard(info.Env(), [&] { return CompileObject(ir, options); });
  auto out = Napi::Uint8Array::New(info.Env(), object.size());
  std::copy(object.begin(), object.end(), reinterpret_cast<char*>(out.Data()));
  return out;
}

// jitObjects(irs, options?) → their object files, made at the same time.
Napi::Value Objects(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const std::vector<std::string> irs = Strings(env, info[0]);
  const JitOptions options = OptionsArgument(info, 1);
  const std::vector<std::vector<char>> objects = Guard(env, [&] { return CompileObjects(irs, options); });
  auto out = Napi::Array::New(env, objects.size());
  for (uint32_t i = 0; i < objects.size(); i++) {
    auto bytes = Napi::Uint8Array::New(env, objects[i].size());
    std::copy(objects[i].begin(), objects[i].end(), reinterpret_cast<char*>(bytes.Data()));
    out.Set(i, bytes);
  }
  return out;
}

// jitLoad(object, symbols) → a kernel.
Napi::Value Load(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (!info[0].IsTypedArray()) throw Napi::TypeError::New(env, "the object must be a Uint8Array");
  const auto bytes = info[0].As<Napi::Uint8Array>();
  const std::vector<char> object(bytes.Data(), bytes.Data() + bytes.ByteLength());
  const std::vector<std::string> symbols = Strings(env, info[1]);
  return Wrap(env, Guard(env, [&] { return std::make_unique<JitKernel>(std::vector<std::vector<char>>{object}, symbols, FibreSymbols()); }));
}

// jitCompile(ir, symbols, options?) → a kernel.
Napi::Value Compile(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const std::string ir = StringArgument(info, 0, "the IR");
  const std::vector<std::string> symbols = Strings(env, info[1]);
  const JitOptions options = OptionsArgument(info, 2);
  return Wrap(env, Guard(env, [&] { return std::make_unique<JitKernel>(std::vector<std::vector<char>>{CompileObject(ir, options)}, symbols, FibreSymbols()); }));
}

JitKernel::Entry EntryArgument(const Napi::CallbackInfo& info) {
  const KernelHandle* handle = HandleArgument(info);
  if (!handle->kernel) throw Napi::Error::New(info.Env(), "the kernel is released");
  const std::string symbol = StringArgument(info, 1, "the symbol");
  const JitKernel::Entry entry = handle->kernel->Find(symbol);
  if (entry == nullptr) throw Napi::Error::New(info.Env(), "the kernel has no entry point '" + symbol + "'");
  return entry;
}

std::vector<void*> BuffersArgument(const Napi::CallbackInfo& info, size_t index) {
  Napi::Env env = info.Env();
  if (!info[index].IsArray()) throw Napi::TypeError::New(env, "the buffers must be an array of typed arrays");
  const auto arrays = info[index].As<Napi::Array>();
  std::vector<void*> buffers;
  for (uint32_t i = 0; i < arrays.Length(); i++) {
    const Napi::Value value = arrays.Get(i);
    if (!value.IsTypedArray()) throw Napi::TypeError::New(env, "the buffers must be an array of typed arrays");
    const auto array = value.As<Napi::TypedArray>();
    buffers.push_back(static_cast<char*>(array.ArrayBuffer().Data()) + array.ByteOffset());
  }
  return buffers;
}

// jitRun(kernel, symbol, buffers, n): calls `void symbol(ptr* buffers, i64 n)` on this thread.
void Run(const Napi::CallbackInfo& info) {
  const JitKernel::Entry entry = EntryArgument(info);
  std::vector<void*> buffers = BuffersArgument(info, 2);
  if (!info[3].IsNumber()) throw Napi::TypeError::New(info.Env(), "n must be a number");
  entry(buffers.data(), info[3].As<Napi::Number>().Int64Value());
}

// jitRunFibres(kernel, symbol, buffers, {grid, block, sharedBytes, order, seed}): runs `void symbol(ptr* buffers)` in
// every thread of a grid, on this thread.
void RunFibres(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const JitKernel::Entry entry = EntryArgument(info);
  std::vector<void*> buffers = BuffersArgument(info, 2);
  if (!info[3].IsObject()) throw Napi::TypeError::New(env, "the launch must be an object");
  const auto launch = info[3].As<Napi::Object>();
  const auto number = [&](const char* name) {
    const Napi::Value value = launch.Get(name);
    if (!value.IsNumber()) throw Napi::TypeError::New(env, std::string("the launch's ") + name + " must be a number");
    return value.As<Napi::Number>().Int64Value();
  };
  const std::string order = launch.Get("order").ToString().Utf8Value();
  FibreOrder::Kind kind = FibreOrder::Kind::kForward;
  if (order == "reverse") {
    kind = FibreOrder::Kind::kReverse;
  } else if (order == "shuffled") {
    kind = FibreOrder::Kind::kShuffled;
  } else if (order != "forward") {
    throw Napi::TypeError::New(env, "the launch's order must be forward, reverse or shuffled");
  }
  const GridLaunch grid = {info[1].As<Napi::String>().Utf8Value(),
                           reinterpret_cast<GridKernel>(reinterpret_cast<void*>(entry)),
                           static_cast<int32_t>(number("grid")),
                           static_cast<int32_t>(number("block")),
                           static_cast<size_t>(number("sharedBytes")),
                           {kind, static_cast<uint64_t>(number("seed"))}};
  Guard(env, [&] { RunGrid(grid, buffers.data()); });
}

// jitRelease(kernel): unloads its code now; releasing twice does nothing.
void Release(const Napi::CallbackInfo& info) { HandleArgument(info)->kernel.reset(); }

// jitTarget() → what is compiled for by default.
Napi::Value Target(const Napi::CallbackInfo& info) {
  const JitTarget target = HostTarget();
  auto out = Napi::Object::New(info.Env());
  out.Set("cpu", target.cpu);
  out.Set("features", target.features);
  return out;
}

Napi::Value Version(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), LlvmVersion()); }

}  // namespace

void ExportJit(Napi::Env env, Napi::Object exports) {
  exports.Set("llvmVersion", Napi::Function::New(env, Version, "llvmVersion"));
  exports.Set("jitObject", Napi::Function::New(env, Object, "jitObject"));
  exports.Set("jitTarget", Napi::Function::New(env, Target, "jitTarget"));
  exports.Set("jitObjects", Napi::Function::New(env, Objects, "jitObjects"));
  exports.Set("jitLoad", Napi::Function::New(env, Load, "jitLoad"));
  exports.Set("jitCompile", Napi::Function::New(env, Compile, "jitCompile"));
  exports.Set("jitRun", Napi::Function::New(env, Run, "jitRun"));
  exports.Set("jitRunFibres", Napi::Function::New(env, RunFibres, "jitRunFibres"));
  exports.Set("jitRelease", Napi::Function::New(env, Release, "jitRelease"));
}

}  // namespace cotangent
