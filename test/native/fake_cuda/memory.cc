// Memory of the card and of the host, and copies.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "fake_cuda.h"

namespace cotangent::cuda::fake {
namespace {

constexpr size_t kGuardBytes = 512;
constexpr unsigned char kGuard = 0xA7;

size_t Used(const std::map<DevicePointer, Block>& memory) {
  size_t sum = 0;
  for (const auto& entry : memory) sum += entry.second.bytes;
  return sum;
}

Result Copy(StreamHandle stream, void* to, const void* from, size_t bytes) {
  return Submit(stream, {[=] { std::memcpy(to, from, bytes); }});
}

}  // namespace

std::string Place(DevicePointer pointer) {
  auto at = state().memory.upper_bound(pointer);
  if (at == state().memory.begin()) return "nowhere";
  --at;
  const size_t offset = pointer - at->first;
  if (offset >= at->second.bytes) return "nowhere";
  return "block" + std::to_string(at->second.number) + (offset == 0 ? "" : "+" + std::to_string(offset));
}

FAKE Result cuMemGetInfo_v2(size_t* free_bytes, size_t* total_bytes) {
  LOCKED;
  *total_bytes = static_cast<size_t>(state().settings["memory"]);
  *free_bytes = *total_bytes - Used(state().memory);
  return kSuccess;
}
FAKE Result cuMemAlloc_v2(DevicePointer* pointer, size_t bytes) {
  LOCKED;
  if (!HasContext()) return kErrorInvalidContext;
  if (Used(state().memory) + bytes > static_cast<size_t>(state().settings["memory"])) {
    Log("no memory for " + std::to_string(bytes));
    return kErrorOutOfMemory;
  }
  void* memory = std::aligned_alloc(512, (bytes + 511) / 512 * 512 + kGuardBytes);
  std::memset(memory, 0xCD, bytes);
  std::memset(static_cast<char*>(memory) + bytes, kGuard, kGuardBytes);
  *pointer = reinterpret_cast<uintptr_t>(memory);
  state().memory[*pointer] = {bytes, state().blocks++};
  Log("allocate " + std::to_string(bytes));
  return kSuccess;
}
// As the driver's, it waits for the whole card.
FAKE Result cuMemFree_v2(DevicePointer pointer) {
  LOCKED;
  RunAll();
  const auto found = state().memory.find(pointer);
  if (found == state().memory.end()) return kErrorInvalidValue;
  Log("free " + std::to_string(found->second.bytes));
  const auto* guard = static_cast<const unsigned char*>(Pointer(pointer)) + found->second.bytes;
  for (size_t i = 0; i < kGuardBytes; i++) {
    if (guard[i] == kGuard) continue;
    std::fprintf(stderr, "the simulated card: something wrote behind a block of %zu bytes\n", found->second.bytes);
    std::abort();
  }
  std::free(Pointer(pointer));
  state().memory.erase(found);
  return kSuccess;
}
FAKE Result cuMemAllocHost_v2(void** pointer, size_t bytes) {
  LOCKED;
  if (bytes > static_cast<size_t>(state().settings["pinned"])) return kErrorOutOfMemory;
  *pointer = std::malloc(bytes);
  state().pinned[*pointer] = bytes;
  Log("pin " + std::to_string(bytes));
  return kSuccess;
}
FAKE Result cuMemFreeHost(void* pointer) {
  LOCKED;
  if (state().pinned.erase(pointer) == 0) return kErrorInvalidValue;
  std::free(pointer);
  return kSuccess;
}
FAKE Result cuMemcpyHtoDAsync_v2(DevicePointer to, const void* from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes to " + Place(to));
  return Copy(stream, Pointer(to), from, bytes);
}
FAKE Result cuMemcpyDtoHAsync_v2(void* to, DevicePointer from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes from " + Place(from));
  return Copy(stream, to, Pointer(from), bytes);
}
FAKE Result cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes from " + Place(from) + " to " + Place(to));
  return Copy(stream, Pointer(to), Pointer(from), bytes);
}
FAKE Result cuMemsetD8Async(DevicePointer to, unsigned char value, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " fills " + std::to_string(bytes) + " bytes of " + Place(to));
  return Submit(stream, {[=] { std::memset(Pointer(to), value, bytes); }});
}

}  // namespace cotangent::cuda::fake
