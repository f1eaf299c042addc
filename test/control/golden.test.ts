import { describe, expect, it } from "vitest";
import { grad, jvp, linearize, makeJaxpr, vmap } from "../../src/api/index.js";
import { associativeScan, checkpoint, cond, map, scan, switchCase, whileLoop } from "../../src/control/index.js";
import { asTensor } from "../../src/core/array-like.js";
import type { Tensor } from "../../src/core/tensor.js";
import { checkJaxpr } from "../../src/interpreters/index.js";
import * as P from "../../src/primitives/index.js";
import { flatten } from "../../src/tree/index.js";
import { decodeNumbers, type GoldenArray, type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";

interface Recorded {
  readonly name: string;
  readonly args: readonly GoldenArray[];
  readonly text: string;
  readonly out: GoldenValue;
}
const { records } = readGolden<Recorded>("control.json");

const { add, mul, sin, cos, exp, tanh, reduceSum } = P;
type T = Tensor;

const dot = (x: T, y: T): T =>
  P.dotGeneral(x, y, [
    [[x.ndim - 1], [0]],
    [[], []],
  ]);
const rnn = (w: T, c: T, xs: T): [T, T] =>
  scan(
    (c: T, x: T) => {
      const h = tanh(add(dot(w, c), x));
      return [h, h] as const;
    },
    c,
    xs,
  );
const loss = (w: T, c: T, xs: T): T => reduceSum(rnn(w, c, xs)[1], [0, 1]);
const power = (x: T, n: T | number): readonly [T, T] =>
  whileLoop(
    ([i]) => P.lt(i, n),
    ([i, y]) => [add(i, 1), mul(y, x)] as const,
    [0, x] as const,
  ) as unknown as readonly [T, T];
const branch = (x: T): T =>
  cond(
    P.gt(x, 0),
    (y: T) => mul(sin(y), y),
    (y: T) => exp(y),
    x,
  );
const sineScan = (c: T, xs: T): T => scan((s: T, x: T) => [mul(sin(s), x), null] as const, c, xs)[0];
const nested = (c: T, xs: T): T => scan((s: T, x: T) => [sineScan(s, x), null] as const, c, xs)[0];
const sinCos = checkpoint((x: T) => sin(cos(x)));
const int = (x: number): T => P.full([], x, "int32");

type Program = (...args: T[]) => unknown;
const programs: Readonly<Record<string, Program>> = {
  "scan of a recurrent net": rnn,
  "jvp of scan in the carry": (w, c, xs, t) => jvp((d: T) => rnn(w, d, xs), [c], [t]),
  "jvp of scan in xs": (w, c, xs) => jvp((ys: T) => rnn(w, c, ys), [xs], [xs]),
  "grad of scan in all": grad(loss, { argnums: [0, 1, 2] }) as Program,
  "grad of scan in a constant": grad(loss) as Program,
  "grad of scan in xs": grad(loss, { argnums: 2 }) as Program,
  "grad of a reversed scan": grad(
    (c: T, xs: T) => scan((s: T, x: T) => [mul(sin(s), x), null] as const, c, xs, { reverse: true })[0],
  ) as Program,
  "grad of scan with an invariant": grad(
    (a: T, c: T, xs: T) => scan((s: T, x: T) => [mul(mul(s, exp(sin(a))), x), null] as const, c, xs)[0],
  ) as Program,
  "grad of scan with a counter": grad(
    (x: T) =>
      scan(
        ([i, s]) => [[add(i, 1), mul(sin(s), P.convert(i, "float32"))] as const, null] as const,
        [int(1), x] as const,
        null,
        { length: 3 },
      )[0][1] as T,
  ) as Program,
  "vmap of scan over the carry": vmap(rnn, { inAxes: [null, 0, null] }) as Program,
  "vmap of scan over xs": vmap(rnn, { inAxes: [null, null, 0] }) as Program,
  "vmap of scan over xs behind": vmap(rnn, { inAxes: [null, null, 1] }) as Program,
  "vmap of scan over a constant": vmap(rnn, { inAxes: [0, null, null] }) as Program,
  "vmap of grad of scan": vmap(grad(loss), { inAxes: [null, 0, null] }) as Program,
  "grad of grad of scan": grad(grad(sineScan)) as Program,
  "scan in scan": (c, xs) =>
    scan((s: T, x: T) => scan((d: T, y: T) => [add(mul(d, y), 1), d] as const, s, x) as [T, T], c, xs),
  "grad of scan in scan": grad(nested) as Program,
  "scan hands on a carry and xs": (a, c, xs) =>
    scan(([s, t], x: T) => [[s, mul(t, s)] as const, [x, t]] as const, [a, c] as const, xs),
  "jvp of while": (x, n) => jvp((y: T) => power(y, n)[1], [x], [x]),
  "vmap of while over its data": vmap(power, { inAxes: [0, null] }) as Program,
  "vmap of while over its bound": vmap(power, { inAxes: [null, 0] }) as Program,
  "vmap of vmap of while": vmap(vmap(power, { inAxes: [null, 0] }) as typeof power, { inAxes: [0, null] }) as Program,
  "jvp of vmap of while": (x, n) =>
    jvp((y: T) => (vmap(power) as Program)(y, n) as readonly [T, T], [x], [x]).map(
      (pair) => (pair as readonly [T, T])[1],
    ),
  "linearize of while": (x, t) => linearize((y: T) => power(y, 3)[1], x)[1](t),
  "jvp of cond": (x) => jvp(branch, [x], [x]),
  "grad of cond with residuals of two kinds": grad((x: T, y: T) =>
    cond(
      P.gt(x, 0),
      () => mul(sin(x), x),
      () => reduceSum(mul(cos(y), x), [0]),
    ),
  ) as Program,
  "vmap of cond with one predicate": vmap(
    (p: T, x: T) =>
      cond(
        p,
        (y: T) => mul(y, 2),
        (y: T) => sin(y),
        x,
      ),
    { inAxes: [null, 0] },
  ) as Program,
  "vmap of grad of cond": vmap(grad(branch)) as Program,
  "grad of vmap of cond": grad((x: T) => reduceSum(vmap(branch)(x) as T, [0])) as Program,
  "switch under vmap": vmap((i: T, x: T) =>
    switchCase(i, [(y: T) => y, (y: T) => mul(y, 2), (y: T) => sin(y)], x),
  ) as Program,
  "cond in scan": grad((c: T, xs: T) => scan((s: T, x: T) => [add(branch(s), x), null] as const, c, xs)[0]) as Program,
  "checkpoint in scan": grad(
    (c: T, xs: T) =>
      scan(
        checkpoint((s: T, x: T) => [mul(sin(s), x), null] as const),
        c,
        xs,
      )[0],
  ) as Program,
  "grad of checkpoint in two arguments": grad(
    checkpoint((x: T, y: T) => sin(mul(cos(x), y))),
    { argnums: [0, 1] },
  ) as Program,
  "jvp of checkpoint": (x) => jvp(sinCos, [x], [x]),
  "vmap of grad of checkpoint": vmap(grad(sinCos)) as Program,
  "grad of grad of checkpoint": grad(grad(sinCos)) as Program,
  map: (xs) => map((x: T) => mul(x, x), xs),
  "associative scan of pairs, reversed": (a, b) =>
    associativeScan(([p, q], [r, s]) => [mul(p, r), add(mul(q, r), s)] as const, [a, b] as const, { reverse: true }),
};

const tensorOf = (a: GoldenArray): T =>
  P.reshape(asTensor(decodeNumbers(a), "golden", { dtype: a.dtype as "float32" }), a.shape);

/** The arrays of a recorded result, in order. */
const arraysOf = (x: GoldenValue): GoldenArray[] =>
  isGoldenArray(x) ? [x] : Array.isArray(x) ? (x as GoldenValue[]).flatMap(arraysOf) : [];

/** Programs that differ in text for a reason, and not in what they compute. */
const otherwise: Readonly<Record<string, string>> = {
  "vmap of grad of scan": "an unbatched cotangent is added with its batch dimension of size 1, not repeated",
  "associative scan of pairs, reversed": "the leaves take turns at each step",
};

/** NumPy's integers show in JAX's parameters where they came from NumPy; here they are integers like all others. */
const plainIntegers = (text: string): string =>
  text.replace(/np\.int64\((-?\d+)\)/g, "$1").replace(/\[\n *(\w+=\([\d, ]*\))\n *\]/g, "[$1]");

/** Zeros that nothing uses are made where a tangent is first needed: before the scan here, after it in JAX. */
const withoutDeadZeros = (text: string): string =>
  text.replaceAll(/\n *_:\w+\[[\d,]*\] = broadcast_in_dim 0\.0:f32\[\]/g, "");

describe("control flow under transforms, as JAX does it", () => {
  it("covers every record", () => {
    expect(Object.keys(programs)).toEqual(records.map((r) => r.name));
  });
  for (const { name, args, text, out } of records) {
    const program = programs[name];
    const given = args.map(tensorOf);
    it(`${name}: the jaxpr`, () => {
      const closed = makeJaxpr(program)(...given);
      checkJaxpr(closed);
      if (name in otherwise) return;
      expect(withoutDeadZeros(String(closed))).toBe(withoutDeadZeros(plainIntegers(text)));
    });
    it(`${name}: the values`, () => {
      const [leaves] = flatten(program(...given));
      const wanted = arraysOf(out);
      expect(leaves.length).toBe(wanted.length);
      (leaves as T[]).forEach((x, i) => {
        expect(x.shape).toEqual(wanted[i].shape);
        const numbers = decodeNumbers(wanted[i]);
        Array.from(x.dataSync(), Number).forEach((v, k) => {
          expect(Math.abs(v - numbers[k])).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(numbers[k])));
        });
      });
    });
  }
});
