#include "files/exports.h"

#include <cstdint>

#include "files/transfer.h"

namespace cotangent {
namespace {

// One transfer on a thread of libuv's pool. Memory given by its address is JavaScript's to keep until the promise is
// settled.
class TransferWorker : public Napi::AsyncWorker {
 public:
  TransferWorker(Napi::Env env, const Transfer& transfer)
      : Napi::AsyncWorker(env, "cotangent.files"), promise_(Napi::Promise::Deferred::New(env)), transfer_(transfer) {}

  // Keeps what has the memory until the transfer is over.
  void Keep(const Napi::Object& owner) { owner_ = Napi::Persistent(owner); }

  Napi::Promise promise() const { return promise_.Promise(); }

  void Execute() override { result_ = Run(transfer_); }
  void OnOK() override {
    if (result_.error == 0) return promise_.Resolve(Napi::Number::New(Env(), static_cast<double>(result_.value)));
    Napi::Error error = Napi::Error::New(Env(), "the system could not transfer bytes");
    error.Set("errno", Napi::Number::New(Env(), result_.error));
    promise_.Reject(error.Value());
  }

 private:
  Napi::Promise::Deferred promise_;
  Transfer transfer_;
  Napi::ObjectReference owner_;
  TransferResult result_;
};

// An address, or where the bytes of an array are.
unsigned char* MemoryOf(const Napi::Value& value) {
  if (value.IsTypedArray()) return value.As<Napi::Uint8Array>().Data();
  return reinterpret_cast<unsigned char*>(static_cast<uintptr_t>(value.As<Napi::Number>().DoubleValue()));
}

Napi::Value Start(const Napi::CallbackInfo& info, bool is_write) {
  const bool is_array = info[2].IsTypedArray() && info[2].As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array;
  for (size_t i = 0; i < 4; i++) {
    if (!info[i].IsNumber() && !(i == 2 && is_array)) throw Napi::TypeError::New(info.Env(), "a transfer takes four numbers");
  }
  Transfer transfer;
  transfer.is_write = is_write;
  transfer.fd = info[0].As<Napi::Number>().Int32Value();
  transfer.position = info[1].As<Napi::Number>().Int64Value();
  transfer.memory = MemoryOf(info[2]);
  transfer.bytes = static_cast<size_t>(info[3].As<Napi::Number>().DoubleValue());
  transfer.is_summed = info[4].ToBoolean().Value();
  if (info[5].IsNumber()) transfer.direct_fd = info[5].As<Napi::Number>().Int32Value();
  if (is_array && transfer.bytes > info[2].As<Napi::Uint8Array>().ByteLength()) {
    throw Napi::RangeError::New(info.Env(), "the array has fewer bytes");
  }
  auto* worker = new TransferWorker(info.Env(), transfer);
  if (is_array) worker->Keep(info[2].As<Napi::Object>());
  worker->Queue();
  return worker->promise();
}

Napi::Value WriteFile(const Napi::CallbackInfo& info) { return Start(info, true); }
Napi::Value ReadFile(const Napi::CallbackInfo& info) { return Start(info, false); }

}  // namespace

void ExportFiles(Napi::Env env, Napi::Object exports) {
  if (!CanSum()) return;
  exports.Set("writeFile", Napi::Function::New(env, WriteFile, "writeFile"));
  exports.Set("readFile", Napi::Function::New(env, ReadFile, "readFile"));
}

}  // namespace cotangent
