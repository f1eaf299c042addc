/** Zeros that loops begin with. */
import { describe, expect, it } from "vitest";
import { schedule } from "../../../xla-like/3-schedule/index.js";
import { HloBuilder, type HloInstruction, type HloModule, verify } from "../../../xla-like/hlo/index.js";
import { expectSameResults } from "../1-simplify/helpers.js";
import { f32, s32 } from "../hlo/programs.js";

const zeros = (b: HloBuilder): HloInstruction =>
  b.fusion(
    "loop",
    b.computation("zeros", [], (f) => [f.fill(0, "float32", [8])]),
    [],
  )[0];

/** Doubles each but the last, which it leaves alone. */
const loopOver = (initial: (b: HloBuilder) => readonly HloInstruction[]): HloModule => {
  const b = new HloBuilder("main");
  const xs = initial(b);
  const types = [s32(), ...xs.map(() => f32(8))];
  const more = b.computation("more", types, (c, [i]) => c.compare(i, c.scalar("int32", 2), "LT"));
  const turn = b.computation("turn", types, (c, [i, ...ps]) => [
    c.binary("add", i, c.scalar("int32", 1)),
    ...ps.map((p, k) => (k < ps.length - 1 ? c.binary("add", p, p) : p)),
  ]);
  return b.module("m", b.while(more, turn, [b.scalar("int32", 0), ...xs]).slice(1));
};

const fillsIn = (m: HloModule): number => m.entry.instructions.filter((i) => i.opcode === "fusion").length;

const scheduled = (m: HloModule): HloModule => {
  const after = schedule(m);
  verify(after);
  expectSameResults(m, after, "bits", 0);
  return after;
};

describe("what is made of nothing", () => {
  it("is made for each carry that a loop changes", () => {
    const m = loopOver((b) => {
      const z = zeros(b);
      return [z, z, z, z];
    });
    // Three are changed, and one more is only read.
    expect([fillsIn(m), fillsIn(scheduled(m))]).toEqual([1, 4]);
  });

  it("is made once where it has one user, or several that are reshaped once each", () => {
    const alone = loopOver((b) => [zeros(b), b.parameter(f32(8))]);
    expect(fillsIn(scheduled(alone))).toBe(1);
    const apart = loopOver((b) => {
      const z = zeros(b);
      const form = (): HloInstruction => b.reshape(b.reshape(z, [2, 4]), [8]);
      return [form(), form(), b.parameter(f32(8))];
    });
    expect(fillsIn(scheduled(apart))).toBe(2);
  });
});
