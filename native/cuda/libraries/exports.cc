#include "cuda/libraries/exports.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cuda/libraries/routine.h"
#include "cuda/staging.h"

namespace cotangent {
namespace {

using namespace cuda;

// The first card, for calls one by one.
struct Card {
  explicit Card(const Driver& driver)
      : context(driver, ListDevices(driver).at(0)), stream(context), pool(context), staging(stream), libraries(context) {}

  Context context;
  Stream stream;
  Pool pool;
  Staging staging;
  Libraries libraries;
};

Card& TheCard() {
  // Never closed: the driver may be gone when the process ends.
  static Card* card = nullptr;
  if (card == nullptr) {
    const DriverOpening& opening = Driver::Get();
    if (opening.driver == nullptr) throw std::runtime_error(opening.unavailable.reason);
    card = new Card(*opening.driver);
  }
  card->context.MakeCurrent();
  return *card;
}

// cudaCallLibrary(name, buffers, params): one call on memory that is copied to the first card and back; for tests.
Napi::Value CallLibrary(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const std::string name = info[0].As<Napi::String>();
  const Napi::Array buffers = info[1].As<Napi::Array>();
  const Napi::Array numbers = info[2].As<Napi::Array>();
  const LibraryRoutine routine = FindLibraryRoutine(name.c_str());
  if (routine == nullptr) throw Napi::Error::New(env, "no routine of a library is called '" + name + "'");
  std::vector<int64_t> params;
  for (uint32_t i = 0; i < numbers.Length(); i++) params.push_back(numbers.Get(i).As<Napi::Number>().Int64Value());
  try {
    Card& card = TheCard();
    std::vector<DevicePointer> args;
    std::map<uint8_t*, std::pair<DevicePointer, size_t>> blocks;  // one, for a buffer that is given twice
    for (uint32_t i = 0; i < buffers.Length(); i++) {
      Napi::Uint8Array array = buffers.Get(i).As<Napi::Uint8Array>();
      const size_t bytes = array.ByteLength();
      auto [block, is_new] = blocks.try_emplace(array.Data(), 0, bytes);
      if (is_new) {
        block->second.first = card.pool.Allocate(bytes, card.stream);
        card.staging.Upload(block->second.first, array.Data(), bytes);
      }
      args.push_back(block->second.first);
    }
    const auto free_all = [&] {
      for (const auto& [data, block] : blocks) card.pool.Free(block.first);
    };
    try {
      PoolScratch scratch(card.pool, card.stream);
      routine({card.stream, card.libraries, scratch, args.data(), params.data(), static_cast<int64_t>(params.size())});
      for (const auto& [data, block] : blocks) card.staging.Download(data, block.first, block.second);
    } catch (...) {
      free_all();
      throw;
    }
    free_all();
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
  return env.Undefined();
}

}  // namespace

void ExportCudaLibraries(Napi::Env env, Napi::Object exports) {
  exports.Set("cudaCallLibrary", Napi::Function::New(env, CallLibrary, "cudaCallLibrary"));
}

}  // namespace cotangent
