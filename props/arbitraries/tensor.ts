import * as fc from "fast-check";
import { asDType, type DType, defaultFloat, isComplex } from "../../src/core/dtype.js";
import type { NestedArray } from "../../src/core/elements.js";
import type { Tensor } from "../../src/core/tensor.js";
import { ArgumentError } from "../../src/prelude/errors.js";
import { prod, range } from "../../src/prelude/numbers.js";
import { checkOptions } from "../../src/prelude/options.js";
import "../../src/interpreters/evaluate.js";
import { tensorOf, unravel } from "../leaves.js";
import { broadcastable } from "./broadcastable.js";
import { complexity, drawElements, type ElementRange, fits, simpler, simplest } from "./element.js";
import { shape as anyShape } from "./shape.js";

/** The options of {@link tensor} and {@link tensors}, besides shapes. */
export interface ElementOptions {
  /** A dtype, or an arbitrary that makes dtypes; float32 by default. */
  readonly dtype?: DType | fc.Arbitrary<DType>;
  /** The smallest value, -3 by default; of complex numbers the smallest of either part. */
  readonly min?: number;
  /** The largest value, by default 3, or `min + 6` if that is above. */
  readonly max?: number;
}

/** The options of {@link tensor}. */
export interface TensorOptions extends ElementOptions {
  /** A shape, or an arbitrary that makes shapes; by default that of `arbitraries.shape()`. */
  readonly shape?: readonly number[] | fc.Arbitrary<readonly number[]>;
}

/** The options of {@link tensors}. */
export interface TensorsOptions extends ElementOptions {
  /** Shapes, or an arbitrary that makes lists of shapes; by default that of `arbitraries.broadcastable()`. */
  readonly shapes?: readonly (readonly number[])[] | fc.Arbitrary<readonly (readonly number[])[]>;
}

/**
 * Tensors, whose values are random, round (0, ±1, ±½, small integers), often repeated, or all the same: ties and round
 * values are where rules go wrong that hold elsewhere. Prints as the call that makes the tensor; shrinks to smaller
 * shapes and rounder values.
 *
 * @throws ArgumentError CT003 if the bounds leave no value
 * @example
 * itHasCorrectGradients("log", (x: Tensor) => np.log(x), arbitraries.tensor({ min: 0.1 }));
 */
export function tensor(options: TensorOptions = {}): fc.Arbitrary<Tensor> {
  checkOptions("arbitraries.tensor", options, ["shape", "dtype", "min", "max"]);
  const { shape = anyShape(), ...elements } = options;
  const shapes = shape instanceof fc.Arbitrary ? shape.map((s) => [s]) : fc.constant([shape]);
  return listOf("arbitraries.tensor", shapes, elements).map(([x]) => x);
}

/**
 * Lists of tensors of one dtype, whose shapes are made together, and shrink together.
 *
 * @throws ArgumentError CT003 if the bounds leave no value
 * @example
 * itHasCorrectGradients("add", (x: Tensor, y: Tensor) => np.add(x, y), arbitraries.tensors());
 */
export function tensors(options: TensorsOptions = {}): fc.Arbitrary<Tensor[]> {
  checkOptions("arbitraries.tensors", options, ["shapes", "dtype", "min", "max"]);
  const { shapes = broadcastable(), ...elements } = options;
  return listOf("arbitraries.tensors", shapes instanceof fc.Arbitrary ? shapes : fc.constant(shapes), elements);
}

type Shapes = readonly (readonly number[])[];

function listOf(where: string, shapes: fc.Arbitrary<Shapes>, options: ElementOptions): fc.Arbitrary<Tensor[]> {
  const { dtype = defaultFloat } = options;
  const dtypes = dtype instanceof fc.Arbitrary ? dtype : fc.constant(asDType(dtype, where));
  const { min = Math.min(-3, (options.max ?? 3) - 6) } = options;
  const { max = Math.max(3, min + 6) } = options;
  if (!(Number.isFinite(min) && Number.isFinite(max) && min <= max)) {
    throw new ArgumentError(
      "CT003",
      `${where}: min and max must be numbers in this order, but they are ${min} and ${max}.`,
    );
  }
  return new TensorsArbitrary(shapes, dtypes, { min, max });
}

/** What tensors were made of, for shrinking: shapes and dtype with the contexts their own arbitraries shrink them by. */
interface Recipe {
  readonly shapes: fc.Value<Shapes>;
  readonly dtype: fc.Value<DType>;
  /** All elements, tensor after tensor. */
  readonly numbers: Float64Array;
}

class TensorsArbitrary extends fc.Arbitrary<Tensor[]> {
  constructor(
    private readonly shapes: fc.Arbitrary<Shapes>,
    private readonly dtypes: fc.Arbitrary<DType>,
    private readonly range: ElementRange,
  ) {
    super();
  }

  override generate(mrng: fc.Random, biasFactor: number | undefined): fc.Value<Tensor[]> {
    const shapes = this.shapes.generate(mrng, biasFactor);
    const dtype = this.dtypes.generate(mrng, biasFactor);
    const count = shapes.value.reduce((n, shape) => n + prod(shape), 0);
    return this.#value({ shapes, dtype, numbers: drawElements(mrng, count, dtype.value, this.range) });
  }

  override canShrinkWithoutContext(_: unknown): _ is Tensor[] {
    return false;
  }

  override shrink(_: Tensor[], context: unknown): fc.Stream<fc.Value<Tensor[]>> {
    return fc.stream(this.#smaller(context as Recipe)).map((recipe) => this.#value(recipe));
  }

  #value(recipe: Recipe): fc.Value<Tensor[]> {
    const dtype = recipe.dtype.value;
    const parts = split(recipe.numbers, recipe.shapes.value, isComplex(dtype));
    const made = parts.map((numbers, k) => {
      const x = tensorOf(numbers, { shape: recipe.shapes.value[k], dtype });
      return Object.defineProperty(x, fc.toStringMethod, { value: () => tensorText(x) });
    });
    return new fc.Value(made, recipe);
  }

  *#smaller(recipe: Recipe): IterableIterator<Recipe> {
    const { shapes, dtype, numbers } = recipe;
    const complex = isComplex(dtype.value);
    for (const smaller of this.shapes.shrink(shapes.value, shapes.context)) {
      // Of a shorter list the first tensors are kept.
      const parts = split(numbers, shapes.value, complex);
      for (const end of ["first", "last"] as const) {
        const kept = smaller.value.map((to, k) => resized(parts[k], shapes.value[k], to, complex, end));
        yield { ...recipe, shapes: smaller, numbers: joined(kept) };
      }
    }
    for (const other of this.dtypes.shrink(dtype.value, dtype.context)) {
      yield { ...recipe, dtype: other, numbers: this.#converted(numbers, dtype.value, other.value) };
    }
    for (const rounder of simplifications(numbers, dtype.value, this.range)) yield { ...recipe, numbers: rounder };
  }

  #converted(numbers: Float64Array, from: DType, to: DType): Float64Array {
    const fallback = simplest(to, this.range);
    const reals = isComplex(from) && !isComplex(to) ? numbers.filter((_, i) => i % 2 === 0) : numbers;
    const fitted = reals.map((x) => [x, Math.trunc(x)].find((y) => fits(y, to, this.range)) ?? fallback);
    if (isComplex(from) || !isComplex(to)) return fitted;
    return Float64Array.from({ length: 2 * fitted.length }, (_, i) => (i % 2 === 0 ? fitted[i / 2] : fallback));
  }
}

/** The numbers of each tensor. */
function split(numbers: Float64Array, shapes: Shapes, complex: boolean): Float64Array[] {
  let offset = 0;
  return shapes.map((shape) => {
    const own = numbers.subarray(offset, offset + prod(shape) * (complex ? 2 : 1));
    offset += own.length;
    return own;
  });
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** The first or last corner of a tensor that a smaller shape leaves; of another rank, its first or last elements. */
function resized(
  numbers: Float64Array,
  from: readonly number[],
  to: readonly number[],
  complex: boolean,
  end: "first" | "last",
): Float64Array {
  const per = complex ? 2 : 1;
  const size = prod(from);
  const skipped = end === "first" ? 0 : Math.max(0, size - prod(to));
  const source = (i: number): number => {
    if (from.length !== to.length) return size === 0 ? 0 : (i + skipped) % size;
    const offset = (d: number): number => (end === "first" ? 0 : Math.max(0, from[d] - to[d]));
    return unravel(i, to).reduce((flat, at, d) => flat * from[d] + Math.min(at + offset(d), from[d] - 1), 0);
  };
  return Float64Array.from(
    { length: prod(to) * per },
    (_, i) => numbers[source(Math.floor(i / per)) * per + (i % per)],
  );
}

/** Rounder values: all at once, by halves, one by one. Each is simpler than what it replaces, so shrinking ends. */
function* simplifications(numbers: Float64Array, dtype: DType, range: ElementRange): IterableIterator<Float64Array> {
  const plain = simplest(dtype, range);
  const total = numbers.reduce((sum, x) => sum + complexity(x), 0);
  const half = numbers.length >> 1;
  const wholesale = [
    numbers.map(() => plain),
    numbers.map((x) => (fits(Math.trunc(x), dtype, range) ? Math.trunc(x) : x)),
    numbers.map((x, i) => (i < half ? plain : x)),
    numbers.map((x, i) => (i < half ? x : plain)),
  ];
  for (const candidate of wholesale) {
    if (candidate.reduce((sum, x) => sum + complexity(x), 0) < total) yield candidate;
  }
  for (let i = 0; i < numbers.length; i++) {
    for (const x of simpler(numbers[i], dtype, range)) yield numbers.with(i, x);
  }
}

/** The call that makes a tensor: `np.array([0, 0.5])`. */
export function tensorText(x: Tensor): string {
  const dtype = `{ dtype: "${x.dtype}" }`;
  if (x.size === 0) return `np.zeros([${x.shape.join(", ")}], ${dtype})`;
  const plain = x.dtype === "float32" && x.ndim > 0;
  const wide = x.dtype === "float64" || x.dtype === "complex128";
  return `np.array(${nestedText(x.js(), wide)}${plain ? "" : `, ${dtype}`})`;
}

function nestedText(x: NestedArray, wide: boolean): string {
  const inner = (y: NestedArray): string => nestedText(y, wide);
  if (Array.isArray(x)) return `[${x.map(inner).join(", ")}]`;
  if (typeof x === "bigint") return `${x}n`;
  if (typeof x === "object") return `{ re: ${inner(x.re)}, im: ${inner(x.im)} }`;
  if (typeof x === "boolean") return String(x);
  return Object.is(x, -0) ? "-0" : String(wide ? x : shortest(x));
}

/** The number with the fewest digits that is this one in single precision. */
function shortest(x: number): number {
  const found = range(1, 9).map((digits) => Number(x.toPrecision(digits)));
  return found.find((short) => Math.fround(short) === x) ?? x;
}
