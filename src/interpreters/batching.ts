/** Batching: tensors with an extra dimension each operation is mapped over. */
import { type ShapedArray, sameShape } from "../core/aval.js";
import { ClosedJaxpr, JaxprCache, type Params } from "../core/jaxpr.js";
import { type AxisData, named, type Primitive } from "../core/primitive.js";
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
import { reduceSum } from "../primitives/reductions.js";
import { broadcastInDim, moveAxis } from "../primitives/shape.js";
import { evalClosed } from "./eval-jaxpr.js";
import { stage } from "./staging.js";
import { instantiate } from "./zeros.js";

/** Where a value's batch dimension is; null where it has none. */
export type Dim = number | null;
export interface Batched {
  readonly outs: readonly Tensor[];
  readonly dims: readonly Dim[];
}

class BatchTracer extends Tracer {
  readonly aval: ShapedArray;
  constructor(
    readonly trace: BatchTrace,
    readonly value: Tensor,
    readonly dim: number,
  ) {
    super();
    this.aval = value.aval.without(dim);
  }
}

export class BatchTrace extends Trace {
  declare readonly parent: Trace;
  constructor(
    description: string,
    parent: Trace,
    readonly axis: AxisData,
  ) {
    super(description, parent);
  }

  override axes(): readonly AxisData[] {
    return this.axis.name === null ? super.axes() : [...super.axes(), this.axis];
  }

  value = (x: Tensor): Tensor => (x instanceof BatchTracer && x.trace === this ? x.value : x);
  dim = (x: Tensor): Dim => (x instanceof BatchTracer && x.trace === this ? x.dim : null);
  wrap = (x: Tensor, dim: Dim): Tensor => (dim === null ? x : new BatchTracer(this, x, dim));

  bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    const values = args.map(this.value);
    const dims = args.map(this.dim);
    const mapped = dims.some((d) => d !== null) || usesAxis(params, this.axis.name);
    return withTrace(this.parent, () => {
      if (!mapped) return bind(primitive, values, params);
      const { outs, dims: outDims } = batchRule(primitive, values, dims, params, this.axis);
      return outs.map((x, i) => this.wrap(x, outDims[i]));
    });
  }

  bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[] {
    const dims = args.map(this.dim);
    if (dims.every((d) => d === null)) return withTrace(this.parent, () => currentTrace().bindCustomJvp(call, args));
    const { axis, description } = this;
    const batched: CustomJvpCall = {
      name: call.name,
      fun: (...xs) => batchToFront(call.fun, xs, dims, axis, description),
      jvp(primals, tangents) {
        // Tangents share their primals' batch dimensions; zeros of integers have none.
        const real = tangents.filter((t): t is Tensor => t instanceof Tensor);
        const realDims = dims.filter((_, i) => tangents[i] instanceof Tensor);
        const zeroAvals: (ShapedArray | null)[] = [];
        const outs = batchToFront(
          (...xs) => {
            const ps = xs.slice(0, primals.length);
            let k = primals.length;
            const ts = tangents.map((t, i) => (t instanceof Zero ? new Zero(ps[i].aval.tangent()) : xs[k++]));
            const dual = call.jvp(ps, ts);
            dual.tangents.forEach((t) =>
              zeroAvals.push(t instanceof Zero && t.aval.dtype === "float0" ? t.aval : null),
            );
            const made = dual.tangents.filter((_, i) => zeroAvals[i] === null).map(instantiate);
            return [...dual.outs, ...made];
          },
          [...primals, ...real],
          [...dims, ...realDims],
          axis,
          description,
        );
        const n = zeroAvals.length;
        let k = n;
        const float0 = (a: ShapedArray) => new Zero(a.withShape([axis.size, ...a.shape]));
        return { outs: outs.slice(0, n), tangents: zeroAvals.map((a) => (a ? float0(a) : outs[k++])) };
      },
    };
    return withTrace(this.parent, () =>
      currentTrace()
        .bindCustomJvp(batched, args.map(this.value))
        .map((x) => this.wrap(x, 0)),
    );
  }

  bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[] {
    const dims = args.map(this.dim);
    if (dims.every((d) => d === null)) return withTrace(this.parent, () => currentTrace().bindCustomVjp(call, args));
    const { axis, description } = this;
    const avals = args.map((x) => x.aval.tangent());
    const batched: CustomVjpCall = {
      name: call.name,
      fun: (...xs) => batchToFront(call.fun, xs, dims, axis, description),
      fwd(...xs) {
        let numRes = 0;
        const all = batchToFront(
          (...ys) => {
            const { res, outs } = call.fwd(...ys);
            numRes = res.length;
            return [...res, ...outs];
          },
          xs,
          dims,
          axis,
          description,
        );
        return { res: all.slice(0, numRes), outs: all.slice(numRes) };
      },
      bwd(res, cts) {
        const n = res.length;
        const isReal = avals.map((a) => a.dtype !== "float0");
        const grads = batchToFront(
          (...ys) =>
            call
              .bwd(ys.slice(0, n), ys.slice(n))
              .filter((_, i) => isReal[i])
              .map(instantiate),
          [...res, ...cts],
          [...res, ...cts].map(() => 0),
          axis,
          description,
        );
        let k = 0;
        return avals.map((a, i) => {
          if (!isReal[i]) return new Zero(a);
          const g = grads[k++];
          const dim = dims[i];
          // An operand that was not mapped is shared by the whole batch: its cotangents add up.
          return dim === null ? reduceSum(g, [0]) : moveAxis(g, 0, dim);
        });
      },
    };
    return withTrace(this.parent, () =>
      currentTrace()
        .bindCustomVjp(batched, args.map(this.value))
        .map((x) => this.wrap(x, 0)),
    );
  }
}

/** Collectives name their axes in `axes` or `axisName`; programs among the parameters may hold some. */
function usesAxis(params: Params, name: string | null): boolean {
  if (name === null) return false;
  if ((Array.isArray(params.axes) && params.axes.includes(name)) || params.axisName === name) return true;
  for (const key in params) {
    const p = params[key];
    if (
      p instanceof ClosedJaxpr ? programUsesAxis(p, name) : isPrograms(p) && p.some((j) => programUsesAxis(j, name))
    ) {
      return true;
    }
  }
  return false;
}

const isPrograms = (p: unknown): p is readonly ClosedJaxpr[] => Array.isArray(p) && p[0] instanceof ClosedJaxpr;
const axisUses = new JaxprCache<boolean>();
const programUsesAxis = (closed: ClosedJaxpr, name: string): boolean =>
  axisUses.get(closed, name, () => closed.jaxpr.eqns.some((eqn) => usesAxis(eqn.params, name)));

/** The batched results of a primitive, given that an operand is batched. */
export function batchRule(
  primitive: Primitive,
  values: readonly Tensor[],
  dims: readonly Dim[],
  params: Params,
  axis: AxisData,
): Batched {
  if (primitive.kind === "multi") return primitive.batching(values, dims, params, axis);
  if (primitive.batching !== "elementwise") {
    const [x, dim] = primitive.batching(named(primitive, values), named(primitive, dims), params, axis);
    return { outs: [x], dims: [dim] };
  }
  const { args, dim } = alignElementwise(values, dims);
  return { outs: bind(primitive, args, params), dims: [dim] };
}

/**
 * Operands of one rank, or scalars, made so again once some have a batch dimension: untouched where shapes and batch
 * dimensions agree, else with the batch in front, of size 1 where an operand is not mapped, so that it repeats.
 */
export function alignElementwise(
  values: readonly Tensor[],
  dims: readonly Dim[],
): { args: readonly Tensor[]; dim: number } {
  const dim = dims.find((d) => d !== null) as number;
  const first = values[dims.indexOf(dim)];
  const agrees = (x: Tensor, i: number): boolean =>
    dims[i] === null ? x.ndim === 0 : dims[i] === dim && sameShape(x.shape, first.shape);
  if (values.every(agrees)) return { args: values, dim };
  const front = values.map((x, i) => {
    const d = dims[i];
    if (d !== null) return moveAxis(x, d, 0);
    return x.ndim === 0 ? x : broadcastInDim(x, [1, ...x.shape], range(1, x.ndim + 1));
  });
  const ndim = Math.max(...front.map((x) => x.ndim));
  // A mapped scalar beside a larger operand: one value for each example.
  const args = front.map((x, i) =>
    dims[i] === null || x.ndim === ndim
      ? x
      : broadcastInDim(x, [...x.shape, ...range(ndim - x.ndim).map(() => 1)], range(x.ndim)),
  );
  return { args, dim: 0 };
}

/** x with its batch dimension at `to`, repeated `size` times there if it has none. */
export function materialize(x: Tensor, dim: Dim, to: number, size: number): Tensor {
  if (dim !== null) return moveAxis(x, dim, to);
  const shape = [...x.shape.slice(0, to), size, ...x.shape.slice(to)];
  return broadcastInDim(
    x,
    shape,
    range(shape.length).filter((d) => d !== to),
  );
}

/** Runs `f` once for the whole batch. */
export function batchFlat(
  f: (...args: Tensor[]) => readonly Tensor[],
  args: readonly Tensor[],
  dims: readonly Dim[],
  axis: AxisData,
  description: string,
): Batched {
  const trace = new BatchTrace(description, currentTrace(), axis);
  return withNewTrace(trace, () => {
    const outs = f(...args.map((x, i) => trace.wrap(x, dims[i])));
    return { outs: outs.map(trace.value), dims: outs.map(trace.dim) };
  });
}

/** The same with every result's batch dimension in front. */
function batchToFront(
  f: (...args: Tensor[]) => readonly Tensor[],
  args: readonly Tensor[],
  dims: readonly Dim[],
  axis: AxisData,
  description: string,
): Tensor[] {
  const { outs, dims: outDims } = batchFlat(f, args, dims, axis, description);
  return outs.map((x, i) => materialize(x, outDims[i], 0, axis.size));
}

const batchedJaxprs = new JaxprCache<{ jaxpr: ClosedJaxpr; dims: Dim[] }>();

/**
 * The program mapped over an axis: inputs with the given batch dimensions, results batched in front or, where they do
 * not depend on a mapped input and `force` does not ask for it, not at all.
 */
export const batchJaxpr = (
  closed: ClosedJaxpr,
  axis: AxisData,
  dims: readonly Dim[],
  force: readonly boolean[] = closed.outAvals.map(() => false),
): { jaxpr: ClosedJaxpr; dims: Dim[] } =>
  batchJaxprTo(
    closed,
    axis,
    dims,
    force.map((f) => (f ? 0 : "front")),
  );

/** The same, with the batch dimension of each result given; `"front"` is dimension 0, or none if it is not batched. */
export function batchJaxprTo(
  closed: ClosedJaxpr,
  axis: AxisData,
  dims: readonly Dim[],
  to: readonly (number | "front")[],
): { jaxpr: ClosedJaxpr; dims: Dim[] } {
  return batchedJaxprs.get(closed, `${axis.size}|${axis.name}|${dims}|${to}`, () => {
    const avals = closed.inAvals.map((a, i) => {
      const d = dims[i];
      return d === null ? a : a.withShape([...a.shape.slice(0, d), axis.size, ...a.shape.slice(d)]);
    });
    let outDims: Dim[] = [];
    const jaxpr = stage(
      (...args) => {
        const batched = batchFlat((...xs) => evalClosed(closed, xs), args, dims, axis, "vmap of a program");
        outDims = batched.dims.map((d, i) => (to[i] !== "front" ? (to[i] as number) : d === null ? null : 0));
        return batched.outs.map((x, i) => {
          const out = outDims[i];
          return out === null ? x : materialize(x, batched.dims[i], out, axis.size);
        });
      },
      avals,
      "vmap of a program",
    );
    return { jaxpr, dims: outDims };
  });
}
