// The samples of every primitive, with their derivatives and mapped forms: each fusion of theirs as a card's kernels.
import { afterAll, describe, expect, it } from "vitest";
import { byName, forEachCase, operandsOf } from "../../../../props/suites/cases.js";
import { transformed } from "../../../../props/suites/transformed.js";
import { type CudaArch, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { printComputation } from "../../../../xla-like/index.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { bytesBesides } from "./budgets.js";
import type { Piece } from "./pieces.js";
import { assemble, entriesOf, figuresOf, hasAssembler, nvptx, whyNoAssembler, whyNoPtx } from "./ptx.js";
import { checkClosed, checkStaged } from "./staged.js";
import { Tally } from "./watched.js";

const tally = new Tally();
/** Few enough that small arrays are computed in vectors, where they have any. */
const busyThreads = 2;

describe.skipIf(jit === undefined)(`the kernels of samples${whyNoJit}`, () => {
  afterAll(() => {
    if (process.env.FC_RUNS !== undefined) console.log(`samples: ${tally}`);
  });

  it.each(byName())("%s", (name, cases) => {
    forEachCase(cases, (c) => {
      checkStaged((...xs) => c.f(...xs), name, operandsOf(c, 1), tally, { busyThreads });
      for (const [transform, closed, operands] of transformed(c)) {
        checkClosed(closed, `${transform}_${name}`, operands, tally, { busyThreads });
      }
    });
  });
});

/** All of them where they can be assembled or somebody asks, and else one of so many. */
const isAll = hasAssembler || process.env.COTANGENT_PTX === "all";
const share = 40;
const together = 50;

describe.skipIf(jit === undefined || nvptx === undefined)(`the kernels of samples as PTX${whyNoPtx}`, () => {
  it.each(["sm_80", "sm_90"] as const)(
    `for %s, assembled without spilling${whyNoAssembler}`,
    (arch) => {
      const pieces = [...tally.known.values()].filter((_, k) => isAll || k % share === 0);
      const spilling: string[] = [];
      let kernels = 0;
      for (let k = 0; k < pieces.length; k += together) {
        kernels += check(pieces.slice(k, k + together), arch, spilling);
      }
      if (isAll) console.log(`${arch}: ${kernels} kernels of ${pieces.length} fusions and others`);
      expect(kernels).toBeGreaterThan(pieces.length / 2);
      expect(spilling).toEqual([]);
    },
    3_000_000,
  );

  /** How many kernels there are; adds those that need memory of their own to a list. */
  function check(pieces: readonly Piece[], arch: CudaArch, spilling: string[]): number {
    const module = new IrModule();
    const symbols = pieces.flatMap((p, k) =>
      p.emit(module, `kernel_${k}`, cudaTarget(arch)).launches.map((l) => l.symbol),
    );
    const ptx = nvptx?.ptxOf(module.toString(), arch) ?? "";
    expect(entriesOf(ptx).sort()).toEqual([...new Set(symbols)].sort());
    expect(ptx).not.toMatch(/\t(ld|st|atom)\.(v\d\.)?[bufs]\d/);
    expect(ptx).not.toContain(".extern .func");
    if (!hasAssembler) return symbols.length;
    const figures = figuresOf(assemble(ptx, arch));
    expect(figures.size).toBe(new Set(symbols).size);
    for (const [symbol, { spilled, stack, registers }] of figures) {
      const { kind, computation } = pieces[Number(symbol.split("_")[1])];
      const what = `${spilled} bytes spilled, ${stack} of stack, ${registers} registers: ${kind} ${printComputation(computation)}`;
      const besides = bytesBesides(computation.instructions.map((i) => i.opcode));
      if (spilled + stack > besides) spilling.push(what);
    }
    return symbols.length;
  }
});
