#include "cuda/exports.h"

#include "cuda/device.h"

namespace cotangent {
namespace {

Napi::Object Refused(Napi::Env env, const cuda::Unavailable& why) {
  Napi::Object out = Napi::Object::New(env);
  out.Set("ok", false);
  out.Set("kind", cuda::NameOf(why.kind));
  out.Set("reason", why.reason);
  Napi::Array searched = Napi::Array::New(env);
  for (size_t i = 0; i < why.searched.size(); i++) searched.Set(static_cast<uint32_t>(i), why.searched[i]);
  out.Set("searched", searched);
  out.Set("remedy", why.remedy);
  return out;
}

// cudaProbe() → the driver and its cards, or why there are none; see native.ts.
Napi::Value Probe(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const cuda::DriverOpening& opening = cuda::Driver::Get();
  if (opening.driver == nullptr) return Refused(env, opening.unavailable);
  const cuda::Driver& driver = *opening.driver;
  try {
    Napi::Array cards = Napi::Array::New(env);
    for (const cuda::DeviceInfo& device : cuda::ListDevices(driver)) {
      Napi::Object card = Napi::Object::New(env);
      card.Set("name", device.name);
      card.Set("memoryBytes", static_cast<double>(device.memory_bytes));
      card.Set("computeCapability", std::to_string(device.major) + "." + std::to_string(device.minor));
      card.Set("multiprocessors", device.multiprocessors);
      cards.Set(static_cast<uint32_t>(device.ordinal), card);
    }
    Napi::Object out = Napi::Object::New(env);
    out.Set("ok", true);
    out.Set("path", driver.path());
    out.Set("version", cuda::VersionText(driver.version()));
    out.Set("cards", cards);
    return out;
  } catch (const cuda::DriverError& error) {
    throw Napi::Error::New(env, error.what());
  }
}

}  // namespace

void ExportCuda(Napi::Env env, Napi::Object exports) {
  exports.Set("cudaProbe", Napi::Function::New(env, Probe, "cudaProbe"));
}

}  // namespace cotangent
