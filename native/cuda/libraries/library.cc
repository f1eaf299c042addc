#include "cuda/libraries/library.h"

#include <cstdlib>

#ifndef _WIN32
#include <glob.h>
#include <unistd.h>
#endif

namespace cotangent::cuda {
namespace {

std::string Sentence(const std::string& library, const std::string& reason, const std::vector<std::string>& searched,
                     const std::string& remedy) {
  std::string out = library + " cannot be used: " + reason + ".";
  for (size_t i = 0; i < searched.size(); i++) out += (i == 0 ? " Looked in: " : ", ") + searched[i];
  // A clause: whoever passes it on ends the sentence.
  out += (searched.empty() ? " " : ". ") + remedy;
  if (out.back() == '.') out.pop_back();
  return out;
}

std::vector<std::string> Matches(const std::string& pattern) {
  std::vector<std::string> out;
#ifndef _WIN32
  glob_t found{};
  if (glob(pattern.c_str(), GLOB_ONLYDIR, nullptr, &found) == 0) {
    for (size_t i = 0; i < found.gl_pathc; i++) out.push_back(found.gl_pathv[i]);
  }
  globfree(&found);
#endif
  return out;
}

void AddMatches(const std::string& pattern, const std::string& origin, std::vector<Folder>& out) {
  for (std::string& path : Matches(pattern)) out.push_back({std::move(path), origin});
}

// The folder above that of the first python3 on the PATH.
std::string PythonPrefix() {
#ifndef _WIN32
  const char* path = std::getenv("PATH");
  std::string folder;
  for (const char* c = path == nullptr ? "" : path;; c++) {
    if (*c != ':' && *c != '\0') {
      folder += *c;
      continue;
    }
    if (!folder.empty() && access((folder + "/python3").c_str(), X_OK) == 0) {
      const size_t slash = folder.rfind('/');
      return slash == std::string::npos ? "" : folder.substr(0, slash);
    }
    folder.clear();
    if (*c == '\0') return "";
  }
#else
  return "";
#endif
}

void AddWheels(const std::string& prefix, const std::string& origin, std::vector<Folder>& out) {
  for (const char* packages : {"site-packages", "dist-packages"}) {
    AddMatches(prefix + "/lib/python3*/" + packages + "/nvidia/*/lib", origin, out);
  }
}

std::vector<std::string> NamesFor(const std::vector<LibraryName>& names, int driver_version) {
  std::vector<std::string> out;
  for (const LibraryName& name : names) {
    // Libraries of a later CUDA than the driver's do not run.
    if (name.cuda <= driver_version / 1000) out.push_back(name.name);
  }
  return out;
}

}  // namespace

LibraryUnavailable::LibraryUnavailable(std::string library, std::string reason, std::vector<std::string> searched,
                                       std::string remedy)
    : std::runtime_error(Sentence(library, reason, searched, remedy)),
      library(std::move(library)),
      reason(std::move(reason)),
      searched(std::move(searched)),
      remedy(std::move(remedy)) {}

std::vector<Folder> LibraryFolders() {
  std::vector<Folder> out = WithOrigin(FoldersFromEnvironment(), "COTANGENT_CUDA_PATH");
  if (const char* environment = std::getenv("VIRTUAL_ENV")) AddWheels(environment, "VIRTUAL_ENV", out);
  const std::string prefix = PythonPrefix();
  if (!prefix.empty()) {
    AddWheels(prefix, "python3 of the PATH", out);
    if (prefix == "/usr") AddWheels("/usr/local", "python3 of the PATH", out);
  }
  for (const char* name : {"CUDA_HOME", "CUDA_PATH"}) {
    if (const char* toolkit = std::getenv(name)) out.push_back({std::string(toolkit) + "/lib64", name});
  }
  AddMatches("/usr/local/cuda*/lib64", "toolkit", out);
  return out;
}

SharedLibrary OpenLibrary(const LibrarySpec& spec, int driver_version, const std::vector<Folder>& folders) {
  std::vector<std::string> ignored;
  for (const auto& needed : spec.needs) OpenShared(NamesFor(needed, driver_version), folders, ignored);
  std::vector<std::string> searched;
  const std::vector<std::string> names = NamesFor(spec.names, driver_version);
  const SharedLibrary library = OpenShared(names, folders, searched);
  if (library.handle != nullptr) return library;
  std::string reason;
  for (const std::string& name : names) reason += (reason.empty() ? "" : " or ") + name;
  throw LibraryUnavailable(spec.title, reason + " was not found", std::move(searched),
                           std::string("Install it (with pip: ") + spec.package +
                               "), or name its folder in COTANGENT_CUDA_PATH.");
}

void ThrowMissingSymbol(const LibrarySpec& spec, const SharedLibrary& library, const char* symbol) {
  throw LibraryUnavailable(spec.title, library.path + " has no function " + symbol, {},
                           std::string("Install a later version (with pip: ") + spec.package + ").");
}

}  // namespace cotangent::cuda
