/** What the suites run over: functions with operands to call them on. */
import type { ShapedArray } from "../../src/core/aval.js";
import { type DType, isComplex, isFloat } from "../../src/core/dtype.js";
import type { Domain } from "../../src/core/primitive.js";
import type { Tensor } from "../../src/core/tensor.js";
import type { Mode } from "../gradient-check.js";

/** A function of tensors with the types and domains of its operands. */
export interface Case {
  /** The primitive's name: tests are named by it. */
  readonly name: string;
  /** Operand types and parameters, for messages. */
  readonly title: string;
  readonly f: (...xs: Tensor[]) => readonly Tensor[];
  readonly avals: readonly ShapedArray[];
  readonly domains: readonly (Domain | undefined)[];
  /** Why derivatives are not checked, where they are not. */
  readonly skipGradients?: string | undefined;
  /** The modes it can be differentiated in; both if left out. */
  readonly modes?: readonly Mode[] | undefined;
  /** The same in double precision. */
  widen(): Case;
}

export const widenedDtype = (dtype: DType): DType =>
  isComplex(dtype) ? "complex128" : isFloat(dtype) ? "float64" : dtype;

export const widenedAval = (a: ShapedArray): ShapedArray => a.withDtype(widenedDtype(a.dtype));

interface ProgramOptions {
  readonly domains?: readonly (Domain | undefined)[];
  readonly skipGradients?: string;
  readonly modes?: readonly Mode[];
}

/** A program that calls a primitive, whose name it has, as a case. */
export function program(
  name: string,
  title: string,
  f: (...xs: Tensor[]) => Tensor | readonly Tensor[],
  avals: readonly ShapedArray[],
  options: ProgramOptions = {},
): Case {
  return {
    name,
    title,
    f: (...xs) => {
      const outs = f(...xs);
      return Array.isArray(outs) ? (outs as readonly Tensor[]) : [outs as Tensor];
    },
    avals,
    domains: options.domains ?? [],
    skipGradients: options.skipGradients,
    modes: options.modes,
    widen: () => program(name, title, f, avals.map(widenedAval), options),
  };
}
