// The same programs on any number of threads, on processors without AVX-512, and where nothing can be kept on disk.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { devices } from "../../src/index.js";
import type { Report } from "./report.js";

const reportOf = (env: Readonly<Record<string, string>>, ...args: string[]): readonly Report[] =>
  JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "test/robustness/report.ts", ...args], {
      encoding: "utf8",
      env: { ...process.env, ...env },
    }),
  ) as readonly Report[];

describe.runIf(devices("cpu").length > 0)("programs on cpu:0", () => {
  test("give the same bits on one thread and on several", () => {
    const alone = reportOf({ COTANGENT_NUM_THREADS: "1" });
    expect(alone.length).toBeGreaterThan(15);
    expect(reportOf({ COTANGENT_NUM_THREADS: "4" })).toEqual(alone);
  });

  test.runIf(process.arch === "x64")("are right, and use no wider vectors, where there is only AVX2", () => {
    for (const { name, distance, widestVector } of reportOf({ COTANGENT_CPU_FEATURES: "avx2" }, "values")) {
      expect(distance, name).toBeLessThan(1e-5);
      expect(widestVector, name).toBeLessThanOrEqual(256);
    }
  });

  test("run where the cache directory can be neither made nor written to", () => {
    const script = `
      import { jit, numpy as np } from "./src/index.ts";
      console.log(JSON.stringify([jit((x) => np.sum(np.square(x)))(np.arange(4)).item(), np.arange(3).mul(2).js()]));`;
    const directory = process.platform === "linux" ? "/proc/cotangent" : "/dev/null/cotangent";
    const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_CACHE_DIR: directory },
    });
    expect(JSON.parse(text)).toEqual([14, [0, 2, 4]]);
  });
});
