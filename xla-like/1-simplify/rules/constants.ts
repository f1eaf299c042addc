/** Constant folding, and the one form in which constants stand. */
import type { HostArray } from "../../hlo/dtype.js";
import { dtypes, hostArray } from "../../hlo/dtype.js";
import type { HloInstruction, Instr, Opcode } from "../../hlo/instruction.js";
import { opcodes } from "../../hlo/instruction.js";
import { arrayShape, sizeOf, tupleShape } from "../../hlo/shape.js";
import { prepare } from "../../reference/evaluate.js";
import { dimsOf, sizeOfArray } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** Larger results would make the program longer than the work they save; larger operands take long to fold. */
const largestFolded = 256;
const largestOperand = 4096;

/** Not folded: what is a constant or has none for an operand, what runs other code, and what merely repeats elements. */
const notFolded: ReadonlySet<Opcode> = new Set<Opcode>([
  "parameter", "constant", "iota", "broadcast", "tuple", "get-tuple-element", "while", "conditional", "call",
  "custom-call", "optimization-barrier", "reduce-window", "select-and-scatter", "top-k",
]); // biome-ignore format: a table

/** Runs one instruction on constants, by the reference evaluator. */
const evaluated = (i: HloInstruction): HostArray => {
  const operands = [...new Set(i.operands)];
  const root: Instr<"tuple"> = {
    opcode: "tuple",
    id: i.id + 1,
    operands: [i],
    shape: tupleShape(i.shape.kind === "array" ? [i.shape] : i.shape.elements),
  };
  const entry = { name: "fold", parameters: [], instructions: [...operands, i, root], root };
  return prepare({ name: "fold", entry })([])[0];
};

const isSmall = (i: HloInstruction): boolean =>
  sizeOfArray(i) <= Math.max(largestFolded, ...i.operands.map((o) => (o.opcode === "constant" ? sizeOfArray(o) : 0)));

/** An operation on constants becomes a constant. */
const fold = rule({
  name: "constant-folding",
  match: opcodes.filter((o) => !notFolded.has(o)),
  rewrite: (i, cx) => {
    if (i.shape.kind === "tuple" || i.operands.length === 0) return undefined;
    if (!i.operands.every((o) => o.opcode === "constant" && sizeOfArray(o) <= largestOperand)) return undefined;
    return isSmall(i) ? cx.constant(i.shape.dtype, i.shape.dims, evaluated(i)) : undefined;
  },
});

/** The first element, where all are the same to the bit. */
const commonElement = (i: Instr<"constant">): HostArray | undefined => {
  const bytes = dtypes[i.shape.dtype].bytes;
  const all = Buffer.from(i.data.buffer, i.data.byteOffset, i.data.byteLength);
  // Every byte equals the one an element earlier.
  if (!all.subarray(bytes).equals(all.subarray(0, all.length - bytes))) return undefined;
  return i.data.slice(0, i.data.length / sizeOf(i.shape.dims));
};

/** An array of one value everywhere is that scalar, broadcast. */
const splat = rule({
  name: "constant-splat",
  match: ["constant"],
  rewrite: (i, cx) => {
    const { dtype, dims } = i.shape;
    if (dims.length === 0 || sizeOf(dims) === 0) return undefined;
    const element = commonElement(i);
    return element && cx.broadcast(cx.constant(dtype, [], element), dims, []);
  },
});

/** The same elements under other dimensions. */
const reshapedConstant = rule({
  name: "reshape-of-constant",
  match: ["reshape"],
  rewrite: ({ shape, operands: [x] }, cx) =>
    x.opcode === "constant" ? cx.constant(shape.dtype, shape.dims, x.data) : undefined,
});

const isZeroFill = (i: HloInstruction): boolean => i.opcode === "broadcast" && dimsOf(i.operands[0]).length === 0;

/** Whatever has no elements needs no computing. */
const empty = rule({
  name: "empty-array",
  match: opcodes.filter((o) => o !== "parameter" && o !== "optimization-barrier"),
  rewrite: (i, cx) => {
    if (i.shape.kind === "tuple" || sizeOfArray(i) > 0) return undefined;
    return isZeroFill(i) && i.operands[0].opcode === "constant" ? undefined : emptyArray(cx, i);
  },
});

const emptyArray = (cx: RewriteContext, i: HloInstruction): HloInstruction => {
  if (i.shape.kind === "tuple") throw new TypeError("a tuple is no empty array");
  const { dtype, dims } = i.shape;
  const zero = cx.constant(arrayShape(dtype, []).dtype, [], hostArray(dtype, 1));
  return cx.broadcast(zero, dims, []);
};

/** An iota over several dimensions is the same in all but one. */
const iotaOfOneDimension = rule({
  name: "iota-of-one-dimension",
  match: ["iota"],
  rewrite: ({ shape: { dtype, dims }, dimension }, cx) => {
    if (dims[dimension] === 1) return cx.fill(0, dtype, dims);
    return dims.length > 1 ? cx.broadcast(cx.iota(dtype, [dims[dimension]], 0), dims, [dimension]) : undefined;
  },
});

export const constantRules = [empty, splat, fold, reshapedConstant, iotaOfOneDimension];
