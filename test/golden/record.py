"""Records a call as it happens: a proxy around a JAX module keeps the arguments and the result. Used by make_*.py beside it."""
import ast
import warnings

import jax
import jax.numpy as jnp
import numpy as np

from encode import fun, value

warnings.filterwarnings("ignore")


class Proxy:
    """Proxy(jnp, "jnp").sum(x, axis=0) runs jnp.sum and remembers how it was called (the outermost call last)."""

    calls = []

    def __init__(self, module, path=""):
        self.module, self.path = module, path

    def __getattr__(self, name):
        path = f"{self.path}.{name}" if self.path else name
        target = getattr(self.module, name)
        if type(target).__name__ == "module":
            return Proxy(target, path)

        def call(*args, **kwargs):
            Proxy.calls.append((path, args, kwargs))
            return target(*args, **kwargs)

        return call


def reals(seed, shape, low, high, steps):
    """Short, exact numbers: k / steps."""
    rng = np.random.RandomState(seed)
    n = int(np.prod(shape)) if shape else 1
    return (rng.randint(int(low * steps), int(high * steps) + 1, n) / steps).reshape(shape)


def F(*shape, lo=-2, hi=2, seed=0, dtype="float32", steps=8):
    return jnp.asarray(reals(seed, shape, lo, hi, steps), dtype)


def I(*shape, lo=-5, hi=5, seed=1, dtype="int32"):
    return jnp.asarray(np.random.RandomState(seed).randint(lo, hi + 1, shape), dtype)


def B(*shape, seed=2):
    return jnp.asarray(np.random.RandomState(seed).randint(0, 2, shape), bool)


def C(*shape, seed=3, dtype="complex64"):
    return jnp.asarray(reals(seed, shape, -2, 2, 4) + 1j * reals(seed + 1, shape, -2, 2, 4), dtype)


def arr(v, dtype="float32"):
    return jnp.asarray(np.array(v), dtype)


def i32(*v):
    return jnp.asarray(np.array(v), "int32")


def floats(x):
    return isinstance(x, jax.Array) and jnp.issubdtype(x.dtype, jnp.floating)


NAMES = {"jax": jax, "jnp": jnp, "np": np, "lax": jax.lax, "F": F, "I": I, "B": B, "C": C, "arr": arr, "i32": i32, "fun": fun, "nan": np.nan, "inf": np.inf}


def run(source, proxies, x64=False):
    """One record of the call in `source` (an expression whose outermost call is on a proxy)."""
    Proxy.calls = []
    with jax.enable_x64(x64):
        tree = ast.parse(source.strip(), mode="eval")
        out = eval(compile(tree, "<golden>", "eval"), {**NAMES, **proxies})
        fn, args, kwargs = Proxy.calls[-1]
        record = {"fn": fn, "args": [value(a) for a in args], "kwargs": {k: value(v) for k, v in kwargs.items()}}
        if x64:
            record["x64"] = True
        record["out"] = value(out)
    return record
