// What is compiled for cards and kept on disk: PTX, and the machine code that the driver makes of it. Over the driver that
// records, which reads PTX and computes nothing.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, type Simulation } from "./simulation.js";

const script = `
  import { devicePut, jit, numpy as np } from "./src/index.ts";
  const attempt = (f) => { try { return f(); } catch (e) { return [e.code, e.message]; } };
  const x = devicePut(np.ones([1000]), "cuda:0");
  const f = jit((x) => [np.tanh(x), np.sort(x), x.reshape([10, 100]).sum(1)]);
  console.log(JSON.stringify(attempt(() => f(x).map((y) => y.js().length))));`;

describe.skipIf(whyNoStandIns() !== undefined)("kernels on disk", () => {
  let simulation: Simulation;
  const directory = mkdtempSync(join(tmpdir(), "cotangent-kernels-"));
  beforeAll(() => {
    simulation = buildSimulation([]);
  });
  afterAll(() => {
    simulation.remove();
    rmSync(directory, { recursive: true, force: true });
  });
  const run = (settings: string): unknown =>
    simulation.run(script, `simulate=0,${settings}`, { COTANGENT_CACHE_DIR: directory });
  const kept = (): string[] =>
    readdirSync(directory)
      .map((file) => extname(file))
      .filter((kind) => kind !== ".o")
      .sort();

  test("a second process compiles nothing, and another driver compiles again", () => {
    expect(run("")).toEqual([1000, 1000, 10]);
    expect(kept()).toEqual([".cubin", ".ptx"]);
    // The driver's compiler would refuse.
    expect(run("link=218")).toEqual([1000, 1000, 10]);
    expect(run("link=218,version=12050")).toEqual([
      "CT506",
      expect.stringContaining("CUDA failed to compile kernels: CUDA_ERROR_INVALID_PTX"),
    ]);
    expect(kept()).toEqual([".cubin", ".ptx"]);
    expect(run("version=12050")).toEqual([1000, 1000, 10]);
    expect(kept()).toEqual([".cubin", ".cubin", ".ptx"]);
    // A card of another architecture has PTX of its own.
    expect(run("major=8")).toEqual([1000, 1000, 10]);
    expect(kept()).toEqual([".cubin", ".cubin", ".cubin", ".ptx", ".ptx"]);
  });
});
