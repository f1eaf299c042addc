// Products in float32 and float64: operands are packed into panels that tiles read straight through, or are read where
// they lie if few tiles would use a panel. Every element is summed in the order of k by one thread, in blocks that
// depend on the shape alone, so that the number of threads does not show in the result.
#include <algorithm>
#include <cstring>

#include "cpu/gemm/finish.h"
#include "cpu/gemm/kernels.h"
#include "cpu/gemm/lanes.h"
#include "cpu/gemm/pack.h"
#include "cpu/gemm/real.h"
#include "runtime/pool.h"

namespace cotangent {
namespace {

constexpr int64_t kDepthBlock = 512;          // summed in registers at a time
constexpr int64_t kBlockRows = 196;           // with kDepthBlock, of the left operand, less than a second-level cache
constexpr int64_t kBlockColumns = 1024;
constexpr int64_t kEpilogueColumns = 256;     // finished at once: rows of a block that are still in the cache
constexpr int64_t kPackedElements = 8 << 20;  // of both operands at once
constexpr int64_t kSideBlock = 2048;          // rows or columns packed at once, if all would be too many
constexpr double kSmallWork = 1 << 19;        // multiplications that are not worth a second thread
constexpr double kPieceWork = 1 << 18;
constexpr int64_t kPiecesPerThread = 3;
constexpr int64_t kMatrixAhead = 128 << 10;   // bytes that are fetched before they are needed
constexpr int64_t kPackedTogether = 8;        // panels, and tiles

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
    // Short rows lie as well as they would in a panel.
    pack_rhs_ = !rhs_readable || (p.rows > 4 * most && p.rhs_depth.step() > 4 * panel_columns_);
    pack_lhs_ = lhs != kSame || p.columns > 4 * panel_columns_;
  }

  void Run() {
    const double work = static_cast<double>(p_.rows) * p_.columns * std::max<int64_t>(p_.depth, 1);
    const int threads = p_.alone ? 1 : Pool::Shared().threads();
    if (SplitsDepth()) {
      for (int64_t i = 0; i < p_.batch; i++) RunSplit(p_.ItemAt(i));
      return;
    }
    const bool many = p_.batch >= 4 * threads || (p_.batch > 1 && p_.batch % threads == 0);
    if (p_.batch > 1 && (many || work < kSmallWork)) {
      const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(kPieceWork / std::max(work, 1.0)));
      ForEach(true, p_.batch, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) RunItem(p_.ItemBefore(i, end), 0, p_.depth, {nullptr, 0}, false);
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
          const Grid grid = Divide(part, parallel);
          PackPart(item, grid, part, parallel);
          RunPart(item, grid, part, k == k0, k + depth >= k1, target, parallel);
        }
      }
    }
  }

  // How a part is divided into blocks, each of which stays in the second-level cache.
  struct Grid {
    int64_t tiles, panels;  // of a block
    int64_t down, across;   // blocks
  };

  Grid Divide(const Part& part, bool parallel) const {
    const int64_t tiles = part.tile1 - part.tile0;
    const int64_t panels = part.panel1 - part.panel0;
    Grid g = {std::min(tiles, Ceil(kBlockRows, tile_rows_)), std::min(panels, Ceil(kBlockColumns, panel_columns_)), 0, 0};
    const auto count = [&] {
      g.down = Ceil(tiles, g.tiles);
      g.across = Ceil(panels, g.panels);
      return g.down * g.across;
    };
    const double work = static_cast<double>(tile_rows_) * panel_columns_ * std::max<int64_t>(1, part.k1 - part.k0);
    const int64_t wanted = parallel ? kPiecesPerThread * Pool::Shared().threads() : 1;
    while (count() < wanted && g.tiles * g.panels * work > kPieceWork) {
      // Every row of blocks reads the right operand, every column of them the left one: what is read more is less.
      const bool rows = g.panels < 2 || (g.tiles >= 2 && g.down * panels * panel_columns_ <= g.across * tiles * tile_rows_);
      if (rows && g.tiles < 2) break;
      (rows ? g.tiles : g.panels) = Ceil(rows ? g.tiles : g.panels, 2);
    }
    g.tiles = Ceil(tiles, g.down);
    g.panels = Ceil(panels, g.across);
    count();
    return g;
  }

  PackedOperand Lhs(const Item& item) const {
    const char* data = p_.lhs + item.lhs * BytesOf(p_.lhs_type);
    return {p_.lhs_depth, p_.lhs_rows, data, BytesOf(p_.lhs_type), lhs_, tile_rows_, false};
  }
  PackedOperand Rhs(const Item& item) const {
    const char* data = p_.rhs + item.rhs * BytesOf(p_.rhs_type);
    return {p_.rhs_depth, p_.rhs_columns, data, BytesOf(p_.rhs_type), rhs_, panel_columns_, true};
  }

  // Packs what all threads share: the right operand, and the left one if several blocks read the same rows.
  void PackPart(const Item& item, const Grid& grid, Part& part, bool parallel) {
    const int64_t depth = part.k1 - part.k0;
    const int64_t tiles = pack_lhs_ && grid.across > 1 ? part.tile1 - part.tile0 : 0;
    const int64_t panels = pack_rhs_ ? part.panel1 - part.panel0 : 0;
    if (tiles + panels == 0 || depth == 0) return;
    T* lhs = nullptr;
    T* rhs = nullptr;
    if (tiles > 0) lhs = static_cast<T*>(Scratch(kPackedLhsLane, tiles * tile_rows_ * depth * sizeof(T) + 256));
    if (panels > 0) rhs = static_cast<T*>(Scratch(kPackedRhsLane, panels * panel_columns_ * depth * sizeof(T) + 256));
    const int64_t block = BlockOf(depth);
    const int64_t grain = std::max<int64_t>(1, (1 << 13) / (block * panel_columns_));
    // A unit is a few tiles or a few panels of one block of the depth; neighbours share its tables.
    const int64_t lhs_units = Ceil(tiles, kPackedTogether);
    const int64_t units = lhs_units + Ceil(panels, kPackedTogether);
    ForEach(parallel, units * Ceil(depth, block), grain, [&](int64_t begin, int64_t end) {
      Packer<T> left(kernels_, Lhs(item), block, kOwnLhsDepthLane);
      Packer<T> right(kernels_, Rhs(item), block, kOwnRhsDepthLane);
      for (int64_t unit = begin; unit < end; unit++) {
        const int64_t from = unit / units * block;
        const int64_t size = std::min(block, depth - from);
        const int64_t i = unit % units;
        if (i < lhs_units) {
          const int64_t tile = i * kPackedTogether;
          left.Run(part.tile0 + tile, std::min(kPackedTogether, tiles - tile), part.k0 + from, size,
                   lhs + (from * tiles + tile * size) * tile_rows_);
        } else {
          const int64_t panel = (i - lhs_units) * kPackedTogether;
          right.Run(part.panel0 + panel, std::min(kPackedTogether, panels - panel), part.k0 + from, size,
                    rhs + (from * panels + panel * size) * panel_columns_);
        }
      }
    });
    part.lhs = lhs;
    part.rhs = rhs;
  }

  void RunPart(const Item& item, const Grid& grid, const Part& part, bool first, bool last, const Target<T>& target,
               bool parallel) {
    ForEach(parallel, grid.down * grid.across, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        const int64_t tile = part.tile0 + i / grid.across * grid.tiles;
        const int64_t panel = part.panel0 + i % grid.across * grid.panels;
        RunBlock(item, part, tile, std::min(tile + grid.tiles, part.tile1), panel,
                 std::min(panel + grid.panels, part.panel1), first, last, target);
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
    int64_t* c_rows = static_cast<int64_t*>(Scratch(kOwnRowsLane, (2 * rows + block) * sizeof(int64_t)));
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

    const bool pack = pack_lhs_ && part.lhs == nullptr;
    T* packed = nullptr;
    if (pack) packed = static_cast<T*>(Scratch(kOwnPanelsLane, rows * block * sizeof(T) + 256));
    if (!pack_lhs_) p_.lhs_rows.Fill(at.row0, rows, a_rows);
    const int64_t part_rows = (part.tile1 - part.tile0) * tile_rows_;
    Tile<T> tile;
    tile.a_depth = a_depth;
    for (int64_t from = 0; from < depth || from == 0; from += block) {
      const int64_t size = std::min(block, depth - from);
      tile.depth = size;
      tile.accumulate = !first || from > 0;
      const T* panels_of_tiles = packed;
      if (pack) {
        Packer<T>(kernels_, Lhs(item), block, kOwnLhsDepthLane).Run(tile0, tile1 - tile0, part.k0 + from, size, packed);
      } else if (pack_lhs_) {
        panels_of_tiles = part.lhs + from * part_rows + (tile0 - part.tile0) * tile_rows_ * size;
      } else {
        p_.lhs_depth.Fill(part.k0 + from, size, a_depth);
      }
      const bool finished = last && target.sums == nullptr && from + block >= depth;
      int64_t ended = panel0;  // the first panel that has not had its epilogue
      for (int64_t panel = panel0; panel < panel1; panel++) {
        RunPanel(item, part, {tile0, tile1, panel0, panel}, from, panels_of_tiles, a_rows, c_rows, sums, tile);
        if (!finished) continue;
        if (panel + 1 < panel1 && (panel + 1 - ended) * panel_columns_ < kEpilogueColumns) continue;
        const Range done = {at.row0, at.row1, ended * panel_columns_,
                            std::min((panel + 1) * panel_columns_, p_.columns)};
        ended = panel + 1;
        if (own) {
          StoreReal(p_, item, done, sums + done.column0 - at.column0, pitch);
        }
        RunEpilogue(p_, item, done);
      }
    }
  }

  // What is read after a matrix, if that lies together, in lines of the cache.
  struct Ahead {
    const char* lhs = nullptr;
    const char* rhs = nullptr;
    int64_t lhs_lines = 0, rhs_lines = 0;

    const char* Line(int64_t n) const {
      if (n < lhs_lines) return lhs + n * 64;
      n -= lhs_lines;
      return n < rhs_lines ? rhs + n * 64 : nullptr;
    }
  };

  Ahead After(const Item& item) const {
    Ahead next;
    if (item.next_lhs >= 0 && item.next_lhs != item.lhs) {
      next.lhs = p_.lhs + item.next_lhs * BytesOf(p_.lhs_type);
      next.lhs_lines = LinesOf(p_.lhs_rows, p_.lhs_depth, BytesOf(p_.lhs_type));
    }
    if (item.next_rhs >= 0 && item.next_rhs != item.rhs) {
      next.rhs = p_.rhs + item.next_rhs * BytesOf(p_.rhs_type);
      next.rhs_lines = LinesOf(p_.rhs_columns, p_.rhs_depth, BytesOf(p_.rhs_type));
    }
    return next;
  }

  // How many lines a matrix takes; 0 if it is scattered or too large to be kept beside this one.
  static int64_t LinesOf(const Axis& a, const Axis& b, int64_t bytes) {
    if (!a.affine() || !b.affine() || a.step() < 0 || b.step() < 0) return 0;
    const int64_t extent = (a.count - 1) * a.step() + (b.count - 1) * b.step() + 1;
    return extent > 2 * a.count * b.count || extent * bytes > kMatrixAhead ? 0 : Ceil(extent * bytes, 64);
  }

  // The tiles of one panel.
  struct Column {
    int64_t tile0, tile1, panel0, panel;  // `panel0` is where the block begins
  };

  void RunPanel(const Item& item, const Part& part, const Column& at, int64_t from, const T* packed, const int64_t* a_rows,
                const int64_t* c_rows, T* sums, Tile<T>& tile) const {
    const int64_t size = tile.depth;
    const int64_t column = (at.panel - at.panel0) * panel_columns_;
    tile.columns = std::min(panel_columns_, p_.columns - at.panel * panel_columns_);
    tile.c = sums + column;
    // The panel after this one is fetched while the first tiles of this one run.
    int64_t lines = 0;
    if (part.rhs != nullptr) {
      const int64_t part_columns = (part.panel1 - part.panel0) * panel_columns_;
      tile.b = part.rhs + from * part_columns + (at.panel - part.panel0) * panel_columns_ * size;
      tile.b_step = panel_columns_;
      if (at.panel + 1 < part.panel1) lines = size * panel_columns_ * sizeof(T) / 64;
    } else {
      tile.b_step = p_.rhs_depth.step();
      tile.b = reinterpret_cast<const T*>(p_.rhs) + item.rhs + at.panel * panel_columns_ + (part.k0 + from) * tile.b_step;
    }
    tile.ahead = reinterpret_cast<const char*>(tile.b) + lines * 64;
    const Ahead next = lines == 0 ? After(item) : Ahead{};
    const int64_t done = (at.panel - at.panel0) * (at.tile1 - at.tile0);
    const int vectors = tile.columns > kernels_.lanes ? 2 : 1;
    const auto* kernels = pack_lhs_ ? kernels_.packed[vectors] : kernels_.table[vectors];
    for (int64_t i = at.tile0; i < at.tile1; i++) {
      const int64_t row = (i - at.tile0) * tile_rows_;
      tile.c_rows = c_rows + row;
      if (pack_lhs_) {
        tile.a = packed + row * size;
      } else {
        tile.a = reinterpret_cast<const T*>(p_.lhs) + item.lhs;
        tile.a_rows = a_rows + row;
      }
      tile.ahead_step = lines > 0 ? 64 : 0;
      if (const char* line = next.Line((done + i - at.tile0) * size); line != nullptr) {
        tile.ahead = line;
        tile.ahead_step = 64;
      }
      kernels[std::min(tile_rows_, p_.rows - i * tile_rows_)](tile);
      if (lines > 0) {
        tile.ahead += size * 64;
        lines -= size;
      }
    }
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
      const Range at = {begin, end, 0, p_.columns};
      StoreReal(p_, item, at, sums + begin * pitch, pitch);
      RunEpilogue(p_, item, at);
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
