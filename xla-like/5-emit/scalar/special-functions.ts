/** Special functions, which compute in float64 whatever the type: their series lose digits. */
import type { BinaryOpcode, UnaryOpcode } from "../../hlo/instruction.js";
import { besselI0e, besselI1e } from "./bessel.js";
import { narrow, widen } from "./double-word.js";
import { type FloatOps, float64Format } from "./float-ops.js";
import { digamma, lgamma, polygamma } from "./gamma.js";
import { betainc } from "./incomplete-beta.js";
import { igamma, igammac, randomGammaGrad } from "./incomplete-gamma.js";
import type { IrValue } from "./ir.js";
import { zeta } from "./zeta.js";

type Emit = (f: FloatOps, ...args: readonly IrValue[]) => IrValue;

const functions: Partial<Record<UnaryOpcode | BinaryOpcode, Emit>> = {
  "bessel-i0e": (f, x) => besselI0e(f, x),
  "bessel-i1e": (f, x) => besselI1e(f, x),
  digamma: (f, x) => digamma(f, x),
  igamma: (f, a, x) => igamma(f, a, x),
  igammac: (f, a, x) => igammac(f, a, x),
  lgamma: (f, x) => lgamma(f, x),
  polygamma: (f, n, x) => polygamma(f, n, x),
  "random-gamma-grad": (f, a, x) => randomGammaGrad(f, a, x),
  "regularized-incomplete-beta-b": (f, a, b, x) => betainc(f, a, b, x),
  zeta: (f, s, q) => zeta(f, s, q),
};

/** The function of arguments in either format, or nothing if there is no such function. */
export function specialFunction(
  f: FloatOps,
  opcode: UnaryOpcode | BinaryOpcode,
  args: readonly IrValue[],
): IrValue | undefined {
  const emit = functions[opcode];
  if (emit === undefined) return undefined;
  if (f.format.bits === 64) return emit(f, ...args);
  return narrow(f, emit(f.as(float64Format), ...args.map((x) => widen(f, x))));
}
