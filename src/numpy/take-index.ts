import type { Tensor } from "../core/tensor.js";
import { squeeze } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";

/** The slice at a fixed place along a dimension, without it. */
export const takeIndex = (x: Tensor, d: number, i: number): Tensor => squeeze(takeRange(x, d, i, i + 1), [d]);

/** The slices from `start` up to `stop` along a dimension, every `step`-th. */
export const takeRange = (x: Tensor, d: number, start: number, stop: number, step = 1): Tensor =>
  slice(
    x,
    x.shape.map((_, k) => (k === d ? start : 0)),
    x.shape.map((n, k) => (k === d ? Math.max(start, stop) : n)),
    x.shape.map((_, k) => (k === d ? step : 1)),
  );
