// Arguments for random modules.
import { dtypes, type HloModule, type HostArray, sizeOf } from "../../../xla-like/hlo/index.js";

/** Small whole numbers. */
export const wholeArguments = (m: HloModule, seed: number): HostArray[] =>
  m.entry.parameters.map(({ shape: { dtype, dims } }, k) => {
    const data = new dtypes[dtype].storage(sizeOf(dims));
    for (let i = 0; i < data.length; i++) {
      const n = (Math.imul(i + 7 * k + seed + 1, 0x9e3779b1) >>> 8) % 7;
      data[i] = dtype === "bool" ? n % 2 : n - 3;
    }
    return data;
  });
