/** Copies between boxes with any strides: the one mover of data behind transposes, slices, broadcasts and pads. */
import { type DType, dtypes, type HostArray, isComplex } from "../../hlo/dtype.js";
import { Bindings, functionFromText } from "../text/source.js";
import { advance, dotProduct } from "./strides.js";

export type BoxCopy = (to: HostArray, toOffset: number, from: HostArray, fromOffset: number) => void;

interface Axis {
  readonly size: number;
  readonly to: number;
  readonly from: number;
}

/** Drops dimensions of one place and joins neighbours that lie seamlessly in both arrays. */
const coalesce = (axes: readonly Axis[]): Axis[] => {
  const joined: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const last = joined.at(-1);
    if (last !== undefined && last.to === axis.to * axis.size && last.from === axis.from * axis.size) {
      joined[joined.length - 1] = { size: last.size * axis.size, to: axis.to, from: axis.from };
    } else joined.push(axis);
  }
  return joined;
};

type Plane = (
  to: HostArray,
  toStart: number,
  from: HostArray,
  fromStart: number,
  rows: number,
  toRow: number,
  fromRow: number,
  columns: number,
  toColumn: number,
  fromColumn: number,
) => void;

const planeBody = `
  for (let r = 0; r < rows; r++) {
    let t = toStart + r * toRow;
    let f = fromStart + r * fromRow;
    for (let c = 0; c < columns; c++) {
      to[t] = from[f];
      t += toColumn;
      f += fromColumn;
    }
  }`;
const planeParameters = "to, toStart, from, fromStart, rows, toRow, fromRow, columns, toColumn, fromColumn";

/** The elementwise loop over the two innermost dimensions, one function per kind of storage. */
const elementPlane = (d: DType): Plane =>
  functionFromText<Plane>(planeParameters, `// ${dtypes[d].storage.name}${planeBody}`, new Bindings());

const shortestBlock = 32;

const blockPlane: Plane = (to, toStart, from, fromStart, rows, toRow, fromRow, columns) => {
  for (let r = 0; r < rows; r++) {
    const f = fromStart + r * fromRow;
    to.set(from.subarray(f, f + columns) as never, toStart + r * toRow);
  }
};
const fillPlane: Plane = (to, toStart, from, fromStart, rows, toRow, fromRow, columns) => {
  for (let r = 0; r < rows; r++) {
    const t = toStart + r * toRow;
    to.fill(from[fromStart + r * fromRow] as never, t, t + columns);
  }
};

/** Copies a box of elements; strides and offsets count elements, and complex elements are moved as pairs. */
export const boxCopy = (
  d: DType,
  dims: readonly number[],
  toStrides: readonly number[],
  fromStrides: readonly number[],
): BoxCopy => {
  if (dims.includes(0)) return () => undefined;
  const unit = isComplex(d) ? 2 : 1;
  const elements = dims.map((size, k) => ({ size, to: unit * toStrides[k], from: unit * fromStrides[k] }));
  const axes = coalesce(unit === 2 ? [...elements, { size: 2, to: 1, from: 1 }] : elements);
  const one: Axis = { size: 1, to: 0, from: 0 };
  const inner = axes.at(-1) ?? one;
  const middle = axes.at(-2) ?? one;
  const outer = axes.slice(0, -2);
  const dense = inner.to === 1 && inner.size >= shortestBlock;
  const plane = dense && inner.from === 1 ? blockPlane : dense && inner.from === 0 ? fillPlane : elementPlane(d);

  const copyPlane = (to: HostArray, toStart: number, from: HostArray, fromStart: number): void =>
    plane(
      to,
      toStart,
      from,
      fromStart,
      middle.size,
      middle.to,
      middle.from,
      inner.size,
      inner.to === 0 ? 1 : inner.to,
      inner.from,
    );
  if (outer.length === 0) return (to, t, from, f) => copyPlane(to, unit * t, from, unit * f);

  const sizes = outer.map((a) => a.size);
  const toSteps = outer.map((a) => a.to);
  const fromSteps = outer.map((a) => a.from);
  return (to, t, from, f) => {
    const index = sizes.map(() => 0);
    do {
      copyPlane(to, unit * t + dotProduct(index, toSteps), from, unit * f + dotProduct(index, fromSteps));
    } while (advance(index, sizes));
  };
};

/** Fills an array with one element, given as an array of one. */
export const fillWith = (to: HostArray, value: HostArray, d: DType): void => {
  if (!isComplex(d)) {
    to.fill(value[0] as never);
    return;
  }
  for (let i = 0; i < to.length; i += 2) {
    to[i] = value[0];
    to[i + 1] = value[1];
  }
};
