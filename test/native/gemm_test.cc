// Products against the definition: random views of every type, epilogues, padded copies. Prints a hash of all results,
// which must not depend on the number of threads. The first argument chooses the instruction set: 0, 1 or 2; the
// second makes the cases fewer by a factor; with a third one results are hashed only.
// Sources: cpu/gemm/generic.cc cpu/gemm/kernels.cc cpu/gemm/kernels_avx2.cc cpu/gemm/kernels_avx512.cc cpu/gemm/kernels_plain.cc cpu/gemm/product.cc cpu/gemm/real.cc cpu/gemm/routine.cc cpu/gemm/vector.cc runtime/pool.cc
// Arguments: 0,20 1,20 2,20
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <cstring>
#include <random>

#include "cpu/half.h"
#include "cpu/gemm/kernels.h"
#include "gemm_helpers.h"

namespace cotangent {

namespace {

using Value = std::complex<double>;

uint64_t hash = 1469598103934665603ull;
int failures = 0;
bool compare = true;
std::mt19937 random_bits(7);

int64_t Draw(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random_bits); }

Value Load(DType type, const char* data, int64_t i) {
  const auto at = [&](auto zero) {
    auto x = zero;
    std::memcpy(&x, data + i * sizeof(x), sizeof(x));
    return x;
  };
  switch (type) {
    case DType::kBool: return at(uint8_t{}) != 0;
    case DType::kInt8: return at(int8_t{});
    case DType::kInt16: return at(int16_t{});
    case DType::kInt32: return at(int32_t{});
    case DType::kInt64: return static_cast<double>(at(int64_t{}));
    case DType::kUint8: return at(uint8_t{});
    case DType::kUint16: return at(uint16_t{});
    case DType::kUint32: return at(uint32_t{});
    case DType::kUint64: return static_cast<double>(at(uint64_t{}));
    case DType::kFloat16: return ToFloat(at(Float16{}));
    case DType::kBfloat16: return ToFloat(at(Bfloat16{}));
    case DType::kFloat32: return at(float{});
    case DType::kFloat64: return at(double{});
    case DType::kComplex64: {
      const auto x = at(std::complex<float>{});
      return Value(x.real(), x.imag());
    }
    case DType::kComplex128: return at(Value{});
  }
  return 0;
}

// Small integers, so that sums of integers are exact in float64; halves and eighths elsewhere.
void Fill(DType type, Memory& memory) {
  const int64_t n = static_cast<int64_t>(memory.bytes()) / BytesOf(type);
  for (int64_t i = 0; i < n; i++) {
    const int64_t v = Draw(-8, 8);
    const auto put = [&](auto x) { std::memcpy(memory.data() + i * sizeof(x), &x, sizeof(x)); };
    switch (type) {
      case DType::kBool: put(static_cast<uint8_t>(v > 3)); break;
      case DType::kInt8: put(static_cast<int8_t>(v)); break;
      case DType::kInt16: put(static_cast<int16_t>(v)); break;
      case DType::kInt32: put(static_cast<int32_t>(v)); break;
      case DType::kInt64: put(v); break;
      case DType::kUint8: put(static_cast<uint8_t>(v & 7)); break;
      case DType::kUint16: put(static_cast<uint16_t>(v & 7)); break;
      case DType::kUint32: put(static_cast<uint32_t>(v & 7)); break;
      case DType::kUint64: put(static_cast<uint64_t>(v & 7)); break;
      case DType::kFloat16: put(ToFloat16(static_cast<float>(v) / 8)); break;
      case DType::kBfloat16: put(ToBfloat16(static_cast<float>(v) / 8)); break;
      case DType::kFloat32: put(static_cast<float>(v) / 7); break;
      case DType::kFloat64: put(static_cast<double>(v) / 7); break;
      case DType::kComplex64: put(std::complex<float>(static_cast<float>(v) / 8, static_cast<float>(Draw(-8, 8)) / 8)); break;
      case DType::kComplex128: put(Value(static_cast<double>(v) / 7, static_cast<double>(Draw(-8, 8)) / 7)); break;
    }
  }
}

void HashBytes(const char* data, size_t n) {
  for (size_t i = 0; i < n; i++) hash = (hash ^ static_cast<uint8_t>(data[i])) * 1099511628211ull;
}

// What integers of the type keep of a sum.
double Wrapped(DType type, double x) {
  if (BytesOf(type) == 8) return x;  // no sum here is that large
  const double range = std::ldexp(1.0, static_cast<int>(8 * BytesOf(type)));
  const double low = x - std::floor(x / range) * range;
  const bool is_signed = type >= DType::kInt8 && type <= DType::kInt64;
  return is_signed && low >= range / 2 ? low - range : low;
}

double Epsilon(DType type) {
  switch (type) {
    case DType::kFloat16: return 0x1p-10;
    case DType::kBfloat16: return 0x1p-7;
    case DType::kFloat32:
    case DType::kComplex64: return 0x1p-22;
    case DType::kFloat64:
    case DType::kComplex128: return 0x1p-51;
    default: return 0;
  }
}

struct Seen {
  const ProductSpec* spec;
  char* raw;
  std::vector<int>* visits;
  int64_t rows, columns;
};

// Counts how often each place is visited, and that its element is final by then: it is kept in `copy`.
Seen seen;
std::vector<char>* copy;
void CountingEpilogue(void* const* args, int64_t batch, int64_t row0, int64_t row1, int64_t column0, int64_t column1) {
  const int64_t bytes = BytesOf(seen.spec->out);
  for (int64_t r = row0; r < row1; r++) {
    for (int64_t c = column0; c < column1; c++) {
      const int64_t at = (batch * seen.rows + r) * seen.columns + c;
      (*seen.visits)[at]++;
      std::memcpy(copy->data() + at * bytes, static_cast<char*>(args[0]) + at * bytes, bytes);
    }
  }
}

// All places of a list of dimensions as sums of one member of each.
template <typename Dim>
std::vector<int64_t> Places(const std::vector<Dim>& dims, int64_t Dim::*stride) {
  std::vector<int64_t> out = {0};
  for (const Dim& d : dims) {
    std::vector<int64_t> next;
    for (int64_t base : out) {
      for (int64_t i = 0; i < d.size; i++) next.push_back(base + i * (d.*stride));
    }
    out = next;
  }
  return out;
}

void Check(const char* name, const ProductSpec& s, int64_t lhs_size, int64_t rhs_size, int64_t out_size, bool epilogue) {
  Memory lhs(lhs_size * BytesOf(s.lhs)), rhs(rhs_size * BytesOf(s.rhs)), out(out_size * BytesOf(s.out));
  Fill(s.lhs, lhs);
  Fill(s.rhs, rhs);
  std::memset(out.data(), 0x5a, out.bytes());
  const auto params = s.Params();
  void* args[] = {lhs.data(), rhs.data(), out.data()};
  RoutineCall call = {args, params.data(), static_cast<int64_t>(params.size()), nullptr, nullptr};
  std::vector<int> visits(out_size);
  std::vector<char> snapshot(out.bytes());
  const auto rows = Places(s.rows, &SharedDim::first), out_rows = Places(s.rows, &SharedDim::second);
  const auto columns = Places(s.columns, &SharedDim::first), out_columns = Places(s.columns, &SharedDim::second);
  if (epilogue) {
    seen = {&s, out.data(), &visits, static_cast<int64_t>(rows.size()), static_cast<int64_t>(columns.size())};
    copy = &snapshot;
    call.epilogue = CountingEpilogue;
    call.epilogue_args = args + 2;
  }
  RunDot(call);
  HashBytes(out.data(), out.bytes());

  const auto lhs_items = Places(s.batch, &BatchDim::lhs), rhs_items = Places(s.batch, &BatchDim::rhs);
  const auto out_items = Places(s.batch, &BatchDim::out);
  const auto lhs_depth = Places(s.depth, &SharedDim::first), rhs_depth = Places(s.depth, &SharedDim::second);
  double worst = 0;
  for (size_t b = 0; compare && b < lhs_items.size(); b++) {
    for (size_t m = 0; m < rows.size(); m++) {
      for (size_t n = 0; n < columns.size(); n++) {
        Value sum = 0;
        double size = 0;
        for (size_t k = 0; k < lhs_depth.size(); k++) {
          const Value x = Load(s.lhs, lhs.data(), s.lhs_offset + lhs_items[b] + rows[m] + lhs_depth[k]);
          const Value y = Load(s.rhs, rhs.data(), s.rhs_offset + rhs_items[b] + columns[n] + rhs_depth[k]);
          sum += x * y;
          size += std::abs(x * y);
        }
        if (s.out == DType::kBool) sum = sum.real() > 0 ? 1 : 0;
        if (s.out > DType::kBool && s.out < DType::kFloat16) sum = Wrapped(s.out, sum.real());
        const Value got = Load(s.out, out.data(), s.out_offset + out_items[b] + out_rows[m] + out_columns[n]);
        const double allowed = Epsilon(s.out) * std::abs(sum) + Epsilon(s.compute) * 4 * size;
        worst = std::max(worst, std::abs(got - sum) - allowed);
      }
    }
  }
  bool once = true;
  if (epilogue) {
    once = std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }) &&
           std::memcmp(snapshot.data(), out.data(), out.bytes()) == 0;
  }
  if (worst > 0 || !once) {
    failures++;
    std::printf("FAILED %s: batch %zu rows %zu columns %zu depth %zu: off by %g%s\n", name, lhs_items.size(), rows.size(),
                columns.size(), lhs_depth.size(), worst, once ? "" : ", epilogue");
  }
}

// Puts dimensions into memory in a random order, some with gaps, some backwards; returns the array's size.
int64_t LayOut(std::vector<std::pair<int64_t, int64_t*>> dims, int64_t& offset, bool plain) {
  if (!plain) std::shuffle(dims.begin(), dims.end(), random_bits);
  int64_t n = 1;
  offset = 0;
  for (auto it = dims.rbegin(); it != dims.rend(); ++it) {
    const int64_t gap = !plain && Draw(0, 5) == 0 ? 2 : 1;
    const bool backwards = !plain && Draw(0, 7) == 0;
    *it->second = backwards ? -n * gap : n * gap;
    if (backwards) offset += (it->first - 1) * n * gap;
    n *= it->first * gap;
  }
  return n;
}

int64_t Extent(int64_t most) { return Draw(0, 3) == 0 ? Draw(1, 4) : Draw(1, most); }

void RandomCase(DType lhs, DType rhs, DType out, DType compute, int64_t most) {
  ProductSpec s;
  s.lhs = lhs;
  s.rhs = rhs;
  s.out = out;
  s.compute = compute;
  const auto shared = [&](int64_t total) {
    std::vector<SharedDim> dims(Draw(0, 2));
    for (SharedDim& d : dims) d.size = dims.size() == 1 ? Extent(total) : Extent(total / 3 + 1);
    return dims;
  };
  s.rows = shared(most);
  s.columns = shared(most);
  s.depth = shared(2 * most);
  if (Draw(0, 20) == 0 && !s.depth.empty()) s.depth[0].size = 0;
  s.batch.resize(Draw(0, 2));
  for (BatchDim& d : s.batch) d = {Draw(1, 3), 0, 0, 0, 0, 0, 0};
  std::vector<std::pair<int64_t, int64_t*>> in_lhs, in_rhs, in_out;
  for (BatchDim& d : s.batch) {
    if (Draw(0, 4) > 0) in_lhs.push_back({d.size, &d.lhs});
    if (Draw(0, 4) > 0) in_rhs.push_back({d.size, &d.rhs});
    in_out.push_back({d.size, &d.out});
  }
  for (SharedDim& d : s.rows) {
    in_lhs.push_back({d.size, &d.first});
    in_out.push_back({d.size, &d.second});
  }
  for (SharedDim& d : s.columns) {
    in_rhs.push_back({d.size, &d.first});
    in_out.push_back({d.size, &d.second});
  }
  for (SharedDim& d : s.depth) {
    in_lhs.push_back({d.size, &d.first});
    in_rhs.push_back({d.size, &d.second});
  }
  const bool plain = Draw(0, 2) == 0;
  const bool dense_out = Draw(0, 2) > 0;
  const int64_t lhs_size = LayOut(in_lhs, s.lhs_offset, plain);
  const int64_t rhs_size = LayOut(in_rhs, s.rhs_offset, plain);
  const int64_t out_size = LayOut(in_out, s.out_offset, dense_out);
  int64_t items = 1;
  for (auto d = s.batch.rbegin(); d != s.batch.rend(); ++d) {
    d->batch = items;
    items *= d->size;
  }
  char name[64];
  std::snprintf(name, sizeof(name), "random types %d %d %d %d", static_cast<int>(lhs), static_cast<int>(rhs), static_cast<int>(out),
                static_cast<int>(compute));
  Check(name, s, std::max<int64_t>(lhs_size, 1), std::max<int64_t>(rhs_size, 1), out_size, dense_out);
}

void DenseCase(int64_t batch, int64_t m, int64_t n, int64_t k, bool lhs_t, bool rhs_t, DType type) {
  ProductSpec s = Dense(batch, m, n, k, lhs_t, rhs_t);
  s.lhs = s.rhs = s.out = type;
  s.compute = type == DType::kBfloat16 || type == DType::kFloat16 ? DType::kFloat32 : type;
  char name[64];
  std::snprintf(name, sizeof(name), "dense type %d", static_cast<int>(type));
  Check(name, s, batch * m * k, batch * k * n, batch * m * n, true);
}

// A product of -0 is -0, and a sum of several 0.
void SignCase(DType type, int64_t m, int64_t n, int64_t k, bool lhs_t, bool rhs_t) {
  ProductSpec s = Dense(1, m, n, k, lhs_t, rhs_t);
  s.lhs = s.rhs = s.out = type;
  s.compute = type == DType::kBfloat16 || type == DType::kFloat16 ? DType::kFloat32 : type;
  Memory lhs(m * k * BytesOf(type)), rhs(k * n * BytesOf(type)), out(m * n * BytesOf(type));
  const auto put = [&](const Memory& memory, double re) {
    const int64_t n = static_cast<int64_t>(memory.bytes()) / BytesOf(type);
    for (int64_t i = 0; i < n; i++) {
      const auto one = [&](auto x) { std::memcpy(memory.data() + i * sizeof(x), &x, sizeof(x)); };
      switch (type) {
        case DType::kFloat16: one(ToFloat16(static_cast<float>(re))); break;
        case DType::kBfloat16: one(ToBfloat16(static_cast<float>(re))); break;
        case DType::kFloat32: one(static_cast<float>(re)); break;
        case DType::kFloat64: one(re); break;
        // (-0 + 0i)(1 + 1i) = (-0 - 0) + (-0 + 0)i
        default: one(std::complex<double>(re, re < 1 ? 0.0 : 1.0)); break;
      }
    }
  };
  put(lhs, -0.0);
  put(rhs, 1);
  put(out, 7);
  const auto params = s.Params();
  void* args[] = {lhs.data(), rhs.data(), out.data()};
  RunDot({args, params.data(), static_cast<int64_t>(params.size()), nullptr, nullptr});
  for (int64_t i = 0; i < m * n; i++) {
    const double got = Load(type, out.data(), i).real();
    if (got == 0 && std::signbit(got) == (k == 1)) continue;
    failures++;
    std::printf("FAILED sign of type %d: rows %d columns %d depth %d: %g\n", static_cast<int>(type), static_cast<int>(m),
                static_cast<int>(n), static_cast<int>(k), got);
    return;
  }
}

}  // namespace

int Main(int argc, char** argv) {
  if (argc > 1) UseInstructionSet(static_cast<InstructionSet>(std::atoi(argv[1])));
  // Sanitizers are slow: with a second argument there are so many times fewer cases, and the large ones are left out.
  const int part = argc > 2 ? std::atoi(argv[2]) : 1;
  compare = argc <= 3;
  for (DType type : {DType::kFloat32, DType::kFloat64, DType::kBfloat16, DType::kFloat16}) {
    const bool big = type != DType::kFloat16;
    for (int64_t t = 0; t < 4; t++) {
      DenseCase(1, 70, 40, 90, t & 1, t & 2, type);
      DenseCase(5, 17, 33, 9, t & 1, t & 2, type);
      if (part > 1) continue;
      DenseCase(1, 100, 100, 100, t & 1, t & 2, type);
      DenseCase(1, 131, 75, 600, t & 1, t & 2, type);
      DenseCase(1, 7, 9, 5000, t & 1, t & 2, type);
      DenseCase(1, 1, 300, 500, t & 1, t & 2, type);
      DenseCase(1, 300, 1, 500, t & 1, t & 2, type);
      DenseCase(1, 1, 37, 20000, t & 1, t & 2, type);
      DenseCase(3, 5, 1, 40000, t & 1, t & 2, type);
      DenseCase(1, 1, 1, 70001, t & 1, t & 2, type);
      if (big) DenseCase(2, 260, 300, 130, t & 1, t & 2, type);
    }
    DenseCase(2, 3, 4, 0, false, false, type);
  }
  for (DType type : {DType::kFloat32, DType::kFloat64, DType::kBfloat16, DType::kFloat16, DType::kComplex128}) {
    for (int64_t k : {1, 2, 9, 33}) {
      for (int64_t t = 0; t < 4; t++) {
        SignCase(type, 1, 1, k, t & 1, t & 2);
        SignCase(type, 1, 37, k, t & 1, t & 2);
        SignCase(type, 37, 1, k, t & 1, t & 2);
        SignCase(type, 61, 37, k, t & 1, t & 2);
        SignCase(type, 20, 150, k, t & 1, t & 2);
      }
    }
  }
  for (int i = 0; i < 400 / part; i++) RandomCase(DType::kFloat32, DType::kFloat32, DType::kFloat32, DType::kFloat32, 60);
  for (int i = 0; i < 100 / part; i++) RandomCase(DType::kFloat64, DType::kFloat64, DType::kFloat64, DType::kFloat64, 40);
  const DType halves[] = {DType::kBfloat16, DType::kFloat16, DType::kFloat32};
  for (int i = 0; i < 200 / part; i++) {
    RandomCase(halves[Draw(0, 2)], halves[Draw(0, 2)], halves[Draw(0, 2)], DType::kFloat32, 40);
  }
  for (int i = 0; i < 60 / part; i++) {
    for (int t = 0; t < 15; t++) {
      const DType type = static_cast<DType>(t);
      if (type < DType::kFloat16 || type > DType::kFloat64) RandomCase(type, type, type, type, 24);
    }
    RandomCase(DType::kInt8, DType::kInt8, DType::kInt32, DType::kInt32, 24);
    RandomCase(DType::kUint8, DType::kUint8, DType::kInt64, DType::kInt64, 24);
    RandomCase(DType::kFloat32, DType::kFloat32, DType::kFloat64, DType::kFloat64, 24);
    RandomCase(DType::kFloat64, DType::kFloat64, DType::kFloat32, DType::kFloat64, 24);
    RandomCase(DType::kInt16, DType::kInt16, DType::kFloat32, DType::kFloat32, 24);
  }
  std::printf("%s %016llx\n", failures == 0 ? "ok" : "failed", static_cast<unsigned long long>(hash));
  return failures == 0 ? 0 : 1;
}

}  // namespace cotangent

int main(int argc, char** argv) { return cotangent::Main(argc, argv); }
