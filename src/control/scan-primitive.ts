/** scan: a loop of known length that carries state, reads slices of xs and stacks slices of ys. */
import { ShapedArray } from "../core/aval.js";
import { type ClosedJaxpr, type Eqn, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { type AxisData, defineMultiPrimitive, type MultiPrimitive } from "../core/primitive.js";
import { Tensor, Zero } from "../core/tensor.js";
import { batchJaxpr, type Dim, materialize } from "../interpreters/batching.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { instantiate, isZero } from "../interpreters/zeros.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { moveAxis } from "../primitives/shape.js";
import { reorderInputs, selectOutputs, where } from "./jaxpr-edits.js";
import { carryFixpoint, operandParts, resultParts, type ScanParams } from "./scan-jaxpr.js";
import { lowerScan } from "./scan-lowering.js";
import { partialEvalScan } from "./scan-partial-eval.js";
import { transposeScan } from "./scan-transpose.js";

export const scanP = defineMultiPrimitive({
  name: "scan",
  doc: "Runs a program over slices of xs with a carry from each iteration to the next; stacks the slices of ys.",
  params: {
    jaxpr: param.jaxpr,
    length: param.int,
    numCarry: param.int,
    numConsts: param.int,
    reverse: param.bool,
    unroll: param.int,
  },
  abstractEval(_, p) {
    const { carry, ys } = resultParts(p.jaxpr.outAvals, p);
    return Either.right({ avals: [...carry, ...ys.map((a) => stacked(a, p.length))], effects: p.jaxpr.effects });
  },
  jvp: jvpScan,
  batching: batchScan,
  partialEval: (cx, args, p): readonly Tensor[] => partialEvalScan(scanP, cx, args, p),
  transpose: (cts, args, p): readonly (Tensor | Zero | null)[] => transposeScan(scanP, cts, args, p),
  dce: dceScan,
  lower: lowerScan,
  samples: [],
});

/** The type of ys with slices of this type. */
const stacked = (a: ShapedArray, length: number): ShapedArray =>
  new ShapedArray([length, ...a.shape], a.dtype, a.weakType);

type Rule<K extends "jvp" | "batching"> = Exclude<MultiPrimitive[K], string>;

function jvpScan(
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  p: ScanParams,
): ReturnType<Rule<"jvp">> {
  const nonzero = operandParts(
    tangents.map((t) => !isZero(t)),
    p,
  );
  const noYs = resultParts(p.jaxpr.outAvals, p).ys.map(() => false);
  const { value, carry: carryNonzero } = carryFixpoint(nonzero.carry, (carry) => {
    const value = jvpJaxpr(p.jaxpr, [...nonzero.consts, ...carry, ...nonzero.xs], [...carry, ...noYs]);
    return { value, carryOut: resultParts(value.nonzeroOut, p).carry };
  });
  const { consts, carry, xs } = operandParts(primals, p);
  const dots = operandParts(tangents, p);
  const given = (ts: readonly (Tensor | Zero)[]): Tensor[] => ts.filter((t): t is Tensor => t instanceof Tensor);
  const constDots = given(dots.consts);
  const carryDots = where(carryNonzero).map((i) => instantiate(dots.carry[i]));
  const xDots = given(dots.xs);

  const { nonzeroOut } = value;
  const n = p.jaxpr.outAvals.length;
  const numDots = nonzeroOut.filter(Boolean).length;
  const dual = reorderOutputs(
    interleaveInputs(
      value.jaxpr,
      [consts.length, carry.length, xs.length],
      [constDots.length, carryDots.length, xDots.length],
    ),
    [p.numCarry, n - p.numCarry],
    [carryDots.length, numDots - carryDots.length],
  );
  const results = scanP.bind([...consts, ...constDots, ...carry, ...carryDots, ...xs, ...xDots], {
    ...p,
    jaxpr: dual,
    numConsts: consts.length + constDots.length,
    numCarry: carry.length + carryDots.length,
  });
  const split = p.numCarry + carryDots.length;
  const numYs = n - p.numCarry;
  const outs = [...results.slice(0, p.numCarry), ...results.slice(split, split + numYs)];
  const dotsOut = [...results.slice(p.numCarry, split), ...results.slice(split + numYs)];
  return {
    outs,
    tangents: outs.map((x, i) => (nonzeroOut[i] ? (dotsOut.shift() as Tensor) : new Zero(x.aval.tangent()))),
  };
}

/** From groups a, b, c, then their tangents a', b', c', to a, a', b, b', c, c'. */
function interleaved(first: readonly number[], second: readonly number[]): number[] {
  let i = 0;
  let j = first.reduce((a, b) => a + b, 0);
  return first.flatMap((n, k) => {
    const order = [...range(i, i + n), ...range(j, j + second[k])];
    i += n;
    j += second[k];
    return order;
  });
}
export const interleaveInputs = (
  closed: ClosedJaxpr,
  first: readonly number[],
  second: readonly number[],
): ClosedJaxpr => reorderInputs(closed, interleaved(first, second));
export const reorderOutputs = (closed: ClosedJaxpr, first: readonly number[], second: readonly number[]): ClosedJaxpr =>
  selectOutputs(closed, interleaved(first, second));

function batchScan(
  args: readonly Tensor[],
  dims: readonly Dim[],
  p: ScanParams,
  axis: AxisData,
): ReturnType<Rule<"batching">> {
  const at = operandParts(dims, p);
  const xDims = at.xs.map((d) => (d === null ? null : Math.max(d - 1, 0)));
  const noYs = resultParts(p.jaxpr.outAvals, p).ys.map(() => false);
  const { value, carry: batched } = carryFixpoint(
    at.carry.map((d) => d !== null),
    (carry) => {
      const carryDims = carry.map((b) => (b ? 0 : null));
      const value = batchJaxpr(p.jaxpr, axis, [...at.consts, ...carryDims, ...xDims], [...carry, ...noYs]);
      return { value, carryOut: resultParts(value.dims, p).carry.map((d) => d !== null) };
    },
  );
  const { consts, carry, xs } = operandParts(args, p);
  const init = carry.map((x, i) => (batched[i] ? materialize(x, at.carry[i], 0, axis.size) : x));
  // The leading dimension of xs is scanned over, so their batch stands behind it.
  const slices = xs.map((x, i) => (at.xs[i] === 0 ? moveAxis(x, 0, 1) : x));
  const outs = scanP.bind([...consts, ...init, ...slices], { ...p, jaxpr: value.jaxpr });
  return { outs, dims: value.dims.map((d, i) => (d !== null && i >= p.numCarry ? d + 1 : d)) };
}

const neededCarries = new JaxprCache<{ jaxpr: ClosedJaxpr; usedIn: readonly boolean[]; carry: readonly boolean[] }>();

function dceScan(used: readonly boolean[], eqn: Eqn): Eqn {
  const p = eqn.params as unknown as ScanParams;
  const usedOut = resultParts(used, p);
  const { jaxpr, usedIn, carry } = neededCarries.get(p.jaxpr, `${p.numConsts}|${p.numCarry}|${used}`, () => {
    const found = carryFixpoint(usedOut.carry, (carry) => {
      const keep = operandParts(
        p.jaxpr.inAvals.map(() => false),
        p,
      );
      const value = trimJaxpr(p.jaxpr, [...carry, ...usedOut.ys], [...keep.consts, ...carry, ...keep.xs]);
      return { value, carryOut: operandParts(value.usedIn, p).carry };
    });
    return { ...found.value, carry: found.carry };
  });
  if (jaxpr === p.jaxpr) return eqn;
  const parts = operandParts(usedIn, p);
  const count = (mask: readonly boolean[]): number => mask.filter(Boolean).length;
  const params: ScanParams = { ...p, jaxpr, numConsts: count(parts.consts), numCarry: count(parts.carry) };
  const keptOut = [...carry, ...usedOut.ys];
  return {
    ...eqn,
    params: { ...params },
    inputs: eqn.inputs.filter((_, i) => usedIn[i]),
    outputs: eqn.outputs.filter((_, i) => keptOut[i]),
  };
}
