/** The linear map of a function with its own vjp rule: known by its transpose alone. */
import type { ShapedArray } from "../core/aval.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import type { CustomVjpCall } from "../core/trace.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { identityOf } from "../prelude/value-key.js";
import { instantiate } from "./zeros.js";

const noForward = (name: string): TransformError =>
  new TransformError(
    "CT327",
    `jvp: '${name}' has a rule for reverse mode only (customVjp), so it cannot be differentiated forwards. ` +
      "Give it a jvp rule with customJvp instead; reverse mode follows from that.",
  );

const avalsParam = {
  show: (avals: readonly ShapedArray[]) => `[${avals.join(", ")}]`,
  key: (avals: readonly ShapedArray[]) => avals.map((a) => a.key).join(),
};

export const customLinP = defineMultiPrimitive({
  name: "custom_lin",
  doc: "The tangents of a custom-vjp call: residuals, then tangents in; tangents out.",
  params: {
    name: param.string,
    numRes: param.int,
    inAvals: avalsParam,
    outAvals: avalsParam,
    bwd: { show: (f: CustomVjpCall["bwd"]) => f.name, key: (f: CustomVjpCall["bwd"]) => String(identityOf(f)) },
  },
  abstractEval: (_, { outAvals }) => Either.right({ avals: outAvals.filter((a) => a.dtype !== "float0") }),
  jvp: (_primals, _tangents, { name }) => {
    throw noForward(name);
  },
  transpose(cts, args, { numRes, bwd, inAvals, outAvals }) {
    const res = args.slice(0, numRes) as Tensor[];
    let k = 0;
    // Results of integer type have no cotangent to give; the rule gets zeros that hold no data for them.
    const all = outAvals.map((a) => instantiate(a.dtype === "float0" ? new Zero(a) : cts[k++]));
    const grads: readonly (Tensor | Zero)[] = bwd(res, all);
    const wanted = grads.filter((_, i) => inAvals[i].dtype !== "float0");
    return [...res.map(() => null), ...wanted];
  },
  batching: (_args, _dims, { name }) => {
    throw noForward(name);
  },
  partialEval: "whole",
  dce: "whole",
  lower(_cx, _args, { name }) {
    throw noForward(name);
  },
  samples: [],
});
