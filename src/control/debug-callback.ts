/** Host functions called from inside programs, for looking at values. */
import type { hostArray } from "../../xla-like/index.js";
import { fromHost } from "../core/device-tensor.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { index as indexAt } from "./index-at.js";

type Callback = (...values: Tensor[]) => void;

export const debugCallbackP: DefinedMultiPrimitive<{ readonly callback: Callback }> = defineMultiPrimitive({
  name: "debug_callback",
  doc: "Calls a function of the host with the operands' values.",
  params: { callback: param.identity<Callback>((f) => f.name || "callback") },
  abstractEval: () => Either.right({ avals: [], effects: new Set(["debug"]) }),
  jvp: (primals, _tangents, params) => {
    bind(debugCallbackP, primals, params);
    return { outs: [], tangents: [] };
  },
  transpose: (_cts, args) => args.map(() => null),
  // Once for each element of the batch, in order.
  batching: (args, dims, params, { size }) => {
    for (const i of range(size))
      bind(
        debugCallbackP,
        args.map((x, j) => indexAt(x, dims[j], i)),
        params,
      );
    return { outs: [], dims: [] };
  },
  partialEval: "whole",
  dce: "whole",
  lower(cx, args, { callback }) {
    const { avals } = cx;
    const call = (...data: ReturnType<typeof hostArray>[]) => {
      callback(...data.map((d, i) => fromHost(d.slice(), avals[i].shape, avals[i].dtype)));
      return [];
    };
    return cx.b.customCall("callback", args, [], { hasSideEffect: true, callback: call });
  },
  samples: [],
});
