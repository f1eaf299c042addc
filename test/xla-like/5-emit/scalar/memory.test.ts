// Elements of every type read and written: plainly, under masks, from anywhere, one for all lanes.
import { describe, expect, it } from "vitest";
import {
  type AccessOptions,
  gatherElements,
  IrBuilder,
  IrModule,
  irType,
  loadElements,
  loadScalarSplat,
  type OperationContext,
  storeElements,
  storeScalar,
} from "../../../../xla-like/5-emit/scalar/index.js";
import { type DType, dtypes, type HostArray, hostArray, isComplex } from "../../../../xla-like/hlo/index.js";
import { host, jit, kernelAttributes, type Machine, plain, whyNoJit } from "./kernels.js";
import { randoms } from "./samples.js";

const all = (Object.keys(dtypes) as DType[]).filter((d) => d !== "float0");
const outputs = [
  "plain",
  "maskedLoad",
  "maskedStore",
  "gather",
  "gatherFar",
  "maskedGather",
  "splat",
  "scalar",
] as const;
type Output = (typeof outputs)[number];

/** One vector of `lanes` elements through each way; buffers: mask, data, int32 and int64 indices, then the outputs. */
function kernelText(module: IrModule, name: string, dtype: DType, lanes: number, machine: Machine): void {
  module.define(name, () => {
    const b = new IrBuilder(module);
    const cx: OperationContext = { builder: b, lanes, target: machine.target };
    const pointer = irType("ptr", 1);
    const buffer = (i: number) => {
      const slot = b.pure(pointer, `getelementptr ptr, ptr %buffers, i64 ${i}`);
      return b.effectful(pointer, `load ptr, ptr ${slot.text}`);
    };
    const out = (of: Output) => buffer(4 + outputs.indexOf(of));
    const raw = loadElements(cx, "bool", buffer(0));
    const narrow = loadElements(cx, "int32", buffer(2));
    const wide = loadElements(cx, "int64", buffer(3));
    if ("re" in raw || "re" in narrow || "re" in wide) throw new TypeError("complex indices");
    const options: AccessOptions = { mask: raw };
    const whole = loadElements(cx, dtype, buffer(1));
    storeElements(cx, dtype, out("plain"), whole);
    storeElements(cx, dtype, out("maskedLoad"), loadElements(cx, dtype, buffer(1), options));
    storeElements(cx, dtype, out("maskedStore"), whole, options);
    storeElements(cx, dtype, out("gather"), gatherElements(cx, dtype, buffer(1), narrow));
    storeElements(cx, dtype, out("gatherFar"), gatherElements(cx, dtype, buffer(1), wide));
    storeElements(cx, dtype, out("maskedGather"), gatherElements(cx, dtype, buffer(1), narrow, raw));
    storeElements(cx, dtype, out("splat"), loadScalarSplat(cx, dtype, buffer(1)));
    storeScalar(cx, dtype, out("scalar"), whole);
    b.statement("ret void");
    return `define void @${name}(ptr noalias %buffers, i64 %n) ${kernelAttributes} {\n${b.body()}\n}`;
  });
}

const source = 200;

function expectedOf(dtype: DType, lanes: number, data: HostArray, mask: Uint8Array, indices: Int32Array) {
  const width = isComplex(dtype) ? 2 : 1;
  const from = (pick: (lane: number) => number | undefined): HostArray => {
    const result = hostArray(dtype, lanes);
    for (let lane = 0; lane < lanes; lane++) {
      const index = pick(lane);
      if (index === undefined) continue;
      for (let part = 0; part < width; part++) result[width * lane + part] = data[width * index + part]!;
    }
    return result;
  };
  const masked = (pick: (lane: number) => number) => from((lane) => (mask[lane] === 1 ? pick(lane) : undefined));
  const gathered = (lane: number) => indices[lane]!;
  const own = (lane: number) => lane;
  return {
    plain: from(own),
    maskedLoad: masked(own),
    maskedStore: masked(own),
    gather: from(gathered),
    gatherFar: from(gathered),
    maskedGather: masked(gathered),
    splat: from(() => 0),
    scalar: from((lane) => (lane === 0 ? 0 : undefined)),
  } satisfies Record<Output, HostArray>;
}

function checkAll(machine: Machine, lanesOf: readonly number[]): void {
  const module = new IrModule();
  const kernels = all.flatMap((dtype) => lanesOf.map((lanes) => ({ dtype, lanes, name: `${dtype}_${lanes}` })));
  for (const { dtype, lanes, name } of kernels) kernelText(module, name, dtype, lanes, machine);
  const names = kernels.map(({ name }) => name);
  const compiled = jit!.jitCompile(module.toString(), names, machine.options);
  for (const { dtype, lanes, name } of kernels) {
    // Lanes that are masked out point nowhere that may be read.
    const mask = Uint8Array.from({ length: 256 }, (_, i) => ((i * 7 + lanes) % 3) & 1);
    const indices = Int32Array.from({ length: 256 }, (_, i) => (i * 37) % source);
    const data = randoms(dtype, source, 5);
    const padded = hostArray(dtype, source + 64);
    (padded as Uint8Array).set(data as Uint8Array);
    const results = outputs.map(() => hostArray(dtype, lanes));
    const far = BigInt64Array.from(indices, (v) => BigInt(v));
    jit!.jitRun(compiled, name, [mask, padded, indices, far, ...results], lanes);
    const expected = expectedOf(dtype, lanes, padded, mask, indices);
    outputs.forEach((of, i) => {
      const bytes = (x: HostArray) => Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString("hex");
      expect(bytes(results[i]!), `${of} of ${name}`).toBe(bytes(expected[of]));
    });
  }
  jit!.jitRelease(compiled);
}

describe.skipIf(jit === undefined)(`elements in memory${whyNoJit}`, () => {
  it("are read and written lane by lane", () => checkAll(host, [1, 4, 16, 64]));
  it.skipIf(process.arch !== "x64")("are the same on a plain processor", () => checkAll(plain, [1, 8]));
});
