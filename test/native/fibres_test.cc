// Grids of fibres: who threads are, that they wait for each other, and that what a card would hang at is an error.
// Prints what fails and exits with 1.
// Sources: fibres/fibres.cc
#include "fibres/fibres.h"

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "expect.h"

namespace cotangent {
namespace {

const std::vector<FibreOrder> kOrders = {{FibreOrder::Kind::kForward, 0},
                                         {FibreOrder::Kind::kReverse, 0},
                                         {FibreOrder::Kind::kShuffled, 1},
                                         {FibreOrder::Kind::kShuffled, 2}};

std::vector<int> Run(GridKernel kernel, int grid, int block, size_t shared, FibreOrder order, size_t results) {
  std::vector<int> out(results, -1);
  void* args[] = {out.data()};
  RunGrid({"k", kernel, grid, block, shared, order}, args);
  return out;
}

std::string ErrorOf(GridKernel kernel, int block, size_t shared = 0) {
  try {
    Run(kernel, 1, block, shared, {}, 1024);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

bool Says(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

void TestIds() {
  const GridKernel kernel = [](void** args) {
    const int block = ct_fibre_block(), thread = ct_fibre_thread();
    static_cast<int*>(args[0])[block * 96 + thread] = 1000 * block + thread;
  };
  for (const FibreOrder& order : kOrders) {
    const std::vector<int> out = Run(kernel, 3, 96, 0, order, 3 * 96);
    for (int k = 0; k < 3 * 96; k++) EXPECT(out[static_cast<size_t>(k)] == k / 96 * 1000 + k % 96);
  }
}

// A sum as a tree in shared memory; without `barriers`, threads read what others have not written yet.
template <bool barriers>
void Tree(void** args) {
  auto* shared = static_cast<unsigned*>(ct_fibre_shared());
  const int t = ct_fibre_thread();
  shared[t] = static_cast<unsigned>(t + ct_fibre_block());
  if (barriers) ct_fibre_barrier(0);
  for (int half = 64; half > 0; half /= 2) {
    if (t < half) shared[t] += shared[t + half];
    if (barriers) ct_fibre_barrier(1);
  }
  if (t == 0) static_cast<int*>(args[0])[ct_fibre_block()] = static_cast<int>(shared[0]);
}

void TestBarriers() {
  const std::vector<int> want = {8128, 8256};
  int wrong = 0;
  for (const FibreOrder& order : kOrders) {
    EXPECT(Run(Tree<true>, 2, 128, 512, order, 2) == want);
    if (Run(Tree<false>, 2, 128, 512, order, 2) != want) wrong++;
  }
  EXPECT(wrong > 0);
}

void TestShuffles() {
  const GridKernel kernel = [](void** args) {
    int* out = static_cast<int*>(args[0]) + 5 * ct_fibre_thread();
    const int t = ct_fibre_thread();
    out[0] = ct_fibre_shuffle(static_cast<int>(ShuffleKind::kXor), t, 3, 0);
    out[1] = ct_fibre_shuffle(static_cast<int>(ShuffleKind::kDown), t, 4, 1);
    out[2] = ct_fibre_shuffle(static_cast<int>(ShuffleKind::kIndex), t, 7, 2);
    out[3] = ct_fibre_vote(static_cast<int>(VoteKind::kBallot), t % 3 == 0, 3);
    out[4] = ct_fibre_vote(static_cast<int>(VoteKind::kAny), t == 40, 4) +
             2 * ct_fibre_vote(static_cast<int>(VoteKind::kAll), t >= 32, 5);
  };
  for (const FibreOrder& order : kOrders) {
    const std::vector<int> out = Run(kernel, 1, 64, 0, order, 5 * 64);
    for (int t = 0; t < 64; t++) {
      const int lane = t % 32, first = t - lane;
      unsigned ballot = 0;
      for (int k = 0; k < 32; k++) ballot |= ((first + k) % 3 == 0 ? 1u : 0u) << k;
      const int* got = &out[static_cast<size_t>(5 * t)];
      EXPECT(got[0] == (t ^ 3));
      EXPECT(got[1] == (lane + 4 < 32 ? t + 4 : t));
      EXPECT(got[2] == first + 7);
      EXPECT(got[3] == static_cast<int>(ballot));
      EXPECT(got[4] == (first == 32 ? 3 : 0));
    }
  }
}

void TestErrors() {
  EXPECT(Says(ErrorOf([](void**) { if (ct_fibre_thread() < 64) ct_fibre_barrier(0); }, 128),
              "kernel 'k', block 0: not all threads come to the same barrier: thread 0 waits at barrier 0, thread 64 has ended"));
  EXPECT(Says(ErrorOf([](void**) { ct_fibre_barrier(ct_fibre_thread() == 5 ? 7 : 8); }, 32),
              "thread 0 waits at barrier 8, thread 5 waits at barrier 7"));
  EXPECT(Says(ErrorOf([](void**) { if (ct_fibre_thread() != 3) ct_fibre_shuffle(0, 1, 1, 0); }, 32),
              "not all lanes of a warp come to the same exchange: thread 0 shuffles at site 0, thread 3 has ended"));
  EXPECT(Says(ErrorOf([](void**) { ct_fibre_vote(0, 1, ct_fibre_thread() & 1); }, 32), "votes at site 1"));
  EXPECT(Says(ErrorOf([](void**) { ct_fibre_vote(0, 1, 0); }, 40), "a warp of 8 threads cannot exchange"));
  EXPECT(Says(ErrorOf([](void**) { static_cast<char*>(ct_fibre_shared())[ct_fibre_thread()] = 0; }, 32, 31),
              "wrote beyond its 31 bytes of shared memory"));
  EXPECT(Says(ErrorOf([](void**) {}, 2000), "no grid of"));
  // Nothing of a failed grid is left over.
  EXPECT(ErrorOf([](void**) {}, 32).empty());
}

void TestPoison() {
  const GridKernel kernel = [](void** args) {
    auto* shared = static_cast<unsigned char*>(ct_fibre_shared());
    const int t = ct_fibre_thread();
    static_cast<int*>(args[0])[32 * ct_fibre_block() + t] = shared[t];
    shared[t] = 1;
  };
  for (const int byte : Run(kernel, 2, 32, 32, {}, 64)) EXPECT(byte == 0xCD);
}

}  // namespace
}  // namespace cotangent

int main() {
  cotangent::TestIds();
  cotangent::TestBarriers();
  cotangent::TestShuffles();
  cotangent::TestErrors();
  cotangent::TestPoison();
  return cotangent::failures == 0 ? 0 : 1;
}
