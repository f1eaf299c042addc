"""What jax.make_jaxpr prints, for functions across the whole surface.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_jaxprs.py`. Writes jaxprs.json.
Each record: name; python, the source of f (helper lines first, the last line is f); args, one tree of avals per argument
("float32[2,3]", with `*` for a weak type); consts, the constants the jaxpr closed over; text, str(jaxpr); out, avals of the results.
A dict prints with sorted keys. Mode: jax_enable_x64=False, default backend CPU.
"""
import ast
import re

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from encode import value, write


def spec(text):
    """"f32[2,3]" to an abstract value; "1." or "2" to a Python number."""
    m = re.fullmatch(r"(bool|[a-z]+\d+)\[([\d,]*)\]", text)
    if not m:
        return ast.literal_eval(text)
    names = {"f": "float", "i": "int", "u": "uint", "bf": "bfloat", "c": "complex"}
    d = re.fullmatch(r"([a-z]+?)(\d*)", m[1])
    dtype = "bool" if m[1] == "bool" else names[d[1]] + d[2]
    return jax.ShapeDtypeStruct(tuple(int(n) for n in m[2].split(",") if n), dtype)


def run(source):
    env = {"jax": jax, "jnp": jnp, "lax": lax, "np": np}
    tree = ast.parse(source.strip())
    last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, "<golden>", "exec"), env)
    return eval(compile(last, "<golden>", "eval"), env)


def aval(x):
    shape = ",".join(str(n) for n in np.shape(x))
    a = jax.typeof(x) if not isinstance(x, jax.ShapeDtypeStruct) else x
    return f"{a.dtype.name}[{shape}]{'*' if getattr(a, 'weak_type', False) else ''}"


def record(name, source, args):
    specs = [jax.tree.map(spec, a) if not isinstance(a, str) else spec(a) for a in args]
    closed, out = jax.make_jaxpr(run(source), return_shape=True)(*specs)
    return {
        "name": name,
        "python": source.strip(),
        "args": jax.tree.map(aval, specs),
        "consts": [value(c) for c in closed.consts],
        "text": str(closed),
        "out": [f"{v.dtype.name}[{','.join(map(str, v.shape))}]{'*' if v.weak_type else ''}" for v in closed.out_avals],
    }


S, V, W, M = "f32[]", "f32[3]", "f32[4]", "f32[2,3]"
MLP = """
def loss(params, x, y):
    for w, b in params[:-1]:
        x = jnp.tanh(x @ w + b)
    w, b = params[-1]
    return jnp.mean((x @ w + b - y) ** 2)
"""
XENT = """
def loss(w, b, x, labels):
    logits = x @ w + b
    logp = logits - jax.nn.logsumexp(logits, axis=1, keepdims=True)
    return -jnp.mean(jnp.sum(labels * logp, axis=1))
"""
NAMESAKES = """
def named(f):
    f.__name__ = "f"
    return jax.jit(f)
first, second, third = named(lambda x: jnp.sin(x)), named(lambda x: x - 1.), named(lambda x: x * 2.)
"""
PARAMS = [["f32[3,4]", "f32[4]"], ["f32[4,2]", "f32[2]"]]

CASES = [
    ("add weak int literal", "lambda x: x + 1", [S]),
    ("add weak float literal", "lambda x: x + 1.5", [S]),
    ("literal first", "lambda x: 2. - x", [S]),
    ("weak scalar argument", "lambda x, y: x * y", ["1.5", V]),
    ("two weak arguments", "lambda x, y: x * y + 1", ["1.5", "2"]),
    ("polynomial", "lambda x: 3. * x * x + 2. * x - 1.", [S]),
    ("negation and division", "lambda x: -x / 2.", [S]),
    ("weak on bfloat16", "lambda x: x * 0.5 + 1", ["bf16[3]"]),
    ("identity", "lambda x: x", [S]),
    ("constant output", "lambda x: (x, 1., 2)", [S]),
    ("unused argument", "lambda x, y: x * 2.", [S, S]),
    ("same output twice", "lambda x: (x * 2.,) * 2", [S]),
    ("sin cos chain", "lambda x: jnp.sin(jnp.cos(jnp.sin(x)))", [S]),
    ("elementary functions", "lambda x: jnp.exp(x) + jnp.log(x) + jnp.sqrt(x) + jnp.tanh(x) + jnp.abs(x) + jnp.sign(x)", [S]),
    ("more elementary functions", "lambda x: jnp.expm1(x) + jnp.log1p(x) + jnp.floor(x) + jnp.ceil(x) + lax.rsqrt(x) + lax.erf(x) + jnp.square(x)", [S]),
    ("vector plus vector", "lambda x, y: x + y", [V, V]),
    ("scalar plus vector", "lambda x, y: x + y", [S, V]),
    ("row broadcast", "lambda x, y: x + y", [M, V]),
    ("column broadcast", "lambda x, y: x * y", [M, "f32[2,1]"]),
    ("both broadcast", "lambda x, y: x * y", ["f32[2,1]", "f32[1,3]"]),
    ("broadcast_to", "lambda x: jnp.broadcast_to(x, (2, 3))", [V]),
    ("mixed dtypes", "lambda x, y: x + y", [V, "i32[3]"]),
    ("half plus float", "lambda x, y: x * y", ["f16[3]", "bf16[3]"]),
    ("dot vectors", "lambda x, y: jnp.dot(x, y)", [V, V]),
    ("matmul", "lambda x, y: x @ y", [M, "f32[3,4]"]),
    ("matmul batched", "lambda x, y: x @ y", ["f32[5,2,3]", "f32[5,3,4]"]),
    ("matrix times vector", "lambda x, y: x @ y", [M, V]),
    ("lax dot_general", "lambda x, y: lax.dot_general(x, y, (((1,), (2,)), ((0,), (0,))), preferred_element_type=jnp.float32)", ["bf16[5,3]", "bf16[5,4,3]"]),
    ("einsum contraction", "lambda x, y: jnp.einsum('ij,jk->ik', x, y)", [M, "f32[3,4]"]),
    ("einsum batch and transpose", "lambda x, y: jnp.einsum('bqhd,bkhd->bhqk', x, y)", ["f32[2,3,4,5]", "f32[2,6,4,5]"]),
    ("einsum trace", "lambda x: jnp.einsum('ii->', x)", ["f32[3,3]"]),
    ("outer", "lambda x, y: jnp.outer(x, y)", [V, W]),
    ("tensordot", "lambda x, y: jnp.tensordot(x, y, axes=2)", ["f32[5,2,3]", "f32[2,3,4]"]),
    ("sum all", "lambda x: jnp.sum(x)", [M]),
    ("sum axis", "lambda x: jnp.sum(x, axis=0)", [M]),
    ("sum keepdims", "lambda x: jnp.sum(x, axis=-1, keepdims=True)", [M]),
    ("sum of int8", "lambda x: jnp.sum(x)", ["i8[4]"]),
    ("sum of bfloat16", "lambda x: jnp.sum(x)", ["bf16[4]"]),
    ("sum of bool", "lambda x: jnp.sum(x)", ["bool[4]"]),
    ("max and min", "lambda x: (jnp.max(x, axis=1), jnp.min(x, axis=(0, 1)))", [M]),
    ("mean axis", "lambda x: jnp.mean(x, axis=1)", [M]),
    ("mean of int", "lambda x: jnp.mean(x)", ["i32[4]"]),
    ("var", "lambda x: jnp.var(x, axis=0)", [M]),
    ("std", "lambda x: jnp.std(x, axis=-1, keepdims=True, ddof=1)", [M]),
    ("prod", "lambda x: jnp.prod(x)", [V]),
    ("all and any", "lambda x: (jnp.all(x), jnp.any(x, axis=0))", ["bool[2,3]"]),
    ("reshape", "lambda x: x.reshape(3, 2)", [M]),
    ("reshape minus one", "lambda x: x.reshape(-1)", [M]),
    ("transpose", "lambda x: x.T", [M]),
    ("transpose axes", "lambda x: jnp.transpose(x, (2, 0, 1))", ["f32[2,3,4]"]),
    ("swapaxes and moveaxis", "lambda x: jnp.moveaxis(jnp.swapaxes(x, 0, 1), -1, 0)", ["f32[2,3,4]"]),
    ("squeeze", "lambda x: jnp.squeeze(x, axis=1)", ["f32[2,1,3]"]),
    ("expand_dims", "lambda x: jnp.expand_dims(x, (0, 2))", [V]),
    ("newaxis", "lambda x: x[:, None]", [V]),
    ("slice", "lambda x: x[1:3]", [W]),
    ("slice strided", "lambda x: x[::2, 1:]", ["f32[4,3]"]),
    ("reverse slice", "lambda x: x[::-1]", [W]),
    ("lax slice and rev", "lambda x: lax.rev(lax.slice(x, (0, 1), (2, 3), (1, 2)), (0,))", [M]),
    ("static index", "lambda x: x[0]", [M]),
    ("negative static index", "lambda x: x[-1, 1]", [M]),
    ("gather by array", "lambda x, i: x[i]", [M, "i32[4]"]),
    ("gather by scalar", "lambda x, i: x[i]", [M, "i32[]"]),
    ("gather two arrays", "lambda x, i, j: x[i, j]", [M, "i32[4]", "i32[4]"]),
    ("gather uint8 index", "lambda x, i: x[i]", [M, "u8[4]"]),
    ("take", "lambda x, i: jnp.take(x, i, axis=1)", [M, "i32[2]"]),
    ("take_along_axis", "lambda x, i: jnp.take_along_axis(x, i, axis=1)", [M, "i32[2,1]"]),
    ("concatenate", "lambda x, y: jnp.concatenate([x, y, x], axis=1)", [M, "f32[2,1]"]),
    ("concatenate dtypes", "lambda x, y: jnp.concatenate([x, y])", [V, "i32[2]"]),
    ("stack", "lambda x, y: jnp.stack([x, y], axis=-1)", [V, V]),
    ("split", "lambda x: jnp.split(x, 2)", [W]),
    ("where", "lambda c, x, y: jnp.where(c, x, y)", ["bool[3]", V, V]),
    ("where with scalars", "lambda x: jnp.where(x > 0, x, 0.)", [V]),
    ("lax select", "lambda c, x, y: lax.select(c, x, y)", ["bool[]", V, V]),
    ("comparisons", "lambda x, y: (x < y, x <= y, x > y, x >= y, x == y, x != y)", [V, V]),
    ("compare with literal", "lambda x: x > 1", [V]),
    ("maximum and minimum", "lambda x, y: jnp.minimum(jnp.maximum(x, 0.), y)", [V, V]),
    ("clip", "lambda x: jnp.clip(x, 0., 1.)", [V]),
    ("lax clamp", "lambda x: lax.clamp(0., x, 1.)", [V]),
    ("astype", "lambda x: x.astype(jnp.int32)", [V]),
    ("convert chain", "lambda x: x.astype(jnp.bfloat16).astype(jnp.float32).astype(bool)", [V]),
    ("bitcast", "lambda x: lax.bitcast_convert_type(x, jnp.uint32)", [V]),
    ("arange", "lambda: jnp.arange(4)", []),
    ("arange with step", "lambda: jnp.arange(0., 2., 0.5)", []),
    ("zeros and ones", "lambda: (jnp.zeros((2, 3)), jnp.ones(3, jnp.int32), jnp.full((2,), 7.))", []),
    ("zeros_like", "lambda x: (jnp.zeros_like(x), jnp.ones_like(x))", [V]),
    ("eye", "lambda: jnp.eye(3)", []),
    ("lax iota", "lambda: (lax.iota(jnp.int32, 4), lax.broadcasted_iota(jnp.int32, (2, 3), 1))", []),
    ("linspace", "lambda: jnp.linspace(0., 1., 5)", []),
    ("tril", "lambda x: jnp.tril(x)", ["f32[3,3]"]),
    ("cumsum", "lambda x: jnp.cumsum(x, axis=1)", [M]),
    ("lax cumulative", "lambda x: (lax.cumprod(x), lax.cummax(x, reverse=True), lax.cumlogsumexp(x))", [V]),
    ("argmax", "lambda x: jnp.argmax(x, axis=1)", [M]),
    ("argmax flat", "lambda x: jnp.argmax(x)", [M]),
    ("sort", "lambda x: jnp.sort(x, axis=0)", [M]),
    ("argsort", "lambda x: jnp.argsort(x)", [V]),
    ("top_k", "lambda x: lax.top_k(x, 2)", [M]),
    ("sort with keys", "lambda x, y: lax.sort((x, y), num_keys=1)", [V, "i32[3]"]),
    ("softmax", "lambda x: jax.nn.softmax(x)", [M]),
    ("log_softmax", "lambda x: jax.nn.log_softmax(x)", [M]),
    ("logsumexp", "lambda x: jax.nn.logsumexp(x, axis=-1)", [M]),
    ("relu", "lambda x: jax.nn.relu(x)", [V]),
    ("gelu", "lambda x: jax.nn.gelu(x)", [V]),
    ("gelu exact", "lambda x: jax.nn.gelu(x, approximate=False)", [V]),
    ("silu and sigmoid", "lambda x: jax.nn.silu(x) + jax.nn.sigmoid(x)", [V]),
    ("softplus", "lambda x: jax.nn.softplus(x)", [V]),
    ("one_hot", "lambda i: jax.nn.one_hot(i, 3)", ["i32[4]"]),
    ("lax logistic", "lambda x: lax.logistic(x)", [V]),
    ("integer_pow", "lambda x: x ** 3", [V]),
    ("integer_pow negative", "lambda x: x ** -2", [V]),
    ("power of float", "lambda x: x ** 2.5", [V]),
    ("power of array", "lambda x, y: x ** y", [V, V]),
    ("power of int array", "lambda x, y: lax.pow(x, y)", [V, "i32[3]"]),
    ("dynamic_slice", "lambda x, i: lax.dynamic_slice(x, (i,), (2,))", [W, "i32[]"]),
    ("dynamic_update_slice", "lambda x, u, i: lax.dynamic_update_slice(x, u, (i,))", [W, "f32[2]", "i32[]"]),
    ("dynamic_index_in_dim", "lambda x, i: lax.dynamic_index_in_dim(x, i, 0, keepdims=False)", [M, "i32[]"]),
    ("pad", "lambda x: jnp.pad(x, ((1, 2), (0, 1)))", [M]),
    ("lax pad", "lambda x: lax.pad(x, 0., ((1, 2, 1), (-1, 0, 0)))", [M]),
    ("at set", "lambda x, v: x.at[1].set(v)", [V, S]),
    ("at add by array", "lambda x, i, v: x.at[i].add(v)", [V, "i32[4]", W]),
    ("at set slice", "lambda x: x.at[1:3].set(0.)", [W]),
    ("segment_sum", "lambda x, i: jax.ops.segment_sum(x, i, num_segments=3)", [W, "i32[4]"]),
    ("cond", "lambda x: lax.cond(x > 0, lambda x: x * 2., lambda x: -x, x)", [S]),
    ("cond closure", "lambda p, x, y: lax.cond(p, lambda: x + y, lambda: x - y)", ["bool[]", S, S]),
    ("switch", "lambda i, x: lax.switch(i, [lambda x: x, lambda x: x * 2., lambda x: jnp.sin(x)], x)", ["i32[]", S]),
    ("scan", "lambda c, xs: lax.scan(lambda c, x: (c + x, c * x), c, xs)", [S, V]),
    ("scan with constants", "lambda w, c, xs: lax.scan(lambda c, x: (jnp.tanh(c @ w + x), None), c, xs)[0]", ["f32[3,3]", V, "f32[5,3]"]),
    ("scan length reverse unroll", "lambda c: lax.scan(lambda c, _: (c * 2., c), c, None, length=4, reverse=True, unroll=2)", [S]),
    ("while_loop", "lambda x: lax.while_loop(lambda c: c[0] < 10, lambda c: (c[0] + 1, c[1] * 2.), (0, x))", [S]),
    ("while_loop closures", "lambda n, w, x: lax.while_loop(lambda c: jnp.sum(c) < n, lambda c: c * w, x)", [S, V, V]),
    ("fori_loop static", "lambda x: lax.fori_loop(0, 5, lambda i, c: c + i, x)", [S]),
    ("fori_loop dynamic", "lambda n, x: lax.fori_loop(0, n, lambda i, c: c * x, 1.)", ["i32[]", S]),
    ("lax map", "lambda x: lax.map(lambda v: jnp.sin(v) * 2., x)", [V]),
    ("associative_scan", "lambda x: lax.associative_scan(jnp.add, x)", [W]),
    ("jit inside", "@jax.jit\ndef inner(x, y):\n    return jnp.sin(x) * y\nlambda x: inner(x, 2.) + 1.", [S]),
    ("jit twice the same", "@jax.jit\ndef inner(x):\n    return x * 2.\nlambda x: inner(inner(x))", [S]),
    ("jit with unused and static", "from functools import partial\n@partial(jax.jit, static_argnums=1)\ndef inner(x, n, y):\n    return x ** n\nlambda x, y: inner(x, 3, y)", [S, S]),
    ("nested jit", "@jax.jit\ndef a(x):\n    return jnp.cos(x)\n@jax.jit\ndef b(x):\n    return a(x) + a(x * 2.)\nlambda x: b(x)", [S]),
    ("grad sin squared", "jax.grad(lambda x: jnp.sin(x) ** 2)", [S]),
    ("grad of weak", "jax.grad(lambda x: jnp.sin(x) * x)", ["1.5"]),
    ("grad sum tanh", "jax.grad(lambda w, x: jnp.sum(jnp.tanh(x @ w)))", ["f32[3,4]", M]),
    ("grad argnums pair", "jax.grad(lambda x, y: x * y + jnp.exp(y), argnums=(0, 1))", [S, S]),
    ("grad cross entropy", XENT + "jax.grad(loss, argnums=(0, 1))", ["f32[3,4]", W, "f32[2,3]", "f32[2,4]"]),
    ("grad relu", "jax.grad(lambda x: jnp.sum(jax.nn.relu(x)))", [V]),
    ("grad max", "jax.grad(lambda x: jnp.max(x))", [V]),
    ("grad gather", "jax.grad(lambda x, i: jnp.sum(x[i] ** 2))", [V, "i32[4]"]),
    ("grad broadcast", "jax.grad(lambda b, x: jnp.sum((x + b) ** 2))", [V, M]),
    ("grad of division", "jax.grad(lambda x, y: x / y, argnums=(0, 1))", [S, S]),
    ("grad where", "jax.grad(lambda x: jnp.sum(jnp.where(x > 0, x * x, 0.)))", [V]),
    ("grad cumsum", "jax.grad(lambda x: jnp.sum(jnp.cumsum(x) ** 2))", [V]),
    ("grad scan", "jax.grad(lambda c, xs: lax.scan(lambda c, x: (jnp.sin(c) * x, None), c, xs)[0])", [S, V]),
    ("grad cond", "jax.grad(lambda x: lax.cond(x > 0, lambda x: x * x, lambda x: jnp.sin(x), x))", [S]),
    ("grad of grad", "jax.grad(jax.grad(lambda x: jnp.sin(x) * x))", [S]),
    ("jvp", "lambda x, t: jax.jvp(lambda x: jnp.sin(x) * x, (x,), (t,))", [S, S]),
    ("jvp two arguments", "lambda x, y, t, u: jax.jvp(lambda x, y: x * y, (x, y), (t, u))", [S, S, S, S]),
    ("vjp", "lambda x, ct: jax.vjp(lambda x: jnp.tanh(x), x)[1](ct)", [V, V]),
    ("linearize", "lambda x, t: jax.linearize(lambda x: jnp.exp(jnp.sin(x)), x)[1](t)", [S, S]),
    ("jacfwd", "jax.jacfwd(lambda x: jnp.sin(x) * x)", [V]),
    ("jacrev", "jax.jacrev(lambda x: jnp.sin(x) * x)", [V]),
    ("vmap sin", "jax.vmap(lambda x: jnp.sin(x) + 1.)", [V]),
    ("vmap dot", "jax.vmap(lambda x, y: jnp.dot(x, y))", [M, M]),
    ("vmap dot one side", "jax.vmap(lambda x, y: jnp.dot(x, y), in_axes=(0, None))", [M, V]),
    ("vmap in_axes 1", "jax.vmap(lambda x: jnp.sum(x), in_axes=1)", [M]),
    ("vmap out_axes", "jax.vmap(lambda x, y: x * y, in_axes=(0, None), out_axes=1)", [V, W]),
    ("vmap matmul both", "jax.vmap(lambda x, y: x @ y)", ["f32[5,2,3]", "f32[5,3,4]"]),
    ("vmap grad", "jax.vmap(jax.grad(lambda x: jnp.sin(x) * x))", [V]),
    ("vmap grad over parameters", "jax.vmap(jax.grad(lambda w, x: jnp.sum(jnp.tanh(x @ w))), in_axes=(None, 0))", ["f32[3,4]", M]),
    ("vmap where and gather", "jax.vmap(lambda x, i: x[i])", ["f32[4,3]", "i32[4]"]),
    ("vmap cond", "jax.vmap(lambda x: lax.cond(x > 0, lambda x: x * 2., lambda x: -x, x))", [V]),
    ("vmap while", "jax.vmap(lambda x: lax.while_loop(lambda c: c < 10., lambda c: c * 2., x))", [V]),
    ("vmap psum", "jax.vmap(lambda x: x / lax.psum(x, 'i'), axis_name='i')", [V]),
    ("hessian", "jax.hessian(lambda x: jnp.sum(x ** 3))", ["f32[2]"]),
    ("checkpoint", "jax.checkpoint(lambda x: jnp.sin(jnp.cos(x)))", [S]),
    ("grad of checkpoint", "jax.grad(jax.checkpoint(lambda x: jnp.sin(jnp.cos(x))))", [S]),
    ("custom_jvp", "@jax.custom_jvp\ndef f(x):\n    return jnp.log1p(jnp.exp(x))\n@f.defjvp\ndef rule(primals, tangents):\n    (x,), (t,) = primals, tangents\n    return f(x), t * jax.nn.sigmoid(x)\nlambda x: f(x)", [S]),
    ("grad custom_jvp", "@jax.custom_jvp\ndef f(x):\n    return jnp.log1p(jnp.exp(x))\n@f.defjvp\ndef rule(primals, tangents):\n    (x,), (t,) = primals, tangents\n    return f(x), t * lax.logistic(x)\njax.grad(f)", [S]),
    ("custom_vjp", "@jax.custom_vjp\ndef f(x):\n    return x * 2.\nf.defvjp(lambda x: (f(x), x), lambda r, ct: (ct * r,))\nlambda x: f(x)", [S]),
    ("grad custom_vjp", "@jax.custom_vjp\ndef f(x):\n    return x * 2.\nf.defvjp(lambda x: (f(x), x), lambda r, ct: (ct * r,))\njax.grad(f)", [S]),
    ("stop_gradient", "jax.grad(lambda x: x * lax.stop_gradient(x))", [S]),
    ("closed over array", "c = jnp.array([1., 2., 3.])\nlambda x: x * c", [V]),
    ("closed over NumPy array", "c = np.array([1., 2., 3.], np.float32)\nlambda x: x * c", [V]),
    ("closed over scalar array", "c = jnp.float32(2.5)\nlambda x: x * c", [V]),
    ("dict input", "lambda p: p['w'] * p['x'] + p['b']", [{"w": V, "x": V, "b": S}]),
    ("nested input", "lambda p, q: (p[0] + p[1]['k'], {'z': q, 'a': q * 2.})", [[V, {"k": V}], S]),
    ("multiple outputs", "lambda x: (jnp.sin(x), x + 1., {'s': jnp.sum(x)})", [V]),
    ("integer operations", "lambda x, y: (x + y, x * 2, x // y, x % y, x - 1, x ** 2)", ["i32[3]", "i32[3]"]),
    ("lax integer division", "lambda x, y: (lax.div(x, y), lax.rem(x, y))", ["i32[3]", "i32[3]"]),
    ("integer true division", "lambda x, y: x / y", ["i32[3]", "i32[3]"]),
    ("bit operations", "lambda x, y: (x & y, x | y, x ^ y, ~x, x << 2, x >> 1)", ["u32[3]", "u32[3]"]),
    ("bool operations", "lambda x, y: (x & y, x | y, ~x, jnp.logical_xor(x, y), jnp.logical_not(x))", ["bool[3]", "bool[3]"]),
    ("float floor division and mod", "lambda x, y: (x // y, x % y)", [V, V]),
    ("isnan and isfinite", "lambda x: (jnp.isnan(x), jnp.isfinite(x), jnp.isinf(x))", [V]),
    ("random split raw key", "lambda k: jax.random.split(k)", ["u32[2]"]),
    ("random uniform raw key", "lambda k: jax.random.uniform(k, (3,))", ["u32[2]"]),
    ("random normal raw key", "lambda k: jax.random.normal(k, (2, 3))", ["u32[2]"]),
    ("random bits raw key", "lambda k: jax.random.bits(k, (3,))", ["u32[2]"]),
    ("PRNGKey", "lambda s: jax.random.PRNGKey(s)", ["i32[]"]),
    ("random typed key", "lambda s: jax.random.uniform(jax.random.key(s))", ["i32[]"]),
    ("complex multiply", "lambda x, y: x * y", ["c64[3]", "c64[3]"]),
    ("complex parts", "lambda z: (jnp.real(z), jnp.imag(z), jnp.conj(z), jnp.abs(z))", ["c64[3]"]),
    ("make complex", "lambda x, y: lax.complex(x, y) * 1j", [V, V]),
    ("grad complex", "jax.grad(lambda z: jnp.abs(z) ** 2)", ["c64[]"]),
    ("fft", "lambda x: jnp.fft.rfft(x)", ["f32[8]"]),
    ("conv_general_dilated", "lambda x, w: lax.conv_general_dilated(x, w, (1, 1), 'SAME')", ["f32[1,3,8,8]", "f32[4,3,3,3]"]),
    ("conv NHWC strided", "lambda x, w: lax.conv_general_dilated(x, w, (2, 2), 'VALID', rhs_dilation=(2, 1), dimension_numbers=('NHWC', 'HWIO', 'NHWC'))", ["f32[1,8,8,3]", "f32[3,3,3,4]"]),
    ("grad conv", "jax.grad(lambda w, x: jnp.sum(lax.conv_general_dilated(x, w, (1, 1), 'SAME')))", ["f32[4,3,3,3]", "f32[1,3,8,8]"]),
    ("max pool", "lambda x: lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2), (1, 2, 2), 'VALID')", ["f32[1,4,4]"]),
    ("average pool", "lambda x: lax.reduce_window(x, 0., lax.add, (2, 2), (1, 1), 'SAME') / 4.", ["f32[4,4]"]),
    ("mlp forward", MLP + "loss", [PARAMS, "f32[5,3]", "f32[5,2]"]),
    ("mlp value_and_grad", MLP + "jax.value_and_grad(loss)", [PARAMS, "f32[5,3]", "f32[5,2]"]),
    ("mlp sgd step", MLP + "def step(params, x, y):\n    g = jax.grad(loss)(params, x, y)\n    return jax.tree.map(lambda p, d: p - 0.1 * d, params, g)\nstep", [PARAMS, "f32[5,3]", "f32[5,2]"]),
    ("jit of grad", "jax.jit(jax.grad(lambda x: jnp.sin(x) * x))", [S]),
    ("grad of jit", "jax.grad(jax.jit(lambda x: jnp.sin(x) * x))", [S]),
    ("vmap of jit", "jax.vmap(jax.jit(lambda x, y: x * y), in_axes=(0, None))", [V, S]),
    ("linalg", "lambda x, b: (jnp.linalg.cholesky(x), lax.linalg.triangular_solve(x, b, left_side=True, lower=True))", ["f32[3,3]", "f32[3,2]"]),
    ("jits of one name", NAMESAKES + "lambda x: third(third(first(first(second(second(x))))))", [S]),
    ("shared jits inside shared jits", NAMESAKES + "@jax.jit\ndef outer(x):\n    return first(x) + second(x)\nlambda x: outer(outer(x))", [S]),
    ("long jit", "@jax.jit\ndef long(x):\n    for _ in range(11):\n        x = jnp.sin(x)\n    return x\nlambda x: long(x)", [S]),
    ("long scan body", "def body(c, x):\n    for _ in range(6):\n        c = c * 2. + x\n    return c, c\nlambda c, xs: lax.scan(body, c, xs)", [S, V]),
    ("cond of one function", "@jax.jit\ndef f(x):\n    return jnp.sin(x)\nlambda x: lax.cond(x > 0, f, f, x)", [S]),
    ("jit that passes arguments on", "@jax.jit\ndef f(x, y):\n    return y, x, x\nlambda x: f(f(x, 2.)[0], x)", [S]),
    ("many arguments", "lambda *xs: sum(xs)", [S] * 60),
    ("reduce_precision", "lambda x: lax.reduce_precision(x, 8, 7)", [V]),
    ("lax reduce", "lambda x: lax.reduce(x, 0., lax.add, (0,))", [M]),
    ("lax scatter_add", "lambda x, i, u: lax.scatter_add(x, i, u, lax.ScatterDimensionNumbers((), (0,), (0,)))", [W, "i32[2,1]", "f32[2]"]),
    ("optimization_barrier", "lambda x: lax.optimization_barrier(x) + 1.", [S]),
    ("layer norm", "def f(x, g, b):\n    m = jnp.mean(x, axis=-1, keepdims=True)\n    v = jnp.mean((x - m) ** 2, axis=-1, keepdims=True)\n    return (x - m) * lax.rsqrt(v + 1e-5) * g + b\nf", [M, V, V]),
    ("attention", "def f(q, k, v):\n    s = jnp.einsum('qd,kd->qk', q, k) / 2.\n    mask = jnp.tril(jnp.ones((4, 4), bool))\n    return jax.nn.softmax(jnp.where(mask, s, -jnp.inf), axis=-1) @ v\nf", ["f32[4,4]"] * 3),
]

if __name__ == "__main__":
    records = []
    for name, source, args in CASES:
        try:
            records.append(record(name, source, args))
        except Exception as e:
            raise SystemExit(f"{name}: {type(e).__name__}: {e}")
    write("jaxprs.json", records, {"x64": False, "backend": "cpu"})
