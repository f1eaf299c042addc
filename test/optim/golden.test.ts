/** Optax's updates, schedules, losses, projections and minimisations. */
import { describe, expect, it } from "vitest";
import { grad, valueAndGrad } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as np from "../../src/numpy/index.js";
import * as optim from "../../src/optim/index.js";
import { type GoldenArray, type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { expectGolden, fromGolden } from "../primitives/elementwise-support.js";
import {
  callRecorded,
  camel,
  decode,
  isTensor,
  type RecordedCall,
  scheduleOf,
  transformationOf,
} from "./python-optax.js";

type GoldenTree = { readonly [name: string]: GoldenArray };
interface Record_ extends RecordedCall {
  readonly kind: "optimizer" | "schedule" | "call" | "minimize";
  readonly without?: readonly string[];
  readonly updates?: readonly GoldenTree[];
  readonly params?: GoldenTree;
  readonly values?: GoldenArray;
  readonly out?: GoldenValue;
  readonly grad?: GoldenArray | null;
  readonly f?: string;
  readonly x?: GoldenArray;
  readonly value?: GoldenArray;
}
const golden = readGolden<Record_>("optim.json");
const meta = golden.meta as unknown as { params: GoldenTree; grads: GoldenTree[]; steps: number[] };
const of = (kind: Record_["kind"]): (readonly [string, Record_])[] =>
  golden.records.filter((r) => r.kind === kind).map((r, i) => [r.python ?? `${r.fn} ${i}`, r] as const);

type Tensors = Record<string, Tensor>;
const tree = (t: GoldenTree, without: readonly string[] = []): Tensors =>
  Object.fromEntries(
    Object.entries(t)
      .filter(([k]) => !without.includes(k))
      .map(([k, a]) => [k, fromGolden(a)]),
  );

/** Roundings of five steps; where a result cancels, those of what it is made of. */
const tolerance = 4e-6;
const floor = 1e-2;
/** Matrix polynomials and sums over alignments round many times more. */
const toleranceOf = (name: string): number => (/muon|ctc/.test(name) ? 2e-5 : tolerance);

function expectTree(name: string, x: Tensors, want: GoldenTree): void {
  expect(Object.keys(x).sort()).toEqual(Object.keys(want).sort());
  for (const k of Object.keys(want)) expectGolden(x[k], want[k], toleranceOf(name), floor);
}

describe("optimizers and transformations", () => {
  it.each(of("optimizer"))("%s", (name, r) => {
    const tx = transformationOf(r);
    let params = tree(meta.params, r.without);
    let state = tx.init(params);
    for (const [i, g] of meta.grads.entries()) {
      const [updates, next] = tx.update(tree(g, r.without), state, params);
      state = next;
      params = optim.applyUpdates(params, updates);
      expectTree(name, updates, (r.updates as GoldenTree[])[i]);
    }
    expectTree(name, params, r.params as GoldenTree);
  });
});

describe("schedules", () => {
  it.each(of("schedule"))("%s", (_, r) => {
    const schedule = scheduleOf(r);
    const values = meta.steps.map((s) => schedule(np.array(s, { dtype: "int32" })));
    expectGolden(np.stack(values), r.values as GoldenArray, 2e-6, 1e-3);
  });
});

describe("losses, projections and trees", () => {
  const check = (x: unknown, want: GoldenValue, atMost = tolerance): void => {
    if (isGoldenArray(want)) {
      expect(isTensor(x)).toBe(true);
      expectGolden(x as Tensor, want, want.dtype === "bfloat16" ? 8e-3 : atMost, 1e-2);
    } else if (typeof want === "object" && want !== null) {
      for (const k of Object.keys(want))
        check((x as Record<string, unknown>)[k], (want as Record<string, GoldenValue>)[k]);
    } else expect(x).toEqual(decode(want));
  };
  it.each(of("call"))("%s", (name, r) => {
    check(callRecorded(r), r.out as GoldenValue);
    if (!r.grad) return;
    const total = (x: Tensor): Tensor => np.sum(callWith(r, x));
    check(grad(total)(fromGolden((r.args as GoldenArray[])[0])), r.grad, toleranceOf(name));
  });
});

/** The recorded call with another first argument. */
function callWith(r: Record_, x: Tensor): Tensor {
  const f = optim[camel((r.fn as string).replace("losses.", "")) as keyof typeof optim] as (
    ...args: unknown[]
  ) => Tensor;
  const options = Object.entries(r.kwargs ?? {}).map(([k, v]) => [camel(k), decode(v)]);
  const rest = (r.args ?? []).slice(1).map(decode);
  return options.length > 0 ? f(x, ...rest, Object.fromEntries(options)) : f(x, ...rest);
}

const at = (x: Tensor, i: number): Tensor => np.take(x, i);
const objectives: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "lambda x: (1. - x[0]) ** 2 + 10. * (x[1] - x[0] ** 2) ** 2": (x) => {
    const [a, b] = [at(x, 0), at(x, 1)];
    const valley = np.square(np.subtract(b, np.square(a)));
    return np.add(np.square(np.subtract(1, a)), np.multiply(10, valley));
  },
  "lambda x: 0.5 * (x[0] - 1.) ** 2 + 4. * (x[1] + 2.) ** 2": (x) =>
    np.add(np.multiply(0.5, np.square(np.subtract(at(x, 0), 1))), np.multiply(4, np.square(np.add(at(x, 1), 2)))),
};

describe("minimisation", () => {
  it.each(of("minimize"))("%s", (_, r) => {
    const f = objectives[r.f as string];
    const tx = transformationOf(r);
    let x = np.array([-1, 0.5]);
    let state = tx.init(x);
    const points = [x];
    for (let i = 1; i < (r.x as GoldenArray).shape[0]; i++) {
      const [value, g] = valueAndGrad(f)(x) as unknown as [Tensor, Tensor];
      const [updates, next] = tx.update(g, state, x, { value, grad: g, valueFn: f as (p: never) => Tensor });
      state = next;
      x = optim.applyUpdates(x, updates);
      points.push(x);
    }
    // Steps depend on earlier ones, so that roundings grow along the way.
    expectGolden(np.stack(points), r.x as GoldenArray, 2e-4, 1);
    expectGolden(np.stack(points.map(f)), r.value as GoldenArray, 2e-4, 1);
  });
});
