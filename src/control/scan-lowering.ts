/** A scan as an HLO while loop over a counter, the constants, the carry, xs and ys. */

import type { ArrayShape, HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { LoweringContext } from "../core/primitive.js";
import { operandParts, resultParts, type ScanParams } from "./scan-jaxpr.js";

const arrayShapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind !== "array") throw new Error("scan: an operand is not an array");
  return x.shape;
};

export function lowerScan(cx: LoweringContext, args: readonly HloInstruction[], p: ScanParams): HloInstruction[] {
  const { b } = cx;
  const { consts, carry, xs } = operandParts(args, p);
  // A value that is stacked twice (as a result and as a residual) is stacked once.
  const atoms = resultParts(p.jaxpr.jaxpr.outvars, p).ys;
  const distinct = atoms.flatMap((a, i) => (atoms.indexOf(a) === i ? [i] : []));
  const ysAvals = resultParts(cx.outs, p).ys.filter((_, i) => distinct.includes(i));
  let state = carry;
  let ys = ysAvals.map((a) => b.fill(a.dtype === "bool" ? false : 0, a.dtype, a.shape));

  /** One iteration: reads slice i of xs, writes slice i of ys. */
  const step = (
    c: HloBuilder,
    i: HloInstruction,
    consts: readonly HloInstruction[],
    state: readonly HloInstruction[],
    xs: readonly HloInstruction[],
    ys: readonly HloInstruction[],
  ): { state: HloInstruction[]; ys: HloInstruction[] } => {
    const starts = (x: HloInstruction): HloInstruction[] =>
      arrayShapeOf(x).dims.map((_, d) => (d === 0 ? i : c.scalar("int32", 0)));
    const slices = xs.map((x) => {
      const [, ...rest] = arrayShapeOf(x).dims;
      return c.reshape(c.dynamicSlice(x, starts(x), [1, ...rest]), rest);
    });
    const outs = resultParts(cx.inline(c, p.jaxpr, [...consts, ...state, ...slices]), p);
    const next = outs.ys
      .filter((_, i) => distinct.includes(i))
      .map((y, k) => c.dynamicUpdateSlice(ys[k], c.reshape(y, [1, ...arrayShapeOf(y).dims]), starts(ys[k])));
    return { state: outs.carry, ys: next };
  };

  // Without a loop around them, all iterations stand one after the other.
  const unroll = p.unroll === 0 || p.unroll >= p.length ? p.length : p.unroll;
  const trips = unroll === p.length ? 0 : Math.floor(p.length / unroll);
  if (trips > 0) {
    const inits = [b.scalar("int32", 0), ...consts, ...state, ...xs, ...ys];
    const shapes = inits.map(arrayShapeOf);
    const condition = b.computation("scan.condition", shapes, (c, [i]) => c.compare(i, c.scalar("int32", trips), "LT"));
    const body = b.computation("scan.body", shapes, (c, [i, ...rest]) => {
      const parts = operandParts(rest.slice(0, args.length), p);
      let now = { state: parts.carry, ys: rest.slice(args.length) };
      const first = unroll === 1 ? i : c.binary("multiply", i, c.scalar("int32", unroll));
      for (let k = 0; k < unroll; k++) {
        const count = k === 0 ? first : c.binary("add", first, c.scalar("int32", k));
        const at = p.reverse ? c.binary("subtract", c.scalar("int32", p.length - 1), count) : count;
        now = step(c, at, parts.consts, now.state, parts.xs, now.ys);
      }
      return [c.binary("add", i, c.scalar("int32", 1)), ...parts.consts, ...now.state, ...parts.xs, ...now.ys];
    });
    const results = b.while(condition, body, inits);
    state = results.slice(1 + consts.length, 1 + consts.length + p.numCarry);
    ys = results.slice(1 + args.length);
  }
  for (let k = trips * unroll; k < p.length; k++) {
    const at = b.scalar("int32", p.reverse ? p.length - 1 - k : k);
    const now = step(b, at, consts, state, xs, ys);
    state = now.state;
    ys = now.ys;
  }
  return [...state, ...atoms.map((a) => ys[distinct.indexOf(atoms.indexOf(a))])];
}
