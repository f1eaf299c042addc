// Every function in float32 against float64, over all exponents, on each kind of processor.
import { describe, expect, it } from "vitest";
import { apply, type FunctionName, float32Ulps, jit, machines, whyNoJit } from "./functions.js";

type Reference = (x: number, y: number) => number;

/** JavaScript's functions are good to an ulp of float64, which is nothing in float32. */
const references: Partial<Record<FunctionName, Reference>> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atan2: Math.atan2,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  floor: Math.floor,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  logistic: (x) => 1 / (1 + Math.exp(-x)),
  // C's pow(1, NaN) and pow(-1, ±Infinity) are 1; JavaScript's are NaN.
  pow: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y),
  remainder: (x, y) => x % y,
  roundEven: (x) => {
    const below = Math.floor(x);
    const fraction = x - below;
    const odd = Math.abs(below % 2) === 1;
    const rounded = fraction < 0.5 || (fraction === 0.5 && !odd) ? below : below + 1;
    return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded;
  },
  roundAway: (x) => (x < 0 || Object.is(x, -0) ? -Math.floor(0.5 - x) : Math.floor(x + 0.5)),
  rsqrt: (x) => 1 / Math.sqrt(x),
  sign: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

const binary: readonly FunctionName[] = ["atan2", "pow", "remainder"];
/** JavaScript has none of these: their float64 versions, which golden data hold, are the reference. */
const byFloat64: readonly FunctionName[] = ["erf", "erfc", "erfInv"];
const names = [...(Object.keys(references) as FunctionName[]), ...byFloat64];

const edges = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2, -2, 3, -3, 1e-45, -1e-45, 1e-40, 2 ** -126, -(2 ** -126), 2 ** -24, 2 ** -12,
  Math.PI / 4, Math.PI / 2, Math.PI, 88.72284, -87.33655, -103.97209, 127.99999, 128, -149, -150, 0.99999994, 1.0000001,
  16777216, 65536, 3.4028235e38, -3.4028235e38, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN,
]; // biome-ignore format: a table

/** How many bit patterns each function is tried on; a sweep of all exponents takes more time. */
const patterns = process.env.COTANGENT_SWEEP ? 1 << 22 : 1 << 18;

/** Marsaglia's xorshift: the same numbers each time. */
function randomWords(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** All bit patterns alike, then numbers of ordinary size, then the edges; for two arguments, all pairs of edges. */
function samples(count: number, arity: 1 | 2, seed: number): Float32Array[] {
  const pairs = arity === 1 ? edges.length : edges.length ** 2;
  const ordinary = count >> 2;
  return Array.from({ length: arity }, (_, which) => {
    const next = randomWords(seed + 77 * which);
    const out = new Float32Array(count + ordinary + pairs);
    const bits = new Uint32Array(out.buffer);
    for (let i = 0; i < count; i++) bits[i] = next();
    for (let i = 0; i < ordinary; i++) out[count + i] = (next() / 2 ** 31 - 1) * 2 ** ((next() % 12) - 4);
    for (let i = 0; i < pairs; i++) {
      out[count + ordinary + i] = edges[which === 0 ? i % edges.length : Math.floor(i / edges.length)]!;
    }
    return out;
  });
}

function referenceOf(name: FunctionName, inputs: readonly Float32Array[]): ArrayLike<number> {
  if (byFloat64.includes(name)) {
    return apply(
      name,
      machines[0]!,
      inputs.map((x) => Float64Array.from(x)),
    );
  }
  const f = references[name]!;
  const [x, y] = inputs;
  return Float64Array.from(x!, (value, i) => f(value, y === undefined ? 0 : y[i]!));
}

function worstOf(name: FunctionName, inputs: readonly Float32Array[], got: Float32Array, want: ArrayLike<number>) {
  let [ulps, where] = [0, "nowhere"];
  for (let i = 0; i < got.length; i++) {
    const apart = float32Ulps(got[i]!, want[i]!);
    if (apart > ulps) {
      ulps = apart;
      where = `${name}(${inputs.map((x) => x[i]).join(", ")}) = ${got[i]}, not ${want[i]}`;
    }
  }
  return { ulps, where };
}

describe.skipIf(jit === undefined)(`float32 functions${whyNoJit}`, () => {
  it.each(names)("%s is within 2 ulp", (name) => {
    machines.forEach((machine, i) => {
      const inputs = samples(i === 0 ? patterns : patterns >> 4, binary.includes(name) ? 2 : 1, 12345 + i);
      const { ulps, where } = worstOf(name, inputs, apply(name, machine, inputs), referenceOf(name, inputs));
      if (process.env.COTANGENT_SHOW_ULPS) console.log(`${name} ${machine.name}: ${ulps.toFixed(3)} ${where}`);
      expect(ulps, `${machine.name}: ${where}`).toBeLessThanOrEqual(2);
    });
  });

  it.each(names)("%s does not depend on the number of lanes", (name) => {
    const inputs = samples(2048, binary.includes(name) ? 2 : 1, 99);
    for (const machine of machines.filter((m) => m.vector === 512)) {
      const bits = (lanes: number) =>
        new Uint32Array(Float32Array.from(apply(name, machine, inputs, lanes), (v) => v + 0).buffer);
      const scalar = bits(1);
      expect(bits(4)).toEqual(scalar);
      expect(bits(64)).toEqual(scalar);
    }
  });
});
