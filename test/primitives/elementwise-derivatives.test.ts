import { describe, expect, it } from "vitest";
import { jvp } from "../../src/api/jvp.js";
import { makeJaxpr } from "../../src/api/make-jaxpr.js";
import { vjp } from "../../src/api/vjp.js";
import { literal } from "../../src/core/scalars.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { expectGolden, fromGolden, lax, tensor } from "./elementwise-support.js";

interface Derivative {
  readonly name: string;
  readonly python: string;
  readonly args: readonly GoldenArray[];
  readonly tangents: readonly GoldenArray[];
  readonly out: GoldenArray;
  readonly tangent: GoldenArray;
  readonly ct: GoldenArray;
  readonly cts: readonly GoldenArray[];
  readonly jvp: string | null;
  readonly vjp: string | null;
}
type F = (...xs: Tensor[]) => Tensor;

const predicate = (): Tensor => tensor([true, false, true], "bool");

/** The functions that are not one of lax's by name, by their records' names. */
const special: Readonly<Record<string, F>> = {
  "integer_pow complex": (x) => p.integerPow(x, -3),
  betainc: (x) => p.betainc(literal(2, "float32"), literal(3.5, "float32"), x),
  polygamma: (x) => p.polygamma(1, x),
  clamp: (x) => p.clamp(0.25, x, 0.5),
  select: (x, y) => p.select(predicate(), x, y),
  "select one side": (x) => p.select(predicate(), x, p.mul(2, x)),
  select_n: (x, y) => p.selectN(tensor([0, 2, 1], "int32"), x, y, x),
  "select_n scalar which": (x, y) => p.selectN(literal(1, "int32"), x, y),
  "convert half": (x) => p.convert(x, "float16"),
  "convert complex": (x) => p.convert(x, "complex64"),
  "convert real": (x) => p.convert(x, "float32"),
  reduce_precision: (x) => p.reducePrecision(x, 5, 3),
  copy: (x) => p.copy(x),
  stop_gradient: (x) => p.mul(x, p.stopGradient(x)),
  optimization_barrier: (x, y) => p.mul(...(p.optimizationBarrier([x, y]) as [Tensor, Tensor])),
  "optimization_barrier int": (x) => p.optimizationBarrier([x, literal(2, "int32")])[0],
  "x + x": (x) => p.add(x, x),
};

function functionOf({ name, python }: Derivative): F {
  const power = /^lambda x: lax.integer_pow\(x, (-?\d+)\)$/.exec(python);
  if (name in special) return special[name];
  if (power) return (x) => p.integerPow(x, Number(power[1]));
  if (python === "lax.round") return (x) => p.round(x);
  return lax[python.slice("lax.".length)] as F;
}

// JAX passes the float0 tangents of integers through the barrier; they hold no data, so ours leaves them out.
const otherText = ["optimization_barrier int"];

const { records } = readGolden<Derivative>("derivatives.json");
const tolerance = ({ out }: Derivative): number => (out.dtype === "float16" ? 2e-3 : 5e-6);

describe("derivatives are JAX's", () => {
  describe.each(records.map((r) => [r.name, r] as const))("%s", (_, r) => {
    const f = functionOf(r);
    const args = r.args.map(fromGolden);
    const moving = args.map((x) => x.dtype !== "int32");
    const xs = args.filter((_, i) => moving[i]);
    const of: F = (...given) => f(...args.map((x, i) => (moving[i] ? (given.shift() as Tensor) : x)));

    it("jvp", () => {
      const [out, tangent] = jvp(of, xs, r.tangents.map(fromGolden));
      expectGolden(out, r.out, tolerance(r));
      expectGolden(tangent, r.tangent, tolerance(r));
    });

    it("vjp", () => {
      const [, pull] = vjp(of, ...xs);
      const cts = pull(fromGolden(r.ct)) as Tensor[];
      for (const [i, ct] of cts.entries()) expectGolden(ct, r.cts[i], tolerance(r));
      expect(cts.length).toBe(r.cts.length);
    });

    if (r.jvp !== null && !otherText.includes(r.name)) {
      it("text of jvp", () => {
        const program = makeJaxpr((primals: Tensor[], ts: Tensor[]) => jvp(of, primals, ts))(
          xs,
          r.tangents.map(fromGolden),
        );
        expect(String(program)).toBe(r.jvp);
      });
      it("text of vjp", () => {
        const program = makeJaxpr((primals: Tensor[], ct: Tensor) => vjp(of, ...primals)[1](ct))(xs, fromGolden(r.ct));
        expect(String(program)).toBe(r.vjp);
      });
    }
  });
});
