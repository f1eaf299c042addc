// Row kernels and tiles for a grid: run by fibres in several orders beside the reference evaluator, and made into PTX.
import { describe, expect, it } from "vitest";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import { cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { expectBarriersNeeded } from "./barriers.js";
import { checkCuda } from "./harness.js";
import { entriesOf, nvptx, whyNoPtx } from "./ptx.js";
import {
  type Case,
  cases,
  layerNorm,
  layerNormGradient,
  manyColumns,
  reduction,
  softmax,
  transposed,
  zeros,
} from "./row-programs.js";

const named = (list: readonly Case[]) => list.map((c) => [c.name, c] as const);
const archs = ["sm_80", "sm_90"] as const;

/** The fusion's kernels as PTX. */
function compiled({ program }: Case, arch: (typeof archs)[number]) {
  const module = new IrModule();
  const { launches } = emitCudaFusion(module, program.fusion, "kernel", cudaTarget(arch));
  return { ptx: nvptx?.ptxOf(module.toString(), arch) ?? "", launches };
}

describe.skipIf(jit === undefined)(`row kernels of a grid${whyNoJit}`, () => {
  it.each(named(cases))("%s", (_, { program, args, scale }) => {
    checkCuda(program, args, { scale });
  });

  it.each([
    [[5, 0], [1]],
    [[0, 7], [0]],
    [[3, 0, 4], [1]],
    [[0], [0]],
    [
      [1, 1],
      [0, 1],
    ],
    [[0, 5], [1]],
  ])("give what they start from where there is nothing to reduce: %j along %j", (dims, along) => {
    const { program, args } = reduction("add", "float32", dims, along);
    const { grids } = checkCuda(program, args);
    expect(grids.launches).toHaveLength(program.fusion.shape.elements[0].dims.includes(0) ? 0 : 1);
  });

  it("keep the sign of sums of zeros", () => {
    for (const along of [[1], [0], [0, 1]]) {
      const { program, args } = reduction("add", "float32", [6, 40], along, [zeros(6, 40)], -0);
      checkCuda(program, args);
    }
  });
});

describe.skipIf(jit === undefined)(`row kernels without their barriers${whyNoJit}`, () => {
  it.each(
    named([
      layerNorm([3, 4096], 1),
      layerNormGradient([5, 1025], 1),
      reduction("add", "float32", [700, 40], [0]),
      reduction("maximum", "float32", [2, 3000], [1]),
      transposed([70, 45], [1, 0]),
      manyColumns([40, 33], 5, "complex128"),
    ]),
  )("are found out: %s", (_, { program, args, scale }) => {
    expectBarriersNeeded((edit) => checkCuda(program, args, { scale, edit }));
  });
});

describe.skipIf(nvptx === undefined)(`row kernels as PTX${whyNoPtx}`, () => {
  it.each(named(cases))("%s", (_, c) => {
    for (const arch of archs) {
      const { ptx, launches } = compiled(c, arch);
      expect(entriesOf(ptx).sort()).toEqual(launches.map((l) => l.symbol).sort());
      // Neither functions that no card has, nor memory of a thread's own.
      expect(ptx).not.toMatch(/\.extern \.func|\.local/);
    }
  });

  it("reads a row once, 16 bytes at a time, where its threads' registers hold it", () => {
    const { ptx } = compiled(softmax([64, 1024], 1), "sm_90");
    expect(ptx.match(/ld\.global\.v4\.f32/g)).toHaveLength(8);
    expect(ptx.match(/st\.global\.v4\.f32/g)).toHaveLength(8);
    expect(ptx).not.toMatch(/ld\.global\.f32|bar\.sync/);
  });

  it("meets once a pass where a row has a block", () => {
    const { ptx } = compiled(layerNorm([64, 4096], 1), "sm_90");
    expect(ptx.match(/bar\.sync/g)).toHaveLength(2);
    expect(ptx.match(/st\.shared/g)).toHaveLength(2);
  });

  it("turns tiles in shared memory", () => {
    const { ptx, launches } = compiled(transposed([64, 96], [1, 0]), "sm_80");
    expect(launches[0].sharedBytes).toBe(2 * 32 * 33 * 4);
    expect(ptx.match(/bar\.sync/g)).toHaveLength(2);
  });
});
