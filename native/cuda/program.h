// A plan for a card made ready to run: its kernels loaded, its constants on the card.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cuda/graphs.h"
#include "cuda/module.h"
#include "runtime/plan.h"

namespace cotangent::cuda {

// What a program is made from.
struct ProgramSource {
  std::string name;
  const double* words;
  size_t num_words;
  std::vector<std::string> symbols;
  std::vector<std::string> names;  // what the symbols compute, for errors
  std::vector<std::string> routines;
  const void* constants;
  size_t constant_bytes;
  // PTX or machine code for the driver; empty where nothing is a kernel of ours. For the simulated card, the addresses
  // of the symbols instead, and what keeps them there.
  std::string image;
  std::vector<void*> fibres;
  std::shared_ptr<void> code;
};

class Program {
 public:
  // Throws std::runtime_error where the plan is none, DriverError where the driver refuses the image.
  Program(const Context& context, const ProgramSource& source);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const std::string& name() const { return name_; }
  const Plan& plan() const { return *plan_; }
  const std::vector<std::unique_ptr<Kernel>>& kernels() const { return kernels_; }
  // How many launches, copies and calls a run makes, if nothing in it depends on data.
  double steps() const { return steps_; }
  // Runs of it that are known to the driver.
  Graphs& graphs() const { return *graphs_; }
  // The constants as the host has them, until they are on the card.
  const void* host_constants() const { return plan_->constants.get(); }
  void ForgetHostConstants() { plan_->constants = nullptr; }
  size_t constant_bytes() const { return constant_bytes_; }
  DevicePointer constants = 0;

 private:
  std::string FibreImage(const ProgramSource& source) const;

  std::string name_;
  std::shared_ptr<Plan> plan_;
  std::shared_ptr<void> code_;  // below what may run it
  std::vector<std::unique_ptr<Kernel>> kernels_;
  std::unique_ptr<Module> module_;
  size_t constant_bytes_;
  double steps_ = 0;
  std::unique_ptr<Graphs> graphs_;
};

}  // namespace cotangent::cuda
