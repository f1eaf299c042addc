// Instructions compiled into kernels over whole arrays, many to a module, and run beside the reference evaluator.
import {
  emitOperation,
  IrBuilder,
  IrModule,
  irType,
  loadElements,
  loadScalarSplat,
  type OperationContext,
  type ScalarTarget,
  storeElements,
} from "../../../../xla-like/5-emit/scalar/index.js";
import {
  type ArrayShape,
  arrayShape,
  HloBuilder,
  type HloInstruction,
  type HostArray,
  hostArray,
  isComplex,
} from "../../../../xla-like/hlo/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import type { JitOptions } from "../../../../xla-like/runtime/native.js";
import { jit, whyNoJit } from "./functions.js";

export { jit, whyNoJit };

export interface Machine {
  readonly name: string;
  readonly target: ScalarTarget;
  readonly options: JitOptions;
}

export const host: Machine = { name: "this processor", target: { fma: true, half: true }, options: {} };
/** Without fused multiply-add and float16 conversions. */
export const plain: Machine = {
  name: "SSE2",
  target: { fma: false, half: false },
  options: { cpu: "x86-64", features: "" },
};

/** Half as wide: what a function out of line takes no longer fits its registers. */
export const narrow: Machine = {
  name: "AVX2",
  target: { fma: true, half: true },
  options: { features: "+avx2,+fma,+f16c" },
};

export interface Operand {
  readonly shape: ArrayShape;
  readonly data: HostArray;
}

/** One instruction and what it is applied to; operands without dimensions count for every lane. */
export interface Case {
  readonly name: string;
  readonly operands: readonly Operand[];
  readonly build: (b: HloBuilder, xs: readonly HloInstruction[]) => HloInstruction;
  /** In place of the reference evaluator. */
  readonly evaluate?: (operands: readonly HostArray[]) => HostArray;
}

export const count = (of: Case): number =>
  Math.max(...of.operands.map(({ shape, data }) => (isComplex(shape.dtype) ? data.length / 2 : data.length)));

interface Built {
  readonly instruction: HloInstruction;
  readonly shape: ArrayShape;
  readonly want: HostArray;
}

export function buildCase(of: Case): Built {
  const b = new HloBuilder("entry");
  const instruction = of.build(
    b,
    of.operands.map(({ shape }) => b.parameter(shape)),
  );
  const data = of.operands.map((operand) => operand.data);
  const want = of.evaluate?.(data) ?? evaluate(b.module("test", [instruction]), data)[0]!;
  if (instruction.shape.kind !== "array") throw new TypeError("an instruction whose result is no array");
  return { instruction, shape: instruction.shape, want };
}

/** `void name(ptr* buffers, i64 n)`, which applies the instruction to n elements, `lanes` at a time. */
function defineKernel(module: IrModule, name: string, of: Case, { instruction, shape }: Built, cx0: Lanes): void {
  module.define(name, () => {
    const b = new IrBuilder(module);
    const cx: OperationContext = { builder: b, ...cx0 };
    const [pointer, i64] = [irType("ptr", 1), irType("i64", 1)];
    const bases = Array.from({ length: of.operands.length + 1 }, (_, i) => {
      const slot = b.pure(pointer, `getelementptr ptr, ptr %buffers, i64 ${i}`);
      return b.effectful(pointer, `load ptr, ptr ${slot.text}`);
    });
    b.statement("br label %head");
    b.startBlock("head");
    const index = b.effectful(i64, "phi i64 [ 0, %entry ], [ <next index>, %<last block> ]");
    const more = b.pure(irType("i1", 1), `icmp ult i64 ${index.text}, %n`);
    b.statement(`br i1 ${more.text}, label %body, label %exit`);
    b.startBlock("body");
    const at = (k: number, dtype: ArrayShape["dtype"]) => {
      const bytes = b.pure(i64, `mul i64 ${index.text}, ${hostArray(dtype, 1).byteLength}`);
      return b.pure(pointer, `getelementptr i8, ptr ${bases[k]!.text}, i64 ${bytes.text}`);
    };
    const values = of.operands.map(({ shape: { dtype, dims } }, k) => {
      if (dims.length > 0) return loadElements(cx, dtype, at(k, dtype));
      const isPredicate = instruction.opcode === "select" && k === 0;
      return isPredicate ? loadElements({ ...cx, lanes: 1 }, dtype, bases[k]!) : loadScalarSplat(cx, dtype, bases[k]!);
    });
    storeElements(cx, shape.dtype, at(bases.length - 1, shape.dtype), emitOperation(cx, instruction, values));
    const next = b.pure(i64, `add i64 ${index.text}, ${cx.lanes}`);
    b.patch("<next index>", next.text);
    b.patch("<last block>", b.currentBlock);
    b.statement("br label %head");
    b.startBlock("exit");
    b.statement("ret void");
    return `define void @${name}(ptr noalias %buffers, i64 %n) ${kernelAttributes} {\n${b.body()}\n}`;
  });
}

export const kernelAttributes = `"prefer-vector-width"="512" "min-legal-vector-width"="512"`;

export interface Lanes {
  readonly lanes: number;
  readonly target: ScalarTarget;
}

export interface Outcome {
  readonly of: Case;
  readonly lanes: number;
  readonly shape: ArrayShape;
  readonly got: HostArray;
  readonly want: HostArray;
}

/** A copy with room for whole vectors after it. */
function padded(data: HostArray, extra: number): HostArray {
  const out = new (data.constructor as new (length: number) => HostArray)(data.length + extra);
  (out as Uint8Array).set(data as Uint8Array);
  return out;
}

/** Every case with every number of lanes, compiled as one module. */
export function runCases(cases: readonly Case[], lanesOf: readonly number[], machine: Machine): Outcome[] {
  if (jit === undefined) throw new Error("no compiler");
  const compiler = jit;
  const module = new IrModule();
  const built = cases.map(buildCase);
  const names: string[] = [];
  built.forEach((one, i) => {
    for (const lanes of lanesOf) {
      names.push(`k${i}_${lanes}`);
      defineKernel(module, `k${i}_${lanes}`, cases[i]!, one, { lanes, target: machine.target });
    }
  });
  const kernel = jit.jitCompile(module.toString(), names, machine.options);
  const outcomes = cases.flatMap((of, i) =>
    lanesOf.map((lanes) => {
      const { shape, want } = built[i]!;
      const n = Math.ceil(count(of) / lanes) * lanes;
      const out = hostArray(shape.dtype, n + 64);
      const inputs = of.operands.map(({ data }) => padded(data, 256));
      compiler.jitRun(kernel, `k${i}_${lanes}`, [...inputs, out], n);
      return { of, lanes, shape, got: out.subarray(0, want.length) as HostArray, want };
    }),
  );
  jit.jitRelease(kernel);
  return outcomes;
}

export const vector = (dtype: ArrayShape["dtype"], n: number): ArrayShape => arrayShape(dtype, [n]);
