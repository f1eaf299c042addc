"""Calls of jax.scipy.special with their results, and with cotangents pulled back through them.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_scipy.py`. Writes scipy.json.
Each record is one call: {fn, args, kwargs, x64?, out, ct?, grads?}: grads are the cotangents of the floating arguments, null for others;
encode.py says how values are spelled. Mode: x64=False; records with "x64": true ran with jax_enable_x64=True on float64.
"""
import sys

import jax
import jax.numpy as jnp

from encode import value, write
from record import Proxy, floats, run

X = "arr([-2.5, -1., -0.3, 0.25, 0.9, 1.5, 4., 12.5], '{d}')"
POS = "arr([0.05, 0.5, 1., 1.5, 3., 7.5, 9., 40.], '{d}')"
UNIT = "arr([0.001, 0.05, 0.2, 0.5, 0.75, 0.99], '{d}')"
OTHER = "arr([0.3, 2., 0.7, 1., 8.5, 2.5, 12., 3.], '{d}')"
TEMPLATES = [
    *[f"S.{f}({X})" for f in "erf erfc expit i0 i0e i1 i1e ndtr log_ndtr gammasgn".split()],
    *[f"S.{f}({POS})" for f in "gammaln loggamma gamma digamma entr exp1 expi factorial".split()],
    *[f"S.{f}({UNIT})" for f in "logit ndtri erfinv entr".split()],
    *[f"S.{f}({POS}, {OTHER})" for f in "xlogy xlog1py rel_entr kl_div gammainc gammaincc boxcox boxcox1p poch".split()],
    "S.gamma(arr([-1.5, -0.5, 0.5], '{d}'))", "S.expi(arr([-3., -0.5, 45.], '{d}'))", "S.log_ndtr(arr([-30., -12., 6., 9.], '{d}'))",
    "S.xlogy(arr([0., 0., 0., 2.], '{d}'), arr([0., nan, 3., 0.], '{d}'))", "S.xlog1py(arr([0., 0.], '{d}'), arr([-1., nan], '{d}'))",
    "S.rel_entr(arr([0., 0., 1., -1.], '{d}'), arr([0., 2., 0., 1.], '{d}'))", "S.entr(arr([0., -1.], '{d}'))", "S.ndtri(arr([0., 1.], '{d}'))",
    "S.boxcox(arr([0.5, 2.], '{d}'), arr([0., 0.], '{d}'))", "S.poch(arr([2., 3.], '{d}'), arr([0., 2.], '{d}'))", "S.comb(arr([5., 7., 3.], '{d}'), arr([2., 0., 4.], '{d}'))",
    "S.comb(arr([5., 7.], '{d}'), arr([2., 0.], '{d}'), repetition=True)", "S.zeta(arr([1.5, 2., 5.], '{d}'), arr([1., 2.5, 0.5], '{d}'))", "S.polygamma(i32(1, 2, 3), arr([0.5, 1.5, 4.], '{d}'))",
    "S.multigammaln(arr([2.5, 6.], '{d}'), 3)", "S.expn(2, arr([0.5, 1., 5., 30.], '{d}'))", "S.exp1(arr([0.], '{d}'))",
    # its betaln is exact to seven digits only where an argument exceeds 8
    *[f"S.{f}(arr([0.05, 1.5, 7.5, 0.7], '{{d}}'), arr([0.3, 1., 2.5, 6.], '{{d}}'))" for f in ("betaln", "beta")],
    "S.betainc(arr([0.5, 2.], '{d}'), arr([1.5, 3.], '{d}'), arr([0.25, 0.8], '{d}'))", "S.softmax(arr([[0.5, -1.], [2., 0.]], '{d}'))", "S.softmax(arr([[0.5, -1.], [2., 0.]], '{d}'), axis=0)",
    "S.log_softmax(arr([[0.5, -1.], [2., 0.]], '{d}'), axis=1)", "S.logsumexp(arr([[0.5, -1.], [2., 0.]], '{d}'), axis=1)",
]
CASES = [t.format(d="float32") for t in TEMPLATES] + ["S.bernoulli(10)", "S.gammaln(i32(1, 4))", "S.expit(2)", "S.xlogy(i32(0, 2), 3.)"]
CASES64 = [t.format(d="float64") for t in TEMPLATES]


def gradients(x64):
    fn, args, kwargs = Proxy.calls[-1]
    places = [i for i, a in enumerate(args) if floats(a)]
    f = getattr(jax.scipy.special, fn)

    def over(*xs):
        full = list(args)
        for i, x in zip(places, xs):
            full[i] = x
        return f(*full, **kwargs)

    with jax.enable_x64(x64):
        out, pull = jax.vjp(over, *(args[i] for i in places))
        ct = ((jnp.arange(out.size) % 5 + 1) * 0.25 * jnp.where(jnp.arange(out.size) % 2, -1, 1)).astype(out.dtype).reshape(out.shape)
        grads = [None] * len(args)
        for i, g in zip(places, pull(ct)):
            grads[i] = value(g)
        return {"ct": value(ct), "grads": grads}


if __name__ == "__main__":
    proxies = {"S": Proxy(jax.scipy.special)}
    records, failed = [], []
    for source, x64 in [(c, False) for c in CASES] + [(c, True) for c in CASES64]:
        try:
            record = run(source, proxies, x64)
            if any(map(floats, Proxy.calls[-1][1])):
                try:
                    record.update(gradients(x64))
                except Exception as e:
                    print(f"no gradient of {source}: {str(e)[:80]}", file=sys.stderr)
            records.append(record)
        except Exception as e:
            failed.append(f"{source}: {type(e).__name__}: {str(e)[:160]}")
    print("\n".join(failed), file=sys.stderr)
    write("scipy.json", records)
    print(len({r["fn"] for r in records}), "functions")
