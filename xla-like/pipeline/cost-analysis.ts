/** What running a program costs, counted instruction by instruction from its HLO. */
import { tripCount } from "../1-simplify/index.js";
import { isComplex } from "../hlo/dtype.js";
import type { HloComputation, HloInstruction, HloModule, Instr, Opcode } from "../hlo/instruction.js";
import { type ArrayShape, bytesOf, type HloShape, sizeOf } from "../hlo/shape.js";

/** The interface is the runtime's, which stands above this phase. */
interface Cost {
  readonly flops: number;
  readonly bytesAccessed: number;
  readonly transcendentals: number;
}

const free: Cost = { flops: 0, bytesAccessed: 0, transcendentals: 0 };
const plus = (a: Cost, b: Cost): Cost => ({
  flops: a.flops + b.flops,
  bytesAccessed: a.bytesAccessed + b.bytesAccessed,
  transcendentals: a.transcendentals + b.transcendentals,
});
const times = (n: number, c: Cost): Cost => ({
  flops: n * c.flops,
  bytesAccessed: n * c.bytesAccessed,
  transcendentals: n * c.transcendentals,
});

const transcendental: ReadonlySet<Opcode> = new Set<Opcode>([
  "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "digamma", "erf", "erfc", "erf-inv",
  "bessel-i0e", "bessel-i1e", "exponential", "exponential-minus-one", "igamma", "igammac", "lgamma", "log",
  "log-plus-one", "logistic", "polygamma", "power", "random-gamma-grad", "regularized-incomplete-beta-b", "rsqrt", "sine",
  "sinh", "sqrt", "tan", "tanh", "zeta",
]); // biome-ignore format: a table

/** They move elements, or nothing at all, and compute nothing. */
const withoutArithmetic: ReadonlySet<Opcode> = new Set<Opcode>([
  "parameter", "constant", "iota", "bitcast-convert", "broadcast", "reshape", "transpose", "reverse", "slice", "pad",
  "concatenate", "dynamic-slice", "dynamic-update-slice", "gather", "tuple", "get-tuple-element", "optimization-barrier",
  "real", "imag", "complex", "select", "convert",
]); // biome-ignore format: a table

/** They are names for bytes that are elsewhere. */
const withoutTraffic: ReadonlySet<Opcode> = new Set<Opcode>([
  "parameter", "constant", "tuple", "get-tuple-element", "reshape", "optimization-barrier", "while", "conditional", "call",
]); // biome-ignore format: a table

/** Real operations in one of complex numbers. */
const complexFactor = (opcode: Opcode): number => (opcode === "multiply" ? 6 : opcode === "divide" ? 11 : 2);

const elementsOf = (s: HloShape): number => sizeOf((s.kind === "tuple" ? s.elements[0] : s).dims);
const dimsOf = (x: HloInstruction): readonly number[] => (x.shape as ArrayShape).dims;

/** Additions, multiplications, comparisons …, transcendental functions, and bytes moved between memory and processor. */
export const costAnalysis = (module: HloModule): Cost => computationCost(module.entry);

const computationCost = (c: HloComputation): Cost =>
  c.instructions.reduce((sum, i) => plus(sum, plus(arithmetic(i), { ...free, bytesAccessed: traffic(i) })), free);

/** What the elements of a computation cost that is applied element by element: nothing of it goes through memory. */
const applied = (c: HloComputation): Cost => ({ ...computationCost(c), bytesAccessed: 0 });

function arithmetic(i: HloInstruction): Cost {
  switch (i.opcode) {
    case "dot":
      return flops(i.shape, 2 * contracted(i));
    case "convolution":
      return flops(i.shape, 2 * taps(i));
    case "reduce": {
      const [x] = i.operands;
      return times(Math.max(0, elementsOf(x.shape) - elementsOf(i.shape)), applied(i.computation));
    }
    case "reduce-window": {
      const size = i.window.reduce((n, w) => n * w.size, 1);
      return times(elementsOf(i.shape) * Math.max(0, size - 1), applied(i.computation));
    }
    case "select-and-scatter": {
      const size = i.window.reduce((n, w) => n * w.size, 1);
      const sources = elementsOf(i.operands[1].shape);
      return plus(times(sources * Math.max(0, size - 1), applied(i.select)), times(sources, applied(i.scatter)));
    }
    case "scatter":
      return times(elementsOf(i.operands[2].shape), applied(i.computation));
    case "sort": {
      const n = dimsOf(i.operands[0])[i.dimension] ?? 1;
      const comparisons = n > 1 ? Math.ceil(elementsOf(i.shape) * Math.log2(n)) : 0;
      return times(comparisons, applied(i.comparator));
    }
    case "top-k": {
      const n = dimsOf(i.operands[0]).at(-1) ?? 1;
      return { ...free, flops: n > 1 ? Math.ceil(elementsOf(i.operands[0].shape) * Math.log2(n)) : 0 };
    }
    case "while":
      return times(tripCount(i) ?? 1, plus(computationCost(i.body), computationCost(i.condition)));
    case "conditional":
      return dearest(i.branches.map(computationCost));
    case "call":
      return computationCost(i.computation);
    case "fusion":
      return applied(i.computation);
    case "custom-call":
      return i.target === "attention" || i.target === "attention-gradient"
        ? attention(i)
        : { ...free, flops: routine(i) };
    default:
      return elementwise(i);
  }
}

function elementwise(i: HloInstruction): Cost {
  if (withoutArithmetic.has(i.opcode)) return free;
  const n = elementsOf(i.shape);
  if (transcendental.has(i.opcode)) return { ...free, transcendentals: n };
  const complex = i.operands.some((x) => x.shape.kind === "array" && isComplex(x.shape.dtype));
  return { ...free, flops: n * (complex ? complexFactor(i.opcode) : i.opcode === "clamp" ? 2 : 1) };
}

/** So many real operations for each element; a complex multiply-add is four of them. */
const flops = (shape: ArrayShape, each: number): Cost => ({
  ...free,
  flops: sizeOf(shape.dims) * each * (isComplex(shape.dtype) ? 4 : 1),
});

const contracted = (i: Instr<"dot">): number => i.dims.lhsContracting.reduce((n, d) => n * dimsOf(i.operands[0])[d], 1);

/** The products that one element of a convolution sums up, padding counted as if it were there. */
function taps(i: Instr<"convolution">): number {
  const kernel = dimsOf(i.operands[1]);
  const window = i.dims.kernelSpatial.reduce((n, d) => n * kernel[d], 1);
  return window * kernel[i.dims.kernelInputFeature];
}

function dearest(costs: readonly Cost[]): Cost {
  const weight = (c: Cost): number => c.flops + c.transcendentals + c.bytesAccessed;
  return costs.reduce((a, b) => (weight(b) > weight(a) ? b : a), free);
}

/** Its products, two or five of them, and an exponential for each score. */
function attention({ target, operands: [q, k] }: Instr<"custom-call">): Cost {
  const [B, T, N, H] = dimsOf(q);
  const scores = B * N * T * dimsOf(k)[1];
  return { ...free, flops: (target === "attention" ? 4 : 10) * H * scores, transcendentals: scores };
}

/** The leading term of the textbook counts, for each matrix of a batch. */
function routine(i: Instr<"custom-call">): number {
  const dims = i.operands.length > 0 ? dimsOf(i.operands[0]) : [];
  const [m, n] = [dims.at(-2) ?? 1, dims.at(-1) ?? 1];
  const batch = sizeOf(dims.slice(0, -2));
  const small = Math.min(m, n);
  switch (i.target) {
    case "cholesky":
      return (batch * n ** 3) / 3;
    case "lu":
      return batch * (m * n * small - ((m + n) * small ** 2) / 2 + small ** 3 / 3);
    case "qr":
      return batch * (2 * m * n * small - (m + n) * small ** 2 + (2 / 3) * small ** 3);
    case "triangular-solve":
      return elementsOf(i.operands[1].shape) * n;
    case "svd":
      return batch * (4 * m * n * small + 8 * small ** 3);
    case "eigh":
      return batch * 9 * n ** 3;
    case "eig":
    case "schur":
      return batch * 25 * n ** 3;
    case "hessenberg":
      return (batch * 10 * n ** 3) / 3;
    case "fft":
      return n > 1 ? 5 * elementsOf(i.operands[0].shape) * Math.log2(n) : 0;
    case "attention":
    case "attention-gradient":
    case "callback":
    case "allocate":
      return 0;
  }
}

/** Operands read and results written; of an operand that is only looked into, the elements that are. */
function traffic(i: HloInstruction): number {
  if (withoutTraffic.has(i.opcode)) return 0;
  const out = bytesOf(i.shape);
  const inputs = (from = 0): number => i.operands.slice(from).reduce((n, x) => n + bytesOf(x.shape), 0);
  switch (i.opcode) {
    case "slice":
    case "dynamic-slice":
    case "gather":
      return 2 * out + inputs(1);
    case "dynamic-update-slice":
      return 2 * bytesOf(i.operands[1].shape) + inputs(2);
    case "scatter":
      return 3 * bytesOf(i.operands[2].shape) + bytesOf(i.operands[1].shape);
    default:
      return out + inputs();
  }
}
