/** Comparing trees of tensors value by value. */
import { dtypes } from "../src/core/dtype.js";
import { sameShape } from "../src/core/aval.js";
import type { Mismatch } from "../src/prelude/errors.js";
import { keystr } from "../src/tree/index.js";
import { leavesOf, numbersOf, unravel } from "./leaves.js";

export interface Difference {
  readonly message: string;
  readonly mismatch: Mismatch | null;
}

/** By how much results may differ that are computed in another order: a few units in the last place. */
function defaultTolerance(dtype: string): number {
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
export function compareTrees(
  got: unknown,
  want: unknown,
  tolerances: { readonly atol?: number; readonly rtol?: number } = {},
): Difference | null {
  const a = leavesOf(got);
  const b = leavesOf(want);
  if (!a.treedef.equals(b.treedef)) {
    return { message: `the structure is ${a.treedef}, but it should be ${b.treedef}.`, mismatch: null };
  }
  for (let k = 0; k < a.leaves.length; k++) {
    const x = a.leaves[k].tensor;
    const y = b.leaves[k].tensor;
    const operand = `result${keystr(a.leaves[k].path)}`;
    if (!sameShape(x.shape, y.shape) || x.dtype !== y.dtype) {
      return { message: `${operand} is ${x.aval}, but it should be ${y.aval}.`, mismatch: null };
    }
    const { atol = defaultTolerance(x.dtype), rtol = defaultTolerance(x.dtype) } = tolerances;
    const xs = numbersOf(x);
    const ys = numbersOf(y);
    const per = dtypes[x.dtype].kind === "complex" ? 2 : 1;
    for (let i = 0; i < xs.length; i++) {
      if (Object.is(xs[i], ys[i]) || xs[i] === ys[i] || Math.abs(xs[i] - ys[i]) <= atol + rtol * Math.abs(ys[i]))
        continue;
      const index = unravel(Math.floor(i / per), x.shape);
      return {
        message: `${operand}, index [${index}]: ${xs[i]}, but it should be ${ys[i]}.`,
        mismatch: { operand, index, numerical: ys[i], analytic: xs[i] },
      };
    }
  }
  return null;
}
