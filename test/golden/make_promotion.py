"""JAX's type promotion, and the dtypes of results that are not plain promotion.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_promotion.py`. Writes promotion.json.
Types are names, with `*` for weak (int32* is a Python int, float32* a Python float, complex64* a Python complex).
Three modes, because cotangent has 64-bit types but 32-bit defaults, which JAX does not offer as one mode:
  x64       jax_enable_x64=True: the whole lattice. Weak types print under their 32-bit names here (JAX: int64*, float64*, complex128*),
            but a result that is not weak and came only from weak operands would be the default type.
  x32       jax_enable_x64=False: 64-bit results are cut to 32 bits; given only where it differs, and never for 64-bit operands.
Kinds of record:
  {"kind": "pair", a, b, out, x32?}    dtype and weakness of a + b as an array operation (jnp.result_type, checked against lattice of values)
  {"kind": "many", in, out, x32?}      jnp.result_type of three or four
  {"kind": "unary", op, in, out, x32?} a function of one array of that dtype (all arrays strong, shape [2])
  {"kind": "binary", op, a, b, out}    functions whose result is not the promoted type
"""
import random
import warnings

import jax
import jax.numpy as jnp
import numpy as np

from encode import write

warnings.filterwarnings("ignore")
STRONG = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128"]
WEAK = ["int32*", "float32*", "complex64*"]
PYTHON = {"int32*": 1, "float32*": 1.0, "complex64*": 1j}
SIXTYFOUR = {"int64", "uint64", "float64", "complex128"}


def operand(name):
    return PYTHON[name] if name in PYTHON else jnp.ones((), name)


def spell(x):
    """Name of the type; a weak result prints under its 32-bit name in either mode."""
    name = np.dtype(x.dtype).name
    if not x.weak_type:
        return name
    return {"int64": "int32", "float64": "float32", "complex128": "complex64"}.get(name, name) + "*"


def result(*names):
    dtype, weak = jax.dtypes.result_type(*(operand(n) for n in names), return_weak_type_flag=True)
    return spell(type("R", (), {"dtype": dtype, "weak_type": weak}))


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"throws {type(e).__name__}"


def with_modes(names, f):
    """The result under x64, and under x32 where that differs and the operands exist there."""
    with jax.enable_x64(True):
        out = attempt(f)
    record = {"out": out}
    if not SIXTYFOUR & set(names):
        with jax.enable_x64(False):
            x32 = attempt(f)
        if x32 != out:
            record["x32"] = x32
    return record


UNARY = {
    "sum": jnp.sum, "prod": jnp.prod, "max": jnp.max, "min": jnp.min, "mean": jnp.mean, "var": jnp.var, "std": jnp.std, "median": jnp.median,
    "cumsum": jnp.cumsum, "cumprod": jnp.cumprod, "all": jnp.all, "any": jnp.any, "argmax": jnp.argmax, "argsort": jnp.argsort,
    "ptp": jnp.ptp, "nansum": jnp.nansum, "nanmean": jnp.nanmean, "average": jnp.average, "diff": jnp.diff, "count_nonzero": jnp.count_nonzero,
    "trace": lambda x: jnp.trace(x.reshape(1, 2)), "dot": lambda x: jnp.dot(x, x), "matmul": lambda x: x @ x, "cross": lambda x: jnp.cross(x, x),
    "sin": jnp.sin, "exp": jnp.exp, "log": jnp.log, "sqrt": jnp.sqrt, "cbrt": jnp.cbrt, "tanh": jnp.tanh, "arcsin": jnp.arcsin, "expm1": jnp.expm1,
    "exp2": jnp.exp2, "log2": jnp.log2, "log1p": jnp.log1p, "square": jnp.square, "reciprocal": jnp.reciprocal, "negative": jnp.negative,
    "abs": jnp.abs, "sign": jnp.sign, "signbit": jnp.signbit, "floor": jnp.floor, "ceil": jnp.ceil, "trunc": jnp.trunc, "rint": jnp.rint,
    "round": jnp.round, "positive": jnp.positive, "invert": jnp.invert, "logical_not": jnp.logical_not, "isnan": jnp.isnan, "isfinite": jnp.isfinite,
    "real": jnp.real, "imag": jnp.imag, "conj": jnp.conj, "angle": jnp.angle, "sinc": jnp.sinc, "i0": jnp.i0, "deg2rad": jnp.deg2rad,
    "frexp mantissa": lambda x: jnp.frexp(x)[0], "bitwise_count": jnp.bitwise_count, "nan_to_num": jnp.nan_to_num, "softmax": jax.nn.softmax,
    "relu": jax.nn.relu, "gelu": jax.nn.gelu, "sigmoid": jax.nn.sigmoid, "logsumexp": jax.nn.logsumexp, "norm": jnp.linalg.norm,
    "fft": jnp.fft.fft, "rfft": jnp.fft.rfft, "quantile": lambda x: jnp.quantile(x, 0.5), "x + 1": lambda x: x + 1, "x + 0.5": lambda x: x + 0.5,
    "x * 1j": lambda x: x * 1j, "x / 2": lambda x: x / 2, "x // 2": lambda x: x // 2, "x % 2": lambda x: x % 2, "x ** 2": lambda x: x**2,
    "x ** 0.5": lambda x: x**0.5, "2 ** x": lambda x: 2**x, "where(c, x, 0)": lambda x: jnp.where(True, x, 0), "clip 0 1": lambda x: jnp.clip(x, 0, 1),
    "maximum(x, 0)": lambda x: jnp.maximum(x, 0), "x > 0": lambda x: x > 0, "zeros_like": jnp.zeros_like, "linspace(x)": lambda x: jnp.linspace(x[0], x[1], 3),
}
BINARY = {
    "true_divide": jnp.true_divide, "floor_divide": jnp.floor_divide, "remainder": jnp.remainder, "power": jnp.power, "float_power": jnp.float_power,
    "arctan2": jnp.arctan2, "hypot": jnp.hypot, "logaddexp": jnp.logaddexp, "copysign": jnp.copysign, "heaviside": jnp.heaviside, "ldexp": jnp.ldexp,
    "subtract": jnp.subtract, "bitwise_and": jnp.bitwise_and, "left_shift": jnp.left_shift, "less": jnp.less, "maximum": jnp.maximum, "fmod": jnp.fmod,
    "matmul": lambda a, b: jnp.matmul(a.reshape(1, 1), b.reshape(1, 1)), "concatenate": lambda a, b: jnp.concatenate([a.reshape(1), b.reshape(1)]),
    "where": lambda a, b: jnp.where(True, a, b), "gcd": jnp.gcd, "at add": lambda a, b: a.reshape(1).at[0].add(b),
}
# enough pairs to see every family of rules; the full table of promotion itself is in "pair"
BINARY_PAIRS = [(a, a) for a in STRONG] + [
    ("int32", "float32"), ("int8", "uint8"), ("int32", "uint32"), ("int8", "float16"), ("uint8", "bfloat16"), ("float16", "bfloat16"), ("int64", "float32"),
    ("bool", "int8"), ("bool", "float32"), ("float32", "complex64"), ("float64", "complex64"), ("int32*", "int8"), ("float32*", "int8"), ("float32*", "bfloat16"),
    ("int32*", "float16"), ("int8", "int32*"), ("int32", "float32*"), ("float32", "int32*"), ("bool", "int32*"), ("bool", "float32*"),
]

if __name__ == "__main__":
    jax.config.update("jax_platforms", "cpu")
    records = []
    for a in STRONG + WEAK:
        for b in STRONG + WEAK:
            records.append({"kind": "pair", "a": a, "b": b, **with_modes((a, b), lambda: result(a, b))})
    rng = random.Random(0)
    for k in range(330):
        names = [rng.choice(STRONG + WEAK) for _ in range(3 if k < 300 else 4)]
        records.append({"kind": "many", "in": names, **with_modes(names, lambda: result(*names))})
    for op, f in UNARY.items():
        for a in STRONG:
            records.append({"kind": "unary", "op": op, "in": a, **with_modes((a,), lambda: spell(jax.typeof(f(jnp.ones(2, a)))))})
    for op, f in BINARY.items():
        for a, b in BINARY_PAIRS:
            run = lambda: spell(jax.typeof(f(jnp.asarray(operand(a)), jnp.asarray(operand(b)))))
            records.append({"kind": "binary", "op": op, "a": a, "b": b, **with_modes((a, b), run)})
    write("promotion.json", records, {"strong": STRONG, "weak": WEAK})
