"""Lossless JSON encoding of what JAX returns; used by the make_*.py scripts beside it.

floats          float64 repr as a JSON number; NaN, infinities and -0 are the strings "nan", "inf", "-inf", "-0"
complex         [re, im]
int64, uint64   decimal strings
bool            true / false
arrays          {"dtype", "shape", "weak", "data": flat row-major list}
In recorded calls a Python number stays a JSON number, except that a Python float whose value is an integer
(or not finite) is {"float": ...}: JSON cannot tell 2.0 from 2, and promotion can.
Python complex is {"complex": [re, im]}, a dtype {"dtype": name} without data, a function {"python": source}.
"""
import enum
import json
import math
import os

import jax
import jax.numpy as jnp
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def scalar(x):
    x = float(x)
    if math.isnan(x):
        return "nan"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    if x == 0:
        return "-0" if math.copysign(1, x) < 0 else 0
    return int(x) if x == int(x) and abs(x) < 2**53 else x


def flat(a):
    a = np.asarray(a)
    kind = a.dtype.name
    if kind == "bool":
        return [bool(v) for v in a.ravel()]
    if kind in ("int64", "uint64"):
        return [str(int(v)) for v in a.ravel()]
    if a.dtype.kind in "iu":
        return [int(v) for v in a.ravel()]
    if a.dtype.kind == "c":
        return [[scalar(v.real), scalar(v.imag)] for v in a.ravel()]
    return [scalar(v) for v in a.astype(np.float64).ravel()]


def array(x):
    weak = bool(getattr(x, "weak_type", False)) or bool(getattr(getattr(x, "aval", None), "weak_type", False))
    if isinstance(x, jax.Array) and jnp.issubdtype(x.dtype, jax.dtypes.prng_key):
        return {"key": array(jax.random.key_data(x))}
    a = np.asarray(x)
    return {"dtype": a.dtype.name, "shape": list(a.shape), "weak": weak, "data": flat(a)}


def value(x):
    """Any tree of arrays and Python values."""
    if x is None or isinstance(x, (bool, str)):
        return x
    if getattr(x, "dtype", None) == jax.dtypes.float0:
        return {"dtype": "float0", "shape": list(x.shape), "weak": False, "data": []}
    if isinstance(x, (jax.Array, np.ndarray)):
        return array(x)
    if isinstance(x, enum.Enum):
        return x.name
    if isinstance(x, type) and issubclass(x, np.generic) and x.__name__ in ("integer", "floating", "inexact", "number"):
        return {"kind": x.__name__}
    if isinstance(x, np.dtype) or (isinstance(x, type) and issubclass(x, np.generic)):
        return {"dtype": np.dtype(x).name}
    if hasattr(x, "dtype") and hasattr(x, "__call__") and hasattr(x, "_meta"):
        return {"dtype": np.dtype(x.dtype).name}
    if isinstance(x, np.generic):
        return array(x)
    if isinstance(x, int):
        return x if abs(x) < 2**53 else {"int": str(x)}
    if isinstance(x, float):
        return x if math.isfinite(x) and x != int(x) else {"float": scalar(x)}
    if isinstance(x, complex):
        return {"complex": [scalar(x.real), scalar(x.imag)]}
    if hasattr(x, "_fields"):
        return {k: value(v) for k, v in zip(x._fields, x)}
    if isinstance(x, (tuple, list)):
        return [value(v) for v in x]
    if isinstance(x, dict):
        return {k: value(v) for k, v in x.items()}
    if hasattr(x, "golden_source"):
        return {"python": x.golden_source}
    if isinstance(x, slice):
        return {"slice": [x.start, x.stop, x.step]}
    if isinstance(x, type(...)):
        return "..."
    if type(x).__name__ in ("ScatterDimensionNumbers", "GatherDimensionNumbers"):
        return {k: value(v) for k, v in vars(x).items()}
    if callable(x) and hasattr(x, "__name__"):
        return {"python": x.__name__}
    raise TypeError(f"cannot encode {type(x)}: {x!r}")


def write(name, records, head=None):
    """One record per line, so that a changed value is one changed line."""
    dump = lambda v: json.dumps(v, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    meta = {"jax": jax.__version__, **(head or {})}
    lines = ['{"meta":' + dump(meta) + ',"records":[']
    lines.append(",\n".join(dump(r) for r in records))
    lines.append("]}")
    path = os.path.join(HERE, name)
    with open(path, "w") as f:
        f.write("\n".join(lines) + "\n")
    print(f"{name}: {len(records)} records, {os.path.getsize(path)} bytes")


class fun:
    """A Python function that remembers its source, so that a record can show it."""

    def __init__(self, source):
        self.golden_source = source
        self.call = eval(source, {"jnp": jnp, "jax": jax, "lax": jax.lax, "np": np})
        self.__name__ = "f"

    def __call__(self, *args, **kwargs):
        return self.call(*args, **kwargs)
