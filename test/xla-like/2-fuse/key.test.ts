// Keys of fusions: equal for what one kernel serves.
import { expect, it } from "vitest";
import { fuse, fusionKey } from "../../../xla-like/2-fuse/index.js";
import { arrayShape, HloBuilder, type HloComputation, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { moduleOf } from "../1-simplify/helpers.js";
import { fusionsOf } from "./fusions.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
type Body = (b: HloBuilder, x: HloInstruction, y: HloInstruction) => HloInstruction;
const computation = (body: Body, name = "fused", before = 0): HloComputation => {
  const b = new HloBuilder("main");
  for (let k = 0; k < before; k++) b.scalar("float32", k);
  return b.computation(name, [f32(8), f32(8)], (c, [x, y]) => [body(c, x, y)]);
};

it("names and ids do not count", () => {
  const body: Body = (b, x, y) => b.binary("subtract", b.unary("tanh", x), y);
  expect(fusionKey(computation(body))).toBe(fusionKey(computation(body, "another", 9)));
});

it("operations, their order, operands, attributes, constants and types count", () => {
  const keys = [
    computation((b, x, y) => b.binary("subtract", x, y)),
    computation((b, x, y) => b.binary("subtract", y, x)),
    computation((b, x, y) => b.binary("add", x, y)),
    computation((b, x) => b.binary("add", x, x)),
    computation((b, x) => b.binary("add", x, b.scalar("float32", 1))),
    computation((b, x) => b.binary("add", x, b.scalar("float32", 2))),
    computation((b, x, y) => b.compare(x, y, "LT")),
    computation((b, x, y) => b.compare(x, y, "LE")),
    computation((b, x, y) => b.convert(b.compare(x, y, "LE"), "float32")),
  ].map(fusionKey);
  expect(new Set(keys).size).toBe(keys.length);
});

it("equal layers share their kernels", () => {
  const m = moduleOf([f32(6, 6), f32(6, 6), f32(6)], (b, [x, w, bias]) => {
    let h = x;
    for (let k = 0; k < 4; k++) {
      const y = b.dot(h, w, { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] });
      h = b.unary("tanh", b.binary("add", y, b.broadcast(bias, [6, 6], [1])));
    }
    return h;
  });
  const fusions = fusionsOf(fuse(m));
  expect(fusions.length).toBe(4);
  expect(new Set(fusions.map((f) => fusionKey(f.computation))).size).toBe(1);
});
