/** What instructions cost: which are nothing but other places to read at, which are cheap, which are dear. */
import { arrayShapeOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction, Opcode } from "../hlo/instruction.js";
import { bytesOf, sizeOf } from "../hlo/shape.js";
import { isScalarOperation } from "./emittable.js";

/** Reads at other places, or computes from the place alone. */
const indexOpcodes: ReadonlySet<Opcode> = new Set([
  "constant", "iota", "broadcast", "reshape", "transpose", "reverse", "slice", "pad", "concatenate", "dynamic-slice",
  "gather", "get-tuple-element",
] as const); // biome-ignore format: a table
export const isIndexOperation = (i: HloInstruction): boolean => indexOpcodes.has(i.opcode);

const cheapOpcodes: ReadonlySet<Opcode> = new Set([
  "abs", "add", "and", "bitcast-convert", "ceil", "clamp", "compare", "complex", "conjugate", "convert", "floor", "imag",
  "is-finite", "maximum", "minimum", "multiply", "negate", "not", "or", "real", "reduce-precision",
  "round-nearest-even", "round-nearest-afz", "select", "shift-left", "shift-right-arithmetic", "shift-right-logical",
  "sign", "square", "subtract", "xor",
] as const); // biome-ignore format: a table
const middlingOpcodes: ReadonlySet<Opcode> = new Set([
  "divide", "sqrt", "rsqrt", "remainder", "popcnt", "count-leading-zeros",
] as const); // biome-ignore format: a table

/** Roughly how many simple vector operations one element takes. */
export const costOf = (i: HloInstruction): number => {
  if (indexOpcodes.has(i.opcode)) return 0;
  if (cheapOpcodes.has(i.opcode)) return 1;
  return middlingOpcodes.has(i.opcode) ? 5 : 20;
};

export const elementsOf = (i: HloInstruction): number => sizeOf(arrayShapeOf(i).dims);

/** What computing a value anew takes: the arrays it reads, and operations for each element. */
interface Recipe {
  readonly leaves: ReadonlySet<HloInstruction>;
  readonly cost: number;
}

/** In memory whatever happens. */
const isGiven = (i: HloInstruction): boolean =>
  i.opcode === "parameter" || i.opcode === "constant" || i.opcode === "get-tuple-element" || elementsOf(i) <= 1;

/** The most operations that are done twice rather than written to memory and read again. */
const dearest = 4;
/** Of a single number, which a kernel computes before its loops. */
const dearestScalar = 12;
/** Computing anew may read this much more than the result has itself. */
const slack = 1.3;

/**
 * Which values are computed again wherever they are used, rather than kept: those that are cheap, and made from no more
 * memory than they would take themselves.
 */
export class Recipes {
  readonly #recipes = new Map<HloInstruction, Recipe>();
  readonly #countUsers: (i: HloInstruction) => number;

  constructor(countUsers: (i: HloInstruction) => number) {
    this.#countUsers = countUsers;
  }

  #leaf(i: HloInstruction): Recipe {
    return { leaves: new Set([i]), cost: 0 };
  }

  #recipeOf(i: HloInstruction): Recipe {
    const known = this.#recipes.get(i);
    if (known !== undefined) return known;
    const made = this.#make(i);
    this.#recipes.set(i, made);
    return made;
  }

  #make(i: HloInstruction): Recipe {
    if (!isIndexOperation(i) && !isScalarOperation(i)) return this.#leaf(i);
    if (i.opcode === "get-tuple-element" || i.opcode === "gather" || i.opcode === "concatenate") return this.#leaf(i);
    if (i.opcode === "constant" && i.shape.dims.length > 0) return this.#leaf(i);
    const leaves = new Set<HloInstruction>();
    let cost = costOf(i);
    for (const o of i.operands) {
      const r = this.#recipeOf(o);
      cost += r.cost;
      for (const x of r.leaves) leaves.add(x);
    }
    let bytes = 0;
    // A part of an array is read for what it is.
    for (const x of leaves)
      bytes += Math.min(bytesOf(x.shape), elementsOf(i) * (bytesOf(x.shape) / Math.max(1, elementsOf(x))));
    if (cost > (elementsOf(i) === 1 ? dearestScalar : dearest) || bytes > slack * bytesOf(i.shape))
      return this.#leaf(i);
    // An array that nobody else wants need not be kept if this one is.
    const isOnlyUser = [...leaves].some((x) => i.operands.includes(x) && !isGiven(x) && this.#countUsers(x) === 1);
    return isOnlyUser && !isIndexOperation(i) ? this.#leaf(i) : { leaves, cost };
  }

  /** The arrays that computing the value anew reads: itself, if that is not worth while. */
  leavesOf(i: HloInstruction): ReadonlySet<HloInstruction> {
    return this.#recipeOf(i).leaves;
  }

  /** Whether to compute the value wherever it is used. */
  isRepeatable(i: HloInstruction): boolean {
    return !this.#recipeOf(i).leaves.has(i);
  }

  /** Whether the value takes next to no memory to make: a constant everywhere, a pattern, a row for a matrix. */
  isPattern(i: HloInstruction): boolean {
    const { leaves, cost } = this.#recipeOf(i);
    if (leaves.has(i) || cost > 1) return false;
    let bytes = 0;
    for (const x of leaves) bytes += bytesOf(x.shape);
    return 4 * bytes <= bytesOf(i.shape);
  }
}
