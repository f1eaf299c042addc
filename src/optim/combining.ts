/** Transformations made of others: one after the other, by name, by parts of the parameters. */

import * as np from "../numpy/index.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { Monoid } from "../prelude/fp.js";
import { describeType } from "../prelude/options.js";
import { concatenate } from "../primitives/concatenate.js";
import { reshape } from "../primitives/shape.js";
import { flattenInto } from "../tree/flatten.js";
import * as tree from "../tree/index.js";
import { setToZero } from "./transformation.js";
import { tensorLeaves } from "./trees.js";
import type { ExtraArgs, GradientTransformation, Mask } from "./types.js";

/** Transformations in order, whose states stand in one array. */
interface Links {
  readonly length: number;
  readonly init: (params: unknown) => readonly unknown[];
  readonly update: <U>(
    updates: U,
    states: readonly unknown[],
    params: unknown,
    extra: ExtraArgs | undefined,
  ) => [updates: U, states: readonly unknown[]];
}

const link = (tx: GradientTransformation): Links => ({
  length: 1,
  init: (params) => [tx.init(params)],
  update(updates, [own], params, extra) {
    const [next, state] = tx.update(updates, own, params, extra);
    return [next, [state]];
  },
});

/** Chaining: what comes second gets what the first one gives; its states stand behind. */
const links: Monoid.Monoid<Links> = {
  empty: { length: 0, init: () => [], update: (updates) => [updates, []] },
  concat: (first, second) => ({
    length: first.length + second.length,
    init: (params) => [...first.init(params), ...second.init(params)],
    update(updates, states, params, extra) {
      const [between, before] = first.update(updates, states.slice(0, first.length), params, extra);
      const [out, after] = second.update(between, states.slice(first.length), params, extra);
      return [out, [...before, ...after]];
    },
  }),
};

function checkTransformation(fn: string, which: string, tx: unknown): asserts tx is GradientTransformation {
  const t = tx as Partial<GradientTransformation> | null;
  if (typeof t === "object" && t !== null && typeof t.init === "function" && typeof t.update === "function") return;
  throw new ArgumentError(
    "CT003",
    `optim.${fn}: ${which} is ${describeType(tx)}, but it must be a transformation, as optim.adam(1e-3) is.`,
  );
}

type StatesOf<T extends readonly GradientTransformation[]> = {
  [I in keyof T]: T[I] extends GradientTransformation<infer S> ? S : never;
};

/**
 * Transformations one after the other.
 * @returns a transformation whose state is the array of theirs
 * @throws ArgumentError CT003 for an argument that is none; TransformError CT421 for a state of another chain
 * @example
 * const tx = optim.chain(optim.clipByGlobalNorm(1), optim.adam(1e-3));
 */
export function chain<const T extends readonly GradientTransformation[]>(
  ...transformations: T
): GradientTransformation<StatesOf<T>> {
  transformations.forEach((tx, i) => checkTransformation("chain", `argument ${i}`, tx));
  const all = Monoid.concatAll(links)(transformations.map(link));
  return {
    init: (params) => all.init(params) as StatesOf<T>,
    update(updates, states, params, extra) {
      const given = states as unknown;
      if (!Array.isArray(given) || given.length !== all.length) {
        throw new TransformError(
          "CT421",
          `optim.chain: the state is ${Array.isArray(given) ? `an array of ${given.length}` : describeType(given)}, but the chain has ${all.length} parts. Pass the state that its init gave.`,
        );
      }
      const [out, next] = all.update(updates, given, params, extra);
      return [out, next as StatesOf<T>];
    },
  };
}

/**
 * Transformations one after the other, whose states are found by name.
 * @throws ArgumentError CT004 for a name given twice
 * @example
 * const tx = optim.namedChain(["clip", optim.clip(1)], ["adam", optim.adam(1e-3)]);
 */
export function namedChain(
  ...named: readonly (readonly [name: string, tx: GradientTransformation])[]
): GradientTransformation<Record<string, unknown>> {
  const names = named.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new ArgumentError("CT004", `optim.namedChain: the name '${twice}' is given twice. Names must differ.`);
  }
  named.forEach(([name, tx]) => checkTransformation("namedChain", `'${name}'`, tx));
  return {
    init: (params) => Object.fromEntries(named.map(([name, tx]) => [name, tx.init(params)])),
    update(updates, states, params, extra) {
      let out = updates;
      const next = named.map(([name, tx]) => {
        const [u, s] = tx.update(out, states[name], params, extra);
        out = u;
        return [name, s] as const;
      });
      return [out, Object.fromEntries(next)];
    },
  };
}

export interface MaskedState {
  readonly innerState: unknown;
}

const resolveMask = (mask: Mask, params: unknown): unknown =>
  typeof mask === "function" ? (mask as (params: unknown) => unknown)(params) : mask;

/** The subtrees where the mask is true; null, which has no leaves, in place of the others. */
const select = (mask: unknown, t: unknown): unknown =>
  tree.map((m: unknown, sub: unknown) => (m ? sub : null), mask as unknown, t);

/**
 * A transformation of those parameters alone where the mask is true; the updates of others go through as they are.
 * @param mask booleans in a prefix of the parameters' structure, or a function of the parameters
 * @example
 * optim.masked(optim.addDecayedWeights(0.1), (params) => tree.map((x) => x.ndim > 1, params));
 */
export function masked(inner: GradientTransformation, mask: Mask): GradientTransformation<MaskedState> {
  checkTransformation("masked", "the first argument", inner);
  return {
    init: (params) => ({ innerState: inner.init(select(resolveMask(mask, params), params)) }),
    update<U>(updates: U, { innerState }: MaskedState, params?: unknown, extra?: ExtraArgs): [U, MaskedState] {
      const m = resolveMask(mask, updates);
      const own = params === undefined ? params : select(m, params);
      const [out, state] = inner.update(select(m, updates), innerState, own, extra);
      const merged = tree.map(
        (on: unknown, next: unknown, old: unknown) => (on ? next : old),
        m as unknown,
        out,
        updates as unknown,
      );
      return [merged as U, { innerState: state }];
    },
  };
}

/** Makes the updates 0 where the mask is true. */
export const freeze = (mask: Mask): GradientTransformation<MaskedState> => masked(setToZero(), mask);

export interface PartitionState {
  readonly innerStates: Readonly<Record<string, MaskedState>>;
}

/**
 * Different transformations for different parameters.
 * @param transformations by label
 * @param labels a label for each parameter, in a prefix of their structure, or a function of the parameters
 * @throws ArgumentError CT004 for labels without a transformation
 * @example
 * optim.partition({ fast: optim.adam(1e-2), fixed: optim.setToZero() }, { encoder: "fixed", head: "fast" });
 */
export function partition(
  transformations: Readonly<Record<string, GradientTransformation>>,
  labels: unknown,
): GradientTransformation<PartitionState> {
  const groups = Object.keys(transformations);
  for (const group of groups) checkTransformation("partition", `'${group}'`, transformations[group]);
  const groupsOf = (params: unknown): readonly (readonly [string, GradientTransformation<MaskedState>])[] => {
    const found = resolveMask(labels, params);
    const given: unknown[] = [];
    flattenInto(found, given);
    const missing = [...new Set(given)].filter((l) => !groups.includes(l as string));
    if (missing.length > 0) {
      throw new ArgumentError(
        "CT004",
        `optim.partition: parameters are labelled ${missing.map((l) => `'${String(l)}'`).join(", ")}, but there are transformations for ${groups.join(", ")} only.`,
      );
    }
    return groups.map((group) => {
      const mask = tree.map((label: unknown) => label === group, found as unknown);
      return [group, masked(transformations[group], mask)] as const;
    });
  };
  return {
    init: (params) => ({
      innerStates: Object.fromEntries(groupsOf(params).map(([group, tx]) => [group, tx.init(params)])),
    }),
    update(updates, { innerStates }, params, extra) {
      let out = updates;
      const next = groupsOf(updates).map(([group, tx]) => {
        const [u, s] = tx.update(out, innerStates[group], params, extra);
        out = u;
        return [group, s] as const;
      });
      return [out, { innerStates: Object.fromEntries(next) }];
    },
  };
}
export { partition as multiTransform };

/** The optimizer, with updates of 0 where the mask is true. */
export const selectiveTransform = (
  optimizer: GradientTransformation,
  { freezeMask }: { readonly freezeMask: unknown },
): GradientTransformation<PartitionState> =>
  partition(
    { train: optimizer, freeze: setToZero() },
    tree.map((m: unknown) => (m ? "freeze" : "train"), freezeMask),
  );

const asVector = (t: unknown): unknown =>
  concatenate(
    tensorLeaves(t).map((x) => reshape(x, [x.size])),
    0,
  );

/** A transformation of all parameters as one vector: fewer and larger operations. All leaves need one dtype. */
export function flatten(inner: GradientTransformation): GradientTransformation {
  checkTransformation("flatten", "the argument", inner);
  return {
    init: (params) => inner.init(asVector(params)),
    update<U>(updates: U, state: unknown, params?: unknown, extra?: ExtraArgs): [U, unknown] {
      const flat = params === undefined ? params : asVector(params);
      const [out, next] = inner.update(asVector(updates), state, flat, extra);
      const shapes: unknown[] = [];
      const treedef = flattenInto(updates, shapes);
      let at = 0;
      const leaves = tensorLeaves(updates).map((x) => {
        at += x.size;
        return reshape(np.asarray(out as never).slice([at - x.size, at]), x.shape);
      });
      return [treedef.unflatten(leaves) as U, next];
    },
  };
}
