/** Rules of what loops do step by step along arrays. */
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { type ArrayShape, computationsOf, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectSameResults, expectUntouched, moduleOf, rewritten } from "./helpers.js";

const shapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind !== "array") throw new TypeError("an array was expected");
  return x.shape;
};

/** Step `at` of a sequence, without its first dimension. */
const stepOf = (b: HloBuilder, xs: HloInstruction, at: HloInstruction): HloInstruction => {
  const [, ...rest] = shapeOf(xs).dims;
  return b.reshape(b.dynamicSlice(xs, [at, ...rest.map(() => b.scalar("int32", 0))], [1, ...rest]), rest);
};

/** The sequence with another step `at`. */
const withStep = (b: HloBuilder, xs: HloInstruction, at: HloInstruction, x: HloInstruction): HloInstruction => {
  const rest = shapeOf(x).dims;
  return b.dynamicUpdateSlice(xs, b.reshape(x, [1, ...rest]), [at, ...rest.map(() => b.scalar("int32", 0))]);
};

type Turn = (b: HloBuilder, at: HloInstruction, values: readonly HloInstruction[]) => readonly HloInstruction[];

/** `trips` turns from the first step on, or from the last step of as many back. */
const loop = (b: HloBuilder, trips: number, inits: readonly HloInstruction[], turn: Turn, reverse = false) => {
  const shapes = [s32(), ...inits.map(shapeOf)];
  const condition = b.computation("below", shapes, (c, [i]) => c.compare(i, c.scalar("int32", trips), "LT"));
  const body = b.computation("turn", shapes, (c, [i, ...values]) => {
    const at = reverse ? c.binary("subtract", c.scalar("int32", trips - 1), i) : i;
    return [c.binary("add", i, c.scalar("int32", 1)), ...turn(c, at, values)];
  });
  return b.while(condition, body, [b.scalar("int32", 0), ...inits]).slice(1);
};

const matmul = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] } as const;
const byColumns = { ...matmul, rhsContracting: [1] } as const;
const outer = { ...matmul, lhsContracting: [0] } as const;

/** h ← tanh(x·w + h): the last h. */
const recurrence = (b: HloBuilder, trips: number, [xs, w, h]: readonly HloInstruction[]) =>
  loop(b, trips, [xs, w, h], (c, at, [xs, w, h]) => [
    xs,
    w,
    c.unary("tanh", c.binary("add", c.dot(stepOf(c, xs, at), w, matmul), h)),
  ])[2];

describe("steps of loops", () => {
  it("products-of-steps", () => {
    expect(
      rewritten("products-of-steps", [f32(4, 2, 3), f32(3, 5), f32(2, 5)], (b, given) => recurrence(b, 4, given)),
    ).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[4,2,3], parameter.5: f32[3,5], parameter.6: f32[2,5]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[4,2,3] parameter(1)
        %parameter.5 = f32[3,5] parameter(2)
        %parameter.6 = f32[2,5] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[4,2,3], parameter.11: f32[3,5], parameter.12: f32[2,5]) -> (s32[], f32[4,2,3], f32[3,5], f32[2,5]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[4,2,3] parameter(1)
        %parameter.11 = f32[3,5] parameter(2)
        %parameter.12 = f32[2,5] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %constant.15 = s32[] constant(0)
        %constant.16 = s32[] constant(0)
        %dynamic-slice.17 = f32[1,2,3] dynamic-slice(%parameter.10, %parameter.9, %constant.15, %constant.16), dynamic_slice_sizes={1,2,3}
        %reshape.18 = f32[2,3] reshape(%dynamic-slice.17)
        %dot.19 = f32[2,5] dot(%reshape.18, %parameter.11), lhs_contracting_dims={1}, rhs_contracting_dims={0}
        %add.20 = f32[2,5] add(%dot.19, %parameter.12)
        %tanh.21 = f32[2,5] tanh(%add.20)
        ROOT %tuple.22 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) tuple(%add.14, %parameter.10, %parameter.11, %tanh.21)
      }

      %constant.23 = s32[] constant(0)
      %while.24 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) while(%constant.23, %parameter.0, %parameter.1, %parameter.2), condition=%below, body=%turn
      %get-tuple-element.28 = f32[2,5] get-tuple-element(%while.24), index=3
      return %get-tuple-element.28
      ⇒
      %below.1 (parameter.31: s32[], parameter.32: f32[4,2,3], parameter.33: f32[3,5], parameter.34: f32[2,5], parameter.35: f32[4,2,5]) -> pred[] {
        %parameter.31 = s32[] parameter(0)
        %parameter.32 = f32[4,2,3] parameter(1)
        %parameter.33 = f32[3,5] parameter(2)
        %parameter.34 = f32[2,5] parameter(3)
        %parameter.35 = f32[4,2,5] parameter(4)
        %constant.36 = s32[] constant(4)
        ROOT %compare.37 = pred[] compare(%parameter.31, %constant.36), direction=LT
      }

      %turn.1 (parameter.38: s32[], parameter.39: f32[4,2,3], parameter.40: f32[3,5], parameter.41: f32[2,5], parameter.42: f32[4,2,5]) -> (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) {
        %parameter.38 = s32[] parameter(0)
        %parameter.39 = f32[4,2,3] parameter(1)
        %parameter.40 = f32[3,5] parameter(2)
        %parameter.41 = f32[2,5] parameter(3)
        %parameter.42 = f32[4,2,5] parameter(4)
        %constant.43 = s32[] constant(0)
        %dynamic-slice.45 = f32[1,2,5] dynamic-slice(%parameter.42, %parameter.38, %constant.43, %constant.43), dynamic_slice_sizes={1,2,5}
        %reshape.46 = f32[2,5] reshape(%dynamic-slice.45)
        %constant.47 = s32[] constant(1)
        %add.48 = s32[] add(%parameter.38, %constant.47)
        %add.52 = f32[2,5] add(%reshape.46, %parameter.41)
        %tanh.53 = f32[2,5] tanh(%add.52)
        ROOT %tuple.54 = (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) tuple(%add.48, %parameter.39, %parameter.40, %tanh.53, %parameter.42)
      }

      %constant.23 = s32[] constant(0)
      %dot.30 = f32[4,2,5] dot(%parameter.0, %parameter.1), lhs_contracting_dims={2}, rhs_contracting_dims={0}
      %while.55 = (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) while(%constant.23, %parameter.0, %parameter.1, %parameter.2, %dot.30), condition=%below.1, body=%turn.1
      %get-tuple-element.56 = s32[] get-tuple-element(%while.55), index=0
      %get-tuple-element.57 = f32[4,2,3] get-tuple-element(%while.55), index=1
      %get-tuple-element.58 = f32[3,5] get-tuple-element(%while.55), index=2
      %get-tuple-element.59 = f32[2,5] get-tuple-element(%while.55), index=3
      %tuple.61 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) tuple(%get-tuple-element.56, %get-tuple-element.57, %get-tuple-element.58, %get-tuple-element.59)
      %get-tuple-element.28 = f32[2,5] get-tuple-element(%tuple.61), index=3
      return %get-tuple-element.28"
    `);
    // Most of the sequence is never read.
    expectUntouched("products-of-steps", [f32(40, 2, 3), f32(3, 5), f32(2, 5)], (b, given) => recurrence(b, 4, given));
    // The weights change.
    expectUntouched("products-of-steps", [f32(4, 2, 3), f32(3, 5), f32(2, 5)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, w, h]) => [
        xs,
        c.binary("add", w, w),
        c.binary("add", c.dot(stepOf(c, xs, at), w, matmul), h),
      ]),
    );
  });

  it("transpose-before-loop", () => {
    const program = (trips: number) => (b: HloBuilder, given: readonly HloInstruction[]) =>
      loop(b, trips, given, (c, _, [w, h]) => [w, c.dot(h, w, byColumns)])[1];
    expect(rewritten("transpose-before-loop", [f32(3, 3), f32(2, 3)], program(5))).toMatchInlineSnapshot(`
      "%below (parameter.2: s32[], parameter.3: f32[3,3], parameter.4: f32[2,3]) -> pred[] {
        %parameter.2 = s32[] parameter(0)
        %parameter.3 = f32[3,3] parameter(1)
        %parameter.4 = f32[2,3] parameter(2)
        %constant.5 = s32[] constant(5)
        ROOT %compare.6 = pred[] compare(%parameter.2, %constant.5), direction=LT
      }

      %turn (parameter.7: s32[], parameter.8: f32[3,3], parameter.9: f32[2,3]) -> (s32[], f32[3,3], f32[2,3]) {
        %parameter.7 = s32[] parameter(0)
        %parameter.8 = f32[3,3] parameter(1)
        %parameter.9 = f32[2,3] parameter(2)
        %constant.10 = s32[] constant(1)
        %add.11 = s32[] add(%parameter.7, %constant.10)
        %dot.12 = f32[2,3] dot(%parameter.9, %parameter.8), lhs_contracting_dims={1}, rhs_contracting_dims={1}
        ROOT %tuple.13 = (s32[], f32[3,3], f32[2,3]) tuple(%add.11, %parameter.8, %dot.12)
      }

      %constant.14 = s32[] constant(0)
      %while.15 = (s32[], f32[3,3], f32[2,3]) while(%constant.14, %parameter.0, %parameter.1), condition=%below, body=%turn
      %get-tuple-element.18 = f32[2,3] get-tuple-element(%while.15), index=2
      return %get-tuple-element.18
      ⇒
      %below.1 (parameter.21: s32[], parameter.22: f32[3,3], parameter.23: f32[2,3], parameter.24: f32[3,3]) -> pred[] {
        %parameter.21 = s32[] parameter(0)
        %parameter.22 = f32[3,3] parameter(1)
        %parameter.23 = f32[2,3] parameter(2)
        %parameter.24 = f32[3,3] parameter(3)
        %constant.25 = s32[] constant(5)
        ROOT %compare.26 = pred[] compare(%parameter.21, %constant.25), direction=LT
      }

      %turn.1 (parameter.27: s32[], parameter.28: f32[3,3], parameter.29: f32[2,3], parameter.30: f32[3,3]) -> (s32[], f32[3,3], f32[2,3], f32[3,3]) {
        %parameter.27 = s32[] parameter(0)
        %parameter.28 = f32[3,3] parameter(1)
        %parameter.29 = f32[2,3] parameter(2)
        %parameter.30 = f32[3,3] parameter(3)
        %dot.31 = f32[2,3] dot(%parameter.29, %parameter.30), lhs_contracting_dims={1}, rhs_contracting_dims={0}
        %constant.32 = s32[] constant(1)
        %add.33 = s32[] add(%parameter.27, %constant.32)
        ROOT %tuple.34 = (s32[], f32[3,3], f32[2,3], f32[3,3]) tuple(%add.33, %parameter.28, %dot.31, %parameter.30)
      }

      %constant.14 = s32[] constant(0)
      %transpose.20 = f32[3,3] transpose(%parameter.0), dimensions={1,0}
      %while.35 = (s32[], f32[3,3], f32[2,3], f32[3,3]) while(%constant.14, %parameter.0, %parameter.1, %transpose.20), condition=%below.1, body=%turn.1
      %get-tuple-element.36 = s32[] get-tuple-element(%while.35), index=0
      %get-tuple-element.37 = f32[3,3] get-tuple-element(%while.35), index=1
      %get-tuple-element.38 = f32[2,3] get-tuple-element(%while.35), index=2
      %tuple.40 = (s32[], f32[3,3], f32[2,3]) tuple(%get-tuple-element.36, %get-tuple-element.37, %get-tuple-element.38)
      %get-tuple-element.18 = f32[2,3] get-tuple-element(%tuple.40), index=2
      return %get-tuple-element.18"
    `);
    expectUntouched("transpose-before-loop", [f32(3, 3), f32(2, 3)], program(3));
    expectUntouched("transpose-before-loop", [f32(3, 3), f32(65, 3)], program(5));
  });

  /** Sums of x·y over steps, and of the elements of y, which each turn computes. */
  const gradients =
    (trips: number, reverse: boolean) =>
    (b: HloBuilder, [xs, h, c0, s0]: readonly HloInstruction[]) =>
      loop(
        b,
        trips,
        [xs, h, c0, s0],
        (c, at, [xs, h, sum, bias]) => {
          const y = c.unary("tanh", h);
          const add = c.computation("sum", [f32(), f32()], (d, [p, q]) => d.binary("add", p, q));
          return [
            xs,
            y,
            c.binary("add", sum, c.dot(stepOf(c, xs, at), y, outer)),
            c.binary("add", c.reduce([y], [c.scalar("float32", 0)], [0], add)[0], bias),
          ];
        },
        reverse,
      );
  const shapes = [f32(4, 2, 3), f32(2, 5), f32(3, 5), f32(5)];

  it("sums-over-steps", () => {
    expect(rewritten("sums-over-steps", shapes, gradients(4, true))).toMatchInlineSnapshot(`
      "%below (parameter.4: s32[], parameter.5: f32[4,2,3], parameter.6: f32[2,5], parameter.7: f32[3,5], parameter.8: f32[5]) -> pred[] {
        %parameter.4 = s32[] parameter(0)
        %parameter.5 = f32[4,2,3] parameter(1)
        %parameter.6 = f32[2,5] parameter(2)
        %parameter.7 = f32[3,5] parameter(3)
        %parameter.8 = f32[5] parameter(4)
        %constant.9 = s32[] constant(4)
        ROOT %compare.10 = pred[] compare(%parameter.4, %constant.9), direction=LT
      }

      %turn (parameter.11: s32[], parameter.12: f32[4,2,3], parameter.13: f32[2,5], parameter.14: f32[3,5], parameter.15: f32[5]) -> (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) {
        %parameter.11 = s32[] parameter(0)
        %parameter.12 = f32[4,2,3] parameter(1)
        %parameter.13 = f32[2,5] parameter(2)
        %parameter.14 = f32[3,5] parameter(3)
        %parameter.15 = f32[5] parameter(4)
        %constant.16 = s32[] constant(3)
        %subtract.17 = s32[] subtract(%constant.16, %parameter.11)
        %constant.18 = s32[] constant(1)
        %add.19 = s32[] add(%parameter.11, %constant.18)
        %tanh.20 = f32[2,5] tanh(%parameter.13)
        %constant.24 = s32[] constant(0)
        %constant.25 = s32[] constant(0)
        %dynamic-slice.26 = f32[1,2,3] dynamic-slice(%parameter.12, %subtract.17, %constant.24, %constant.25), dynamic_slice_sizes={1,2,3}
        %reshape.27 = f32[2,3] reshape(%dynamic-slice.26)
        %dot.28 = f32[3,5] dot(%reshape.27, %tanh.20), lhs_contracting_dims={0}, rhs_contracting_dims={0}
        %add.29 = f32[3,5] add(%parameter.14, %dot.28)
        %constant.30 = f32[] constant(0)
        %reduce.31 = f32[5] reduce(%tanh.20, %constant.30), dimensions={0}, to_apply=%sum
        %add.32 = f32[5] add(%reduce.31, %parameter.15)
        ROOT %tuple.33 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%add.19, %parameter.12, %tanh.20, %add.29, %add.32)
      }

      %constant.34 = s32[] constant(0)
      %while.35 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) while(%constant.34, %parameter.0, %parameter.1, %parameter.2, %parameter.3), condition=%below, body=%turn
      %get-tuple-element.37 = f32[4,2,3] get-tuple-element(%while.35), index=1
      %get-tuple-element.38 = f32[2,5] get-tuple-element(%while.35), index=2
      %get-tuple-element.39 = f32[3,5] get-tuple-element(%while.35), index=3
      %get-tuple-element.40 = f32[5] get-tuple-element(%while.35), index=4
      %tuple.41 = (f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.37, %get-tuple-element.38, %get-tuple-element.39, %get-tuple-element.40)
      ⇒
      %below.1 (parameter.44: s32[], parameter.45: f32[4,2,3], parameter.46: f32[2,5], parameter.47: f32[4,2,5]) -> pred[] {
        %parameter.44 = s32[] parameter(0)
        %parameter.45 = f32[4,2,3] parameter(1)
        %parameter.46 = f32[2,5] parameter(2)
        %parameter.47 = f32[4,2,5] parameter(3)
        %constant.48 = s32[] constant(4)
        ROOT %compare.49 = pred[] compare(%parameter.44, %constant.48), direction=LT
      }

      %turn.1 (parameter.50: s32[], parameter.51: f32[4,2,3], parameter.52: f32[2,5], parameter.53: f32[4,2,5]) -> (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) {
        %parameter.50 = s32[] parameter(0)
        %parameter.51 = f32[4,2,3] parameter(1)
        %parameter.52 = f32[2,5] parameter(2)
        %parameter.53 = f32[4,2,5] parameter(3)
        %constant.54 = s32[] constant(3)
        %subtract.55 = s32[] subtract(%constant.54, %parameter.50)
        %constant.56 = s32[] constant(1)
        %add.57 = s32[] add(%parameter.50, %constant.56)
        %tanh.58 = f32[2,5] tanh(%parameter.52)
        %reshape.59 = f32[1,2,5] reshape(%tanh.58)
        %constant.60 = s32[] constant(0)
        %dynamic-update-slice.62 = f32[4,2,5] dynamic-update-slice(%parameter.53, %reshape.59, %subtract.55, %constant.60, %constant.60)
        ROOT %tuple.63 = (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) tuple(%add.57, %parameter.51, %tanh.58, %dynamic-update-slice.62)
      }

      %constant.34 = s32[] constant(0)
      %constant.42 = f32[] constant(0)
      %broadcast.43 = f32[4,2,5] broadcast(%constant.42), dimensions={}
      %while.64 = (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) while(%constant.34, %parameter.0, %parameter.1, %broadcast.43), condition=%below.1, body=%turn.1
      %get-tuple-element.65 = s32[] get-tuple-element(%while.64), index=0
      %get-tuple-element.66 = f32[4,2,3] get-tuple-element(%while.64), index=1
      %get-tuple-element.67 = f32[2,5] get-tuple-element(%while.64), index=2
      %get-tuple-element.68 = f32[4,2,5] get-tuple-element(%while.64), index=3
      %dot.69 = f32[3,5] dot(%parameter.0, %get-tuple-element.68), lhs_contracting_dims={0,1}, rhs_contracting_dims={0,1}
      %add.70 = f32[3,5] add(%parameter.2, %dot.69)
      %reduce.72 = f32[5] reduce(%get-tuple-element.68, %constant.42), dimensions={0,1}, to_apply=%sum
      %add.73 = f32[5] add(%parameter.3, %reduce.72)
      %tuple.74 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.65, %get-tuple-element.66, %get-tuple-element.67, %add.70, %add.73)
      %get-tuple-element.37 = f32[4,2,3] get-tuple-element(%tuple.74), index=1
      %get-tuple-element.38 = f32[2,5] get-tuple-element(%tuple.74), index=2
      %get-tuple-element.39 = f32[3,5] get-tuple-element(%tuple.74), index=3
      %get-tuple-element.40 = f32[5] get-tuple-element(%tuple.74), index=4
      %tuple.41 = (f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.37, %get-tuple-element.38, %get-tuple-element.39, %get-tuple-element.40)"
    `);
    const m = moduleOf(shapes, gradients(4, false));
    expectSameResults(m, simplify(m), "order", 1);
    // Not every step is come by.
    expectUntouched("sums-over-steps", shapes, gradients(3, false));
    // What has been summed up so far is read.
    expectUntouched("sums-over-steps", [f32(4, 2, 3), f32(2, 3), f32(3, 3)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, h, sum]) => [
        xs,
        c.dot(h, sum, matmul),
        c.binary("add", sum, c.dot(stepOf(c, xs, at), h, outer)),
      ]),
    );
  });

  it("keeps what two products share once", () => {
    const m = moduleOf([f32(4, 2, 3), f32(4, 2, 6), f32(2, 5), f32(3, 5), f32(6, 5)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, zs, h, dx, dz]) => {
        const y = c.unary("tanh", h);
        const add = (sum: HloInstruction, steps: HloInstruction) =>
          c.binary("add", sum, c.dot(stepOf(c, steps, at), y, outer));
        return [xs, zs, y, add(dx, xs), add(dz, zs)];
      }).slice(3),
    );
    const after = simplify(m);
    expectSameResults(m, after, "order", 2);
    const inBody = computationsOf(after)
      .filter((c) => c !== after.entry)
      .flatMap((c) => c.instructions);
    expect(inBody.filter((i) => i.opcode === "dynamic-update-slice")).toHaveLength(1);
    expect(inBody.filter((i) => i.opcode === "dot")).toEqual([]);
  });

  const stacking =
    (size: number, trips: number, read = false) =>
    (b: HloBuilder, [x]: readonly HloInstruction[]) =>
      loop(b, trips, [x, b.fill(0, "float32", [8, size])], (c, at, [x, stack]) => [
        read ? c.binary("add", c.unary("sine", x), stepOf(c, stack, c.scalar("int32", 0))) : c.unary("sine", x),
        withStep(c, stack, at, x),
      ])[1];

  it("stack-not-filled-before", () => {
    expect(rewritten("stack-not-filled-before", [f32(256)], stacking(256, 8))).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[256], parameter.5: f32[8,256]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[256] parameter(1)
        %parameter.5 = f32[8,256] parameter(2)
        %constant.6 = s32[] constant(8)
        ROOT %compare.7 = pred[] compare(%parameter.3, %constant.6), direction=LT
      }

      %turn (parameter.8: s32[], parameter.9: f32[256], parameter.10: f32[8,256]) -> (s32[], f32[256], f32[8,256]) {
        %parameter.8 = s32[] parameter(0)
        %parameter.9 = f32[256] parameter(1)
        %parameter.10 = f32[8,256] parameter(2)
        %constant.11 = s32[] constant(1)
        %add.12 = s32[] add(%parameter.8, %constant.11)
        %sine.13 = f32[256] sine(%parameter.9)
        %reshape.14 = f32[1,256] reshape(%parameter.9)
        %constant.15 = s32[] constant(0)
        %dynamic-update-slice.16 = f32[8,256] dynamic-update-slice(%parameter.10, %reshape.14, %parameter.8, %constant.15)
        ROOT %tuple.17 = (s32[], f32[256], f32[8,256]) tuple(%add.12, %sine.13, %dynamic-update-slice.16)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[8,256] broadcast(%constant.1), dimensions={}
      %constant.18 = s32[] constant(0)
      %while.19 = (s32[], f32[256], f32[8,256]) while(%constant.18, %parameter.0, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.22 = f32[8,256] get-tuple-element(%while.19), index=2
      return %get-tuple-element.22
      ⇒
      %below (parameter.3: s32[], parameter.4: f32[256], parameter.5: f32[8,256]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[256] parameter(1)
        %parameter.5 = f32[8,256] parameter(2)
        %constant.6 = s32[] constant(8)
        ROOT %compare.7 = pred[] compare(%parameter.3, %constant.6), direction=LT
      }

      %turn (parameter.8: s32[], parameter.9: f32[256], parameter.10: f32[8,256]) -> (s32[], f32[256], f32[8,256]) {
        %parameter.8 = s32[] parameter(0)
        %parameter.9 = f32[256] parameter(1)
        %parameter.10 = f32[8,256] parameter(2)
        %constant.11 = s32[] constant(1)
        %add.12 = s32[] add(%parameter.8, %constant.11)
        %sine.13 = f32[256] sine(%parameter.9)
        %reshape.14 = f32[1,256] reshape(%parameter.9)
        %constant.15 = s32[] constant(0)
        %dynamic-update-slice.16 = f32[8,256] dynamic-update-slice(%parameter.10, %reshape.14, %parameter.8, %constant.15)
        ROOT %tuple.17 = (s32[], f32[256], f32[8,256]) tuple(%add.12, %sine.13, %dynamic-update-slice.16)
      }

      %constant.18 = s32[] constant(0)
      %custom-call.24 = (f32[8,256]) custom-call(), custom_call_target="allocate"
      %get-tuple-element.25 = f32[8,256] get-tuple-element(%custom-call.24), index=0
      %while.26 = (s32[], f32[256], f32[8,256]) while(%constant.18, %parameter.0, %get-tuple-element.25), condition=%below, body=%turn
      %get-tuple-element.27 = s32[] get-tuple-element(%while.26), index=0
      %get-tuple-element.28 = f32[256] get-tuple-element(%while.26), index=1
      %get-tuple-element.29 = f32[8,256] get-tuple-element(%while.26), index=2
      %tuple.30 = (s32[], f32[256], f32[8,256]) tuple(%get-tuple-element.27, %get-tuple-element.28, %get-tuple-element.29)
      %get-tuple-element.22 = f32[8,256] get-tuple-element(%tuple.30), index=2
      return %get-tuple-element.22"
    `);
    // Little; a part of it stays as it was; it is read.
    expectUntouched("stack-not-filled-before", [f32(3)], stacking(3, 8));
    expectUntouched("stack-not-filled-before", [f32(256)], stacking(256, 7));
    expectUntouched("stack-not-filled-before", [f32(256)], stacking(256, 8, true));
  });

  /** One loop leaves y and f(y) behind, the other reads both, last step first. */
  const backAndForth =
    (f: (b: HloBuilder, y: HloInstruction) => HloInstruction, alsoUsed = false) =>
    (b: HloBuilder, [x]: readonly HloInstruction[]) => {
      const empty = b.fill(0, "float32", [4, 3]);
      const [, ys, zs] = loop(b, 4, [x, empty, empty], (c, at, [x, ys, zs]) => {
        const y = c.unary("tanh", x);
        return [y, withStep(c, ys, at, y), withStep(c, zs, at, f(c, y))];
      });
      const back = loop(
        b,
        4,
        [x, ys, zs],
        (c, at, [g, ys, zs]) => [
          c.binary("add", c.binary("multiply", g, stepOf(c, zs, at)), stepOf(c, ys, at)),
          ys,
          zs,
        ],
        true,
      );
      return alsoUsed ? [back[0], zs] : back[0];
    };

  it("steps-made-again", () => {
    const ofItself = (c: HloBuilder, y: HloInstruction) =>
      c.binary("multiply", y, c.binary("subtract", c.fill(1, "float32", [3]), y));
    expect(rewritten("steps-made-again", [f32(3)], backAndForth(ofItself))).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[3], parameter.5: f32[4,3], parameter.6: f32[4,3]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %parameter.5 = f32[4,3] parameter(2)
        %parameter.6 = f32[4,3] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[3], parameter.11: f32[4,3], parameter.12: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[3] parameter(1)
        %parameter.11 = f32[4,3] parameter(2)
        %parameter.12 = f32[4,3] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %tanh.15 = f32[3] tanh(%parameter.10)
        %reshape.16 = f32[1,3] reshape(%tanh.15)
        %constant.17 = s32[] constant(0)
        %dynamic-update-slice.18 = f32[4,3] dynamic-update-slice(%parameter.11, %reshape.16, %parameter.9, %constant.17)
        %constant.19 = f32[] constant(1)
        %broadcast.20 = f32[3] broadcast(%constant.19), dimensions={}
        %subtract.21 = f32[3] subtract(%broadcast.20, %tanh.15)
        %multiply.22 = f32[3] multiply(%tanh.15, %subtract.21)
        %reshape.23 = f32[1,3] reshape(%multiply.22)
        %constant.24 = s32[] constant(0)
        %dynamic-update-slice.25 = f32[4,3] dynamic-update-slice(%parameter.12, %reshape.23, %parameter.9, %constant.24)
        ROOT %tuple.26 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.14, %tanh.15, %dynamic-update-slice.18, %dynamic-update-slice.25)
      }

      %below.1 (parameter.33: s32[], parameter.34: f32[3], parameter.35: f32[4,3], parameter.36: f32[4,3]) -> pred[] {
        %parameter.33 = s32[] parameter(0)
        %parameter.34 = f32[3] parameter(1)
        %parameter.35 = f32[4,3] parameter(2)
        %parameter.36 = f32[4,3] parameter(3)
        %constant.37 = s32[] constant(4)
        ROOT %compare.38 = pred[] compare(%parameter.33, %constant.37), direction=LT
      }

      %turn.1 (parameter.39: s32[], parameter.40: f32[3], parameter.41: f32[4,3], parameter.42: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.39 = s32[] parameter(0)
        %parameter.40 = f32[3] parameter(1)
        %parameter.41 = f32[4,3] parameter(2)
        %parameter.42 = f32[4,3] parameter(3)
        %constant.43 = s32[] constant(3)
        %subtract.44 = s32[] subtract(%constant.43, %parameter.39)
        %constant.45 = s32[] constant(1)
        %add.46 = s32[] add(%parameter.39, %constant.45)
        %constant.47 = s32[] constant(0)
        %dynamic-slice.48 = f32[1,3] dynamic-slice(%parameter.42, %subtract.44, %constant.47), dynamic_slice_sizes={1,3}
        %reshape.49 = f32[3] reshape(%dynamic-slice.48)
        %multiply.50 = f32[3] multiply(%parameter.40, %reshape.49)
        %constant.51 = s32[] constant(0)
        %dynamic-slice.52 = f32[1,3] dynamic-slice(%parameter.41, %subtract.44, %constant.51), dynamic_slice_sizes={1,3}
        %reshape.53 = f32[3] reshape(%dynamic-slice.52)
        %add.54 = f32[3] add(%multiply.50, %reshape.53)
        ROOT %tuple.55 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.46, %add.54, %parameter.41, %parameter.42)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[4,3] broadcast(%constant.1), dimensions={}
      %constant.27 = s32[] constant(0)
      %while.28 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %broadcast.2, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.31 = f32[4,3] get-tuple-element(%while.28), index=2
      %get-tuple-element.32 = f32[4,3] get-tuple-element(%while.28), index=3
      %constant.56 = s32[] constant(0)
      %while.57 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.56, %parameter.0, %get-tuple-element.31, %get-tuple-element.32), condition=%below.1, body=%turn.1
      %get-tuple-element.59 = f32[3] get-tuple-element(%while.57), index=1
      return %get-tuple-element.59
      ⇒
      %below (parameter.3: s32[], parameter.4: f32[3], parameter.5: f32[4,3], parameter.6: f32[4,3]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %parameter.5 = f32[4,3] parameter(2)
        %parameter.6 = f32[4,3] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[3], parameter.11: f32[4,3], parameter.12: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[3] parameter(1)
        %parameter.11 = f32[4,3] parameter(2)
        %parameter.12 = f32[4,3] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %tanh.15 = f32[3] tanh(%parameter.10)
        %reshape.16 = f32[1,3] reshape(%tanh.15)
        %constant.17 = s32[] constant(0)
        %dynamic-update-slice.18 = f32[4,3] dynamic-update-slice(%parameter.11, %reshape.16, %parameter.9, %constant.17)
        %constant.19 = f32[] constant(1)
        %broadcast.20 = f32[3] broadcast(%constant.19), dimensions={}
        %subtract.21 = f32[3] subtract(%broadcast.20, %tanh.15)
        %multiply.22 = f32[3] multiply(%tanh.15, %subtract.21)
        %reshape.23 = f32[1,3] reshape(%multiply.22)
        %dynamic-update-slice.25 = f32[4,3] dynamic-update-slice(%parameter.12, %reshape.23, %parameter.9, %constant.17)
        ROOT %tuple.26 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.14, %tanh.15, %dynamic-update-slice.18, %dynamic-update-slice.25)
      }

      %turn.2 (parameter.69: s32[], parameter.70: f32[3], parameter.71: f32[4,3], parameter.72: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.69 = s32[] parameter(0)
        %parameter.70 = f32[3] parameter(1)
        %parameter.71 = f32[4,3] parameter(2)
        %parameter.72 = f32[4,3] parameter(3)
        %constant.73 = s32[] constant(3)
        %subtract.74 = s32[] subtract(%constant.73, %parameter.69)
        %constant.75 = s32[] constant(0)
        %dynamic-slice.76 = f32[1,3] dynamic-slice(%parameter.72, %subtract.74, %constant.75), dynamic_slice_sizes={1,3}
        %reshape.77 = f32[3] reshape(%dynamic-slice.76)
        %constant.78 = f32[] constant(1)
        %broadcast.79 = f32[3] broadcast(%constant.78), dimensions={}
        %subtract.80 = f32[3] subtract(%broadcast.79, %reshape.77)
        %multiply.81 = f32[3] multiply(%reshape.77, %subtract.80)
        %reshape.82 = f32[1,3] reshape(%multiply.81)
        %constant.85 = s32[] constant(1)
        %add.86 = s32[] add(%parameter.69, %constant.85)
        %reshape.88 = f32[3] reshape(%reshape.82)
        %multiply.89 = f32[3] multiply(%parameter.70, %reshape.88)
        %dynamic-slice.90 = f32[1,3] dynamic-slice(%parameter.71, %subtract.74, %constant.75), dynamic_slice_sizes={1,3}
        %reshape.91 = f32[3] reshape(%dynamic-slice.90)
        %add.92 = f32[3] add(%multiply.89, %reshape.91)
        ROOT %tuple.93 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.86, %add.92, %parameter.71, %parameter.72)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[4,3] broadcast(%constant.1), dimensions={}
      %constant.27 = s32[] constant(0)
      %while.28 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %broadcast.2, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.31 = f32[4,3] get-tuple-element(%while.28), index=2
      %get-tuple-element.32 = f32[4,3] get-tuple-element(%while.28), index=3
      %while.94 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %get-tuple-element.31, %get-tuple-element.31), condition=%below, body=%turn.2
      %get-tuple-element.95 = s32[] get-tuple-element(%while.94), index=0
      %get-tuple-element.96 = f32[3] get-tuple-element(%while.94), index=1
      %get-tuple-element.97 = f32[4,3] get-tuple-element(%while.94), index=2
      %tuple.99 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%get-tuple-element.95, %get-tuple-element.96, %get-tuple-element.97, %get-tuple-element.32)
      %get-tuple-element.59 = f32[3] get-tuple-element(%tuple.99), index=1
      return %get-tuple-element.59"
    `);
    const whole = moduleOf([f32(3)], backAndForth(ofItself));
    const carried = computationsOf(simplify(whole)).flatMap((c) => c.instructions.filter((i) => i.opcode === "while"));
    // A counter, what goes on, and y alone.
    expect(carried.map((i) => i.operands.length)).toEqual([3, 3]);
    // Dear; wanted by others; made of what is not kept.
    expectUntouched(
      "steps-made-again",
      [f32(3)],
      backAndForth((c, y) => c.unary("exponential", y)),
    );
    expectUntouched("steps-made-again", [f32(3)], backAndForth(ofItself, true));
    expectUntouched(
      "steps-made-again",
      [f32(3)],
      backAndForth((c, y) => c.binary("add", c.unary("sine", y), y)),
    );
  });
});
