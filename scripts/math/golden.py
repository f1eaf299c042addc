"""Writes test/xla-like/5-emit/scalar/golden/float64.bin: arguments and correctly rounded results. Needs mpmath.

A line of JSON, [[name, arity, count], ...], then float64 little-endian: each function's arguments, then its results.
Run from the repository's root: python3 scripts/math/golden.py
"""
import json
import math
import os
import random
import struct
from mpmath import mp, mpf

mp.prec = 240
COUNT = 480


def rounded(x):
    """To the nearest float64, ties to even, denormals included."""
    x = mpf(x)
    if x == 0:
        return 0.0
    _, exponent = mp.frexp(x)
    unit = max(int(exponent) - 53, -1074)
    scaled = int(mp.nint(mp.ldexp(x, -unit)))
    try:
        # An integer has no negative zero.
        return math.copysign(math.ldexp(scaled, unit), -1 if x < 0 else 1)
    except OverflowError:
        return math.copysign(math.inf, scaled)


def signed(rng, x, both):
    return -x if both and rng.random() < 0.5 else x


def spread(lo, hi, both=True):
    """Magnitudes from 2^lo to 2^hi, every exponent alike."""
    return lambda rng: signed(rng, math.ldexp(rng.uniform(0.5, 1), rng.randint(lo, hi)), both)


def uniform(lo, hi):
    return lambda rng: rng.uniform(lo, hi)


def near(center, lo, hi):
    """Close to a number, on both sides."""
    return lambda rng: center + signed(rng, math.ldexp(rng.uniform(0.5, 1), rng.randint(lo, hi)), True)


def multiples(of, most):
    """The float64 nearest to a multiple: where reductions cancel."""
    return lambda rng: float(mpf(rng.randint(1, most)) * of)


def inside(draw):
    return lambda rng: max(-1.0, min(1.0, draw(rng)))


def above_one(draw):
    return lambda rng: max(1.0, abs(draw(rng)))


trig = [spread(-1070, 1023), spread(-20, 40), uniform(-10, 10), multiples(mp.pi / 4, 10**6), multiples(mp.pi / 2, 2**52)]
unit = [spread(-1070, 0), uniform(-1, 1), inside(near(1, -52, -2)), inside(near(-1, -52, -2)), inside(near(0.5, -50, -2))]
log_range = [spread(-1074, 1023, False), near(1, -51, -2), uniform(0.1, 10)]
exp_range = [spread(-1074, 9), uniform(-745.2, 709.8), uniform(-2, 2), spread(-12, 4)]
erf_range = [spread(-1070, 4), uniform(-6, 28), uniform(-2, 2), near(1, -20, -2), near(2, -20, -2)]

UNARY = {
    "acos": (mp.acos, unit),
    "acosh": (mp.acosh, [above_one(spread(0, 1023)), above_one(near(1, -52, -1)), uniform(1, 20)]),
    "asin": (mp.asin, unit),
    "asinh": (mp.asinh, [spread(-1074, 1023), spread(-30, 10), uniform(-3, 3)]),
    "atan": (mp.atan, [spread(-1074, 1023), spread(-20, 20), uniform(-3, 3)]),
    "atanh": (mp.atanh, unit),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), [spread(-1074, 1023), uniform(-10, 10)]),
    "cos": (mp.cos, trig),
    "cosh": (mp.cosh, [spread(-1074, 9), uniform(-711, 711), uniform(-3, 3)]),
    "erf": (mp.erf, erf_range),
    "erfc": (mp.erfc, erf_range),
    "erfInv": (mp.erfinv, [spread(-1000, -1), uniform(-1, 1), inside(near(1, -52, -4)), inside(near(-1, -52, -4))]),
    "exp": (mp.exp, exp_range),
    "exp2": (lambda x: mpf(2) ** x, [spread(-1074, 9), uniform(-1074, 1024), uniform(-2, 2)]),
    "expm1": (mp.expm1, exp_range),
    "log": (mp.log, log_range),
    "log1p": (lambda x: mp.log1p(x) if x > -1 else -mp.inf, [spread(-1074, 1023, False), uniform(-1, 3), spread(-60, -1), near(-1, -52, -2)]),
    "log2": (lambda x: mp.log(x) / mp.log(2), log_range),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), exp_range),
    "rsqrt": (lambda x: 1 / mp.sqrt(x), [spread(-1074, 1023, False), uniform(0.1, 10)]),
    "sin": (mp.sin, trig),
    "sinh": (mp.sinh, [spread(-1074, 9), uniform(-711, 711), uniform(-3, 3)]),
    "tan": (mp.tan, trig),
    "tanh": (mp.tanh, [spread(-1074, 5), uniform(-20, 20), uniform(-2, 2)]),
}


def pairs(*draws):
    return [lambda rng, a=a, b=b: (a(rng), b(rng)) for a, b in draws]


def power_pair(rng):
    """A base and an exponent whose power stays in range."""
    x = math.ldexp(rng.uniform(0.5, 1), rng.randint(-1074, 1024))
    return (x, rng.uniform(-1074, 1024) / (math.log2(x) or 1))


def atan2(y, x):
    return mp.atan2(y, x)


BINARY = {
    "atan2": (atan2, pairs((spread(-1074, 1023), spread(-1074, 1023)), (uniform(-2, 2), uniform(-2, 2)), (spread(-20, 20), spread(-20, 20)))),
    "pow": (lambda x, y: x**y, [power_pair, *pairs((near(1, -40, -2), spread(0, 40)), (uniform(0.1, 10), uniform(-100, 100)))]),
    "remainder": (lambda x, y: mp.sign(x) * fmod_exact(x, y), pairs((spread(-1074, 1023), spread(-1074, 1023)), (spread(0, 60), spread(-5, 5)), (uniform(-10, 10), uniform(-3, 3)))),
}


def fmod_exact(x, y):
    return mpf(math.fmod(abs(float(x)), abs(float(y))))


def column(values):
    return struct.pack(f"<{len(values)}d", *values)


def main():
    index, data = [], []
    for arity, table in ((1, UNARY), (2, BINARY)):
        for name, (f, draws) in table.items():
            rng = random.Random(name)
            arguments, results = [], []
            while len(results) < COUNT:
                drawn = draws[len(results) % len(draws)](rng)
                point = drawn if arity == 2 else (drawn,)
                if any(not math.isfinite(v) for v in point):
                    continue
                if name in ("log1p",) and point[0] <= -1 or name in ("log", "log2", "rsqrt") and point[0] <= 0:
                    continue
                if name == "pow" and point[0] <= 0 or name == "atanh" and abs(point[0]) >= 1:
                    continue
                if name == "erfInv" and abs(point[0]) >= 1:
                    continue
                # Arguments of a thousand bits apart need as many.
                with mp.workprec(2400 if name in ("sin", "cos", "tan", "acosh", "asinh", "atanh", "log1p") else 240):
                    results.append(rounded(f(*map(mpf, point))))
                arguments.append(point)
            index.append([name, arity, len(results)])
            data += [column([p[i] for p in arguments]) for i in range(arity)] + [column(results)]
            print(name, flush=True)
    os.makedirs("test/xla-like/5-emit/scalar/golden", exist_ok=True)
    with open("test/xla-like/5-emit/scalar/golden/float64.bin", "wb") as file:
        # Padded, so that the numbers are aligned.
        header = json.dumps(index)
        header += " " * (-(len(header) + 1) % 8) + "\n"
        file.write(header.encode() + b"".join(data))


main()
