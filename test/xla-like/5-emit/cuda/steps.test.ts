// Whole training steps, small ones: everything in them that has kernels of ours, beside the reference evaluator.
import { describe, expect, it } from "vitest";
import type { HloModule } from "../../../../xla-like/index.js";
import { convnet, gpt, lstm, mlp } from "../../2-fuse/real-programs.js";
import { jit, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { checkProgram, Tally } from "./watched.js";

/** Parameters, data and squares of gradients, which are not negative. */
const argumentsOf = (m: HloModule) =>
  m.entry.parameters.map(({ shape }, k) => {
    const data = sample(shape, k + 1);
    for (let i = 0; i < data.length; i++) {
      if (data instanceof Float32Array) data[i] = Math.abs(data[i]) / 10;
      else if (data instanceof Int32Array) data[i] = Math.abs(data[i]) % 5;
    }
    return data;
  });

const steps: readonly (readonly [string, () => HloModule])[] = [
  ["gpt", () => gpt({ layers: 2, width: 32, heads: 2, length: 40, batch: 2, vocabulary: 70 })],
  ["convnet", () => convnet(3, 12)],
  ["mlp", () => mlp(33, [40, 36, 10])],
  ["lstm", () => lstm(4, 5, 12)],
];

describe.skipIf(jit === undefined)(`training steps as fibres${whyNoJit}`, () => {
  it.each(steps)("of %s", (_, make) => {
    const tally = new Tally();
    const m = make();
    checkProgram(m, argumentsOf(m), tally, { busyThreads: 64 });
    expect([...tally.skipped.keys()]).toEqual([]);
    expect([...tally.run.values()].reduce((n, k) => n + k, 0)).toBeGreaterThan(5);
    if (process.env.FC_RUNS !== undefined) console.log(String(tally));
  });
});
