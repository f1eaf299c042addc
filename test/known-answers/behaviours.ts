/** Edge behaviours of JAX, each of its Python expressions in TypeScript. Names are those of behaviours.json. */
import {
  customVjp,
  grad,
  hessian,
  jit,
  jvp,
  lax,
  makeJaxpr,
  nn,
  numpy as np,
  type Tensor,
  tree,
  vmap,
} from "cotangent";

/** The class and code of the error that is thrown where JAX throws. */
export interface Throws {
  readonly throws: readonly [error: string, code: string];
  readonly run: () => unknown;
}
/** A result that we mean to differ, or an input that JavaScript cannot write: see docs/deviations.md. */
export interface Deviation {
  readonly deviation: string;
  /** What holds here instead: our value as text, an error, or (undefined) JAX's own result by another way. */
  readonly instead: string | Throws["throws"] | undefined;
  readonly run: () => unknown;
}
export type Behaviour = (() => unknown) | Throws | Deviation;

const f32 = (...v: number[]): Tensor => np.array(v, { dtype: "float32" });
const i32 = (...v: number[]): Tensor => np.array(v, { dtype: "int32" });
const int = (v: number, dtype: "int8" | "int32" = "int32"): Tensor => np.array(v, { dtype });
const float = (v: number): Tensor => np.array(v, { dtype: "float32" });
const throws = (error: string, code: string, run: () => unknown): Throws => ({ throws: [error, code], run });
const dtypesOf = (f: (x: Tensor) => Tensor, dtypes: readonly string[]): Record<string, string> =>
  Object.fromEntries(dtypes.map((d) => [d, f(np.ones([2], { dtype: d as "bool" })).dtype]));

const pair = { argnums: [0, 1] } as const;
const clip = grad((x: Tensor) => np.clip(x, 0, 1));

export const behaviours: Readonly<Record<string, Behaviour>> = {
  // Derivatives at ties, kinks and poles.
  "grad max tie": () => grad((a: Tensor, b: Tensor) => lax.max(a, b), pair)(1, 1),
  "grad jnp.maximum tie": () => grad(np.maximum, pair)(1, 1),
  "grad reduce max ties": () => grad((x: Tensor) => np.max(x))(f32(1, 3, 3, 2)),
  "grad abs 0": () => grad(np.abs)(0),
  "grad sign": () => grad(np.sign)(2),
  "grad sqrt 0": () => grad(np.sqrt)(0),
  "grad norm 0": () => grad((x: Tensor) => np.linalg.norm(x))(np.zeros([2])),
  "grad where nan trap": () => grad((x: Tensor) => np.where(x.greater(0), np.sqrt(x), 0))(0),
  "grad double where": () => grad((x: Tensor) => np.where(x.greater(0), np.sqrt(np.where(x.greater(0), x, 1)), 0))(0),
  "grad relu 0": () => grad(nn.relu)(0),
  "grad relu6 at 0,6": () => [grad(nn.relu6)(0), grad(nn.relu6)(6)],
  "grad clip at bounds": () => [clip(0), clip(1)],
  "grad lax.clamp at bound": () => grad((x: Tensor) => lax.clamp(0, x, 1))(0),
  "grad floor/round/ceil": () => [grad(np.floor)(1.5), grad((x: Tensor) => np.round(x))(1.5)],
  "grad prod with zero": () => grad((x: Tensor) => np.prod(x))(f32(2, 0, 3)),
  "grad cumprod with zero": () => grad((x: Tensor) => np.cumprod(x).sum())(f32(2, 0, 3)),
  "grad cummax ties": () => grad((x: Tensor) => lax.cummax(x).sum())(f32(1, 1, 0, 2)),
  "grad pow 0**0 lax.pow": () => grad(lax.pow, pair)(0, 0),
  "grad x**0.5 at 0": () => grad((x: Tensor) => x.pow(0.5))(float(0)),
  "grad x**2 at 0": () => grad((x: Tensor) => x.pow(2))(0),
  "grad x**2. at neg": () => grad((x: Tensor) => x.pow(2))(float(-3)),
  "grad arctan2 0 0": () => grad(np.arctan2, pair)(0, 0),
  "grad logsumexp -inf": () => grad((x: Tensor) => nn.logsumexp(x))(f32(-Infinity, -Infinity)),
  "logsumexp -inf": () => nn.logsumexp(f32(-Infinity, -Infinity)),
  "logsumexp inf": () => nn.logsumexp(f32(Infinity, 0)),
  "softmax all -inf": () => nn.softmax(f32(-Infinity, -Infinity)),
  "grad sort dup": () => grad((x: Tensor) => np.sum(np.sort(x).mul(f32(1, 2, 3))))(f32(2, 1, 3)),
  "grad median": () => grad((x: Tensor) => np.median(x))(f32(2, 1, 3, 4)),
  "grad std const": () => grad((x: Tensor) => np.std(x))(f32(1, 1)),
  "grad sinc 0": () => grad(np.sinc)(0),
  "grad det singular zeros": () => grad((x: Tensor) => np.linalg.det(x))(np.zeros([2, 2])),
  "grad dup index x[[0,0]]": () => grad((x: Tensor) => x.slice(i32(0, 0, 1)).sum())(f32(1, 2, 3)),
  "grad .at[dup].set": () => grad((v: Tensor) => np.zeros([3]).at(i32(0, 0)).set(v).sum())(f32(1, 2)),
  "grad top_k": () => grad((x: Tensor) => lax.topK(x, 2)[0].sum())(f32(1, 3, 3, 2)),
  "grad argmax int": () => grad((x: Tensor) => np.argmax(x).astype("float32"))(f32(1, 2)),
  "grad int err": throws("DTypeError", "CT310", () => grad((x: Tensor) => x.mul(2))(int(1))),
  "grad nonscalar": throws("ShapeError", "CT311", () => grad((x: Tensor) => x.mul(2))(np.ones([2]))),
  "grad int out": throws("DTypeError", "CT312", () => grad((x: Tensor) => x.astype("int32"))(1.5)),

  // Places outside.
  "gather OOB": () => f32(1, 2, 3).slice(i32(5, -3, -1)),
  "gather OOB static": () => f32(1, 2, 3).slice(int(10)),
  "take OOB default fill": () => np.take(f32(1, 2, 3), i32(5, -4, -1)),
  "take int OOB": () => np.take(i32(1, 2, 3), i32(5)),
  "scatter OOB dropped": () => f32(1, 2, 3).at(i32(5, 2)).set(9),
  "dynamic_slice clamp": () => lax.dynamicSlice(f32(1, 2, 3, 4), [3], [2]),

  // Integers and conversions.
  "int overflow": () => int(2147483647).add(int(1)),
  "int8 overflow": () => int(127, "int8").add(int(1, "int8")),
  "int div 0": () => [int(5).floorDivide(0), lax.div(int(5), int(0)), lax.rem(int(5), int(0)), int(5).mod(0)],
  "floor_divide neg": () => [
    int(-7).floorDivide(2),
    lax.div(int(-7), int(2)),
    np.mod(-7, 3),
    lax.rem(int(-7), int(3)),
    lax.rem(-7, 3),
  ],
  "int / int": () => int(1).div(int(2)),
  "float->int cast nan/inf/big": () => f32(Number.NaN, Infinity, -Infinity, 3e9, -1.9).astype("int32"),
  "float->uint8 cast": () => f32(-1, 300, Infinity).astype("uint8"),

  // NaN, ties, order.
  "argmax nan": () => np.argmax(f32(1, Number.NaN, 3)),
  "argmax tie first": () => np.argmax(f32(3, 1, 3)),
  "max nan": () => np.max(f32(1, Number.NaN, 3)),
  "maximum nan": () => np.maximum(1, Number.NaN),
  "fmax nan": () => np.fmax(1, Number.NaN),
  "sort nan": () => np.sort(f32(Number.NaN, 1, -Infinity, -0, 0, Infinity)),
  "argsort stable": () => np.argsort(f32(2, 1, 2, 1)),
  "argsort descending": () => np.argsort(f32(2, 1, 2, 1), -1, { descending: true }),

  // Result types.
  "sum dtypes": () => dtypesOf((x) => np.sum(x), ["bfloat16", "bool", "float16", "float32", "int32", "int8", "uint8"]),
  "mean dtypes": () => dtypesOf((x) => np.mean(x), ["bfloat16", "bool", "float16", "int32", "int8"]),
  "prod bool": () => np.prod(np.array([true, true])),
  "empty reductions": () => [np.sum(np.zeros([0])), np.prod(np.zeros([0])), np.mean(np.zeros([0]))],
  "max empty": throws("ShapeError", "CT107", () => np.max(np.zeros([0]))),
  "round half even": () => np.round(f32(0.5, 1.5, 2.5, -0.5)),
  "lax.round default": () => lax.round(f32(0.5, 1.5, 2.5, -0.5)),
  "weak py": () => [
    np.array(1.5, { dtype: "float16" }).add(1),
    int(3, "int8").add(1),
    np.add(1, 0.5),
    np.ones([2]).add(1),
  ],
  "int8 + big py int": () => int(1, "int8").add(300),
  "arange dtypes": {
    deviation: "one-kind-of-number",
    instead: undefined,
    run: () => [np.arange(3), np.arange(3, { dtype: "float32" }), np.arange(0, 1.5, 0.5)],
  },
  "array([1,2.5])": () => np.array([1, 2.5]),
  "array(1) weak": {
    deviation: "one-kind-of-number",
    instead: "int32* 1, int32* 1, float32 [1]",
    run: () => [np.asarray(1), np.asarray(1.0), np.array([1.0])],
  },
  "bool arithmetic": () => np.array([true]).add(np.array([true])),
  "-bool": throws("DTypeError", "CT105", () => np.array([true]).neg()),
  "bool - bool": throws("DTypeError", "CT105", () => np.array([true]).sub(np.array([true]))),
  "shape mismatch": throws("ShapeError", "CT103", () => np.ones([2]).add(np.ones([3]))),
  "dot mismatch": throws("ShapeError", "CT103", () => np.dot(np.ones([2, 3]), np.ones([2, 3]))),
  "lax.add mixed": throws("DTypeError", "CT104", () => lax.add(float(1), int(1))),

  // Values asked of tracers.
  "concretize bool": throws("ConcretizationError", "CT301", () => jit((x: Tensor) => (+x > 0 ? 1 : 2))(1.5)),
  "concretize float": throws("ConcretizationError", "CT301", () => jit((x: Tensor) => Number(x))(1.5)),
  "dyn shape": throws("ConcretizationError", "CT301", () => jit((n: Tensor) => np.zeros([n.item() as number]))(3)),
  "bool mask under jit": throws("ConcretizationError", "CT304", () =>
    jit((x: Tensor) => x.slice(x.greater(0)))(f32(1, 2)),
  ),
  "nonzero under jit": throws("ConcretizationError", "CT304", () => jit((x: Tensor) => np.nonzero(x))(f32(1, 2))),
  "nonzero size": () => np.nonzero(f32(1, 0, 2), { size: 3, fillValue: -1 }),
  "unique size": () => np.unique(i32(3, 1, 3), { size: 3 }),
  setitem: {
    deviation: "no-item-assignment",
    instead: "float32 [0,0,0]",
    run: () => {
      const x = np.zeros([3]);
      try {
        (x as unknown as number[])[0] = 1;
      } catch {
        // Refused or ignored: the values stay either way.
      }
      return x;
    },
  },
  "donated reuse": throws("DonationError", "CT503", () => {
    const f = jit((x: Tensor) => x.add(1), { donateArgnums: 0 });
    const x = np.ones([3]);
    f(x);
    return x.add(1);
  }),

  // Transforms and control flow.
  "vmap bad": throws("ShapeError", "CT320", () => vmap((x: Tensor, y: Tensor) => x.add(y))(np.ones([2]), np.ones([3]))),
  "scan carry mismatch": throws("TransformError", "CT402", () =>
    lax.scan((c: Tensor, x: Tensor) => [c.astype("float16"), x] as const, float(0), np.ones([3])),
  ),
  "while grad": throws("TransformError", "CT404", () =>
    grad((x: Tensor) =>
      lax.whileLoop(
        (c: Tensor) => c.less(10),
        (c: Tensor) => c.mul(2),
        x,
      ),
    )(1.5),
  ),
  "cond mismatch": throws("TransformError", "CT401", () =>
    lax.cond(
      true,
      (x: Tensor) => x,
      (x: Tensor) => x.astype("int32"),
      1.5,
    ),
  ),
  "switch clamp": () => lax.switch(7, [() => 0, () => 1, () => 2]),
  einsum: () => np.einsum("ij,jk->ik", np.ones([2, 3]), np.ones([3, 4])).shape.map(String),
  "one_hot OOB": () => nn.oneHot(i32(0, 3, -1), 3),
  "gelu default approx": () => nn.gelu(float(1)),
  "var ddof>=n": () => np.var(f32(1), null, { ddof: 1 }),
  "interp/searchsorted": () => np.searchsorted(f32(1, 2, 3), f32(2)),
  "bf16 reduce accum": () => np.sum(np.ones([4096], { dtype: "bfloat16" })),
  "f16 sum accum": () => np.sum(np.full([4096], 0.1, { dtype: "float16" })),
  "bf16 matmul": () => np.ones([1, 4096], { dtype: "bfloat16" }).matmul(np.ones([4096, 1], { dtype: "bfloat16" })),
  "pow neg int": throws("DTypeError", "CT105", () => i32(2).pow(-1)),
  "int pow dtype": () => i32(2).pow(3),
  float0: () => grad((x: Tensor) => x.mul(1.5), { allowInt: true })(int(1)),
  hessian: () => hessian((x: Tensor) => np.sum(x.pow(3)))(f32(1, 2)),
  "jvp dtype mismatch": throws("DTypeError", "CT316", () => jvp(np.sin, [float(1)], [int(1)])),
  "tree none": () => tree.leaves({ a: 1, b: null, c: 2 }).map(String),
  "leaked tracer": throws("LeakedTracerError", "CT302", () => {
    const leak: Tensor[] = [];
    jit((x: Tensor) => {
      leak.push(x);
      return x;
    })(1.5);
    return leak[0].add(1);
  }),
  "custom_vjp jvp": throws("TransformError", "CT327", () => {
    const f = customVjp((x: Tensor) => x);
    f.defvjp(
      (x: Tensor) => [x, null],
      (_: null, g: Tensor) => [g],
    );
    return jvp(f, [1.5], [1.5]);
  }),

  // Linear algebra of degenerate matrices.
  "cholesky non-PD": () =>
    np.linalg.cholesky(
      np.array([
        [1, 2],
        [2, 1],
      ]),
    ),
  "solve singular": () => np.linalg.solve(np.zeros([2, 2]), f32(1, 1)),
  "inv singular": () => np.linalg.inv(np.zeros([2, 2])),

  // Programs and complex numbers.
  make_jaxpr: () => String(makeJaxpr((x: Tensor, y: Tensor) => np.sin(x).mul(y).add(1))(0.5, np.ones([2]))),
  "jit grad jaxpr": () => String(makeJaxpr(grad((x: Tensor) => np.sin(x).pow(2)))(float(1))),
  "complex grad convention": () =>
    grad((z: Tensor) => np.abs(z).pow(2))(np.array({ re: 1, im: 2 }, { dtype: "complex64" })),
  holomorphic: () => grad((z: Tensor) => z.mul(z), { holomorphic: true })(np.asarray({ re: 1, im: 2 })),
};
