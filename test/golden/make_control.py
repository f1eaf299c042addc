"""Control flow under transforms: what jax.make_jaxpr prints, and what comes out.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_control.py`. Writes control.json.
Each record: name; python, the source of f; args, the arguments; text, str(jaxpr); out, the results of f on the arguments.
Bodies use lax's operations alone, which bind one primitive each. Mode: jax_enable_x64=False, default backend CPU.
"""
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.ad_checkpoint import checkpoint_name

from encode import value, write
from record import F, arr

RNN = "(lambda w, c, xs: lax.scan(lambda c, x: ((h := lax.tanh(lax.add(lax.dot(w, c), x))), h), c, xs))"
LOSS = f"(lambda w, c, xs: lax.reduce_sum({RNN}(w, c, xs)[1], axes=(0, 1)))"
POWER = "(lambda x, n: lax.while_loop(lambda s: lax.lt(s[0], n), lambda s: (lax.add(s[0], 1), lax.mul(s[1], x)), (0, x)))"
BRANCH = "(lambda x: lax.cond(lax.gt(x, 0.), lambda x: lax.mul(lax.sin(x), x), lambda x: lax.exp(x), x))"
W, C3, XS = F(3, 3, seed=1), F(3, seed=2), F(5, 3, seed=3)
S, V, V4, N3 = arr(0.5), F(3, seed=4), F(4, seed=5), arr(3, "int32")

CASES = [
    ("scan of a recurrent net", RNN, [W, C3, XS]),
    ("jvp of scan in the carry", f"lambda w, c, xs, t: jax.jvp(lambda c: {RNN}(w, c, xs), (c,), (t,))", [W, C3, XS, V]),
    ("jvp of scan in xs", f"lambda w, c, xs: jax.jvp(lambda xs: {RNN}(w, c, xs), (xs,), (xs,))", [W, C3, XS]),
    ("grad of scan in all", f"jax.grad({LOSS}, argnums=(0, 1, 2))", [W, C3, XS]),
    ("grad of scan in a constant", f"jax.grad({LOSS})", [W, C3, XS]),
    ("grad of scan in xs", f"jax.grad({LOSS}, argnums=2)", [W, C3, XS]),
    ("grad of a reversed scan", "jax.grad(lambda c, xs: lax.scan(lambda c, x: (lax.mul(lax.sin(c), x), None), c, xs, reverse=True)[0])", [S, V4]),
    ("grad of scan with an invariant", "jax.grad(lambda a, c, xs: lax.scan(lambda c, x: (lax.mul(lax.mul(c, lax.exp(lax.sin(a))), x), None), c, xs)[0])", [S, S, V4]),
    ("grad of scan with a counter", "jax.grad(lambda x: lax.scan(lambda c, _: ((lax.add(c[0], 1), lax.mul(lax.sin(c[1]), lax.convert_element_type(c[0], jnp.float32))), None), (np.int32(1), x), None, length=3)[0][1])", [S]),
    ("vmap of scan over the carry", f"jax.vmap({RNN}, in_axes=(None, 0, None))", [W, F(2, 3, seed=6), XS]),
    ("vmap of scan over xs", f"jax.vmap({RNN}, in_axes=(None, None, 0))", [W, C3, F(2, 5, 3, seed=7)]),
    ("vmap of scan over xs behind", f"jax.vmap({RNN}, in_axes=(None, None, 1))", [W, C3, F(5, 2, 3, seed=7)]),
    ("vmap of scan over a constant", f"jax.vmap({RNN}, in_axes=(0, None, None))", [F(2, 3, 3, seed=8), C3, XS]),
    ("vmap of grad of scan", f"jax.vmap(jax.grad({LOSS}), in_axes=(None, 0, None))", [W, F(2, 3, seed=6), XS]),
    ("grad of grad of scan", "jax.grad(jax.grad(lambda c, xs: lax.scan(lambda c, x: (lax.mul(lax.sin(c), x), None), c, xs)[0]))", [S, V4]),
    ("scan in scan", "lambda c, xs: lax.scan(lambda c, x: lax.scan(lambda d, y: (lax.add(lax.mul(d, y), 1.), d), c, x), c, xs)", [S, F(2, 3, seed=9)]),
    ("grad of scan in scan", "jax.grad(lambda c, xs: lax.scan(lambda c, x: (lax.scan(lambda d, y: (lax.mul(lax.sin(d), y), None), c, x)[0], None), c, xs)[0])", [S, F(2, 3, seed=9)]),
    ("scan hands on a carry and xs", "lambda a, c, xs: lax.scan(lambda s, x: ((s[0], lax.mul(s[1], s[0])), (x, s[1])), (a, c), xs)", [S, S, V4]),
    ("jvp of while", f"lambda x, n: jax.jvp(lambda x: {POWER}(x, n)[1], (x,), (x,))", [S, N3]),
    ("vmap of while over its data", f"jax.vmap({POWER}, in_axes=(0, None))", [V, N3]),
    ("vmap of while over its bound", f"jax.vmap({POWER}, in_axes=(None, 0))", [S, jnp.asarray([1, 0, 4], "int32")]),
    ("vmap of vmap of while", f"jax.vmap(jax.vmap({POWER}, in_axes=(None, 0)), in_axes=(0, None))", [V, jnp.asarray([1, 0, 4], "int32")]),
    ("jvp of vmap of while", f"lambda x, n: jax.jvp(lambda x: jax.vmap({POWER})(x, n)[1], (x,), (x,))", [V, jnp.asarray([1, 0, 4], "int32")]),
    ("linearize of while", f"lambda x, t: jax.linearize(lambda x: {POWER}(x, 3)[1], x)[1](t)", [S, S]),
    ("jvp of cond", f"lambda x: jax.jvp({BRANCH}, (x,), (x,))", [S]),
    ("grad of cond with residuals of two kinds", "jax.grad(lambda x, y: lax.cond(lax.gt(x, 0.), lambda: lax.mul(lax.sin(x), x), lambda: lax.reduce_sum(lax.mul(lax.cos(y), x), axes=(0,))))", [S, V]),
    ("vmap of cond with one predicate", "jax.vmap(lambda p, x: lax.cond(p, lambda x: lax.mul(x, 2.), lambda x: lax.sin(x), x), in_axes=(None, 0))", [jnp.asarray(True), V]),
    ("vmap of grad of cond", f"jax.vmap(jax.grad({BRANCH}))", [V]),
    ("grad of vmap of cond", f"jax.grad(lambda x: lax.reduce_sum(jax.vmap({BRANCH})(x), axes=(0,)))", [V]),
    ("switch under vmap", "jax.vmap(lambda i, x: lax.switch(i, [lambda x: x, lambda x: lax.mul(x, 2.), lambda x: lax.sin(x)], x))", [jnp.asarray([-1, 1, 7], "int32"), V]),
    ("cond in scan", f"jax.grad(lambda c, xs: lax.scan(lambda c, x: (lax.add({BRANCH}(c), x), None), c, xs)[0])", [S, V4]),
    ("checkpoint in scan", "jax.grad(lambda c, xs: lax.scan(jax.checkpoint(lambda c, x: (lax.mul(lax.sin(c), x), None)), c, xs)[0])", [S, V4]),
    ("grad of checkpoint in two arguments", "jax.grad(jax.checkpoint(lambda x, y: lax.sin(lax.mul(lax.cos(x), y))), argnums=(0, 1))", [S, S]),
    ("jvp of checkpoint", "lambda x: jax.jvp(jax.checkpoint(lambda x: lax.sin(lax.cos(x))), (x,), (x,))", [S]),
    ("vmap of grad of checkpoint", "jax.vmap(jax.grad(jax.checkpoint(lambda x: lax.sin(lax.cos(x)))))", [V]),
    ("grad of grad of checkpoint", "jax.grad(jax.grad(jax.checkpoint(lambda x: lax.sin(lax.cos(x)))))", [S]),
    ("map", "lambda xs: lax.map(lambda x: lax.mul(x, x), xs)", [V4]),
    ("associative scan of pairs, reversed", "lambda a, b: lax.associative_scan(lambda p, q: (lax.mul(p[0], q[0]), lax.add(lax.mul(p[1], q[0]), q[1])), (a, b), reverse=True)", [F(5, seed=1), F(5, seed=2)]),
]


def record(name, source, args):
    f = eval(source, {"jax": jax, "jnp": jnp, "np": np, "lax": lax, "checkpoint_name": checkpoint_name})
    return {"name": name, "python": source, "args": [value(a) for a in args], "text": str(jax.make_jaxpr(f)(*args)), "out": value(f(*args))}


if __name__ == "__main__":
    records = []
    for case in CASES:
        try:
            records.append(record(*case))
        except Exception as e:
            raise SystemExit(f"{case[0]}: {type(e).__name__}: {e}")
    write("control.json", records, {"x64": False, "backend": "cpu"})
