"""Derivatives of elementwise primitives: values, conventions at kinks and ties, and the jaxprs of jvp and vjp.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_derivatives.py`. Writes derivatives.json.
Each record: name; python, the function; args, its arguments; tangents, one per argument; out, the result; tangent, its
tangent; ct and cts, a cotangent of the result and those of the arguments; jvp and vjp, the jaxprs' text (of
(args, tangents) and of (args, ct)).
"""
import warnings

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from encode import value, write

warnings.filterwarnings("ignore")

X = "[0.25, 0.5, 0.75]"
ABOVE = "[1.25, 1.5, 3.]"
Z = "[0.5+1j, -1.5+0.25j, 2-3j]"
I32 = "[0, 2, -1]:int32"

UNARY = {
    X: "exp exp2 expm1 log log1p tanh logistic sin cos tan asin acos atan sinh cosh asinh atanh square sqrt rsqrt cbrt "
    "erf erfc erf_inv lgamma digamma bessel_i0e bessel_i1e neg abs sign floor ceil round reciprocal",
    ABOVE: "acosh",
    "[0., -1., 1.]": "abs sign sqrt rsqrt cbrt tanh log log1p bessel_i1e floor square logistic",
    "[nan, inf, -inf]": "abs tanh logistic exp square",
    "[1e-12, 0., -3.]": "bessel_i1e bessel_i0e",
    Z: "exp log tanh sin cos square sqrt rsqrt neg conj real imag abs sign log1p expm1 logistic",
    "[0j, 3+4j]": "abs",
}
CASES = [(f"{f} {xs}", f"lax.{f}", [xs]) for xs, fs in UNARY.items() for f in fs.split()]
PAIRS = [
    ("add", X, ABOVE), ("sub", X, ABOVE), ("mul", X, ABOVE), ("div", X, ABOVE), ("mul", Z, Z), ("div", Z, Z),
    ("div", "[1., 0., -1.]", "[0., 0., 2.]"), ("rem", "[5.5, -5.5, 7.25]", "[2., 2., -3.]"), ("max", X, "[0.5, 0.5, 0.5]"), ("min", X, "[0.5, 0.5, 0.5]"),
    ("max", "[nan, 1., 0.]", "[1., nan, -0.]"), ("pow", X, ABOVE), ("pow", "[0., 0., -2.]", "[0., 2., 3.]"), ("pow", ABOVE, I32),
    ("pow", "[0., 0., -2.]", "[0, 1, 3]:int32"), ("pow", Z, Z), ("atan2", X, ABOVE), ("atan2", "[0., -1., 0.]", "[0., 0., -1.]"),
    ("igamma", ABOVE, X), ("igammac", ABOVE, X), ("complex", X, ABOVE), ("max", X, "0.5"), ("add", X, "0.5"), ("sub", "0.5", X), ("mul", X, "0.5"), ("div", "0.5", X),
]
CASES += [(f"{f} {x} {y}", f"lax.{f}", [x, y]) for f, x, y in PAIRS]
CASES += [
    *[(f"integer_pow {n} {xs}", f"lambda x: lax.integer_pow(x, {n})", [xs]) for n in (0, 1, 2, 3, -1, -2) for xs in (X, "[0., -1., 2.]")],
    ("integer_pow complex", "lambda x: lax.integer_pow(x, -3)", [Z]),
    ("betainc", "lambda x: lax.betainc(jnp.float32(2.), jnp.float32(3.5), x)", [X]),
    ("polygamma", "lambda x: lax.polygamma(jnp.float32(1.), x)", [X]),
    ("clamp", "lambda x: lax.clamp(jnp.float32(0.25), x, jnp.float32(0.5))", [X]),
    ("clamp bounds", "lax.clamp", ["[0., 1., -1.]", "[0.5, 0.5, 3.]", "[1., 2., 0.]"]),
    ("clamp crossed bounds", "lax.clamp", ["[1., 1., 1.]", "[0.5, 1.5, 0.]", "[0., 0., 0.]"]),
    ("select", "lambda x, y: lax.select(jnp.array([True, False, True]), x, y)", [X, ABOVE]),
    ("select one side", "lambda x: lax.select(jnp.array([True, False, True]), x, 2 * x)", [X]),
    ("select_n", "lambda x, y: lax.select_n(jnp.array([0, 2, 1]), x, y, x)", [X, ABOVE]),
    ("select_n scalar which", "lambda x, y: lax.select_n(jnp.array(1), x, y)", [X, ABOVE]),
    ("convert half", "lambda x: lax.convert_element_type(x, 'float16')", [X]),
    ("convert complex", "lambda x: lax.convert_element_type(x, 'complex64')", [X]),
    ("convert real", "lambda x: lax.convert_element_type(x, 'float32')", [Z]),
    ("reduce_precision", "lambda x: lax.reduce_precision(x, 5, 3)", [X]),
    ("conj of real", "lax.conj", [X]),
    ("copy", "jnp.copy", [X]),
    ("stop_gradient", "lambda x: x * lax.stop_gradient(x)", [X]),
    ("optimization_barrier", "lambda x, y: lax.mul(*lax.optimization_barrier((x, y)))", [X, ABOVE]),
    ("optimization_barrier int", "lambda x: lax.optimization_barrier((x, jnp.int32(2)))[0]", [X]),
    ("x + x", "lambda x: x + x", [X]),
]


def parse(text):
    text, _, dtype = text.partition(":")
    v = np.array(eval(text, {"nan": np.nan, "inf": np.inf}))
    return jnp.asarray(v, dtype or ("complex64" if v.dtype.kind == "c" else "float32"))


def direction(x, k):
    """A tangent: short numbers, none of them 1."""
    base = np.resize(np.array([0.5, -2.0, 3.0]), x.shape) + k
    if jnp.issubdtype(x.dtype, jnp.complexfloating):
        return jnp.asarray(base + 1j * (0.5 - k), x.dtype)
    return jnp.asarray(base, x.dtype) if jnp.issubdtype(x.dtype, jnp.floating) else np.zeros(x.shape, jax.dtypes.float0)


def record(name, source, texts):
    f = eval(source, {"lax": lax, "jnp": jnp})
    args = [parse(t) for t in texts]
    tangents = [direction(x, k) for k, x in enumerate(args)]
    moving = [i for i, x in enumerate(args) if jnp.issubdtype(x.dtype, jnp.inexact)]

    def of(*xs):
        full = list(args)
        for i, x in zip(moving, xs):
            full[i] = x
        return f(*full)

    xs, ts = [args[i] for i in moving], [tangents[i] for i in moving]
    out, tangent = jax.jvp(of, xs, ts)
    ct = direction(out, 0)
    pull = lambda xs, ct: jax.vjp(of, *xs)[1](ct)
    constants = len(moving) < len(args)
    text = lambda g, *a: None if constants else str(jax.make_jaxpr(g)(*a))
    return {
        "name": name, "python": source, "args": [value(x) for x in args], "tangents": [value(t) for t in ts],
        "out": value(out), "tangent": value(tangent), "ct": value(ct), "cts": [value(c) for c in pull(xs, ct)],
        "jvp": text(lambda xs, ts: jax.jvp(of, xs, ts), xs, ts), "vjp": text(pull, xs, ct),
    }


if __name__ == "__main__":
    write("derivatives.json", [record(*c) for c in CASES])
