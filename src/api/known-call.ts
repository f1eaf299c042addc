/** Calls of a jitted function like ones made before: recognised by walking their arguments, without spelling out keys. */
import { asTensor, typedArrayDtype } from "../core/array-like.js";
import type { ShapedArray } from "../core/aval.js";
import { literal, scalarType } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";
import type { TreeDef } from "../tree/index.js";
import { TreeMatcher } from "../tree/matcher.js";
import { openNode } from "../tree/node.js";

/** A static argument: values that are their own keys are compared, of others the key. */
interface StaticValue {
  readonly position: number;
  readonly value: unknown;
  readonly key: string;
}

/** The arguments of a call: structure and types of the traced ones, values of the static ones. */
export class KnownCall<E> {
  readonly #numArgs: number;
  readonly #positions: readonly number[];
  readonly #matchers: readonly TreeMatcher[];

  /**
   * @param statics the static arguments in order of position, as `keyOf` spells them
   * @param treedef the structure of the list of the other arguments
   */
  constructor(
    args: readonly unknown[],
    private readonly statics: readonly StaticValue[],
    private readonly keyOf: (position: number, value: unknown) => string,
    treedef: TreeDef,
    private readonly avals: readonly ShapedArray[],
    /** The named scope in scope. */
    readonly scope: string,
    readonly entry: E,
  ) {
    this.#positions = args.map((_, i) => i).filter((i) => !statics.some((s) => s.position === i));
    this.#matchers = this.#positions.map((p, i) => new TreeMatcher(treedef.children[i], args[p]));
    this.#numArgs = args.length;
  }

  /** The leaves of the traced arguments of such a call; undefined if this is another. */
  leavesOf(args: readonly unknown[]): Tensor[] | undefined {
    if (args.length !== this.#numArgs) return undefined;
    const { statics, avals } = this;
    for (let i = 0; i < statics.length; i++) {
      if (!this.#isSameStatic(statics[i], args[statics[i].position])) return undefined;
    }
    const leaves = new Array<unknown>(avals.length);
    let at = 0;
    for (let i = 0; i < this.#matchers.length; i++) {
      const matcher = this.#matchers[i];
      if (!matcher.match(args[this.#positions[i]], leaves, at)) return undefined;
      at += matcher.treedef.numLeaves;
    }
    for (let i = 0; i < avals.length; i++) {
      const x = leaves[i];
      if (x instanceof Tensor) {
        const { aval } = x;
        if (aval !== avals[i] && !aval.equals(avals[i])) return undefined;
      } else {
        const tensor = tensorLike(x, avals[i]);
        if (tensor === undefined) return undefined;
        leaves[i] = tensor;
      }
    }
    return leaves as Tensor[];
  }

  #isSameStatic(known: StaticValue, value: unknown): boolean {
    // Objects may have been changed since.
    if (typeof value !== "object" || value === null) return Object.is(value, known.value);
    return this.keyOf(known.position, value) === known.key;
  }
}

/** What becomes a tensor, if it becomes one of this type. */
function tensorLike(x: unknown, aval: ShapedArray): Tensor | undefined {
  if (typeof x === "number" || typeof x === "boolean" || typeof x === "bigint") {
    const { dtype, weakType } = scalarType(x);
    const fits = aval.shape.length === 0 && aval.dtype === dtype && aval.weakType === weakType;
    return fits ? literal(x, dtype, weakType) : undefined;
  }
  const dtype = typedArrayDtype(x);
  if (dtype === undefined || openNode(x as object) !== undefined) return undefined;
  if (aval.dtype !== dtype || aval.shape.length !== 1 || aval.weakType) return undefined;
  const array = x as Float32Array;
  return array.length === aval.shape[0] ? asTensor(array, "jit") : undefined;
}

/** The latest few known calls of a function, the last one first. */
export class KnownCalls<E> {
  readonly #calls: KnownCall<E>[] = [];
  constructor(private readonly capacity = 8) {}

  get calls(): readonly KnownCall<E>[] {
    return this.#calls;
  }
  /** Moves a call to the front. */
  touch(i: number): void {
    const [call] = this.#calls.splice(i, 1);
    this.#calls.unshift(call);
  }
  add(call: KnownCall<E>): void {
    this.#calls.unshift(call);
    if (this.#calls.length > this.capacity) this.#calls.pop();
  }
  clear(): void {
    this.#calls.length = 0;
  }
}
