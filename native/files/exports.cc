#include "files/exports.h"

#include <cstdint>
#include <utility>

#include "files/transfer.h"

namespace cotangent {
namespace {

using Transferring = TransferResult (*)(const Transfer&);

// One transfer on a thread of libuv's pool. Memory given by its address is JavaScript's to keep until the promise is
// settled.
class TransferWorker : public Napi::AsyncWorker {
 public:
  TransferWorker(Napi::Env env, Transferring run, Transfer transfer)
      : Napi::AsyncWorker(env, "cotangent.files"),
        promise_(Napi::Promise::Deferred::New(env)),
        run_(run),
        transfer_(std::move(transfer)) {}

  // Keeps what has memory until the transfer is over.
  void Keep(const Napi::Object& owner) { owner_ = Napi::Persistent(owner); }

  Napi::Promise promise() const { return promise_.Promise(); }

  void Execute() override { result_ = run_(transfer_); }
  void OnOK() override {
    if (result_.error == 0) {
      Napi::Array sums = Napi::Array::New(Env(), result_.sums.size());
      for (uint32_t i = 0; i < sums.Length(); i++) sums[i] = Napi::Number::New(Env(), result_.sums[i]);
      return promise_.Resolve(sums);
    }
    Napi::Error error = Napi::Error::New(Env(), "the system could not transfer bytes");
    error.Set("errno", Napi::Number::New(Env(), result_.error));
    promise_.Reject(error.Value());
  }

 private:
  Napi::Promise::Deferred promise_;
  Transferring run_;
  Transfer transfer_;
  Napi::ObjectReference owner_;
  TransferResult result_;
};

// { memory, byteLength }, where memory is an address or an array of bytes.
MemoryPart PartOf(const Napi::Object& part) {
  const Napi::Value memory = part.Get("memory");
  const auto bytes = static_cast<size_t>(part.Get("byteLength").As<Napi::Number>().DoubleValue());
  if (!memory.IsTypedArray()) {
    const double address = memory.As<Napi::Number>().DoubleValue();
    return {reinterpret_cast<unsigned char*>(static_cast<uintptr_t>(address)), bytes};
  }
  auto array = memory.As<Napi::Uint8Array>();
  if (bytes > array.ByteLength()) throw Napi::RangeError::New(part.Env(), "the array has fewer bytes");
  return {array.Data(), bytes};
}

Napi::Value Start(const Napi::CallbackInfo& info, Transferring run) {
  const Napi::Env env = info.Env();
  if (!info[0].IsNumber() || !info[1].IsNumber() || !info[2].IsArray()) {
    throw Napi::TypeError::New(env, "a transfer takes a descriptor, a position and parts of memory");
  }
  auto parts = info[2].As<Napi::Array>();
  Transfer transfer;
  transfer.fd = info[0].As<Napi::Number>().Int32Value();
  transfer.position = info[1].As<Napi::Number>().Int64Value();
  transfer.is_summed = info[3].ToBoolean().Value();
  if (info[4].IsNumber()) transfer.direct_fd = info[4].As<Napi::Number>().Int32Value();
  transfer.parts.reserve(parts.Length());
  for (uint32_t i = 0; i < parts.Length(); i++) {
    const Napi::HandleScope scope(env);
    transfer.parts.push_back(PartOf(parts.Get(i).As<Napi::Object>()));
  }
  auto* worker = new TransferWorker(env, run, std::move(transfer));
  worker->Keep(parts);
  worker->Queue();
  return worker->promise();
}

Napi::Value WriteFile(const Napi::CallbackInfo& info) { return Start(info, Write); }
Napi::Value ReadFile(const Napi::CallbackInfo& info) { return Start(info, Read); }

}  // namespace

void ExportFiles(Napi::Env env, Napi::Object exports) {
  if (!CanSum()) return;
  exports.Set("writeFile", Napi::Function::New(env, WriteFile, "writeFile"));
  exports.Set("readFile", Napi::Function::New(env, ReadFile, "readFile"));
}

}  // namespace cotangent
