/** sort: a stable merge sort of each line along one dimension, with the comparator inlined into it. */
import { type DType, type HostArray, hostArray, isComplex } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { inlineComputation } from "../text/computation.js";
import { loadText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";

/** Sorts the places 0 … n-1 of a line by their keys; returns whichever of the two buffers holds the result. */
type SortLine = (n: number, places: Int32Array, spare: Int32Array, ...lines: HostArray[]) => Int32Array;

/** Insertion sort of short runs, then merges of doubling width. `before` is text saying whether q goes before p. */
const mergeSortText = (before: (q: string, p: string) => string): string => `
  const run = 12;
  for (let i = 0; i < n; i++) places[i] = i;
  for (let start = 0; start < n; start += run) {
    const end = Math.min(n, start + run);
    for (let i = start + 1; i < end; i++) {
      const item = places[i];
      let k = i - 1;
      for (; k >= start; k--) {
        const other = places[k];
        ${before("item", "other")}
        if (!before) break;
        places[k + 1] = other;
      }
      places[k + 1] = item;
    }
  }
  let from = places, to = spare;
  for (let width = run; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(n, start + width), end = Math.min(n, start + 2 * width);
      let l = start, r = middle, at = start;
      while (l < middle && r < end) {
        const item = from[r], other = from[l];
        ${before("item", "other")}
        if (before) { to[at++] = item; r++; } else { to[at++] = other; l++; }
      }
      while (l < middle) to[at++] = from[l++];
      while (r < end) to[at++] = from[r++];
    }
    const done = from; from = to; to = done;
  }
  return from;`;

const lineSorter = (i: Instr<"sort">, types: readonly DType[], { prepare }: Lowering): SortLine => {
  const b = new Bindings();
  const args = types.flatMap((_, k) => [`p${k}`, `q${k}`]);
  const { statements, results } = inlineComputation(i.comparator, args, b, prepare);
  const loads = (name: string, place: string): string =>
    types.map((d, k) => `const ${name}${k} = ${loadText(d, `a${k}`, place, b)};`).join(" ");
  const text = mergeSortText((q, p) => `${loads("p", q)} ${loads("q", p)} ${statements} const before = ${results[0]};`);
  const lines = types.map((_, k) => `a${k}`);
  return functionFromText<SortLine>(["n", "places", "spare", ...lines].join(), `// ${types.join()}${text}`, b);
};

export const sortKernel = (i: Instr<"sort">, lowering: Lowering): Kernel => {
  const types = i.operands.map((_, k) => operandShape(i, k).dtype);
  const { dims } = operandShape(i, 0);
  const sortLine = lineSorter(i, types, lowering);
  const length = dims[i.dimension];
  const step = rowMajor(dims)[i.dimension];
  const total = sizeOf(dims);
  const places = new Int32Array(length);
  const spare = new Int32Array(length);

  return (operands) => {
    const inputs = operands as readonly HostArray[];
    const outs = types.map((d) => hostArray(d, total));
    const lines = types.map((d) => hostArray(d, length));
    const units = types.map((d) => (isComplex(d) ? 2 : 1));
    for (let block = 0; block < total; block += length * step) {
      for (let start = block; start < block + step; start++) {
        for (let k = 0; k < lines.length; k++) copyLine(lines[k], 0, 1, inputs[k], start, step, length, units[k]);
        const order = sortLine(length, places, spare, ...lines);
        for (let k = 0; k < lines.length; k++) permuteLine(outs[k], start, step, lines[k], order, units[k]);
      }
    }
    return i.shape.kind === "array" ? outs[0] : outs;
  };
};

const copyLine = (
  to: HostArray,
  toStart: number,
  toStep: number,
  from: HostArray,
  fromStart: number,
  fromStep: number,
  length: number,
  unit: number,
): void => {
  for (let j = 0; j < length; j++) {
    for (let u = 0; u < unit; u++) to[(toStart + j * toStep) * unit + u] = from[(fromStart + j * fromStep) * unit + u];
  }
};

const permuteLine = (
  to: HostArray,
  start: number,
  step: number,
  line: HostArray,
  order: Int32Array,
  unit: number,
): void => {
  for (let j = 0; j < line.length / unit; j++) {
    for (let u = 0; u < unit; u++) to[(start + j * step) * unit + u] = line[order[j] * unit + u];
  }
};
