/** Forward mode: primals and tangents side by side. Derivative rules run in the parent trace. */
import type { ShapedArray } from "../core/aval.js";
import { sameShape } from "../core/aval.js";
import { type ClosedJaxpr, JaxprCache, type Params } from "../core/jaxpr.js";
import { named, type Primitive, type SinglePrimitive } from "../core/primitive.js";
import { Tensor, Zero } from "../core/tensor.js";
import {
  bind,
  type CustomJvpCall,
  type CustomVjpCall,
  currentTrace,
  Trace,
  Tracer,
  withNewTrace,
  withTrace,
} from "../core/trace.js";
import { range } from "../prelude/numbers.js";
import { broadcastInDim, reshape } from "../primitives/shape.js";
import { customLinP } from "./custom-lin.js";
import { evalClosed } from "./eval-jaxpr.js";
import { stage } from "./staging.js";
import { addTangents, instantiate, isZero } from "./zeros.js";

export interface Dual {
  readonly outs: readonly Tensor[];
  readonly tangents: readonly (Tensor | Zero)[];
}

class JvpTracer extends Tracer {
  constructor(
    readonly trace: JvpTrace,
    readonly primal: Tensor,
    readonly tangent: Tensor | Zero,
  ) {
    super();
  }
  get aval(): ShapedArray {
    return this.primal.aval;
  }
  protected override primalForReading(): Tensor {
    return this.primal;
  }
}

class JvpTrace extends Trace {
  declare readonly parent: Trace;

  primal(x: Tensor): Tensor {
    return x instanceof JvpTracer && x.trace === this ? x.primal : x;
  }
  tangent(x: Tensor): Tensor | Zero {
    return x instanceof JvpTracer && x.trace === this ? x.tangent : new Zero(x.aval.tangent());
  }

  wrap({ outs, tangents }: Dual): Tensor[] {
    return outs.map((x, i) => {
      const t = tangents[i];
      return t instanceof Zero ? x : new JvpTracer(this, x, t);
    });
  }

  bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    const primals = new Array<Tensor>(args.length);
    const tangents = new Array<Tensor | Zero>(args.length);
    let allZero = true;
    for (let i = 0; i < args.length; i++) {
      primals[i] = this.primal(args[i]);
      const t = this.tangent(args[i]);
      tangents[i] = t;
      if (!(t instanceof Zero)) allZero = false;
    }
    return withTrace(this.parent, () =>
      allZero ? bind(primitive, primals, params) : this.wrap(jvpRule(primitive, primals, tangents, params)),
    );
  }

  bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[] {
    const primals = args.map((x) => this.primal(x));
    const tangents = args.map((x) => this.tangent(x));
    return withTrace(this.parent, () =>
      tangents.every(isZero)
        ? currentTrace().bindCustomJvp(call, primals)
        : this.wrap(call.jvp(primals, tangents.map(instantiateInexact))),
    );
  }

  bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[] {
    const primals = args.map((x) => this.primal(x));
    const tangents = args.map((x) => this.tangent(x));
    return withTrace(this.parent, () => {
      if (tangents.every(isZero)) return currentTrace().bindCustomVjp(call, primals);
      const { res, outs } = call.fwd(...primals);
      const outAvals = outs.map((x) => x.aval.tangent());
      const ts = customLinP.bind(
        [...res, ...(tangents.map(instantiateInexact).filter((t) => !isZero(t)) as Tensor[])],
        {
          name: call.name,
          numRes: res.length,
          inAvals: args.map((x) => x.aval.tangent()),
          outAvals,
          bwd: call.bwd,
        },
      );
      let k = 0;
      return this.wrap({ outs, tangents: outAvals.map((a) => (a.dtype === "float0" ? new Zero(a) : ts[k++])) });
    });
  }
}

const instantiateInexact = (t: Tensor | Zero): Tensor | Zero =>
  t instanceof Zero && t.aval.dtype === "float0" ? t : instantiate(t);

/** The results of a primitive and their tangents, given that not all tangents are symbolic zeros. */
export function jvpRule(
  primitive: Primitive,
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  params: Params,
): Dual {
  if (primitive.kind === "single") return singleJvp(primitive, primals, tangents, params);
  if (primitive.jvp === "discrete") {
    const outs = bind(primitive, primals, params);
    return { outs, tangents: outs.map((x) => new Zero(x.aval.tangent())) };
  }
  return primitive.jvp(primals, tangents, params);
}

function singleJvp(
  primitive: SinglePrimitive,
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  params: Params,
): Dual {
  const out = bind(primitive, primals, params)[0];
  return { outs: [out], tangents: [singleTangent(primitive, primals, tangents, params, out)] };
}

function singleTangent(
  primitive: SinglePrimitive,
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  params: Params,
  out: Tensor,
): Tensor | Zero {
  const { diff, operands } = primitive;
  const zero = new Zero(out.aval.tangent());
  if (diff.kind === "discrete" || zero.aval.dtype === "float0") return zero;
  const x = named(primitive, primals);
  const fitted = (t: Tensor): Tensor => (primitive.batching === "elementwise" ? repeatTo(t, out.shape) : t);
  // All contributions first, then their sum: the order of JAX's equations.
  const sum = (term: (k: string, t: Tensor, i: number) => Tensor | Zero): Tensor | Zero => {
    const contributions: Tensor[] = [];
    for (let i = 0; i < operands.length; i++) {
      const t = tangents[i];
      const contribution = t instanceof Zero ? zero : term(operands[i], t, i);
      if (!(contribution instanceof Zero)) contributions.push(fitted(contribution));
    }
    let total: Tensor | Zero = zero;
    for (let i = 0; i < contributions.length; i++) total = addTangents(total, contributions[i]);
    return total;
  };
  switch (diff.kind) {
    case "smooth":
      return sum((k, t) => {
        const rule = diff.jvp[k];
        return rule === "zero" ? zero : rule(t, x, params, out);
      });
    case "bilinear":
      return sum(
        (_, t, i) =>
          bind(
            primitive,
            primals.map((p, j) => (j === i ? t : p)),
            params,
          )[0],
      );
    case "linear": {
      const { jvp } = diff;
      if (jvp && tangents.some(isZero)) return sum((k, t) => jvp[k]?.(t, x, params, out) ?? zero);
      const linear = operands.map((k) => diff.transpose[k] !== "none");
      if (tangents.every((t, i) => !linear[i] || t instanceof Zero)) return zero;
      return bind(
        primitive,
        primals.map((p, i) => (linear[i] ? instantiate(tangents[i]) : p)),
        params,
      )[0];
    }
  }
}

/** x repeated to `shape`: x is a scalar, or has size 1 in the dimensions that grow. */
function repeatTo(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const kept = range(x.ndim).filter((d) => x.shape[d] === shape[d]);
  const narrow = reshape(
    x,
    kept.map((d) => shape[d]),
  );
  return broadcastInDim(narrow, shape, kept);
}

/** Runs `f` on duals; a tangent that is a symbolic zero costs nothing. */
export function jvpFlat(
  f: (...args: Tensor[]) => readonly Tensor[],
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  description: string,
): Dual {
  const trace = new JvpTrace(description, currentTrace());
  const args = trace.wrap({ outs: primals, tangents });
  return withNewTrace(trace, () => {
    const results = f(...args);
    return { outs: results.map((x) => trace.primal(x)), tangents: results.map((x) => trace.tangent(x)) };
  });
}

const jvpJaxprs = new JaxprCache<{ jaxpr: ClosedJaxpr; nonzeroOut: boolean[] }>();

/**
 * The jvp of a program: takes its inputs, then the tangents of those marked nonzero; gives its results, then the
 * tangents of those that are nonzero. With `instantiateOut`, those marked there are given even if zero.
 */
export function jvpJaxpr(
  closed: ClosedJaxpr,
  nonzero: readonly boolean[],
  instantiateOut: readonly boolean[] = closed.outAvals.map(() => false),
): { jaxpr: ClosedJaxpr; nonzeroOut: boolean[] } {
  return jvpJaxprs.get(closed, `${nonzero}|${instantiateOut}`, () => {
    const n = closed.inAvals.length;
    const tangentAvals = closed.inAvals.filter((_, i) => nonzero[i]).map((a) => a.tangent());
    let nonzeroOut: boolean[] = [];
    const jaxpr = stage(
      (...args) => {
        const primals = args.slice(0, n);
        const given = args.slice(n);
        const tangents = primals.map((p, i) => (nonzero[i] ? (given.shift() as Tensor) : new Zero(p.aval.tangent())));
        const dual = jvpFlat((...xs) => evalClosed(closed, xs), primals, tangents, "jvp of a program");
        const outs = dual.tangents.map((t, i) => (instantiateOut[i] ? instantiate(t) : t));
        nonzeroOut = outs.map((t) => !isZero(t));
        return [...dual.outs, ...outs.filter((t): t is Tensor => t instanceof Tensor)];
      },
      [...closed.inAvals, ...tangentAvals],
      "jvp of a program",
    );
    return { jaxpr, nonzeroOut };
  });
}
