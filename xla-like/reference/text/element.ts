/**
 * One element of an array as text. As a scalar it is a number (floats, integers up to 32 bits, bool as 0 or 1),
 * a bigint (64-bit integers) or a Complex.
 */
import { type DType, type HostArray, isComplex } from "../../hlo/dtype.js";
import { type Complex, complex } from "../functions/complex-number.js";
import { decodeTable, encodeFloat } from "../half.js";
import type { Bindings } from "./source.js";

export type Scalar = number | bigint | Complex;

const roundComplex64 = (z: Complex): Complex => complex(Math.fround(z.re), Math.fround(z.im));

export const loadText = (d: DType, array: string, index: string, b: Bindings): string => {
  if (d === "float16" || d === "bfloat16") return `${b.shared(`decode_${d}`, decodeTable(d))}[${array}[${index}]]`;
  if (isComplex(d)) return `${b.shared("complex", complex)}(${array}[2*(${index})], ${array}[2*(${index})+1])`;
  return `${array}[${index}]`;
};

/** A statement that stores a scalar, rounding or wrapping it to the type. */
export const storeText = (d: DType, array: string, index: string, value: string, b: Bindings): string => {
  if (d === "float16" || d === "bfloat16") {
    return `${array}[${index}] = ${b.shared(`encode_${d}`, encodeFloat(d))}(${value});`;
  }
  if (isComplex(d)) {
    const z = b.fresh("z");
    return `const ${z} = ${value}; ${array}[2*(${index})] = ${z}.re; ${array}[2*(${index})+1] = ${z}.im;`;
  }
  return `${array}[${index}] = ${value};`;
};

/** The value after rounding or wrapping to the type: what storing and loading would give. */
export const roundText = (d: DType, value: string, b: Bindings): string => {
  switch (d) {
    case "bool":
    case "float0":
    case "float64":
    case "complex128":
      return value;
    case "int8":
      return `((${value})<<24>>24)`;
    case "int16":
      return `((${value})<<16>>16)`;
    case "int32":
      return `((${value})|0)`;
    case "int64":
      return `BigInt.asIntN(64, ${value})`;
    case "uint8":
      return `((${value})&255)`;
    case "uint16":
      return `((${value})&65535)`;
    case "uint32":
      return `((${value})>>>0)`;
    case "uint64":
      return `BigInt.asUintN(64, ${value})`;
    case "float32":
      return `Math.fround(${value})`;
    case "float16":
    case "bfloat16":
      return `${b.shared(`decode_${d}`, decodeTable(d))}[${b.shared(`encode_${d}`, encodeFloat(d))}(${value})]`;
    case "complex64":
      return `${b.shared("roundComplex64", roundComplex64)}(${value})`;
  }
};

const numberText = (x: number): string => (Object.is(x, -0) ? "(-0)" : x < 0 ? `(${x})` : String(x));

/** A literal for element `index` of `data`. */
export const literalText = (d: DType, data: HostArray, index: number, b: Bindings): string => {
  if (isComplex(d)) {
    const parts = [Number(data[2 * index]), Number(data[2 * index + 1])];
    return `${b.shared("complex", complex)}(${parts.map(numberText).join(", ")})`;
  }
  const x = data[index];
  if (typeof x === "bigint") return x < 0n ? `(${x}n)` : `${x}n`;
  return numberText(d === "float16" || d === "bfloat16" ? decodeTable(d)[x] : x);
};
