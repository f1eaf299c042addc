// Every elementwise instruction on every element type, with one lane and with sixteen, beside the reference evaluator.
import { describe, expect, it } from "vitest";
import {
  type BinaryOpcode,
  binaryOpcodes,
  type CompareDirection,
  compareDirections,
  type DType,
  dtypes,
  HloBuilder,
  HloError,
  type HloInstruction,
  isComplex,
  type UnaryOpcode,
  unaryOpcodes,
} from "../../../../xla-like/hlo/index.js";
import { betainc } from "../../../../xla-like/reference/functions/incomplete-beta.js";
import { worst } from "./compare.js";
import { type Case, host, jit, narrow, type Outcome, plain, runCases, vector, whyNoJit } from "./kernels.js";
import { encode, operandsOf, specialOperands } from "./samples.js";

const all = (Object.keys(dtypes) as DType[]).filter((d) => d !== "float0");

/** A case, unless the HLO has no such instruction. */
function makeCase(name: string, types: readonly DType[], build: Case["build"]): Case | undefined {
  const b = new HloBuilder("entry");
  try {
    build(
      b,
      types.map((d) => b.parameter(vector(d, 1))),
    );
  } catch (error) {
    if (error instanceof HloError) return undefined;
    throw error;
  }
  const data = specialOperands(name, types[0]!) ?? operandsOf(types, 320);
  const n = data[0]!.length / (isComplex(types[0]!) ? 2 : 1);
  return { name, operands: types.map((d, k) => ({ shape: vector(d, n), data: data[k]! })), build };
}

const unary = (opcode: UnaryOpcode, d: DType) => makeCase(opcode, [d], (b, [x]) => b.unary(opcode, x!));
const binary = (opcode: BinaryOpcode, d: DType) => makeCase(opcode, [d, d], (b, [x, y]) => b.binary(opcode, x!, y!));
const compare = (direction: CompareDirection, totalOrder: boolean, d: DType) =>
  makeCase(`compare ${direction}${totalOrder ? " total" : ""}`, [d, d], (b, [x, y]) =>
    b.compare(x!, y!, direction, { totalOrder }),
  );

const betaincName = "regularized-incomplete-beta-b";
/** A function of three operands, which no builder makes; its reference is one of numbers. */
function betaincCase(d: DType): Case | undefined {
  if (d !== "float32" && d !== "float64") return undefined;
  const data = specialOperands(betaincName, d)!;
  const shape = vector(d, data[0]!.length);
  return {
    name: betaincName,
    operands: data.map((x) => ({ shape, data: x })),
    build: (_, operands) => ({ opcode: betaincName, id: 0, operands, shape }),
    evaluate: ([a, b, x]) =>
      encode(
        d,
        Array.from({ length: a!.length }, (_, i) => betainc(Number(a![i]), Number(b![i]), Number(x![i]))),
      ),
  };
}

function casesOf(d: DType): Case[] {
  const reduced = [
    [8, 7],
    [5, 10],
    [4, 3],
    [8, 22],
    [2, 1],
    [11, 20],
    [10, 52],
    [11, 50],
  ] as const;
  return [
    ...unaryOpcodes.map((opcode) => unary(opcode, d)),
    ...binaryOpcodes.filter((opcode) => opcode !== betaincName).map((opcode) => binary(opcode, d)),
    ...compareDirections.flatMap((direction) => [compare(direction, false, d), compare(direction, true, d)]),
    betaincCase(d),
    makeCase("select", ["bool", d, d], (b, [p, x, y]) => b.select(p!, x!, y!)),
    makeCase("clamp", [d, d, d], (b, [lo, x, hi]) => b.clamp(lo!, x!, hi!)),
    ...all.map((to) => makeCase(`convert to ${to}`, [d], (b, [x]) => b.convert(x!, to))),
    ...all
      .filter((to) => dtypes[to].bytes === dtypes[d].bytes)
      .map((to) => makeCase(`bitcast to ${to}`, [d], (b, [x]) => b.bitcastConvert(x!, to))),
    ...reduced.map(([e, m]) => makeCase(`reduce-precision ${e} ${m}`, [d], (b, [x]) => b.reducePrecision(x!, e, m))),
  ].filter((c) => c !== undefined);
}

function check(outcomes: readonly Outcome[]): void {
  const failures = outcomes.map(worst).filter((failure) => failure !== undefined);
  expect(failures.join("\n")).toBe("");
}

it("tests every operation", () => {
  const tested = new Set(all.flatMap((d) => casesOf(d).map(({ name }) => name)));
  for (const opcode of [...unaryOpcodes, ...binaryOpcodes]) expect(tested).toContain(opcode);
});

describe.skipIf(jit === undefined)(`elementwise instructions${whyNoJit}`, () => {
  it.each(all)("agree with the reference on %s", (d) => {
    check(runCases(casesOf(d), [1, 16], host));
  });

  it.skipIf(process.arch !== "x64").each(["bfloat16", "float16", "int32", "float32"] as const)(
    "agree on a plain processor: %s",
    (d) => {
      const cheap =
        /^(convert|bitcast|compare|reduce|add|mult|div|max|rem|next|select|shift|power|negate|abs|sign|popcnt)/;
      const cases = casesOf(d).filter(({ name }) => cheap.test(name) && name !== "power");
      check(runCases(cases, [8], plain));
    },
  );

  it.skipIf(process.arch !== "x64").each(["float32", "complex64"] as const)("agree on AVX2: %s", (d) => {
    const some = /^(add|divide|exponential|log|power|tanh|acos|sine|lgamma|igammac|zeta|maximum|regularized.*)$/;
    const cases = casesOf(d).filter(({ name }) => some.test(name));
    check(runCases(cases, [16, 64], narrow));
  });

  it("take operands of one lane for all", () => {
    const [p, x, y] = operandsOf(["bool", "float32", "float32"], 100);
    const n = x!.length;
    const one = (dtype: DType, data: typeof x) => ({
      shape: { ...vector(dtype, n), dims: [] },
      data: data!.slice(0, 1),
    });
    const whole = (dtype: DType, data: typeof x) => ({ shape: vector(dtype, n), data: data! });
    const select = (b: HloBuilder, [c, u, v]: readonly HloInstruction[]) => b.select(c!, u!, v!);
    const clamp = (b: HloBuilder, [lo, v, hi]: readonly HloInstruction[]) => b.clamp(lo!, v!, hi!);
    const bound = Float32Array.of(1.5);
    check(
      runCases(
        [
          { name: "select", operands: [one("bool", p), whole("float32", x), whole("float32", y)], build: select },
          { name: "clamp", operands: [one("float32", x), whole("float32", y), one("float32", bound)], build: clamp },
        ],
        [1, 16],
        host,
      ),
    );
  });
});
