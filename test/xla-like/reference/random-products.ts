/** Dots and convolutions with dimensions in any order. */
import fc from "fast-check";
import type { ConvDims, DotDims, DType, WindowDim } from "../../../xla-like/index.js";

const shuffled = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n });

/** What is listed by role, at the dimensions of the roles. */
const arrange = (order: readonly number[], byRole: readonly number[]): number[] => {
  const dims = byRole.slice();
  order.forEach((d, role) => {
    dims[d] = byRole[role];
  });
  return dims;
};

export interface RandomDot {
  readonly dtype: DType;
  readonly seed: number;
  /** Sizes of the batch's dimensions, and of those that are added up. */
  readonly batch: readonly number[];
  readonly contracting: readonly number[];
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  readonly dims: DotDims;
  /** The operands' other dimensions, in the order in which the result has them. */
  readonly leftFree: readonly number[];
  readonly rightFree: readonly number[];
}

/** A dot whose free dimensions are no larger than `largest`. */
export const randomDot = (dtypes: readonly DType[], largest: number): fc.Arbitrary<RandomDot> =>
  fc
    .record({
      batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      left: fc.array(fc.integer({ min: 0, max: largest }), { maxLength: 2 }),
      right: fc.array(fc.integer({ min: 1, max: largest }), { maxLength: 2 }),
      contracting: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
      dtype: fc.constantFrom(...dtypes),
      seed: fc.integer(),
    })
    .chain((s) => {
      const { batch, left, right, contracting, dtype, seed } = s;
      const orders = fc.tuple(
        shuffled(batch.length + left.length + contracting.length),
        shuffled(batch.length + right.length + contracting.length),
      );
      return orders.map(([lhsOrder, rhsOrder]) => {
        const [leftEnd, rightEnd] = [batch.length + left.length, batch.length + right.length];
        return {
          ...{ dtype, seed, batch, contracting },
          lhs: arrange(lhsOrder, [...batch, ...left, ...contracting]),
          rhs: arrange(rhsOrder, [...batch, ...right, ...contracting]),
          dims: {
            lhsBatch: lhsOrder.slice(0, batch.length),
            rhsBatch: rhsOrder.slice(0, batch.length),
            lhsContracting: lhsOrder.slice(leftEnd),
            rhsContracting: rhsOrder.slice(rightEnd),
          },
          leftFree: lhsOrder.slice(batch.length, leftEnd).sort((p, q) => p - q),
          rightFree: rhsOrder.slice(batch.length, rightEnd).sort((p, q) => p - q),
        };
      });
    });

export interface RandomConvolution {
  readonly dtype: DType;
  readonly seed: number;
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
  /** Of each group: images, features of the input and of the output. */
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly window: readonly WindowDim[];
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  readonly out: readonly number[];
  readonly dims: ConvDims;
}

const spatial = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padLow: fc.integer({ min: -1, max: 3 }),
  padHigh: fc.integer({ min: -1, max: 3 }),
  baseDilation: fc.integer({ min: 1, max: 3 }),
  windowDilation: fc.integer({ min: 1, max: 2 }),
  reversal: fc.boolean(),
  input: fc.integer({ min: 1, max: 5 }),
});

/** How many places a window has along a dimension. */
const placesOf = (w: WindowDim, input: number): number => {
  const padded = (input - 1) * w.baseDilation + 1 + w.padLow + w.padHigh;
  const reach = (w.size - 1) * w.windowDilation + 1;
  return reach > padded ? 0 : Math.floor((padded - reach) / w.stride) + 1;
};

/** A convolution over `spatials` dimensions at most. */
export const randomConvolution = (dtypes: readonly DType[], spatials: number): fc.Arbitrary<RandomConvolution> =>
  fc
    .record({
      spatial: fc.array(spatial, { minLength: 0, maxLength: spatials }),
      batch: fc.integer({ min: 1, max: 2 }),
      inputs: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      groups: fc.constantFrom<readonly [number, number]>([1, 1], [2, 1], [3, 1], [1, 2]),
      dtype: fc.constantFrom(...dtypes),
      seed: fc.integer(),
    })
    .chain(({ spatial: along, groups: [featureGroupCount, batchGroupCount], ...s }) => {
      const rank = along.length + 2;
      return fc.tuple(shuffled(rank), shuffled(rank), shuffled(rank)).map(([input, kernel, output]) => {
        const features = s.outputs * featureGroupCount * batchGroupCount;
        const sizes = along.map((w) => w.input);
        return {
          ...{ ...s, featureGroupCount, batchGroupCount },
          window: along.map(({ input: _, ...w }) => w),
          lhs: arrange(input, [s.batch * batchGroupCount, s.inputs * featureGroupCount, ...sizes]),
          rhs: arrange(kernel, [s.inputs, features, ...along.map((w) => w.size)]),
          out: arrange(output, [s.batch, features, ...along.map((w) => placesOf(w, w.input))]),
          dims: {
            inputBatch: input[0],
            inputFeature: input[1],
            inputSpatial: input.slice(2),
            kernelInputFeature: kernel[0],
            kernelOutputFeature: kernel[1],
            kernelSpatial: kernel.slice(2),
            outputBatch: output[0],
            outputFeature: output[1],
            outputSpatial: output.slice(2),
          },
        };
      });
    });
