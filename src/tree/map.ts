import { ArgumentError, TreeError } from "../prelude/errors.js";
import { describeType, isPlainObject } from "../prelude/options.js";
import { flattenInto, leafTest, structure } from "./flatten.js";
import { firstDifference, flattenUpTo, hint, where } from "./prefix.js";
import { abbreviate, type TreeDef } from "./treedef.js";
import type { FlattenOptions, IsLeaf, KeyPath, LeafOf, MapLeaves } from "./types.js";

/**
 * Applies a function to every leaf, and gives a tree of the results with the same structure. Further trees must
 * have the structure of the first; where the first has a leaf they may have whole subtrees, which are passed as
 * they are. A last argument `{ isLeaf }` says where to stop.
 * @throws TreeError (CT200) naming the first place where a tree differs from the first
 * @example
 * const [params, grads] = [{ w: np.array([1, 2]) }, { w: np.array([10, 10]) }];
 * tree.map((p, g) => p.sub(g.mul(0.1)), params, grads).w.js(); // [0, 1]
 */
export function map<T, R, L = LeafOf<T>>(f: (x: L) => R, t: T, options?: FlattenOptions): MapLeaves<T, L, R>;
export function map<T, U, R, L = LeafOf<T>, M = LeafOf<U>>(
  f: (x: L, y: M) => R,
  t: T,
  u: U,
  options?: FlattenOptions,
): MapLeaves<T, L, R>;
export function map<T, U, V, R, L = LeafOf<T>, M = LeafOf<U>, N = LeafOf<V>>(
  f: (x: L, y: M, z: N) => R,
  t: T,
  u: U,
  v: V,
  options?: FlattenOptions,
): MapLeaves<T, L, R>;
export function map<T, R, L = LeafOf<T>, M = unknown>(
  f: (x: L, ...rest: M[]) => R,
  t: T,
  ...rest: unknown[]
): MapLeaves<T, L, R>;
export function map(f: (...leaves: unknown[]) => unknown, t: unknown, ...rest: unknown[]): unknown {
  checkFunction("tree.map", f);
  return mapOver("tree.map", f, t, rest, false);
}

/**
 * As {@link map}, with the key path of the leaf as first argument of the function.
 * @example
 * tree.mapWithPath((path, n) => `${tree.keystr(path)} is ${n}`, { a: [1, 2] }).a; // [".a[0] is 1", ".a[1] is 2"]
 */
export function mapWithPath<T, R, L = LeafOf<T>>(
  f: (path: KeyPath, x: L) => R,
  t: T,
  options?: FlattenOptions,
): MapLeaves<T, L, R>;
export function mapWithPath<T, U, R, L = LeafOf<T>, M = LeafOf<U>>(
  f: (path: KeyPath, x: L, y: M) => R,
  t: T,
  u: U,
  options?: FlattenOptions,
): MapLeaves<T, L, R>;
export function mapWithPath<T, R, L = LeafOf<T>, M = unknown>(
  f: (path: KeyPath, x: L, ...rest: M[]) => R,
  t: T,
  ...rest: unknown[]
): MapLeaves<T, L, R>;
export function mapWithPath(
  f: (path: KeyPath, ...leaves: never[]) => unknown,
  t: unknown,
  ...rest: unknown[]
): unknown {
  checkFunction("tree.mapWithPath", f);
  return mapOver("tree.mapWithPath", f as (...leaves: unknown[]) => unknown, t, rest, true);
}

function mapOver(
  fnName: string,
  f: (...leaves: unknown[]) => unknown,
  t: unknown,
  rest: unknown[],
  withPath: boolean,
): unknown {
  const isLeaf = takeOptions(rest);
  const leaves: unknown[] = [];
  const def = flattenInto(t, leaves, isLeaf);
  const columns: (readonly unknown[])[] = withPath ? [def.leafPaths(), leaves] : [leaves];
  for (let i = 0; i < rest.length; i++) {
    columns.push(flattenUpTo(def, rest[i], { fnName, prefixName: "the first tree", treeName: `tree ${i + 2}` }));
  }
  const out = new Array<unknown>(leaves.length);
  if (columns.length === 1) for (let i = 0; i < leaves.length; i++) out[i] = f(leaves[i]);
  else for (let i = 0; i < leaves.length; i++) out[i] = f(...columns.map((column) => column[i]));
  return def.unflatten(out);
}

/** Takes a last argument `{ isLeaf: function }` off the list of trees: no tree of tensors looks like that. */
function takeOptions(rest: unknown[]): IsLeaf | undefined {
  const last = rest.at(-1);
  if (!isPlainObject(last) || typeof last.isLeaf !== "function" || Object.keys(last).length !== 1) {
    return undefined;
  }
  rest.pop();
  return last.isLeaf as IsLeaf;
}

/**
 * Combines the leaves in order, starting with `init`, or with the first leaf where none is given.
 * @throws TreeError (CT206) for a tree without leaves and without `init`
 * @example
 * tree.reduce((n, x) => n + x.size, { w: np.ones([2, 3]), b: np.ones([3]) }, 0); // 9
 */
export function reduce<T, L = LeafOf<T>>(f: (a: L, b: L) => L, t: T): L;
export function reduce<T, A, L = LeafOf<T>>(f: (a: A, x: L) => A, t: T, init: A, options?: FlattenOptions): A;
export function reduce(
  f: (a: unknown, x: unknown) => unknown,
  t: unknown,
  ...rest: [init?: unknown, options?: FlattenOptions]
): unknown {
  checkFunction("tree.reduce", f);
  const leaves: unknown[] = [];
  flattenInto(t, leaves, leafTest("tree.reduce", rest[1]));
  let i = 0;
  let a = rest[0];
  if (rest.length === 0) {
    if (leaves.length === 0) {
      throw new TreeError("CT206", "tree.reduce: the tree has no leaves and there is no start value. Give one.");
    }
    a = leaves[i++];
  }
  for (; i < leaves.length; i++) a = f(a, leaves[i]);
  return a;
}

/**
 * Whether every leaf is true; a leaf with an `item()` (a scalar tensor) counts by that value.
 * @example
 * const [a, b] = [{ w: np.ones([2]) }, { w: np.ones([2]) }];
 * tree.all(tree.map((x, y) => np.allclose(x, y), a, b)); // true
 */
export function all(t: unknown, options?: FlattenOptions): boolean {
  const leaves: unknown[] = [];
  flattenInto(t, leaves, leafTest("tree.all", options));
  return leaves.every((leaf) => Boolean(hasItem(leaf) ? leaf.item() : leaf));
}

function hasItem(x: unknown): x is { item(): unknown } {
  return typeof x === "object" && x !== null && "item" in x && typeof x.item === "function";
}

/**
 * Turns a tree of trees inside out: of structure `outer`, with a tree of structure `inner` at each leaf, into one
 * of structure `inner` with a tree of structure `outer` at each leaf.
 * @throws TreeError (CT201, CT200) where the tree is not so composed
 * @example
 * const points = [{ x: 1, y: 2 }, { x: 3, y: 4 }];
 * tree.transpose(tree.structure([0, 0]), tree.structure(points[0]), points); // { x: [1, 3], y: [2, 4] }
 */
export function transpose<R = unknown>(outer: TreeDef, inner: TreeDef | null, t: unknown): R {
  const names = { fnName: "tree.transpose", prefixName: "the outer structure", treeName: "the tree" };
  const subtrees = flattenUpTo(outer, t, names);
  let innerDef = inner;
  const rows = subtrees.map((subtree, i) => {
    const row: unknown[] = [];
    // Below the outer leaves, what the inner structure calls a leaf stays whole.
    innerDef ??= structure(subtree);
    const def = flattenInto(subtree, row);
    if (!def.equals(innerDef)) {
      const path = outer.leafPaths()[i];
      throw structureError("tree.transpose", "the inner structure", innerDef, where("the tree", path), def);
    }
    return row;
  });
  if (innerDef === null) {
    throw new TreeError("CT202", "tree.transpose: the outer structure has no leaves. Give the inner structure too.");
  }
  const columns = Array.from({ length: innerDef.numLeaves }, (_, j) => outer.unflatten(rows.map((row) => row[j])));
  return innerDef.unflatten(columns) as R;
}

/** Two structures that ought to be equal: names both, and the first place where they differ. */
export function structureError(
  fnName: string,
  leftName: string,
  left: TreeDef,
  rightName: string,
  right: TreeDef,
): TreeError {
  const found = firstDifference(left, right, false);
  const why =
    found === undefined
      ? ""
      : ` First difference, at ${where("the tree", found.path)}: ${found.left} against ${found.right}${hint(found, leftName, rightName)}.`;
  return new TreeError(
    "CT200",
    `${fnName}: ${leftName} and ${rightName} have different structures: ${abbreviate(left)} and ` +
      `${abbreviate(right)}.${why} Give both the same structure.`,
  );
}

function checkFunction(fnName: string, f: unknown): void {
  if (typeof f !== "function") {
    throw new ArgumentError("CT003", `${fnName}: the first argument must be a function, but got ${describeType(f)}.`);
  }
}
