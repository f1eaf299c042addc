// Every kernel of random programs, as the fusion phase makes them, against the reference evaluator.
import fc from "fast-check";
import { describe, it } from "vitest";
import { simplify } from "../../../../../xla-like/1-simplify/index.js";
import { fuse } from "../../../../../xla-like/2-fuse/index.js";
import { computationsOf } from "../../../../../xla-like/hlo/graph.js";
import {
  type ArrayShape,
  HloBuilder,
  type HloModule,
  type HostArray,
  type Instr,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { randomProgram } from "../../../1-simplify/random-program.js";
import { randomModule } from "../../../hlo/random-module.js";
import { compile, expectClose, jit, type Program, sample, whyNoJit } from "./harness.js";

const isFusion = (i: { readonly opcode: string }): i is Instr<"fusion"> => i.opcode === "fusion";

/** The fusion alone, as a program of its own. */
function alone(fusion: Instr<"fusion">): Program & { readonly shapes: readonly ArrayShape[] } {
  const b = new HloBuilder("alone");
  const shapes = fusion.operands.map((x) => {
    if (x.shape.kind === "tuple") throw new Error("operands are arrays");
    return x.shape;
  });
  const results = b.fusion(
    fusion.kind,
    fusion.computation,
    shapes.map((s) => b.parameter(s)),
  );
  return { module: b.module("alone", results), fusion, shapes };
}

/** Small whole numbers, for which nearly everything is exact. */
function whole(shape: ArrayShape, seed: number): HostArray {
  const data = sample(shape, seed);
  if (data instanceof Float32Array)
    data.forEach((x, k) => {
      data[k] = Math.round(x);
    });
  return data;
}

/** Instructions after which a difference in the last place may be any difference. */
const unsteady = new Set(["sine", "power", "exponential", "atan2", "floor", "round-nearest-even", "divide"]);

function checkKernels(module: HloModule): void {
  for (const c of computationsOf(fuse(simplify(module)))) {
    for (const fusion of c.instructions.filter(isFusion)) {
      if (fusion.kind === "dot" || fusion.kind === "convolution") continue;
      const program = alone(fusion);
      const args = program.shapes.map((s, k) => whole(s, k + 1));
      const want = evaluate(program.module, args);
      const compiled = compile(program);
      const options = fusion.kind === "update" ? { inPlace: { 0: 0 } } : {};
      const got = compiled.run(args, options);
      compiled.release();
      const steady = !fusion.computation.instructions.some((i) => unsteady.has(i.opcode));
      fusion.shape.elements.forEach((shape, k) => {
        if (steady) expectClose(shape, got[k], want[k], 1);
      });
    }
  }
}

describe.skipIf(jit === undefined)(`kernels of random programs${whyNoJit}`, () => {
  it("compute what the reference evaluator does", () => {
    fc.assert(fc.property(randomProgram, checkKernels), { numRuns: 120 });
  }, 120_000);

  it("compile, whatever the module", () => {
    fc.assert(fc.property(randomModule, checkKernels), { numRuns: 80 });
  }, 120_000);
});
