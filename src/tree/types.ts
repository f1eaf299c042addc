// The types of pytrees. The tree layer does not know tensors: what counts as a leaf is a parameter, and
// `LeafTypes` is the default, which higher layers extend by declaration merging.

/**
 * The types that are leaves wherever no leaf type is given, one property for each family. The layer that has a class
 * whose instances are leaves adds it: `declare module "../tree/types.js" { interface LeafTypes { image: Image } }`.
 */
export interface LeafTypes {
  primitive: string | number | bigint | boolean | symbol;
  buffer: ArrayBufferView | ArrayBufferLike;
  builtin: Date | RegExp | URL | Set<never> | WeakKeyed | Promise<unknown>;
}

type WeakKeyed = WeakMap<never, unknown> | WeakSet<never>;

/** Every type that is a leaf by default. */
export type DefaultLeaf = LeafTypes[keyof LeafTypes];

/** A pytree written as a type: nested arrays, records and Maps of leaves. Interfaces need {@link TreeOf}. */
export type Tree<Leaf> =
  | Leaf
  | null
  | undefined
  | readonly Tree<Leaf>[]
  | ReadonlyMap<unknown, Tree<Leaf>>
  | { readonly [key: string]: Tree<Leaf> };

// biome-ignore lint/complexity/noBannedTypes: any function at all, classes included
type AnyFunction = Function;

/**
 * `T` itself where every leaf of `T` is a `Leaf`, and a type nothing can be assigned to where one is not. Takes what
 * `Tree<Leaf>` cannot: interfaces, classes, readonly objects. Use it on a parameter: `f<T>(params: TreeOf<T, Leaf>)`.
 */
export type TreeOf<T, Leaf> = T extends Leaf | null | undefined | AnyFunction
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, TreeOf<V, Leaf>>
    : T extends object
      ? { [K in keyof T]: TreeOf<T[K], Leaf> }
      : never;

/**
 * `T` with every leaf replaced by `R`: keys, tuples, optional and readonly properties stay as they are. Methods stay
 * too, so that a registered class keeps its interface. With `Leaf = unknown`, the default leaves count.
 */
export type MapLeaves<T, Leaf, R> = 0 extends 1 & T
  ? T // `any` stays `any`
  : unknown extends Leaf
    ? unknown extends T
      ? R
      : MapEach<T, DefaultLeaf, R>
    : MapEach<T, Leaf, R>;

// Maps come first: they look like WeakMaps, which are leaves.
type MapEach<T, Leaf, R> =
  T extends Map<infer K, infer V>
    ? Map<K, MapEach<V, Leaf, R>>
    : T extends ReadonlyMap<infer K, infer V>
      ? ReadonlyMap<K, MapEach<V, Leaf, R>>
      : T extends Leaf
        ? R
        : T extends null | undefined | AnyFunction
          ? T
          : T extends object
            ? { [K in keyof T]: MapEach<T[K], Leaf, R> }
            : R;

/** The union of the leaf types of `T`. Recursive types are followed eight levels down. */
export type LeafOf<T, Leaf = DefaultLeaf> = unknown extends T ? T : LeafAt<T, Leaf, []>;

type LeafAt<T, Leaf, Depth extends 0[]> = Depth["length"] extends 8
  ? never
  : T extends ReadonlyMap<unknown, infer V>
    ? LeafAt<V, Leaf, [...Depth, 0]>
    : T extends Leaf
      ? T
      : T extends null | undefined | AnyFunction
        ? never
        : T extends readonly (infer V)[]
          ? LeafAt<V, Leaf, [...Depth, 0]>
          : T extends object
            ? { [K in keyof T]-?: LeafAt<T[K], Leaf, [...Depth, 0]> }[keyof T]
            : T;

/** One step from a node to a child: an array index, a property name, or the key of a Map. */
export type KeyEntry = number | string | MapKey;

/** A step into a Map, whose keys may be anything. */
export class MapKey {
  constructor(readonly key: unknown) {}
}

/** The way from the root of a tree to one of its nodes. */
export type KeyPath = readonly KeyEntry[];

/** Stops flattening at a node: where it returns true, the node is a leaf. */
export type IsLeaf = (node: unknown) => boolean;

/** The options of the functions that flatten. */
export interface FlattenOptions {
  /** Called on every node before it is opened; where it returns true, the node is a leaf. */
  readonly isLeaf?: IsLeaf | undefined;
}
