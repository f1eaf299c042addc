// Elements of every type: what is special about the type, all combinations of that, and numbers at random.
import {
  bf16ToNumber,
  type DType,
  dtypes,
  f16ToNumber,
  type HostArray,
  hostArray,
  isComplex,
  numberToBf16,
  numberToF16,
} from "../../../../xla-like/hlo/index.js";

/** Marsaglia's xorshift: the same numbers each time. */
export function randomWords(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const floatSpecials = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, 2, -3, 7, 0.1, 100, -100, 1e-5, 3e4, 65504, 65520, 1e-7, 2 ** -24, 2 ** -26,
  2 ** -126, -(2 ** -133), 1e-40, 2 ** -149, 2 ** 31, -(2 ** 31), 2 ** 63, 2 ** 64, 3.3e38, -3.4e38, 1e-300, 1e300,
  Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN,
]; // biome-ignore format: a table
const complexSpecials = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2,
  1e-30,
  3e38,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** The specials of a type, as what is stored: one entry an element, two a complex number. */
export function specials(dtype: DType): HostArray {
  const { kind, bytes, storage: Storage } = dtypes[dtype];
  if (kind === "bool") return Uint8Array.of(0, 1);
  if (kind === "float") return encode(dtype, floatSpecials);
  if (kind === "complex") {
    const out = hostArray(dtype, complexSpecials.length ** 2);
    complexSpecials.forEach((re, i) =>
      complexSpecials.forEach((im, k) => {
        const at = 2 * (i * complexSpecials.length + k);
        out[at] = re;
        out[at + 1] = im;
      }),
    );
    return out;
  }
  const bits = BigInt(8 * bytes);
  const values = [0n, 1n, 2n, 3n, -1n, -2n, 5n, 7n, 8n, 15n, 31n, 32n, 63n, 64n, 100n];
  for (const edge of [
    1n << (bits - 1n),
    (1n << (bits - 1n)) - 1n,
    (1n << (bits - 1n)) + 1n,
    (1n << (bits / 2n)) + 3n,
  ]) {
    values.push(edge);
  }
  const out = new Storage(values.length);
  values.forEach((v, i) => setInteger(out, i, v));
  return out;
}

function setInteger(out: HostArray, i: number, v: bigint): void {
  if (out instanceof BigInt64Array || out instanceof BigUint64Array) out[i] = v;
  else out[i] = Number(BigInt.asIntN(32, v));
}

export function encode(dtype: DType, values: readonly number[]): HostArray {
  const out = hostArray(dtype, values.length);
  values.forEach((v, i) => {
    out[i] = dtype === "float16" ? numberToF16(v) : dtype === "bfloat16" ? numberToBf16(v) : v;
  });
  return out;
}

/** Half of them of ordinary size, half of them any bits at all. */
export function randoms(dtype: DType, n: number, seed: number): HostArray {
  const next = randomWords(seed);
  const out = hostArray(dtype, n);
  const { kind, bytes } = dtypes[dtype];
  const ordinary = () => (next() / 2 ** 31 - 1) * 2 ** ((next() % 10) - 3);
  const fill = (element: () => number): HostArray => {
    for (let i = 0; i < out.length; i++) out[i] = element();
    return out;
  };
  if (kind === "bool") return fill(() => next() >>> 31);
  if (kind === "float" && n > 0) {
    new Uint8Array(out.buffer).forEach((_, i, all) => {
      all[i] = next() >>> 24;
    });
    const typical = encode(dtype, Array.from({ length: n }, ordinary));
    for (let i = 0; i < n; i++) {
      // The reference knows only one NaN of 16 bits.
      const isOtherNaN = bytes === 2 && Number.isNaN(numberAt(dtype, out, i));
      if (i % 2 === 0 || isOtherNaN) out[i] = typical[i]!;
    }
    return out;
  }
  if (kind === "complex") return fill(ordinary);
  for (let i = 0; i < n; i++) {
    const wide = (BigInt(next()) << 32n) | BigInt(next());
    setInteger(out, i, i % 2 === 0 ? wide : wide >> BigInt(next() % 64));
  }
  return out;
}

const take = (dtype: DType, from: HostArray, indices: readonly number[]): HostArray => {
  const width = isComplex(dtype) ? 2 : 1;
  const out = hostArray(dtype, indices.length);
  indices.forEach((index, i) => {
    for (let part = 0; part < width; part++) out[width * i + part] = from[width * index + part]!;
  });
  return out;
};

const join = (dtype: DType, a: HostArray, b: HostArray): HostArray => {
  const width = isComplex(dtype) ? 2 : 1;
  const out = hostArray(dtype, (a.length + b.length) / width);
  (out as Uint8Array).set(a as Uint8Array, 0);
  (out as Uint8Array).set(b as Uint8Array, a.length);
  return out;
};

/** Operands for one, two or three places: every combination of specials (for three, some), then `n` at random. */
export function operandsOf(types: readonly DType[], n: number): HostArray[] {
  const sets = types.map(specials);
  const sizes = sets.map((set, k) => set.length / (isComplex(types[k]!) ? 2 : 1));
  const all = sizes.reduce((x, y) => x * y, 1);
  const step = all > 4000 ? Math.ceil(all / 4000) | 1 : 1;
  const picked = Array.from({ length: Math.ceil(all / step) }, (_, i) => i * step);
  let stride = 1;
  return types.map((dtype, k) => {
    const own = stride;
    stride *= sizes[k]!;
    const first = take(
      dtype,
      sets[k]!,
      picked.map((i) => Math.floor(i / own) % sizes[k]!),
    );
    return join(dtype, first, randoms(dtype, n, 1000 * k + 77));
  });
}

const [infinity, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const shapes = [0, 0.1, 0.5, 1, 2.5, 9.9, 10, 30, 100, 1000, -1, infinity, nan];
const limits = [0, 1e-10, 0.1, 0.5, 1, 3, 10, 12, 35, 100, 990, 1010, 1e4, -1, infinity, nan];
const places = [1e-5, 0.1, 0.5, 1, 2, 5.5, 12, 100, 1e5, -0.4, -1.7, -3.25, -10.75, 0, -1, -2, nan];
/** Arguments where special functions do not take forever, which the reference's otherwise may. */
const domains: Readonly<Record<string, readonly (readonly number[])[]>> = {
  igamma: [shapes, limits],
  igammac: [shapes, limits],
  "random-gamma-grad": [shapes, limits],
  "regularized-incomplete-beta-b": [
    [0, 0.1, 0.5, 1, 2, 9, 10, 11, 50, 300, -1, nan],
    [0, 0.1, 0.5, 1, 2, 9, 10, 11, 50, 300, -1, nan],
    [0, 1e-10, 0.1, 0.3, 0.5, 0.7, 0.9, 1 - 1e-7, 1, 2, nan],
  ],
  polygamma: [[0, 1, 2, 3, 5, 10, 20, 0.5, -1, 170, nan], places],
  zeta: [[1, 0.5, 1.5, 2, 3, 4.5, 10, 50, 100, nan], places],
};

/** Every combination of what is special to a function of several arguments, if it is one of those listed. */
export function specialOperands(opcode: string, dtype: DType): HostArray[] | undefined {
  const lists = domains[opcode];
  if (lists === undefined) return undefined;
  const count = lists.reduce((n, list) => n * list.length, 1);
  let stride = 1;
  return lists.map((list) => {
    const own = stride;
    stride *= list.length;
    return encode(
      dtype,
      Array.from({ length: count }, (_, i) => list[Math.floor(i / own) % list.length]!),
    );
  });
}

/** What an element stands for, as numbers. */
export function numberAt(dtype: DType, data: HostArray, i: number): number | bigint {
  const x = data[i]!;
  return dtype === "float16" ? f16ToNumber(Number(x)) : dtype === "bfloat16" ? bf16ToNumber(Number(x)) : x;
}
