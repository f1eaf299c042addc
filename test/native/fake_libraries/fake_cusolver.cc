// Stands in for cuSOLVER: LAPACK of OpenBLAS, on the same matrices.
#include "cpu/routines/lapack.h"
#include "cuda/libraries/solver_api.h"
#include "fake_library.h"

namespace cotangent {

// Where LAPACK works.
void* Scratch(int lane, size_t bytes) {
  static thread_local std::map<int, std::vector<char>> lanes;
  lanes[lane].resize(std::max(lanes[lane].size(), bytes));
  return lanes[lane].data();
}

namespace cuda::solver {

struct HandleTag {
  StreamHandle stream = nullptr;
};
struct ParamsTag {};

namespace {

constexpr Status kInvalidValue = 3;
constexpr size_t kDeviceBytes = 512, kHostBytes = 128;

Status Sizes(size_t* device, size_t* host) {
  *device = kDeviceBytes;
  *host = kHostBytes;
  return kSuccess;
}

// Whether the caller brought the memory that was asked for.
bool HasWork(const void* device, size_t device_bytes, const void* host, size_t host_bytes) {
  return device != nullptr && device_bytes == kDeviceBytes && host != nullptr && host_bytes == kHostBytes;
}

template <typename F>
Status Run(Handle handle, const char* name, int type, F&& work) {
  fake::Log(name);
  lapack::StayOnThisThread();
  const auto run = [=] {
    switch (type) {
      case kR32F: return work(float{});
      case kR64F: return work(double{});
      case kC32F: return work(lapack::C64{});
      default: return work(lapack::C128{});
    }
  };
  return fake::Submit(handle->stream, run) ? kSuccess : kInvalidValue;
}

char Triangle(int triangle) { return triangle == kLower ? 'L' : 'U'; }

}  // namespace

FAKE Status cusolverDnCreate(Handle* handle) {
  *handle = new HandleTag;
  fake::state().live++;
  return kSuccess;
}
FAKE Status cusolverDnDestroy(Handle handle) {
  delete handle;
  fake::state().live--;
  return kSuccess;
}
FAKE Status cusolverDnSetStream(Handle handle, StreamHandle stream) {
  handle->stream = stream;
  return kSuccess;
}
FAKE Status cusolverDnCreateParams(Params* params) {
  *params = new ParamsTag;
  fake::state().live++;
  return kSuccess;
}
FAKE Status cusolverDnDestroyParams(Params params) {
  delete params;
  fake::state().live--;
  return kSuccess;
}

FAKE Status cusolverDnXpotrf_bufferSize(Handle, Params, int, int64_t, int, const void*, int64_t, int, size_t* device,
                                        size_t* host) {
  return Sizes(device, host);
}
FAKE Status cusolverDnXpotrf(Handle handle, Params, int triangle, int64_t n, int type, void* a, int64_t leading, int,
                             void* device, size_t device_bytes, void* host, size_t host_bytes, int* info) {
  if (!HasWork(device, device_bytes, host, host_bytes)) return kInvalidValue;
  return Run(handle, "potrf", type, [=](auto t) {
    *info = lapack::Potrf(Triangle(triangle), static_cast<int>(n), static_cast<decltype(t)*>(a), static_cast<int>(leading));
  });
}
FAKE Status cusolverDnXgetrf_bufferSize(Handle, Params, int64_t, int64_t, int, const void*, int64_t, int, size_t* device,
                                        size_t* host) {
  return Sizes(device, host);
}
FAKE Status cusolverDnXgetrf(Handle handle, Params, int64_t rows, int64_t columns, int type, void* a, int64_t leading,
                             int64_t* pivots, int, void* device, size_t device_bytes, void* host, size_t host_bytes,
                             int* info) {
  if (!HasWork(device, device_bytes, host, host_bytes)) return kInvalidValue;
  return Run(handle, "getrf", type, [=](auto t) {
    std::vector<int> narrow(static_cast<size_t>(std::min(rows, columns)));
    *info = lapack::Getrf(static_cast<int>(rows), static_cast<int>(columns), static_cast<decltype(t)*>(a),
                          static_cast<int>(leading), narrow.data());
    std::copy(narrow.begin(), narrow.end(), pivots);
  });
}
FAKE Status cusolverDnXgeqrf_bufferSize(Handle, Params, int64_t, int64_t, int, const void*, int64_t, int, const void*,
                                        int, size_t* device, size_t* host) {
  return Sizes(device, host);
}
FAKE Status cusolverDnXgeqrf(Handle handle, Params, int64_t rows, int64_t columns, int type, void* a, int64_t leading,
                             int, void* factors, int, void* device, size_t device_bytes, void* host, size_t host_bytes,
                             int* info) {
  if (!HasWork(device, device_bytes, host, host_bytes)) return kInvalidValue;
  return Run(handle, "geqrf", type, [=](auto t) {
    using T = decltype(t);
    *info = lapack::Geqrf(static_cast<int>(rows), static_cast<int>(columns), static_cast<T*>(a),
                          static_cast<int>(leading), static_cast<T*>(factors));
  });
}
#define FAKE_ORGQR(symbol, type)                                                                                     \
  FAKE Status symbol##_bufferSize(Handle, int, int, int, const void*, int, const void*, int* length) {               \
    *length = 16;                                                                                                    \
    return kSuccess;                                                                                                 \
  }                                                                                                                  \
  FAKE Status symbol(Handle handle, int rows, int columns, int count, void* a, int leading, const void* factors,     \
                     void* device, int length, int* info) {                                                          \
    if (device == nullptr || length != 16) return kInvalidValue;                                                     \
    return Run(handle, "orgqr", type, [=](auto t) {                                                                  \
      using T = decltype(t);                                                                                         \
      *info = lapack::Orgqr(rows, columns, count, static_cast<T*>(a), leading, static_cast<const T*>(factors));      \
    });                                                                                                              \
  }
FAKE_ORGQR(cusolverDnSorgqr, kR32F)
FAKE_ORGQR(cusolverDnDorgqr, kR64F)
FAKE_ORGQR(cusolverDnCungqr, kC32F)
FAKE_ORGQR(cusolverDnZungqr, kC64F)

FAKE Status cusolverDnXsyevd_bufferSize(Handle, Params, int, int, int64_t, int, const void*, int64_t, int, const void*,
                                        int, size_t* device, size_t* host) {
  return Sizes(device, host);
}
FAKE Status cusolverDnXsyevd(Handle handle, Params, int vectors, int triangle, int64_t n, int type, void* a,
                             int64_t leading, int, void* values, int, void* device, size_t device_bytes, void* host,
                             size_t host_bytes, int* info) {
  if (!HasWork(device, device_bytes, host, host_bytes) || vectors != kWithVectors || leading != n) return kInvalidValue;
  return Run(handle, "syevd", type, [=](auto t) {
    using T = decltype(t);
    *info = lapack::Heevd(Triangle(triangle), static_cast<int>(n), static_cast<T*>(a),
                          static_cast<lapack::Real<T>*>(values));
  });
}
FAKE Status cusolverDnXgesvd_bufferSize(Handle, Params, signed char, signed char, int64_t, int64_t, int, const void*,
                                        int64_t, int, const void*, int, const void*, int64_t, int, const void*, int64_t,
                                        int, size_t* device, size_t* host) {
  return Sizes(device, host);
}
// As cuSOLVER's, for no more columns than rows.
FAKE Status cusolverDnXgesvd(Handle handle, Params, signed char u_job, signed char vt_job, int64_t rows, int64_t columns,
                             int type, void* a, int64_t leading, int, void* values, int, void* u, int64_t u_leading, int,
                             void* vt, int64_t vt_leading, int, void* device, size_t device_bytes, void* host,
                             size_t host_bytes, int* info) {
  if (!HasWork(device, device_bytes, host, host_bytes) || rows < columns || leading != rows || u_job != vt_job) {
    return kInvalidValue;
  }
  return Run(handle, "gesvd", type, [=](auto t) {
    using T = decltype(t);
    *info = lapack::Gesdd(static_cast<char>(u_job), static_cast<int>(rows), static_cast<int>(columns),
                          static_cast<T*>(a), static_cast<lapack::Real<T>*>(values), static_cast<T*>(u),
                          static_cast<int>(u_leading), static_cast<T*>(vt), static_cast<int>(vt_leading));
  });
}
FAKE Status cusolverDnXgeev_bufferSize(Handle, Params, int, int, int64_t, int, const void*, int64_t, int, const void*,
                                       int, const void*, int64_t, int, const void*, int64_t, int, size_t* device,
                                       size_t* host) {
  return Sizes(device, host);
}
FAKE Status cusolverDnXgeev(Handle handle, Params, int left, int right, int64_t size, int type, void* a, int64_t leading,
                            int value_type, void* values, int, void*, int64_t, int right_type, void* vr, int64_t, int,
                            void* device, size_t device_bytes, void* host, size_t host_bytes, int* info) {
  const bool complex = value_type == kC32F || value_type == kC64F;
  if (!HasWork(device, device_bytes, host, host_bytes) || left != kWithoutVectors || leading != size || !complex ||
      right_type != type) {
    return kInvalidValue;
  }
  return Run(handle, "geev", type, [=](auto t) {
    using T = decltype(t);
    const int n = static_cast<int>(size);
    const char job = right == kWithVectors ? 'V' : 'N';
    auto* w = static_cast<std::complex<lapack::Real<T>>*>(values);
    if constexpr (lapack::kIsComplex<T>) {
      *info = lapack::Geev('N', job, n, static_cast<T*>(a), w, nullptr, static_cast<T*>(vr));
    } else {
      std::vector<T> re(static_cast<size_t>(n)), im(static_cast<size_t>(n));
      *info = lapack::Geev('N', job, n, static_cast<T*>(a), re.data(), im.data(), nullptr, static_cast<T*>(vr));
      for (size_t k = 0; k < re.size(); k++) w[k] = {re[k], im[k]};
    }
  });
}

}  // namespace cuda::solver
}  // namespace cotangent
