/** top-k along the last dimension: the largest first, NaN above all, and of equals the one that stands first. */
import { dtypes, type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import { totalOrderLess } from "../functions/real.js";
import { decodeTable } from "../half.js";
import type { Kernel } from "../host.js";

export const topKKernel = (i: Instr<"top-k">): Kernel => {
  const { dtype, dims } = operandShape(i, 0);
  const length = dims[dims.length - 1];
  const lines = sizeOf(dims.slice(0, -1));
  const decode = dtype === "float16" || dtype === "bfloat16" ? decodeTable(dtype) : undefined;
  const isFloat = dtypes[dtype].kind === "float";

  /** Whether a stands before b: floats by their total order. */
  const larger = (a: number | bigint, b: number | bigint): boolean => {
    if (!isFloat) return a > b;
    const x = decode === undefined ? Number(a) : decode[Number(a)];
    const y = decode === undefined ? Number(b) : decode[Number(b)];
    return totalOrderLess(y, x);
  };

  return ([x]) => {
    const input = x as HostArray;
    const values = hostArray(dtype, lines * i.k);
    const indices = new Int32Array(lines * i.k);
    for (let line = 0; line < lines; line++) {
      const base = line * length;
      const order = Int32Array.from({ length }, (_, j) => j).sort((p, q) => {
        const a = input[base + p];
        const b = input[base + q];
        return larger(a, b) ? -1 : larger(b, a) ? 1 : p - q;
      });
      for (let j = 0; j < i.k; j++) {
        values[line * i.k + j] = input[base + order[j]];
        indices[line * i.k + j] = order[j];
      }
    }
    return [values, indices];
  };
};
