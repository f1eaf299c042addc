"""Exact random numbers of JAX (threefry, partitionable).

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_random.py`. Writes prng.json and random.json.
prng.json   {name, x64, data}: short names, flat values
random.json {python, out, x64?}: the call, and all it returns. A large result is {"dtype", "shape", "first": its first values,
            "xor": the xor of its elements' bit patterns, as a decimal string, "sum": of floats, added in float64}.
Uniform, bits, integers, permutations and choices agree bit for bit with any correct implementation; the others (normal, gamma, …)
up to the rounding of log, erf_inv and the like.
"""
import json
import sys
import warnings

import jax
import jax.numpy as jnp
import numpy as np

from encode import array, flat, value, write

warnings.filterwarnings("ignore")
random = jax.random

# --- prng.json -------------------------------------------------------------------------------------------------------------------
DISTRIBUTIONS = [
    ("exponential", {}), ("gumbel", {}), ("laplace", {}), ("logistic", {}), ("cauchy", {}), ("truncated_normal", {"lower": -1.0, "upper": 2.0}),
    ("gamma", {"a": 0.8}), ("beta", {"a": 0.8, "b": 0.9}), ("t", {"df": 3.0}), ("pareto", {"b": 0.5}), ("rayleigh", {"scale": 1.5}),
    ("weibull_min", {"scale": 1.0, "concentration": 1.0}), ("maxwell", {}), ("lognormal", {}), ("triangular", {"left": 0.0, "mode": 0.3, "right": 1.0}),
    ("chisquare", {"df": 3.0}), ("loggamma", {"a": 0.8}), ("wald", {"mean": 1.2}),
]


def prng(x64):
    k0, k42, k1701 = random.key(0), random.key(42), random.key(1701)
    data = random.key_data
    out = {}
    for seed in [0, 1, 42, 1701, -1, 2**31 - 1]:
        out[f"key_data({seed})"] = data(random.key(seed))
    if x64:
        out["key_data(2**40+7)"] = data(random.key(2**40 + 7))
    for n in ["2", "4", "(2,3)"]:
        out[f"split(key0,{n})"] = data(random.split(k0, eval(n)))
    for i in [0, 1, 4, 2**31]:
        out[f"fold_in(key0,{i})"] = data(random.fold_in(k0, np.uint32(i)))
    for d in ["uint8", "uint16", "uint32"] + ["uint64"] * x64:
        out[f"bits(key1701,(5,),{d})"] = random.bits(k1701, (5,), d)
    out["bits(key1701,(2,3),uint32)"] = random.bits(k1701, (2, 3), "uint32")
    for d in ["float32"] + ["float64"] * x64:
        out[f"uniform(key42,(5,),{d})"] = random.uniform(k42, (5,), d)
        out[f"uniform(key42,(5,),{d},-2,3)"] = random.uniform(k42, (5,), d, -2, 3)
        out[f"normal(key42,(5,),{d})"] = random.normal(k42, (5,), d)
        for name, kw in DISTRIBUTIONS:
            out[f"{name}(key42,shape=(5,),{d},{kw})"] = getattr(random, name)(k42, shape=(5,), dtype=d, **kw)
        out[f"dirichlet(key42,shape=(5,),{d},{{'alpha': '[.5,.6,.7]'}})"] = random.dirichlet(k42, jnp.array([0.5, 0.6, 0.7], d), (5,), d)
    for d in ["bfloat16", "float16"]:
        out[f"uniform(key42,(5,),{d})"] = random.uniform(k42, (5,), d)
    out["normal(key42,(5,),bfloat16)"] = random.normal(k42, (5,), "bfloat16")
    out["randint(key42,(8,),0,10,int32)"] = random.randint(k42, (8,), 0, 10, "int32")
    out["randint(key42,(8,),-5,1000000,int32)"] = random.randint(k42, (8,), -5, 1000000, "int32")
    out["randint(key42,(8,),0,100,uint8)"] = random.randint(k42, (8,), 0, 100, "uint8")
    out["bernoulli(key42,.3,(8,))"] = random.bernoulli(k42, 0.3, (8,))
    out["rademacher(key42,(8,))"] = random.rademacher(k42, (8,))
    out["permutation(key42,10)"] = random.permutation(k42, 10)
    out["choice(key42,10,(4,),replace=True)"] = random.choice(k42, 10, (4,))
    out["choice(key42,10,(4,),replace=False)"] = random.choice(k42, 10, (4,), replace=False)
    p = jnp.array([0.1, 0.2, 0.3, 0.4])
    out["choice(key42,4,(6,),p=[.1,.2,.3,.4])"] = random.choice(k42, 4, (6,), p=p)
    out["categorical(key42,log[.1,.2,.3,.4],shape=(6,))"] = random.categorical(k42, jnp.log(p), shape=(6,))
    out["poisson(key42,5.,(6,))"] = random.poisson(k42, 5.0, (6,))
    out["binomial(key42,10,.3,(6,))"] = random.binomial(k42, 10, 0.3, (6,))
    out["geometric(key42,.3,(6,))"] = random.geometric(k42, 0.3, (6,))
    return out


# --- random.json -----------------------------------------------------------------------------------------------------------------
CASES = [
    "split(k)", "split(k, 1)", "split(k, 0)", "split(k, (2, 2, 2))", "split(split(k)[1], 3)", "fold_in(fold_in(k, 7), 9)", "fold_in(k, 4294967295)",
    "jax.vmap(random.split)(split(k, 3))", "jax.vmap(lambda k: random.uniform(k, (2,)))(split(k, 3))", "jax.vmap(random.fold_in)(split(k, 3), jnp.arange(3))",
    "key_data(random.key(123456789))", "key_data(random.key(-2147483648))", "key_data(random.PRNGKey(5))", "key_data(random.wrap_key_data(jnp.array([1, 2], 'uint32')))",
    *[f"bits(k, {s})" for s in ["()", "(0,)", "(1,)", "(3,)", "(3, 0, 2)", "(2, 3)", "(2, 3, 4)"]],
    *[f"bits(k, {s}, '{d}')" for d in ["uint8", "uint16"] for s in ["()", "(1,)", "(7,)", "(2, 3)"]],
    "bits(k, (1000,))", "bits(k, (1000,), 'uint8')", "bits(k, (1000,), 'uint16')", "bits(k, (33, 77))",
    *[f"uniform(k, {s})" for s in ["()", "(0,)", "(1,)", "(4,)", "(3, 0, 2)", "(2, 3)", "(1000,)"]],
    "uniform(k, (6,), 'float16')", "uniform(k, (6,), 'bfloat16')", "uniform(k, (1000,), 'float16')", "uniform(k, (1000,), 'bfloat16')",
    "uniform(k, (4,), minval=-1., maxval=1.)", "uniform(k, (2, 3), minval=jnp.array([0., 10., 100.]), maxval=jnp.array([1., 20., 200.]))", "uniform(k, (3,), minval=1., maxval=1.)",
    *[f"normal(k, {s})" for s in ["()", "(0,)", "(1,)", "(4,)", "(3, 0, 2)", "(2, 3)", "(1000,)"]],
    "normal(k, (6,), 'float16')", "normal(k, (6,), 'bfloat16')", "normal(k, (4,), 'complex64')",
    *[f"randint(k, (8,), {a}, {b}, '{d}')" for d, a, b in [
        ("int8", -128, 127), ("int8", 0, 10), ("int8", -5, 6), ("uint8", 0, 255), ("uint8", 0, 7), ("int16", -32768, 32767), ("int16", -3, 1000),
        ("uint16", 0, 65535), ("uint16", 5, 77), ("int32", -2147483648, 2147483647), ("int32", -10, 10), ("int32", 0, 1), ("int32", 5, 5), ("int32", 5, 3),
        ("uint32", 0, "jnp.uint32(4000000000)"), ("uint32", 0, 3)]],
    "randint(k, (), 0, 100)", "randint(k, (2, 3), 0, jnp.array([1, 10, 100]))", "randint(k, (1000,), 0, 1000000007)", "randint(k, (0,), 0, 10)",
    "permutation(k, 1)", "permutation(k, 2)", "permutation(k, 0)", "permutation(k, 100)", "permutation(k, 5000)", "permutation(k, jnp.arange(12).reshape(3, 4))",
    "permutation(k, jnp.arange(12).reshape(3, 4), axis=1)", "permutation(k, jnp.arange(12).reshape(3, 4), axis=1, independent=True)",
    "permutation(k, jnp.arange(12).reshape(3, 4), independent=True)", "permutation(k, jnp.array([1.5, 2.5, 3.5]))",
    "choice(k, 5)", "choice(k, 5, (3,))", "choice(k, 5, (2, 2), replace=False)", "choice(k, jnp.array([1.5, 2.5, 3.5]), (4,))",
    "choice(k, jnp.arange(12.).reshape(3, 4), (2,))", "choice(k, jnp.arange(12.).reshape(3, 4), (2,), axis=1)", "choice(k, jnp.arange(12.).reshape(3, 4), (2,), replace=False, axis=1)",
    "choice(k, 4, (3,), replace=False, p=jnp.array([.1, .2, .3, .4]))", "choice(k, 4, (), p=jnp.array([0., 0., 1., 0.]))", "choice(k, jnp.arange(6).reshape(2, 3), (5,), p=jnp.array([.5, .5]))",
    "bernoulli(k)", "bernoulli(k, .25, (10,))", "bernoulli(k, jnp.array([0., .5, 1.]))", "rademacher(k, (5,), 'float32')", "rademacher(k, (3, 2), 'int8')",
    "categorical(k, jnp.log(jnp.array([.1, .2, .7])))", "categorical(k, jnp.zeros((3, 4)))", "categorical(k, jnp.zeros((3, 4)), axis=0)", "categorical(k, jnp.zeros((3, 4)), shape=(5, 3))",
    "categorical(k, jnp.log(jnp.array([.1, .2, .3, .4])), replace=False, shape=(3,))",
    *[f"{d}(k, shape=(4,))" for d in ["exponential", "gumbel", "laplace", "logistic", "cauchy", "maxwell", "lognormal"]],
    "gumbel(k, (4,), mode='high')", "gumbel(k, (4,), 'bfloat16')", "exponential(k, (2, 3), 'float16')", "lognormal(k, 0.5, (4,))",
    "truncated_normal(k, -2., 2., (6,))", "truncated_normal(k, jnp.array([-1., 0., 1.]), jnp.array([0., 1., 5.]))", "truncated_normal(k, 3., 4., (4,))",
    "gamma(k, 0.3, (4,))", "gamma(k, 1., (4,))", "gamma(k, 5.5, (4,))", "gamma(k, jnp.array([.5, 1., 10.]))", "loggamma(k, 0.1, (4,))", "beta(k, 2., 3., (4,))",
    "beta(k, jnp.array([.5, 5.]), 1.5)", "dirichlet(k, jnp.array([1., 2., 3.]))", "dirichlet(k, jnp.array([1., 2., 3.]), (2,))", "t(k, 5., (4,))", "chisquare(k, 2., (4,))", "f(k, 3., 4., (4,))",
    "pareto(k, 2., (4,))", "rayleigh(k, 2., (4,))", "weibull_min(k, 2., 1.5, (4,))", "triangular(k, -1., 0.5, 2., (4,))", "wald(k, 2., (4,))", "double_sided_maxwell(k, 1., 2., (4,))",
    "generalized_normal(k, 1.5, (4,))", "ball(k, 3)", "ball(k, 2, shape=(3,))", "ball(k, 3, p=1., shape=(2,))", "orthogonal(k, 3)", "orthogonal(k, 2, shape=(2,))", "orthogonal(k, 2, m=3)",
    "multivariate_normal(k, jnp.zeros(2), jnp.array([[2., .5], [.5, 1.]]))", "multivariate_normal(k, jnp.array([1., -1.]), jnp.array([[2., .5], [.5, 1.]]), (3,))",
    "multivariate_normal(k, jnp.zeros(2), jnp.array([[2., .5], [.5, 1.]]), (3,), method='eigh')", "multivariate_normal(k, jnp.zeros(2), jnp.array([[2., .5], [.5, 1.]]), (3,), method='svd')",
    "poisson(k, 0.5, (8,))", "poisson(k, 30., (8,))", "poisson(k, jnp.array([1., 10., 100.]))", "poisson(k, 0., (3,))", "binomial(k, 20, 0.5, (8,))", "binomial(k, 100, 0.1, (8,))",
    "binomial(k, 1000, 0.9, (6,))", "geometric(k, 0.1, (8,))", "geometric(k, jnp.array([.2, .9]))", "multinomial(k, 10, jnp.array([.2, .3, .5]))",
]
# asked for by name, 64-bit types give the same under either setting of x64
CASES64 = [
    "bits(k, (), 'uint64')", "bits(k, (2, 3), 'uint64')", "bits(k, (1000,), 'uint64')", "uniform(k, (4,), 'float64')", "uniform(k, (2, 3), 'float64', -1., 1.)", "uniform(k, (1000,), 'float64')",
    "normal(k, (4,), 'float64')", "normal(k, (3,), 'complex128')", "randint(k, (8,), -9223372036854775808, 9223372036854775807, 'int64')", "randint(k, (8,), -10, 10, 'int64')",
    "randint(k, (8,), 0, 10**15, 'int64')", "randint(k, (8,), 0, 9223372036854775807, 'uint64')", "exponential(k, (4,), 'float64')", "gamma(k, 2.5, (4,), 'float64')",
    "truncated_normal(k, -1., 2., (4,), 'float64')", "permutation(k, jnp.arange(10, dtype='int64'))", "bernoulli(k, jnp.full((8,), .3, 'float64'))", "categorical(k, jnp.zeros((2, 5), 'float64'))",
    "key_data(random.key(2**63 - 1))", "key_data(random.key(-2**40))",
]


def checksum(x):
    a = np.asarray(x)
    bits = a.view({1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}[a.dtype.itemsize])
    total = {"sum": float(a.astype(np.float64).sum())} if a.dtype.kind not in "biuc" else {}
    return {"dtype": a.dtype.name, "shape": list(a.shape), "first": flat(a.ravel()[:6]), "xor": str(int(np.bitwise_xor.reduce(bits.ravel()))), **total}


def record(source, x64):
    with jax.enable_x64(x64):
        env = {**{n: getattr(random, n) for n in dir(random) if not n.startswith("_")}, "k": random.key(42), "jax": jax, "jnp": jnp, "random": random}
        try:
            out = eval(source, env)
        except Exception as e:
            raise SystemExit(f"{source}: {type(e).__name__}: {e}") from e
        big = isinstance(out, jax.Array) and out.size >= 100 and not jnp.issubdtype(out.dtype, jax.dtypes.prng_key)
        return {"python": source, **({"x64": True} if x64 else {}), "out": checksum(out) if big else value(out)}


if __name__ == "__main__":
    records = []
    for x64 in (False, True):
        with jax.enable_x64(x64):
            records += [{"name": n, "x64": x64, **array(v)} for n, v in prng(x64).items()]
    write("prng.json", records, {"partitionable": True})
    if len(sys.argv) > 1:  # compare with a reference {"partitionable=True,x64=…": {name: values}}
        reference = json.load(open(sys.argv[1]))
        seen = 0
        for r in records:
            want = reference[f"partitionable=True,x64={r['x64']}"].get(r["name"])
            got = [int(v) if isinstance(v, str) and v.lstrip("-").isdigit() else v for v in r["data"]]
            seen += want is not None
            if want is None or [float(v) for v in want] != [float(v) for v in got]:
                print("differs", r["x64"], r["name"], want, got)
        print("compared", seen, "of", sum(len(v) for k, v in reference.items() if k.startswith("partitionable=True")))
    out = [record(s, False) for s in CASES] + [record(s, True) for s in CASES64]
    write("random.json", out, {"partitionable": True, "k": "random.key(42)"})
