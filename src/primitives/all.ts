/** Every primitive, by file: what the property suites run over. */
import type { Primitive } from "../core/primitive.js";
import * as arithmetic from "./arithmetic.js";
import * as bitwise from "./bitwise.js";
import * as comparison from "./comparison.js";
import * as complex from "./complex.js";
import * as convert from "./convert.js";
import * as exponential from "./exponential.js";
import * as powers from "./powers.js";
import * as rounding from "./rounding.js";
import * as select from "./select.js";
import * as shape from "./shape.js";
import * as special from "./special.js";
import * as trigonometric from "./trigonometric.js";

const families: readonly Readonly<Record<string, unknown>>[] = [
  arithmetic,
  bitwise,
  comparison,
  complex,
  convert,
  exponential,
  powers,
  rounding,
  select,
  shape,
  special,
  trigonometric,
];

const isPrimitive = (x: unknown): x is Primitive =>
  typeof x === "object" && x !== null && "samples" in x && "abstractEval" in x;

export const allPrimitives: readonly Primitive[] = families.flatMap((family) =>
  Object.values(family).filter(isPrimitive),
);
