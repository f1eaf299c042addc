// Products in float32 and float64: operands are packed into panels that tiles read straight through, or are read where
// they lie if few tiles would use a panel. Every element is summed in the order of k by one thread, in blocks that
// depend on the shape alone, so that the number of threads does not show in the result.
#include <algorithm>
#include <cstring>

#include "cpu/gemm/finish.h"
#include "cpu/gemm/kernels.h"
#include "cpu/gemm/lanes.h"
#include "cpu/gemm/real.h"
#include "runtime/pool.h"

namespace cotangent {
namespace {

constexpr int64_t kDepthBlock = 512;        // a panel of the right operand fits the first-level cache, nearly
constexpr int64_t kPackedElements = 8 << 20;  // of both operands at once
constexpr int64_t kSideBlock = 2048;        // rows or columns packed at once, if all would be too many
constexpr double kSmallWork = 1 << 19;      // multiplications that are not worth a second thread
constexpr double kPieceWork = 1 << 18;

int64_t Ceil(int64_t n, int64_t d) { return (n + d - 1) / d; }

// ParallelFor, or the same on this thread alone.
template <typename Task>
void ForEach(bool parallel, int64_t n, int64_t grain, const Task& task) {
  if (parallel && n > grain) {
    Pool::Shared().ParallelFor(n, grain, task);
  } else if (n > 0) {
    task(0, n);
  }
}

// Where sums go: into the result itself, or into an array of sums in row-major order.
template <typename T>
struct Target {
  T* sums;        // null: the result
  int64_t pitch;  // of `sums`
};

template <typename T>
class RealProduct {
 public:
  RealProduct(const Product& p, Source lhs, Source rhs) : p_(p), kernels_(KernelsOf<T>()), lhs_(lhs), rhs_(rhs) {
    const int64_t most = kernels_.rows;
    tile_rows_ = Ceil(p.rows, Ceil(p.rows, most));
    panel_columns_ = Kernels<T>::kVectors * kernels_.lanes;
    in_place_ = p.out_type == p.compute && p.out_columns.dense();
    const bool rhs_readable = rhs == kSame && p.rhs_columns.dense() && p.rhs_depth.affine();
    pack_rhs_ = !rhs_readable || p.rows > 4 * most;
    pack_lhs_ = lhs != kSame || p.columns > 4 * panel_columns_;
  }

  void Run() {
    const double work = static_cast<double>(p_.rows) * p_.columns * std::max<int64_t>(p_.depth, 1);
    const int threads = Pool::Shared().threads();
    if (SplitsDepth()) {
      for (int64_t i = 0; i < p_.batch; i++) RunSplit(p_.ItemAt(i));
      return;
    }
    const bool many = p_.batch >= 4 * threads || (p_.batch > 1 && p_.batch % threads == 0);
    if (p_.batch > 1 && (many || work < kSmallWork)) {
      const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(kPieceWork / std::max(work, 1.0)));
      ForEach(true, p_.batch, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) RunItem(p_.ItemAt(i), 0, p_.depth, {nullptr, 0}, false);
      });
      return;
    }
    for (int64_t i = 0; i < p_.batch; i++) {
      RunItem(p_.ItemAt(i), 0, p_.depth, {nullptr, 0}, threads > 1 && work >= kSmallWork);
    }
  }

 private:
  // A part of a matrix, in tiles, panels and places along the depth. Packed panels are relative to its beginning.
  struct Part {
    int64_t tile0, tile1, panel0, panel1, k0, k1;
    const T* lhs;  // null: not packed
    const T* rhs;
  };

  int64_t Tiles() const { return Ceil(p_.rows, tile_rows_); }
  int64_t Panels() const { return Ceil(p_.columns, panel_columns_); }

  // Equal blocks of the depth.
  static int64_t BlockOf(int64_t depth) {
    return depth <= kDepthBlock ? std::max<int64_t>(depth, 1) : Ceil(Ceil(depth, Ceil(depth, kDepthBlock)), 16) * 16;
  }

  // One matrix, summed over [k0, k1).
  void RunItem(const Item& item, int64_t k0, int64_t k1, const Target<T>& target, bool parallel) {
    int64_t tiles = Tiles();
    int64_t panels = Panels();
    int64_t depth = std::max<int64_t>(k1 - k0, 1);
    const int64_t side = pack_lhs_ * p_.rows + pack_rhs_ * p_.columns;
    if (side > kPackedElements / depth) {
      tiles = std::min(tiles, kSideBlock / tile_rows_);
      panels = std::min(panels, kSideBlock / panel_columns_);
      if (in_place_ || target.sums != nullptr) depth = std::min<int64_t>(depth, kPackedElements / (2 * kSideBlock));
    }
    for (int64_t panel = 0; panel < Panels(); panel += panels) {
      for (int64_t tile = 0; tile < Tiles(); tile += tiles) {
        for (int64_t k = k0; k < k1 || k == k0; k += depth) {
          Part part = {tile, std::min(tile + tiles, Tiles()), panel, std::min(panel + panels, Panels()),
                       k, std::min(k + depth, k1), nullptr, nullptr};
          PackPart(item, part, parallel);
          RunPart(item, part, k == k0, k + depth >= k1, target, parallel);
        }
      }
    }
  }

  void PackPart(const Item& item, Part& part, bool parallel) {
    const int64_t depth = part.k1 - part.k0;
    const int64_t tiles = pack_lhs_ ? part.tile1 - part.tile0 : 0;
    const int64_t panels = pack_rhs_ ? part.panel1 - part.panel0 : 0;
    if (tiles + panels == 0 || depth == 0) return;
    T* lhs = nullptr;
    T* rhs = nullptr;
    if (pack_lhs_) lhs = static_cast<T*>(Scratch(kPackedLhsLane, tiles * tile_rows_ * depth * sizeof(T) + 256));
    if (pack_rhs_) rhs = static_cast<T*>(Scratch(kPackedRhsLane, panels * panel_columns_ * depth * sizeof(T) + 256));
    const int64_t block = BlockOf(depth);
    const int64_t blocks = Ceil(depth, block);
    const int64_t grain = std::max<int64_t>(1, (1 << 15) / (block * panel_columns_));
    // Blocks outermost: neighbours share the table of one block.
    ForEach(parallel, (tiles + panels) * blocks, grain, [&](int64_t begin, int64_t end) {
      char* tables = static_cast<char*>(Scratch(kOwnPackLane, block * (2 * sizeof(int64_t) + 2 * sizeof(int32_t)) + 4096));
      int64_t* lanes = reinterpret_cast<int64_t*>(tables);
      int64_t* lhs_depth = lanes + 256;
      int64_t* rhs_depth = lhs_depth + block;
      int32_t* lhs_runs = reinterpret_cast<int32_t*>(rhs_depth + block);
      int32_t* rhs_runs = lhs_runs + block;
      int64_t lhs_filled = -1;
      int64_t rhs_filled = -1;
      for (int64_t unit = begin; unit < end; unit++) {
        const int64_t from = unit / (tiles + panels) * block;
        const int64_t size = std::min(block, depth - from);
        const int64_t which = unit % (tiles + panels);
        if (which < tiles) {
          if (lhs_filled != from) FillDepth(p_.lhs_depth, part.k0 + from, size, lhs_depth, lhs_runs);
          lhs_filled = from;
          const int64_t row = (part.tile0 + which) * tile_rows_;
          const int64_t count = std::min(tile_rows_, p_.rows - row);
          p_.lhs_rows.Fill(row, count, lanes);
          T* to = lhs + from * tiles * tile_rows_ + which * tile_rows_ * size;
          kernels_.pack[lhs_]({Source_(p_.lhs, p_.lhs_type, item.lhs), lanes, count, count, lhs_depth, lhs_runs, size, to});
        } else {
          if (rhs_filled != from) FillDepth(p_.rhs_depth, part.k0 + from, size, rhs_depth, rhs_runs);
          rhs_filled = from;
          const int64_t panel = which - tiles;
          const int64_t column = (part.panel0 + panel) * panel_columns_;
          const int64_t count = std::min(panel_columns_, p_.columns - column);
          p_.rhs_columns.Fill(column, count, lanes);
          T* to = rhs + from * panels * panel_columns_ + panel * panel_columns_ * size;
          kernels_.pack[rhs_](
              {Source_(p_.rhs, p_.rhs_type, item.rhs), lanes, count, panel_columns_, rhs_depth, rhs_runs, size, to});
        }
      }
    });
    part.lhs = lhs;
    part.rhs = rhs;
  }

  static const void* Source_(const char* data, Type type, int64_t offset) { return data + offset * BytesOf(type); }

  static void FillDepth(const Axis& axis, int64_t first, int64_t n, int64_t* offsets, int32_t* runs) {
    axis.Fill(first, n, offsets);
    int32_t run = 0;
    for (int64_t k = n - 1; k >= 0; k--) {
      run = k + 1 < n && offsets[k + 1] == offsets[k] + 1 ? run + 1 : 1;
      runs[k] = run;
    }
  }

  // Splits a part into blocks that stay in the second-level cache.
  void RunPart(const Item& item, const Part& part, bool first, bool last, const Target<T>& target, bool parallel) {
    const int64_t tiles = part.tile1 - part.tile0;
    const int64_t panels = part.panel1 - part.panel0;
    int64_t tile_group = std::min<int64_t>(tiles, std::max<int64_t>(1, 196 / tile_rows_));
    int64_t panel_group = std::min<int64_t>(panels, std::max<int64_t>(1, 256 / panel_columns_));
    if (parallel) {
      // Enough blocks for all threads to be busy to the end.
      const int64_t wanted = 4 * Pool::Shared().threads();
      const double work = static_cast<double>(tile_rows_) * panel_columns_ * std::max<int64_t>(1, part.k1 - part.k0);
      while (Ceil(tiles, tile_group) * Ceil(panels, panel_group) < wanted &&
             tile_group * panel_group * work > kPieceWork) {
        if (tile_group >= panel_group && tile_group > 1) {
          tile_group = Ceil(tile_group, 2);
        } else if (panel_group > 1) {
          panel_group = Ceil(panel_group, 2);
        } else {
          break;
        }
      }
    }
    const int64_t down = Ceil(tiles, tile_group);
    const int64_t across = Ceil(panels, panel_group);
    ForEach(parallel, down * across, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        const int64_t tile = part.tile0 + i / across * tile_group;
        const int64_t panel = part.panel0 + i % across * panel_group;
        RunBlock(item, part, tile, std::min(tile + tile_group, part.tile1), panel,
                 std::min(panel + panel_group, part.panel1), first, last, target);
      }
    });
  }

  void RunBlock(const Item& item, const Part& part, int64_t tile0, int64_t tile1, int64_t panel0, int64_t panel1,
                bool first, bool last, const Target<T>& target) {
    const Range at = {tile0 * tile_rows_, std::min(tile1 * tile_rows_, p_.rows), panel0 * panel_columns_,
                      std::min(panel1 * panel_columns_, p_.columns)};
    const int64_t depth = part.k1 - part.k0;
    const int64_t block = BlockOf(depth);
    const int64_t rows = at.rows();
    int64_t* c_rows = static_cast<int64_t*>(Scratch(kOwnTablesLane, (2 * rows + block) * sizeof(int64_t)));
    int64_t* a_rows = c_rows + rows;
    int64_t* a_depth = a_rows + rows;

    T* sums;
    const bool own = target.sums == nullptr && !in_place_;
    const int64_t pitch = own ? Ceil(at.columns(), kernels_.lanes) * kernels_.lanes : target.pitch;
    if (own) {
      sums = static_cast<T*>(Scratch(kOwnBlockLane, rows * pitch * sizeof(T)));
    } else if (target.sums != nullptr) {
      sums = target.sums + at.row0 * pitch + at.column0;
    } else {
      sums = reinterpret_cast<T*>(p_.out) + item.out + at.column0;
    }
    if (own || target.sums != nullptr) {
      for (int64_t i = 0; i < rows; i++) c_rows[i] = i * pitch;
    } else {
      p_.out_rows.Fill(at.row0, rows, c_rows);
    }

    Tile<T> tile;
    tile.a_depth = a_depth;
    if (part.lhs == nullptr) p_.lhs_rows.Fill(at.row0, rows, a_rows);
    const T* a = reinterpret_cast<const T*>(p_.lhs) + item.lhs;
    const T* b = reinterpret_cast<const T*>(p_.rhs) + item.rhs + at.column0;
    const int64_t part_rows = (part.tile1 - part.tile0) * tile_rows_;
    const int64_t part_columns = (part.panel1 - part.panel0) * panel_columns_;
    for (int64_t from = 0; from < depth || from == 0; from += block) {
      const int64_t size = std::min(block, depth - from);
      tile.depth = size;
      tile.accumulate = !first || from > 0;
      if (part.lhs == nullptr) p_.lhs_depth.Fill(part.k0 + from, size, a_depth);
      for (int64_t panel = panel0; panel < panel1; panel++) {
        const int64_t column = (panel - panel0) * panel_columns_;
        tile.columns = std::min(panel_columns_, at.columns() - column);
        const int vectors = tile.columns > kernels_.lanes ? 2 : 1;
        if (part.rhs != nullptr) {
          tile.b = part.rhs + from * part_columns + (panel - part.panel0) * panel_columns_ * size;
          tile.b_step = panel_columns_;
        } else {
          tile.b_step = p_.rhs_depth.step();
          tile.b = b + column + (part.k0 + from) * tile.b_step;
        }
        tile.c = sums + column;
        for (int64_t i = tile0; i < tile1; i++) {
          const int64_t row = (i - tile0) * tile_rows_;
          const int64_t some = std::min(tile_rows_, rows - row);
          tile.c_rows = c_rows + row;
          if (part.lhs != nullptr) {
            tile.a = part.lhs + from * part_rows + (i - part.tile0) * tile_rows_ * size;
            kernels_.packed[vectors][some](tile);
          } else {
            tile.a = a;
            tile.a_rows = a_rows + row;
            kernels_.table[vectors][some](tile);
          }
        }
      }
    }
    if (!last || target.sums != nullptr) return;
    if (own) {
      Finish(item, at, sums, pitch);
    } else {
      RunEpilogue(p_, item, at);
    }
  }

  void Finish(const Item& item, const Range& at, const T* sums, int64_t pitch) {
    StoreReal(p_, item, at, sums, pitch);
    RunEpilogue(p_, item, at);
  }

  // Small results of long sums: the depth is what is divided among threads, into parts that the shape decides.
  bool SplitsDepth() const { return p_.depth >= 4096 && p_.rows * p_.columns <= 128 * 128; }

  void RunSplit(const Item& item) {
    const int64_t size = Ceil(std::max<int64_t>(kDepthBlock, Ceil(p_.depth, 16)), kDepthBlock) * kDepthBlock;
    const int64_t parts = Ceil(p_.depth, size);
    const int64_t pitch = Ceil(p_.columns, kernels_.lanes) * kernels_.lanes;
    const int64_t area = p_.rows * pitch;
    T* sums = static_cast<T*>(Scratch(kPartialLane, parts * area * sizeof(T)));
    ForEach(true, parts, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        RunItem(item, i * size, std::min((i + 1) * size, p_.depth), {sums + i * area, pitch}, false);
      }
    });
    ForEach(true, p_.rows, std::max<int64_t>(1, (1 << 14) / pitch), [&](int64_t begin, int64_t end) {
      for (int64_t part = 1; part < parts; part++) {
        const T* from = sums + part * area;
        for (int64_t i = begin * pitch; i < end * pitch; i++) sums[i] += from[i];
      }
      Finish(item, {begin, end, 0, p_.columns}, sums + begin * pitch, pitch);
    });
  }

  const Product& p_;
  const Kernels<T>& kernels_;
  const Source lhs_, rhs_;
  int64_t tile_rows_, panel_columns_;
  bool in_place_, pack_lhs_, pack_rhs_;
};

}  // namespace

template <typename T>
void RunReal(const Product& p, Source lhs, Source rhs) {
  RealProduct<T>(p, lhs, rhs).Run();
}
template void RunReal<float>(const Product& p, Source lhs, Source rhs);
template void RunReal<double>(const Product& p, Source lhs, Source rhs);

}  // namespace cotangent
