"""Minimax polynomials by Remez's exchange on a fine grid, in 100-digit arithmetic."""
from mpmath import mp, mpf, cos, pi, matrix, lu_solve

mp.dps = 100


def remez(f, weight, lo, hi, degree, points=40):
    """The polynomial p of the given degree with least max |weight(x) (f(x) - p(x))|; its coefficients, and that error."""
    lo, hi = mpf(lo), mpf(hi)
    n = degree + 2
    count = points * n
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * i / count) for i in range(count + 1)]
    values = [f(x) for x in grid]
    weights = [weight(x) for x in grid]
    # Where a weight all but vanishes the error is free, and the equations would divide by it.
    keep = [i for i in range(count + 1) if weights[i] > max(weights) / 1000]
    grid, values, weights = ([a[i] for i in keep] for a in (grid, values, weights))
    middle, half = (lo + hi) / 2, (hi - lo) / 2
    reference = [round(i * (len(grid) - 1) / (n - 1)) for i in range(n)]
    for _ in range(60):
        a, b = matrix(n, n), matrix(n, 1)
        for row, i in enumerate(reference):
            u = (grid[i] - middle) / half
            for k in range(degree + 1):
                a[row, k] = u**k
            a[row, n - 1] = (-1) ** row / weights[i]
            b[row] = values[i]
        solution = lu_solve(a, b)
        coefficients = [solution[k] for k in range(degree + 1)]
        errors = []
        for x, value, w in zip(grid, values, weights):
            u, p = (x - middle) / half, mpf(0)
            for c in reversed(coefficients):
                p = p * u + c
            errors.append(w * (value - p))
        worst = max(abs(e) for e in errors)
        if worst <= abs(solution[n - 1]) * mpf("1.001"):
            break
        reference = exchange(errors, n)
    return shift(coefficients, middle, half), worst


def exchange(errors, n):
    """The largest error of each run of equal sign, then n neighbours among these with the largest errors."""
    extrema = []
    for i, e in enumerate(errors):
        if extrema and (errors[extrema[-1]] > 0) == (e > 0):
            if abs(e) > abs(errors[extrema[-1]]):
                extrema[-1] = i
        else:
            extrema.append(i)
    while len(extrema) > n:
        if len(extrema) == n + 1:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        else:
            # Dropping a neighbouring pair keeps the signs alternating.
            k = min(range(len(extrema) - 1), key=lambda j: max(abs(errors[extrema[j]]), abs(errors[extrema[j + 1]])))
            del extrema[k : k + 2]
    if len(extrema) < n:
        raise ArithmeticError("too few alternations: the degree is too high for the grid or the precision")
    return extrema


def shift(coefficients, middle, half):
    """From powers of u = (x - middle) / half to powers of x."""
    out = [mpf(0)]
    for c in reversed(coefficients):
        scaled = [mpf(0)] * (len(out) + 1)
        for k, o in enumerate(out):
            scaled[k + 1] += o / half
            scaled[k] -= o * middle / half
        scaled[0] += c
        out = scaled
    return out[: len(coefficients)]
