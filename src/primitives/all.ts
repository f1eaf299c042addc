/** Every primitive, by file: what the property suites run over. */
import type { Primitive } from "../core/primitive.js";
import * as argReductions from "./arg-reductions.js";
import * as arithmetic from "./arithmetic.js";
import * as bitwise from "./bitwise.js";
import * as comparison from "./comparison.js";
import * as complex from "./complex.js";
import * as concatenate from "./concatenate.js";
import * as convert from "./convert.js";
import * as convolution from "./convolution.js";
import * as cumulative from "./cumulative.js";
import * as dot from "./dot.js";
import * as exponential from "./exponential.js";
import * as fft from "./fft.js";
import * as gather from "./gather.js";
import * as iota from "./iota.js";
import * as linalg from "./linalg.js";
import * as padding from "./padding.js";
import * as powers from "./powers.js";
import * as randomBits from "./random-bits.js";
import * as reductions from "./reductions.js";
import * as rev from "./rev.js";
import * as rounding from "./rounding.js";
import * as scatter from "./scatter.js";
import * as select from "./select.js";
import * as shape from "./shape.js";
import * as slicing from "./slicing.js";
import * as sort from "./sort.js";
import * as special from "./special.js";
import * as trigonometric from "./trigonometric.js";
import * as window from "./window.js";

const families: readonly Readonly<Record<string, unknown>>[] = [
  argReductions,
  arithmetic,
  bitwise,
  comparison,
  complex,
  concatenate,
  convert,
  convolution,
  cumulative,
  dot,
  exponential,
  fft,
  gather,
  iota,
  linalg,
  padding,
  powers,
  randomBits,
  reductions,
  rev,
  rounding,
  scatter,
  select,
  shape,
  slicing,
  sort,
  special,
  trigonometric,
  window,
];

const isPrimitive = (x: unknown): x is Primitive =>
  typeof x === "object" && x !== null && "samples" in x && "abstractEval" in x;

export const allPrimitives: readonly Primitive[] = families.flatMap((family) =>
  Object.values(family).filter(isPrimitive),
);
