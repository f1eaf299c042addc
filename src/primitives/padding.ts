/** Padding: before, after and between elements; negative padding takes elements away. */

import type { ShapedArray } from "../core/aval.js";
import { bool, f32, i32 } from "../core/avals.js";
import { param, showTuple } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { sub } from "./arithmetic.js";
import { batchAt } from "./batched.js";
import { commonDtype, out, type Result, shapeError } from "./checks.js";
import { full } from "./fill.js";
import { type Operand, pair } from "./operand.js";
import { reduceSum } from "./reductions.js";
import { select } from "./select.js";
import { broadcastInDim } from "./shape.js";
import { slice } from "./slicing.js";

/** Per dimension: how many elements go before, after, and between each two. */
export type PaddingConfig = readonly (readonly [low: number, high: number, interior: number])[];

const padded = (size: number, [low, high, interior]: readonly [number, number, number]): number =>
  low + high + (size === 0 ? 0 : size + (size - 1) * interior);

function padShape(x: ShapedArray, value: ShapedArray, config: PaddingConfig): Result<readonly number[]> {
  if (value.ndim !== 0)
    return shapeError(`pad: operand 'paddingValue' has shape [${value.shape}], but must be a scalar.`);
  if (config.length !== x.ndim) {
    return shapeError(
      `pad: operand 'x' has rank ${x.ndim}, but paddingConfig has ${config.length} entries. Give [low, high, interior] for each dimension.`,
    );
  }
  for (const c of config) {
    if (c.length === 3 && c.every(Number.isInteger) && c[2] >= 0) continue;
    return shapeError(
      `pad: paddingConfig has the entry [${c}]. Give integers [low, high, interior], with interior at least 0.`,
    );
  }
  const shape = x.shape.map((d, i) => padded(d, config[i]));
  return shape.every((d) => d >= 0)
    ? Either.right(shape)
    : shapeError(
        `pad: operand 'x' of shape [${x.shape}] would become [${shape}]. Take away no more elements than there are.`,
      );
}

const showConfig = (config: PaddingConfig): string => showTuple(config.map((c) => showTuple(c)));

export const padP = definePrimitive({
  name: "pad",
  doc: "Puts the padding value before, after and between elements; negative numbers before or after take elements away.",
  operands: ["x", "paddingValue"],
  params: { paddingConfig: param.data<PaddingConfig>(showConfig) },
  abstractEval: ({ x, paddingValue }, { paddingConfig }) =>
    Either.chain(() =>
      Either.chain((shape: readonly number[]) => out(shape, x.dtype))(padShape(x, paddingValue, paddingConfig)),
    )(commonDtype("pad", { x, paddingValue }, "any")),
  diff: {
    kind: "linear",
    transpose: {
      x: (ct, _, { paddingConfig }) => unpad(ct, paddingConfig),
      paddingValue: (ct, _, { paddingConfig }) => sub(total(ct), total(unpad(ct, paddingConfig))),
    },
  },
  batching({ x, paddingValue }, dims, { paddingConfig }, { size }) {
    const at = dims.x ?? 0;
    const operand = batchAt(x, dims.x, at, size);
    const config: PaddingConfig = [...paddingConfig.slice(0, at), [0, 0, 0], ...paddingConfig.slice(at)];
    if (dims.paddingValue === null) return [pad(operand, paddingValue, config), at];
    // Every element has its own padding value: pad with anything, then put the values in.
    const values = pad(operand, 0, config);
    const inside = pad(full(operand.shape, true, "bool"), false, config);
    return [select(inside, values, broadcastInDim(paddingValue, values.shape, [at])), at];
  },
  lower: (b, { x, paddingValue }, { paddingConfig: c }) =>
    b.pad(
      x,
      paddingValue,
      c.map(([low]) => low),
      c.map(([, high]) => high),
      c.map(([, , interior]) => interior),
    ),
  samples: [
    {
      avals: { x: f32(2, 3), paddingValue: f32() },
      params: {
        paddingConfig: [
          [1, 2, 1],
          [-1, 0, 0],
        ],
      },
    },
    { avals: { x: f32(4), paddingValue: f32() }, params: { paddingConfig: [[-1, -2, 2]] } },
    { avals: { x: f32(0), paddingValue: f32() }, params: { paddingConfig: [[1, 1, 3]] } },
    { avals: { x: f32(), paddingValue: f32() }, params: { paddingConfig: [] } },
    { avals: { x: i32(3), paddingValue: i32() }, params: { paddingConfig: [[0, 1, 0]] } },
    { avals: { x: bool(2), paddingValue: bool() }, params: { paddingConfig: [[1, 0, 0]] } },
  ],
});
/** x with the value before, after and between its elements, as `config` says for each dimension. */
export const pad = (x: Tensor, value: Operand, config: PaddingConfig): Tensor => {
  const paddingValue = pair(x, value).y;
  return padP.bind({ x, paddingValue }, { paddingConfig: config });
};

const total = (x: Tensor): Tensor => reduceSum(x, range(x.ndim));

/** The elements of a padded tensor that are not padding. Those that were taken away come back as zeros. */
function unpad(ct: Tensor, config: PaddingConfig): Tensor {
  const framed = pad(
    ct,
    0,
    config.map(([low, high]) => [negate(low), negate(high), 0] as const),
  );
  return slice(
    framed,
    framed.shape.map(() => 0),
    framed.shape,
    config.map(([, , interior]) => interior + 1),
  );
}
// -0 would print as such.
const negate = (x: number): number => 0 - x;
