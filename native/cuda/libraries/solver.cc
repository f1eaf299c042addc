// potrf, getrf, geqrf, orgqr, syevd, gesvd, geev and trsm, as LAPACK and BLAS have them, over batches of dense matrices.
#include "cuda/libraries/solver.h"

#include <algorithm>
#include <complex>

#include "cuda/libraries/routine.h"

namespace cotangent::cuda {
namespace {

void* At(DevicePointer base, int64_t bytes = 0) {
  return reinterpret_cast<void*>(static_cast<uintptr_t>(base + static_cast<DevicePointer>(bytes)));
}

int* InfoAt(DevicePointer base, int64_t matrix) { return static_cast<int*>(At(base, matrix * 4)); }

DType RealOf(DType type) {
  if (type == DType::kComplex64) return DType::kFloat32;
  return type == DType::kComplex128 ? DType::kFloat64 : type;
}

DType ComplexOf(DType type) {
  if (type == DType::kFloat32) return DType::kComplex64;
  return type == DType::kFloat64 ? DType::kComplex128 : type;
}

}  // namespace

Solver::Solver(const Context& context) : api_(ApiOf<solver::Api>(context.driver())) {
  Check(api_.Create(&handle_), "to start");
  const solver::Status status = api_.CreateParams(&params_);
  if (status != solver::kSuccess) api_.Destroy(handle_);
  Check(status, "to start");
}

Solver::~Solver() {
  api_.DestroyParams(params_);
  api_.Destroy(handle_);
}

void Solver::Check(solver::Status status, const char* doing) const {
  if (status != solver::kSuccess) throw LibraryError("cuSOLVER", doing, "status " + std::to_string(status));
}

Solver::Workspace Solver::Work(const LibraryCall& call, size_t device_bytes, size_t host_bytes) {
  if (host_.size() < host_bytes) host_.resize(host_bytes);
  return {At(call.scratch.Get(device_bytes)), device_bytes, host_.data(), host_bytes};
}

void Solver::Begin(const LibraryCall& call) {
  Check(api_.SetStream(handle_, call.stream.handle()), "to take a stream");
  call.stream.Submitted();
}

// args: a, which becomes its factor, and info. params: type, batch, n, whether the upper triangle is meant.
void Solver::Potrf(const LibraryCall& call) {
  constexpr const char* kDoing = "to factor matrices (potrf)";
  CallReader p(call);
  const DType dtype = p.Type();
  const int64_t batch = p.Next(), n = p.Next();
  const int triangle = p.Flag() ? solver::kUpper : solver::kLower, type = LibraryType(dtype);
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.PotrfBytes(handle_, params_, triangle, n, type, At(p.arg(0)), n, type, &device, &host), kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Potrf(handle_, params_, triangle, n, type, At(p.arg(0), i * n * n * BytesOf(dtype)), n, type, w.device,
                     w.device_bytes, w.host, w.host_bytes, InfoAt(p.arg(1), i)),
          kDoing);
  }
}

// args: a, which becomes its factors, pivots of 64 bits that count from 1, info. params: type, batch, rows, columns.
void Solver::Getrf(const LibraryCall& call) {
  constexpr const char* kDoing = "to factor matrices (getrf)";
  CallReader p(call);
  const DType dtype = p.Type();
  const int64_t batch = p.Next(), rows = p.Next(), columns = p.Next(), steps = std::min(rows, columns);
  const int type = LibraryType(dtype);
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.GetrfBytes(handle_, params_, rows, columns, type, At(p.arg(0)), rows, type, &device, &host), kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Getrf(handle_, params_, rows, columns, type, At(p.arg(0), i * rows * columns * BytesOf(dtype)), rows,
                     static_cast<int64_t*>(At(p.arg(1), i * steps * 8)), type, w.device, w.device_bytes, w.host,
                     w.host_bytes, InfoAt(p.arg(2), i)),
          kDoing);
  }
}

// args: a, which becomes reflections and R, the reflections' factors, info. params: type, batch, rows, columns, and
// elements from one matrix to the next.
void Solver::Geqrf(const LibraryCall& call) {
  constexpr const char* kDoing = "to factor matrices (geqrf)";
  CallReader p(call);
  const DType dtype = p.Type();
  const int64_t batch = p.Next(), rows = p.Next(), columns = p.Next(), step = p.Next();
  const int64_t steps = std::min(rows, columns), bytes = BytesOf(dtype);
  const int type = LibraryType(dtype);
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.GeqrfBytes(handle_, params_, rows, columns, type, At(p.arg(0)), rows, type, At(p.arg(1)), type, &device,
                        &host),
        kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Geqrf(handle_, params_, rows, columns, type, At(p.arg(0), i * step * bytes), rows, type,
                     At(p.arg(1), i * steps * bytes), type, w.device, w.device_bytes, w.host, w.host_bytes,
                     InfoAt(p.arg(2), i)),
          kDoing);
  }
}

// args: a, of reflections, which becomes Q, their factors, info. params: type, batch, rows, columns of Q, reflections,
// and elements from one matrix to the next.
void Solver::Orgqr(const LibraryCall& call) {
  constexpr const char* kDoing = "to multiply reflections (orgqr)";
  CallReader p(call);
  const DType dtype = p.Type();
  const int64_t batch = p.Next();
  const int rows = static_cast<int>(p.Next()), columns = static_cast<int>(p.Next()), count = static_cast<int>(p.Next());
  const int64_t step = p.Next(), bytes = BytesOf(dtype);
  const auto pick = [&](auto s, auto d, auto c, auto z) {
    return dtype == DType::kFloat32 ? s : dtype == DType::kFloat64 ? d : dtype == DType::kComplex64 ? c : z;
  };
  const auto length_of = pick(api_.SorgqrLength, api_.DorgqrLength, api_.CungqrLength, api_.ZungqrLength);
  const auto run = pick(api_.Sorgqr, api_.Dorgqr, api_.Cungqr, api_.Zungqr);
  Begin(call);
  int length = 0;
  Check(length_of(handle_, rows, columns, count, At(p.arg(0)), rows, At(p.arg(1)), &length), kDoing);
  void* device = At(call.scratch.Get(static_cast<size_t>(length * bytes)));
  for (int64_t i = 0; i < batch; i++) {
    Check(run(handle_, rows, columns, count, At(p.arg(0), i * step * bytes), rows, At(p.arg(1), i * count * bytes),
              device, length, InfoAt(p.arg(2), i)),
          kDoing);
  }
}

// args: a, which becomes its eigenvectors, values, info. params: type, batch, n, whether the upper triangle is read.
void Solver::Syevd(const LibraryCall& call) {
  constexpr const char* kDoing = "to find eigenvalues (syevd)";
  CallReader p(call);
  const DType dtype = p.Type(), real = RealOf(dtype);
  const int64_t batch = p.Next(), n = p.Next();
  const int triangle = p.Flag() ? solver::kUpper : solver::kLower;
  const int type = LibraryType(dtype), value_type = LibraryType(real);
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.SyevdBytes(handle_, params_, solver::kWithVectors, triangle, n, type, At(p.arg(0)), n, value_type,
                        At(p.arg(1)), type, &device, &host),
        kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Syevd(handle_, params_, solver::kWithVectors, triangle, n, type, At(p.arg(0), i * n * n * BytesOf(dtype)),
                     n, value_type, At(p.arg(1), i * n * BytesOf(real)), type, w.device, w.device_bytes, w.host,
                     w.host_bytes, InfoAt(p.arg(2), i)),
          kDoing);
  }
}

// args: a, which is used up, values, info, and if vectors are wanted u and vt. params: type, batch, rows, columns (no
// more than rows), whether vectors are wanted, whether all columns of u are.
void Solver::Gesvd(const LibraryCall& call) {
  constexpr const char* kDoing = "to find singular values (gesvd)";
  CallReader p(call);
  const DType dtype = p.Type(), real = RealOf(dtype);
  const int64_t batch = p.Next(), rows = p.Next(), columns = p.Next(), bytes = BytesOf(dtype);
  const bool vectors = p.Flag(), all = p.Flag();
  const signed char job = !vectors ? 'N' : all ? 'A' : 'S';
  const int type = LibraryType(dtype), value_type = LibraryType(real);
  const int64_t u_size = vectors ? rows * (all ? rows : columns) : 0, vt_size = vectors ? columns * columns : 0;
  const DevicePointer u = vectors ? p.arg(3) : 0, vt = vectors ? p.arg(4) : 0;
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.GesvdBytes(handle_, params_, job, job, rows, columns, type, At(p.arg(0)), rows, value_type, At(p.arg(1)),
                        type, At(u), rows, type, At(vt), columns, type, &device, &host),
        kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Gesvd(handle_, params_, job, job, rows, columns, type, At(p.arg(0), i * rows * columns * bytes), rows,
                     value_type, At(p.arg(1), i * columns * BytesOf(real)), type, At(u, i * u_size * bytes), rows, type,
                     At(vt, i * vt_size * bytes), columns, type, w.device, w.device_bytes, w.host, w.host_bytes,
                     InfoAt(p.arg(2), i)),
          kDoing);
  }
}

// args: a, which is used up, complex values, info, and if they are wanted right eigenvectors, as LAPACK keeps those of
// real matrices. params: type, batch, n, whether vectors are wanted.
void Solver::Geev(const LibraryCall& call) {
  constexpr const char* kDoing = "to find eigenvalues (geev)";
  if (api_.Geev == nullptr || api_.GeevBytes == nullptr) {
    throw LibraryUnavailable("cuSOLVER", "this version has no function cusolverDnXgeev", {},
                             "Install that of CUDA 12.6 or later (with pip: nvidia-cusolver-cu12), or compute "
                             "eigenvalues of general matrices on the processor.");
  }
  CallReader p(call);
  const DType dtype = p.Type(), complex = ComplexOf(dtype);
  const int64_t batch = p.Next(), n = p.Next(), bytes = BytesOf(dtype);
  const bool vectors = p.Flag();
  const int right = vectors ? solver::kWithVectors : solver::kWithoutVectors;
  const int type = LibraryType(dtype), value_type = LibraryType(complex);
  const DevicePointer vr = vectors ? p.arg(3) : 0;
  Begin(call);
  size_t device = 0, host = 0;
  Check(api_.GeevBytes(handle_, params_, solver::kWithoutVectors, right, n, type, At(p.arg(0)), n, value_type,
                       At(p.arg(1)), type, nullptr, n, type, At(vr), n, type, &device, &host),
        kDoing);
  const Workspace w = Work(call, device, host);
  for (int64_t i = 0; i < batch; i++) {
    Check(api_.Geev(handle_, params_, solver::kWithoutVectors, right, n, type, At(p.arg(0), i * n * n * bytes), n,
                    value_type, At(p.arg(1), i * n * BytesOf(complex)), type, nullptr, n, type,
                    At(vr, vectors ? i * n * n * bytes : 0), n, type, w.device, w.device_bytes, w.host, w.host_bytes,
                    InfoAt(p.arg(2), i)),
          kDoing);
  }
}

Blas::Blas(const Context& context) : api_(ApiOf<blas::Api>(context.driver())) {
  Check(api_.Create(&handle_), "to start");
}

Blas::~Blas() { api_.Destroy(handle_); }

void Blas::Check(blas::Status status, const char* doing) const {
  if (status != blas::kSuccess) throw LibraryError("cuBLAS", doing, "status " + std::to_string(status));
}

// args: a, b, which becomes the solution. params: type, batch, rows and columns of b, whether a stands on the left, its
// upper triangle is meant, the operation on it, whether its diagonal is 1.
void Blas::Trsm(const LibraryCall& call) {
  constexpr const char* kDoing = "to solve triangular systems (trsm)";
  // Its own would come from outside the pool.
  constexpr size_t kWorkspaceBytes = size_t{4} << 20;
  CallReader p(call);
  const DType dtype = p.Type();
  const int64_t batch = p.Next();
  const int rows = static_cast<int>(p.Next()), columns = static_cast<int>(p.Next());
  const int side = p.Flag() ? blas::kLeft : blas::kRight, triangle = p.Flag() ? blas::kUpper : blas::kLower;
  const int operation = static_cast<int>(p.Next()), unit = p.Flag() ? 1 : 0;
  const int n = side == blas::kLeft ? rows : columns;
  const auto run = dtype == DType::kFloat32     ? api_.Strsm
                   : dtype == DType::kFloat64   ? api_.Dtrsm
                   : dtype == DType::kComplex64 ? api_.Ctrsm
                                                : api_.Ztrsm;
  const std::complex<float> narrow = 1;
  const std::complex<double> wide = 1;
  const bool is_wide = RealOf(dtype) == DType::kFloat64;
  const void* one = is_wide ? static_cast<const void*>(&wide) : &narrow;
  Check(api_.SetStream(handle_, call.stream.handle()), kDoing);
  Check(api_.SetWorkspace(handle_, At(call.scratch.Get(kWorkspaceBytes)), kWorkspaceBytes), kDoing);
  call.stream.Submitted();
  for (int64_t i = 0; i < batch; i++) {
    Check(run(handle_, side, triangle, operation, unit, rows, columns, one,
              At(p.arg(0), i * n * n * BytesOf(dtype)), n,
              At(p.arg(1), i * rows * columns * BytesOf(dtype)), rows),
          kDoing);
  }
}

}  // namespace cotangent::cuda
