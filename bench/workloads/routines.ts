import { grad, jit, numpy as np, type Tensor } from "cotangent";
import { integersBelow, normal, type Workload } from "./workload.js";

export const matmul1024: Workload = {
  name: "matmul1024",
  what: "product of two float32 [1024, 1024]",
  prepare: () => {
    const [a, b] = [normal([1024, 1024]), normal([1024, 1024])];
    const f = jit((a: Tensor, b: Tensor) => a.matmul(b));
    return () => f(a, b);
  },
};

const gemm = (n: number): Workload => ({
  name: `gemm${n}_bf16`,
  what: `product of two bfloat16 [${n}, ${n}]`,
  prepare: () => {
    const [a, b] = [normal([n, n]).astype("bfloat16"), normal([n, n]).astype("bfloat16")];
    const f = jit((a: Tensor, b: Tensor) => a.matmul(b));
    return () => f(a, b);
  },
});

export const gemm4096 = gemm(4096);
export const gemm8192 = gemm(8192);

export const frob1000: Workload = {
  name: "frob1000",
  what: "1000 products of 100x100 matrices and their Frobenius norms",
  prepare: () => {
    const [a, b] = [normal([1000, 100, 100]), normal([1000, 100, 100])];
    const f = jit((a: Tensor, b: Tensor) => np.sqrt(np.square(a.matmul(b)).sum([1, 2])));
    return () => f(a, b);
  },
};

const unary = (name: string, what: string, make: () => Tensor, f: (x: Tensor) => Tensor): Workload => ({
  name,
  what,
  prepare: () => {
    const [x, compiled] = [make(), jit(f)];
    return () => compiled(x);
  },
});

export const sort1m = unary("sort1m", "sort of 2^20 float32", () => normal([1 << 20]), (x) => np.sort(x)); // biome-ignore format: one line each
export const cumsum1m = unary("cumsum1m", "cumulative sum along the rows of float32 [1000, 1000]", () => normal([1000, 1000]), (x) => np.cumsum(x, 1)); // biome-ignore format: one line each
export const cholesky512 = unary(
  "cholesky512",
  "Cholesky factor of a float32 [512, 512]",
  () => {
    const a = normal([512, 512]);
    return a.matmul(a.transpose()).add(np.eye(512).mul(512));
  },
  (x) => np.linalg.cholesky(x),
);

export const embedGrad: Workload = {
  name: "embed_grad",
  what: "gradient of sum(tanh(table[indices])) by the table [10000, 128], 8192 indices",
  prepare: () => {
    const [table, indices] = [normal([10000, 128]), integersBelow(10000, [8192])];
    const f = jit(grad((t: Tensor) => np.tanh(np.take(t, indices, 0)).sum()));
    return () => f(table);
  },
};
