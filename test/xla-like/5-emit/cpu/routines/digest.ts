// Run as a program of its own: digests of what the routines compute here, and how far that is from the reference.
import { createHash } from "node:crypto";
import {
  arrayShape,
  type CustomCallTarget,
  type HloBuilder,
  type HloInstruction,
  type HostArray,
} from "../../../../../xla-like/index.js";
import { both, hasRoutine, type Operand, randomData } from "./helpers.js";

/** Of one routine; `distance` is relative to the norm. */
export interface Digest {
  readonly name: string;
  readonly hash: string;
  readonly distance: number;
}

const operand = (
  dtype: "float32" | "float64" | "complex64" | "int32",
  dims: readonly number[],
  seed: number,
): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype, dims, data: randomData(dtype, size, seed, 1000) };
};

const distanceOf = (native: readonly HostArray[], reference: readonly HostArray[]): number => {
  let [gap, norm] = [0, 0];
  native.forEach((x, k) => {
    for (let i = 0; i < x.length; i++) {
      gap += (Number(x[i]) - Number(reference[k][i])) ** 2;
      norm += Number(reference[k][i]) ** 2;
    }
  });
  return Math.sqrt(gap / norm);
};

type Body = (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[];
const cases: [name: string, operands: Operand[], body: Body][] = [];

const order =
  (dtype: "float32" | "int32"): Body =>
  (b, xs) => {
    const pair = [arrayShape(dtype, []), arrayShape(dtype, [])];
    const rest = xs.slice(1).flatMap(() => [arrayShape("int32", []), arrayShape("int32", [])]);
    const totalOrder = dtype === "float32";
    const before = b.computation("before", [...pair, ...rest], (c, [p, q]) => c.compare(p, q, "LT", { totalOrder }));
    return b.sort(xs, 0, before, { stable: true });
  };
cases.push(["sort", [operand("float32", [150_000], 1)], order("float32")]);
cases.push(["sort by keys", [operand("int32", [70_000], 2), operand("int32", [70_000], 3)], order("int32")]);
cases.push(["sort columns", [operand("float32", [90, 50], 2)], order("float32")]);

for (const [dims, dimension] of [
  [[200_000], 0],
  [[300, 500], 1],
  [[300, 500], 0],
] as const) {
  for (const name of ["add", "maximum"] as const) {
    const window = dims.map((n, d) => {
      const size = d === dimension ? n : 1;
      return { size, stride: 1, padLow: size - 1, padHigh: 0, baseDilation: 1, windowDilation: 1 };
    });
    const body: Body = (b, [x, init]) => b.reduceWindow([x], [init], window, b.reducer(name, "float32"));
    cases.push([`cumulative ${name} ${dims}`, [operand("float32", dims, 4), operand("float32", [], 5)], body]);
  }
}

for (const length of [1 << 14, 5000, 4099]) {
  const body: Body = (b, xs) =>
    b.customCall("fft", xs, [arrayShape("complex64", [length])], { config: { fftType: "fft", fftLength: [length] } });
  cases.push([`fft ${length}`, [operand("complex64", [length], 6)], body]);
}

cases.push(["top-k", [operand("float32", [20, 3000], 7)], (b, [x]) => b.topK(x, 9)]);

const decomposition = (
  target: CustomCallTarget,
  operands: Operand[],
  results: readonly (readonly number[])[],
): void => {
  const body: Body = (b, xs) =>
    b.customCall(
      target,
      xs,
      results.map((dims) => arrayShape("float64", dims)),
    );
  cases.push([target, operands, body]);
};
/** Diagonally dominant, hence positive definite and well conditioned. */
const dominant = (n: number): Operand => {
  const a = operand("float64", [n, n], 8);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) a.data[i * n + j] = a.data[j * n + i];
    a.data[i * n + i] = 1000 * n;
  }
  return a;
};
if (hasRoutine("cholesky")) {
  decomposition("cholesky", [dominant(210)], [[210, 210]]);
  decomposition("triangular-solve", [dominant(90), operand("float64", [90, 150], 9)], [[90, 150]]);
}

const digests = cases.map(([name, operands, body]): Digest => {
  const { native, reference } = both(operands, body);
  const hash = createHash("sha256");
  for (const x of native) hash.update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
  return { name, hash: hash.digest("hex"), distance: distanceOf(native, reference) };
});
console.log(JSON.stringify(digests));
