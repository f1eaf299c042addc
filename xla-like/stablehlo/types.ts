/** MLIR's types of HLO shapes: `tensor<2x3xf32>`. */
import type { DType } from "../hlo/dtype.js";
import type { ArrayShape, HloShape } from "../hlo/shape.js";

const elements: Readonly<Record<Exclude<DType, "float0">, string>> = {
  bool: "i1",
  int8: "i8",
  int16: "i16",
  int32: "i32",
  int64: "i64",
  uint8: "ui8",
  uint16: "ui16",
  uint32: "ui32",
  uint64: "ui64",
  float16: "f16",
  bfloat16: "bf16",
  float32: "f32",
  float64: "f64",
  complex64: "complex<f32>",
  complex128: "complex<f64>",
};

export const typeText = ({ dtype, dims }: ArrayShape): string => {
  // Part of no program: the verifier's shapes never have it.
  if (dtype === "float0") throw new TypeError("float0 has no type in StableHLO");
  return `tensor<${[...dims, elements[dtype]].join("x")}>`;
};

/** The arrays that a value consists of: itself, or a tuple's elements. */
export const arraysOf = (shape: HloShape): readonly ArrayShape[] => (shape.kind === "array" ? [shape] : shape.elements);

export const typesText = (shapes: readonly ArrayShape[]): string => shapes.map(typeText).join(", ");

/** `tensor<2xf32>`, `(tensor<2xf32>, tensor<i32>)`, `()`. */
export const resultText = (shapes: readonly ArrayShape[]): string =>
  shapes.length === 1 ? typeText(shapes[0]) : `(${typesText(shapes)})`;
