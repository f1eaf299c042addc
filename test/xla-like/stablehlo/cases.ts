// What is held as StableHLO: every sample of every primitive, whole programs, and modules made by hand.

import { byName, operandsOf } from "../../../props/suites/cases.js";
import { flattenTensors } from "../../../src/control/arguments.js";
import { type DeviceTensor, fromHost } from "../../../src/core/device-tensor.js";
import { withDefaultDevice } from "../../../src/core/devices.js";
import type { Tensor } from "../../../src/core/tensor.js";
import { closeOver } from "../../../src/interpreters/eval-jaxpr.js";
import { lowerProgram } from "../../../src/interpreters/lowering.js";
import { stage } from "../../../src/interpreters/staging.js";
import {
  arrayShape,
  bf16ToNumber,
  type DType,
  f16ToNumber,
  HloBuilder,
  type HloModule,
  hostArray,
} from "../../../xla-like/index.js";
import { programs } from "./programs.js";

/** An array as the values' file has it: its bytes, little-endian and in row-major order, in base64. */
export interface GoldenBytes {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: string;
}

export interface StableHloCase {
  /** The file that it is in. */
  readonly file: string;
  readonly title: string;
  readonly module: HloModule;
  readonly inputs: readonly GoldenBytes[];
  /** What the reference device computes. */
  outputs(): readonly GoldenBytes[];
}

const encode = (x: Tensor): GoldenBytes => {
  const data = (x as DeviceTensor).hostData();
  return {
    dtype: x.dtype,
    shape: x.shape,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
  };
};

const decode = ({ dtype, shape, data }: GoldenBytes): Tensor => {
  const host = hostArray(
    dtype,
    shape.reduce((n, d) => n * d, 1),
  );
  new Uint8Array(host.buffer).set(Buffer.from(data, "base64"));
  return fromHost(host, shape, dtype);
};

/** Elements as numbers to compare; complex ones as two. */
export const numbersOf = (x: GoldenBytes): number[] => {
  const data = (decode(x) as DeviceTensor).hostData();
  if (x.dtype === "float16") return Array.from(data as Uint16Array, f16ToNumber);
  if (x.dtype === "bfloat16") return Array.from(data as Uint16Array, bf16ToNumber);
  return Array.from(data as ArrayLike<number | bigint>, Number);
};

const onReference = <A>(f: () => A): A => withDefaultDevice("reference:0", f);

function caseOf(
  file: string,
  title: string,
  f: (...xs: Tensor[]) => readonly Tensor[],
  args: readonly Tensor[],
): StableHloCase {
  const { jaxpr, consts } = closeOver(
    stage(
      f,
      args.map((x) => x.aval),
      file,
    ),
  );
  const { module, consts: large } = lowerProgram(jaxpr, file);
  if (large.length > 0) throw new Error(`${file}: constants beside the captured ones`);
  return {
    file,
    title,
    module,
    inputs: [...consts, ...args].map(encode),
    outputs: () => onReference(() => f(...args)).map(encode),
  };
}

const samples = (): StableHloCase[] =>
  byName().flatMap(([name, cases]) => cases.map((c) => caseOf(name, c.title, (...xs) => c.f(...xs), operandsOf(c, 1))));

const wholePrograms = (): StableHloCase[] =>
  programs.map(({ name, f, args }) => {
    const { leaves, treedef } = flattenTensors(args(), name);
    const flat = (...xs: Tensor[]) => flattenTensors(f(...(treedef.unflatten(xs) as unknown[])), name).leaves;
    return caseOf(`program_${name}`, name, flat, leaves);
  });

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);
const numbers = (dtype: "float32" | "int32", shape: readonly number[], values: readonly number[]): Tensor =>
  fromHost(dtype === "float32" ? Float32Array.from(values) : Int32Array.from(values), shape, dtype);

function byHand(
  title: string,
  build: (b: HloBuilder) => HloModule,
  inputs: readonly Tensor[],
  outputs: () => readonly Tensor[],
): StableHloCase {
  return {
    file: "by_hand",
    title,
    module: build(new HloBuilder("main")),
    inputs: inputs.map(encode),
    outputs: () => onReference(outputs).map(encode),
  };
}

/** What no traced program contains today. */
const modulesByHand = (): StableHloCase[] => [
  byHand(
    "a call of a function, twice, and a barrier",
    (b) => {
      const x = b.parameter(f32(3));
      const main = b.computation("main", [f32(3)], (c, [y]) => [c.binary("add", y, y), c.unary("negate", y)]);
      const [double] = b.call(main, [x]);
      const [, negative] = b.call(main, [b.optimizationBarrier(double)]);
      return b.module("calls", [double, negative]);
    },
    [numbers("float32", [3], [1, 2.5, -3])],
    () => [numbers("float32", [3], [2, 5, -6]), numbers("float32", [3], [-2, -5, 6])],
  ),
  ...[-7, 0, 1, 9].map((index) =>
    byHand(
      `a branch picked by ${index}, which is clamped`,
      (b) => {
        const [index, x] = [b.parameter(s32()), b.parameter(f32())];
        const branches = ["abs", "negate", "square"] as const;
        const computations = branches.map((op) => b.computation(op, [f32()], (c, [y]) => [c.unary(op, y)]));
        return b.module("clamped branch", b.conditional(index, computations, [x]));
      },
      [numbers("int32", [], [index]), numbers("float32", [], [-3])],
      () => [numbers("float32", [], [index < 1 ? 3 : index === 1 ? 3 : 9])],
    ),
  ),
  byHand(
    "memory that holds anything, overwritten",
    (b) => {
      const x = b.parameter(f32(4));
      const [room] = b.customCall("allocate", [], [f32(4)]);
      return b.module("allocate", [b.dynamicUpdateSlice(room, x, [b.scalar("int32", 0)])]);
    },
    [numbers("float32", [4], [1, 2, 3, 4])],
    () => [numbers("float32", [4], [1, 2, 3, 4])],
  ),
  byHand(
    "constants: bytes, lists, numbers that are none",
    (b) => {
      const x = b.parameter(f32());
      const many = Float32Array.from({ length: 70 }, (_, i) => Math.fround(Math.sin(i)));
      const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 16777216);
      const truth = Uint8Array.from({ length: 70 }, (_, i) => (i % 3 === 0 ? 1 : 0));
      return b.module("constants", [
        b.binary("add", b.constant("float32", [7, 10], many), x),
        b.constant("float32", [5], odd),
        b.constant("bool", [70], truth),
        b.constant("int32", [0, 2], new Int32Array(0)),
        b.constant("complex64", [2], Float32Array.of(1, -2, 0.5, Number.NEGATIVE_INFINITY)),
        b.constant("uint64", [2], BigUint64Array.of(0n, 18446744073709551615n)),
        b.constant("bfloat16", [2], Uint16Array.of(0x3f80, 0x7fc0)),
      ]);
    },
    [numbers("float32", [], [0])],
    () => [
      numbers(
        "float32",
        [7, 10],
        Array.from({ length: 70 }, (_, i) => Math.fround(Math.sin(i))),
      ),
      numbers("float32", [5], [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 16777216]),
      fromHost(
        Uint8Array.from({ length: 70 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
        [70],
        "bool",
      ),
      numbers("int32", [0, 2], []),
      fromHost(Float32Array.of(1, -2, 0.5, Number.NEGATIVE_INFINITY), [2], "complex64"),
      fromHost(BigUint64Array.of(0n, 18446744073709551615n), [2], "uint64"),
      fromHost(Uint16Array.of(0x3f80, 0x7fc0), [2], "bfloat16"),
    ],
  ),
];

/** Every case, those that have no StableHLO included. */
export const stableHloCases = (): StableHloCase[] => [...samples(), ...wholePrograms(), ...modulesByHand()];

export const separator = "// -----";

/** The text of one file: its cases, each under its title. */
export const fileText = (parts: readonly { readonly title: string; readonly text: string }[]): string =>
  parts.map(({ title, text }) => `// ${title}\n${text}`).join(`\n${separator}\n\n`);
