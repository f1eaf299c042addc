"""Slicing, padding, concatenating, gathering and scattering: values, derivatives, batches and the jaxprs of jvp and vjp.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_gather_scatter.py`. Writes gather-scatter.json.
Each record: name; python, the function, of one result or a tuple; args; tangents, one per argument; outs and their
tangents outTangents; cts, cotangents of the results; argCts, those of the arguments; jvp and vjp, the jaxprs' text (of
(args, tangents) and of (args, cts)), null where there is no derivative; batches, calls under vmap: axes, args, outs.
"""
import itertools
import warnings

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from encode import value, write

warnings.filterwarnings("ignore")
# Integers of numpy's print as Python's.
np.set_printoptions(legacy="1.25")

V4 = "[0.5, -1., 2., 4.]"
V3 = "[0.25, 0.5, -0.75]"
V2 = "[3., -5.]"
M = "[[0.5, 1., -2.], [3., 0.25, 4.]]"
M43 = "[[0.5, 1., -2.], [3., 0.25, 4.], [-1., 5., 6.], [7., -8., 0.75]]"
G = "lax.GatherDimensionNumbers"
S = "lax.ScatterDimensionNumbers"
ROW = f"{G}((), (0,), (0,))"
SROW = f"{S}((), (0,), (0,))"
SROWS = f"{S}((1,), (0,), (0,))"
PAIRS = f"{G}((), (0, 1), (0, 1))"
BATCH = f"{G}((), (1,), (1,), (0,), (0,))"
SBATCH = f"{S}((), (1,), (1,), (0,), (0,))"

def gather(dims, sizes, **options):
    return f"lambda x, i: lax.gather(x, i, {dims}, {sizes}, **{options})"

def scatter(op, dims, **options):
    return f"lambda x, i, u: lax.{op}(x, i, u, {dims}, **{options})"

AT = "[[2], [0], [2]]:int32"
OUT = "[[1], [4], [-1]]:int32"
TWO = "[[2], [0]]:int32"
CASES = [
    ("slice", "lambda x: lax.slice(x, (1,), (3,))", [V4]),
    ("slice strides", "lambda x: lax.slice(x, (0, 1), (4, 3), (3, 1))", [M43]),
    ("slice strides short", "lambda x: lax.slice(x, (0, 0), (3, 3), (2, 2))", [M43]),
    ("slice empty", "lambda x: lax.slice(x, (2,), (2,), (3,))", [V4]),
    ("pad", "lambda x: lax.pad(x, np.float32(0), ((1, 2, 1), (-1, 0, 0)))", [M]),
    ("pad value", "lambda x, v: lax.pad(x, v, ((1, 0, 2),))", [V3, "0.5"]),
    ("pad negative", "lambda x: lax.pad(x, np.float32(7), ((-1, -2, 2),))", [V4]),
    ("pad empty", "lambda x: lax.pad(x, np.float32(7), ((1, 1, 3),))", ["[]"]),
    ("concatenate", "lambda x, y: lax.concatenate([x, y, x], 1)", [M, "[[1.], [2.]]"]),
    ("concatenate constant", "lambda x: lax.concatenate([x, np.ones(2, np.float32)], 0)", [V3]),
    ("split", "lambda x: tuple(lax.split(x, (1, 0, 3), 0))", [V4]),
    ("split one used", "lambda x: lax.split(x, (1, 2), 1)[1]", [M]),
    ("stack", "lambda x, y: jnp.stack([x, y], 1)", [V3, V3]),
    ("unstack", "lambda x: jnp.unstack(x, axis=1)", [M]),
    ("dynamic_slice", "lambda x, i: lax.dynamic_slice(x, (i,), (2,), allow_negative_indices=False)", [V4, "1:int32"]),
    ("dynamic_slice outside", "lambda x, i, j: lax.dynamic_slice(x, (i, j), (2, 2), allow_negative_indices=False)", [M43, "9:int32", "-1:int32"]),
    ("dynamic_update_slice", "lambda x, u, i: lax.dynamic_update_slice(x, u, (i,), allow_negative_indices=False)", [V4, V2, "1:int32"]),
    ("dynamic_update_slice outside", "lambda x, u, i, j: lax.dynamic_update_slice(x, u, (i, j), allow_negative_indices=False)", [M43, "[[9.]]", "9:int32", "-1:int32"]),
    ("gather", gather(ROW, (1,)), [V4, AT]),
    ("gather fill", gather(ROW, (1,), mode="fill"), [V4, OUT]),
    ("gather fill value", gather(ROW, (1,), mode="fill", fill_value=7), [V4, OUT]),
    ("gather clip", gather(ROW, (1,), mode="clip", indices_are_sorted=True), [V4, "[[-2], [1], [9]]:int32"]),
    ("gather windows", gather(f"{G}((1,), (0,), (1, 0))", (1, 2), mode="clip"), [M43, "[[0, 1], [2, 3], [1, 0]]:int32"]),
    ("gather windows fill", gather(f"{G}((0,), (0,), (1, 0))", (1, 2), mode="fill"), [M43, "[[0, 1], [2, 3], [1, 0]]:int32"]),
    ("gather pairs", gather(PAIRS, (1, 1)), [M, "[[0, 1], [1, 2], [0, 1]]:int32"]),
    ("gather batching dims", gather(BATCH, (1, 1), mode="fill"), [M, "[[[0], [2]], [[3], [1]]]:int32"]),
    ("gather unique", gather(ROW, (1,), unique_indices=True, mode="fill"), [V4, TWO]),
    ("gather unsigned", gather(ROW, (1,), mode="fill"), [V4, "[[3], [200]]:uint8"]),
    ("gather nothing", gather(f"{G}((0,), (), ())", (2,), mode="fill"), [V4, "[]:int32"]),
    ("gather int fill", gather(ROW, (1,), mode="fill"), ["[1, 2]:int32", OUT]),
    ("gather uint fill", gather(ROW, (1,), mode="fill"), ["[1, 2]:uint16", OUT]),
    ("gather bool fill", gather(ROW, (1,), mode="fill"), ["[0, 1]:bool", OUT]),
]
for op in ("scatter", "scatter_add", "scatter_sub", "scatter_mul", "scatter_min", "scatter_max"):
    unique = {"unique_indices": True} if op == "scatter_mul" else {}
    CASES += [
        (op, scatter(op, SROW, **unique), [V4, TWO, "[3., -5.]"]),
        (f"{op} windows", scatter(op, SROWS, **unique), [M43, "[[3], [1]]:int32", "[[1., -2.], [7., 8.]]"]),
        (f"{op} dropped", scatter(op, SROW, **unique), [V4, OUT, V3]),
        (f"{op} batching dims", scatter(op, SBATCH, **unique), [M, "[[[0], [2]], [[3], [1]]]:int32", "[[1., 2.], [3., 4.]]"]),
        (f"{op} clip", scatter(op, SROW, mode="clip", **unique), [V4, "[[9], [-2]]:int32", "[3., 6.]"]),
    ]
CASES += [
    ("scatter unique", scatter("scatter", SROW, unique_indices=True, indices_are_sorted=True), [V4, "[[0], [2]]:int32", V2]),
    ("scatter twice", scatter("scatter", SROW), [V4, AT, V3]),
    ("scatter_add twice", scatter("scatter_add", SROW), [V4, AT, V3]),
    ("scatter_sub twice", scatter("scatter_sub", SROW), [V4, AT, V3]),
    ("scatter_mul operand twice", "lambda x, i: lax.scatter_mul(x, i, np.float32([2., 3., 4.]), " + SROW + ")", [V4, AT]),
    ("scatter_max ties", scatter("scatter_max", SROW), [V4, "[[2], [2], [1], [1]]:int32", "[2., 2., -1., 0.]"]),
    ("scatter_min ties", scatter("scatter_min", SROW), [V4, "[[2], [2], [1], [1]]:int32", "[2., 1., -1., -1.]"]),

    ("scatter_max bool", scatter("scatter_max", SROW), ["[0, 1, 0]:bool", "[[0], [1]]:int32", "[1, 0]:bool"]),
    ("scatter_mul int", scatter("scatter_mul", SROW), ["[3, 4, 5]:int8", AT, "[50, 2, 3]:int8"]),
]

def parse(text):
    text, _, dtype = text.partition(":")
    return jnp.asarray(np.array(eval(text)), dtype or "float32")

def direction(x, k):
    base = np.resize(np.array([0.5, -2.0, 3.0, 1.25]), x.shape) + k
    return jnp.asarray(base, x.dtype) if jnp.issubdtype(x.dtype, jnp.floating) else np.zeros(x.shape, jax.dtypes.float0)

def another(x):
    """A second example for a batch: other numbers of the same kind."""
    if x.ndim == 0:
        return x + 1
    if x.dtype == bool:
        return ~x
    return jnp.flip(x) if jnp.issubdtype(x.dtype, jnp.integer) else jnp.flip(x) + 0.25

def batches(f, args):
    n = len(args)
    choices = [axes for axes in itertools.product([0, None], repeat=n) if any(a is not None for a in axes)]
    choices.append(tuple(x.ndim for x in args))
    for axes in choices:
        stacked = [x if a is None else jnp.stack([x, another(x)], a) for x, a in zip(args, axes)]
        yield {"axes": axes, "args": [value(x) for x in stacked], "outs": [value(y) for y in jax.vmap(f, axes)(*stacked)]}

def record(name, source, texts):
    g = eval(source, {"lax": lax, "jnp": jnp, "np": np})
    f = lambda *xs: (lambda ys: tuple(ys) if isinstance(ys, (tuple, list)) else (ys,))(g(*xs))
    args = [parse(t) for t in texts]
    outs = f(*args)
    found = {"name": name, "python": source, "args": [value(x) for x in args], "outs": [value(y) for y in outs]}
    moving = [i for i, x in enumerate(args) if jnp.issubdtype(x.dtype, jnp.inexact)]
    found["jvp"] = found["vjp"] = None
    if moving and all(jnp.issubdtype(y.dtype, jnp.inexact) for y in outs):

        def of(*xs):
            full = list(args)
            for i, x in zip(moving, xs):
                full[i] = x
            return f(*full)

        primals = [args[i] for i in moving]
        tangents = [direction(x, k) for k, x in enumerate(primals)]
        cts = tuple(direction(y, k + 0.5) for k, y in enumerate(outs))
        forward = lambda xs, ts, *rest: jax.jvp(lambda *ys: f(*merge(ys, rest)), xs, ts)
        rest = [x for i, x in enumerate(args) if i not in moving]

        def merge(ys, others):
            ys, others = list(ys), list(others)
            return [ys.pop(0) if i in moving else others.pop(0) for i in range(len(args))]

        backward = lambda xs, cs, *others: jax.vjp(lambda *ys: f(*merge(ys, others)), *xs)[1](cs)
        found["tangents"] = [value(t) for t in tangents]
        found["outTangents"] = [value(t) for t in jax.jvp(of, primals, tangents)[1]]
        found["cts"] = [value(c) for c in cts]
        found["argCts"] = [value(c) for c in jax.vjp(of, *primals)[1](cts)]
        found["jvp"] = str(jax.make_jaxpr(forward)(tuple(primals), tuple(tangents), *rest))
        found["vjp"] = str(jax.make_jaxpr(backward)(tuple(primals), cts, *rest))
    found["batches"] = list(batches(f, args))
    return found

write("gather-scatter.json", [record(*case) for case in CASES])
