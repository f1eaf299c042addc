/**
 * Each kind of kernel against what the memory gives, and products against what the processor gives:
 *
 *     npx tsx bench/kernels.ts
 *
 * Bandwidth is compared with a copy's, in several processes; see bandwidth.ts. The peak of products is what the best tile
 * reaches on operands in the first cache. Square products are also compared with the libraries that compute them, called
 * from C++.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { blockUntilReady, defaultDevice, jit, lax, numpy as np, random, type Tensor } from "cotangent";
import type { Bandwidth } from "./bandwidth.js";
import { directProducts } from "./direct.js";
import { median } from "./measure.js";
import { bind, least } from "./timing.js";

const threads = Number(process.env.COTANGENT_NUM_THREADS ?? 2);
const processes = 14;

const run = (work: () => unknown): number => {
  for (let k = 0; k < 5; k++) blockUntilReady(work());
  return least(20, () => blockUntilReady(work()));
};

const inProcess = (): readonly Bandwidth[] => {
  const script = fileURLToPath(new URL("bandwidth.ts", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ["--import", "tsx", script], { encoding: "utf8" }));
};

console.log(`${defaultDevice().description}\n`);
console.log("| kernel | GB/s | a copy beside it | of the copy | least, most |\n| --- | --- | --- | --- | --- |");
const all = Array.from({ length: processes }, inProcess);
all[0]!.forEach(({ name }, k) => {
  const of = (field: "rate" | "copied" | "share"): number[] => all.map((kernels) => kernels[k]![field]);
  const percent = (x: number): string => `${(100 * x).toFixed(0)}%`;
  const range = `${percent(Math.min(...of("share")))}, ${percent(Math.max(...of("share")))}`;
  const [rate, copied] = [median(of("rate")).toFixed(1), median(of("copied")).toFixed(1)];
  console.log(`| ${name} | ${rate} | ${copied} | ${percent(median(of("share")))} | ${range} |`);
});

console.log("\n| product | GFLOP/s |\n| --- | --- |");
for (const [m, n, k] of [[256, 256, 256], [1024, 1024, 1024], [2048, 2048, 2048], [1024, 1024, 256], [128, 512, 784]]) {
  const a = random.normal(random.key(2), [m, k]);
  const b = random.normal(random.key(3), [k, n]);
  const rate = (2 * m * n * k) / (run(bind(jit((a: Tensor, b: Tensor) => a.matmul(b)), a, b)) * 1e6);
  console.log(`| [${m}, ${k}] × [${k}, ${n}] | ${rate.toFixed(0)} |`);
} // biome-ignore format: a table
for (const [batch, side, from, to] of [[64, 28, 1, 32], [64, 14, 32, 64], [16, 56, 64, 64]]) {
  const image = random.normal(random.key(4), [batch, side, side, from]);
  const kernel = random.normal(random.key(5), [3, 3, from, to]);
  const f = jit((i: Tensor, k: Tensor) =>
    lax.convGeneralDilated(i, k, [1, 1], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] }),
  );
  const rate = (2 * batch * side * side * 9 * from * to) / (run(bind(f, image, kernel)) * 1e6);
  console.log(`| 3×3 convolution, ${from} → ${to}, ${batch} of ${side}×${side} | ${rate.toFixed(0)} |`);
} // biome-ignore format: a table

const direct = directProducts(threads);
const product = jit((a: Tensor, b: Tensor) => np.matmul(a, b));
console.log("\n| n | np.matmul, jitted | its library, called directly | of it | OpenBLAS, called directly |");
console.log("| --- | --- | --- | --- | --- |");
for (const n of [256, 512, 1024, 2048]) {
  const work = bind(product, random.normal(random.key(6), [n, n]), random.normal(random.key(7), [n, n]));
  let [jitted, own, openblas] = [run(work), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // By turns, each for about as long as the other.
  for (let round = 0; round < 3; round++) {
    jitted = Math.min(
      jitted,
      least(Math.ceil(333 / jitted), () => blockUntilReady(work())),
    );
    const alone = direct?.(n);
    own = Math.min(own, alone?.own ?? own);
    openblas = Math.min(openblas, alone?.openblas ?? openblas);
  }
  const rate = (ms: number): string =>
    Number.isFinite(ms) ? `${((2 * n ** 3) / (ms * 1e6)).toFixed(0)} GFLOP/s` : "–";
  const share = Number.isFinite(own) ? `${((100 * own) / jitted).toFixed(0)}%` : "–";
  console.log(`| ${n} | ${rate(jitted)} | ${rate(own)} | ${share} | ${rate(openblas)} |`);
}
