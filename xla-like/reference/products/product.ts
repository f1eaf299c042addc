/**
 * Sums of products over index lists: out[r + c] = Σₖ a[aRow(r) + aDepth(k)] · b[bColumn(c) + bDepth(k)]. Dots of any
 * dimension order and convolutions over padded inputs are all of this form, so nothing is transposed beforehand.
 *
 * A sum begins with 0, so that one of products that are all -0 is 0; but a single product is what it is, be it -0.
 */
import { type DType, dtypes, type HostArray, isComplex } from "../../hlo/dtype.js";
import { binaryText } from "../elementwise/binary.js";
import { convertText } from "../elementwise/convert.js";
import { loadText, roundText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { multiplyPacked, type PackRows } from "./packed.js";

/** Offsets of rows (or columns) and of the summed dimension, in elements. */
export interface Lines {
  readonly rows: Int32Array;
  readonly depth: Int32Array;
}

/** One product: arrays and the offsets at which it starts in each. */
export type Product = (
  out: HostArray,
  outStart: number,
  a: HostArray,
  aStart: number,
  b: HostArray,
  bStart: number,
) => void;

type Pack = (
  panels: Float64Array,
  source: HostArray,
  rows: Int32Array,
  depth: Int32Array,
  start: number,
  first: number,
  count: number,
) => void;
type Store = (out: HostArray, at: number, sum: number) => void;

/** Adding to -0 changes nothing. */
const startOf = (depth: Int32Array): number => (depth.length === 1 ? -0 : 0);

/** Fills panels of four rows; `entries` gives the packed values of source element `at`, one or two of them. */
const packer = (key: string, entries: readonly string[], b: Bindings): Pack =>
  functionFromText<Pack>(
    "panels, source, rows, depth, start, first, count",
    `// ${key}
    const n = depth.length, width = 4 * ${entries.length};
    for (let r = 0; r < count; r += 4) {
      for (let lane = 0; lane < 4; lane++) {
        let to = r * n * ${entries.length} + lane;
        if (r + lane >= count) {
          for (let k = 0; k < n * ${entries.length}; k++, to += 4) panels[to] = 0;
          continue;
        }
        const row = start + rows[first + r + lane];
        for (let k = 0; k < n; k++, to += width) {
          const at = row + depth[k];
          ${entries.map((e, m) => `panels[to + ${4 * m}] = ${e};`).join(" ")}
        }
      }
    }`,
    b,
  );

const realProduct = (
  input: DType,
  output: DType,
  left: Lines,
  right: Lines,
  outRows: Int32Array,
  outColumns: Int32Array,
): Product => {
  const b = new Bindings();
  const pack = packer(input, [loadText(input, "source", "at", b)], b);
  const s = new Bindings();
  const store = functionFromText<Store>("out, at, sum", `// ${output}\n${storeText(output, "out", "at", "sum", s)}`, s);
  return (out, outStart, x, aStart, y, bStart) => {
    const packLeft: PackRows = (to, first, count) => pack(to, x, left.rows, left.depth, aStart, first, count);
    const packRight: PackRows = (to, first, count) => pack(to, y, right.rows, right.depth, bStart, first, count);
    const [rows, columns, depth] = [left.rows.length, right.rows.length, left.depth.length];
    multiplyPacked(rows, columns, depth, startOf(left.depth), packLeft, packRight, (m, n, sum) =>
      store(out, outStart + outRows[m] + outColumns[n], sum),
    );
  };
};

/** Two real products of twice the depth: (x, -y)·(u, v) is the real part and (x, y)·(v, u) the imaginary one. */
const complexProduct = (
  input: DType,
  left: Lines,
  right: Lines,
  outRows: Int32Array,
  outColumns: Int32Array,
): Product => {
  const re = "source[2*at]";
  const im = "source[2*at+1]";
  const packAs = (entries: readonly string[]): Pack => packer(input, entries, new Bindings());
  const plain = packAs([re, im]);
  const conjugated = packAs([re, `-${im}`]);
  const swapped = packAs([im, re]);
  return (out, outStart, x, aStart, y, bStart) => {
    const part = (packX: Pack, packY: Pack, offset: number): void =>
      multiplyPacked(
        left.rows.length,
        right.rows.length,
        2 * left.depth.length,
        startOf(left.depth),
        (to, first, count) => packX(to, x, left.rows, left.depth, aStart, first, count),
        (to, first, count) => packY(to, y, right.rows, right.depth, bStart, first, count),
        (m, n, sum) => {
          out[2 * (outStart + outRows[m] + outColumns[n]) + offset] = sum;
        },
      );
    part(conjugated, plain, 0);
    part(plain, swapped, 1);
  };
};

/** Element by element in the result's own arithmetic: integers that wrap, and bool. */
const directProduct = (
  input: DType,
  output: DType,
  left: Lines,
  right: Lines,
  outRows: Int32Array,
  outColumns: Int32Array,
): Product => {
  const b = new Bindings();
  const load = (array: string, at: string): string => convertText(input, output, loadText(input, array, at, b), b);
  const product = binaryText("multiply", output, "u", "v", b);
  const wide = dtypes[output].storage === BigInt64Array || dtypes[output].storage === BigUint64Array;
  const start = wide ? "0n" : dtypes[output].kind === "float" && Object.is(startOf(left.depth), -0) ? "-0" : "0";
  const loop = functionFromText<(...args: unknown[]) => void>(
    "out, outStart, outRows, outColumns, x, aStart, aRows, aDepth, y, bStart, bRows, bDepth",
    `// ${input} ${output}
    for (let m = 0; m < aRows.length; m++) for (let n = 0; n < bRows.length; n++) {
      let c = ${start};
      for (let k = 0; k < aDepth.length; k++) {
        const u = ${load("x", "aStart + aRows[m] + aDepth[k]")};
        const v = ${load("y", "bStart + bRows[n] + bDepth[k]")};
        const p = ${product};
        c = ${roundText(output, binaryText("add", output, "c", "p", b), b)};
      }
      ${storeText(output, "out", "outStart + outRows[m] + outColumns[n]", "c", b)}
    }`,
    b,
  );
  return (out, outStart, x, aStart, y, bStart) =>
    loop(out, outStart, outRows, outColumns, x, aStart, left.rows, left.depth, y, bStart, right.rows, right.depth);
};

/** Prepares products of one shape. `left.depth` and `right.depth` run together. */
export const prepareProduct = (
  input: DType,
  output: DType,
  left: Lines,
  right: Lines,
  outRows: Int32Array,
  outColumns: Int32Array,
): Product => {
  if (isComplex(input) && isComplex(output)) return complexProduct(input, left, right, outRows, outColumns);
  const isNumber = dtypes[input].kind === "float" || dtypes[input].bytes < 8;
  if (dtypes[output].kind === "float" && isNumber) return realProduct(input, output, left, right, outRows, outColumns);
  return directProduct(input, output, left, right, outRows, outColumns);
};
