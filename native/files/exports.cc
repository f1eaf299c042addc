#include "files/exports.h"

#include <cstdint>

#include "files/transfer.h"

namespace cotangent {
namespace {

// One transfer on a thread of libuv's pool. Its memory is JavaScript's to keep until the promise is settled.
class TransferWorker : public Napi::AsyncWorker {
 public:
  TransferWorker(Napi::Env env, const Transfer& transfer)
      : Napi::AsyncWorker(env, "cotangent.files"), promise_(Napi::Promise::Deferred::New(env)), transfer_(transfer) {}

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
  TransferResult result_;
};

Napi::Value Start(const Napi::CallbackInfo& info, bool is_write) {
  for (size_t i = 0; i < 4; i++) {
    if (!info[i].IsNumber()) throw Napi::TypeError::New(info.Env(), "a transfer takes four numbers");
  }
  Transfer transfer;
  transfer.is_write = is_write;
  transfer.fd = info[0].As<Napi::Number>().Int32Value();
  transfer.position = info[1].As<Napi::Number>().Int64Value();
  transfer.memory = reinterpret_cast<unsigned char*>(static_cast<uintptr_t>(info[2].As<Napi::Number>().DoubleValue()));
  transfer.bytes = static_cast<size_t>(info[3].As<Napi::Number>().DoubleValue());
  transfer.is_summed = is_write || info[4].ToBoolean().Value();
  auto* worker = new TransferWorker(info.Env(), transfer);
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
