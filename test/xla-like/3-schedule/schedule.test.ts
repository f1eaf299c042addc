/** What scheduling does to the order of instructions, and what it may not do. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { dependenceOf } from "../../../xla-like/3-schedule/dependence.js";
import { schedule } from "../../../xla-like/3-schedule/index.js";
import { orderSteps } from "../../../xla-like/3-schedule/order.js";
import { type Cost, costOf } from "../../../xla-like/3-schedule/peak.js";
import {
  computationsOf,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  hasSideEffect,
  verify,
} from "../../../xla-like/hlo/index.js";
import { expectSameResults } from "../1-simplify/helpers.js";
import { randomProgram } from "../1-simplify/random-program.js";
import { randomLoops } from "../4-assign/random-loops.js";
import { wrapEach } from "../4-assign/wrapping.js";
import { f32, s32 } from "../hlo/programs.js";
import { randomModule } from "../hlo/random-module.js";

/** What the entry costs in the order in which it stands, loops and conditionals counted as nothing. */
const costAsGiven = ({ entry, donation = [] }: HloModule): Cost => {
  const d = dependenceOf(entry, { heirs: new Map(donation), inner: () => 0 });
  return costOf(d, d.steps);
};

const add = (b: HloBuilder) => b.reducer("add", "float32");

/** Twenty large arrays, all made first and then summed up. */
const wide = (): HloModule => {
  const b = new HloBuilder("main");
  const x = b.parameter(f32(256));
  const made = Array.from({ length: 20 }, (_, k) => b.binary("multiply", x, b.fill(k, "float32", [256])));
  const sums = made.map((m) => b.reduce([m], [b.scalar("float32", 0)], [0], add(b))[0]);
  return b.module("wide", [sums.reduce((p, q) => b.binary("add", p, q))]);
};

const opcodesOf = (m: HloModule): string[] =>
  m.entry.instructions
    .filter((i) => i.opcode === "fusion")
    .map((i) => (i.opcode === "fusion" ? i.computation.name : ""));

describe("scheduling", () => {
  it("makes large values when they are needed", () => {
    const before = wrapEach(wide());
    const after = schedule(before);
    verify(after);
    expectSameResults(before, after, "bits", 0);
    // All twenty at once, and afterwards one or two.
    expect(costAsGiven(before).peak).toBeGreaterThan(20 * 1024);
    expect(costAsGiven(after).peak).toBeLessThan(4 * 1024);
  });

  it("leaves a module alone that is in order", () => {
    const m = schedule(wrapEach(wide()));
    expect(schedule(m)).toBe(m);
  });

  it("puts an update after everything else that reads what it updates", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32(64));
    const u = b.parameter(f32(1));
    const made = b.unary("negate", x);
    const update = b.computation("update", [f32(64), f32(1)], (c, [p, q]) => [
      c.dynamicUpdateSlice(p, q, [c.scalar("int32", 3)]),
    ]);
    const read = b.computation("read", [f32(64)], (c, [p]) => [c.unary("sine", p)]);
    const [updated] = b.fusion("update", update, [made, u]);
    const [sine] = b.fusion("loop", read, [made]);
    const before = b.module("m", [updated, sine]);
    const after = schedule(before);
    verify(after);
    expect(opcodesOf(before)).toEqual(["update", "read"]);
    expect(opcodesOf(after)).toEqual(["read", "update"]);
    expectSameResults(before, after, "bits", 1);
  });

  it("puts it first all the same where a reader needs the updated value", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32(64));
    const u = b.parameter(f32(1));
    const made = b.unary("negate", x);
    const update = b.computation("update", [f32(64), f32(1)], (c, [p, q]) => [
      c.dynamicUpdateSlice(p, q, [c.scalar("int32", 3)]),
    ]);
    const both = b.computation("both", [f32(64), f32(64)], (c, [p, q]) => [c.binary("add", p, q)]);
    const [updated] = b.fusion("update", update, [made, u]);
    const [sum] = b.fusion("loop", both, [made, updated]);
    const after = schedule(b.module("m", [sum]));
    verify(after);
    expect(opcodesOf(after)).toEqual(["update", "both"]);
  });

  it("keeps what has effects in its order", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32(256));
    const options = { hasSideEffect: true, callback: () => [] };
    const large = Array.from({ length: 6 }, (_, k) => b.binary("add", x, b.fill(k, "float32", [256])));
    // The last made is shown first, so effects alone keep the order.
    for (const v of [...large].reverse()) b.customCall("callback", [v], [], { ...options, config: { of: v.id } });
    const before = b.module("m", [x]);
    const effects = (m: HloModule): number[] => m.entry.instructions.filter(hasSideEffect).map((i) => i.id);
    const after = schedule(before);
    verify(after);
    expect(effects(after)).toEqual(effects(before));
    expect(costAsGiven(after).peak).toBeLessThan(costAsGiven(before).peak);
  });

  it("gives computations that are run from two places to one of them, and the other a copy", () => {
    const b = new HloBuilder("main");
    const more = b.computation("more", [s32(), f32(3)], (c, [i]) => c.compare(i, c.scalar("int32", 3), "LT"));
    const double = b.computation("double", [f32(3)], (c, [x]) => [c.binary("add", x, x)]);
    const turn = b.computation("turn", [s32(), f32(3)], (c, [i, x]) => [
      c.binary("add", i, c.scalar("int32", 1)),
      c.conditional(i, [double, double], [x])[0],
    ]);
    const zero = b.scalar("int32", 0);
    const first = b.while(more, turn, [zero, b.parameter(f32(3))]);
    const second = b.while(more, turn, [zero, first[1]]);
    const before = b.module("m", [second[1]]);
    const after = schedule(before);
    verify(after);
    const names = (m: HloModule): string[] => computationsOf(m).map((c) => c.name);
    expect(names(before).sort()).toEqual(["double", "main", "more", "turn"]);
    expect(names(after).sort()).toEqual([
      "double", "double.1", "double.2", "double.3", "main", "more", "more.1", "turn", "turn.1",
    ]); // biome-ignore format: a table
    expectSameResults(before, after, "bits", 2);
  });

  it("never costs more than the order that was given", () => {
    fc.assert(
      fc.property(randomProgram, (m) => {
        const before = wrapEach(simplify(m));
        const d = dependenceOf(before.entry, { heirs: new Map(), inner: () => 0 });
        const given = costOf(
          d,
          orderSteps(
            d,
            d.steps.map((s) => s.rank),
          ),
        );
        const after = costAsGiven(schedule(before));
        if (
          computationsOf(before).every((c) =>
            c.instructions.every((i) => i.opcode !== "while" && i.opcode !== "conditional"),
          )
        )
          expect(after.copied < given.copied || (after.copied === given.copied && after.peak <= given.peak)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  for (const [name, programs] of [
    ["random modules", randomModule],
    ["programs for the simplifier", randomProgram],
    ["loops, conditionals and updates", randomLoops],
  ] as const)
    it(`keeps ${name} valid and equal in their results`, () => {
      fc.assert(
        fc.property(programs, fc.nat(99), (m, seed) => {
          const before = wrapEach(m);
          const after = schedule(before);
          verify(after);
          expectSameResults(before, after, "bits", seed);
          // The same instructions, in another order.
          const ids = (of: HloModule): number[] =>
            of.entry.instructions.map((i: HloInstruction) => i.id).sort((p, q) => p - q);
          expect(ids(after)).toEqual(ids(before));
        }),
        { numRuns: 100 },
      );
    });
});
