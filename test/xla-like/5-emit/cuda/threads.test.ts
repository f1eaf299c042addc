// Loop kernels for a card compute what the reference evaluator does, in vectors too.
import { describe, it } from "vitest";
import { arrayShape, type HostArray } from "../../../../xla-like/hlo/index.js";
import { jit, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { checkCuda } from "./harness.js";
import { loopFusion, movingPrograms, otherPrograms, type Program } from "./programs.js";

/** Places all over an array of some 1,000, and a few outside of it. */
const places = (n: number) => Int32Array.from({ length: n }, (_, k) => ((k * 2654435761) % 1100) - 50);

function argumentsOf({ fusion, name }: Program): HostArray[] {
  return fusion.operands.map(({ shape }, k) => {
    if (shape.kind !== "array") throw new Error("a tuple is no operand");
    const isPlaces = name.startsWith("gather") && k === 1;
    if (!isPlaces) return sample(shape, k + 1);
    const all = places(shape.dims[0] ?? 1);
    return shape.dtype === "int64" ? BigInt64Array.from(all, (x) => BigInt(x) * 97n) : all;
  });
}

/** Sums differ by roundings of what is added up, which is below 3. */
const scaleOf = ({ name }: Program): number => (name.startsWith("reduce") ? 3 : 1e-30);

/** Few enough that small arrays are computed in vectors. */
const busyThreads = 256;
const check = (program: Program): void => {
  checkCuda(program, argumentsOf(program), { scale: scaleOf(program), busyThreads });
};

/** Too large for memory, or for so slow a card as this. */
const onlyCompiled = ["beyond_32_bits"];

describe.skipIf(jit === undefined)(`loop kernels, thread by thread${whyNoJit}`, () => {
  const types = ["bool", "int8", "float32", "bfloat16", "float64", "complex64"] as const;
  it.each(types.flatMap((d) => movingPrograms(d, 32).map((p) => [p.name, d, p] as const)))(
    "%s of %s",
    (_, __, program) => check(program),
  );

  it.each(
    otherPrograms()
      .filter((p) => !onlyCompiled.includes(p.name))
      .map((p) => [p.name, p] as const),
  )("%s", (_, program) => check(program));

  it.each([1, 3, 255, 256, 257, 2 ** 14 + 1])("%i elements", (n) => {
    const f32 = arrayShape("float32", [n]);
    const bf16 = arrayShape("bfloat16", [n]);
    check(
      loopFusion("elements", [f32, bf16], (b, [x, y]) => [
        b.binary("multiply", b.unary("tanh", x), b.convert(y, "float32")),
        b.compare(x, b.convert(y, "float32"), "LT"),
      ]),
    );
  });
});
