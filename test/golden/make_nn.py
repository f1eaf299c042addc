"""jax.nn: values and gradients.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_nn.py`. Writes nn.json.
Records as in make_numpy.py, with two more fields where the result is one array of floats: ct, a cotangent, and grads, what jax.vjp
makes of it for each positional argument (null where the argument is not an array of floats).
"""
import sys

import jax
import jax.numpy as jnp

from encode import value, write
from record import Proxy, floats, run

ACTIVATIONS = "relu relu6 gelu silu swish sigmoid log_sigmoid softplus soft_sign elu selu celu mish squareplus sparse_plus sparse_sigmoid hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu tanh identity".split()
POINTS = "arr([-30., -6., -3., -2.5, -1., -0.5, -0.125, 0., 0.25, 1., 2.75, 3., 6., 7.5, 40.])"
KINKS = "arr([-0., 0., -1., 1., -3., 3., 6., inf, -inf, nan])"
ROWS = "softmax log_softmax logsumexp standardize logmeanexp".split()
QKV = "F(2, 3, 2, 4), F(2, 5, 2, 4, seed=4), F(2, 5, 2, 4, seed=5)"


def shared(dtype):
    """Query, key and value with two heads of queries for each head of keys."""
    return f"F(2, 3, 4, 8, dtype='{dtype}'), F(2, 5, 2, 8, seed=4, dtype='{dtype}'), F(2, 5, 2, 8, seed=5, dtype='{dtype}')"


SHARED = shared("float32")
SEES = "arr([[True, False, True, True, False], [True, True, True, False, False], [True, False, False, False, True]], 'bool')"

CASES = [
    *[f"N.{f}({POINTS})" for f in ACTIVATIONS], *[f"N.{f}({KINKS})" for f in ACTIVATIONS], *[f"N.{f}(arr([-1.5, 0., 0.75, 2.], '{d}'))" for f in ("relu", "gelu", "silu", "softplus", "tanh", "sigmoid") for d in ("bfloat16", "float16")],
    f"N.gelu({POINTS}, approximate=False)", f"N.gelu({POINTS}, approximate=True)", f"N.elu({POINTS}, 0.5)", f"N.celu({POINTS}, 2.5)", f"N.leaky_relu({POINTS}, 0.25)", f"N.squareplus({POINTS}, 1.5)", "N.relu(I(4))", "N.leaky_relu(I(4))", "N.elu(I(4))",
    "N.log1mexp(arr([0.01, 0.5, 0.7, 5., 50.]))",
    *[f"N.{f}(F(3, 4))" for f in ROWS], *[f"N.{f}(F(3, 4), axis=0)" for f in ROWS], *[f"N.{f}(F(2, 3, 2), axis=(0, 2))" for f in ROWS], *[f"N.{f}(F(5) * 100)" for f in ROWS if f != "standardize"],
    *[f"N.{f}(F(2, 3), where=arr([[True, False, True], [True, True, False]], 'bool'))" for f in ("softmax", "log_softmax", "logsumexp", "standardize")], "N.softmax(F(3, 4, dtype='bfloat16'))", "N.softmax(arr([[-inf, 0., 1.], [-inf, -inf, -inf]]))", "N.log_softmax(arr([-inf, 0., 1.]))", "N.logsumexp(arr([inf, 1.]))", "N.logsumexp(arr([-inf, -inf]))",
    "N.logsumexp(F(2, 3), axis=1, keepdims=True)", "N.logsumexp(F(2, 3), axis=1, b=F(2, 3, seed=6, lo=0))", "N.logsumexp(F(2, 3), b=F(2, 3, seed=6), return_sign=True)", "N.logsumexp(jnp.zeros((0,), 'float32'))", "N.standardize(F(3, 4), axis=1, epsilon=1e-3)", "N.standardize(F(3, 4), mean=0.5, variance=2.25)",
    "N.glu(F(3, 4))", "N.glu(F(4, 3), axis=0)", "N.one_hot(i32(0, 2, 1), 3)", "N.one_hot(i32([0, 3], [-1, 2]), 3)", "N.one_hot(i32(0, 2), 3, dtype='int8')", "N.one_hot(i32(0, 2), 3, axis=0)", "N.one_hot(arr(1, 'int32'), 4)", "N.one_hot(i32(1), 3, axis=-1, dtype='bool')",
    f"N.dot_product_attention({QKV})", f"N.dot_product_attention({QKV}, is_causal=True)", f"N.dot_product_attention({QKV}, bias=F(2, 2, 3, 5, seed=6))", f"N.dot_product_attention({QKV}, mask=B(2, 2, 3, 5))", f"N.dot_product_attention({QKV}, scale=0.25)", "N.dot_product_attention(F(3, 2, 4), F(5, 2, 4, seed=4), F(5, 2, 4, seed=5))",
    "N.dot_product_attention(F(1, 3, 4, 2), F(1, 3, 2, 2, seed=4), F(1, 3, 2, 2, seed=5))", f"N.dot_product_attention({QKV}, query_seq_lengths=i32(2, 3), key_value_seq_lengths=i32(5, 3))", "N.dot_product_attention(F(1, 6, 1, 2), F(1, 6, 1, 2, seed=4), F(1, 6, 1, 2, seed=5), local_window_size=1)", "N.dot_product_attention(F(1, 6, 1, 2), F(1, 6, 1, 2, seed=4), F(1, 6, 1, 2, seed=5), local_window_size=(2, 0))",
    # More than one thing that hides or shifts, and heads that share keys.
    f"N.dot_product_attention({SHARED}, F(1, 1, 3, 5, seed=6), is_causal=True)", f"N.dot_product_attention({SHARED}, F(2, 4, 3, 5, seed=6), mask=B(2, 4, 3, 5) | {SEES})", f"N.dot_product_attention({SHARED}, F(4, 1, 5, seed=6), mask={SEES}, key_value_seq_lengths=i32(3, 5))",
    f"N.dot_product_attention({SHARED}, mask={SEES}, is_causal=True, local_window_size=(1, 2), scale=-0.75)", f"N.dot_product_attention({SHARED}, is_causal=True, query_seq_lengths=i32(1, 3), return_residual=True)", f"N.dot_product_attention({SHARED}, F(2, 1, 3, 5, seed=6), return_residual=True)",
    f"N.dot_product_attention({shared('bfloat16')}, F(1, 4, 3, 5, seed=6, dtype='bfloat16'), is_causal=True)", f"N.dot_product_attention({shared('float16')}, key_value_seq_lengths=i32(2, 5))",
]
CASES64 = [*[f"N.{f}(arr([-3.5, -1., -0.125, 0., 0.75, 2.5, 8.], 'float64'))" for f in ACTIVATIONS], "N.gelu(arr([-3.5, 0., 0.75, 2.5], 'float64'), approximate=False)", *[f"N.{f}(F(3, 4, dtype='float64'))" for f in ROWS], "N.dot_product_attention(F(1, 3, 2, 4, dtype='float64'), F(1, 5, 2, 4, seed=4, dtype='float64'), F(1, 5, 2, 4, seed=5, dtype='float64'))"]


def gradients(x64):
    """vjp of the call just recorded."""
    name, args, kwargs = Proxy.calls[-1]
    f = getattr(jax.nn, name)
    places = [i for i, a in enumerate(args) if floats(a)]

    def over(*xs):
        full = list(args)
        for i, x in zip(places, xs):
            full[i] = x
        return f(*full, **kwargs)

    with jax.enable_x64(x64):
        out, pull = jax.vjp(over, *(args[i] for i in places))
        ct = ((jnp.arange(out.size) % 5 + 1) * 0.25 * jnp.where(jnp.arange(out.size) % 2, -1, 1)).astype(out.dtype).reshape(out.shape)
        grads = [None] * len(args)
        for i, g in zip(places, pull(ct)):
            grads[i] = value(g)
        return {"ct": value(ct), "grads": grads}


if __name__ == "__main__":
    proxies = {"N": Proxy(jax.nn)}
    records, failed = [], []
    for source, x64 in [(c, False) for c in CASES] + [(c, True) for c in CASES64]:
        try:
            record = run(source, proxies, x64)
            if isinstance(record["out"], dict) and record["out"]["dtype"].startswith(("float", "bfloat")) and any(map(floats, Proxy.calls[-1][1])):
                record.update(gradients(x64))
            records.append(record)
        except Exception as e:
            failed.append(f"{source}: {type(e).__name__}: {str(e)[:160]}")
    print("\n".join(failed), file=sys.stderr)
    write("nn.json", records)
    print(len({r["fn"] for r in records}), "functions")
