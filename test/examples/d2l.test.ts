import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devices as listDevices, tree } from "cotangent";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as blocks from "../../examples/d2l/blocks.js";
import * as constantParameters from "../../examples/d2l/constant-parameters.js";
import * as controlFlow from "../../examples/d2l/control-flow.js";
import * as customLayers from "../../examples/d2l/custom-layers.js";
import * as deferredInit from "../../examples/d2l/deferred-init.js";
import * as devices from "../../examples/d2l/devices.js";
import * as initialization from "../../examples/d2l/initialization.js";
import * as logging from "../../examples/d2l/logging.js";
import * as parameters from "../../examples/d2l/parameters.js";
import * as saving from "../../examples/d2l/saving.js";
import * as sideBySide from "../../examples/d2l/side-by-side.js";
import * as tiedParameters from "../../examples/d2l/tied-parameters.js";

describe("examples/d2l", () => {
  const directory = mkdtempSync(join(tmpdir(), "cotangent-saving-"));
  beforeAll(() => {
    vi.spyOn(console, "log").mockImplementation(() => {});
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("blocks: nest, and their parameters with them", () => {
    const { output, shapes } = blocks.main();
    expect(output).toEqual([2, 5]);
    expect(Object.keys(shapes)).toHaveLength(12);
    expect(shapes["[0][0].kernel"]).toEqual([20, 64]);
    expect(shapes["[1].left[2].kernel"]).toEqual([32, 16]);
    expect(shapes["[1].right.bias"]).toEqual([4]);
    expect(shapes["[2].kernel"]).toEqual([20, 5]);
  });

  it("control flow: the same in JavaScript, as a loop of the program and as a bounded scan", () => {
    const results = controlFlow.main();
    // |3| + |-4| + |5| = 12, which four halvings bring to 0.75.
    expect([results.eager, results.compiled, results.bounded]).toEqual([0.25, 0.25, 0.25]);
    expect(results.eagerGradient).toEqual([1 / 16, 1 / 16, 1 / 16]);
    expect(results.boundedGradient).toEqual([1 / 16, 1 / 16, 1 / 16]);
    expect(results.compiledDerivative).toBe(3 / 16);
    expect(results.jitOfJavaScript).toMatch(/^ConcretizationError: .*'halve'.*\[CT301\]$/s);
    expect(results.gradOfWhile).toMatch(/\[CT404\]$/);
  });

  it("constant parameters: only the others change", () => {
    expect(constantParameters.main()).toEqual({ output: [2, 20], changed: { frozen: false, trained: true } });
  });

  it("parameters: by path, by rule, one replaced", () => {
    const { listing, count, params, decayed, changed } = parameters.main();
    expect(listing).toEqual([
      "[0].bias: float32[8]",
      "[0].kernel: float32[4,8]",
      "[2].bias: float32[1]",
      "[2].kernel: float32[8,1]",
    ]);
    expect(count).toBe(49);
    expect(decayed[0].kernel.js()).toEqual(params[0].kernel.mul(0.5).js());
    expect(decayed[0].kernel.js()).not.toEqual(params[0].kernel.js());
    expect(decayed[0].bias).toBe(params[0].bias);
    expect(changed[2].kernel.dataSync()).toEqual(new Float32Array(8));
    expect(changed[0].kernel).toBe(params[0].kernel);
    expect(params[2].kernel.dataSync()).not.toEqual(new Float32Array(8));
  });

  it("initialisation: the distributions asked for", () => {
    const { gaussianStd, xavierMax, constantMean, custom } = initialization.main();
    expect(gaussianStd).toBeCloseTo(0.01, 3);
    const bound = Math.sqrt(6 / (256 + 8));
    expect(xavierMax).toBeLessThanOrEqual(bound);
    expect(xavierMax).toBeGreaterThan(0.95 * bound);
    expect(constantMean).toBe(1);
    const values = [...custom].map(Number);
    expect(values.every((w) => w === 0 || (Math.abs(w) >= 5 && Math.abs(w) <= 10))).toBe(true);
    expect(values.some((w) => w === 0) && values.some((w) => w > 0) && values.some((w) => w < 0)).toBe(true);
  });

  it("tied parameters: gradients add up", () => {
    const { tied, first, second, difference } = tiedParameters.main();
    expect(tree.leaves(difference).every((d) => d < 1e-4)).toBe(true);
    for (const gradient of [tied, first, second]) {
      expect(Math.max(...[...gradient.kernel.dataSync()].map(Number))).toBeGreaterThan(0.1);
    }
  });

  it("deferred initialisation: shapes first, values when data come", () => {
    expect(deferredInit.main()).toEqual({
      shapes: [[256], [20, 256], [10], [256, 10]],
      before: false,
      after: true,
      output: [2, 10],
    });
  });

  it("custom layers: without parameters and with", () => {
    expect(customLayers.main()).toEqual({
      output: [2, 1],
      centered: [-2, -1, 0, 3],
      gradientShapes: [[8], [64, 8], [1], [8, 1]],
    });
  });

  it("saving: what was saved comes back, and what does not fit is named", async () => {
    const { x, step, same, mismatch } = await saving.main({ directory });
    expect([x, step, same]).toEqual(["[0 1 2 3]", 3, true]);
    expect(mismatch).toMatch(/^CheckpointError: .*'2\.kernel' is float32\[256,10\].*\[CT705\]$/s);
  });

  it("devices: an error that names both, and where things are", () => {
    const { places, sum, error } = devices.main();
    expect(error).toMatch(/^DeviceError: .*reference:0.*reference:1.*\[CT500\]$/);
    expect(places).toEqual({
      x: "reference:0",
      y: "reference:1",
      z: "reference:1",
      sum: "reference:1",
      along: "reference:1",
      made: "reference:1",
    });
    expect(sum).toEqual([
      [2, 2, 2],
      [2, 2, 2],
    ]);
  });

  it("logging: one by one or in bulk, the same norms", () => {
    const { single, bulk } = logging.main({ times: 20, size: 10 });
    expect(single.norms).toHaveLength(20);
    expect(bulk.norms).toEqual(single.norms);
    // The norm of a product of independent normal matrices is about size^1.5.
    for (const norm of single.norms) expect(norm / 10 ** 1.5).toBeGreaterThan(0.5);
    expect(new Set(single.norms).size).toBe(20);
  });

  it("side by side: the same sums on two devices; one device is told to be too few", () => {
    const places = listDevices("reference");
    const { sequence, together, scaling } = sideBySide.main({ places, size: 4 })!;
    expect(sequence.sums.map((s) => String(s.device))).toEqual(["reference:0", "reference:0"]);
    expect(together.sums.map((s) => String(s.device))).toEqual(["reference:0", "reference:1"]);
    expect(together.sums.map((s) => s.item())).toEqual(sequence.sums.map((s) => s.item()));
    expect(scaling).toBeGreaterThan(0);
    expect(sideBySide.main({ places: places.slice(0, 1) })).toBeUndefined();
    expect(console.log).toHaveBeenLastCalledWith("skipped: two devices are needed, and there is one");
  });
});
