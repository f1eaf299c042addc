/** All workloads, in the order of the report. */
import { call1, call100 } from "./calls.js";
import { chain1m, chain16m, layernormGrad, softmax } from "./elementwise.js";
import { cholesky512, cumsum1m, embedGrad, frob1000, gemm4096, gemm8192, matmul1024, sort1m } from "./routines.js";
import { convnet, cs231n, gpt, gpt12, lstm, mlp, perExample } from "./training.js";
import type { Workload } from "./workload.js";

export type { Workload };

export const workloads: readonly Workload[] = [
  matmul1024, chain1m, chain16m, softmax, layernormGrad, cs231n, mlp, convnet, gpt, lstm, perExample, frob1000, sort1m,
  cumsum1m, embedGrad, cholesky512, call1, call100,
]; // biome-ignore format: a table

/** For cards: what takes a processor too long. */
export const largeWorkloads: readonly Workload[] = [gemm4096, gemm8192, gpt12];
