import { describe, expect, it } from "vitest";
import {
  blockUntilReady,
  customJvp,
  customVjp,
  deviceGet,
  devicePut,
  evalShape,
  explainRecompiles,
  grad,
  jit,
  jvp,
  makeJaxpr,
  ShapeDtypeStruct,
  vmap,
  whenReady,
} from "../../src/api/index.js";
import { defaultDevice, devices, withDefaultDevice } from "../../src/core/devices.js";
import type { Tensor } from "../../src/core/tensor.js";
import { add, multiply as mul, negative as neg } from "../../src/numpy/arithmetic.js";
import { reshape } from "../../src/primitives/shape.js";
import { sin } from "../../src/primitives/trigonometric.js";
import { t, thrownBy } from "./support.js";

/** How often a function is traced. */
function counted<A extends unknown[], R>(f: (...args: A) => R): { f: (...args: A) => R; calls: () => number } {
  let n = 0;
  return {
    f: (...args) => {
      n++;
      return f(...args);
    },
    calls: () => n,
  };
}

describe("jit", () => {
  it("traces once for each shape, dtype, weak type and structure", () => {
    const { f, calls } = counted((x: { a: Tensor } | Tensor) => ("a" in x ? neg(x.a) : neg(x)));
    const g = jit(f);
    const once = (x: unknown): number => {
      const before = calls();
      g(x as never);
      g(x as never);
      return calls() - before;
    };
    expect(once(t([1, 2]))).toBe(1);
    expect(once(t([1, 2, 3]))).toBe(1);
    expect(once(t([1, 2], "float64"))).toBe(1);
    expect(once(t(1, "float32"))).toBe(1);
    expect(once(1.5)).toBe(1);
    expect(once(2.5)).toBe(0);
    expect(once(3)).toBe(1);
    expect(once({ a: t([1, 2]) })).toBe(1);
    expect(g.cacheSize()).toBe(7);
    g.clearCache();
    expect(g.cacheSize()).toBe(0);
    expect(once(t([1, 2]))).toBe(1);
  });

  it("tells static arguments apart by value and type, functions by identity", () => {
    const { f, calls } = counted((x: Tensor, _static: unknown) => neg(x));
    const g = jit(f, { staticArgnums: 1 });
    const one = (): number => 1;
    const two = (): number => 1;
    const values = [
      0,
      -0,
      NaN,
      Infinity,
      -Infinity,
      1,
      "1",
      1n,
      true,
      null,
      undefined,
      one,
      two,
      [1, 2],
      [1, [2]],
      { a: 1 },
      { a: "1" },
    ];
    for (const v of values) g(1.5, v as never);
    expect(calls()).toBe(values.length);
    for (const v of [...values, [1, 2], { a: 1 }, Number.NaN]) g(2.5, v as never);
    expect(calls()).toBe(values.length);
    for (const bad of [t(1), new Float32Array(1), [t(1)], new Map([[1, t(2)]])]) {
      expect(thrownBy(() => g(1, bad as never))).toMatchObject({ name: "ArgumentError", code: "CT017" });
    }
    expect(thrownBy(() => jit(f, { staticArgnums: 5 })(1, 2 as never)).code).toBe("CT016");
    const optional = jit((x: Tensor, y?: Tensor, negate?: boolean) => (negate ? neg(y ?? x) : x), { staticArgnums: 2 });
    expect([optional(1).item(), optional(1, 2).item(), optional(1, 2, true).item()]).toEqual([1, 1, -2]);
    expect(thrownBy(() => jit(f, { staticArgnums: 1, donateArgnums: 1 })(1, 2 as never)).code).toBe("CT016");
    expect(thrownBy(() => jit(f)(1, "sum" as never)).message).toContain("staticArgnums");
  });

  it("explains what made it trace again, and where", () => {
    const messages: string[] = [];
    explainRecompiles((m) => messages.push(m));
    try {
      function model(p: { w: Tensor }, mode: string): Tensor {
        return mode === "neg" ? neg(p.w) : p.w;
      }
      const g = jit(model, { staticArgnums: 1 });
      g({ w: t([1, 2]) }, "neg");
      g({ w: t([1, 2, 3]) }, "neg");
      g({ w: t([1, 2, 3]) }, "id");
    } finally {
      explainRecompiles(false);
    }
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain("model is traced again");
    expect(messages[0]).toContain("jit.test.ts");
    expect(messages[0]).toContain("argument 0.w was f32[2], now it is f32[3]");
    expect(messages[1]).toContain('static argument 1 was "neg", now it is "id"');
  });

  it("shows its stages", () => {
    const lowered = jit((x: Tensor) => mul(x, x)).lower(t([1, 2]));
    expect(lowered.asText("jaxpr")).toMatchInlineSnapshot(`"{ lambda ; a:f32[2]. let b:f32[2] = mul a a in (b,) }"`);
    expect(lowered.asText("hlo")).toMatchInlineSnapshot(`
      "HloModule jit__lambda_

      ENTRY %jit__lambda_ (parameter.0: f32[2]) -> (f32[2]) {
        %parameter.0 = f32[2] parameter(0)
        %multiply.1 = f32[2] multiply(%parameter.0, %parameter.0), metadata={op_name="mul"}
        ROOT %tuple.2 = (f32[2]) tuple(%multiply.1), metadata={op_name="mul"}
      }
      "
    `);
    expect((lowered.compile()(t([2, 3])) as Tensor).js()).toEqual([4, 9]);
    expect(thrownBy(() => lowered.compile()(t([1])))).toMatchObject({ code: "CT330" });
    // What the default device's compiler makes, and how one knows it.
    const llvm = /^define /m;
    const makes = { cpu: { llvm }, cuda: { llvm, ptx: /^\.visible \.entry /m }, reference: {} };
    const made: { llvm?: RegExp; ptx?: RegExp } = makes[defaultDevice().kind];
    for (const stage of ["llvm", "ptx"] as const) {
      const text = made[stage];
      if (text !== undefined) expect(lowered.asText(stage)).toMatch(text);
      else expect(thrownBy(() => lowered.asText(stage))).toMatchObject({ name: "CompileError", code: "CT601" });
    }
    expect(
      jit(neg)
        .lower(new ShapeDtypeStruct([3], "float64"))
        .asText("hlo"),
    ).toContain("f64[3]");
  });

  it("donates arguments, whose later use throws", () => {
    const step = jit((x: Tensor, y: Tensor) => add(x, y), { donateArgnums: 0 });
    const x = t([1, 2]);
    expect(step(x, t([1, 1])).js()).toEqual([2, 3]);
    expect(thrownBy(() => x.js())).toMatchObject({ name: "DonationError", code: "CT503" });
    expect(thrownBy(() => add(x, x))).toMatchObject({ code: "CT503" });
    const y = t([1]);
    y.dispose();
    expect(thrownBy(() => neg(y))).toMatchObject({ name: "DonationError", code: "CT502" });
  });

  it("does not keep tracers that a function captured", () => {
    const outer = (x: Tensor): Tensor => jit((y: Tensor) => mul(x, y))(3);
    expect(grad(outer)(2).item()).toBe(3);
    let g: ((y: Tensor) => Tensor) | null = null;
    grad((x: Tensor) => {
      g = jit((y: Tensor) => mul(x, y)) as never;
      return (g as unknown as (y: number) => Tensor)(1);
    })(2);
    expect(thrownBy(() => (g as unknown as (y: number) => Tensor)(1))).toMatchObject({
      name: "LeakedTracerError",
      code: "CT302",
    });
  });
});

describe("tracers", () => {
  it("that escape are told by the function they came from", () => {
    let kept: Tensor | null = null;
    function loss(x: Tensor): Tensor {
      kept = sin(x);
      return mul(kept, x);
    }
    for (const run of [
      () => grad(loss)(1.5),
      () => jit(loss)(1.5),
      () => vmap(loss)(t([1, 2])),
      () => jvp(loss, [1.5], [1]),
    ]) {
      run();
      const error = thrownBy(() => neg(kept as Tensor));
      expect(error).toMatchObject({ name: "LeakedTracerError", code: "CT302" });
      expect(error.message).toContain("'loss'");
      // Passed through untouched, no primitive sees it.
      const pass = (_: Tensor): Tensor => kept as Tensor;
      for (const through of [jit(pass), grad(pass), vmap(pass)]) {
        expect(thrownBy(() => through(t([1, 2]))).code).toBe("CT302");
      }
    }
  });

  it("are no operands of JavaScript's operators, even where their value is known", () => {
    for (const use of [(x: Tensor) => +x, (x: Tensor) => `${x}`, (x: Tensor) => (x as unknown as number) > 0]) {
      function loss(x: Tensor): Tensor {
        use(x);
        return x;
      }
      const error = thrownBy(() => grad(loss)(1.5));
      expect(error).toMatchObject({ name: "ConcretizationError", code: "CT303" });
      expect(error.message).toContain("'loss'");
      expect(loss(t(1.5)).item()).toBe(1.5);
    }
  });

  it("cannot be read where they have no value", () => {
    function f(x: Tensor): Tensor {
      x.item();
      return x;
    }
    expect(thrownBy(() => jit(f)(1.5))).toMatchObject({ name: "ConcretizationError", code: "CT301" });
    expect(thrownBy(() => jit(f)(1.5)).message).toContain("jit of 'f'");
    expect(thrownBy(() => vmap(f)(t([1, 2]))).code).toBe("CT301");
    expect(thrownBy(() => jit((x: Tensor) => t(Number(x)))(1.5)).code).toBe("CT301");
    expect(thrownBy(() => jit((x: Tensor) => ((x as unknown as number) > 0 ? x : x))(1.5)).code).toBe("CT301");
    expect(thrownBy(() => jit((x: Tensor) => t(`${x}`.length))(1.5)).code).toBe("CT301");
    expect(grad((x: Tensor) => mul(x, x.item() as number))(3).item()).toBe(3);
  });
});

describe("vmap", () => {
  it("maps the axes it is told to", () => {
    const m = t([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(vmap((x: Tensor) => neg(x), { inAxes: 1, outAxes: 1 })(m).js()).toEqual([
      [-1, -2, -3],
      [-4, -5, -6],
    ]);
    expect(vmap((x: Tensor) => neg(x), { inAxes: -1 })(m).shape).toEqual([3, 2]);
    const f = (p: { w: Tensor; b: Tensor }, x: Tensor): Tensor => add(mul(p.w, x), p.b);
    const p = { w: t([1, 2]), b: t(10) };
    expect(vmap(f, { inAxes: [{ w: 0, b: null }, null] })(p, 3).js()).toEqual([13, 16]);
    expect(vmap(() => t(1), { axisSize: 3, inAxes: null })().js()).toEqual([1, 1, 1]);
    expect(vmap((x: Tensor) => [x, t(5)] as const, { outAxes: [0, null] })(t([1, 2]))[1].shape).toEqual([]);
    expect(vmap(neg)(t([[1]])).shape).toEqual([1, 1]);
  });

  it("has an error for each misuse", () => {
    const f = (x: { a: Tensor }, y: Tensor): Tensor => mul(x.a, y);
    const conflict = thrownBy(() => vmap(f, { inAxes: [0, 1] })({ a: t([1, 2]) }, t([[1, 2, 3]])));
    expect(conflict).toMatchObject({ name: "ShapeError", code: "CT320" });
    expect(conflict.message).toContain("argument 0.a of shape [2] has size 2 along axis 0");
    expect(conflict.message).toContain("argument 1 of shape [1,3] has size 3 along axis 1");
    expect(thrownBy(() => vmap(f, { inAxes: null })({ a: t(1) }, 1))).toMatchObject({
      name: "TransformError",
      code: "CT321",
    });
    expect(thrownBy(() => vmap(f, { inAxes: [{ b: 0 }, 0] })({ a: t([1]) }, t([1])))).toMatchObject({
      name: "TransformError",
      code: "CT322",
    });
    expect(thrownBy(() => vmap(f, { inAxes: [0] })({ a: t([1]) }, t([1])))).toMatchObject({ code: "CT322" });
    expect(thrownBy(() => vmap(neg, { outAxes: null })(t([1])))).toMatchObject({
      name: "TransformError",
      code: "CT323",
    });
    expect(thrownBy(() => vmap(neg, { outAxes: [0, 0] })(t([1])))).toMatchObject({ code: "CT323" });
    expect(thrownBy(() => vmap(neg)(1))).toMatchObject({ name: "ShapeError", code: "CT324" });
    expect(thrownBy(() => vmap(neg, { outAxes: 2 })(t([1])))).toMatchObject({ code: "CT324" });
    expect(thrownBy(() => vmap(neg, { inAxes: "0" } as never))).toMatchObject({ code: "CT003" });
    expect(thrownBy(() => vmap(neg, { in_axes: 0 } as never)).code).toBe("CT001");
  });
});

describe("custom rules", () => {
  it("replace the derivative, under every transform", () => {
    const f = customJvp((x: Tensor) => mul(x, x)).defjvp(([x], [dx]) => [mul(x, x), mul(dx, 10)]);
    expect(f(3).item()).toBe(9);
    expect(grad(f)(3).item()).toBe(10);
    expect(jvp(f, [3], [2])[1].item()).toBe(20);
    for (const g of [grad(jit(f)), jit(grad(f)), jit(grad(jit(f)))]) expect(g(3).item()).toBe(10);
    expect(vmap(grad(f))(t([1, 2])).js()).toEqual([10, 10]);
    expect(grad((x: Tensor) => reshape(vmap(f)(reshape(x, [1])), []))(3).item()).toBe(10);
    expect(jit(vmap(grad(jit(f))))(t([1, 2])).js()).toEqual([10, 10]);
  });

  it("in reverse mode", () => {
    const f = customVjp((x: Tensor, y: Tensor) => mul(x, y)).defvjp(
      (x, y) => [mul(x, y), [x, y]],
      ([, y], ct) => [mul(ct, mul(y, 100)), null],
    );
    expect(f(2, 3).item()).toBe(6);
    for (const g of [
      grad(f, { argnums: [0, 1] }),
      jit(grad(f, { argnums: [0, 1] })),
      grad(jit(f), { argnums: [0, 1] }),
    ]) {
      expect(g(2, 3).map((x: Tensor) => x.item())).toEqual([300, 0]);
    }
    expect(vmap(grad(f), { inAxes: [0, null] })(t([1, 2]), 3).js()).toEqual([300, 300]);
    expect(vmap(grad(jit(f)), { inAxes: [null, 0] })(2, t([1, 2])).js()).toEqual([100, 200]);
    expect(grad(grad((x: Tensor) => f(x, x)))(2).item()).toBe(100);
    expect(thrownBy(() => jvp(f, [2, 3], [1, 1]))).toMatchObject({ name: "TransformError", code: "CT327" });
    expect(thrownBy(() => jit((x: Tensor) => jvp(f, [x, x], [x, x])[1])(2))).toMatchObject({ code: "CT327" });
  });

  it("take nondifferentiable arguments", () => {
    const scale = customVjp((k: number, x: Tensor) => mul(x, k), { nondiffArgnums: [0] });
    scale.defvjp(
      (k, x) => [mul(x, k), x],
      (k, _res, ct) => [mul(ct, -k)],
    );
    expect(grad(scale, { argnums: 1 })(5, 2).item()).toBe(-5);
  });

  it("may be given one argument at a time", () => {
    const f = customJvp((x: Tensor, y: Tensor, n: Tensor) => mul(mul(x, y), n));
    f.defjvps(
      (dx, _out, _x, y) => mul(dx, y),
      (dy, out) => mul(dy, out),
      null,
    );
    const g = grad(f, { argnums: [0, 1, 2] });
    for (const run of [g, jit(g)]) expect(run(2, 3, 10).map((x) => x.item())).toEqual([3, 60, 0]);
    f.defjvps(null, null, null);
    expect(g(2, 3, 10).map((x) => x.item())).toEqual([0, 0, 0]);
    f.defjvps(null);
    expect(thrownBy(() => g(2, 3, 10)).code).toBe("CT329");
    const nondiff = customJvp((x: Tensor, k: number) => mul(x, k), { nondiffArgnums: [1] });
    expect(thrownBy(() => nondiff.defjvps(null)).code).toBe("CT003");
  });

  it("have errors for missing and ill-fitting rules", () => {
    const bare = customJvp((x: Tensor) => x);
    expect(bare(1).item()).toBe(1);
    expect(thrownBy(() => grad(bare)(1.5))).toMatchObject({ name: "TransformError", code: "CT328" });
    expect(thrownBy(() => grad(customVjp((x: Tensor) => x))(1.5))).toMatchObject({ code: "CT328" });
    const odd = customJvp((x: Tensor) => x).defjvp(([x]) => x as never);
    expect(thrownBy(() => grad(odd)(1.5))).toMatchObject({ code: "CT329" });
    const oddV = customVjp((x: Tensor) => x).defvjp(
      (x) => [x, null],
      () => [],
    );
    expect(thrownBy(() => grad(oddV)(1.5))).toMatchObject({ code: "CT329" });
    const wrongShape = customVjp((x: Tensor) => x).defvjp(
      (x) => [x, null],
      () => [t([1, 2])],
    );
    expect(thrownBy(() => grad(wrongShape)(1.5))).toMatchObject({ code: "CT318" });
  });
});

describe("makeJaxpr and evalShape", () => {
  it("trace without computing", () => {
    expect(String(makeJaxpr((x: Tensor) => mul(sin(x), x))(t([1, 2])))).toMatchInlineSnapshot(
      `"{ lambda ; a:f32[2]. let b:f32[2] = sin a; c:f32[2] = mul b a in (c,) }"`,
    );
    const out = evalShape((x: { a: Tensor }) => ({ y: reshape(x.a, [3, 2]) }), {
      a: new ShapeDtypeStruct([2, 3], "bfloat16"),
    });
    expect([out.y.shape, out.y.dtype, String(out.y)]).toEqual([[3, 2], "bfloat16", "ShapeDtypeStruct(bf16[3,2])"]);
  });
});

describe("devices", () => {
  it("hold what is put on them", async () => {
    const [first, second] = devices("reference");
    expect([String(first), String(second)]).toEqual(["reference:0", "reference:1"]);
    expect(devices()).toContain(defaultDevice());
    const x = devicePut({ w: t([1, 2]) }, "reference:1");
    expect([x.w.device, deviceGet(x)]).toEqual([second, { w: [1, 2] }]);
    expect(mul(x.w, 2).device).toBe(second);
    expect(add(x.w, t([1, 1])).device).toBe(second);
    expect(withDefaultDevice("reference:1", () => t(1).device)).toBe(second);
    expect(thrownBy(() => withDefaultDevice("reference:1", async () => t(1))).code).toBe("CT015");
    expect(jit(neg, { device: "reference:1" })(t(1)).device).toBe(second);
    expect(jit((y: Tensor) => devicePut(neg(y), first))(1.5).item()).toBe(-1.5);
    expect(grad((y: Tensor) => mul(devicePut(y, first), y))(3).item()).toBe(6);
    const onSecond = devicePut(t(2), second);
    const across = (y: Tensor): Tensor => mul(devicePut(y, second), onSecond);
    expect(grad((y: Tensor) => mul(devicePut(across(y), first), y))(devicePut(t(3), first)).item()).toBe(12);
    expect((await whenReady(x)).w.js()).toEqual([1, 2]);
    expect(blockUntilReady(x)).toBe(x);
    expect((["cpu", "cuda", "reference"] as const).flatMap((kind) => devices(kind))).toEqual(devices());
  });

  it("are never mixed or replaced", () => {
    const [a, b] = [devicePut(t([1]), "reference:0"), devicePut(t([1]), "reference:1")];
    const error = thrownBy(() => add(a, b));
    expect(error).toMatchObject({ name: "DeviceError", code: "CT500" });
    expect(error.message).toContain("reference:0");
    expect(error.message).toContain("reference:1");
    expect(thrownBy(() => jit(add)(a, b)).code).toBe("CT500");
    const missing = `cuda:${devices("cuda").length}`;
    expect(thrownBy(() => devicePut(a, missing))).toMatchObject({ name: "DeviceError", code: "CT501" });
    expect(thrownBy(() => defaultDevice("tpu:0")).code).toBe("CT501");
  });
});
