"""Edge behaviours of JAX: name, the Python that was run, its result as text, and the exact arrays.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_behaviours.py`. Writes behaviours.json.
The texts read: dtype, `*` if weakly typed, value as NumPy prints it. `python` is run line by line; its last line is the result.
Mode: jax_enable_x64=False, as in JAX out of the box.
"""
import ast
import sys
import warnings

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from encode import value, write

warnings.filterwarnings("ignore")


def show(x):
    if isinstance(x, tuple):
        return str(tuple(show(v) for v in x))
    if isinstance(x, (jax.Array, np.ndarray, np.generic)):
        body = np.array2string(np.asarray(x), separator=",").replace("\n", "")
        return f"{x.dtype}{'*' if getattr(x, 'weak_type', False) else ''} {body}"
    return str(x)


def run(source):
    env = {"jax": jax, "jnp": jnp, "lax": lax, "np": np, "f32": lambda *v: jnp.array(v, jnp.float32), "i32": lambda *v: jnp.array(v, jnp.int32)}
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, "<golden>", "exec"), env)
    return eval(compile(last, "<golden>", "eval"), env)


def record(name, source):
    source = source.strip()
    try:
        got = run(source)
        return {"name": name, "python": source, "expected": show(got), "detail": value(got)}
    except Exception as e:  # the class is the result
        return {"name": name, "python": source, "expected": f"throws {type(e).__name__}", "detail": None}


CASES = [
    ("grad max tie", "jax.grad(lambda a, b: lax.max(a, b), argnums=(0, 1))(1., 1.)"),
    ("grad jnp.maximum tie", "jax.grad(jnp.maximum, argnums=(0, 1))(1., 1.)"),
    ("grad reduce max ties", "jax.grad(lambda x: jnp.max(x))(f32(1, 3, 3, 2))"),
    ("grad abs 0", "jax.grad(jnp.abs)(0.)"),
    ("grad sign", "jax.grad(jnp.sign)(2.)"),
    ("grad sqrt 0", "jax.grad(jnp.sqrt)(0.)"),
    ("grad norm 0", "jax.grad(jnp.linalg.norm)(jnp.zeros(2))"),
    ("grad where nan trap", "jax.grad(lambda x: jnp.where(x > 0, jnp.sqrt(x), 0.))(0.)"),
    ("grad double where", "jax.grad(lambda x: jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1.)), 0.))(0.)"),
    ("grad relu 0", "jax.grad(jax.nn.relu)(0.)"),
    ("grad relu6 at 0,6", "(jax.grad(jax.nn.relu6)(0.), jax.grad(jax.nn.relu6)(6.))"),
    ("grad clip at bounds", "g = jax.grad(lambda x: jnp.clip(x, 0., 1.))\n(g(0.), g(1.))"),
    ("grad lax.clamp at bound", "jax.grad(lambda x: lax.clamp(0., x, 1.))(0.)"),
    ("grad floor/round/ceil", "(jax.grad(jnp.floor)(1.5), jax.grad(jnp.round)(1.5))"),
    ("grad prod with zero", "jax.grad(jnp.prod)(f32(2, 0, 3))"),
    ("grad cumprod with zero", "jax.grad(lambda x: jnp.cumprod(x).sum())(f32(2, 0, 3))"),
    ("grad cummax ties", "jax.grad(lambda x: lax.cummax(x).sum())(f32(1, 1, 0, 2))"),
    ("grad pow 0**0 lax.pow", "jax.grad(lax.pow, argnums=(0, 1))(0., 0.)"),
    ("grad x**0.5 at 0", "jax.grad(lambda x: x ** 0.5)(jnp.float32(0))"),
    ("grad x**2 at 0", "jax.grad(lambda x: x ** 2)(0.)"),
    ("grad x**2. at neg", "jax.grad(lambda x: x ** 2.)(jnp.float32(-3))"),
    ("grad arctan2 0 0", "jax.grad(jnp.arctan2, argnums=(0, 1))(0., 0.)"),
    ("grad logsumexp -inf", "jax.grad(jax.nn.logsumexp)(f32(-np.inf, -np.inf))"),
    ("logsumexp -inf", "jax.nn.logsumexp(f32(-np.inf, -np.inf))"),
    ("logsumexp inf", "jax.nn.logsumexp(f32(np.inf, 0))"),
    ("softmax all -inf", "jax.nn.softmax(f32(-np.inf, -np.inf))"),
    ("grad sort dup", "jax.grad(lambda x: jnp.sum(jnp.sort(x) * f32(1, 2, 3)))(f32(2, 1, 3))"),
    ("grad median", "jax.grad(jnp.median)(f32(2, 1, 3, 4))"),
    ("grad std const", "jax.grad(jnp.std)(f32(1, 1))"),
    ("grad sinc 0", "jax.grad(jnp.sinc)(0.)"),
    ("grad det singular zeros", "jax.grad(jnp.linalg.det)(jnp.zeros((2, 2)))"),
    ("grad dup index x[[0,0]]", "jax.grad(lambda x: x[i32(0, 0, 1)].sum())(f32(1, 2, 3))"),
    ("grad .at[dup].set", "jax.grad(lambda v: jnp.zeros(3).at[i32(0, 0)].set(v).sum())(f32(1, 2))"),
    ("grad top_k", "jax.grad(lambda x: lax.top_k(x, 2)[0].sum())(f32(1, 3, 3, 2))"),
    ("grad argmax int", "jax.grad(lambda x: jnp.argmax(x).astype(jnp.float32))(f32(1, 2))"),
    ("grad int err", "jax.grad(lambda x: x * 2)(1)"),
    ("grad nonscalar", "jax.grad(lambda x: x * 2)(jnp.ones(2))"),
    ("grad int out", "jax.grad(lambda x: jnp.int32(x))(1.)"),
    ("gather OOB", "f32(1, 2, 3)[i32(5, -3, -1)]"),
    ("gather OOB static", "f32(1, 2, 3)[jnp.array(10)]"),
    ("take OOB default fill", "jnp.take(f32(1, 2, 3), i32(5, -4, -1))"),
    ("take int OOB", "jnp.take(i32(1, 2, 3), i32(5))"),
    ("scatter OOB dropped", "f32(1, 2, 3).at[i32(5, 2)].set(9.)"),
    ("dynamic_slice clamp", "lax.dynamic_slice(f32(1, 2, 3, 4), (3,), (2,))"),
    ("int overflow", "jnp.int32(2147483647) + jnp.int32(1)"),
    ("int8 overflow", "jnp.int8(127) + jnp.int8(1)"),
    ("int div 0", "(jnp.int32(5) // 0, lax.div(jnp.int32(5), jnp.int32(0)), lax.rem(jnp.int32(5), jnp.int32(0)), jnp.int32(5) % 0)"),
    ("floor_divide neg", "(jnp.int32(-7) // 2, lax.div(jnp.int32(-7), jnp.int32(2)), jnp.mod(-7, 3), lax.rem(jnp.int32(-7), jnp.int32(3)), lax.rem(-7, 3))"),
    ("int / int", "jnp.int32(1) / jnp.int32(2)"),
    ("float->int cast nan/inf/big", "f32(np.nan, np.inf, -np.inf, 3e9, -1.9).astype(jnp.int32)"),
    ("float->uint8 cast", "f32(-1, 300, np.inf).astype(jnp.uint8)"),
    ("argmax nan", "jnp.argmax(f32(1, np.nan, 3))"),
    ("argmax tie first", "jnp.argmax(f32(3, 1, 3))"),
    ("max nan", "jnp.max(f32(1, np.nan, 3))"),
    ("maximum nan", "jnp.maximum(1., np.nan)"),
    ("fmax nan", "jnp.fmax(1., np.nan)"),
    ("sort nan", "jnp.sort(f32(np.nan, 1, -np.inf, -0., 0., np.inf))"),
    ("argsort stable", "jnp.argsort(f32(2, 1, 2, 1))"),
    ("argsort descending", "jnp.argsort(f32(2, 1, 2, 1), descending=True)"),
    ("sum dtypes", "{d: str(jnp.sum(jnp.ones(2, d)).dtype) for d in ('bfloat16', 'bool', 'float16', 'float32', 'int32', 'int8', 'uint8')}"),
    ("mean dtypes", "{d: str(jnp.mean(jnp.ones(2, d)).dtype) for d in ('bfloat16', 'bool', 'float16', 'int32', 'int8')}"),
    ("prod bool", "jnp.prod(jnp.array([True, True]))"),
    ("empty reductions", "(jnp.sum(jnp.zeros(0)), jnp.prod(jnp.zeros(0)), jnp.mean(jnp.zeros(0)))"),
    ("max empty", "jnp.max(jnp.zeros(0))"),
    ("round half even", "jnp.round(f32(0.5, 1.5, 2.5, -0.5))"),
    ("lax.round default", "lax.round(f32(0.5, 1.5, 2.5, -0.5))"),
    ("weak py", "(jnp.float16(1.5) + 1, jnp.int8(3) + 1, jnp.add(1, 0.5), jnp.ones(2) + 1)"),
    ("int8 + big py int", "jnp.int8(1) + 300"),
    ("arange dtypes", "(jnp.arange(3), jnp.arange(3.), jnp.arange(0, 1.5, 0.5))"),
    ("array([1,2.5])", "jnp.array([1, 2.5])"),
    ("array(1) weak", "(jnp.asarray(1), jnp.asarray(1.), jnp.array([1.]))"),
    ("bool arithmetic", "jnp.array([True]) + jnp.array([True])"),
    ("-bool", "-jnp.array([True])"),
    ("bool - bool", "jnp.array([True]) - jnp.array([True])"),
    ("shape mismatch", "jnp.ones(2) + jnp.ones(3)"),
    ("dot mismatch", "jnp.dot(jnp.ones((2, 3)), jnp.ones((2, 3)))"),
    ("lax.add mixed", "lax.add(jnp.float32(1), jnp.int32(1))"),
    ("concretize bool", "jax.jit(lambda x: 1 if x > 0 else 2)(1.)"),
    ("concretize float", "jax.jit(lambda x: float(x))(1.)"),
    ("dyn shape", "jax.jit(lambda n: jnp.zeros(n))(3)"),
    ("bool mask under jit", "jax.jit(lambda x: x[x > 0])(f32(1, 2))"),
    ("nonzero under jit", "jax.jit(lambda x: jnp.nonzero(x))(f32(1, 2))"),
    ("nonzero size", "jax.jit(lambda x: jnp.nonzero(x, size=3, fill_value=-1))(f32(1, 0, 2))"),
    ("unique size", "jnp.unique(i32(3, 1, 3), size=3)"),
    ("setitem", "x = jnp.zeros(3)\nx.__setitem__(0, 1.)"),
    ("donated reuse", "f = jax.jit(lambda x: x + 1, donate_argnums=0)\nx = jnp.ones(3)\n_ = f(x)\nx + 1"),
    ("vmap bad", "jax.vmap(lambda x, y: x + y)(jnp.ones(2), jnp.ones(3))"),
    ("scan carry mismatch", "lax.scan(lambda c, x: (c.astype(jnp.float16), x), jnp.float32(0), jnp.ones(3))"),
    ("while grad", "jax.grad(lambda x: lax.while_loop(lambda c: c < 10, lambda c: c * 2, x))(1.)"),
    ("cond mismatch", "lax.cond(True, lambda x: x, lambda x: jnp.int32(x), 1.)"),
    ("switch clamp", "lax.switch(7, [lambda: 0, lambda: 1, lambda: 2])"),
    ("einsum", "tuple(str(n) for n in jnp.einsum('ij,jk->ik', jnp.ones((2, 3)), jnp.ones((3, 4))).shape)"),
    ("one_hot OOB", "jax.nn.one_hot(i32(0, 3, -1), 3)"),
    ("gelu default approx", "jax.nn.gelu(jnp.float32(1.))"),
    ("var ddof>=n", "jnp.var(f32(1), ddof=1)"),
    ("interp/searchsorted", "jnp.searchsorted(f32(1, 2, 3), f32(2))"),
    ("bf16 reduce accum", "jnp.sum(jnp.ones(4096, jnp.bfloat16))"),
    ("f16 sum accum", "jnp.sum(jnp.full(4096, 0.1, jnp.float16))"),
    ("bf16 matmul", "jnp.ones((1, 4096), jnp.bfloat16) @ jnp.ones((4096, 1), jnp.bfloat16)"),
    ("pow neg int", "jnp.array([2]) ** -1"),
    ("int pow dtype", "jnp.array([2]) ** 3"),
    ("float0", "jax.grad(lambda x: x * 1., allow_int=True)(1)"),
    ("hessian", "jax.hessian(lambda x: jnp.sum(x ** 3))(f32(1, 2))"),
    ("jvp dtype mismatch", "jax.jvp(jnp.sin, (1.,), (1,))"),
    ("tree none", "[str(v) for v in jax.tree.leaves({'a': 1, 'b': None, 'c': 2})]"),
    ("leaked tracer", "leak = []\njax.jit(lambda x: leak.append(x) or x)(1.)\nleak[0] + 1"),
    ("custom_vjp jvp", "f = jax.custom_vjp(lambda x: x)\nf.defvjp(lambda x: (x, None), lambda r, g: (g,))\njax.jvp(f, (1.,), (1.,))"),
    ("cholesky non-PD", "jnp.linalg.cholesky(jnp.array([[1., 2.], [2., 1.]]))"),
    ("solve singular", "jnp.linalg.solve(jnp.zeros((2, 2)), f32(1, 1))"),
    ("inv singular", "jnp.linalg.inv(jnp.zeros((2, 2)))"),
    ("make_jaxpr", "str(jax.make_jaxpr(lambda x, y: jnp.sin(x) * y + 1.)(1., jnp.ones(2)))"),
    ("jit grad jaxpr", "str(jax.make_jaxpr(jax.grad(lambda x: jnp.sin(x) ** 2))(jnp.float32(1)))"),
    ("complex grad convention", "jax.grad(lambda z: jnp.abs(z) ** 2)(jnp.complex64(1 + 2j))"),
    ("holomorphic", "jax.grad(lambda z: z * z, holomorphic=True)(1 + 2j)"),
    ("jax_version", "jax.__version__"),
]

if __name__ == "__main__":
    records = [record(*c) for c in CASES]
    write("behaviours.json", records, {"x64": False})
    if len(sys.argv) > 1:  # compare with a reference list of {name: text}
        import json

        want = json.load(open(sys.argv[1]))
        got = {r["name"]: r["expected"] for r in records}
        for k, w in want.items():
            if got.get(k) != w:
                print(f"{k}\n   want {w}\n   got  {got.get(k)}")
