// The table of the libraries' routines.
#include <cstring>

#include "cuda/libraries/routine.h"

namespace cotangent::cuda {
namespace {

struct Row {
  const char* name;
  LibraryRoutine routine;
};

constexpr Row kRoutines[] = {
    {"matmul", RunMatmul},
};

}  // namespace

LibraryRoutine FindLibraryRoutine(const char* name) {
  for (const Row& row : kRoutines) {
    if (std::strcmp(row.name, name) == 0) return row.routine;
  }
  return nullptr;
}

}  // namespace cotangent::cuda
