import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { byName, forEachCase, operandsOf } from "../../props/suites/cases.js";
import {
  grad,
  io,
  jit,
  lax,
  numpy as np,
  random,
  ShapeDtypeStruct,
  type Tensor,
  tree,
  valueAndGrad,
  vjp,
  vmap,
} from "../../src/index.js";
import { thrownBy } from "../api/support.js";
import { gpt, gptParams, mlp, mlpParams } from "../xla-like/stablehlo/programs.js";

const directory = mkdtempSync(join(tmpdir(), "function-"));
const at = (name: string): string => join(directory, name);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const data = (x: unknown): unknown => tree.map((t: Tensor) => [t.dtype, t.shape, t.dataSync()], x as Tensor);
const isClose = (a: unknown, b: unknown): void => {
  const [x, y] = [tree.leaves(a), tree.leaves(b)] as Tensor[][];
  expect(x.map((t) => [t.dtype, t.shape])).toEqual(y.map((t) => [t.dtype, t.shape]));
  x.forEach((t, i) => expect(np.allclose(t, y[i], { rtol: 1e-5, atol: 1e-6 }).item(), `leaf ${i}`).toBe(true));
};
const reload = async (exported: Parameters<typeof io.serializeFunction>[0], vjpOrder = 0) =>
  io.loadFunction<(...args: never[]) => unknown>(await io.serializeFunction(exported, { vjpOrder })) as Promise<
    io.LoadedFunction<(...args: unknown[]) => unknown>
  >;

const tokens = np.array([[1, 5, 2], [0, 3, 3]], { dtype: "int32" }); // biome-ignore format: rows
const x = np.array([[1, -2, 3, 0.5]]);

describe("a saved function", () => {
  it("runs in a process that has none of its source, with its parameters", async () => {
    const params = gptParams();
    const exported = jit(gpt).export(params, tokens).bind(0, params, { name: "params" });
    await io.saveFunction(at("gpt.safetensors"), exported);
    await io.save(at("args.safetensors"), [tokens]);
    const script = join(import.meta.dirname, "run-function.ts");
    const files = ["gpt", "args", "logits"].map((name) => at(`${name}.safetensors`));
    execFileSync(process.execPath, ["--import", "tsx", script, ...files], { stdio: ["ignore", "inherit", "inherit"] });
    expect(data(await io.load(at("logits.safetensors")))).toEqual(data(jit(gpt)(params, tokens)));
  });

  it("has its parameters by name, as any checkpoint", async () => {
    const params = mlpParams();
    await io.saveFunction(at("mlp.safetensors"), jit(mlp).export(params, x).bind(0, params, { name: "params" }));
    const names = ["params.hidden.b", "params.hidden.w", "params.out.b", "params.out.w"];
    const tensors = await io.load<Record<string, Tensor>>(at("mlp.safetensors"));
    expect(Object.keys(tensors).sort()).toEqual(names);
    const again = await io.load(at("mlp.safetensors"), { like: { params } });
    expect(data(again)).toEqual(data({ params }));
  });

  it("says what it takes and gives", async () => {
    const f = jit((p: { a: Tensor; b: Tensor[] }, power: number) => [p.a.pow(power), new Map([["b", p.b[0]]])], {
      staticArgnums: 1,
    });
    const p = { a: np.ones([2], { dtype: "float16" }), b: [np.array(true)] };
    const bytes = await io.serializeFunction(f.export(p, 3), { vjpOrder: 1, metadata: { note: "of a test" } });
    const g = await io.loadFunction(bytes);
    const half = new ShapeDtypeStruct([2], "float16");
    const truth = new ShapeDtypeStruct([], "bool");
    expect(g.inputs).toEqual([{ a: half, b: [truth] }]);
    expect(g.outputs).toEqual([half, new Map([["b", truth]])]);
    expect(g.statics).toEqual([{ argument: 1, value: "3" }]);
    expect(g.vjpOrder).toBe(1);
    expect([...g.metadata]).toEqual([["note", "of a test"]]);
    expect(g.constants.size).toBe(0);
    expect(data(g(p))).toEqual(data(f(p, 3)));
  });

  it.each(["cpu:0", "reference:0"])("runs on %s", async (device) => {
    const params = mlpParams();
    const exported = jit(mlp).export(params, x).bind(0, params);
    const f = await io.loadFunction(await io.serializeFunction(exported), { device });
    const y = f(x) as Tensor;
    expect(String(y.device)).toBe(device);
    isClose(y, mlp(params, x));
  });

  it("takes plain numbers where they fit, and keeps weak types", async () => {
    const f = await reload(jit((a: Tensor, b: number) => a.mul(b)).export(np.ones([2]), 3));
    expect(f.inputs).toEqual([
      new ShapeDtypeStruct([2], "float32"),
      new ShapeDtypeStruct([], "int32", { weakType: true }),
    ]);
    expect((f(np.array([1, 2]), 4) as Tensor).js()).toEqual([4, 8]);
    const g = await reload(jit((a: Tensor) => a.mul(2)).export(np.array(1.5, { dtype: "float64" })));
    expect((g(3) as Tensor).dtype).toBe("float64");
    expect(thrownBy(() => f(np.array([1, 2]), 1.5)).code).toBe("CT333");
  });

  it("has constants of every dtype, empty ones and scalars", async () => {
    const dtypes =
      "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64 complex64 complex128";
    const constants = dtypes.split(" ").flatMap((dtype) => {
      const values = np.arange(3).astype(dtype as "float32");
      return [values, values.reshape([1, 3]).slice([0, 0]), values.slice(2)];
    });
    const f = jit((y: Tensor) => [y, ...constants]);
    expect(data((await reload(f.export(1)))(1))).toEqual(data(f(1)));
    await io.saveFunction(at("constants.safetensors"), f.export(1));
    expect(data((await io.loadFunction(at("constants.safetensors")))(1))).toEqual(data(f(1)));
  });

  it("draws what its source draws", async () => {
    const f = jit((key: Tensor) => random.normal(key, [3]));
    expect(data((await reload(f.export(random.key(1))))(random.key(5)))).toEqual(data(f(random.key(5))));
  });

  it("can be exported again, lowered and printed", async () => {
    const params = mlpParams();
    const f = await reload(jit(mlp).export(params, x).bind(0, params), 1);
    expect(f.lower(x).asText("stablehlo")).toMatch(/^module @jit_mlp/);
    isClose((await reload(f.export(x)))(x), mlp(params, x));
    isClose(
      grad((y: Tensor) => np.sum((f as never as (y: Tensor) => Tensor)(y)))(x),
      grad((y: Tensor) => mlp(params, y).sum())(x),
    );
  });

  it.each(byName())("of the samples of %s computes the same", async (name, cases) => {
    if (name === "debug_callback") return;
    const all: [title: string, check: () => Promise<void>][] = [];
    forEachCase(cases, (c) => {
      const operands = operandsOf(c, 1);
      const f = jit((...xs: Tensor[]) => c.f(...xs), { device: "reference:0" });
      const exported = f.export(...operands);
      all.push([
        c.title,
        async () => {
          const g = await io.loadFunction(await io.serializeFunction(exported), { device: "reference:0" });
          expect(data(g(...operands)), c.title).toEqual(data(f(...operands)));
        },
      ]);
    });
    for (const [, check] of all) await check();
  });
});

describe("derivatives of a saved function", () => {
  const params = mlpParams();
  const labels = np.array([1], { dtype: "int32" });
  const loss = (p: ReturnType<typeof mlpParams>, y: Tensor, label: Tensor): Tensor =>
    np
      .square(np.sin(mlp(p, y)))
      .sum()
      .add(label.sum());
  type Loss = typeof loss;
  const load = async (vjpOrder: number): Promise<Loss> =>
    (await reload(jit(loss).export(params, x, labels), vjpOrder)) as never as Loss;

  it("are kept as often as they were asked for", async () => {
    const f = await load(1);
    isClose(valueAndGrad(f)(params, x, labels), valueAndGrad(loss)(params, x, labels));
    isClose(jit(grad(f, { argnums: 1 }))(params, x, labels), grad(loss, { argnums: 1 })(params, x, labels));
    const twice = (h: Loss) => (y: Tensor) => np.square(grad(h, { argnums: 1 })(params, y, labels)).sum();
    expect(thrownBy(() => grad(twice(f))(x))).toMatchObject({ name: "TransformError", code: "CT334" });
    const g = await load(2);
    isClose(grad(twice(g))(x), grad(twice(loss))(x));
  });

  it("are none without vjpOrder, and none forwards", async () => {
    const f = await load(0);
    expect(thrownBy(() => grad(f)(params, x, labels)).code).toBe("CT334");
    isClose(f(params, x, labels), loss(params, x, labels));
  });

  it("are mapped, and taken of mapped functions", async () => {
    const f = await load(1);
    const xs = np.stack([x, x.mul(2), x.sub(1)]);
    const rows = (h: Loss) => vmap((y: Tensor) => grad(h, { argnums: 1 })(params, y, labels))(xs);
    isClose(rows(f), rows(loss));
    const total = (h: Loss) => grad((ys: Tensor) => vmap((y: Tensor) => h(params, y, labels))(ys).sum())(xs);
    isClose(total(f), total(loss));
    isClose(vmap((y: Tensor) => f(params, y, labels))(xs), vmap((y: Tensor) => loss(params, y, labels))(xs));
  });

  it("pass through results of integers, and functions of integers alone", async () => {
    const f = (y: Tensor, n: Tensor): { value: Tensor; index: Tensor; n: Tensor } => ({
      value: np.exp(y).max(),
      index: np.argmax(y),
      n: n.add(1),
    });
    const g = (await reload(jit(f).export(np.ones([3]), labels), 1)) as never as typeof f;
    const y = np.array([1, 3, 2]);
    isClose(grad((z: Tensor) => g(z, labels).value)(y), grad((z: Tensor) => f(z, labels).value)(y));
    const [, pullback] = vjp((z: Tensor) => g(z, labels).value, y);
    isClose(pullback(2), vjp((z: Tensor) => f(z, labels).value, y)[1](2));
    const whole = await reload(jit((n: Tensor) => n.add(1)).export(labels), 1);
    expect((whole(labels) as Tensor).js()).toEqual([2]);
  });

  it("hold for loops, whose residuals are in the program", async () => {
    const f = (w: Tensor, xs: Tensor): Tensor =>
      lax.scan((c: Tensor, v: Tensor) => [np.tanh(w.mul(c).add(v)), c], np.zeros([]), xs)[0].sum();
    const args = [np.array(0.7), np.array([1, -1, 0.5])] as const;
    const g = (await reload(jit(f).export(...args), 1)) as never as typeof f;
    isClose(grad(g, { argnums: [0, 1] })(...args), grad(f, { argnums: [0, 1] })(...args));
  });
});
