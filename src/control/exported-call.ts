/** The call of a program that came as HLO: of a function that was exported, and whose source is elsewhere. */
import type { HloModule } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { moveToFront } from "../primitives/shape.js";
import { map } from "./map.js";

/** A program and the types it was made for; the module's parameters and results are these. */
export interface HloProgram {
  readonly name: string;
  readonly module: HloModule;
  readonly inAvals: readonly ShapedArray[];
  readonly outAvals: readonly ShapedArray[];
}

export const exportedCallP: DefinedMultiPrimitive<{ readonly program: HloProgram }> = defineMultiPrimitive({
  name: "exported_call",
  doc: "Calls a program that came as HLO.",
  params: { program: param.identity<HloProgram>((p) => p.name) },
  abstractEval(avals, { program: { name, inAvals, outAvals } }) {
    if (avals.length === inAvals.length && avals.every((a, i) => a.matches(inAvals[i])))
      return Either.right({ avals: outAvals });
    return Either.left(
      new TransformError(
        "CT330",
        `exported_call: ${name} takes [${inAvals.join(", ")}], but it was given [${avals.join(", ")}].`,
      ),
    );
  },
  jvp(_primals, _tangents, { program: { name } }) {
    throw new TransformError(
      "CT334",
      `${name} is differentiated more often than it was exported for. Save it with a higher vjpOrder; ` +
        "there is no forward mode through an exported function.",
    );
  },
  transpose: "none",
  // One after the other: the program is for single examples.
  batching(args, dims, { program }) {
    const mapped = args.flatMap((x, i) => (dims[i] === null ? [] : [moveToFront(x, dims[i])]));
    const one = (xs: readonly Tensor[]): readonly Tensor[] => {
      const given = [...xs];
      return exportedCallP.bind(
        args.map((x, i) => (dims[i] === null ? x : (given.shift() as Tensor))),
        { program },
      );
    };
    const outs = map(one, mapped) as readonly Tensor[];
    return { outs, dims: outs.map(() => 0) };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, args, { program }) => b.call(b.adopt(program.module.entry), args),
  samples: [],
});
