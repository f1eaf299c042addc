// The stand-in's state and its log, and what tests call.
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "fake_cuda.h"

namespace cotangent::cuda::fake {
namespace {

constexpr size_t kCardBytes = size_t{1} << 30;
constexpr size_t kLongestLog = size_t{1} << 20;

}  // namespace

State::State()
    : settings{{"devices", 2},         {"version", 12040}, {"init", 0},        {"memory", kCardBytes},
               {"pinned", kCardBytes}, {"launch", 0},      {"link", 0},        {"kernel", 0},
               {"kernelafter", 0},     {"simulate", 0},    {"major", 9},       {"instantiate", 0},
               {"update", 0},          {"capture", 0},     {"conditions", 0}} {
  if (const char* path = std::getenv("FAKE_CUDA_LOG")) file = std::fopen(path, "a");
  const char* text = std::getenv("FAKE_CUDA");
  std::istringstream in(text == nullptr ? "" : text);
  for (std::string item; std::getline(in, item, ',');) {
    const size_t at = item.find('=');
    if (at != std::string::npos) settings[item.substr(0, at)] = std::atoll(item.c_str() + at + 1);
  }
}

State& state() {
  // Never destroyed: the threads of those who use it may end later.
  static State& the = *new State;
  return the;
}

std::recursive_mutex& mutex() {
  static auto& the = *new std::recursive_mutex;
  return the;
}

void Log(const std::string& line) {
  if (state().log.size() < kLongestLog) state().log += line + "\n";
  if (state().file == nullptr) return;
  std::fprintf(state().file, "%s\n", line.c_str());
  std::fflush(state().file);
}
Result Setting(const char* name) { return static_cast<Result>(state().settings[name]); }

// ---- What tests call.

FAKE void fakeSet(const char* name, long long value) { state().settings[name] = value; }
FAKE const char* fakeLog() { return state().log.c_str(); }
FAKE void fakeClear() { state().log.clear(); }
FAKE void fakeRun() { RunAll(); }
FAKE void fakeAdvance(long long milliseconds) { state().clock += milliseconds; }
FAKE void fakeHeal() { state().error = kSuccess; }
// What was made and not given back.
FAKE int fakeLive() {
  const State& s = state();
  return s.live_streams + s.contexts + s.modules + s.events + s.graphs + static_cast<int>(s.memory.size()) +
         static_cast<int>(s.pinned.size());
}

}  // namespace cotangent::cuda::fake
