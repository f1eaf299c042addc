/**
 * A dot as products of matrices that lie as cuBLASLt can read them: rows, columns and batch each at one stride. An
 * operand that lies otherwise is copied first; a batch at several strides is done in several calls.
 */
import { rowMajorStrides, type View } from "../../../2-fuse/views.js";
import type { Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";

/** How a matrix lies, in elements: row by row, or column by column if it is transposed. */
export interface MatrixPlace {
  readonly transposed: boolean;
  /** From one row to the next; from one column to the next if it is transposed. */
  readonly leading: number;
  readonly batch: number;
}

export interface Matrices {
  /** Matrices of a call. */
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly left: MatrixPlace;
  readonly right: MatrixPlace;
  readonly out: MatrixPlace;
  /** Where each call's matrices begin, in elements. */
  readonly calls: readonly { readonly left: number; readonly right: number; readonly out: number }[];
}

/** The dimensions of a dot by their parts in it, in the order in which they are summed or stored. */
export interface DotParts {
  readonly batch: readonly (readonly [left: number, right: number])[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly depth: readonly (readonly [left: number, right: number])[];
}

/** More calls than this cost more than a copy does. */
const mostCalls = 16;
/** A call of fewer operations leaves most of a card idle. */
const leastOperations = 1e8;

const others = (rank: number, taken: readonly number[]): number[] =>
  Array.from({ length: rank }, (_, d) => d).filter((d) => !taken.includes(d));

export function partsOf(i: Instr<"dot">, left: View, right: View): DotParts {
  const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
  return {
    batch: lhsBatch.map((d, n) => [d, rhsBatch[n]] as const),
    rows: others(left.dims.length, [...lhsBatch, ...lhsContracting]),
    columns: others(right.dims.length, [...rhsBatch, ...rhsContracting]),
    depth: lhsContracting.map((d, n) => [d, rhsContracting[n]] as const),
  };
}

/** Orders of the summed dimensions in which one operand or the other may be walked evenly. */
export function depthOrders({ depth }: DotParts, left: View, right: View): readonly DotParts["depth"][] {
  const by = (stride: (d: readonly [number, number]) => number): DotParts["depth"] =>
    [...depth].sort((a, b) => stride(b) - stride(a));
  return [depth, by(([l]) => left.strides[l]), by(([, r]) => right.strides[r])];
}

interface Dim {
  readonly size: number;
  readonly strides: readonly number[];
}

/** Dimensions of more than one element, neighbours that all arrays walk evenly joined to one. */
function joined(dims: readonly Dim[]): readonly Dim[] {
  const out: Dim[] = [];
  for (const d of dims) {
    if (d.size === 1) continue;
    const last = out.at(-1);
    if (last?.strides.every((s, k) => s === d.size * d.strides[k])) {
      out[out.length - 1] = { ...d, size: last.size * d.size };
    } else {
      out.push(d);
    }
  }
  return out;
}

/** One stride for all, or undefined. Of a single element any stride will do: that of a dense array. */
function single(view: View, dims: readonly number[], dense: number): number | undefined {
  const all = joined(dims.map((d) => ({ size: view.dims[d], strides: [view.strides[d]] })));
  if (all.length > 1) return undefined;
  return all.length === 0 ? dense : all[0].strides[0];
}

/** A matrix of these dimensions, if it lies as one. */
export function matrixOf(
  view: View,
  rows: readonly number[],
  columns: readonly number[],
): Omit<MatrixPlace, "batch"> | undefined {
  const size = (dims: readonly number[]): number => sizeOf(dims.map((d) => view.dims[d]));
  const [height, width] = [size(rows), size(columns)];
  const down = single(view, rows, width);
  const along = single(view, columns, 1);
  if (down === undefined || along === undefined) return undefined;
  if ((along === 1 || width === 1) && (height === 1 || down >= width)) {
    return { transposed: false, leading: height === 1 ? width : down };
  }
  if ((down === 1 || height === 1) && (width === 1 || along >= height)) {
    return { transposed: true, leading: width === 1 ? height : along };
  }
  return undefined;
}

/** The dot in calls of strided batches; undefined where an operand must be copied first, or the result. */
export function matricesOf(parts: DotParts, left: View, right: View, out: readonly number[]): Matrices | undefined {
  const { batch, rows, columns, depth } = parts;
  const outDims = [
    ...batch.map(([l]) => left.dims[l]),
    ...rows.map((d) => left.dims[d]),
    ...columns.map((d) => right.dims[d]),
  ];
  const outView: View = { offset: 0, dims: outDims, strides: out };
  const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);
  const [firstRow, firstColumn] = [batch.length, batch.length + rows.length];
  const places = [
    matrixOf(
      left,
      rows,
      depth.map(([l]) => l),
    ),
    matrixOf(
      right,
      depth.map(([, r]) => r),
      columns,
    ),
    matrixOf(outView, numbers(firstRow, rows.length), numbers(firstColumn, columns.length)),
  ];
  const [first, second, result] = places;
  if (first === undefined || second === undefined || result === undefined || result.transposed) return undefined;

  const all = joined(
    batch.map(([l, r], n) => ({ size: left.dims[l], strides: [left.strides[l], right.strides[r], out[n]] })),
  );
  if (all.some((d) => d.strides.some((s) => s < 0))) return undefined;
  const size = (view: View, dims: readonly number[]): number => sizeOf(dims.map((d) => view.dims[d]));
  const sizes = {
    rows: size(left, rows),
    columns: size(right, columns),
    depth: size(
      left,
      depth.map(([l]) => l),
    ),
  };
  // One batch dimension goes along in a call: the largest.
  const inner = all.reduce<Dim | undefined>(
    (most, d) => (most === undefined || d.size > most.size ? d : most),
    undefined,
  );
  const outer = all.filter((d) => d !== inner);
  const count = sizeOf(outer.map((d) => d.size));
  const operations = 2 * (inner?.size ?? 1) * sizes.rows * sizes.columns * sizes.depth;
  if (count > 1 && (count > mostCalls || operations < leastOperations)) return undefined;
  const steps = inner?.strides ?? [0, 0, 0];
  return {
    ...sizes,
    batch: inner?.size ?? 1,
    left: { ...first, batch: steps[0] },
    right: { ...second, batch: steps[1] },
    out: { ...result, batch: steps[2] },
    calls: placesOf(outer).map(([l, r, o]) => ({ left: left.offset + l, right: right.offset + r, out: o })),
  };
}

/** The places of all elements of some dimensions, in each array. */
function placesOf(dims: readonly Dim[]): readonly (readonly number[])[] {
  let places: readonly (readonly number[])[] = [[0, 0, 0]];
  for (const { size, strides } of dims) {
    places = places.flatMap((at) => Array.from({ length: size }, (_, n) => at.map((x, k) => x + n * strides[k])));
  }
  return places;
}

/** The operand's dimensions in the order batch, rows, depth (or batch, depth, columns), as a copy has them. */
export function copiedOrder(parts: DotParts, side: 0 | 1): readonly number[] {
  const batch = parts.batch.map((d) => d[side]);
  const depth = parts.depth.map((d) => d[side]);
  return side === 0 ? [...batch, ...parts.rows, ...depth] : [...batch, ...depth, ...parts.columns];
}

/** The view of an operand whose elements were copied in this order of dimensions. */
export function copiedView(dims: readonly number[], order: readonly number[]): View {
  const dense = rowMajorStrides(order.map((d) => dims[d]));
  const strides = new Array<number>(dims.length);
  order.forEach((d, n) => {
    strides[d] = dense[n];
  });
  return { offset: 0, dims, strides };
}
