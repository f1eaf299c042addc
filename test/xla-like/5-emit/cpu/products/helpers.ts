// Runs a dot or a convolution by its routine, beside the reference evaluator.
import { productThunk } from "../../../../../xla-like/5-emit/cpu/products/index.js";
import type { Slot } from "../../../../../xla-like/5-emit/plan.js";
import {
  arrayShape,
  dtypes,
  HloBuilder,
  type HloInstruction,
  type HostArray,
  type Instr,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { type Operand, runThunk } from "../routines/helpers.js";

const bytesOf = ({ dtype, dims }: Pick<Operand, "dtype" | "dims">): number =>
  dtypes[dtype].bytes * dims.reduce((n, d) => n * d, 1);

export interface Outcome {
  readonly native: HostArray;
  readonly reference: HostArray;
  readonly params: readonly number[];
}

/** The fusion of `body`, a product of views of its parameters, computed both ways. */
export const runProduct = (
  kind: "dot" | "convolution",
  operands: readonly Operand[],
  body: (b: HloBuilder, xs: readonly HloInstruction[]) => HloInstruction,
): Outcome => {
  const shapes = operands.map((x) => arrayShape(x.dtype, x.dims));
  const b = new HloBuilder("entry");
  const fused = b.computation("product", shapes, (f, xs) => [body(f, xs)]);
  const [result] = b.fusion(
    kind,
    fused,
    shapes.map((s) => b.parameter(s)),
  );
  const module = b.module("product", [result]);
  const fusion = module.entry.instructions.find((i): i is Instr<"fusion"> => i.opcode === "fusion");
  if (fusion === undefined || result.shape.kind !== "array") throw new Error("there is no fusion of one result");
  const slots: Slot[] = [
    ...shapes.map((s, index): Slot => ({ home: { kind: "parameter", index }, bytes: bytesOf(s) })),
    { home: { kind: "output", index: 0 }, bytes: bytesOf(result.shape) },
  ];
  const thunk = productThunk(fusion, { operands: shapes.map((_, k) => k), product: shapes.length });
  const data = operands.map((x) => x.data);
  const [native] = runThunk(module, slots, [thunk], data);
  return { native, reference: evaluate(module, data)[0], params: thunk.params };
};
