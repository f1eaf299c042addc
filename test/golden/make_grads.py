"""Derivatives in float64: vjp, jvp and Hessians of functions of numpy, lax, nn and linalg, at ordinary points, kinks and ties.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_grads.py`. Writes grads.json.
Each record: python, the function f; args; out = f(*args); ct, a cotangent of out, and grads = vjp(f, *args)[1](ct);
tangents, one per argument, and jvp = the tangent of out; hessian of sum(ct * f) in the first
argument, of shape arg.shape + arg.shape, where that argument has at most 6 elements and the second derivative is defined.
Mode: jax_enable_x64=True, everything float64 (or complex128).
"""
import sys

import jax
import jax.numpy as jnp
import numpy as np

from encode import array, write
from record import NAMES, B, C, F, I, arr, reals

jax.config.update("jax_enable_x64", True)


def D(*shape, lo=-2, hi=2, seed=0, steps=16):
    return jnp.asarray(reals(seed, shape, lo, hi, steps) + 0.03125 * (seed % 3), "float64")


def d(v):
    return jnp.asarray(np.array(v), "float64")


def Z(*shape, seed=3):
    return C(*shape, seed=seed, dtype="complex128")


def SPD(n, seed=0):
    a = D(n, n, seed=seed)
    return a @ a.T + 0.5 * jnp.eye(n)


P = "d([0.25, 0.75, 1.5, 3.])"
R = "d([-2.5, -0.75, 0.5, 1.25])"
CASES = [
    *[(f"jnp.{f}", [R]) for f in "sin cos tan sinh cosh tanh arctan arcsinh exp exp2 expm1 square negative sinc cbrt reciprocal deg2rad rad2deg i0 abs sign floor ceil round".split()],
    *[(f"jnp.{f}", [P]) for f in "sqrt log log2 log10 log1p".split()], *[(f"jnp.{f}", ["d([-0.9, -0.25, 0.5, 0.75])"]) for f in "arcsin arccos arctanh".split()], ("jnp.arccosh", ["d([1.25, 2., 7.])"]),
    *[(f"lax.{f}", [R]) for f in "logistic erf erfc".split()], ("lax.erf_inv", ["d([-0.9, -0.25, 0.5])"]), ("lax.rsqrt", [P]), ("lax.lgamma", ["d([0.5, 1.5, 4., -0.5])"]), ("lax.digamma", ["d([0.5, 1.5, 4.])"]), ("lax.bessel_i0e", [R]), ("lax.bessel_i1e", [R]),
    ("lambda x: lax.integer_pow(x, 3)", [R]), ("lambda x: lax.integer_pow(x, -2)", [R]), ("lambda x: x ** 2", ["d([0., -1.5])"]), ("lambda x: x ** 2.5", [P]), ("lambda x, y: x ** y", [P, R]), ("lambda x: 2. ** x", [R]), ("lambda x: x ** 0", ["d([0., 2.])"]), ("lambda x: x ** 1.", ["d([0., -2.])"]), ("lambda x: x ** 0.5", ["d([0., 4.])"]), ("lax.pow", ["d([0., 2., 0.])", "d([2., 0., 1.])"]),
    # kinks and ties
    *[(f"jnp.{f}", ["d([0., -0.])"]) for f in "abs sign sqrt cbrt sinc arcsinh".split()], ("jnp.maximum", ["d([1., 2., 3.])", "d([1., 3., 2.])"]), ("jnp.minimum", ["d([1., 2., 3.])", "d([1., 3., 2.])"]), ("lambda x: jnp.maximum(x, 0.)", ["d([-1., 0., 1.])"]), ("lambda x: jnp.clip(x, -1., 1.)", ["d([-2., -1., 0.5, 1., 2.])"]), ("lambda x: lax.clamp(-1., x, 1.)", ["d([-2., -1., 0.5, 1., 2.])"]),
    ("jnp.max", ["d([1., 3., 3., 2.])"]), ("jnp.min", ["d([1., 1., 1.])"]), ("lambda x: jnp.max(x, axis=0)", ["d([[1., 2.], [1., 3.], [0., 3.]])"]), ("jnp.fmax", ["d([1., 2.])", "d([1., 3.])"]), ("jnp.arctan2", ["d([1., -0.5, 0., 2.])", "d([2., -1., 1., 0.])"]), ("jnp.hypot", ["d([3., -0.5])", "d([4., 0.25])"]), ("jnp.logaddexp", ["d([1., 2., -30.])", "d([1., -3., 40.])"]), ("jnp.logaddexp2", [R, P]), ("jnp.copysign", [R, "d([1., -1., -1., 1.])"]),
    ("jnp.mod", ["d([5.5, -5.5])", "d([2., 2.])"]), ("lax.rem", ["d([5.5, -5.5])", "d([2., -2.])"]), ("jnp.floor_divide", ["d([5.5, -5.5])", "d([2., 2.])"]), ("jnp.fmod", ["d([5.5, -5.5])", "d([2., 2.])"]), ("jnp.heaviside", ["d([-1., 0., 1.])", "d([0.5, 0.5, 0.5])"]), ("lambda x: jnp.where(x > 0, x ** 2, -x)", ["d([-1., 0., 2.])"]), ("lambda x: jnp.nan_to_num(x)", ["d([1., nan, inf])"]), ("lambda x: lax.stop_gradient(x) * x", [R]),
    # arithmetic and broadcasting
    ("lambda x, y: x + y", ["D(2, 1)", "D(3, seed=4)"]), ("lambda x, y: x - y", ["D(2, 3)", "D(2, 1, seed=4)"]), ("lambda x, y: x * y", ["D(2, 3)", "D(3, seed=4)"]), ("lambda x, y: x / y", ["D(2, 3)", "D(3, seed=4, lo=1)"]), ("lambda x: jnp.broadcast_to(x, (3, 2))", ["D(2)"]), ("lambda x, y: jnp.sum(x * y) ** 2", ["D(3)", "D(3, seed=4)"]),
    # reductions
    ("jnp.sum", ["D(2, 3)"]), ("lambda x: jnp.sum(x, axis=1) ** 2", ["D(2, 3)"]), ("jnp.mean", ["D(2, 3)"]), ("lambda x: jnp.mean(x, axis=0, keepdims=True)", ["D(2, 3)"]), ("jnp.prod", ["d([2., 3., -1.5])"]), ("jnp.prod", ["d([2., 0., 3.])"]), ("jnp.prod", ["d([0., 0., 3.])"]), ("lambda x: jnp.prod(x, axis=1)", ["D(2, 3)"]), ("jnp.var", ["D(5)"]), ("jnp.std", ["D(5)"]), ("lambda x: jnp.std(x, axis=0, ddof=1)", ["D(3, 2)"]), ("jnp.std", ["d([2., 2.])"]),
    ("jnp.median", ["d([3., 1., 2.])"]), ("jnp.median", ["d([3., 1., 2., 2.])"]), ("lambda x: jnp.quantile(x, 0.3)", ["D(5)"]), ("jnp.ptp", ["D(4)"]), ("lambda x: jax.nn.logsumexp(x)", ["D(4)"]), ("lambda x: jax.nn.logsumexp(x, axis=0, b=d([[1., 2.], [0.5, -1.]]))", ["d([[3., 0.], [1., -2.]])"]), ("lambda x: jnp.nansum(x)", ["d([1., nan, 3.])"]), ("lambda x: jnp.nanmean(x)", ["d([1., nan, 3.])"]), ("lambda x, w: jnp.average(x, weights=w)", ["D(3)", "D(3, lo=1, seed=4)"]), ("lambda x: jnp.trapezoid(x)", ["D(4)"]),
    ("jnp.cumsum", ["D(4)"]), ("jnp.cumprod", ["D(4, seed=2)"]), ("jnp.cumprod", ["d([2., 0., 3., 4.])"]), ("lambda x: lax.cumsum(x, reverse=True)", ["D(4)"]), ("lambda x: lax.cumprod(x, reverse=True)", ["D(4)"]), ("lax.cummax", ["d([1., 1., 0., 2., 2.])"]), ("lax.cummin", ["d([3., 1., 1., 2.])"]), ("lax.cumlogsumexp", ["D(4)"]), ("lambda x: lax.cummax(x, reverse=True)", ["D(5)"]), ("lambda x: jnp.diff(x, n=2)", ["D(5)"]), ("lambda x: jnp.gradient(x)", ["D(5)"]),
    # shapes and indexing
    ("lambda x: x.reshape(3, 2) ** 2", ["D(2, 3)"]), ("lambda x: jnp.transpose(x, (1, 2, 0)) ** 2", ["D(2, 1, 3)"]), ("lambda x: x[::-1] * x", ["D(4)"]), ("lambda x: x[1:3] ** 2", ["D(4)"]), ("lambda x: x[::2]", ["D(5)"]), ("lambda x: x[i32(0, 0, 2, -1)] ** 2", ["D(3)"]), ("lambda x: x[i32(0, 1), i32(1, 1)]", ["D(2, 3)"]), ("lambda x: jnp.take(x, i32(1, 9))", ["D(3)"]), ("lambda x: jnp.take_along_axis(x, i32([0, 0], [2, 1]), axis=1)", ["D(2, 3)"]),
    ("lambda x: lax.dynamic_slice(x, (2,), (2,))", ["D(3)"]), ("lambda x, u: lax.dynamic_update_slice(x, u, (1,)) ** 2", ["D(4)", "D(2, seed=4)"]), ("lambda x, v: x.at[1].set(v) ** 2", ["D(3)", "D(seed=4)"]), ("lambda x, v: x.at[i32(0, 0, 2)].set(v)", ["D(3)", "D(3, seed=4)"]), ("lambda x, v: x.at[i32(0, 0, 2)].add(v) ** 2", ["D(3)", "D(3, seed=4)"]), ("lambda x, v: x.at[i32(0, 2)].mul(v, unique_indices=True)", ["D(3)", "D(2, seed=4)"]), ("lambda x, v: x.at[i32(0, 2)].max(v)", ["D(3)", "D(2, seed=4)"]), ("lambda x, v: x.at[i32(0, 0, 1)].min(v)", ["d([1., 2.])", "d([1., 0., 2.])"]), ("lambda x, v: x.at[i32(9, 1)].add(v)", ["D(3)", "D(2, seed=4)"]),
    ("lambda x, y: jnp.concatenate([x, y, x]) ** 2", ["D(2)", "D(1, seed=4)"]), ("lambda x, y: jnp.stack([x, y], axis=1) ** 2", ["D(2)", "D(2, seed=4)"]), ("lambda x: lax.pad(x, 0.5, ((1, 2, 1),)) ** 2", ["D(3)"]), ("lambda x: lax.pad(x, 0.5, ((-1, 2, 0),))", ["D(3)"]), ("lambda x: jnp.pad(x, 2, mode='reflect') ** 2", ["D(4)"]), ("lambda x: jnp.pad(x, 2, mode='edge')", ["D(3)"]), ("lambda x: jnp.tile(x, 3) ** 2", ["D(2)"]), ("lambda x: jnp.repeat(x, i32(1, 3), total_repeat_length=4) ** 2", ["D(2)"]), ("lambda x: jnp.roll(x, 1) * x", ["D(4)"]),
    ("lambda x: jnp.sort(x) * d([1., 2., 3.])", ["d([2., 1., 3.])"]), ("lambda x: jnp.sort(x) ** 2", ["d([2., 1., 2., 0.])"]), ("lambda x, y: lax.sort((x, y), num_keys=1)[1]", ["D(4)", "D(4, seed=4)"]), ("lambda x: lax.top_k(x, 2)[0]", ["d([1., 3., 3., 2.])"]), ("lambda x: jnp.tril(x) ** 2", ["D(2, 2)"]), ("lambda x: jnp.diag(x) @ jnp.diag(x)", ["D(2)"]), ("lambda x: jnp.trace(x @ x)", ["D(2, 2)"]), ("lambda x: jnp.kron(x, x)", ["D(2)"]), ("lambda x: jnp.interp(x, d([0., 1., 2.]), d([0., 10., 5.]))", ["d([0.5, 1.25, 3.])"]), ("lambda x, y: lax.select(arr([True, False], 'bool'), x, y)", ["D(2)", "D(2, seed=4)"]),
    # products
    ("jnp.dot", ["D(3)", "D(3, seed=4)"]), ("jnp.matmul", ["D(2, 3)", "D(3, 2, seed=4)"]), ("jnp.matmul", ["D(2, 2, 3)", "D(3, 2, seed=4)"]), ("jnp.outer", ["D(2)", "D(2, seed=4)"]), ("jnp.cross", ["D(3)", "D(3, seed=4)"]), ("lambda x: x @ x @ x", ["D(2, 2)"]), ("lambda x, y: jnp.einsum('bij,bkj->bik', x, y)", ["D(2, 2, 3)", "D(2, 1, 3, seed=4)"]), ("lambda x: jnp.einsum('ii->i', x) ** 2", ["D(2, 2)"]), ("lambda x, y: lax.dot_general(x, y, (((2,), (1,)), ((1,), (0,))))", ["D(2, 3, 2)", "D(3, 2, 1, seed=4)"]), ("jnp.convolve", ["D(4)", "D(2, seed=4)"]),
    ("lambda x, w: lax.conv_general_dilated(x, w, (1, 1), 'SAME')", ["D(1, 2, 3, 3)", "D(2, 2, 2, 2, seed=4)"]), ("lambda x, w: lax.conv_general_dilated(x, w, (2,), ((1, 2),), rhs_dilation=(2,), lhs_dilation=(1,))", ["D(1, 2, 6)", "D(2, 2, 2, seed=4)"]), ("lambda x, w: lax.conv_general_dilated(x, w, (1,), 'SAME', feature_group_count=2)", ["D(1, 4, 4)", "D(2, 2, 3, seed=4)"]), ("lambda x, w: lax.conv_general_dilated(x, w, (1,), 'VALID', batch_group_count=2)", ["D(2, 2, 4)", "D(2, 2, 2, seed=4)"]), ("lambda x, w: lax.conv_general_dilated(x, w, (1,), ((1, 1),), lhs_dilation=(2,))", ["D(1, 1, 3)", "D(1, 1, 3, seed=4)"]),
    ("lambda x: lax.reduce_window(x, -jnp.inf, lax.max, (2,), (1,), 'VALID')", ["d([1., 3., 3., 2.])"]), ("lambda x: lax.reduce_window(x, 0., lax.add, (2, 2), (1, 1), 'SAME') ** 2", ["D(2, 3)"]),
    # nn
    *[(f"jax.nn.{f}", ["d([-4., -1., 0., 0.5, 3.])"]) for f in "relu relu6 gelu silu softplus soft_sign elu selu celu mish squareplus sparse_plus hard_sigmoid hard_tanh hard_silu leaky_relu log_sigmoid softmax log_softmax standardize".split()], ("lambda x: jax.nn.gelu(x, approximate=False)", ["d([-1., 0., 0.5])"]), ("jax.nn.glu", ["D(4)"]), ("jax.nn.softmax", ["D(2, 3)"]),
    ("lambda w, b: -jnp.mean(jnp.sum(jax.nn.one_hot(i32(0, 2), 3) * jax.nn.log_softmax(d([[1., 2.], [0.5, -1.]]) @ w + b), axis=1))", ["D(2, 3)", "D(3, seed=4)"]),
    # control flow
    ("lambda x: lax.cond(x > 0, lambda x: x ** 2, lambda x: -x ** 3, x)", ["d(1.5)"]), ("lambda x: lax.cond(x > 0, lambda x: x ** 2, lambda x: -x ** 3, x)", ["d(-1.5)"]), ("lambda x: lax.scan(lambda c, x: (jnp.sin(c) * x, c * x), 0.5, x)", ["D(3)"]), ("lambda c, x: lax.scan(lambda c, x: (c * x + 1., c ** 2), c, x)", ["d(0.5)", "D(4, seed=4)"]), ("lambda x: lax.fori_loop(0, 3, lambda i, c: c * x + i, x)", ["d(0.75)"]), ("lambda x: lax.switch(1, [jnp.sin, jnp.cos, jnp.tan], x)", ["d(0.75)"]), ("lambda x: lax.associative_scan(jnp.multiply, x)", ["D(4)"]), ("lambda x: lax.map(lambda v: jnp.sin(v) * v, x)", ["D(3)"]),
    ("lambda x: jax.jit(lambda y: jnp.sin(y) * y)(x)", ["D(3)"]), ("lambda x: jax.checkpoint(lambda y: jnp.sin(jnp.sin(y)))(x)", ["D(3)"]), ("lambda x: jax.vmap(lambda y: jnp.dot(y, y))(x)", ["D(2, 3)"]), ("lambda x: jax.grad(lambda y: jnp.sum(jnp.sin(y) * y))(x)", ["D(3)"]),
    # linear algebra
    ("jnp.linalg.norm", ["D(3)"]), ("jnp.linalg.norm", ["D(2, 2)"]), ("lambda x: jnp.linalg.norm(x, ord=1)", ["d([1., -2., 0.])"]), ("lambda x: jnp.linalg.norm(x, ord=3)", ["D(3)"]), ("lambda x: jnp.linalg.norm(x, ord=jnp.inf)", ["D(3)"]), ("lambda x: jnp.linalg.norm(x, ord='nuc')", ["D(2, 2)"]), ("jnp.linalg.det", ["D(2, 2)"]), ("jnp.linalg.det", ["D(3, 3, seed=2)"]), ("jnp.linalg.det", ["d([[1., 2.], [2., 4.]])"]), ("lambda x: jnp.linalg.slogdet(x)[1]", ["D(3, 3, seed=2)"]), ("jnp.linalg.inv", ["D(2, 2)"]), ("jnp.linalg.inv", ["D(3, 3, seed=2)"]), ("jnp.linalg.solve", ["D(2, 2)", "D(2, seed=4)"]), ("jnp.linalg.solve", ["D(3, 3, seed=2)", "D(3, 2, seed=4)"]),
    ("lambda x: jnp.linalg.cholesky(x @ x.T + jnp.eye(2))", ["D(2, 2)"]), ("jnp.linalg.cholesky", ["SPD(3)"]), ("lambda x: jnp.linalg.eigvalsh(x + x.T)", ["D(3, 3)"]), ("lambda x: jnp.linalg.eigh(x + x.T)[1] ** 2", ["D(3, 3)"]), ("lambda x: jnp.linalg.svd(x, compute_uv=False)", ["D(3, 2)"]), ("lambda x: jnp.abs(jnp.linalg.qr(x)[1])", ["D(3, 2)"]), ("lambda a, b: lax.linalg.triangular_solve(a, b, left_side=True, lower=True)", ["d([[2., 0.], [1., 3.]])", "D(2, 2, seed=4)"]), ("lambda x: jnp.linalg.pinv(x)", ["D(3, 2)"]), ("lambda x: jnp.linalg.matrix_power(x, 3)", ["D(2, 2)"]), ("lambda a, b: jnp.linalg.lstsq(a, b)[0]", ["D(4, 2)", "D(4, seed=4)"]),
    ("lambda x: lax.linalg.lu(x)[0]", ["D(3, 3, seed=2)"]), ("lambda x: jax.scipy.linalg.expm(x)", ["D(2, 2)"]),
    # special functions and complex
    ("lax.igamma", ["d([0.5, 2.])", "d([0.75, 3.])"]), ("lax.igammac", ["d([0.5, 2.])", "d([0.75, 3.])"]), ("lambda x: lax.betainc(d(1.5), d(2.5), x)", ["d([0.25, 0.75])"]), ("jax.scipy.special.gammaln", ["d([0.5, 3.])"]), ("jax.scipy.special.xlogy", ["d([0., 1., 2.])", "d([2., 0.5, 3.])"]), ("jax.scipy.special.entr", ["d([0.5, 1., 2.])"]), ("jax.scipy.special.ndtr", [R]), ("jax.scipy.special.ndtri", ["d([0.25, 0.75])"]), ("jax.scipy.special.log_ndtr", ["d([-30., -1., 2.])"]), ("jax.scipy.special.logit", ["d([0.25, 0.75])"]), ("jax.scipy.stats.norm.logpdf", [R]),
    ("lambda x: jnp.abs(jnp.fft.fft(x)) ** 2", ["D(4)"]), ("lambda x: jnp.abs(jnp.fft.rfft(x)) ** 2", ["D(5)"]), ("lambda x: jnp.fft.irfft(jnp.fft.rfft(x) * 2, n=4)", ["D(4)"]), ("lambda z: jnp.abs(z) ** 2", ["Z(3)"]), ("lambda z: jnp.real(z * z)", ["Z(3)"]), ("lambda z: jnp.imag(jnp.exp(z))", ["Z(3)"]), ("lambda z: jnp.abs(z)", ["Z(3)"]), ("lambda z: jnp.angle(z)", ["Z(3)"]), ("lambda z: jnp.real(jnp.conj(z) * z * 1j + z)", ["Z(2)"]), ("lambda x, y: jnp.real(lax.complex(x, y) ** 2)", ["D(2)", "D(2, seed=4)"]), ("lambda z, w: jnp.real(z @ w)", ["Z(2, 2)", "Z(2, 2, seed=7)"]), ("lambda z: z * z", ["Z(2)"]), ("jnp.exp", ["Z(2)"]), ("jnp.sqrt", ["Z(2)"]), ("jnp.log", ["Z(2)"]), ("jnp.tanh", ["Z(2)"]), ("lambda z: 1 / z", ["Z(2)"]), ("jnp.abs", ["jnp.array([0j])"]),
]


def inexact(x):
    return jnp.issubdtype(x.dtype, jnp.inexact)


def ramp(shape, dtype, k):
    """A fixed direction with no symmetry: 1, -0.5, 0.75, …"""
    n = int(np.prod(shape)) if shape else 1
    v = np.array([((7 * i + k) % 5 + 1) * (0.25 if i % 2 else -0.5) for i in range(n)]).reshape(shape)
    if jnp.issubdtype(dtype, jnp.complexfloating):
        v = v + 1j * np.roll(v, 1) * 0.5
    return jnp.asarray(v, dtype)


def record(source, arg_sources):
    env = {**NAMES, "D": D, "d": d, "Z": Z, "SPD": SPD, "F": F, "I": I, "B": B, "arr": arr}
    f = eval(source, env)
    args = [eval(a, env) for a in arg_sources]
    out, pull = jax.vjp(f, *args)
    ct = jax.tree.map(lambda o: ramp(o.shape, o.dtype, 3), out)
    grads = pull(ct)
    tangents = [ramp(a.shape, a.dtype, 1 + i) for i, a in enumerate(args)]
    tangent = jax.jvp(f, args, tangents)[1]
    tree = lambda t: array(t) if isinstance(t, jax.Array) else [tree(v) for v in t]
    r = {"python": source, "args": [array(a) for a in args], "out": tree(out), "ct": tree(ct), "grads": [array(g) for g in grads], "tangents": [array(t) for t in tangents], "jvp": tree(tangent)}
    if args[0].size <= 6 and args[0].dtype == jnp.float64:
        total = lambda *a: sum(jnp.sum(jnp.real(jnp.conj(c) * o)) for c, o in zip(jax.tree.leaves(ct), jax.tree.leaves(f(*a))))
        try:
            r["hessian"] = array(jax.hessian(total)(*args))
        except Exception as e:
            print(f"no hessian: {source}: {type(e).__name__}: {str(e)[:100]}", file=sys.stderr)
    return r


if __name__ == "__main__":
    records = []
    for source, args in CASES:
        try:
            records.append(record(source, args))
        except Exception as e:
            print(f"{source}: {type(e).__name__}: {str(e)[:200]}", file=sys.stderr)
    write("grads.json", records, {"x64": True})
