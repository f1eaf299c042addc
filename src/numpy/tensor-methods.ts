/** Gives tensors numpy's functions as methods; importing this installs them. */
import "./tensor-interface.js";
import { putOn } from "../control/device-put.js";
import { asDevice, type Device } from "../core/devices.js";
import { asDType, type DType, dtypes } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { bitcastConvertType } from "../primitives/convert.js";
import { argmax, argmin } from "./arg-reductions.js";
import { absolute, add, floorDivide, multiply, negative, remainder, subtract, trueDivide } from "./arithmetic.js";
import { mean, std, var as variance } from "./averages.js";
import { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from "./bits.js";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.js";
import { conjugate, imag, real } from "./complex.js";
import { astype, copy } from "./creation.js";
import { cumprod, cumsum } from "./cumulative.js";
import { diagonal } from "./diagonals.js";
import { power } from "./exponential.js";
import { IndexedTensor, type IndexPart, takeIndex } from "./indexing/index.js";
import { dot, matmul } from "./products.js";
import { repeat } from "./rearranging.js";
import { all, any, max, min, prod, ptp, sum } from "./reductions.js";
import { clip, round } from "./rounding.js";
import { compress, nonzero } from "./selecting.js";
import { expandDims, matrixTranspose, ravel, reshape, squeeze, swapaxes, transpose } from "./shapes.js";
import { argpartition, argsort, searchsorted, sort } from "./sorting.js";
import { take } from "./taking.js";

// biome-ignore lint/suspicious/noExplicitAny: functions of every signature, whose types the interface gives
type FunctionOfTensor = (x: Tensor, ...rest: any[]) => unknown;

/** Methods that are functions with the tensor in front. */
const functions: Readonly<Record<string, FunctionOfTensor>> = {
  add,
  sub: subtract,
  mul: multiply,
  div: trueDivide,
  floorDivide,
  mod: remainder,
  pow: power,
  neg: negative,
  abs: absolute,
  matmul,
  dot,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  and: bitwiseAnd,
  or: bitwiseOr,
  xor: bitwiseXor,
  not: invert,
  leftShift,
  rightShift,
  sum,
  prod,
  mean,
  var: variance,
  std,
  max,
  min,
  ptp,
  all,
  any,
  argmax,
  argmin,
  cumsum,
  cumprod,
  sort,
  argsort,
  argpartition,
  searchsorted,
  ravel,
  flatten: ravel,
  squeeze,
  expandDims,
  swapaxes,
  repeat,
  astype,
  round,
  clip,
  conj: conjugate,
  conjugate,
  copy,
  diagonal,
  take,
  compress: (x, condition, axis, options) => compress(condition, x, axis, options),
  nonzero,
  view: (x, dtype: DType) => bitcastConvertType(x, asDType(dtype, "view")),
  toDevice: (x, device: Device | string) => putOn(x, asDevice(device, "toDevice")),
  slice: (x, ...index: IndexPart[]) => takeIndex("slice", x, index),
  at: (x, ...index: IndexPart[]) => new IndexedTensor(x, index),
  reshape: (x, ...sizes: (number | readonly number[])[]) => reshape(x, listed("reshape", sizes)),
  transpose: (x, ...axes: (number | readonly number[] | null)[]) =>
    transpose(x, axes.length === 0 || axes[0] === null || axes[0] === undefined ? null : listed("transpose", axes)),
};

/** Numbers given one by one or as a list. */
function listed(fn: string, args: readonly unknown[]): readonly number[] {
  if (args.length === 1 && Array.isArray(args[0])) return args[0] as number[];
  const numbers = args.map((x) => (x instanceof Tensor ? Number(x.item()) : x));
  if (args.length > 0 && numbers.every((x) => typeof x === "number")) return numbers as number[];
  throw new ArgumentError(
    "CT003",
    `${fn}: give integers, one by one or as a list, as in x.${fn}(3, 2) or x.${fn}([3, 2]).`,
  );
}

/** Properties that are computed. */
const getters: Readonly<Record<string, (x: Tensor) => unknown>> = {
  T: (x) => transpose(x),
  mT: matrixTranspose,
  real,
  imag,
  itemsize: (x) => dtypes[x.dtype].bytes,
  nbytes: (x) => x.size * dtypes[x.dtype].bytes,
};

function* rows(x: Tensor): IterableIterator<Tensor> {
  for (let i = 0; i < x.shape[0]; i++) yield takeIndex("iteration", x, [i]);
}

for (const [name, f] of Object.entries(functions)) {
  const method = function (this: Tensor, ...args: unknown[]): unknown {
    return f(this, ...args);
  };
  Object.defineProperty(method, "name", { value: name });
  Object.defineProperty(Tensor.prototype, name, { value: method, configurable: true, writable: true });
}
for (const [name, f] of Object.entries(getters)) {
  Object.defineProperty(Tensor.prototype, name, {
    get(this: Tensor) {
      return f(this);
    },
    configurable: true,
  });
}
Object.defineProperty(Tensor.prototype, Symbol.iterator, {
  value(this: Tensor) {
    if (this.ndim > 0) return rows(this);
    throw new ShapeError("CT109", "iteration: a 0-d tensor has no leading axis to walk. Use item() for its value.");
  },
  configurable: true,
  writable: true,
});
