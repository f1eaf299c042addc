import { TreeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { flattenInto } from "./flatten.js";

/** From the old node to the new; where `where` gives an array, for each of its elements. */
type Update<N> = N extends readonly (infer E)[] ? (old: E) => E : (old: N) => N;

/**
 * A copy of a tree with some nodes replaced; the original stays as it is.
 * @param where picks a node, or an array of nodes, of the tree it is given; it may only look nodes up
 * @param replace the new node, or an array of them where `where` gives an array; or a function from the old node to
 *   the new, called for each element of an array (to put a function into a tree, return it from one)
 * @throws TreeError (CT205) when `where` gives something that is no node of the tree, or the same one twice
 * @example
 * const params = { layers: [{ w: np.ones([2]) }], head: { w: np.ones([2]), b: 0 } };
 * tree.at((p) => p.layers[0].w, params, np.zeros([2])).layers[0].w.js(); // [0, 0]
 * tree.at((p) => [p.head.w, p.head.b], params, (x) => lax.stopGradient(x));
 */
export function at<T, N>(where: (t: T) => N, t: T, replace: NoInfer<N | Update<N>>): T;
export function at(where: (t: never) => unknown, t: unknown, replace: unknown): unknown {
  // A copy in which every leaf, null and undefined is an object of its own, so that nodes are known by identity.
  const leaves: unknown[] = [];
  const def = flattenInto(t, leaves, (x) => x === null || x === undefined);
  const copy = def.unflatten(leaves.map((leaf) => new Placeholder(leaf)));
  const picked: unknown = where(copy as never);

  const nodes = new Set<unknown>();
  collectNodes(copy, nodes);
  const isList = Array.isArray(picked) && (typeof replace === "function" || !nodes.has(picked));
  const targets: unknown[] = isList ? picked : [picked];
  const replacements = newNodes(targets, isList, replace);
  for (const target of targets) if (!nodes.has(target)) throw notANode(target);

  const replaced = new Map(targets.map((target, i) => [target, replacements[i]]));
  if (replaced.size < targets.length) {
    throw new TreeError("CT205", "tree.at: `where` gives the same node twice. Name each node once.");
  }
  const used = new Set<unknown>();
  const rest: unknown[] = [];
  const restDef = flattenInto(copy, rest, (x) => {
    if (!replaced.has(x)) return false;
    used.add(x);
    return true;
  });
  if (used.size < targets.length) {
    throw new TreeError("CT205", "tree.at: `where` gives a node and something inside it. Name only one of the two.");
  }
  return restDef.unflatten(rest.map((x) => (replaced.has(x) ? replaced.get(x) : (x as Placeholder).leaf)));
}

class Placeholder {
  constructor(readonly leaf: unknown) {}
}

/** Every node of a tree of placeholders, itself included. */
function collectNodes(copy: unknown, nodes: Set<unknown>): void {
  flattenInto(copy, [], (x) => {
    nodes.add(x);
    return false;
  });
}

function newNodes(targets: readonly unknown[], isList: boolean, replace: unknown): readonly unknown[] {
  if (typeof replace === "function") return targets.map((target) => replace(original(target)) as unknown);
  if (!isList) return [replace];
  if (Array.isArray(replace) && replace.length === targets.length) return replace;
  const got = Array.isArray(replace) ? `an array of ${replace.length}` : describeType(replace);
  throw new TreeError(
    "CT205",
    `tree.at: \`where\` gives ${targets.length} nodes, but the replacement is ${got}. ` +
      `Give an array of ${targets.length}, or a function from the old node to the new.`,
  );
}

/** The subtree a node of the copy stands for. */
function original(node: unknown): unknown {
  const placeholders: unknown[] = [];
  const def = flattenInto(node, placeholders);
  return def.unflatten(placeholders.map((p) => (p instanceof Placeholder ? p.leaf : p)));
}

function notANode(target: unknown): TreeError {
  const got = target === undefined ? "undefined (is there such a key?)" : describeType(target);
  return new TreeError(
    "CT205",
    `tree.at: \`where\` must give a node of the tree, or an array of nodes, but gave ${got}. ` +
      "Let it only look nodes up, as in (p) => p.layers[0].w.",
  );
}
