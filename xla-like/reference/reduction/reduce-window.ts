/** reduce-window: folds the elements under a window at each of its places. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { reducerText } from "./reducer.js";
import { type Lines, runningLines } from "./running.js";
import { windowsOver } from "./windows.js";

type RunningFold = (first: number, ...arrays: HostArray[]) => void;
type Fold = (offsets: Int32Array, start: number, at: number, ...arrays: HostArray[]) => void;

export const reduceWindowKernel = (i: Instr<"reduce-window">, { prepare }: Lowering): Kernel => {
  const count = i.operands.length / 2;
  const shapes = Array.from({ length: count }, (_, k) => operandShape(i, k));
  const types = shapes.map((s) => s.dtype);
  const { dims } = shapes[0];
  const outDims = i.shape.kind === "array" ? i.shape.dims : i.shape.elements[0].dims;
  const n = sizeOf(outDims);
  const b = new Bindings();
  const reducer = reducerText(i.computation, types, b, prepare);
  const names = (prefix: string): string[] => types.map((_, k) => `${prefix}${k}`);
  const arraysOf = (operands: readonly HostArray[]): { outs: HostArray[]; arrays: HostArray[] } => {
    const outs = types.map((d) => hostArray(d, n));
    return { outs, arrays: [...outs, ...operands] };
  };
  const resultOf = (outs: HostArray[]): HostArray | HostArray[] => (i.shape.kind === "array" ? outs[0] : outs);

  const running = (lines: Lines): Kernel => {
    const text = [
      `// running ${types.join()}`,
      ...types.map((d, k) => `const i${k} = ${loadText(d, `init${k}`, "0", b)};`),
      reducer.begin(names("i")),
      `for (let w = 0, at = first; w < ${lines.length}; w++, at += ${lines.step}) {`,
      ...types.map((d, k) => `const x${k} = ${loadText(d, `a${k}`, "at", b)};`),
      reducer.step(names("x")),
      ...types.map((d, k) => storeText(d, `out${k}`, "at", reducer.results[k], b)),
      "}",
    ].join("\n");
    const parameters = ["first", ...names("out"), ...names("a"), ...names("init")].join();
    const fold = functionFromText<RunningFold>(parameters, text, b);
    return (operands) => {
      const { outs, arrays } = arraysOf(operands as HostArray[]);
      if (n > 0) lines.each((first) => fold(first, ...arrays));
      return resultOf(outs);
    };
  };
  const lines = runningLines(i, dims);
  if (lines !== undefined) return running(lines);

  const eachWindow = windowsOver(dims, rowMajor(dims), outDims, i.window);
  const text = [
    `// ${types.join()}`,
    ...types.map((d, k) => `const i${k} = ${loadText(d, `init${k}`, "0", b)};`),
    reducer.begin(names("i")),
    "for (let w = 0; w < offsets.length; w++) {",
    "const from = start + offsets[w];",
    ...types.map((d, k) => `const x${k} = ${loadText(d, `a${k}`, "from", b)};`),
    reducer.step(names("x")),
    "}",
    ...types.map((d, k) => storeText(d, `out${k}`, "at", reducer.results[k], b)),
  ].join("\n");
  const parameters = ["offsets", "start", "at", ...names("out"), ...names("a"), ...names("init")].join();
  const fold = functionFromText<Fold>(parameters, text, b);

  return (operands) => {
    const { outs, arrays } = arraysOf(operands as HostArray[]);
    eachWindow((offsets, start, at) => fold(offsets, start, at, ...arrays));
    return resultOf(outs);
  };
};
