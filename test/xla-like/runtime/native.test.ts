import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { describeHost, loadNative } from "../../../xla-like/runtime/native.js";

const native = loadNative();

describe("loadNative", () => {
  it("gives the addon, or says why there is none; and the same each time", () => {
    if (native.ok) expect(native.module.version()).toBeGreaterThan(0);
    else expect(native.reason).not.toBe("");
    expect(loadNative()).toBe(native);
  });

  it("can be turned off", () => {
    const script = `import { loadNative } from "./xla-like/runtime/native.ts"; console.log(JSON.stringify(loadNative()));`;
    const out = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_NATIVE: "0" },
    });
    expect(JSON.parse(out)).toEqual({ ok: false, reason: "COTANGENT_NATIVE=0 turns the addon off" });
  });
});

describe("describeHost", () => {
  it("names the processor and its cores", () => {
    expect(describeHost()).toMatch(/^.+, \d+ cores?(, \w+)?$/);
  });
});

describe.runIf(native.ok)("the addon", () => {
  it("describes the processor consistently", () => {
    if (!native.ok) throw new Error(native.reason);
    const cpu = native.module.cpuFeatures();
    expect(cpu.cores).toBeGreaterThanOrEqual(1);
    expect(cpu.cores).toBeLessThanOrEqual(Math.max(1, cpus().length));
    expect(typeof cpu.brand).toBe("string");
    // Each of these extends the one before it.
    if (cpu.avx512bw) expect(cpu.avx512f).toBe(true);
    if (cpu.avx512f) expect(cpu.avx2).toBe(true);
    if (cpu.avx2) expect(cpu.avx).toBe(true);
    if (process.arch === "arm64") expect(cpu.neon).toBe(true);
  });

  it("survives workers that load it and end, at once and in turn", async () => {
    if (!native.ok) throw new Error(native.reason);
    const { path } = native;
    const source = `
      const { parentPort, workerData } = require("node:worker_threads");
      parentPort.postMessage(require(workerData).cpuFeatures().cores);`;
    const run = () =>
      new Promise<number>((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: path });
        let cores = 0;
        worker.on("message", (n: number) => {
          cores = n;
        });
        worker.on("error", reject);
        worker.on("exit", () => resolve(cores));
      });
    const { cores } = native.module.cpuFeatures();
    for (let round = 0; round < 3; round++) {
      expect(await Promise.all([run(), run(), run()])).toEqual([cores, cores, cores]);
    }
    expect(native.module.cpuFeatures().cores).toBe(cores);
  });
});
