// Kernels of any kind made into PTX for every card, and into machine code where the assembler is installed.
import { expect } from "vitest";
import { type CudaLaunch, type CudaTarget, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { assemble, entriesOf, hasAssembler, nvptx, whyNoPtx } from "./ptx.js";

export type EmitLaunches = (module: IrModule, target: CudaTarget) => readonly CudaLaunch[];

/** Everything that all cards' texts must have: the kernels launched, and only memory whose kind is known. */
export function ptxOfKernels(emit: EmitLaunches): string {
  if (nvptx === undefined) throw new Error(`no compiler${whyNoPtx}`);
  let text = "";
  for (const arch of ["sm_80", "sm_90"] as const) {
    const module = new IrModule();
    const launches = emit(module, cudaTarget(arch));
    text = nvptx.ptxOf(module.toString(), arch);
    expect(entriesOf(text).sort()).toEqual([...new Set(launches.map((l) => l.symbol))].sort());
    expect(text).not.toMatch(/\t(ld|st|atom)\.(v\d\.)?[bufs]\d/);
    expect(text).not.toContain(".extern .func");
    if (!hasAssembler) continue;
    const report = assemble(text, arch, 1);
    for (const { symbol } of launches) expect(report).toContain(`'${symbol}'`);
  }
  return text;
}
