// The functions that stand-ins have for tests.
#pragma once

#include <dlfcn.h>

#include <string>
#include <type_traits>

namespace cotangent {

class Symbols {
 public:
  explicit Symbols(const std::string& path) : library_(dlopen(path.c_str(), RTLD_NOW)) {}

  template <typename F>
  void Find(F& function, const char* name) const {
    function = reinterpret_cast<std::decay_t<F>>(dlsym(library_, name));
  }

 private:
  void* library_;
};

}  // namespace cotangent
