"""Writes xla-like/5-emit/scalar/coefficients.ts: minimax polynomials for float32 and float64. Needs mpmath.

Run from the repository's root: python3 scripts/math/coefficients.py, then biome format --write xla-like/5-emit.
"""
import math
from mpmath import mp, mpf, atan, asin, cos, erf, erfc, erfinv, euler, exp, expm1, log, loggamma, pi, sin, sqrt, tanh
from remez import remez

EPS = mpf(10) ** -25  # stands for 0 where a quotient has a limit there


def at(x):
    return x if x != 0 else EPS


def one(x):
    return mpf(1)


def scaled_erfc(x):
    return exp(x * x) * erfc(x)


def inverse_erf(w):
    """erfinv(x) / x as a function of w = -log(1 - x^2)."""
    # Near 1, 1 - x needs more digits than erfinv is given by default.
    with mp.workdps(130):
        x = sqrt(-expm1(-at(w)))
        return erfinv(x) / x


def erfc_far(u):
    """log(sqrt(pi) x e^(x^2) erfc(x)) for x = 1 / u."""
    x = 1 / at(u)
    return log(sqrt(pi) * x * scaled_erfc(x))


def erfc_scaled(t):
    x = 4 * (1 + t) / (1 - t)
    return (1 + 2 * x) * scaled_erfc(x)


T = 3 - 2 * sqrt(mpf(2))  # (m - 1) / (m + 1) for m = sqrt 2
S = mpf("1.02")  # reductions miss their interval a little
half_ln2 = log(mpf(2)) / 2 * S
quarter_pi = pi / 4 * S
octant = (sqrt(mpf(2)) - 1) * S


def atanh_tail(z, k):
    """The part of log((1+s)/(1-s)) after the first k terms, over s^(2k+1), with z = s^2: 2/(2k+1) + 2/(2k+3) z + ..."""
    return sum(2 * z**j / (2 * (j + k) + 1) for j in range(75))


# name, what it is, f, weight, interval, degree in float32, in float64
TABLE = [
    ("exp", "(e^r - 1 - r) / r^2", lambda r: (expm1(at(r)) - at(r)) / at(r) ** 2, lambda r: abs(at(r)), -half_ln2, half_ln2, 5, 10),
    ("log", "(log((1+s)/(1-s)) - 2s) / s^3, in s^2", lambda z: atanh_tail(z, 1), lambda z: at(z), 0, (T * S) ** 2, 2, 7),
    ("logTail1", "the same after the term in s^3", lambda z: atanh_tail(z, 2), one, 0, (T * S) ** 2, 3, 8),
    ("logTail2", "and after the term in s^5", lambda z: atanh_tail(z, 3), one, 0, (T * S) ** 2, 3, 7),
    ("sin", "(sin r - r) / r^3, in r^2", lambda z: (sin(sqrt(at(z))) / sqrt(at(z)) - 1) / at(z), lambda z: at(z), 0, quarter_pi**2, 2, 5),
    ("cos", "(cos r - 1 + r^2/2) / r^4, in r^2", lambda z: (cos(sqrt(at(z))) - 1 + at(z) / 2) / at(z) ** 2, lambda z: at(z) ** 2, 0, quarter_pi**2, 2, 5),
    ("asin", "(asin x - x) / x^3, in x^2", lambda z: (asin(sqrt(at(z))) / sqrt(at(z)) - 1) / at(z), lambda z: at(z), 0, mpf("0.25"), 4, 12),
    ("atan", "(atan x - x) / x^3, in x^2", lambda z: (atan(sqrt(at(z))) / sqrt(at(z)) - 1) / at(z), lambda z: at(z), 0, octant**2, 4, 10),
    ("erfSmall", "erf(x) / x - 1, in x^2, to x = 1", lambda z: erf(sqrt(at(z))) / sqrt(at(z)) - 1, one, 0, 1, 7, 13),
    ("erfcNear", "log((1 + x/2) e^(x^2) erfc(x)), in x - 1, to x = 2", lambda u: log((1 + (u + 1) / 2) * scaled_erfc(u + 1)), one, -1, 1, 10, 23),
    ("erfcFar", "log(sqrt(pi) x e^(x^2) erfc(x)), in 1/x - 1/4, from 2", lambda u: erfc_far(u + mpf(1) / 4), one, (mpf(1) / 11 - mpf(1) / 4, mpf(1) / 28 - mpf(1) / 4), mpf(1) / 4, 9, 22),
    ("cbrt", "m^(-1/3), for m from 1 to 2", lambda m: m ** (-mpf(1) / 3), one, 1, 2, 4, 4),
    ("erfInvNear", "erfInv(x) / x, in w - 3, w = -log(1 - x^2) to 6.25", lambda u: inverse_erf(u + 3), lambda u: 1 / inverse_erf(u + 3), -3, mpf("3.25"), 11, 24),
    ("erfInvFar", "the same, in sqrt(w) - 3.25, w from 6.25 to 16", lambda u: inverse_erf((u + mpf("3.25")) ** 2), lambda u: 1, -mpf("0.75"), mpf("0.75"), 9, 20),
    ("erfInvEdge", "the same, in sqrt(w) - 5, w from 16 to 37", lambda u: inverse_erf((u + 5) ** 2), lambda u: 1, -1, mpf("1.1"), 4, 20),
    ("lgammaNearTwo", "(log Γ(2 + z) - (1 - γ) z) / z^2, to |z| = 1/2", lambda z: (loggamma(2 + at(z)) - at(z) * (1 - euler)) / at(z) ** 2, lambda z: abs(at(z)), -mpf(1) / 2, mpf(1) / 2, None, 17),
    ("erfTail", "log erfc(x), in x - 2, from 1 to 4", lambda u: log(erfc(u + 2)), lambda u: max(erfc(u + 2), mpf(1) / 1000), -mpf("1.02"), mpf("2.02"), 8, None),
    ("erfcScaled", "(1 + 2x) e^(x^2) erfc(x), in (x - 4) / (x + 4), to x = 10.2", lambda t: erfc_scaled(t), lambda t: 1 / erfc_scaled(t), -1, (mpf("10.2") - 4) / (mpf("10.2") + 4), 11, None),
    ("tanhSmall", "(tanh x - x) / x^3, in x^2, to x = 0.625", lambda z: (tanh(sqrt(at(z))) / sqrt(at(z)) - 1) / at(z), lambda z: at(z), 0, mpf("0.3925"), 4, None),
    ("log2Tail", "(log2((1+s)/(1-s)) - 2s / ln 2) / s^3, in s^2", lambda z: atanh_tail(z, 1) / log(mpf(2)), lambda z: at(z), 0, (T * S) ** 2, None, 3),
    ("exp2Short", "(2^r - 1) / r, to |r| = 1/2", lambda r: (mpf(2) ** at(r) - 1) / at(r), lambda r: abs(at(r)), -mpf("0.51"), mpf("0.51"), None, 6),
]


def rounded(c, bits):
    if bits == 64:
        return float(c)
    # Straight to float32, not by way of float64.
    mantissa, exponent = mp.frexp(c)
    return float(mp.ldexp(mp.nint(mantissa * 2**24), int(exponent) - 24))


def two_over_pi_words():
    """2/pi's first 1216 bits behind the binary point, in 32-bit words."""
    with mp.workprec(1400):
        scaled = int(mp.floor(2 / pi * mpf(2) ** 1216))
    return [(scaled >> (1216 - 32 * (i + 1))) & 0xFFFFFFFF for i in range(38)]


def words(x, bits, lengths):
    """x as a sum of floats, each of so many bits; 0 for as many as the format has."""
    out = []
    for length in lengths:
        length = length or (24 if bits == 32 else 53)
        mantissa, exponent = mp.frexp(x)
        out.append(float(mp.ldexp(mp.nint(mantissa * mpf(2) ** length), int(exponent) - length)))
        x -= mpf(out[-1])
    return out


def named(x):
    """JavaScript's name of a constant, where it has one."""
    known = {math.log(2): "Math.LN2", 1 / math.log(2): "Math.LOG2E", math.pi: "Math.PI"}
    return known.get(x, repr(x))


def constants():
    pairs = [("ln2Pair", log(mpf(2))), ("log2ePair", 1 / log(mpf(2))), ("halfPiPair", pi / 2), ("rootPiPair", sqrt(pi)), ("twoOverRootPiPair", 2 / sqrt(pi)), ("twoThirds", mpf(2) / 3), ("twoFifths", mpf(2) / 5)]
    for name, value in pairs:
        hi, lo = words(value, 64, [0, 0])
        yield f"export const {name} = {{ hi: {named(hi)}, lo: {lo!r} }};"
    quarters = (words(pi * k / 4, 64, [0, 0]) for k in range(5))
    listed = ", ".join(f"{{ hi: {named(hi)}, lo: {lo!r} }}" for hi, lo in quarters)
    yield f"/** 0, pi/4, pi/2, 3pi/4, pi */\nexport const quarterPis = [{listed}] as const;"
    yield "/** ln2: a head short enough for its product with an exponent to be exact, and the rest. */"
    yield f"export const ln2Split = {{ f32: {words(log(mpf(2)), 32, [15, 0])}, f64: {words(log(mpf(2)), 64, [42, 0])} }} as const;"
    yield f"export const halfPiParts = {{ f32: {words(pi / 2, 32, [0, 0, 0])}, f64: {words(pi / 2, 64, [0, 0, 0])} }} as const;"


def table(only):
    for name, *rest in TABLE:
        if not only or name in only:
            yield name, *rest


def main(only=()):
    lines = [
        "/**",
        " * Minimax polynomials, lowest power first, by scripts/math/coefficients.py (Remez in 100 digits), which writes this",
        " * file. The comment beside each gives its largest weighted error as a power of two.",
        " */",
        "export interface Polynomial {",
        "  readonly f32: readonly number[];",
        "  readonly f64: readonly number[];",
        "}",
        "",
    ]
    for name, what, f, weight, lo, hi, degree32, degree64 in table(only):
        rows, lows = [], []
        for bits, degree in ((32, degree32), (64, degree64)):
            if degree is None:
                continue
            start = lo[0 if bits == 32 else 1] if isinstance(lo, tuple) else lo
            coefficients, error = remez(f, weight, start, hi, degree)
            power = float(log(abs(error) + EPS**2, 2))
            print(name, bits, degree, f"2^{power:.1f}", flush=True)
            values = ", ".join(repr(rounded(c, bits)) for c in coefficients)
            low = [repr(rounded(c - mpf(rounded(c, bits)), bits)) for c in coefficients[:2]]
            lows.append(f"  f{bits}: [{', '.join(low)}],")
            rows.append(f"  // 2^{power:.1f}\n  f{bits}: [{values}],")
        if None in (degree32, degree64):
            # Of one format only.
            comment, listed = rows[0].strip().split("\n")
            lines += [f"/** {what} */", comment, f"export const {name} = {listed.split(': ')[1].rstrip(',')};", ""]
            continue
        lines += [f"/** {what} */", f"export const {name}: Polynomial = {{", *rows, "};", ""]
        if name.startswith("erfInv"):
            lines += ["/** What its first two coefficients lost by rounding. */", f"export const {name}Low: Polynomial = {{", *lows, "};", ""]
    lines += [*constants(), ""]
    listed = ", ".join(f"0x{w:08x}" for w in two_over_pi_words())
    lines += ["/** 2/pi behind the binary point, 32 bits a word. */", f"export const twoOverPi: readonly number[] = [{listed}];", ""]
    with open("xla-like/5-emit/scalar/coefficients.ts", "w") as file:
        file.write("\n".join(lines))


main()
