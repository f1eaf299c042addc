/** Reducers as text: which accumulator a computation gets, how it takes in an element, how it ends. */
import { type DType, dtypes, isComplex } from "../../hlo/dtype.js";
import type { HloComputation } from "../../hlo/instruction.js";
import { binaryText } from "../elementwise/binary.js";
import { add, multiply } from "../functions/complex-basic.js";
import { inlineComputation, type PrepareComputation } from "../text/computation.js";
import { roundText } from "../text/element.js";
import type { Bindings } from "../text/source.js";

export type KnownReducer = "add" | "multiply" | "maximum" | "minimum" | "and" | "or" | "xor";
const known: ReadonlySet<string> = new Set(["add", "multiply", "maximum", "minimum", "and", "or", "xor"]);

/** The operation of a computation that does nothing but combine its two parameters by a well-known one. */
export const knownReducer = (c: HloComputation): KnownReducer | undefined => {
  const { root } = c;
  if (c.parameters.length !== 2 || root.operands.length !== 2 || !known.has(root.opcode)) return undefined;
  const [x, y] = root.operands;
  if (x.opcode !== "parameter" || y.opcode !== "parameter" || x.index === y.index) return undefined;
  return root.opcode as KnownReducer;
};

/** The life of the accumulators of one result element, as statements. */
export interface ReducerText {
  /** Declares accumulators, starting from the scalars named `inits`. */
  readonly begin: (inits: readonly string[]) => string;
  /** Takes in the scalars named `xs`. */
  readonly step: (xs: readonly string[]) => string;
  /** The results, not rounded yet. */
  readonly results: readonly string[];
}

/** Σ in float64 with Neumaier's compensation: `c0` is the sum, `e0` what its roundings lost. */
const compensatedSum: ReducerText = {
  begin: ([x]) => `let c0 = ${x}, e0 = 0;`,
  step: ([x]) =>
    `const s = c0 + ${x}; e0 += Math.abs(c0) >= Math.abs(${x}) ? (c0 - s) + ${x} : (${x} - s) + c0; c0 = s;`,
  // Infinite sums have a compensation that is NaN.
  results: ["(e0 === e0 ? c0 + e0 : c0)"],
};

const compensatedComplexSum = (b: Bindings): ReducerText => {
  const part = (p: string): string => `{ const x = v.${p}; const s = c0${p} + x;
    e0${p} += Math.abs(c0${p}) >= Math.abs(x) ? (c0${p} - s) + x : (x - s) + c0${p}; c0${p} = s; }`;
  const total = (p: string): string => `(e0${p} === e0${p} ? c0${p} + e0${p} : c0${p})`;
  return {
    begin: ([x]) => `let c0re = ${x}.re, c0im = ${x}.im, e0re = 0, e0im = 0;`,
    step: ([x]) => `const v = ${x}; ${part("re")} ${part("im")}`,
    results: [`${b.shared("complex_add", add)}({ re: 0, im: 0 }, { re: ${total("re")}, im: ${total("im")} })`],
  };
};

const knownText = (op: KnownReducer, d: DType, b: Bindings): ReducerText => {
  const { kind } = dtypes[d];
  const begin = ([x]: readonly string[]): string => `let c0 = ${x};`;
  if (op === "add" && d === "float64") return compensatedSum;
  if (op === "add" && isComplex(d)) return compensatedComplexSum(b);
  if (op === "multiply" && isComplex(d)) {
    const product = b.shared("complex_multiply", multiply);
    return { begin, step: ([x]) => `c0 = ${product}(c0, ${x});`, results: ["c0"] };
  }
  const combined = (x: string): string => binaryText(op, d, "c0", x, b);
  // Narrow floats accumulate in float64 and are rounded once, at the end; integers wrap as they go.
  const next = (x: string): string => (kind === "float" ? combined(x) : roundText(d, combined(x), b));
  return { begin, step: ([x]) => `c0 = ${next(x)};`, results: ["c0"] };
};

/** The text of a reducer over operands of the given types. */
export const reducerText = (
  c: HloComputation,
  types: readonly DType[],
  b: Bindings,
  prepare: PrepareComputation,
): ReducerText => {
  const op = knownReducer(c);
  if (op !== undefined) return knownText(op, types[0], b);
  const accumulators = types.map((_, k) => `c${k}`);
  return {
    begin: (inits) => `let ${accumulators.map((a, k) => `${a} = ${inits[k]}`).join(", ")};`,
    step: (xs) => {
      const { statements, results } = inlineComputation(c, [...accumulators, ...xs], b, prepare);
      // All results are read before any accumulator changes.
      const kept = results.map((r, k) => `const n${k} = ${r};`).join(" ");
      return `${statements} ${kept} ${accumulators.map((a, k) => `${a} = n${k};`).join(" ")}`;
    },
    results: accumulators,
  };
};
