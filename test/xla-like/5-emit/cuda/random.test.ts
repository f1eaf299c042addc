// Two thousand random programs as a card's kernels, run as fibres beside the reference evaluator. FC_RUNS: how many of each sort.
import fc from "fast-check";
import { afterAll, describe, it } from "vitest";
import { program } from "../../../../props/arbitraries/index.js";
import { grad, numpy as np, type Tensor, vmap } from "../../../../src/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import { randomProgram } from "../../1-simplify/random-program.js";
import { wholeArguments } from "../../hlo/arguments.js";
import { randomModule } from "../../hlo/random-module.js";
import { jit, type Program, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { pieceOf } from "./pieces.js";
import { randomReductions, randomRows } from "./random-rows.js";
import { checkStaged } from "./staged.js";
import { checkPiece, checkProgram, Tally } from "./watched.js";

const numRuns = Number(process.env.FC_RUNS ?? 286);
const busyThreads = 8;
const tally = new Tally();

const checkRows = (p: Program): void => {
  const args = p.fusion.operands.map((o, k) => {
    if (o.shape.kind !== "array") throw new Error("not an array");
    return sample(o.shape, k + 1);
  });
  // As for rows that are not random: numbers of either sign, up to 3.
  const added = 4 * Math.sqrt(Math.max(...args.map((x) => x.length)));
  tally.programs++;
  tally.count(tally.run, p.fusion.kind);
  checkPiece(pieceOf(p.fusion), args, evaluate(p.module, args), { busyThreads, added });
};

const sum =
  (f: (...xs: Tensor[]) => Tensor) =>
  (...xs: Tensor[]) =>
    grad((...ys: Tensor[]) => np.sum(f(...ys)) as Tensor)(...xs);
/** Enough of them that kernels have whole vectors, and something left over. */
const batched = (x: Tensor): Tensor =>
  np
    .cos(np.arange(37, { dtype: "float32" }))
    .reshape([37, ...x.shape.map(() => 1)])
    .mul(x);

describe.skipIf(jit === undefined)(`random programs as fibres${whyNoJit}`, () => {
  afterAll(() => {
    if (process.env.FC_RUNS !== undefined) console.log(`random: ${tally}`);
  });
  const timeout = 3_000_000;
  const options = { numRuns };

  it("over rows", () => fc.assert(fc.property(randomRows, checkRows), options), timeout);
  it("of reductions over any dimensions", () => fc.assert(fc.property(randomReductions, checkRows), options), timeout);

  for (const [name, programs] of [
    ["modules of every instruction", randomModule],
    ["programs that give the rules much to do", randomProgram],
  ] as const) {
    it(
      name,
      () =>
        fc.assert(
          fc.property(programs, fc.nat(1000), (m, seed) => {
            checkProgram(m, wholeArguments(m, seed), tally, { busyThreads });
          }),
          options,
        ),
      timeout,
    );
  }

  it.each([
    ["compiled", (f: (...xs: Tensor[]) => Tensor) => f, (x: Tensor) => x],
    ["differentiated", sum, (x: Tensor) => x],
    ["mapped over a batch", (f: (...xs: Tensor[]) => Tensor) => vmap(f), batched],
  ] as const)(
    "of tensors, %s",
    (name, transform, argument) =>
      fc.assert(
        fc.property(program(), ({ f, args }) => {
          checkStaged(transform(f) as (...xs: Tensor[]) => Tensor, name, args.map(argument), tally, { busyThreads });
        }),
        options,
      ),
    timeout,
  );
});
