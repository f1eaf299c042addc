/** Comparing trees of tensors value by value. */
import { sameShape } from "../src/core/aval.js";
import { type DType, isComplex } from "../src/core/dtype.js";
import type { Tensor } from "../src/core/tensor.js";
import type { Mismatch } from "../src/prelude/errors.js";
import { keystr } from "../src/tree/index.js";
import { leavesOf, unravel } from "./leaves.js";

export interface Difference {
  readonly message: string;
  readonly mismatch: Mismatch | null;
}

export interface Tolerances {
  /** The absolute error allowed; by default a few units in the last place of numbers near 1. */
  readonly atol?: number | undefined;
  /** The relative error allowed; by default a few units in the last place. */
  readonly rtol?: number | undefined;
}

/** By how much results may differ that are computed in another order: a few units in the last place. */
function defaultTolerance(dtype: DType): number {
  switch (dtype) {
    case "float64":
    case "complex128":
      return 1e-12;
    case "float32":
    case "complex64":
      return 4e-6;
    case "float16":
      return 4e-3;
    case "bfloat16":
      return 3e-2;
    default:
      return 0;
  }
}

/** The first difference of two trees in structure, type or value; null if there is none. NaN equals NaN. */
export function compareTrees(got: unknown, want: unknown, tolerances: Tolerances = {}): Difference | null {
  const a = leavesOf(got);
  const b = leavesOf(want);
  if (!a.treedef.equals(b.treedef)) {
    return { message: `the structure is ${a.treedef}, but it should be ${b.treedef}.`, mismatch: null };
  }
  for (let k = 0; k < a.leaves.length; k++) {
    const operand = `result${keystr(a.leaves[k].path)}`;
    const difference = compareTensors(operand, a.leaves[k].tensor, b.leaves[k].tensor, tolerances);
    if (difference) return difference;
  }
  return null;
}

function compareTensors(operand: string, x: Tensor, y: Tensor, tolerances: Tolerances): Difference | null {
  if (!sameShape(x.shape, y.shape) || x.dtype !== y.dtype) {
    return { message: `${operand} is ${x.aval}, but it should be ${y.aval}.`, mismatch: null };
  }
  const { atol = defaultTolerance(x.dtype), rtol = defaultTolerance(x.dtype) } = tolerances;
  const xs = x.dataSync();
  const ys = y.dataSync();
  for (let i = 0; i < xs.length; i++) {
    const [u, v] = [xs[i], ys[i]];
    if (u === v || (Number.isNaN(u) && Number.isNaN(v))) continue;
    // 64-bit integers may differ where the nearest numbers do not.
    if (typeof u === "number" && Math.abs(u - Number(v)) <= atol + rtol * Math.abs(Number(v))) continue;
    const index = unravel(isComplex(x.dtype) ? Math.floor(i / 2) : i, x.shape);
    return {
      message: `${operand}, index [${index}]: ${u}, but it should be ${v}.`,
      mismatch: { operand, index, numerical: Number(v), analytic: Number(u) },
    };
  }
  return null;
}
