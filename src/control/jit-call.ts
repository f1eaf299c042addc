/** The call of a compiled function, as an equation that every transform looks into. */
import type { ClosedJaxpr, Params } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { batchJaxpr } from "../interpreters/batching.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { transposeJaxpr } from "../interpreters/transposition.js";
import { isZero } from "../interpreters/zeros.js";
import { Either } from "../prelude/fp.js";

/** Calls a program as one compiled function, in the current trace. */
const call = (args: readonly Tensor[], params: { name: string; jaxpr: ClosedJaxpr }): readonly Tensor[] =>
  jitP.bind(args, params);

export const jitP: DefinedMultiPrimitive<{ name: string; jaxpr: ClosedJaxpr }> = defineMultiPrimitive({
  name: "jit",
  doc: "Calls a traced function that is compiled as a whole.",
  params: { name: param.string, jaxpr: param.jaxpr },
  abstractEval: (_, { jaxpr }) => Either.right({ avals: jaxpr.outAvals, effects: jaxpr.effects }),
  jvp(primals, tangents, { name, jaxpr }) {
    const nonzero = tangents.map((t) => !isZero(t));
    const { jaxpr: dual, nonzeroOut } = jvpJaxpr(jaxpr, nonzero);
    const given = tangents.filter((t): t is Tensor => t instanceof Tensor);
    const results = call([...primals, ...given], { name, jaxpr: dual });
    const outs = results.slice(0, nonzeroOut.length);
    let k = nonzeroOut.length;
    return { outs, tangents: outs.map((x, i) => (nonzeroOut[i] ? results[k++] : new Zero(x.aval.tangent()))) };
  },
  batching(args, dims, { name, jaxpr }, axis) {
    const batched = batchJaxpr(jaxpr, axis, dims);
    return { outs: call(args, { name, jaxpr: batched.jaxpr }), dims: batched.dims };
  },
  partialEval(cx, args, { name, jaxpr }) {
    const unknownIn = args.map((x) => cx.isUnknown(x));
    const { known, unknown, unknownOut, forwarded } = partialEvalJaxpr(jaxpr, unknownIn);
    const knownArgs = args.filter((_, i) => !unknownIn[i]);
    const computed = [...cx.known(jitP, knownArgs, { name, jaxpr: known })];
    const knownOuts = computed.splice(0, unknownOut.filter((u) => !u).length);
    const residuals = forwarded.map((i) => (i === null ? (computed.shift() as Tensor) : knownArgs[i]));
    const unknownArgs = args.filter((_, i) => unknownIn[i]);
    const unknownOuts = unknownOut.includes(true)
      ? [...cx.stage(jitP, [...residuals, ...unknownArgs], { name, jaxpr: unknown })]
      : [];
    return unknownOut.map((u) => (u ? unknownOuts.shift() : knownOuts.shift()) as Tensor);
  },
  transpose(cts, args, { name, jaxpr }) {
    const linear = args.map((x) => x instanceof LinearOperand);
    const { jaxpr: transposed, nonzeroOut } = transposeJaxpr(
      jaxpr,
      linear,
      cts.map((ct) => !isZero(ct)),
    );
    const known = args.filter((x): x is Tensor => x instanceof Tensor);
    const given = cts.filter((ct): ct is Tensor => ct instanceof Tensor);
    const results = [...call([...known, ...given], { name, jaxpr: transposed })];
    const nonzero = [...nonzeroOut];
    return args.map((x) => {
      if (!(x instanceof LinearOperand)) return null;
      return nonzero.shift() ? (results.shift() as Tensor) : new Zero(x.aval.tangent());
    });
  },
  dce(used, eqn) {
    const { name, jaxpr: closed } = eqn.params as Params & { name: string; jaxpr: ClosedJaxpr };
    const { jaxpr, usedIn } = trimJaxpr(closed, used);
    if (jaxpr === closed) return eqn;
    return {
      ...eqn,
      inputs: eqn.inputs.filter((_, i) => usedIn[i]),
      outputs: eqn.outputs.filter((_, i) => used[i]),
      params: { name, jaxpr },
    };
  },
  lower: (cx, args, { jaxpr }) => cx.inline(cx.b, jaxpr, args),
  samples: [],
});
