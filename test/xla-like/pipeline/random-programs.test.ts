// Random programs compiled to machine code against the reference evaluator. FC_RUNS tries more of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import {
  arrayShape,
  computationsOf,
  cpuClient,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type HostArray,
  type Opcode,
  printModule,
  tupleShape,
} from "../../../xla-like/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { specialArguments } from "../1-simplify/helpers.js";
import { randomProgram } from "../1-simplify/random-program.js";
import { wholeArguments } from "../hlo/arguments.js";
import { randomModule } from "../hlo/random-module.js";
import { host, numbersOf, product } from "../reference/helpers.js";

const cpu = cpuClient();
const numRuns = Number(process.env.FC_RUNS ?? 150);

/** Functions whose last digits are nobody's to say, and sums in whatever order. */
const rounded: ReadonlySet<Opcode> = new Set<Opcode>([
  "atan2", "cos", "exponential", "power", "sine", "tanh", "dot", "convolution", "reduce", "reduce-window", "scatter",
]); // biome-ignore format: a table

/** What makes much out of a difference in the last place. */
const abrupt: ReadonlySet<Opcode> = new Set<Opcode>([
  "compare", "convert", "floor", "remainder", "round-nearest-even", "sign", "sort", "divide", "power", "atan2",
]); // biome-ignore format: a table

const opcodesOf = (m: HloModule): ReadonlySet<Opcode> =>
  new Set(computationsOf(m).flatMap((c) => c.instructions.map((i) => i.opcode)));

/** Whether neither the compiler nor the machine may give other bits than the evaluator. */
const isExact = (m: HloModule): boolean => {
  let reordered = false;
  const after = simplify(m, { observe: ({ rule }) => (reordered ||= rule.exactness === "order") });
  const opcodes = [...opcodesOf(m), ...opcodesOf(after)];
  return !reordered && !opcodes.some((op) => rounded.has(op));
};

/** The values of all instructions of the entry that are arrays. */
const everything = (m: HloModule, args: readonly HostArray[]): readonly number[] => {
  const { entry } = m;
  const arrays = entry.instructions.filter((i) => i.shape.kind === "array");
  const shape = tupleShape(arrays.map((i) => i.shape as Exclude<typeof i.shape, { kind: "tuple" }>));
  const root: HloInstruction = { opcode: "tuple", id: 1_000_000, operands: arrays, shape };
  const instructions = [...entry.instructions, root];
  const values = evaluate({ ...m, entry: { ...entry, instructions, root } }, args);
  return values.flatMap((data, k) => numbersOf(shape.elements[k].dtype, data));
};

type Agreement = "bits" | "digits" | "none";

/** How well the two must agree on these arguments. */
const agreement = (m: HloModule, args: readonly HostArray[]): readonly [Agreement, number] => {
  const values = everything(m, args);
  if (values.every((v) => Number.isInteger(v) && Math.abs(v) < 2 ** 24)) return ["bits", 0];
  const largest = values.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  // What overflows has no digits, nor what is the small difference of large numbers.
  if (!(largest < 1e6) || [...opcodesOf(m)].some((op) => abrupt.has(op))) return ["none", 0];
  return ["digits", 1e-5 * Math.max(1, largest)];
};

const run = (m: HloModule, args: readonly HostArray[]): HostArray[] => {
  if (!cpu.ok) return [];
  const [device] = cpu.client.devices;
  const buffers = args.map((data, k) => cpu.client.fromHost(data.slice(), m.entry.parameters[k].shape, device));
  return cpu.client
    .compile(m, device)
    .execute(buffers)
    .map((b) => b.read());
};

const counts = { bits: 0, digits: 0, none: 0 };

const expectAgreement = (m: HloModule, args: readonly HostArray[], how: Agreement, tolerance: number): void => {
  const got = run(m, args);
  counts[how]++;
  if (how === "none") return;
  const want = evaluate(m, args);
  const { shape } = m.entry.root;
  want.forEach((data, k) => {
    const { dtype } = shape.kind === "tuple" ? shape.elements[k] : shape;
    const [w, g] = [numbersOf(dtype, data), numbersOf(dtype, got[k])];
    const at = w.findIndex((v, i) => (how === "bits" ? !Object.is(v, g[i]) : !(Math.abs(v - g[i]) <= tolerance)));
    if (at >= 0 || g.length !== w.length) {
      expect.fail(`result ${k}[${at}] is ${g[at]}, but should be ${w[at]} (${how}) in\n${printModule(m)}`);
    }
  });
};

describe.skipIf(!cpu.ok)("dots of -0 on cpu:0", () => {
  // As JAX has it: XLA multiplies where there is nothing to add.
  it.each([
    [[1, 1], [1, 1], -0],
    [[2, 1], [1, 3], -0],
    [[30, 1], [1, 40], -0],
    [[1, 2], [2, 1], 0],
    [[4, 1, 1], [1, 1, 5], -0],
    [[30, 20], [20, 40], 0],
  ] as const)("of %j and %j are %d", (lhs, rhs, sign) => {
    for (const dtype of ["float32", "float64"] as const) {
      const b = new HloBuilder("signs");
      const [x, y] = [b.parameter(arrayShape(dtype, lhs)), b.parameter(arrayShape(dtype, rhs))];
      const contracting = { lhsContracting: [lhs.length - 1], rhsContracting: [0] };
      const m = b.module("signs", [b.dot(x, y, { lhsBatch: [], rhsBatch: [], ...contracting })]);
      const full = (dims: readonly number[], v: number): HostArray => host(dtype, new Array(product(dims)).fill(v));
      const args = [full(lhs, -0), full(rhs, 1)];
      const [got] = run(m, args);
      expect(numbersOf(dtype, got).every((v) => Object.is(v, sign))).toBe(true);
      expect(got).toEqual(evaluate(m, args)[0]);
    }
  });
});

describe.skipIf(!cpu.ok)(`random programs on cpu:0${cpu.ok ? "" : ` (skipped: ${cpu.reason})`}`, () => {
  for (const [name, programs] of [
    ["modules of every instruction", randomModule],
    ["programs that give the rules much to do", randomProgram],
  ] as const) {
    it(`${name} give what the evaluator gives`, () => {
      fc.assert(
        fc.property(programs, fc.nat(1000), (m, seed) => {
          const args = wholeArguments(m, seed);
          expectAgreement(m, args, ...agreement(m, args));
        }),
        { numRuns },
      );
      if (process.env.FC_RUNS !== undefined) console.log(name, JSON.stringify(counts));
    }, 600_000);

    it(`${name} treat infinities, NaN and signed zeros alike where all of them are exact`, () => {
      fc.assert(
        fc.property(programs, fc.nat(1000), (m, seed) => {
          fc.pre(isExact(m) && !opcodesOf(m).has("sort"));
          expectAgreement(m, specialArguments(m, seed), "bits", 0);
        }),
        { numRuns },
      );
    }, 600_000);
  }
});
