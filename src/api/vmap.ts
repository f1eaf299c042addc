import type { Tensor } from "../core/tensor.js";
import { batchFlat, type Dim, materialize } from "../interpreters/batching.js";
import { ArgumentError, CotangentError, ShapeError, TransformError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { keystr, type TreeDef } from "../tree/index.js";
import { broadcastTo } from "../tree/prefix.js";
import { checkFunction, describe, FlatFunction, flattenTensors, named, nameOf } from "./flat.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

/** An axis for every leaf below: a number, null for "not mapped", or a tree of them. */
export type Axes = number | null | readonly Axes[] | { readonly [key: string]: Axes };

export interface VmapOptions {
  /** The mapped axis of each argument: one for all, or a list with an entry for each, each a tree prefix of its argument. */
  readonly inAxes?: Axes;
  /** Where the mapped axis stands in the results; null for results that are the same for the whole batch. */
  readonly outAxes?: Axes;
  /** The name collectives (`lax.psum`) know the axis by. */
  readonly axisName?: string;
  /** The size of the axis, where no argument is mapped. */
  readonly axisSize?: number;
}

const isNull = (x: unknown): boolean => x === null;

/**
 * Maps a function over axes of its arguments: written for one example, it works on a batch, without a loop.
 *
 * @returns a function of the batched arguments, whose results have the mapped axis at `outAxes`
 * @throws ShapeError CT320 if the mapped axes differ in size, CT324 if an axis is out of range
 * @throws TransformError CT321 if nothing is mapped, CT322 if `inAxes` does not fit the arguments, CT323 if `outAxes`
 *   does not fit the results
 * @example
 * const dot = (x: Tensor, y: Tensor) => x.mul(y).sum();
 * vmap(dot)(np.ones([3, 2]), np.ones([3, 2])).js(); // [2, 2, 2]
 */
export function vmap<F extends AnyFunction>(
  f: F,
  options: VmapOptions = {},
): (...args: LooseArgs<Parameters<F>>) => Tensors<ReturnType<F>> {
  checkFunction("vmap", f);
  checkOptions("vmap", options, ["inAxes", "outAxes", "axisName", "axisSize"]);
  const { inAxes = 0, outAxes = 0, axisName = null, axisSize } = options;
  checkAxes("inAxes", inAxes);
  checkAxes("outAxes", outAxes);
  const description = describe("vmap", f);
  const mapped = (...args: unknown[]): unknown => {
    const { leaves, treedef } = flattenTensors(args, `vmap: an argument of ${nameOf(f)}`);
    const dims = inputDims(f, inAxes, leaves, treedef, args.length);
    const size = axisSize ?? commonSize(f, leaves, dims, treedef);
    if (axisSize !== undefined) checkSize(f, leaves, dims, treedef, axisSize);
    const flat = new FlatFunction("vmap", f, (xs) => treedef.unflatten(xs) as unknown[]);
    const batched = batchFlat(flat.call, leaves, dims, { size, name: axisName }, description);
    const wanted = outputDims(f, outAxes, flat.outTree as TreeDef);
    const outs = batched.outs.map((x, i) => placeBatch(f, x, batched.dims[i], wanted[i], size));
    return flat.rebuildOut(outs);
  };
  return named(mapped, `vmap(${f.name})`) as never;
}

function checkAxes(option: string, axes: unknown): void {
  const ok = (x: unknown): boolean =>
    x === null || Number.isInteger(x) || (typeof x === "object" && Object.values(x as object).every(ok));
  if (ok(axes)) return;
  throw new ArgumentError(
    "CT003",
    `vmap: ${option} must be an integer, null, or a tree of them, but it is or holds ${describeType(axes)}.`,
  );
}

function inputDims(f: AnyFunction, inAxes: Axes, leaves: readonly Tensor[], treedef: TreeDef, numArgs: number): Dim[] {
  if (Array.isArray(inAxes) && inAxes.length !== numArgs) {
    throw new TransformError(
      "CT322",
      `vmap: inAxes has ${inAxes.length} entries, but ${nameOf(f)} was called with ${numArgs} argument${numArgs === 1 ? "" : "s"}. Give one entry for each, null for those not mapped.`,
    );
  }
  const axes = prefixed("CT322", "inAxes", inAxes, treedef, `the arguments of ${nameOf(f)}`);
  return axes.map((axis, i) => {
    if (axis === null) return null;
    const { ndim, shape } = leaves[i];
    if (axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis;
    throw new ShapeError(
      "CT324",
      `vmap: inAxes asks for axis ${axis} of ${leafName(treedef, i)}, which has shape [${shape}] and ${ndim} axes.`,
    );
  });
}

function prefixed(code: "CT322" | "CT323", option: string, axes: Axes, treedef: TreeDef, of: string): Dim[] {
  try {
    return broadcastTo(axes, treedef, { isLeaf: isNull, fnName: "vmap", prefixName: option, treeName: of }) as Dim[];
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    throw new TransformError(code, `vmap: ${option} must be a tree prefix of ${of}. ${error.message}`, {
      cause: error,
    });
  }
}

/** `argument 0.w` */
function leafName(treedef: TreeDef, i: number): string {
  const path = treedef.leafPaths()[i];
  return `argument ${path[0]}${keystr(path.slice(1))}`;
}

const describeSizes = (leaves: readonly Tensor[], dims: readonly Dim[], treedef: TreeDef): string =>
  leaves
    .flatMap((x, i) => {
      const d = dims[i];
      return d === null ? [] : [`${leafName(treedef, i)} of shape [${x.shape}] has size ${x.shape[d]} along axis ${d}`];
    })
    .join("; ");

function commonSize(f: AnyFunction, leaves: readonly Tensor[], dims: readonly Dim[], treedef: TreeDef): number {
  const sizes = new Set(leaves.flatMap((x, i) => (dims[i] === null ? [] : [x.shape[dims[i] as number]])));
  if (sizes.size === 1) return [...sizes][0];
  if (sizes.size === 0) {
    throw new TransformError(
      "CT321",
      `vmap: no argument of ${nameOf(f)} is mapped. Map one with inAxes, or give the size with axisSize.`,
    );
  }
  throw new ShapeError(
    "CT320",
    `vmap: the mapped axes of ${nameOf(f)}'s arguments differ in size: ${describeSizes(leaves, dims, treedef)}. They must be equal.`,
  );
}

function checkSize(
  f: AnyFunction,
  leaves: readonly Tensor[],
  dims: readonly Dim[],
  treedef: TreeDef,
  size: number,
): void {
  if (leaves.every((x, i) => dims[i] === null || x.shape[dims[i] as number] === size)) return;
  throw new ShapeError(
    "CT320",
    `vmap: axisSize is ${size}, but of ${nameOf(f)}'s arguments ${describeSizes(leaves, dims, treedef)}. They must be equal.`,
  );
}

const outputDims = (f: AnyFunction, outAxes: Axes, outTree: TreeDef): Dim[] =>
  prefixed("CT323", "outAxes", outAxes, outTree, `the result of ${nameOf(f)}`);

function placeBatch(f: AnyFunction, x: Tensor, dim: Dim, to: Dim, size: number): Tensor {
  if (to === null) {
    if (dim === null) return x;
    throw new TransformError(
      "CT323",
      `vmap: outAxes is null for a result of ${nameOf(f)} that depends on a mapped argument. Give it an axis, or reduce it over the batch.`,
    );
  }
  const ndim = dim === null ? x.ndim + 1 : x.ndim;
  const axis = to < 0 ? to + ndim : to;
  if (axis >= 0 && axis < ndim) return materialize(x, dim, axis, size);
  throw new ShapeError(
    "CT324",
    `vmap: outAxes asks for axis ${to} of a result with ${ndim} axes, the mapped one included.`,
  );
}
