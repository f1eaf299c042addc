/** Products by libraries called directly, from a C++ program made for it: no runtime, no JavaScript. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Milliseconds of a product. */
export interface DirectProduct {
  readonly own: number;
  /** Infinite where there is no OpenBLAS. */
  readonly openblas: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** What measures square products; undefined where there is no compiler. */
export function directProducts(threads: number): ((size: number) => DirectProduct) | undefined {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-products-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "products");
  const gemm = join(root, "native/cpu/gemm");
  const sources = [
    join(root, "bench/products.cc"),
    join(root, "native/runtime/pool.cc"),
    ...readdirSync(gemm).filter((f) => f.endsWith(".cc")).map((f) => join(gemm, f)),
  ]; // biome-ignore format: a list
  const options = ["-O2", "-std=c++17", "-pthread", `-I${root}native`, `-I${root}test/native`, "-o", program];
  const compiles = (...extra: readonly string[]): boolean =>
    spawnSync("c++", [...options, ...sources, ...extra]).status === 0;
  if (!compiles("-DCOTANGENT_OPENBLAS", "-lopenblas") && !compiles()) return undefined;
  const env = { ...process.env, COTANGENT_NUM_THREADS: String(threads) };
  return (size) => {
    const times = execFileSync(program, [String(size)], { encoding: "utf8", env });
    const [own, openblas] = times
      .split(" ")
      .map((ns) => (Number(ns) > 0 ? Number(ns) / 1e6 : Number.POSITIVE_INFINITY));
    return { own, openblas };
  };
}
