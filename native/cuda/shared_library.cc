#include "cuda/shared_library.h"

#include <cstdlib>

#ifndef _WIN32
#include <dlfcn.h>
#include <unistd.h>
#endif

namespace cotangent::cuda {

#ifdef _WIN32

SharedLibrary OpenShared(const std::vector<std::string>&, const std::vector<Folder>&, std::vector<std::string>&) {
  return {};
}

void* FindSymbol(void*, const char*) { return nullptr; }

#else

SharedLibrary OpenShared(const std::vector<std::string>& names, const std::vector<Folder>& folders,
                         std::vector<std::string>& searched) {
  const auto open = [](const std::string& path) { return dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL); };
  for (const Folder& folder : folders) {
    bool there = false;
    for (const std::string& name : names) {
      const std::string path = folder.path + "/" + name;
      if (access(path.c_str(), F_OK) != 0) continue;
      there = true;
      if (void* handle = open(path)) return {handle, path};
      const char* why = dlerror();
      searched.push_back(path + " (does not load: " + (why == nullptr ? "unknown reason" : why) + ")");
    }
    if (!there) searched.push_back(folder.path + " (" + folder.origin + ")");
  }
  for (const std::string& name : names) {
    if (void* handle = open(name)) return {handle, name};
  }
  searched.push_back("the loader's path (LD_LIBRARY_PATH, ldconfig)");
  return {};
}

void* FindSymbol(void* library, const char* name) { return dlsym(library, name); }

#endif

std::vector<std::string> FoldersFromEnvironment() {
  const char* text = std::getenv("COTANGENT_CUDA_PATH");
  std::vector<std::string> out;
  std::string folder;
  for (const char* c = text == nullptr ? "" : text;; c++) {
    if (*c != ':' && *c != '\0') {
      folder += *c;
      continue;
    }
    if (!folder.empty()) out.push_back(folder);
    folder.clear();
    if (*c == '\0') return out;
  }
}

std::vector<Folder> WithOrigin(const std::vector<std::string>& paths, const std::string& origin) {
  std::vector<Folder> out;
  for (const std::string& path : paths) out.push_back({path, origin});
  return out;
}

}  // namespace cotangent::cuda
