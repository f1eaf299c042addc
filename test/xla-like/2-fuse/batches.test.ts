// Products of which rows alone are computed: matrix by matrix, on the CPU too, with the same results.
import { describe, expect, it } from "vitest";
import { arrayShape, type DotDims, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { cpuClient } from "../../../xla-like/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { moduleOf } from "../1-simplify/helpers.js";
import { countKinds } from "./fusions.js";
import { fuseChecked } from "./helpers.js";

type Program = (b: HloBuilder, xs: readonly HloInstruction[]) => HloInstruction | readonly HloInstruction[];

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const [count, rows, depth, columns] = [64, 70, 9, 90];
const shapes = [f32(count, rows, depth), f32(count, depth, columns), f32(columns)];
const batched: DotDims = { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] };

const over = (b: HloBuilder, x: HloInstruction, kind: "add" | "maximum", dimensions: readonly number[]) => {
  const init = b.scalar("float32", kind === "add" ? 0 : Number.NEGATIVE_INFINITY);
  return b.reduce([x], [init], dimensions, b.reducer(kind, "float32"))[0];
};

const norms: Program = (b, [x, y, bias]) => {
  const product = b.dot(x, y, batched);
  const moved = b.binary("add", product, b.broadcast(bias, [count, rows, columns], [2]));
  return b.unary("sqrt", over(b, b.binary("multiply", moved, moved), "add", [1, 2]));
};

/** The logarithms of sums of exponentials, of what is seen as more dimensions. */
const logSums: Program = (b, [x, y]) => {
  const dims = [8, 8, rows, columns];
  const product = b.reshape(b.dot(x, y, batched), dims);
  const most = over(b, product, "maximum", [3]);
  const e = b.unary("exponential", b.binary("subtract", product, b.broadcast(most, dims, [0, 1, 2])));
  return b.binary("add", most, b.unary("log", over(b, e, "add", [3])));
};

const kindsOf = (program: Program): string => countKinds(fuseChecked(moduleOf(shapes, program)));

const cpu = cpuClient();

describe("rows of a batch of products", () => {
  it("are computed matrix by matrix", () => {
    expect(kindsOf(norms)).toBe("batch 1");
    expect(kindsOf(logSums)).toBe("batch 1");
  });

  it("are not if the product is wanted besides, or summed across matrices", () => {
    expect(
      kindsOf((b, [x, y]) => {
        const product = b.dot(x, y, batched);
        return [product, over(b, product, "add", [1, 2])];
      }),
    ).not.toContain("batch");
    expect(kindsOf((b, [x, y]) => over(b, b.dot(x, y, batched), "add", [0]))).not.toContain("batch");
    expect(kindsOf((b, [x, y]) => over(b, b.dot(x, y, batched), "add", [0, 1, 2]))).not.toContain("batch");
  });

  it.each([
    ["norms", norms],
    ["sums of exponentials", logSums],
  ])("come out the same: %s", (_, program) => {
    if (!cpu.ok) return;
    const module = moduleOf(shapes, program);
    const args = shapes.map((shape, k) =>
      Float32Array.from(
        { length: shape.dims.reduce((n, d) => n * d, 1) },
        (_, i) => ((i * 37 + k * 11) % 101) / 50 - 1,
      ),
    );
    const { client } = cpu;
    const [device] = client.devices;
    const buffers = args.map((a, k) => client.fromHost(a, shapes[k], device));
    const wanted = evaluate(module, args)[0];
    const found = client.compile(module, device).execute(buffers)[0].read();
    expect(found.length).toBe(wanted.length);
    let worst = 0;
    for (let i = 0; i < wanted.length; i++)
      worst = Math.max(worst, Math.abs(Number(found[i]) - Number(wanted[i])) / (1 + Math.abs(Number(wanted[i]))));
    expect(worst).toBeLessThan(2e-6);
  });
});
