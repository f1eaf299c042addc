#include "cuda/program.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "cuda/libraries/routine.h"
#include "fibres/fibres.h"

namespace cotangent::cuda {
namespace {

void* FindCardRoutine(const char* name) { return reinterpret_cast<void*>(FindLibraryRoutine(name)); }

double StepsOf(const Plan& plan, const Thunks& thunks) {
  double out = 0;
  for (const Thunk& thunk : thunks) {
    if (thunk.kind == Thunk::Kind::kWhile) {
      const double turns = static_cast<double>(std::max<int64_t>(thunk.grain, 1));
      out += turns * StepsOf(plan, plan.bodies[thunk.children.begin + 1]);
    } else if (thunk.kind == Thunk::Kind::kConditional) {
      for (uint32_t i = 0; i < thunk.children.size; i++) out += StepsOf(plan, plan.bodies[thunk.children.begin + i]);
    } else {
      out += 1;
    }
  }
  return out;
}

// Arguments and shared memory of each kernel, as its launches have them.
struct Needs {
  uint32_t args = 0;
  uint32_t shared = 0;
};

void Collect(const Plan& plan, const Thunks& thunks, std::map<const void*, Needs>& out) {
  for (const Thunk& thunk : thunks) {
    if (thunk.kind == Thunk::Kind::kLaunch) {
      const Plan::Launch& launch = plan.launches[static_cast<size_t>(thunk.units)];
      Needs& needs = out[launch.kernel];
      needs.args = thunk.args.size;
      needs.shared = std::max(needs.shared, launch.shared_bytes);
    }
  }
}

std::map<const void*, Needs> NeedsOf(const Plan& plan) {
  std::map<const void*, Needs> out;
  Collect(plan, plan.thunks, out);
  for (const Thunks& body : plan.bodies) Collect(plan, body, out);
  return out;
}

}  // namespace

Program::Program(const Context& context, const ProgramSource& source)
    : name_(source.name), code_(source.code), constant_bytes_(source.constant_bytes) {
  PlanSource plan{source.words, source.num_words, {}, source.routines, source.constants, source.constant_bytes};
  plan.card_routine = FindCardRoutine;
  for (size_t i = 0; i < source.symbols.size(); i++) {
    kernels_.push_back(std::make_unique<Kernel>(Kernel{nullptr, source.names[i]}));
    plan.symbols.push_back(kernels_.back().get());
  }
  plan_ = DecodePlan(plan);
  steps_ = StepsOf(*plan_, plan_->thunks);
  graphs_ = std::make_unique<Graphs>(context, *plan_, steps_);
  if (kernels_.empty()) return;
  module_ = std::make_unique<Module>(context, source.fibres.empty() ? source.image : FibreImage(source));
  const std::map<const void*, Needs> needs = NeedsOf(*plan_);
  for (size_t i = 0; i < kernels_.size(); i++) {
    const auto found = needs.find(kernels_[i].get());
    const uint32_t shared = found == needs.end() ? 0 : found->second.shared;
    kernels_[i]->function = module_->Get(source.symbols[i], shared).function;
  }
}

// What the simulated card takes for a module: how grids are run, then its kernels.
std::string Program::FibreImage(const ProgramSource& source) const {
  const std::map<const void*, Needs> needs = NeedsOf(*plan_);
  std::ostringstream out;
  out << "// fibres " << reinterpret_cast<uintptr_t>(&ct_fibre_run) << "\n";
  for (size_t i = 0; i < kernels_.size(); i++) {
    const auto found = needs.find(kernels_[i].get());
    out << source.symbols[i] << " " << reinterpret_cast<uintptr_t>(source.fibres[i]) << " "
        << (found == needs.end() ? 0 : found->second.args) << "\n";
  }
  return out.str();
}

}  // namespace cotangent::cuda
