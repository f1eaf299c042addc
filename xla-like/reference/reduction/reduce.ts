/** reduce: folds some dimensions away, in row-major order. */
import { type DType, type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel, Value } from "../host.js";
import { type BoxCopy, boxCopy } from "../layout/copy.js";
import { rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { reducerText } from "./reducer.js";

/** A reduction seen as [before, reduced, after]: the middle one goes. */
interface Folding {
  readonly before: number;
  readonly reduced: number;
  readonly after: number;
  /** Reorders the operand first, where the reduced dimensions are not neighbours. */
  readonly permutation: readonly number[] | undefined;
}

const foldingOf = (dims: readonly number[], reduced: readonly number[]): Folding => {
  const isReduced = dims.map((n, d) => n !== 1 && reduced.includes(d));
  const first = isReduced.indexOf(true);
  if (first < 0) return { before: sizeOf(dims), reduced: 1, after: 1, permutation: undefined };
  const last = isReduced.lastIndexOf(true);
  const inside = dims.map((n, d) => ({ n, d })).slice(first, last + 1);
  if (inside.every(({ n, d }) => n === 1 || isReduced[d])) {
    return {
      before: sizeOf(dims.slice(0, first)),
      reduced: sizeOf(dims.slice(first, last + 1)),
      after: sizeOf(dims.slice(last + 1)),
      permutation: undefined,
    };
  }
  const all = dims.map((_, d) => d);
  const kept = all.filter((d) => !isReduced[d]);
  const gone = all.filter((d) => isReduced[d]);
  return {
    before: sizeOf(kept.map((d) => dims[d])),
    reduced: sizeOf(gone.map((d) => dims[d])),
    after: 1,
    permutation: [...kept, ...gone],
  };
};

const permutedCopy = (
  d: DType,
  dims: readonly number[],
  permutation: readonly number[] | undefined,
): BoxCopy | undefined => {
  if (permutation === undefined) return undefined;
  const permuted = permutation.map((k) => dims[k]);
  const strides = rowMajor(dims);
  const from = permutation.map((k) => strides[k]);
  return boxCopy(d, permuted, rowMajor(permuted), from);
};

type Loop = (...arrays: HostArray[]) => void;

export const reduceKernel = (i: Instr<"reduce">, { prepare }: Lowering): Kernel => {
  const count = i.operands.length / 2;
  const shapes = Array.from({ length: count }, (_, k) => operandShape(i, k));
  const types = shapes.map((s) => s.dtype);
  const { dims } = shapes[0];
  const { before, reduced, after, permutation } = foldingOf(dims, i.dimensions);

  const b = new Bindings();
  const reducer = reducerText(i.computation, types, b, prepare);
  const xs = types.map((_, k) => `x${k}`);
  const text = [
    `// ${types.join()}`,
    ...types.map((d, k) => `const i${k} = ${loadText(d, `init${k}`, "0", b)};`),
    `for (let p = 0; p < before; p++) for (let q = 0; q < after; q++) {`,
    reducer.begin(types.map((_, k) => `i${k}`)),
    `let at = p * reduced * after + q;`,
    `for (let r = 0; r < reduced; r++, at += after) {`,
    ...types.map((d, k) => `const x${k} = ${loadText(d, `a${k}`, "at", b)};`),
    reducer.step(xs),
    "}",
    ...types.map((d, k) => storeText(d, `out${k}`, "p * after + q", reducer.results[k], b)),
    "}",
  ].join("\n");
  const names = (prefix: string): string[] => types.map((_, k) => `${prefix}${k}`);
  const parameters = ["before", "reduced", "after", ...names("out"), ...names("a"), ...names("init")].join();
  const fold = functionFromText<(before: number, reduced: number, after: number, ...arrays: HostArray[]) => void>(
    parameters,
    text,
    b,
  );
  const loop: Loop = (...arrays) => fold(before, reduced, after, ...arrays);

  const copies = types.map((d) => permutedCopy(d, dims, permutation));
  const arrange = (x: Value, k: number): HostArray => {
    const copy = copies[k];
    if (copy === undefined) return x as HostArray;
    const out = hostArray(types[k], sizeOf(dims));
    copy(out, 0, x as HostArray, 0);
    return out;
  };
  return (operands) => {
    const outs = types.map((d) => hostArray(d, before * after));
    const inputs = operands.slice(0, count).map(arrange);
    loop(...outs, ...inputs, ...(operands.slice(count) as HostArray[]));
    return i.shape.kind === "array" ? outs[0] : outs;
  };
};
