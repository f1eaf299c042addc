"""Derivatives of reductions, cumulative operations, sorts, windows, dots and convolutions, their batching, and their jaxprs.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_structured.py`. Writes structured.json.
Each record: name; python, the function; args, its arguments; out, its results; tangents and tangent, of arguments and
results; ct and cts, cotangents of results and arguments (null where JAX has no transpose); jvp and vjp, the jaxprs' text
(of (args, tangents) and of (args, ct)); vmap, the jaxpr's text of the function mapped with in_axes, where given.
"""
import re
import warnings

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from encode import value, write

warnings.filterwarnings("ignore")


def reduction(f, axes="(0,)"):
    extra = ", out_sharding=None" if f == "reduce_sum" else ""
    return f"lambda x: lax.{f}_p.bind(x, axes={axes}{extra})"


def pool(f, window, strides, padding, base=None, dilation=None):
    init = {"max": "-jnp.inf", "min": "jnp.inf", "add": "0."}[f]
    return f"lambda x: lax.reduce_window(x, {init}, lax.{f}, {window}, {strides}, {padding}, {base}, {dilation})"


def conv(args):
    return f"lambda x, w: lax.conv_general_dilated(x, w, {args})"


# name, function, shapes (or values) of arguments, in_axes of vmap
CASES = [
    ("reduce_sum", reduction("reduce_sum", "(1, 0)"), ["2,3"], [(1,)]),
    ("reduce_sum no axes", "lambda x: lax.reduce_sum(x, ())", ["2"], []),
    ("reduce_max", reduction("reduce_max"), ["2,3"], [(0,), (2,)]),
    ("reduce_max ties", reduction("reduce_max"), ["=[1., 3., 3., 0.]"], []),
    ("reduce_max nan", reduction("reduce_max"), ["=[1., nan, 3.]"], []),
    ("reduce_min ties", reduction("reduce_min", "(0, 1)"), ["=[[2., 1.], [1., 1.]]"], []),
    ("reduce_prod", reduction("reduce_prod"), ["5"], [(0,)]),
    ("reduce_prod zeros", reduction("reduce_prod"), ["=[2., 0., 3., 0.]"], []),
    ("reduce_prod zero", reduction("reduce_prod"), ["=[2., 0., 3.]"], []),
    ("reduce_prod middle", reduction("reduce_prod", "(0,)"), ["3,2"], []),
    ("cumsum", "lambda x: lax.cumsum(x, 1, reverse=True)", ["2,3"], [(0,), (2,)]),
    ("cumprod zero", "lax.cumprod", ["=[2., 0., 3., 4.]"], []),
    ("cumprod", "lax.cumprod", ["4"], [(0,)]),
    ("cummax ties", "lax.cummax", ["=[1., 1., 0., 2., 2.]"], []),
    ("cummin reverse", "lambda x: lax.cummin(x, 0, reverse=True)", ["4"], []),
    ("cumlogsumexp", "lax.cumlogsumexp", ["3"], []),
    ("cumlogsumexp infinities", "lax.cumlogsumexp", ["=[-inf, -inf, 1., inf]"], []),
    ("sort", "lambda x: lax.sort(x)", ["2,4"], [(1,)]),
    ("sort ties", "lambda x: lax.sort(x)", ["=[3., 1., 3., 1.]"], []),
    ("sort nan", "lambda x: lax.sort(x)", ["=[nan, 0., -inf, -0., 1.]"], []),
    ("sort key and value", "lambda x, y: lax.sort((x, y))[1]", ["=[2., 0., 1.]", "3"], []),
    ("top_k", "lambda x: lax.top_k(x, 2)[0]", ["2,4"], [(0,)]),
    ("dot", "lambda x, y: lax.dot_general(x, y, (((1,), (0,)), ((), ())))", ["2,3", "3,4"], [(0, None), (None, 0), (1, 2)]),
    ("dot batch", "lambda x, y: lax.dot_general(x, y, (((2,), (0,)), ((0,), (2,))))", ["3,2,4", "4,5,3"], [(0, None), (None, 3), (1, 2)]),
    ("dot crossed", "lambda x, y: lax.dot_general(x, y, (((2, 0), (0, 1)), ((), ())))", ["2,3,4", "4,2,3"], []),
    ("dot outer", "lambda x, y: lax.dot_general(x, y, (((), ()), ((), ())))", ["2", "3"], [(0, None), (None, 0)]),
    ("matmul broadcast", "lambda x, y: jnp.matmul(x, y)", ["1,4,2,3", "5,1,3,2"], []),
    ("matmul vector", "lambda x, y: jnp.matmul(x, y)", ["3", "2,3,4"], []),
    ("matmul matrix vector", "lambda x, y: jnp.matmul(x, y)", ["2,2,3", "3"], []),
    ("matmul ones", "lambda x, y: jnp.matmul(x, y)", ["1,2,3", "1,3,2"], []),
    ("window sum", pool("add", (2, 2), (1, 2), "'SAME'"), ["3,4"], [(1,)]),
    ("window sum dilated", pool("add", (2,), (2,), "((1, 2),)", (2,), (3,)), ["5"], []),
    ("window sum negative padding", pool("add", (2,), (1,), "((-1, -2),)"), ["6"], []),
    ("window max", pool("max", (1, 2), (1, 1), "'VALID'"), ["2,4"], [(1,)]),
    ("window max ties", pool("max", (2,), (1,), "'SAME'"), ["=[1., 1., 0., 2., 2.]"], []),
    ("window min dilated base", pool("min", (2,), (1,), "((1, 0),)", (2,)), ["4"], []),
    ("conv", conv("(1,), 'SAME'"), ["2,2,5", "3,2,3"], [(0, None), (None, 1), (1, 0)]),
    ("conv strides", conv("(2, 1), ((0, 1), (2, -1))"), ["1,2,5,4", "3,2,2,3"], []),
    ("conv dilations", conv("(1, 2), ((1, 1), (0, 2)), lhs_dilation=(2, 1), rhs_dilation=(1, 2)"), ["1,1,4,5", "2,1,2,2"], []),
    ("conv feature groups", conv("(1,), 'VALID', feature_group_count=2"), ["2,4,4", "6,2,2"], [(0, None), (None, 1), (2, 1)]),
    ("conv batch groups", conv("(2,), 'VALID', batch_group_count=2"), ["4,2,5", "6,2,2"], [(0, None), (3, None), (None, 1), (2, 3)]),
    ("conv channels last", conv("(1, 1), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC')"), ["1,3,3,2", "2,2,2,3"], [(0, None)]),
    ("conv transpose", "lambda x, w: lax.conv_transpose(x, w, (2,), 'SAME')", ["1,4,2", "3,2,3"], []),
    ("logaddexp", "lax.logaddexp if hasattr(lax, 'logaddexp') else jnp.logaddexp", ["=[0., inf, -inf, 2.]", "=[0., 1., -inf, 5.]"], []),
]


def numbers(shape, k):
    """Short numbers without ties."""
    n = int(np.prod(shape))
    order = np.argsort((np.arange(n) * 0.6180339887 + 0.3 * k) % 1)
    return (order - n / 2).reshape(shape) * 0.25 + 0.125


def parse(text, k):
    if text.startswith("="):
        return jnp.asarray(eval(text[1:], {"nan": np.nan, "inf": np.inf}), "float32")
    return jnp.asarray(numbers([int(d) for d in text.split(",")], k), "float32")


def direction(x, k):
    return jnp.asarray(np.resize(np.array([0.5, -2.0, 3.0, 0.25]), x.shape) + k, x.dtype)


def mapped(x, axis, k):
    """Three copies of x along the axis, each a little different."""
    if axis is None:
        return x
    return jnp.stack([x, x + 0.5, x * 2 + k], axis)


def record(name, source, texts, axes):
    f = eval(source, {"lax": lax, "jnp": jnp})
    args = [parse(t, k) for k, t in enumerate(texts)]
    tangents = [direction(x, k) for k, x in enumerate(args)]
    out, tangent = jax.jvp(f, args, tangents)
    ct = direction(out, 0)
    pull = lambda args, ct: jax.vjp(f, *args)[1](ct)
    # NumPy's integers slip into some parameters.
    text = lambda g, *a: re.sub(r"np\.int64\((-?\d+)\)", r"\1", str(jax.make_jaxpr(g)(*a)))
    batches = []
    for ax in axes:
        batch = [mapped(x, a, k) for k, (x, a) in enumerate(zip(args, ax))]
        v = jax.vmap(f, in_axes=ax)
        batches.append({"in_axes": list(ax), "args": [value(x) for x in batch], "out": value(v(*batch)), "text": text(v, *batch)})
    return {
        "name": name, "python": source, "args": [value(x) for x in args], "tangents": [value(t) for t in tangents],
        "out": value(out), "tangent": value(tangent), "ct": value(ct), "cts": [value(c) for c in pull(args, ct)],
        "jvp": text(lambda xs, ts: jax.jvp(f, xs, ts), args, tangents), "vjp": text(pull, args, ct), "vmaps": batches,
    }


if __name__ == "__main__":
    write("structured.json", [record(*c) for c in CASES])
