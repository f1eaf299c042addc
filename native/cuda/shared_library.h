// Shared libraries that are opened when they are first asked for, from a list of folders and then where the loader looks.
#pragma once

#include <string>
#include <vector>

namespace cotangent::cuda {

// A place to look in, and why: `/opt/cuda/lib64 (COTANGENT_CUDA_PATH)`.
struct Folder {
  std::string path;
  std::string origin;
};

struct SharedLibrary {
  void* handle = nullptr;  // null if it is nowhere
  std::string path;        // as the loader knows it
};

// The first library of one of these names that opens. Says of every place before it what was wrong there.
SharedLibrary OpenShared(const std::vector<std::string>& names, const std::vector<Folder>& folders,
                         std::vector<std::string>& searched);
// A function of the library, or null.
void* FindSymbol(void* library, const char* name);

// What COTANGENT_CUDA_PATH lists, separated by colons.
std::vector<std::string> FoldersFromEnvironment();
std::vector<Folder> WithOrigin(const std::vector<std::string>& paths, const std::string& origin);

}  // namespace cotangent::cuda
