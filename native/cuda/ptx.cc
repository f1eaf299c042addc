#include "cuda/ptx.h"

#include <mutex>

#include "llvm_handles.h"

namespace cotangent {

using namespace llvm_c;

namespace {

constexpr char kTriple[] = "nvptx64-nvidia-cuda";
// The PTX of CUDA 12.0: every driver since then reads it, and it has what sm_90 has.
constexpr char kFeatures[] = "+ptx80";
// Vectors but for those in memory become scalars, masked lanes branches, and pointers tell where they point to; then
// indices, which come as 64-bit arithmetic on a place that is known to be small, become 32-bit arithmetic. Loops stay as
// they are: the driver unrolls those worth it.
constexpr char kPasses[] =
    "function(scalarize-masked-mem-intrin,scalarizer,sroa,early-cse<memssa>,"
    "instcombine<no-verify-fixpoint>,infer-address-spaces,correlated-propagation,simplifycfg,"
    "instcombine<no-verify-fixpoint>,early-cse<memssa>,simplifycfg)";

LLVMTargetRef FindTarget() {
#ifdef COTANGENT_NVPTX
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  });
  LLVMTargetRef target = nullptr;
  char* error = nullptr;
  if (!LLVMGetTargetFromTriple(kTriple, &target, &error)) return target;
  LLVMDisposeMessage(error);
#endif
  throw PtxError("PTX_NO_TARGET",
                 "the LLVM that the addon was built with cannot compile for NVIDIA's cards, for it lacks the NVPTX target: "
                 "install LLVM 19 as Debian's llvm-19-dev or apt.llvm.org have it, then run `npm run setup`");
}

// "sm_" and two digits: anything else LLVM would quietly take for its oldest card.
bool IsArch(const std::string& arch) {
  return arch.size() == 5 && arch.compare(0, 3, "sm_") == 0 &&
         arch.find_first_not_of("0123456789", 3) == std::string::npos;
}

}  // namespace

std::string CompilePtx(const std::string& ir, const std::string& arch) try {
  LLVMTargetRef target = FindTarget();
  if (!IsArch(arch)) throw PtxError("PTX_ARCH", "'" + arch + "' is no architecture: write \"sm_80\" or \"sm_90\"");
  const Machine machine(LLVMCreateTargetMachine(target, kTriple, arch.c_str(), kFeatures, LLVMCodeGenLevelDefault,
                                                LLVMRelocDefault, LLVMCodeModelDefault));
  return Compile<std::string>(ir, machine.get(), kPasses, LLVMAssemblyFile);
} catch (const PtxError&) {
  throw;
} catch (const std::runtime_error& error) {
  throw PtxError("PTX_FAILED", std::string("no PTX for ") + arch + ": " + error.what());
}

}  // namespace cotangent
