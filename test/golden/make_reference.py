"""Known answers for the reference evaluator: NumPy's and SciPy's functions in float64 and complex128, decimal
arithmetic where those are not accurate to the last digits, and JAX's answers where its own algorithm (erf_inv) or its
choices at poles and out of range are what counts.

Run it with a Python that has jax and scipy; writes reference.json.
"""
import warnings
from decimal import Decimal, getcontext

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
import scipy.special as sp
from jax import lax

import encode

warnings.filterwarnings("ignore")
np.seterr(all="ignore")
rng = np.random.default_rng(20240607)
inf, nan = np.inf, np.nan
edges = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, inf, -inf, nan, 5e-324, -5e-324, 1e-300, 1e300, -1e300])


getcontext().prec = 120
one = Decimal(1)
pi = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651")
bernoulli = [one / 6, -one / 30, one / 42, -one / 30, Decimal(5) / 66, Decimal(-691) / 2730, Decimal(7) / 6,
             Decimal(-3617) / 510, Decimal(43867) / 798, Decimal(-174611) / 330, Decimal(854513) / 138]


def exact(f):
    """A function of floats, computed in decimals and rounded once."""
    return np.vectorize(lambda *xs: float(f(*(Decimal(float(x)) for x in xs))), otypes=[np.float64])


def log_gamma(x):
    product = one
    while x < 1000:
        product *= x
        x += 1
    tail = sum(b / (2 * j * (2 * j - 1)) / x ** (2 * j - 1) for j, b in enumerate(bernoulli, 1))
    return (x - one / 2) * x.ln() - x + (2 * pi).ln() / 2 + tail - abs(product).ln()


def psi(x):
    shift = Decimal(0)
    while x < 1000:
        shift += 1 / x
        x += 1
    return x.ln() - 1 / (2 * x) - sum(b / (2 * j) / x ** (2 * j) for j, b in enumerate(bernoulli, 1)) - shift


def error_function(x):
    y, term, total, n = 2 * x * x, one, one, 1
    while term > total * Decimal(10) ** -110:
        term *= y / (2 * n + 1)
        total += term
        n += 1
    return 2 * x * total * (-x * x).exp() / pi.sqrt()


def complement(x):
    if x < 3:
        return 1 - error_function(x)
    f = x
    for k in range(3000, 0, -1):
        f = x + Decimal(k) / 2 / f
    return (-x * x).exp() / pi.sqrt() / f


def lower_gamma(a, x):
    term, total, n = one, one, 1
    while term > total * Decimal(10) ** -110:
        term *= x / (a + n)
        total += term
        n += 1
    return (a * x.ln() - x - log_gamma(a + 1)).exp() * total


def incomplete_beta(a, b, x):
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    term, total, n = one, one, 0
    while term > total * Decimal(10) ** -100:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return (a * x.ln() + b * (1 - x).ln() + log_gamma(a + b) - log_gamma(a) - log_gamma(b)).exp() / a * total


def spread(low, high, n, negative=True):
    x = np.exp(rng.uniform(np.log(low), np.log(high), n))
    return x * rng.choice([-1.0, 1.0], n) if negative else x


anywhere = np.concatenate([edges, spread(1e-20, 1e20, 30), spread(1e-3, 30, 60), rng.uniform(-5, 5, 40)])
positive = np.concatenate([edges, spread(1e-300, 1e300, 30, False), spread(1e-3, 30, 60, False)])
unit = np.concatenate([edges, rng.uniform(-1, 1, 60), spread(1e-20, 1, 30), 1 - spread(1e-16, 1e-2, 20, False)])
moderate = np.concatenate([edges, spread(1e-10, 700, 60), rng.uniform(-20, 20, 60)])
gammas = np.concatenate([edges, rng.uniform(-6, 12, 80), spread(1e-10, 1e6, 40, False), [3.0, 10.0, 171.6, -2.0, 1.4616321449683623]])

unary = {
    "acos": (np.arccos, unit), "acosh": (np.arccosh, positive), "asin": (np.arcsin, unit), "asinh": (np.arcsinh, anywhere),
    "atan": (np.arctan, anywhere), "atanh": (np.arctanh, unit), "bessel-i0e": (sp.i0e, moderate),
    "bessel-i1e": (sp.i1e, moderate), "cbrt": (np.cbrt, anywhere), "ceil": (np.ceil, anywhere), "cos": (np.cos, anywhere),
    "cosh": (np.cosh, moderate), "digamma": (exact(psi), gammas), "erf": (sp.erf, anywhere), "erf-inv": (sp.erfinv, unit),
    "exponential": (np.exp, moderate), "exponential-minus-one": (np.expm1, moderate), "floor": (np.floor, anywhere),
    "lgamma": (exact(log_gamma), gammas), "log": (np.log, positive),
    "log-plus-one": (np.log1p, np.concatenate([unit, positive])), "logistic": (sp.expit, moderate),
    "round-nearest-even": (np.round, np.concatenate([anywhere, np.arange(-6, 6) + 0.5, [4503599627370497.0, 0.49999999999999994]])),
    "sign": (np.sign, anywhere), "sine": (np.sin, anywhere), "sinh": (np.sinh, moderate), "sqrt": (np.sqrt, positive),
    "tan": (np.tan, anywhere), "tanh": (np.tanh, anywhere),
}

records = []


def record(op, dtype, operands, expected, **more):
    operands = [np.asarray(x, dtype) for x in operands]
    records.append({"op": op, **more, "operands": [encode.array(x) for x in operands], "expected": encode.array(np.asarray(expected))})


for name, (f, x) in unary.items():
    if name in ("lgamma", "digamma"):
        # Infinities and poles are taken from JAX below.
        x = x[np.isfinite(x) & (np.abs(x) > 1e-300) & (np.abs(x) < 1e6) & ~((x <= 0) & (x == np.floor(x)))]
    record(name, "float64", [x], f(x), source="numpy")
ex = np.concatenate([rng.uniform(-5, 5, 40), rng.uniform(0, 26, 60)])
record("erfc", "float64", [ex], exact(complement)(ex), source="decimal")

grid_a = spread(1e-3, 3e3, 150, False)
grid_x = np.where(rng.random(150) < 0.7, grid_a * rng.uniform(0.7, 1.25, 150), np.minimum(spread(1e-3, 50, 150, False), 1.25 * grid_a + 20))
record("igamma", "float64", [grid_a, grid_x], exact(lower_gamma)(grid_a, grid_x), source="decimal")
record("igammac", "float64", [grid_a, grid_x], exact(lambda a, x: 1 - lower_gamma(a, x))(grid_a, grid_x), source="decimal")
zx, zq = 1 + spread(1e-3, 60, 120, False), spread(1e-2, 60, 120, False)
record("zeta", "float64", [zx, zq], sp.zeta(zx, zq), source="scipy")
pn = np.repeat(np.arange(0.0, 8.0), 12)
pq = spread(1e-1, 40, pn.size, False)
record("polygamma", "float64", [pn, pq], sp.polygamma(pn.astype(int), pq), source="scipy")
ba, bb, bx = spread(1e-1, 500, 200, False), spread(1e-1, 500, 200, False), rng.random(200)
near = ba / (ba + bb)
bx = np.where(rng.random(200) < 0.6, np.clip(near + rng.normal(0, 0.05, 200), 1e-6, 1 - 1e-6), bx)
record("regularized-incomplete-beta-b", "float64", [ba, bb, bx], exact(incomplete_beta)(ba, bb, bx), source="decimal")
pa, pb = [a.ravel() for a in np.meshgrid(np.concatenate([edges, [3.0, -3.0, 2.5, -2.5]]), np.concatenate([edges, [3.0, -3.0, 2.5]]))]
record("power", "float64", [pa, pb], np.power(pa, pb), source="scipy")
record("atan2", "float64", [pa, pb], np.arctan2(pa, pb), source="scipy")
record("remainder", "float64", [pa, pb], np.fmod(pa, pb), source="scipy")
record("nextafter", "float64", [pa, pb], np.nextafter(pa, pb), source="scipy")
record("nextafter", "float32", [pa, pb], np.nextafter(pa.astype("f4"), pb.astype("f4")), source="scipy")
ra, rb = spread(1e-3, 1e3, 60), spread(1e-3, 1e3, 60)
record("power", "float64", [abs(ra), rb / 100], np.power(abs(ra), rb / 100), source="scipy")

parts = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, inf, -inf, nan]
zs = np.array([complex(a, b) for a in parts for b in parts])
normal = spread(1e-3, 20, 80) + 1j * spread(1e-3, 20, 80)
circle = np.exp(1j * rng.uniform(-np.pi, np.pi, 30)) * (1 + spread(1e-14, 1e-3, 30))
tiny = spread(1e-12, 1e-6, 20) + 1j * spread(1e-12, 1e-6, 20)
cut = np.array([complex(a, b) for a in (-3.0, -1.5, 1.5, 3.0) for b in (0.0, -0.0, 1e-9)] + [complex(b, a) for a in (-3.0, 1.5) for b in (0.0, -0.0, 1e-9)])
large = np.array([1e200 + 1e200j, -1e300 + 1j, 1e-300 + 1e-310j, 3e-320 - 1e-315j, 1e160 - 1e-160j])
complexes = {
    "acos": np.arccos, "acosh": np.arccosh, "asin": np.arcsin, "asinh": np.arcsinh, "atan": np.arctan,
    "atanh": np.arctanh, "cos": np.cos, "cosh": np.cosh, "exponential": np.exp, "exponential-minus-one": np.expm1,
    "log": np.log, "sine": np.sin, "sinh": np.sinh, "sqrt": np.sqrt, "tan": np.tan,
    "tanh": np.tanh, "abs": np.abs,
}
for name, f in complexes.items():
    usual = np.concatenate([normal, circle, tiny, cut, [] if name in ("cos", "sine", "tan", "cosh", "sinh", "tanh", "exponential", "exponential-minus-one") else large])
    record(name, "complex128", [usual], f(usual), source="numpy")
    if name != "exponential-minus-one":
        record(name, "complex128", [zs], f(zs), source="numpy-edges")
unit_z = np.concatenate([normal, circle - 1, tiny])
record("log-plus-one", "complex128", [unit_z], exact(lambda x, y: ((1 + x) ** 2 + y * y).ln() / 2)(unit_z.real, unit_z.imag) + 1j * np.log1p(unit_z).imag, source="decimal")
w1, w2 = normal[:40] / 5, normal[40:] / 10
record("power", "complex128", [w1, w2], np.power(w1, w2), source="numpy")
record("divide", "complex128", [np.concatenate([normal[:40], large]), np.concatenate([normal[40:], large[::-1]])], np.concatenate([normal[:40], large]) / np.concatenate([normal[40:], large[::-1]]), source="numpy")

# JAX's own answers.
u = np.concatenate([rng.uniform(-1, 1, 2000), 1 - spread(1e-7, 1e-2, 200, False), [0, -0.0, 1, -1, nan]]).astype(np.float32)
record("erf-inv", "float32", [u], lax.erf_inv(jnp.asarray(u)), source="jax-bits")
jax_unary = {
    "lgamma": lax.lgamma, "digamma": lax.digamma, "erf-inv": lax.erf_inv, "bessel-i0e": lax.bessel_i0e, "bessel-i1e": lax.bessel_i1e,
    "round-nearest-afz": lambda x: lax.round(x, lax.RoundingMethod.AWAY_FROM_ZERO), "rsqrt": lax.rsqrt, "is-finite": lax.is_finite,
    "sign": lax.sign, "erfc": lax.erfc, "logistic": lax.logistic, "cbrt": lax.cbrt,
}
poles = np.concatenate([edges[np.abs(edges) != 5e-324], [-2.0, -3.0, -7.0, 3.0, 1.5, -1.5, 2.5, 100.0]])
for name, f in jax_unary.items():
    record(name, "float64", [poles], f(jnp.asarray(poles)), source="jax")
ia, ix = [a.ravel() for a in np.meshgrid([-1.0, 0.5, 1.0, 3.0, nan], [0.0, -1.0, 0.5, 4.0, inf])]
for name, f in {"igamma": lax.igamma, "igammac": lax.igammac, "zeta": lax.zeta}.items():
    record(name, "float64", [ia, ix], f(jnp.asarray(ia), jnp.asarray(ix)), source="jax")
record("zeta", "float64", [[2.0, 2.0, 3.0, 4.0, 3.0, 2.5, 2.5, 1.0, 0.5], [-0.5, -1.0, -1.0, -2.5, -1.5, -0.5, 0.0, 1.0, 1.0]],
       lax.zeta(jnp.array([2.0, 2.0, 3.0, 4.0, 3.0, 2.5, 2.5, 1.0, 0.5]), jnp.array([-0.5, -1.0, -1.0, -2.5, -1.5, -0.5, 0.0, 1.0, 1.0])), source="jax")
record("polygamma", "float64", [[0.0, 1.0, 2.0, 1.5, -1.0, 1.0, 2.0, nan], [1.0, 1.0, 0.5, 1.0, 1.0, 0.0, -1.5, 1.0]],
       lax.polygamma(jnp.array([0.0, 1.0, 2.0, 1.5, -1.0, 1.0, 2.0, nan]), jnp.array([1.0, 1.0, 0.5, 1.0, 1.0, 0.0, -1.5, 1.0])), source="jax")
sa = spread(5e-2, 50, 80, False)
sx = np.maximum(rng.gamma(sa), 1e-10)
record("random-gamma-grad", "float64", [sa, sx], lax.random_gamma_grad(jnp.asarray(sa), jnp.asarray(sx)), source="jax")
record("regularized-incomplete-beta-b", "float64", [[0.0, -1.0, 1.0, 1.0, 1.0, 2.0, 2.0, nan], [1.0, 1.0, 0.0, 2.0, 2.0, 3.0, 3.0, 1.0], [0.5, 0.5, 0.5, 0.0, 1.0, -0.1, 1.1, 0.5]],
       lax.betainc(*(jnp.array(v) for v in ([0.0, -1.0, 1.0, 1.0, 1.0, 2.0, 2.0, nan], [1.0, 1.0, 0.0, 2.0, 2.0, 3.0, 3.0, 1.0], [0.5, 0.5, 0.5, 0.0, 1.0, -0.1, 1.1, 0.5]))), source="jax")
for name, f in {"power": lax.pow, "divide": lax.div, "sign": None, "rsqrt": None, "square": None, "logistic": None}.items():
    if f is not None:
        a = np.array([1 + 2j, 0j, 0j, 3 - 1j, -2 + 0j, 1j])
        b = np.array([2 + 0j, 2 + 0j, 0j, 0.5 + 1j, 0.5 + 0j, 1j]) if name == "power" else np.array([1 - 1j, 2j, 1j, 3 + 0j, -1j, 1j])
        record(name, "complex128", [a, b], f(jnp.asarray(a), jnp.asarray(b)), source="jax")
    else:
        g = {"sign": lax.sign, "rsqrt": lax.rsqrt, "square": lax.square, "logistic": lax.logistic}[name]
        x = np.concatenate([normal[:20], [0j]]) if name == "sign" else normal[:20]
        record(name, "complex128", [x], g(jnp.asarray(x)), source="jax")
for dtype in ("int8", "int32", "int64", "uint8", "uint32", "uint64"):
    i = np.iinfo(dtype)
    a = np.array([7, 7, i.max, i.min, i.min, 5, 0, i.max], dtype=dtype)
    b = np.array([2, 0, 3, i.max if i.min == 0 else -1, 7, 0, 0, 2], dtype=object).astype(dtype)
    for name, f in {"divide": lax.div, "remainder": lax.rem, "multiply": lax.mul, "add": lax.add, "subtract": lax.sub}.items():
        record(name, dtype, [a, b], f(jnp.asarray(a), jnp.asarray(b)), source="jax-exact")
    bits = np.dtype(dtype).itemsize * 8
    s = np.array([0, 1, bits - 1, bits, bits + 1, 3], dtype=dtype)
    v = np.array([i.max, i.min, i.max, i.min, 1, i.max // 3], dtype=dtype)
    for name, f in {"shift-left": lax.shift_left, "shift-right-logical": lax.shift_right_logical, "shift-right-arithmetic": lax.shift_right_arithmetic}.items():
        record(name, dtype, [v, s], f(jnp.asarray(v), jnp.asarray(s)), source="jax-exact")
    for name, f in {"popcnt": lax.population_count, "count-leading-zeros": lax.clz, "not": lax.bitwise_not, "sign": lax.sign}.items():
        record(name, dtype, [v], f(jnp.asarray(v)), source="jax-exact")
k = np.array([[1.0, -0.0, nan, 3.0, -inf, 0.0, 3.0, inf], [2.0, 2.0, -1.0, nan, 5.0, nan, 0.0, 5.0]])
values, indices = lax.top_k(jnp.asarray(k), 4)
records.append({"op": "top-k", "source": "jax", "k": 4, "operands": [encode.array(k)], "expected": encode.array(values), "indices": encode.array(indices)})
f = np.array([nan, inf, -inf, 1e10, -1e10, 2.7, -2.7, 300.0, -300.0, 2**31, 2.0**63, 0.5, -0.5])
for dtype in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"):
    records.append({"op": "convert", "source": "jax-exact", "to": dtype, "operands": [encode.array(f)], "expected": encode.array(jnp.asarray(f).astype(dtype))})
big = np.array([2**53 + 1, 2**62 + 1, -(2**62) - 1, 2**24 + 1, 2**40 + 2**16 + 1], dtype=np.int64)
for dtype in ("float32", "float64", "float16", "bfloat16", "int32", "uint8"):
    records.append({"op": "convert", "source": "jax-exact", "to": dtype, "operands": [encode.array(big)], "expected": encode.array(jnp.asarray(big).astype(dtype))})
p = np.concatenate([rng.normal(size=20), edges]).astype(np.float32)
for e, m in ((5, 10), (8, 7), (3, 2), (8, 0)):
    records.append({"op": "reduce-precision", "source": "jax-exact", "exponent": e, "mantissa": m, "operands": [encode.array(p)], "expected": encode.array(lax.reduce_precision(jnp.asarray(p), e, m))})

encode.write("reference.json", records, {"scipy": __import__("scipy").__version__, "numpy": np.__version__})
