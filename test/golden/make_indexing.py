"""Indexing as JAX has it, read and written, with gradients: indexing.json.

A part of an index is an integer, null (a new axis), "...", {"slice": [start, stop, step]}, {"int": nested} or {"bool": nested}.
"""
import json
import os

import jax
import jax.numpy as jnp
import numpy as np

from encode import HERE, array


def S(*bounds):
    return {"slice": list(bounds) + [None] * (3 - len(bounds))}


def I(v, dtype="int32"):
    return {"int": v, "dtype": dtype}


def B(v):
    return {"bool": v}


def part(p):
    if isinstance(p, dict):
        if "slice" in p:
            return slice(*p["slice"])
        return np.array(p["bool"], bool) if "bool" in p else jnp.asarray(np.array(p["int"], p["dtype"]))
    return Ellipsis if p == "..." else p


READ = [
    ([4], [1]), ([4], [-1]), ([4], [7]), ([4], [-9]), ([4], []), ([4], ["..."]), ([4], [None]), ([4], ["...", None]),
    ([4], [S(1, 3)]), ([4], [S(None, -1)]), ([4], [S(-3)]), ([4], [S(2, 1)]), ([4], [S(None, None, 2)]), ([4], [S(None, None, -1)]),
    ([5], [S(4, 0, -2)]), ([5], [S(None, 1, -3)]), ([5], [S(-2, -5, -1)]), ([5], [S(1, 3, -1)]), ([5], [S(10, None, -2)]), ([5], [S(-100, 100)]),
    ([3, 4], [1, 2]), ([3, 4], [-1]), ([3, 4], [S(1), 0]), ([3, 4], [S(None, None, 2), S(1)]), ([3, 4], ["...", 1]), ([3, 4], [None, 0, None]),
    ([3, 4], [S(None, None, -1), S(3, 0, -2)]), ([2, 3, 4], [0, "...", 2]), ([2, 3, 4], ["...", None, S(1, 3)]), ([2, 3, 4], [S(0), 1, None, S(None, None, -2)]),
    ([4], [I(2)]), ([4], [I(-1)]), ([4], [I(9)]), ([3, 4], [I(1), S(1)]), ([3, 4], [S(1, 2), I(-1)]), ([3, 4], [I(0), I(3)]), ([3, 4], [I(1), None]), ([3, 4], [I(1), S(None, None, 2)]),
    ([3, 4], [I(1), S(None, None, -1)]),
    ([4], [I([2, 0])]), ([4], [I([5, -3, -1])]), ([4], [I([[0, 1], [2, 3]])]), ([4], [I([], "int32")]), ([4], [I([1, 2], "uint8")]), ([4], [I([1, 2], "int64")]),
    ([3, 4], [I([2, 0])]), ([3, 4], [S(None), I([2, 0])]), ([3, 4], ["...", I([2, 0])]), ([3, 4], [I([2, 0]), I([1, 3])]), ([3, 4], [I([[2], [0]]), I([1, 3])]), ([3, 4], [I([2, 0]), 1]), ([3, 4], [0, I([2, 0])]),
    ([3, 4], [I([2, 0]), S(1, 3)]), ([3, 4], [I([2, 0]), S(None, None, -2)]), ([3, 4], [S(None, None, 2), I([2, 0, 0])]), ([3, 4], [None, I([2, 0])]), ([3, 4], [I([2, 0]), None]),
    ([2, 3, 4], [I([1, 0]), S(None), I([0, 3])]), ([2, 3, 4], [S(None), I([1, 0]), I([0, 3])]), ([2, 3, 4], [0, S(None), I([0, 3])]), ([2, 3, 4], [S(1), I([[1, 0]]), S(1, 3)]), ([2, 3, 4], [I([1, 0]), None, I([0, 2])]),
    ([2, 3, 4], [I([0, 1]), I([2, 1]), S(None, None, -1)]), ([2, 3, 4], [S(None, None, -1), I([2, 1]), S(None, 2)]),
    ([4], [B([True, False, True, True])]), ([4], [B([False] * 4)]), ([3, 4], [B([True, False, True])]), ([3, 4], [S(None), B([True, False, False, True])]), ([2, 2], [B([[True, False], [True, True]])]),
    ([2, 3, 4], [B([[True, False, True], [False, False, True]])]), ([2, 3, 4], [B([[True, False, True], [False, False, True]]), I([3, 0, 1])]), ([3, 4], [B([True, False, True]), I([3, 0])]),
    ([3], [True]), ([3], [False]), ([2, 3], [True, 1]), ([], ["..."]), ([], [None]), ([0, 3], [S(None), 1]), ([3, 0], [I([0, 2])]),
]
GET = [
    ([4], [I([5, -3, 1])], {"mode": "fill"}), ([4], [I([5, -9, 1])], {"mode": "fill", "fill_value": 7}), ([4], [I([5, -9, 1])], {"mode": "clip"}), ([4], [9], {"mode": "fill"}), ([4], [S(1, 3)], {"mode": "fill"}),
    ([3, 4], [I([2, 7]), S(1, 3)], {"mode": "fill", "fill_value": 0}), ([4], [I([0, 2])], {"indices_are_sorted": True, "unique_indices": True}), ([4], [I([-1, 2])], {"mode": "fill", "wrap_negative_indices": False}),
]
WRITE = [
    ([4], [1], "set", []), ([4], [-1], "add", []), ([4], [9], "set", []), ([4], [S(1, 3)], "set", []), ([4], [S(None, None, -2)], "set", [2]), ([4], [S(2, 0, -1)], "add", [2]), ([4], ["..."], "multiply", []),
    ([3, 4], [1], "set", [4]), ([3, 4], [S(None), 2], "add", [3]), ([3, 4], [S(0, 2), S(None, None, 2)], "set", [2, 2]), ([3, 4], [None, 1], "set", [1, 4]), ([3, 4], ["...", 0], "min", []), ([3, 4], [S(None, None, -1)], "set", [3, 4]),
    ([4], [I([2, 0])], "set", [2]), ([4], [I([1, 1, 3])], "add", [3]), ([4], [I([1, 1, 3])], "multiply", [3]), ([4], [I([1, 1, 3])], "max", [3]), ([4], [I([1, 1, 3])], "min", [3]), ([4], [I([5, 2])], "set", []), ([4], [I([5, -1])], "add", [2]),
    ([4], [I([1, 3])], "divide", [2]), ([4], [I([1, 3])], "power", [2]), ([4], [I([1, 3, 1])], "subtract", [3]),
    ([3, 4], [I([2, 0])], "set", [2, 4]), ([3, 4], [S(None), I([2, 0])], "add", [3, 2]), ([3, 4], [I([2, 0]), I([1, 1])], "set", [2]), ([3, 4], [I([2, 0]), S(1, 3)], "set", [2, 2]), ([3, 4], [I([2, 0]), S(None, None, -2)], "add", [2, 2]),
    ([2, 3, 4], [I([1, 0]), S(None), I([0, 3])], "set", [2, 3]), ([4], [B([True, False, True, False])], "set", [2]), ([3, 4], [B([True, False, True])], "add", [4]), ([4], [B([False] * 4)], "set", []),
]
UPDATES = [([4], [I([5, 2])], "set", [2], {"mode": "clip"}), ([4], [I([-1, 2])], "add", [2], {"mode": "drop", "wrap_negative_indices": False}), ([4], [I([0, 2])], "set", [2], {"indices_are_sorted": True, "unique_indices": True})]


def values(shape, seed=0):
    n = int(np.prod(shape)) if shape else 1
    return jnp.asarray(((np.arange(n) * 7 + seed) % 11 + 1).reshape(shape), "float32") / 4


def weights(shape):
    return values(shape, seed=3)


def index(parts):
    return tuple(part(p) for p in parts)


records = []


def add(shape, parts, f, op, extra):
    x = values(shape)
    out = f(x)
    grad = jax.grad(lambda x: jnp.sum(f(x) * weights(out.shape)))(x)
    records.append({"shape": shape, "index": parts, "op": op, **extra, "x": array(x), "out": array(out), "grad": array(grad)})


for shape, parts in READ:
    add(shape, parts, lambda x: x[index(parts)], "slice", {})
for shape, parts, options in GET:
    add(shape, parts, lambda x: jnp.nan_to_num(x.at[index(parts)].get(**options), nan=-99), "get", {"options": options})
for shape, parts, op, v, *rest in [(*w, {}) for w in WRITE] + UPDATES:
    options = rest[0]
    y = values(v, seed=5)
    run = lambda x, y: getattr(x.at[index(parts)], op)(y, **options)
    x = values(shape)
    out = run(x, y)
    # Derivatives of these need distinct places, or have conventions of their own at ties.
    differentiable = op in ("set", "add", "subtract")
    grads = [array(g) for g in jax.grad(lambda x, y: jnp.sum(run(x, y) * weights(out.shape)), (0, 1))(x, y)] if differentiable else None
    records.append({"shape": shape, "index": parts, "op": op, "options": options, "x": array(x), "values": array(y), "out": array(out), "grads": grads})

with open(os.path.join(HERE, "indexing.json"), "w") as f:
    body = ",\n".join(json.dumps(r, separators=(",", ":")) for r in records)
    f.write('{"meta":{"jax":"%s"},"records":[\n%s\n]}\n' % (jax.__version__, body))
