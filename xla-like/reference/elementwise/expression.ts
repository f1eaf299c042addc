/** One elementwise instruction applied to scalars, as text. */
import { type DType, dtypes, hostArray } from "../../hlo/dtype.js";
import {
  type BinaryOpcode,
  binaryOpcodes,
  type HloInstruction,
  type Instr,
  type UnaryOpcode,
  unaryOpcodes,
} from "../../hlo/instruction.js";
import type { ArrayShape } from "../../hlo/shape.js";
import { betainc } from "../functions/incomplete-beta.js";
import { reducePrecision } from "../functions/real.js";
import { viewAs } from "../host.js";
import { loadText, type Scalar, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { binaryText, compareText } from "./binary.js";
import { convertText } from "./convert.js";
import { unaryText } from "./unary.js";

export type ElementwiseOpcode =
  | UnaryOpcode
  | BinaryOpcode
  | "compare"
  | "select"
  | "clamp"
  | "convert"
  | "bitcast-convert"
  | "reduce-precision";
export type Elementwise = Instr<ElementwiseOpcode>;

const unarySet: ReadonlySet<string> = new Set(unaryOpcodes);
const binarySet: ReadonlySet<string> = new Set(binaryOpcodes);
const otherSet: ReadonlySet<string> = new Set([
  "compare",
  "select",
  "clamp",
  "convert",
  "bitcast-convert",
  "reduce-precision",
]);

export const isUnary = (i: HloInstruction): i is Instr<UnaryOpcode> => unarySet.has(i.opcode);
export const isBinary = (i: HloInstruction): i is Instr<BinaryOpcode> => binarySet.has(i.opcode);
export const isElementwise = (i: HloInstruction): i is Elementwise =>
  isUnary(i) || isBinary(i) || otherSet.has(i.opcode);

/** The element type of an operand, which must be an array. */
export const operandShape = (i: HloInstruction, k: number): ArrayShape => {
  const { shape } = i.operands[k];
  if (shape.kind !== "array") throw new TypeError(`operand ${k} of %${i.opcode}.${i.id} is a tuple`);
  return shape;
};

/** Reads the bits of a scalar as another type of the same width. */
const bitcastText = (from: DType, to: DType, x: string, b: Bindings): string => {
  if (dtypes[from].bytes !== dtypes[to].bytes) {
    throw new TypeError(`a scalar ${from} cannot be read as ${to}: their widths differ`);
  }
  const source = hostArray(from, 1);
  const target = viewAs(source, to);
  const inner = new Bindings();
  const store = storeText(from, inner.own(source), "0", "x", inner);
  const load = loadText(to, inner.own(target), "0", inner);
  const read = functionFromText<(x: Scalar) => Scalar>("x", `${store} return ${load};`, inner);
  return `${b.shared(`bitcast_${from}_${to}`, read)}(${x})`;
};

/** The instruction applied to the scalars named `xs`, neither rounded nor wrapped to its type yet. */
export const elementText = (i: Elementwise, xs: readonly string[], b: Bindings): string => {
  const d = operandShape(i, 0).dtype;
  if (isUnary(i)) return unaryText(i.opcode, d, xs[0], b);
  if (isBinary(i)) {
    if (i.opcode !== "regularized-incomplete-beta-b") return binaryText(i.opcode, d, xs[0], xs[1], b);
    if (xs.length !== 3) throw new TypeError(`${i.opcode} takes the operands a, b, x, but has ${xs.length}`);
    return `${b.shared("betainc", betainc)}(${xs.join(", ")})`;
  }
  switch (i.opcode) {
    case "compare":
      return compareText(i.direction, i.totalOrder, d, xs[0], xs[1], b);
    case "select":
      return `(${xs[0]} ? ${xs[1]} : ${xs[2]})`;
    case "clamp":
      return binaryText("minimum", d, binaryText("maximum", d, xs[0], xs[1], b), xs[2], b);
    case "convert":
      return convertText(d, i.shape.dtype, xs[0], b);
    case "bitcast-convert":
      return bitcastText(d, i.shape.dtype, xs[0], b);
    case "reduce-precision": {
      const { exponentBits: e, mantissaBits: m } = i;
      return `${b.shared(`reducePrecision_${e}_${m}`, reducePrecision(e, m))}(${xs[0]})`;
    }
  }
};
