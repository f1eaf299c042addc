import { TreeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";

/** How instances of a class are taken apart and put together again. */
export interface NodeHandlers<T, Aux = unknown> {
  /**
   * The children, and whatever else is needed to rebuild the node. The second part belongs to the tree's structure:
   * two nodes match only if theirs are equal in type and content (functions and instances: by identity).
   */
  readonly flatten: (node: T) => readonly [children: readonly unknown[], aux: Aux];
  /** The inverse of `flatten`. The children may be any values at all, so it must not look at them. */
  readonly unflatten: (aux: Aux, children: readonly unknown[]) => T;
  /** As `flatten`, with the name of each child, for key paths; without it children are numbered. */
  readonly flattenWithKeys?: (
    node: T,
  ) => readonly [children: readonly (readonly [key: string | number, child: unknown])[], aux: Aux];
}

/** A registered class: its name for printing and its handlers, with the class itself forgotten by the types. */
export interface NodeType {
  readonly id: number;
  readonly name: string;
  readonly handlers: NodeHandlers<unknown>;
}

/** A class, abstract or not, with its constructor private or not. */
export type Class<T> = (abstract new (...args: never) => T) | { readonly name: string; readonly prototype: T };

const nodeTypes = new WeakMap<object, NodeType>();
const byName = new Map<string, NodeType[]>();
let nextId = 0;

/**
 * Makes instances of a class nodes of pytrees. Subclasses are not included: register each class of its own.
 * The registry is the one piece of global state of this layer; there is no unregistering, so that a structure
 * means the same for as long as it lives.
 * @throws TreeError (CT204) if the class is already registered, is a built-in node or has no such handlers
 * @example
 * class Linear { constructor(readonly w: Tensor, readonly b: Tensor) {} }
 * tree.register(Linear, { flatten: (l) => [[l.w, l.b], null], unflatten: (_, [w, b]) => new Linear(w, b) });
 */
export function register<T, Aux>(cls: Class<T>, handlers: NodeHandlers<T, Aux>): void {
  const given: unknown = cls;
  if (typeof given !== "function" || typeof given.prototype !== "object" || given.prototype === null) {
    throw new TreeError("CT204", `tree.register: expected a class, but got ${describeType(given)}. Pass the class.`);
  }
  for (const name of ["flatten", "unflatten"] as const) {
    if (typeof handlers?.[name] !== "function") {
      throw new TreeError(
        "CT204",
        `tree.register: ${cls.name} needs a function '${name}', but got ${describeType(handlers?.[name])}.`,
      );
    }
  }
  const prototype = given.prototype as object;
  if (prototype === Object.prototype || prototype === Array.prototype || prototype === Map.prototype) {
    throw new TreeError("CT204", `tree.register: ${cls.name} is a node already; only other classes can be registered.`);
  }
  if (nodeTypes.has(prototype)) {
    throw new TreeError("CT204", `tree.register: ${cls.name} is registered already. Register each class once.`);
  }
  const type = { id: nextId++, name: cls.name, handlers: handlers as unknown as NodeHandlers<unknown> };
  nodeTypes.set(prototype, type);
  const namesakes = byName.get(cls.name);
  if (namesakes === undefined) byName.set(cls.name, [type]);
  else namesakes.push(type);
}

/** The registrations of classes of this name: files know classes by name. */
export const nodeTypesNamed = (name: string): readonly NodeType[] => byName.get(name) ?? [];

/** The registration of the class with this prototype. */
export function nodeTypeOf(prototype: object): NodeType | undefined {
  return nodeTypes.get(prototype);
}
