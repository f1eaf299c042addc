// Attention and its gradient as a card does them, over a stand-in for cuDNN, and which calls it leaves to other kernels.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expandAttention } from "../../../../xla-like/1-simplify/index.js";
import { keepsAttention } from "../../../../xla-like/5-emit/cuda/index.js";
import { emitLibraryCall } from "../../../../xla-like/5-emit/cuda/libraries/index.js";
import { cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import {
  type ArrayShape,
  arrayShape,
  computationsOf,
  type DType,
  HloBuilder,
  type HloModule,
  type HostArray,
  type Instr,
  sizeOf,
} from "../../../../xla-like/index.js";
import { compileForCuda } from "../../../../xla-like/pipeline/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import { cublas, cublasLt, cudnn } from "../../../native/stand-ins.js";
import { numbersOf } from "../../reference/helpers.js";
import { sample } from "../cpu/kernels/harness.js";
import { runWork, useStandIns, whyNoLibraries } from "./libraries.js";

interface Case {
  readonly dtype: DType;
  readonly B: number;
  readonly T: number;
  readonly S: number;
  /** Heads of queries, and of keys. */
  readonly N: number;
  readonly K: number;
  readonly H: number;
  readonly bias?: readonly [batch: number, heads: number];
  readonly causal?: boolean;
  /** False where nobody asks for the bias's gradient. */
  readonly biasGradient?: boolean;
}

const scale = 0.375;
const operandShapes = ({ dtype, B, T, S, N, K, H, bias }: Case): readonly ArrayShape[] => [
  arrayShape(dtype, [B, T, N, H]),
  arrayShape(dtype, [B, S, K, H]),
  arrayShape(dtype, [B, S, K, H]),
  ...(bias === undefined ? [] : [arrayShape(dtype, [...bias, T, S])]),
];

function forward(c: Case): HloModule {
  const b = new HloBuilder("main");
  const operands = operandShapes(c).map((s) => b.parameter(s));
  const config = { scale, causal: c.causal === true };
  return b.module("forward", b.customCall("attention", operands, Array(2).fill(operandShapes(c)[0]), { config }));
}

function backward(c: Case): HloModule {
  const b = new HloBuilder("main");
  const shapes = operandShapes(c);
  const stats = arrayShape(c.dtype === "float64" ? "float64" : "float32", [c.B, c.N, c.T]);
  const operands = [...shapes, shapes[0], stats, shapes[0]].map((s) => b.parameter(s));
  const config = { scale, causal: c.causal === true, bias: c.bias !== undefined };
  const gradients = b.customCall("attention-gradient", operands, shapes, { config });
  return b.module("backward", c.biasGradient === false ? gradients.slice(0, 3) : gradients);
}

const isCall = (i: { readonly opcode: string }): i is Instr<"custom-call"> => i.opcode === "custom-call";
function callOf(module: HloModule): Instr<"custom-call"> {
  const call = computationsOf(module).flatMap((c) => c.instructions.filter(isCall))[0];
  if (call === undefined) throw new Error("no call is left");
  return call;
}

const hopper = cudaTarget("sm_90");
const kept = (module: HloModule, target = hopper): HloModule =>
  expandAttention(module, (i) => keepsAttention(i, target));

/**
 * What results may differ by, of the largest: they are rounded themselves, and so is attention's result, from whose product
 * with its gradient cuDNN knows what the reference evaluator computes anew.
 */
const tolerances: Partial<Record<DType, number>> = { float32: 1e-6, float16: 4 * 2 ** -11, bfloat16: 4 * 2 ** -8 };

/** Runs the module's call on the card's stand-ins and compares with the reference evaluator. */
function run(whole: HloModule, args: readonly HostArray[]): { readonly steps: readonly string[]; got: HostArray[] } {
  const module = kept(whole);
  const i = callOf(module);
  const { results, steps } = runWork(i, args, (ir, symbol, target) => emitLibraryCall(ir, i, symbol, target));
  const want = evaluate(whole, args);
  const { shape } = module.entry.root;
  if (shape.kind !== "tuple") throw new Error("an entry gives a tuple");
  shape.elements.forEach((s, k) => {
    const [x, y] = [results[k], want[k]].map((data) => numbersOf(s.dtype, data));
    const largest = y.reduce((m, n) => Math.max(m, Math.abs(n)), 1);
    const worst = x.reduce((m, n, at) => Math.max(m, Math.abs(n - y[at])), 0) / largest;
    expect(worst, `result ${k}`).toBeLessThan(tolerances[s.dtype] as number);
    expect(x.length).toBe(sizeOf(s.dims));
  });
  return { steps, got: [...results] };
}

describe.skipIf(whyNoLibraries !== undefined)("attention by cuDNN", () => {
  let stop: () => void;
  beforeAll(() => {
    stop = useStandIns([cublas, cublasLt, cudnn]);
  }, 120_000);
  afterAll(() => stop());

  it.each<[string, Case, readonly string[]]>([
    ["heads", { dtype: "bfloat16", B: 2, T: 5, S: 7, N: 3, K: 3, H: 8 }, ["kernel", "attention-gradient"]],
    ["shared keys", { dtype: "float16", B: 2, T: 6, S: 6, N: 6, K: 2, H: 16, causal: true }, ["kernel", "attention-gradient"]], // biome-ignore format: a table
    ["whole tiles", { dtype: "bfloat16", B: 1, T: 4, S: 128, N: 2, K: 1, H: 8 }, ["attention-gradient"]],
    ["a bias", { dtype: "float16", B: 2, T: 4, S: 6, N: 2, K: 2, H: 8, bias: [2, 2] }, ["kernel", "attention-gradient"]], // biome-ignore format: a table
    ["a bias for all heads", { dtype: "float16", B: 2, T: 4, S: 4, N: 2, K: 1, H: 8, bias: [2, 1], causal: true }, ["kernel", "attention-gradient"]], // biome-ignore format: a table
    ["a bias for the batch", { dtype: "float16", B: 3, T: 2, S: 128, N: 2, K: 2, H: 8, bias: [1, 2] }, ["attention-gradient"]], // biome-ignore format: a table
    ["a mask", { dtype: "float16", B: 2, T: 4, S: 6, N: 2, K: 2, H: 8, bias: [2, 1], biasGradient: false }, ["kernel", "attention-gradient"]], // biome-ignore format: a table
  ])("takes %s", (_, c, steps) => {
    const shapes = operandShapes(c);
    const args = shapes.map((s, k) => sample(s, 31 + k));
    const { steps: ran, got } = run(forward(c), args);
    expect(ran).toEqual(["attention"]);
    expect(run(backward(c), [...args, ...got, sample(shapes[0], 97)]).steps).toEqual(steps);
  });
});

describe("what is left to other kernels", () => {
  const c: Case = { dtype: "bfloat16", B: 2, T: 4, S: 6, N: 4, K: 2, H: 64, bias: [1, 4] };
  const keeps = (change: Partial<Case>, target = hopper): readonly [boolean, boolean] => {
    const calls = [forward, backward].map((make) =>
      computationsOf(kept(make({ ...c, ...change }), target)).some((x) => x.instructions.some(isCall)),
    );
    return [calls[0], calls[1]];
  };

  it.each<[string, Partial<Case>, readonly [boolean, boolean]]>([
    ["nothing", {}, [true, true]],
    ["float32", { dtype: "float32" }, [false, false]],
    ["float64", { dtype: "float64" }, [false, false]],
    ["heads of 12", { H: 12 }, [false, false]],
    ["heads of 136", { H: 136 }, [false, false]],
    ["odd queries with a bias", { T: 5 }, [false, false]],
    ["odd keys with a bias", { S: 5 }, [false, false]],
    ["no keys", { S: 0, bias: undefined }, [false, false]],
    ["a single query that sees one key", { T: 1, bias: undefined, causal: true }, [false, false]],
    ["a single query's gradient by a single key", { T: 1, S: 1, bias: undefined }, [true, false]],
  ])("%s", (_, change, want) => {
    expect(keeps(change)).toEqual(want);
  });

  it("is a bias's gradient where runs repeat each other, but no mask's", () => {
    const repeating = { ...hopper, deterministic: true };
    expect(keeps({}, repeating)).toEqual([true, false]);
    expect(keeps({ biasGradient: false }, repeating)).toEqual([true, true]);
  });

  it("is compiled all the same", () => {
    const routines = (module: HloModule): readonly string[] => {
      const { plan } = compileForCuda(module, hopper);
      return plan.thunks.flatMap((t) => (t.kind === "routine" ? [t.name] : []));
    };
    expect(routines(backward(c))).toEqual(["attention-gradient"]);
    const parts = routines(backward({ ...c, H: 12 }));
    expect(parts.length).toBeGreaterThan(0);
    expect(new Set(parts)).toEqual(new Set(["matmul"]));
  });
});
