/** The methods that tensors have from numpy. Each is the function of the same name with the tensor as first argument. */
import type { ArrayLike } from "../core/array-like.js";
import type { Device } from "../core/devices.js";
import type { DType } from "../core/dtype.js";
import type { MeanOptions, VarianceOptions } from "./averages.js";
import type { CumulativeOptions } from "./cumulative.js";
import type { DiagonalOptions } from "./diagonals.js";
import type { IndexedTensor, IndexPart } from "./indexing/index.js";
import type { ProductOptions } from "./products.js";
import type { ReductionOptions, SumOptions, TruthOptions } from "./reductions.js";
import type { CompressOptions, SizedOptions } from "./selecting.js";
import type { SearchsortedOptions, SortOptions } from "./sorting.js";
import type { TakeOptions } from "./taking.js";

type Axis = number | readonly number[] | null;

declare module "../core/tensor.js" {
  interface Tensor {
    /** x + y, with promotion and broadcasting; a number is a weak scalar. */
    add(y: ArrayLike): Tensor;
    /** x - y. */
    sub(y: ArrayLike): Tensor;
    /** x · y, element by element. */
    mul(y: ArrayLike): Tensor;
    /** x / y as a float. */
    div(y: ArrayLike): Tensor;
    /** x / y rounded down. */
    floorDivide(y: ArrayLike): Tensor;
    /** The remainder of x / y rounded down, with the sign of y. */
    mod(y: ArrayLike): Tensor;
    /** x to the power y. */
    pow(y: ArrayLike): Tensor;
    neg(): Tensor;
    abs(): Tensor;
    /** The matrix product. */
    matmul(y: ArrayLike, options?: ProductOptions): Tensor;
    dot(y: ArrayLike, options?: ProductOptions): Tensor;

    equal(y: ArrayLike): Tensor;
    notEqual(y: ArrayLike): Tensor;
    less(y: ArrayLike): Tensor;
    lessEqual(y: ArrayLike): Tensor;
    greater(y: ArrayLike): Tensor;
    greaterEqual(y: ArrayLike): Tensor;
    /** The bits that both have; the conjunction of booleans. */
    and(y: ArrayLike): Tensor;
    /** The bits that either has; the disjunction of booleans. */
    or(y: ArrayLike): Tensor;
    /** The bits that exactly one has. */
    xor(y: ArrayLike): Tensor;
    /** Every bit flipped; the negation of booleans. */
    not(): Tensor;
    leftShift(y: ArrayLike): Tensor;
    rightShift(y: ArrayLike): Tensor;

    sum(axis?: Axis, options?: SumOptions): Tensor;
    prod(axis?: Axis, options?: SumOptions): Tensor;
    mean(axis?: Axis, options?: MeanOptions): Tensor;
    var(axis?: Axis, options?: VarianceOptions): Tensor;
    std(axis?: Axis, options?: VarianceOptions): Tensor;
    max(axis?: Axis, options?: ReductionOptions): Tensor;
    min(axis?: Axis, options?: ReductionOptions): Tensor;
    ptp(axis?: Axis, options?: { readonly keepdims?: boolean }): Tensor;
    all(axis?: Axis, options?: TruthOptions): Tensor;
    any(axis?: Axis, options?: TruthOptions): Tensor;
    argmax(axis?: number | null, options?: { readonly keepdims?: boolean }): Tensor;
    argmin(axis?: number | null, options?: { readonly keepdims?: boolean }): Tensor;
    cumsum(axis?: number | null, options?: CumulativeOptions): Tensor;
    cumprod(axis?: number | null, options?: CumulativeOptions): Tensor;
    sort(axis?: number | null, options?: SortOptions): Tensor;
    argsort(axis?: number | null, options?: SortOptions): Tensor;
    argpartition(k: number, axis?: number): Tensor;
    searchsorted(values: ArrayLike, options?: SearchsortedOptions): Tensor;

    /** The elements in another shape, given as a list or as sizes; one size may be -1. */
    reshape(shape: readonly number[]): Tensor;
    reshape(...sizes: number[]): Tensor;
    /** The axes in another order, reversed if none is given. */
    transpose(axes?: readonly number[] | null): Tensor;
    transpose(...axes: number[]): Tensor;
    /** The axes reversed. */
    readonly T: Tensor;
    /** The last two axes swapped. */
    readonly mT: Tensor;
    ravel(): Tensor;
    flatten(): Tensor;
    squeeze(axis?: number | readonly number[] | null): Tensor;
    expandDims(axis: number | readonly number[]): Tensor;
    swapaxes(axis1: number, axis2: number): Tensor;
    repeat(repeats: number | readonly number[] | Tensor, axis?: number | null): Tensor;
    /** The elements in another type. */
    astype(dtype: DType): Tensor;
    /** The bits of the elements read as another type. */
    view(dtype: DType): Tensor;
    round(options?: { readonly decimals?: number }): Tensor;
    clip(min?: ArrayLike | null, max?: ArrayLike | null): Tensor;
    conj(): Tensor;
    conjugate(): Tensor;
    readonly real: Tensor;
    readonly imag: Tensor;
    copy(): Tensor;
    diagonal(options?: DiagonalOptions): Tensor;
    take(indices: ArrayLike, axis?: number | null, options?: TakeOptions): Tensor;
    compress(condition: ArrayLike, axis?: number | null, options?: CompressOptions): Tensor;
    nonzero(options?: SizedOptions): Tensor[];

    /**
     * The elements that an index names, as NumPy's `x[...]`: integers (from the end if negative), `[start, stop]`,
     * `[start, stop, step]` with null for "to the end", `"..."`, null for a new axis, tensors of integers or booleans.
     * Reading beyond the ends gives the nearest element; see `at(...).get` for other ways.
     * @throws ShapeError CT112 for too many indices; ConcretizationError CT304 for a mask while tracing
     * @example
     * const x = np.array([[1, 2, 3], [4, 5, 6]]);
     * x.slice(1, [0, 2]).js(); // [4, 5]
     * x.slice("...", [null, null, -1]).js(); // [[3, 2, 1], [6, 5, 4]]
     */
    slice(...index: IndexPart[]): Tensor;
    /**
     * The places an index names, for copies of x with other elements there.
     * @example np.zeros([3]).at(1).set(5).js(); // [0, 5, 0]
     */
    at(...index: IndexPart[]): IndexedTensor;

    /** The size of an element in bytes. */
    readonly itemsize: number;
    /** The size of all elements in bytes. */
    readonly nbytes: number;
    /** The tensor on another device. */
    toDevice(device: Device | string): Tensor;
    /** Walks the leading axis. @throws ShapeError CT109 for a 0-d tensor */
    [Symbol.iterator](): IterableIterator<Tensor>;
  }
}
