// Instructions outside of fusions run as fibres, in several orders of their threads, beside the reference evaluator.
import { expect } from "vitest";
import { emitCudaRoutine } from "../../../../xla-like/5-emit/cuda/routines/index.js";
import {
  type CudaLaunch,
  type CudaTarget,
  type CudaWork,
  cudaTarget,
} from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import {
  type ArrayShape,
  dtypes,
  type HloBuilder,
  type HloInstruction,
  type HloModule,
  type HostArray,
  sizeOf,
} from "../../../../xla-like/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import { moduleOf, type Operand, onlyInstruction } from "../cpu/routines/helpers.js";
import type { Edit } from "./barriers.js";
import { compileGrids, orders, padded, typed } from "./harness.js";
import { ptxOfKernels } from "./ptx-kernels.js";

export type Body = (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[];

export const launchesOf = ({ steps }: CudaWork): readonly CudaLaunch[] =>
  steps.map((step) => {
    if (step.kind !== "launch") throw new Error(`${step.routine} is a library's`);
    return step;
  });

const resultsOf = ({ shape }: HloInstruction): readonly ArrayShape[] =>
  shape.kind === "array" ? [shape] : shape.elements;

function work(kernels: IrModule, module: HloModule, target: CudaTarget): CudaWork {
  const made = emitCudaRoutine(kernels, onlyInstruction(module), "kernel", target);
  if (made === undefined) throw new Error("no kernels");
  return made;
}

/** The results in every order, which are the same bits in all; and what the reference evaluator gives. */
export function runRoutineAsFibres(
  operands: readonly Operand[],
  body: Body,
  edit: Edit = (ir) => ir,
): {
  readonly got: readonly HostArray[];
  readonly want: readonly HostArray[];
  readonly launches: readonly CudaLaunch[];
} {
  const module = moduleOf(operands, body);
  const i = onlyInstruction(module);
  const data = i.operands.map((x) => {
    const k = module.entry.parameters.findIndex((p) => p.id === x.id);
    return x.opcode === "constant" ? x.data : operands[k].data;
  });
  const want = evaluate(
    module,
    operands.map((x) => x.data),
  );
  const kernels = new IrModule();
  const made = work(kernels, module, cudaTarget("sm_90", "fibres"));
  const launches = launchesOf(made);
  const compiled = compileGrids(edit(kernels.toString()), launches);
  let got: readonly HostArray[] | undefined;
  orders.forEach((order, turn) => {
    const poison = 0xa5 ^ (0xff * (turn % 2));
    const shapes = resultsOf(i);
    const outputs = shapes.map((s) => padded(sizeOf(s.dims) * dtypes[s.dtype].bytes, poison));
    const memory = [...data.map((d) => padded(d.byteLength, poison, d)), ...outputs, padded(made.scratchBytes, poison)];
    compiled.run(memory, order);
    const now = shapes.map((s, k) => typed(s, outputs[k]));
    expect(now, "another order gave other bits").toEqual(got ?? now);
    got ??= now;
  });
  compiled.release();
  return { got: got ?? [], want, launches };
}

export function ptxOfRoutine(operands: readonly Operand[], body: Body): string {
  const module = moduleOf(operands, body);
  return ptxOfKernels((kernels, target) => launchesOf(work(kernels, module, target)));
}
