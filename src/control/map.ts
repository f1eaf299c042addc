import type { Tensor } from "../core/tensor.js";
import { batchFlat, materialize } from "../interpreters/batching.js";
import { ArgumentError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { concatenate } from "../primitives/concatenate.js";
import { reshape } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";
import type { TreeDef } from "../tree/index.js";
import { callNow, checkFunction, type FlatTree, flattenTensors } from "./arguments.js";
import { scanFlat, scanLength } from "./scan.js";
import type { AnyFunction, Operand, Tensors } from "./types.js";

/** The options of {@link map}. */
export interface MapOptions {
  /** Runs `f` on so many elements at once, vectorized as under vmap. */
  readonly batchSize?: number | undefined;
}

/**
 * `f` of every slice of xs along the leading axis, one after the other, stacked: a {@link scan} without a carry. Uses
 * the memory of one call where vmap uses that of all.
 *
 * @param f takes one slice of each leaf of xs
 * @param xs leaves of shape `[length, …]`
 * @returns the results, stacked along a new leading axis
 * @throws ShapeError CT403 if leading axes differ
 * @example
 * lax.map((x) => x.mul(x), np.array([1, 2, 3])).js(); // [1, 4, 9]
 */
export function map<const X, Y>(f: (x: Operand<X>) => Y, xs: X, options: MapOptions = {}): Tensors<Y> {
  const name = "lax.map";
  checkOptions(name, options, ["batchSize"]);
  checkFunction(name, "f", f);
  const flat = flattenTensors(xs, `${name}: xs`);
  const length = scanLength(name, flat, undefined);
  const { batchSize } = options;
  if (batchSize === undefined) return scanOver(withoutCarry(f), flat, length) as Tensors<Y>;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new ArgumentError("CT004", `${name}: batchSize must be a positive integer, but it is ${String(batchSize)}.`);
  }
  return inBatches(f, flat, length, batchSize) as Tensors<Y>;
}

const noCarry = flattenTensors([], "lax.map");

const scanOver = (f: AnyFunction, xs: FlatTree, length: number): unknown =>
  scanFlat("lax.map", f, noCarry, xs, { length, reverse: false, unroll: 1 }).ys;

const bodies = new WeakMap<AnyFunction, AnyFunction>();

function withoutCarry(f: AnyFunction): AnyFunction {
  let body = bodies.get(f);
  if (!body) {
    body = (_: unknown, x: unknown) => [[], callNow("lax.map", "f", f, [x])];
    bodies.set(f, body);
  }
  return body;
}

/** The whole batches in a scan of mapped calls, what is left over in one call more. */
function inBatches(f: AnyFunction, { leaves, treedef }: FlatTree, length: number, size: number): unknown {
  let outTree: TreeDef | undefined;
  /** `f` of each element along the leading axis of some leaves. */
  const mapped = (xs: readonly Tensor[], n: number): Tensor[] => {
    const call = (...elements: Tensor[]): readonly Tensor[] => {
      const result = callNow("lax.map", "f", f, [treedef.unflatten(elements)]);
      const out = flattenTensors(result, "lax.map: the result of f");
      outTree = out.treedef;
      return out.leaves;
    };
    const dims = xs.map(() => 0);
    const { outs, dims: outDims } = batchFlat(call, xs, dims, { size: n, name: null }, "f of lax.map");
    return outs.map((x, i) => materialize(x, outDims[i], 0, n));
  };
  const batches = Math.floor(length / size);
  const whole = batches * size;
  const rows = (x: Tensor, from: number, to: number): Tensor => {
    const starts = x.shape.map((_, d) => (d === 0 ? from : 0));
    return slice(
      x,
      starts,
      x.shape.map((n, d) => (d === 0 ? to : n)),
    );
  };
  const parts: Tensor[][] = [];
  if (batches > 0) {
    const grouped = leaves.map((x) => reshape(rows(x, 0, whole), [batches, size, ...x.shape.slice(1)]));
    const xs = flattenTensors(grouped, "lax.map");
    const ys = scanOver((_: unknown, batch: Tensor[]) => [[], mapped(batch, size)], xs, batches) as Tensor[];
    parts.push(ys.map((y) => reshape(y, [whole, ...y.shape.slice(2)])));
  }
  if (whole < length || batches === 0) {
    parts.push(
      mapped(
        leaves.map((x) => rows(x, whole, length)),
        length - whole,
      ),
    );
  }
  const joined = range(parts[0].length).map((i) =>
    parts.length === 1 ? parts[0][i] : concatenate([parts[0][i], parts[1][i]], 0),
  );
  return (outTree as TreeDef).unflatten(joined);
}
