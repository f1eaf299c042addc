// LLVM IR text made into machine code. Nothing here is shared between kernels or threads: each kernel owns its
// compiler session, so workers may compile, run and go away as they please.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cotangent {

struct JitOptions {
  std::string cpu;       // LLVM's name of a processor; empty for this one
  std::string features;  // "+avx2,+fma": what to use; with an empty cpu they are those of the plainest processor
  bool host = true;      // take both from this processor
  int opt_level = 0;     // 0 runs no passes: the emitters write what they mean
};

// The object file made from IR text, to be loaded or kept. Throws std::runtime_error with LLVM's message. May be called
// by any number of threads at once.
std::vector<char> CompileObject(const std::string& ir, const JitOptions& options);

// The same for several texts, on as many threads as there are processors.
std::vector<std::vector<char>> CompileObjects(const std::vector<std::string>& irs, const JitOptions& options);

// What `JitOptions::host` stands for: this processor, or less where COTANGENT_CPU_FEATURES restricts it.
struct JitTarget {
  std::string cpu;
  std::string features;
};
JitTarget HostTarget();

// Loaded machine code and the addresses of its entry points; the code is unloaded with it.
class JitKernel {
 public:
  using Entry = void (*)(void** buffers, int64_t n);

  // Throws std::runtime_error when the object cannot be linked or lacks a symbol. Objects may call what is `provided`,
  // by name, beside what the process exports.
  JitKernel(const std::vector<std::vector<char>>& objects, const std::vector<std::string>& symbols,
            const std::vector<std::pair<std::string, void*>>& provided = {});

  // Null when the symbol was not asked for at construction.
  Entry Find(const std::string& symbol) const;

 private:
  struct Session;
  std::shared_ptr<Session> session_;
  std::unordered_map<std::string, Entry> entries_;
};

// "19.1.7": part of every cache key.
std::string LlvmVersion();

}  // namespace cotangent
