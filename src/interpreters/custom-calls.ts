/** Functions with derivative rules of their own, as equations of a program. */
import type { ShapedArray } from "../core/aval.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import {
  type AnyParams,
  defineMultiPrimitive,
  type LoweringContext,
  type MultiPrimitiveSpec,
} from "../core/primitive.js";
import { Zero } from "../core/tensor.js";
import { type CustomJvpCall, type CustomVjpCall, currentTrace } from "../core/trace.js";
import { Either } from "../prelude/fp.js";
import { evalClosed } from "./eval-jaxpr.js";

/** These are met by `bindWith`; no interpreter sees them as ordinary primitives. */
const byTrace = (what: string) => (): never => {
  throw new Error(`${what} of a custom derivative call is decided by the trace`);
};

const common = <P extends { readonly callJaxpr: ClosedJaxpr }>() =>
  ({
    abstractEval: (_: readonly ShapedArray[], { callJaxpr }: P) =>
      Either.right({ avals: callJaxpr.outAvals, effects: callJaxpr.effects }),
    jvp: byTrace("jvp"),
    transpose: "none",
    batching: byTrace("batching"),
    partialEval: "whole",
    dce: "whole",
    lower: (cx: LoweringContext, args: Parameters<LoweringContext["inline"]>[2], { callJaxpr }: P) =>
      cx.inline(cx.b, callJaxpr, args),
    samples: [],
  }) satisfies Partial<MultiPrimitiveSpec<AnyParams, P>>;

const numConsts = param.unless((n) => n === 0, param.int);

export const customJvpCallP = defineMultiPrimitive({
  name: "custom_jvp_call",
  doc: "Calls a function that has its own jvp rule.",
  params: {
    name: param.string,
    callJaxpr: param.jaxpr,
    jvp: param.identity<CustomJvpCall>((call) => call.jvp.name || "<lambda>"),
    numConsts,
    symbolicZeros: param.fixed("False"),
  },
  ...common<{ callJaxpr: ClosedJaxpr }>(),
  bindWith: (args, { callJaxpr, jvp, numConsts }) =>
    currentTrace().bindCustomJvp(
      {
        name: jvp.name,
        fun: (...xs) => evalClosed(callJaxpr, xs),
        jvp: (primals, tangents) => jvp.jvp(primals.slice(numConsts), tangents.slice(numConsts)),
      },
      args,
    ),
});

export const customVjpCallP = defineMultiPrimitive({
  name: "custom_vjp_call",
  doc: "Calls a function that has its own vjp rule.",
  params: {
    name: param.string,
    callJaxpr: param.jaxpr,
    fwd: param.identity<CustomVjpCall>((call) => call.fwd.name || "<lambda>"),
    bwd: param.identity<CustomVjpCall["bwd"]>((bwd) => bwd.name || "<lambda>"),
    numConsts,
    symbolicZeros: param.fixed("False"),
  },
  ...common<{ callJaxpr: ClosedJaxpr }>(),
  bindWith: (args, { callJaxpr, fwd, numConsts }) =>
    currentTrace().bindCustomVjp(dropConsts(fwd, callJaxpr, numConsts), args),
});

// The constants of the staged call come first; the user's rules do not know of them.
function dropConsts(call: CustomVjpCall, callJaxpr: ClosedJaxpr, n: number): CustomVjpCall {
  return {
    name: call.name,
    fun: (...xs) => evalClosed(callJaxpr, xs),
    fwd: (...xs) => call.fwd(...xs.slice(n)),
    bwd: (res, cts) => [...callJaxpr.inAvals.slice(0, n).map((a) => new Zero(a.tangent())), ...call.bwd(res, cts)],
  };
}
