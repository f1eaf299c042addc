/** checkpoint: a program that the backward pass runs again. */
import { type ClosedJaxpr, type Eqn, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive, type PartialEvalContext } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { type Batched, batchJaxpr } from "../interpreters/batching.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { stage } from "../interpreters/staging.js";
import { backwardPass } from "../interpreters/transposition.js";
import { isZero } from "../interpreters/zeros.js";
import { Either } from "../prelude/fp.js";
import { merge } from "../prelude/numbers.js";
import { type CheckpointPolicy, nothingSaveable } from "./checkpoint-policies.js";
import { splitCheckpoint } from "./checkpoint-split.js";

export interface CheckpointParams {
  readonly jaxpr: ClosedJaxpr;
  /** Whether it stands in a backward pass, where its work is done a second time. */
  readonly differentiated: boolean;
  readonly policy?: CheckpointPolicy | undefined;
  readonly preventCse: boolean;
}

export const checkpointP = defineMultiPrimitive({
  name: "remat2",
  doc: "Calls a program whose values the backward pass computes again instead of keeping them.",
  params: {
    differentiated: param.bool,
    jaxpr: param.jaxpr,
    policy: param.optional(param.identity<CheckpointPolicy>((f) => f.name)),
    preventCse: param.bool,
  },
  abstractEval: (_, { jaxpr }) => Either.right({ avals: jaxpr.outAvals, effects: jaxpr.effects }),
  jvp(primals, tangents, p): { outs: readonly Tensor[]; tangents: readonly (Tensor | Zero)[] } {
    const { jaxpr, nonzeroOut } = jvpJaxpr(
      p.jaxpr,
      tangents.map((t) => !isZero(t)),
    );
    const dots = tangents.filter((t): t is Tensor => t instanceof Tensor);
    const results = checkpointP.bind([...primals, ...dots], { ...p, jaxpr });
    const outs = results.slice(0, nonzeroOut.length);
    const outDots = results.slice(nonzeroOut.length);
    return {
      outs,
      tangents: outs.map((x, i) => (nonzeroOut[i] ? (outDots.shift() as Tensor) : new Zero(x.aval.tangent()))),
    };
  },
  batching(args, dims, p, axis): Batched {
    const { jaxpr, dims: outDims } = batchJaxpr(p.jaxpr, axis, dims);
    return { outs: checkpointP.bind(args, { ...p, jaxpr }), dims: outDims };
  },
  partialEval: (cx, args, p): readonly Tensor[] => partialEvalCheckpoint(cx, args, p),
  transpose(cts, args, p): readonly (Tensor | Zero | null)[] {
    const linear = args.map((x) => x instanceof LinearOperand);
    const { jaxpr, nonzeroOut } = transposed(
      p.jaxpr,
      linear,
      cts.map((ct) => !isZero(ct)),
    );
    const tensors = (xs: readonly unknown[]): Tensor[] => xs.filter((x): x is Tensor => x instanceof Tensor);
    const results = [...checkpointP.bind([...tensors(args), ...tensors(cts)], { ...p, jaxpr })];
    let k = 0;
    return args.map((x) => {
      if (!(x instanceof LinearOperand)) return null;
      return nonzeroOut[k++] ? (results.shift() as Tensor) : new Zero(x.aval.tangent());
    });
  },
  dce(used, eqn): Eqn {
    const p = eqn.params as unknown as CheckpointParams;
    const { jaxpr, usedIn } = trimJaxpr(p.jaxpr, used);
    if (jaxpr === p.jaxpr) return eqn;
    return {
      ...eqn,
      params: { ...p, jaxpr },
      inputs: eqn.inputs.filter((_, i) => usedIn[i]),
      outputs: eqn.outputs.filter((_, i) => used[i]),
    };
  },
  lower({ b, inline }, args, p) {
    // Without a barrier a compiler would find that the work was done before, and keep its results after all.
    const held = p.differentiated && p.preventCse ? args.map((x) => b.optimizationBarrier(x)) : args;
    return inline(b, p.jaxpr, held);
  },
  samples: [],
});

function partialEvalCheckpoint(
  cx: PartialEvalContext,
  args: readonly Tensor[],
  p: CheckpointParams,
): readonly Tensor[] {
  const unknownIn = args.map((x) => cx.isUnknown(x));
  const split = splitCheckpoint(p.jaxpr, unknownIn, p.policy ?? nothingSaveable);
  const outs = evalClosed(
    split.known,
    args.filter((_, i) => !unknownIn[i]),
  );
  const kept = outs.splice(split.unknownOut.filter((u) => !u).length);
  if (!split.unknownOut.includes(true)) return outs;
  const operands = [...kept, ...args.filter((_, i) => split.usedIn[i])];
  const staged = cx.stage(checkpointP, operands, { ...p, jaxpr: split.again, differentiated: true });
  return merge(split.unknownOut, outs, staged);
}

const transposedPrograms = new JaxprCache<{ jaxpr: ClosedJaxpr; nonzeroOut: readonly boolean[] }>();

/** Computes again what is not linear, then goes backwards through what is. */
const transposed = (closed: ClosedJaxpr, linear: readonly boolean[], nonzeroCts: readonly boolean[]) =>
  transposedPrograms.get(closed, `${linear}|${nonzeroCts}`, () => {
    const { inAvals, outAvals } = closed;
    const { known, unknown, unknownOut, forwarded } = partialEvalJaxpr(
      closed,
      linear,
      outAvals.map((_, i) => nonzeroCts[i]),
    );
    const linearAvals = inAvals.filter((_, i) => linear[i]);
    const inputs = inAvals.filter((_, i) => !linear[i]);
    let nonzeroOut: readonly boolean[] = [];
    const jaxpr = stage(
      (...given) => {
        const values = given.slice(0, inputs.length);
        const cts = given.slice(inputs.length);
        const computed = evalClosed(known, values).slice(unknownOut.filter((u) => !u).length);
        const residuals = forwarded.map((f) => (f === null ? (computed.shift() as Tensor) : values[f]));
        const operands = [...residuals, ...linearAvals.map((a) => new LinearOperand(a))];
        const all = outAvals.map((a, i) => (nonzeroCts[i] ? (cts.shift() as Tensor) : new Zero(a.tangent())));
        const wanted = all.filter((_, i) => unknownOut[i]);
        const found = backwardPass(unknown.jaxpr, unknown.consts, operands, wanted).slice(residuals.length);
        nonzeroOut = found.map((ct) => ct instanceof Tensor);
        return found.filter((ct): ct is Tensor => ct instanceof Tensor);
      },
      [...inputs, ...outAvals.filter((_, i) => nonzeroCts[i]).map((a) => a.tangent())],
      "transposition of a checkpointed function",
    );
    return { jaxpr, nonzeroOut };
  });
