// Loop kernels for a card, run as fibres beside the reference evaluator.
import { describe, it } from "vitest";
import { arrayShape, type DType } from "../../../../xla-like/index.js";
import { jit, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { checkCuda } from "./harness.js";
import { elementwisePrograms, loopFusion, type Program } from "./programs.js";

const run = (program: Program, scale?: number): void => {
  const shapes = program.fusion.operands.map((o) => o.shape);
  const args = shapes.map((s, k) => {
    if (s.kind !== "array") throw new Error("not an array");
    return sample(s, k + 1);
  });
  try {
    checkCuda(program, args, { scale });
  } catch (error) {
    throw new Error(`${program.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

describe.runIf(jit !== undefined)(`loop kernels as fibres${whyNoJit}`, () => {
  it.each<DType>(["float32", "int32", "bool", "complex64", "bfloat16", "uint8", "int64"])("elementwise on %s", (d) => {
    for (const program of elementwisePrograms(d, 70)) run(program);
  });

  it.each<DType>(["float32", "uint8"])("several neighbours a thread, and a last one of fewer: %s", (d) => {
    const shape = arrayShape(d, [2 ** 18 + 3]);
    run(loopFusion("add", [shape, shape], (b, [x, y]) => b.binary("add", x, y)));
  });
});
