/** Shapes of operations that move elements about: broadcast, reshape, slice, pad and their like. */
import { dtypes, type HostArray, isComplex, isInteger } from "../dtype.js";
import { check } from "../error.js";
import { type ArrayShape, arrayShape, sameDims, shapeText, sizeOf } from "../shape.js";
import { checkDimensions, checkIncreasing, checkIntegers, checkLength, checkSizes } from "./dimensions.js";

export const inferConstant = (declared: ArrayShape, data: HostArray): ArrayShape => {
  checkSizes("constant's shape", declared.dims);
  const { storage } = dtypes[declared.dtype];
  check(
    data instanceof storage,
    () => `${declared.dtype} constants lie in a ${storage.name}, not a ${data.constructor.name}`,
  );
  const entries = sizeOf(declared.dims) * (isComplex(declared.dtype) ? 2 : 1);
  check(
    data.length === entries,
    () => `${shapeText(declared)} takes ${entries} entries, but the data has ${data.length}`,
  );
  return declared;
};

export const inferIota = (declared: ArrayShape, dimension: number): ArrayShape => {
  checkSizes("iota's shape", declared.dims);
  checkDimensions("iota's dimension", [dimension], declared.dims.length);
  check(declared.dtype !== "bool", () => "iota counts: its elements cannot be bool");
  return declared;
};

export const inferBroadcast = (x: ArrayShape, dims: readonly number[], dimensions: readonly number[]): ArrayShape => {
  checkSizes("broadcast's shape", dims);
  checkLength("broadcast's dimensions", dimensions, x.dims.length);
  checkDimensions("broadcast's dimensions", dimensions, dims.length);
  checkIncreasing("broadcast's dimensions", dimensions);
  dimensions.forEach((d, i) => {
    check(
      dims[d] === x.dims[i],
      () => `broadcast maps dimension ${i} of ${shapeText(x)} to dimension ${d} of [${dims}], whose size differs`,
    );
  });
  return arrayShape(x.dtype, dims);
};

export const inferReshape = (x: ArrayShape, dims: readonly number[]): ArrayShape => {
  checkSizes("reshape's shape", dims);
  check(
    sizeOf(dims) === sizeOf(x.dims),
    () => `${shapeText(x)} has ${sizeOf(x.dims)} elements, and cannot become [${dims}] with ${sizeOf(dims)}`,
  );
  return arrayShape(x.dtype, dims);
};

export const inferTranspose = (x: ArrayShape, permutation: readonly number[]): ArrayShape => {
  checkLength("transpose's permutation", permutation, x.dims.length);
  checkDimensions("transpose's permutation", permutation, x.dims.length);
  return arrayShape(
    x.dtype,
    permutation.map((d) => x.dims[d]),
  );
};

export const inferReverse = (x: ArrayShape, dimensions: readonly number[]): ArrayShape => {
  checkDimensions("reverse's dimensions", dimensions, x.dims.length);
  return x;
};

export const inferSlice = (
  x: ArrayShape,
  starts: readonly number[],
  limits: readonly number[],
  strides: readonly number[],
): ArrayShape => {
  const rank = x.dims.length;
  checkLength("slice's starts", starts, rank);
  checkLength("slice's limits", limits, rank);
  checkLength("slice's strides", strides, rank);
  checkIntegers("slice's starts", starts);
  checkIntegers("slice's limits", limits);
  checkIntegers("slice's strides", strides);
  const dims = x.dims.map((n, d) => {
    const [start, limit, stride] = [starts[d], limits[d], strides[d]];
    check(stride > 0, () => `slice's stride is ${stride} in dimension ${d}, but must be positive`);
    check(
      0 <= start && start <= limit && limit <= n,
      () => `slice [${start}:${limit}] does not lie in dimension ${d} of ${shapeText(x)}`,
    );
    return Math.ceil((limit - start) / stride);
  });
  return arrayShape(x.dtype, dims);
};

export const inferPad = (
  x: ArrayShape,
  value: ArrayShape,
  low: readonly number[],
  high: readonly number[],
  interior: readonly number[],
): ArrayShape => {
  const rank = x.dims.length;
  check(
    value.dims.length === 0 && value.dtype === x.dtype,
    () => `pad's value is ${shapeText(value)}, but must be a ${x.dtype} scalar`,
  );
  checkLength("pad's low", low, rank);
  checkLength("pad's high", high, rank);
  checkLength("pad's interior", interior, rank);
  checkIntegers("pad's low", low);
  checkIntegers("pad's high", high);
  checkIntegers("pad's interior", interior);
  const dims = x.dims.map((n, d) => {
    check(interior[d] >= 0, () => `pad's interior amount is ${interior[d]} in dimension ${d}, but cannot be negative`);
    const size = n + low[d] + high[d] + Math.max(n - 1, 0) * interior[d];
    check(size >= 0, () => `pad takes away more than dimension ${d} of ${shapeText(x)} has`);
    return size;
  });
  return arrayShape(x.dtype, dims);
};

export const inferConcatenate = (xs: readonly ArrayShape[], dimension: number): ArrayShape => {
  check(xs.length > 0, () => "concatenate needs at least one operand");
  const [first] = xs;
  checkDimensions("concatenate's dimension", [dimension], first.dims.length);
  for (const x of xs)
    check(
      x.dtype === first.dtype &&
        x.dims.length === first.dims.length &&
        x.dims.every((n, d) => d === dimension || n === first.dims[d]),
      () => `${shapeText(first)} and ${shapeText(x)} differ outside dimension ${dimension}, and cannot be concatenated`,
    );
  const total = xs.reduce((n, x) => n + x.dims[dimension], 0);
  return arrayShape(
    first.dtype,
    first.dims.map((n, d) => (d === dimension ? total : n)),
  );
};

const checkStarts = (what: string, starts: readonly ArrayShape[], rank: number): void => {
  checkLength(`${what}'s start indices`, starts, rank);
  for (const s of starts)
    check(
      s.dims.length === 0 && isInteger(s.dtype) && s.dtype === starts[0].dtype,
      () => `${what}'s start indices must be scalars of one integer type, not ${shapeText(s)}`,
    );
};

export const inferDynamicSlice = (
  x: ArrayShape,
  starts: readonly ArrayShape[],
  sizes: readonly number[],
): ArrayShape => {
  checkStarts("dynamic-slice", starts, x.dims.length);
  checkLength("dynamic-slice's sizes", sizes, x.dims.length);
  checkSizes("dynamic-slice's sizes", sizes);
  check(
    sizes.every((n, d) => n <= x.dims[d]),
    () => `a slice of [${sizes}] does not fit into ${shapeText(x)}`,
  );
  return arrayShape(x.dtype, sizes);
};

export const inferDynamicUpdateSlice = (
  x: ArrayShape,
  update: ArrayShape,
  starts: readonly ArrayShape[],
): ArrayShape => {
  checkStarts("dynamic-update-slice", starts, x.dims.length);
  check(
    update.dtype === x.dtype && update.dims.length === x.dims.length && update.dims.every((n, d) => n <= x.dims[d]),
    () => `an update of ${shapeText(update)} does not fit into ${shapeText(x)}`,
  );
  return x;
};

export const inferTopK = (x: ArrayShape, k: number): readonly ArrayShape[] => {
  check(x.dims.length > 0, () => "top-k needs an operand of rank 1 or more");
  check(!isComplex(x.dtype), () => `complex numbers have no order: top-k does not take ${x.dtype}`);
  const last = x.dims[x.dims.length - 1];
  check(Number.isInteger(k) && 0 <= k && k <= last, () => `top-k's k is ${k}, but the last dimension has ${last}`);
  const dims = [...x.dims.slice(0, -1), k];
  return [arrayShape(x.dtype, dims), arrayShape("int32", dims)];
};

export const sameShape = (x: ArrayShape, y: ArrayShape): boolean => x.dtype === y.dtype && sameDims(x.dims, y.dims);
