/** Who uses what while a computation is rewritten: against counting anew each time, and how much counting it takes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveInstructions, Uses } from "../../../xla-like/1-simplify/rewriting/uses.js";
import { HloBuilder, type HloComputation, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";

/** Sums of pairs of former values, of which the last is the result. */
const sums = (pairs: readonly (readonly [number, number])[]): HloComputation => {
  const b = new HloBuilder("main");
  const values = [b.parameter(f32(4)), b.parameter(f32(4))];
  for (const [p, q] of pairs) values.push(b.binary("add", values[p % values.length], values[q % values.length]));
  return b.build(values[values.length - 1]);
};

/** What `roots` need of the instructions, each of which is needed by the way of another than `left`. */
const neededWithout = (left: HloInstruction, instructions: readonly HloInstruction[], root: HloInstruction) => {
  const needed = new Set<HloInstruction>(root === left ? [] : [root]);
  for (const i of instructions.toReversed()) if (needed.has(i) && i !== left) for (const o of i.operands) needed.add(o);
  return needed;
};

/**
 * Visits a computation as the rewriter does; `rewrite` gives what takes an instruction's place, made of its operands,
 * or undefined.
 */
const visitAll = (
  c: HloComputation,
  rewrite: (i: HloInstruction, uses: Uses) => HloInstruction | undefined,
  suspended: (i: HloInstruction, uses: Uses, now: ReadonlyMap<HloInstruction, HloInstruction>) => void = () => {},
): Uses => {
  const uses = new Uses(c, liveInstructions(c.instructions, [c.root]));
  const now = new Map<HloInstruction, HloInstruction>();
  const live = liveInstructions(c.instructions, [c.root]);
  for (const i of c.instructions.filter((x) => live.has(x))) {
    const rebuilt = { ...i, operands: i.operands.map((o) => now.get(o)!) };
    if (i.opcode === "parameter") {
      now.set(i, rebuilt);
      uses.place(rebuilt);
      continue;
    }
    uses.suspend(rebuilt);
    suspended(rebuilt, uses, now);
    const other = rewrite(rebuilt, uses);
    now.set(i, other ?? rebuilt);
    if (other === undefined || !rebuilt.operands.includes(other)) uses.place(other ?? rebuilt);
    if (other === undefined) uses.resume();
    else uses.replace(i, rebuilt, other);
  }
  return uses;
};

describe("uses", () => {
  it("are those that remain without the suspended instruction and what only it needs", () => {
    const pair = fc.tuple(fc.nat(40), fc.nat(40));
    // 0 stays as it is, 1 gives way to its first operand, 2 to another instruction of the same operands.
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(2)),
        fc.nat(6),
        (pairs, ways, skip) => {
          const c = sums(pairs);
          let [visited, fresh] = [0, 1_000_000];
          visitAll(
            c,
            (i) => {
              const way = ways[visited++] ?? 0;
              return way === 0 ? undefined : way === 1 ? i.operands[0] : { ...i, id: fresh++ };
            },
            (suspended, uses, now) => {
              // The graph as it is: what was visited as it is now, the others over that.
              const current = new Map(now);
              for (const i of c.instructions) {
                if (current.has(i)) continue;
                const operands = i.operands.map((o) => current.get(o)!);
                current.set(i, i.id === suspended.id ? suspended : { ...i, operands });
              }
              const all = [...new Set(current.values())];
              const needed = neededWithout(suspended, all, current.get(c.root)!);
              // Asked of some only, latest first or not: answers must not depend on former questions.
              const asked = [...now.values()].filter((_, k) => skip === 0 || k % skip !== 0);
              for (const x of visited % 2 === 0 ? asked : asked.toReversed()) {
                const isRoot = x === current.get(c.root);
                expect(uses.isUsed(x), `%${x.id} without %${suspended.id}`).toBe(isRoot || needed.has(x));
              }
            },
          );
        },
      ),
    );
  });

  it("take a number of steps that grows with the length of a chain, whether its instructions stay or not", () => {
    const chain = (n: number): HloComputation => {
      const b = new HloBuilder("main");
      const [p, q] = [b.parameter(f32(4)), b.parameter(f32(4))];
      let x = p;
      for (let k = 0; k < n; k++) x = k % 2 === 0 ? b.binary("add", x, q) : b.unary("sine", x);
      return b.build(x);
    };
    let fresh = 1_000_000;
    const asks = (i: HloInstruction, uses: Uses): HloInstruction => {
      for (const o of i.operands) uses.isUsed(o.operands[0] ?? o);
      for (const o of i.operands) uses.isUsed(o);
      return i;
    };
    for (const rewrite of [
      (i: HloInstruction, uses: Uses) => void asks(i, uses),
      (i: HloInstruction, uses: Uses) => ({ ...asks(i, uses), id: fresh++ }),
    ]) {
      const steps = [1000, 2000, 4000].map((n) => visitAll(chain(n), rewrite).steps / n);
      expect(Math.max(...steps)).toBeLessThan(20);
      expect(steps[2]).toBeLessThan(1.1 * steps[0]);
    }
  });
});
