"""Calls of jax.numpy with their results.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_numpy.py`. Writes numpy.json.
Each record is one call: {fn, args, kwargs, out, x64?}; encode.py says how values are spelled. Where JAX returned a tuple, list or
named tuple, out is a list (or an object by field name). Mode: x64=False, which agrees with 32-bit defaults; records with "x64": true ran
with jax_enable_x64=True (64-bit operands), where results without a dtype of their own (indices, counts) are int64, not int32.
In the cases below: F/I/B/C(*shape) are fixed arrays of floats, int32, bools, complex numbers; arr and i32 spell one out.
"""
import sys

import jax.numpy as jnp

from encode import write
from record import Proxy, run

UNARY_REAL = """abs absolute fabs sin cos tan arctan sinh cosh tanh arcsinh exp exp2 expm1 cbrt floor ceil trunc rint round sign signbit negative
positive square degrees radians deg2rad rad2deg reciprocal sinc i0 isnan isinf isfinite isneginf isposinf iscomplex isreal real imag conj angle
nan_to_num logical_not spacing modf frexp""".split()
SPECIALS = "arr([0., -0., 1., -1., nan, inf, -inf, 0.5, -2.5, 3e38, 100.5])"
UNIT = "arr([-1., -0.75, -0.5, 0., 0.25, 0.5, 1., 1.5, nan])"
POSITIVE = "arr([0., 0.5, 1., 2., 10., 2e-38, 3e38, inf, -1., nan])"
BINARY = """add subtract multiply divide true_divide floor_divide mod remainder fmod power float_power arctan2 hypot logaddexp logaddexp2 maximum minimum fmax fmin
copysign nextafter heaviside equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor isclose divmod""".split()
LEFT, RIGHT = "arr([1., -2., 0., 3.5, nan, inf, -inf, 2., 0.])", "arr([2., 3., 0., -0.5, 1., inf, 1., nan, -0.])"
BITWISE = "bitwise_and bitwise_or bitwise_xor left_shift right_shift gcd lcm bitwise_left_shift bitwise_right_shift".split()
REDUCE = "sum prod mean max min all any std var ptp median argmax argmin nansum nanprod nanmean nanmax nanmin nanstd nanvar nanmedian nanargmax nanargmin count_nonzero amax amin".split()
CUMULATIVE = "cumsum cumprod nancumsum nancumprod".split()

CASES = [
    *[f"jnp.{f}({SPECIALS})" for f in UNARY_REAL],
    *[f"jnp.{f}({UNIT})" for f in "arcsin arccos arctanh asin acos atanh atan asinh".split()],
    *[f"jnp.{f}({POSITIVE})" for f in "sqrt log log2 log10 log1p arccosh acosh".split()],
    *[f"jnp.{f}(I(2, 3))" for f in "abs sign negative square sqrt sin exp floor isnan real conj invert bitwise_not bitwise_invert bitwise_count reciprocal logical_not".split()],
    *[f"jnp.{f}(C(4))" for f in "abs angle real imag conj conjugate exp log sqrt sin cos tan sinh cosh tanh square reciprocal sign arcsin arccos arctan arcsinh arccosh arctanh negative iscomplex isnan log1p expm1 exp2".split()],
    *[f"jnp.{f}(arr([0.5, 1.5, -2.25], '{d}'))" for f in "exp sin tanh square sqrt".split() for d in ("float16", "bfloat16")],
    *[f"jnp.{f}({LEFT}, {RIGHT})" for f in BINARY],
    *[f"jnp.{f}(I(3), I(3, seed=5, lo=1))" for f in "add subtract multiply divide floor_divide mod power fmod maximum less arctan2 hypot float_power divmod logaddexp true_divide".split()],
    *[f"jnp.{f}(I(4, lo=0, hi=20), I(4, lo=1, hi=5, seed=7))" for f in BITWISE],
    *[f"jnp.{f}(F(2, 1), F(3, seed=4))" for f in "add subtract multiply divide maximum less power".split()],
    *[f"jnp.{f}(C(3), C(3, seed=8))" for f in "add subtract multiply divide power equal maximum less".split()],
    *[f"jnp.{f}(F(3), 2)" for f in "add subtract multiply divide power mod floor_divide".split()],
    *[f"jnp.{f}(I(3), 2.5)" for f in "add multiply divide maximum".split()],
    *[f"jnp.{f}(B(4), B(4, seed=9))" for f in "logical_and logical_or logical_xor add multiply maximum bitwise_and equal".split()],
    "jnp.add(F(2, dtype='bfloat16'), F(2, seed=4, dtype='float16'))", "jnp.multiply(I(2, dtype='int8'), I(2, dtype='uint8', lo=0))", "jnp.divmod(i32(7, -7), i32(-2, 2))",
    "jnp.floor_divide(i32(7, -7, 7, -7), i32(2, 2, -2, -2))", "jnp.remainder(i32(7, -7, 7, -7), i32(3, 3, -3, -3))", "jnp.power(i32(2, -3, 0), i32(3, 3, 0))", "jnp.power(F(3, lo=0), i32(2, 3, 0))",
    "jnp.ldexp(F(3), i32(2, -1, 5))", "jnp.isclose(arr([1., 1.1, nan, inf]), arr([1.0000001, 1., nan, inf]), equal_nan=True)", "jnp.round(arr([1.2345, -1.2355, 12345.678]), decimals=2)",
    "jnp.round(arr([1234.5, 1250., -350.]), decimals=-2)", "jnp.around(arr([0.5, 1.5, 2.5]))", "jnp.nan_to_num(arr([nan, inf, -inf, 1.]), nan=9., posinf=8., neginf=7.)", "jnp.angle(C(3), deg=True)",
    "jnp.unwrap(arr([0., 3., 6.5, 9.5, 0.5]))", "jnp.clip(F(6), -0.5, 1.)", "jnp.clip(I(6), 0, 3)", "jnp.clip(F(6), None, 0.25)", "jnp.clip(F(2, 3), i32(0, -1, 1), 1.5)",
    # reductions
    *[f"jnp.{f}(F(3, 4, seed={i}))" for i, f in enumerate(REDUCE)],
    *[f"jnp.{f}(F(3, 4, seed={i}), axis=1)" for i, f in enumerate(REDUCE)],
    *[f"jnp.{f}(F(2, 3, 2, seed={i}), axis=-2, keepdims=True)" for i, f in enumerate(REDUCE)],
    *[f"jnp.{f}(I(2, 3, seed={i}))" for i, f in enumerate(REDUCE)],
    *[f"jnp.{f}(F(2, 3, 2, seed={i}), axis=(0, 2))" for i, f in enumerate("sum prod mean max min all any std var ptp median nansum nanmean nanmax count_nonzero".split())],
    *[f"jnp.{f}(arr([[1., nan, 3.], [nan, nan, 2.]]), axis=0)" for f in "sum mean max min argmax argmin nansum nanprod nanmean nanmax nanmin nanstd nanvar nanargmax median nanmedian any all var".split()],
    *[f"jnp.{f}(jnp.zeros((0, 3)), axis=0)" for f in "sum prod mean all any var std count_nonzero nansum nanmean".split()],
    *[f"jnp.{f}(jnp.zeros((2, 0, 3)))" for f in "sum prod all any".split()],
    "jnp.max(jnp.zeros((0, 3)), axis=1)", "jnp.max(jnp.zeros((0, 3)), axis=0, initial=-1.)", "jnp.sum(F(2, 3), axis=())", "jnp.sum(F(2, 3), dtype='int32')", "jnp.sum(I(4, dtype='int8'), dtype='int8')",
    "jnp.sum(F(2, 3), where=B(2, 3))", "jnp.sum(F(2, 3), initial=5.)", "jnp.prod(F(2, 3), axis=0, where=B(3), initial=2.)", "jnp.mean(F(2, 3), where=B(2, 3))", "jnp.mean(I(5, dtype='int8'), dtype='float16')",
    "jnp.max(F(2, 3), axis=1, where=B(2, 3), initial=-9.)", "jnp.var(F(5), ddof=1)", "jnp.std(F(2, 3), axis=0, ddof=1)", "jnp.var(C(4))", "jnp.std(F(2, 3), where=arr([True, True, False], 'bool'))",
    "jnp.var(F(5), correction=1)", "jnp.mean(C(3))", "jnp.sum(C(2, 2), axis=0)", "jnp.prod(C(3))", "jnp.max(C(4))", "jnp.any(B(2, 3), axis=1)", "jnp.all(B(2, 3), axis=0)", "jnp.sum(B(5))", "jnp.mean(B(5))",
    "jnp.sum(F(3000, dtype='bfloat16', lo=0))", "jnp.sum(F(3000, dtype='float16', lo=0))", "jnp.mean(F(4, dtype='bfloat16'))", "jnp.argmax(F(2, 3), keepdims=True)", "jnp.argmin(F(2, 3), axis=0)", "jnp.argmax(i32(3, 9, 9, 1))",
    "jnp.argmax(B(5))", "jnp.average(F(4))", "jnp.average(F(2, 3), axis=1, weights=arr([1., 2., 3.]))", "jnp.average(F(2, 3), weights=F(2, 3, lo=0, seed=6), returned=True)", "jnp.median(F(2, 4), axis=1)", "jnp.median(I(5))",
    "jnp.quantile(F(7), 0.3)", "jnp.quantile(F(3, 4), arr([0.25, 0.5, 0.9]), axis=1)", *[f"jnp.quantile(F(6), 0.37, method='{m}')" for m in "lower higher midpoint nearest linear".split()],
    "jnp.percentile(F(3, 4), 30., axis=0, keepdims=True)", "jnp.percentile(F(6), arr([0., 50., 100.]))", "jnp.nanquantile(arr([1., nan, 3., 2.]), 0.5)", "jnp.nanpercentile(arr([[1., nan, 3.], [4., 5., 6.]]), 25., axis=1)", "jnp.quantile(arr([1., nan, 3.]), 0.5)",
    *[f"jnp.{f}(F(2, 3, seed={i}), axis={a})" for i, f in enumerate(CUMULATIVE) for a in (0, -1)], *[f"jnp.{f}(F(2, 3, seed={i}))" for i, f in enumerate(CUMULATIVE)],
    "jnp.cumsum(I(4, dtype='int8'))", "jnp.cumsum(B(5))", "jnp.cumsum(F(4), dtype='float16')", "jnp.cumsum(arr([1., nan, 2.]))", "jnp.nancumsum(arr([1., nan, 2.]))", "jnp.cumulative_sum(F(3), include_initial=True)",
    "jnp.cumulative_sum(F(2, 3), axis=1)", "jnp.cumulative_prod(F(3), include_initial=True)", "jnp.cumsum(jnp.zeros((0,)))",
    # shapes
    "jnp.reshape(F(2, 6), (3, 4))", "jnp.reshape(F(2, 6), (-1, 3))", "jnp.reshape(F(2, 3), (3, 2), order='F')", "jnp.reshape(jnp.zeros((0, 2)), (4, 0))", "jnp.ravel(F(2, 3))", "jnp.ravel(F(2, 3), order='F')", "jnp.transpose(F(2, 3))",
    "jnp.transpose(F(2, 3, 4), (2, 0, 1))", "jnp.transpose(F(2, 3, 2), (-1, 0, 1))", "jnp.permute_dims(F(2, 3, 2), (1, 0, 2))", "jnp.matrix_transpose(F(2, 3, 2))", "jnp.swapaxes(F(2, 3, 2), 0, -1)", "jnp.moveaxis(F(2, 3, 4), 0, -1)",
    "jnp.moveaxis(F(2, 3, 4), (0, 1), (2, 0))", "jnp.rollaxis(F(2, 3, 4), 2)", "jnp.rollaxis(F(2, 3, 4), 1, 3)", "jnp.squeeze(F(1, 2, 1))", "jnp.squeeze(F(1, 2, 1), axis=-1)", "jnp.expand_dims(F(3), 0)", "jnp.expand_dims(F(3), (0, -1))",
    "jnp.broadcast_to(F(3), (2, 3))", "jnp.broadcast_to(F(2, 1), (2, 2, 3))", "jnp.broadcast_arrays(F(2, 1), F(3))", "jnp.broadcast_shapes((2, 1), (3,), (1, 1, 1))", "jnp.atleast_1d(F())", "jnp.atleast_2d(F(3))", "jnp.atleast_3d(F(3))",
    "jnp.atleast_3d(F(2, 3))", "jnp.atleast_2d(F(), F(2))", "jnp.flip(F(2, 3))", "jnp.flip(F(2, 3), axis=1)", "jnp.flip(F(2, 3, 2), axis=(0, -1))", "jnp.fliplr(F(2, 3))", "jnp.flipud(F(2, 3))", "jnp.rot90(F(2, 3))", "jnp.rot90(F(2, 3), k=2)",
    "jnp.rot90(F(2, 3, 2), k=-1, axes=(1, 2))", "jnp.roll(F(5), 2)", "jnp.roll(F(2, 3), -1)", "jnp.roll(F(2, 3), 1, axis=1)", "jnp.roll(F(3, 3), (1, -1), axis=(0, 1))", "jnp.repeat(F(3), 2)", "jnp.repeat(F(2, 3), 2, axis=1)",
    "jnp.repeat(F(3), i32(1, 0, 2))", "jnp.repeat(F(3), i32(1, 0, 2), total_repeat_length=5)", "jnp.tile(F(2, 2), 2)", "jnp.tile(F(2), (2, 1, 2))", "jnp.resize(F(3), (2, 4))", "jnp.concatenate([F(2, 3), F(1, 3, seed=4)])",
    "jnp.concatenate([F(2, 1), I(2, 2)], axis=1)", "jnp.concatenate([F(2, 2), F(1, 3)], axis=None)", "jnp.concatenate([jnp.zeros((0, 2)), F(1, 2)])", "jnp.concat([F(2), F(3, seed=4)])", "jnp.stack([F(3), F(3, seed=4)])", "jnp.stack([F(2, 3), F(2, 3, seed=4)], axis=-1)",
    "jnp.vstack([F(3), F(2, 3)])", "jnp.hstack([F(3), F(2)])", "jnp.hstack([F(2, 1), F(2, 2)])", "jnp.dstack([F(2), F(2, seed=4)])", "jnp.dstack([F(2, 3), F(2, 3)])", "jnp.column_stack([F(2), F(2, 3)])", "jnp.append(F(3), F(2))",
    "jnp.append(F(2, 3), F(1, 3), axis=0)", "jnp.block([[F(2, 2), F(2, 1)], [F(1, 2), F(1, 1)]])", "jnp.split(F(6), 3)", "jnp.split(F(7), [2, 5])", "jnp.split(F(2, 4), 2, axis=1)", "jnp.array_split(F(7), 3)", "jnp.hsplit(F(2, 4), 2)", "jnp.vsplit(F(4, 2), 2)",
    "jnp.dsplit(F(2, 2, 4), 2)", "jnp.unstack(F(2, 3))", "jnp.unstack(F(2, 3), axis=1)", "jnp.insert(F(4), 1, 9.)", "jnp.insert(F(2, 3), 1, F(2), axis=1)", "jnp.insert(F(4), i32(0, 2), arr([8., 9.]))", "jnp.delete(F(5), 1)", "jnp.delete(F(2, 4), i32(0, 2), axis=1)",
    "jnp.delete(F(5), slice(1, 4, 2))", "jnp.trim_zeros(arr([0., 0., 1., 0., 2., 0.]))", "jnp.trim_zeros(arr([0., 1., 0.]), 'f')", "jnp.diff(F(5))", "jnp.diff(F(2, 4), n=2)", "jnp.diff(F(3, 2), axis=0, prepend=0.)", "jnp.ediff1d(F(4), to_begin=-1., to_end=9.)",
    "jnp.gradient(F(5))", "jnp.gradient(F(3, 4))", "jnp.gradient(F(5), 0.5)", "jnp.gradient(F(3, 4), axis=1)", "jnp.trapezoid(F(4))", "jnp.trapezoid(F(2, 4), dx=0.5, axis=1)", "jnp.trapezoid(F(4), x=arr([0., 1., 3., 4.]))",
    # creation
    "jnp.zeros((2, 3))", "jnp.zeros(3, dtype='int8')", "jnp.ones((2,), dtype='bfloat16')", "jnp.full((2, 2), 7)", "jnp.full((2,), 1.5, dtype='int32')", "jnp.full((2, 3), F(3))", "jnp.empty((0, 2))", "jnp.zeros_like(I(2, 2))", "jnp.ones_like(F(2, 2), dtype='int32')",
    "jnp.full_like(F(2), 3)", "jnp.full_like(I(2), 2.5, dtype='float32')", "jnp.zeros_like(F(2), shape=(3,))", "jnp.eye(3)", "jnp.eye(2, 4, k=1)", "jnp.eye(3, k=-1, dtype='int32')", "jnp.identity(2)", "jnp.arange(5)", "jnp.arange(2, 9, 3)", "jnp.arange(5, 0, -2)",
    "jnp.arange(1.5, 4.)", "jnp.arange(0, 1, 0.25)", "jnp.arange(3, dtype='float32')", "jnp.arange(5, 2)", "jnp.linspace(0, 1, 5)", "jnp.linspace(2.5, -1.5, 4)", "jnp.linspace(0, 1, 4, endpoint=False)", "jnp.linspace(0, 1, 3, retstep=True)", "jnp.linspace(F(2), F(2, seed=4), 3)",
    "jnp.linspace(F(2), F(2, seed=4), 3, axis=1)", "jnp.linspace(0, 10, 5, dtype='int32')", "jnp.linspace(0, 1, 1)", "jnp.linspace(0, 1, 0)", "jnp.logspace(0, 2, 3)", "jnp.logspace(0, 3, 4, base=2.)", "jnp.geomspace(1, 1000, 4)", "jnp.geomspace(1., 16., 3, endpoint=False)",
    "jnp.meshgrid(F(2), F(3))", "jnp.meshgrid(F(2), F(3), indexing='ij')", "jnp.meshgrid(F(2), F(3), sparse=True)", "jnp.indices((2, 3))", "jnp.tri(3)", "jnp.tri(2, 4, 1)", "jnp.tril(F(3, 3))", "jnp.tril(F(2, 3, 3), -1)", "jnp.triu(F(3, 3))", "jnp.triu(F(3, 4), 1)",
    "jnp.diag(F(3))", "jnp.diag(F(2), 1)", "jnp.diag(F(3, 4))", "jnp.diag(F(3, 4), -1)", "jnp.diagflat(F(2, 2))", "jnp.diagonal(F(3, 3))", "jnp.diagonal(F(2, 3, 4), 1, 1, 2)", "jnp.trace(F(3, 3))", "jnp.trace(F(2, 3, 4), offset=1, axis1=1, axis2=2)", "jnp.trace(I(3, 3))",
    "jnp.vander(F(3))", "jnp.vander(F(3), 4, increasing=True)", "jnp.tril_indices(3)", "jnp.tril_indices(3, -1)", "jnp.triu_indices(3, 1, 4)", "jnp.diag_indices(3)", "jnp.diag_indices_from(F(2, 2))", "jnp.tril_indices_from(F(2, 3))", "jnp.triu_indices_from(F(2, 3))",
    "jnp.ix_(i32(0, 2), i32(1, 3, 4))", *[f"jnp.{f}(5)" for f in "bartlett blackman hamming hanning".split()], "jnp.kaiser(5, 3.5)", "jnp.fromfunction(fun('lambda i, j: i * 10 + j'), (2, 3), dtype='int32')", "jnp.array([[1, 2], [3, 4]])",
    "jnp.array([1, 2.5, True])", "jnp.array([1, 2], dtype='float16')", "jnp.asarray(3.5)", "jnp.array([1 + 2j, 3])", "jnp.copy(F(2))", "jnp.array(F(2), ndmin=3)", "jnp.astype(F(4), 'int32')", "jnp.astype(arr([300.5, -1.5, 2.9]), 'uint8')", "jnp.astype(i32(0, 2, -1), 'bool')", "jnp.astype(i32(300, -1), 'int8')",
    "jnp.astype(arr([1.00390625, 1.01171875, 3.3]), 'bfloat16')", "jnp.astype(arr([70000., 1e-8, 0.1]), 'float16')",
    # selection, search, sorting
    "jnp.where(B(2, 3), F(2, 3), F(3, seed=4))", "jnp.where(B(4), 1, 2.5)", "jnp.where(B(4), F(4), 0)", "jnp.where(F(2, 3) > 0)", "jnp.where(B(5), size=4, fill_value=-1)", "jnp.nonzero(I(2, 3, lo=0, hi=1))", "jnp.nonzero(B(5), size=2)", "jnp.flatnonzero(B(6))", "jnp.argwhere(B(2, 3))",
    "jnp.argwhere(B(2, 3), size=5, fill_value=-1)", "jnp.select([arr([True, False, False], 'bool'), arr([True, True, False], 'bool')], [F(3), F(3, seed=4)], 9.)", "jnp.choose(i32(0, 1, 1), [F(3), F(3, seed=4)])", "jnp.choose(i32(0, 5, -1), [F(3), F(3, seed=4)], mode='clip')",
    "jnp.choose(i32(0, 5, -1), [F(3), F(3, seed=4)], mode='wrap')", "jnp.piecewise(F(5), [F(5) < 0, F(5) >= 1], [-1., 1., 0.])", "jnp.piecewise(F(5), [F(5) < 0], [fun('lambda x: -x'), fun('lambda x: x * 10')])", "jnp.extract(B(5), F(5))", "jnp.compress(B(3), F(3, 2), axis=0)",
    "jnp.compress(arr([True, False, True], 'bool'), F(2, 3), axis=1)", "jnp.take(F(5), i32(0, 4, -1))", "jnp.take(F(2, 3), i32([0, 2], [1, 1]), axis=1)", "jnp.take(F(5), i32(7, -9), mode='clip')", "jnp.take(F(5), i32(7, -9), mode='wrap')", "jnp.take(F(5), i32(7, -9, 1), mode='fill', fill_value=-1.)",
    "jnp.take(F(2, 3), 1, axis=0)", "jnp.take(F(2, 3), i32(0, 5))", "jnp.take_along_axis(F(2, 3), i32([2, 0, 1], [1, 1, 0]), axis=1)", "jnp.take_along_axis(F(2, 3), i32([1, 0, 1]), axis=0)", "jnp.take_along_axis(F(5), i32(4, 0), axis=None)", "jnp.put_along_axis(F(2, 3), i32([2], [0]), 9., axis=1, inplace=False)",
    "jnp.put(F(5), i32(0, 3), arr([8., 9.]), inplace=False)", "jnp.place(F(5), B(5), arr([8., 9.]), inplace=False)", "jnp.fill_diagonal(F(3, 3), 0., inplace=False)", "jnp.fill_diagonal(F(4, 2), arr([8., 9.]), inplace=False)", "jnp.searchsorted(arr([1., 2., 2., 3.]), arr([0., 2., 2.5, 9., nan]))",
    "jnp.searchsorted(arr([1., 2., 2., 3.]), arr([2., 3.]), side='right')", "jnp.searchsorted(arr([3., 1., 2.]), 1.5, sorter=i32(1, 2, 0))", *[f"jnp.searchsorted(arr([1., 2., 3.]), arr([1., 2.5]), method='{m}')" for m in ("scan_unrolled", "sort", "compare_all")], "jnp.digitize(F(5), arr([-1., 0., 1.]))",
    "jnp.digitize(F(5), arr([1., 0., -1.]), right=True)", "jnp.sort(F(3, 4))", "jnp.sort(F(3, 4), axis=0)", "jnp.sort(F(2, 3), axis=None)", "jnp.sort(F(5), descending=True)", "jnp.sort(C(5))", "jnp.sort(I(6, dtype='uint8', lo=0))", "jnp.sort(B(5))", "jnp.sort(arr([nan, -0., 0., -1., inf]))", "jnp.argsort(F(2, 5))",
    "jnp.argsort(F(3, 2), axis=0)", "jnp.argsort(i32(1, 0, 1, 0), descending=True)", "jnp.argsort(i32(1, 0, 1, 0), stable=False)", "jnp.sort_complex(C(4))", "jnp.lexsort([i32(1, 0, 1, 0), i32(2, 2, 1, 1)])", "jnp.partition(arr([3., 1., 2., 0.]), 1)", "jnp.argpartition(arr([3., 1., 2., 0.]), 1)",
    "jnp.unique(i32(3, 1, 3, 2))", "jnp.unique(F(8, steps=1), return_index=True, return_inverse=True, return_counts=True)", "jnp.unique(i32([1, 2], [1, 2], [0, 5]), axis=0)", "jnp.unique(i32(3, 1, 3), size=4, fill_value=-1)", "jnp.unique(arr([nan, 1., nan]))", "jnp.unique(arr([nan, 1., nan]), equal_nan=False)",
    "jnp.unique_all(i32(3, 1, 3))", "jnp.unique_counts(i32(3, 1, 3))", "jnp.unique_inverse(i32(3, 1, 3))", "jnp.unique_values(i32(3, 1, 3))", "jnp.union1d(i32(1, 2), i32(3, 2))", "jnp.intersect1d(i32(1, 2, 3), i32(3, 2, 5))", "jnp.intersect1d(i32(1, 2, 3), i32(3, 2, 5), return_indices=True)", "jnp.setdiff1d(i32(1, 2, 3), i32(3))",
    "jnp.setxor1d(i32(1, 2, 3), i32(3, 4))", "jnp.isin(I(2, 3), i32(0, 1, 2))", "jnp.isin(I(4), i32(0, 1), invert=True)", "jnp.bincount(i32(0, 1, 1, 3))", "jnp.bincount(i32(0, 1, 1, 3), weights=F(4), minlength=6)", "jnp.bincount(i32(0, 9), length=4)", "jnp.histogram(F(20), bins=4)", "jnp.histogram(F(20), bins=4, range=(-1., 1.))",
    "jnp.histogram(F(20), bins=arr([-2., 0., 1., 2.]), weights=F(20, seed=4))", "jnp.histogram(F(20), bins=3, density=True)", "jnp.histogram2d(F(10), F(10, seed=4), bins=2)", "jnp.histogramdd(F(10, 2), bins=2)", "jnp.histogram_bin_edges(F(10), bins=4)", "jnp.interp(arr([-1., 0.5, 1.5, 9.]), arr([0., 1., 2.]), arr([0., 10., 5.]))",
    "jnp.interp(arr([-1., 9.]), arr([0., 1.]), arr([0., 10.]), left=-5., right=5.)", "jnp.interp(arr([-0.5, 3.25]), arr([0., 1., 2.]), arr([0., 10., 5.]), period=3.)", "jnp.ravel_multi_index((i32(0, 1), i32(2, 0)), (2, 3))", "jnp.ravel_multi_index((i32(5, -1), i32(2, 0)), (2, 3), mode='clip')", "jnp.ravel_multi_index((i32(5, -1), i32(2, 0)), (2, 3), mode='wrap')",
    "jnp.unravel_index(i32(0, 4, 5), (2, 3))", "jnp.unravel_index(3, (2, 2))", "jnp.packbits(B(10))", "jnp.packbits(B(2, 5), axis=1, bitorder='little')", "jnp.unpackbits(arr([5, 200], 'uint8'))", "jnp.unpackbits(arr([[5], [200]], 'uint8'), axis=1, count=4)",
    # products
    "jnp.dot(F(3), F(3, seed=4))", "jnp.dot(F(2, 3), F(3))", "jnp.dot(F(2, 3), F(3, 4, seed=4))", "jnp.dot(F(2, 2, 3), F(2, 3, 2, seed=4))", "jnp.dot(2., F(3))", "jnp.dot(I(3), I(3, seed=5))", "jnp.dot(B(3), B(3))", "jnp.matmul(F(3), F(3, seed=4))", "jnp.matmul(F(2, 3), F(3, seed=4))", "jnp.matmul(F(3), F(3, 2, seed=4))",
    "jnp.matmul(F(2, 2, 3), F(3, 2, seed=4))", "jnp.matmul(F(2, 1, 2, 3), F(3, 3, 2, seed=4))", "jnp.matmul(F(2, 0), F(0, 3))", "jnp.matmul(C(2, 2), C(2, 2, seed=5))", "jnp.matmul(I(2, 2), I(2, 2, seed=5))", "jnp.matmul(F(2, 2, dtype='bfloat16'), F(2, 2, dtype='bfloat16', seed=4))", "jnp.matmul(F(2, 2), I(2, 2))",
    "jnp.matmul(F(2, 2, dtype='bfloat16'), F(2, 2, dtype='bfloat16', seed=4), preferred_element_type='float32')", "jnp.vdot(C(3), C(3, seed=5))", "jnp.vdot(F(2, 2), F(2, 2, seed=4))", "jnp.vecdot(F(2, 3), F(3, seed=4))", "jnp.vecdot(C(2, 3), C(2, 3, seed=5), axis=0)", "jnp.matvec(F(2, 2, 3), F(2, 3))", "jnp.vecmat(F(2), F(2, 3))", "jnp.inner(F(2, 3), F(4, 3))",
    "jnp.outer(F(2), F(3))", "jnp.kron(F(2, 2), F(1, 2))", "jnp.kron(F(2), F(3))", "jnp.cross(F(3), F(3, seed=4))", "jnp.cross(F(2, 3), F(3, seed=4))", "jnp.cross(F(2), F(2, seed=4))", "jnp.cross(F(3, 2), F(3, 2, seed=4), axis=0)", "jnp.tensordot(F(2, 3, 2), F(3, 2, 2, seed=4))", "jnp.tensordot(F(2, 3), F(3, 2, seed=4), axes=1)", "jnp.tensordot(F(2, 3, 4), F(4, 3), axes=((1, 2), (1, 0)))",
    "jnp.tensordot(F(2), F(2), axes=0)", *[f"jnp.einsum('{e}', {a})" for e, a in [("ij,jk->ik", "F(2, 3), F(3, 2, seed=4)"), ("ij->ji", "F(2, 3)"), ("ii->i", "F(3, 3)"), ("ii", "F(3, 3)"), ("ij->", "F(2, 3)"), ("ij,kj", "F(2, 3), F(2, 3, seed=4)"), ("bij,bjk->bik", "F(2, 2, 3), F(2, 3, 2, seed=4)"), ("...ij,...jk->...ik", "F(2, 2, 3), F(3, 2, seed=4)"), ("i,j,k->ijk", "F(2), F(2, seed=4), F(2, seed=5)"), ("ij,jk,kl->il", "F(2, 3), F(3, 2, seed=4), F(2, 2, seed=5)"), ("iij,jk->ik", "F(2, 2, 3), F(3, 2, seed=4)"), ("i,i->i", "F(3), F(3, seed=4)"), ("ijk->kj", "F(2, 3, 2)"), ("ba", "F(2, 3)"), ("...a->...", "F(2, 3)")]],
    "jnp.convolve(F(4), F(3, seed=4))", "jnp.convolve(F(4), F(3, seed=4), mode='same')", "jnp.convolve(F(4), F(3, seed=4), mode='valid')", "jnp.correlate(F(4), F(3, seed=4))", "jnp.correlate(F(4), F(3, seed=4), mode='full')", "jnp.correlate(C(3), C(2))",
    "jnp.cov(F(2, 5))", "jnp.cov(F(2, 5), ddof=0)", "jnp.cov(F(5), F(5, seed=4), rowvar=True)", "jnp.cov(F(5, 2), rowvar=False, fweights=i32(1, 2, 1, 1, 3))", "jnp.corrcoef(F(2, 5))", "jnp.corrcoef(F(5), F(5, seed=4))",
    "jnp.poly(F(3))", "jnp.polyadd(F(2), F(3))", "jnp.polysub(F(2), F(3))", "jnp.polymul(F(2), F(3))", "jnp.polyder(F(4))", "jnp.polyder(F(4), 2)", "jnp.polyint(F(3))", "jnp.polyint(F(3), 2, k=arr([1., 2.]))", "jnp.polyval(F(3), F(4))", "jnp.polydiv(arr([1., 5., 6., 2.]), arr([1., 2.]))", "jnp.polyfit(arr([0., 1., 2., 3.]), arr([1., 3., 7., 13.]), 2)",
    "jnp.roots(arr([1., -3., 2.]))",
    "jnp.allclose(F(3), F(3) + 1e-9)", "jnp.allclose(F(3), F(3) + 1e-3)", "jnp.allclose(F(3), F(3) + 1e-3, atol=1e-2)", "jnp.array_equal(F(3), F(3))", "jnp.array_equal(F(3), F(2))", "jnp.array_equal(arr([nan]), arr([nan]), equal_nan=True)", "jnp.array_equiv(F(3), jnp.broadcast_to(F(3), (2, 3)))",
    "jnp.shape(F(2, 3))", "jnp.ndim(F(2, 3))", "jnp.size(F(2, 3))", "jnp.size(F(2, 3), 1)", "jnp.isscalar(3.5)", "jnp.iscomplexobj(C(2))", "jnp.isrealobj(C(2))", "jnp.issubdtype(jnp.module.dtype('int32'), jnp.module.integer)", "jnp.issubdtype(jnp.module.dtype('bfloat16'), jnp.module.floating)", "jnp.isdtype('int32', 'integral')", "jnp.isdtype('float32', ('integral', 'real floating'))", "jnp.can_cast('int32', 'float32')", "jnp.can_cast('float32', 'int32')", "jnp.promote_types('int8', 'uint8')", "jnp.result_type(F(2), I(2))", "jnp.array_str(F(2, 3))", "jnp.array_repr(F(2, 3))",
    "jnp.apply_along_axis(fun('lambda v: v * jnp.sum(v)'), 1, F(2, 3))", "jnp.apply_over_axes(jnp.module.sum, F(2, 3, 2), [0, 2])",
    "jnp.mask_indices(3, jnp.module.triu)", "jnp.atan2(F(3), F(3, seed=4))", "jnp.pow(F(3, lo=0), F(3, seed=4))", "jnp.empty_like(jnp.module.zeros((0, 3), 'int8'))",
    # padding
    "jnp.pad(F(3), 2)", "jnp.pad(F(3), (1, 2), constant_values=9.)", "jnp.pad(F(2, 3), ((1, 0), (0, 2)), constant_values=((1., 2.), (3., 4.)))", *[f"jnp.pad(F(4), (2, 3), mode='{m}')" for m in "edge reflect symmetric wrap linear_ramp maximum minimum mean empty median".split() if m != "empty"], "jnp.pad(F(2, 3), ((1, 2), (2, 1)), mode='reflect')", "jnp.pad(F(2, 3), 1, mode='edge')",
    "jnp.pad(F(4), (2, 1), mode='reflect', reflect_type='odd')", "jnp.pad(F(4), (2, 1), mode='mean', stat_length=2)", "jnp.pad(F(3), (1, 2), mode='linear_ramp', end_values=(5., -5.))", "jnp.pad(I(2, 2), 1)", "jnp.pad(F(3), (5, 6), mode='wrap')", "jnp.pad(F(3), (5, 4), mode='reflect')",
    # linalg and fft
    "jnp.linalg.norm(F(4))", *[f"jnp.linalg.norm(F(4), {o})" for o in ("1", "2", "inf", "-inf", "0", "3", "-1")], *[f"jnp.linalg.norm(F(3, 3), {o})" for o in ("'fro'", "'nuc'", "1", "-1", "2", "inf")], "jnp.linalg.norm(F(2, 3), axis=1, keepdims=True)", "jnp.linalg.norm(C(3))", "jnp.linalg.det(F(3, 3))", "jnp.linalg.det(F(2, 2, 2))", "jnp.linalg.slogdet(F(3, 3))", "jnp.linalg.inv(F(3, 3))", "jnp.linalg.inv(F(2, 2, 2))",
    "jnp.linalg.solve(F(3, 3), F(3))", "jnp.linalg.solve(F(3, 3), F(3, 2))", "jnp.linalg.cholesky(arr([[4., 2.], [2., 3.]]))", "jnp.linalg.cholesky(arr([[4., 2.], [2., 3.]]), upper=True)", "jnp.linalg.eigvalsh(arr([[2., 1.], [1., 3.]]))", "jnp.linalg.eigh(arr([[2., 1.], [1., 3.]]))", "jnp.linalg.svdvals(F(3, 2))", "jnp.linalg.svd(F(3, 2), compute_uv=False)",
    "jnp.linalg.qr(F(3, 2), mode='r')", "jnp.linalg.matrix_power(F(2, 2), 3)", "jnp.linalg.matrix_power(F(2, 2), -1)", "jnp.linalg.matrix_power(F(2, 2), 0)", "jnp.linalg.matrix_rank(arr([[1., 2.], [2., 4.]]))", "jnp.linalg.pinv(F(3, 2))", "jnp.linalg.lstsq(F(4, 2), F(4))", "jnp.linalg.cond(F(2, 2))", "jnp.linalg.multi_dot([F(2, 3), F(3, 2), F(2, 2)])", "jnp.linalg.eigvals(arr([[0., 1.], [-1., 0.]]))",
    "jnp.linalg.vector_norm(F(2, 3), axis=1)", "jnp.linalg.matrix_norm(F(2, 3))", "jnp.linalg.outer(F(2), F(3))", "jnp.linalg.cross(F(2, 3), F(2, 3, seed=4))", "jnp.linalg.matmul(F(2, 3), F(3, 2, seed=4))", "jnp.linalg.matrix_transpose(F(2, 2, 3))", "jnp.linalg.tensordot(F(2, 3), F(3, 2, seed=4), axes=1)", "jnp.linalg.vecdot(F(2, 3), F(2, 3, seed=4))", "jnp.linalg.trace(F(3, 3))", "jnp.linalg.diagonal(F(2, 3, 3))", "jnp.linalg.tensorsolve(arr(np.arange(1, 17).reshape(2, 2, 2, 2) % 7), F(2, 2))", "jnp.linalg.tensorinv(arr(np.arange(1, 17).reshape(2, 2, 2, 2) % 7))",
    *[f"jnp.fft.{f}(C(6))" for f in "fft ifft hfft fftshift ifftshift".split()], "jnp.fft.fft(F(5))", "jnp.fft.fft(C(2, 4), axis=0)", "jnp.fft.fft(C(4), n=6)", "jnp.fft.fft(C(6), n=4)", *[f"jnp.fft.fft(C(6), norm='{n}')" for n in ("ortho", "forward", "backward")], "jnp.fft.rfft(F(6))", "jnp.fft.rfft(F(5))", "jnp.fft.irfft(C(4))", "jnp.fft.irfft(C(4), n=7)", "jnp.fft.ihfft(F(4))",
    "jnp.fft.fft2(C(2, 3))", "jnp.fft.ifft2(C(2, 3))", "jnp.fft.fftn(C(2, 2, 3), axes=(0, 2))", "jnp.fft.ifftn(C(2, 3))", "jnp.fft.rfft2(F(2, 4))", "jnp.fft.rfftn(F(2, 2, 4))", "jnp.fft.irfftn(C(2, 3))", "jnp.fft.irfft2(C(2, 3))", "jnp.fft.fftfreq(5)", "jnp.fft.fftfreq(6, d=0.5)", "jnp.fft.rfftfreq(6)", "jnp.fft.fftshift(F(2, 3), axes=1)",
]
D = "dtype='float64'"
CASES64 = [
    *[f"jnp.{f}(F(5, {D}))" for f in "sin cos tan exp expm1 tanh arctan sinh cosh arcsinh cbrt floor rint sign square sinc i0 exp2 abs negative".split()], *[f"jnp.{f}(F(4, {D}, lo=0))" for f in "sqrt log log1p log2 log10".split()], *[f"jnp.{f}(F(2, 3, {D}))" for f in "sum prod mean max min std var argmax median ptp".split()],
    f"jnp.add(F(3, {D}), F(3))", f"jnp.multiply(F(3, {D}), 2.5)", "jnp.add(I(3, dtype='int64'), I(3))", "jnp.add(I(3, dtype='int64'), I(3, dtype='uint64', lo=0))", "jnp.sum(arr([2**53 + 1, 2**40], 'int64'))", "jnp.multiply(arr([2**40 + 1, -3], 'int64'), arr([2**21 + 1, 2**62], 'int64'))", "jnp.floor_divide(arr([-7, 2**60 + 1], 'int64'), arr([2, 3], 'int64'))",
    "jnp.max(arr([2**63 + 5, 3], 'uint64'))", "jnp.sort(arr([2**63 + 5, 3, 2**64 - 1], 'uint64'))", "jnp.cumsum(arr([2**53, 1, 1], 'int64'))", "jnp.astype(arr([2**53 + 1, -1], 'int64'), 'float64')", "jnp.astype(arr([1e18, -3.7, nan, 1e300], 'float64'), 'int64')", "jnp.left_shift(arr([1, 3], 'int64'), arr([40, 62], 'int64'))", "jnp.bitwise_xor(arr([2**63 + 5], 'uint64'), arr([2**60 + 3], 'uint64'))",
    f"jnp.matmul(F(2, 3, {D}), F(3, 2, seed=4, {D}))", f"jnp.linalg.inv(F(3, 3, {D}))", f"jnp.linalg.det(F(3, 3, {D}))", f"jnp.linalg.solve(F(3, 3, {D}), F(3, {D}))", f"jnp.linalg.eigvalsh(arr([[2., 1.], [1., 3.]], 'float64'))", f"jnp.fft.fft(C(6, dtype='complex128'))", f"jnp.fft.rfft(F(6, {D}))", "jnp.multiply(C(3, dtype='complex128'), C(3, seed=5, dtype='complex128'))", "jnp.exp(C(3, dtype='complex128'))", f"jnp.sort(F(5, {D}))", f"jnp.cumsum(F(4, {D}))", f"jnp.where(B(3), F(3, {D}), 0)", f"jnp.einsum('ij,jk->ik', F(2, 3, {D}), F(3, 2, {D}))", f"jnp.linspace(0, 1, 5, {D})", f"jnp.arange(4, {D})", f"jnp.power(F(4, lo=0, {D}), 2.5)", f"jnp.var(F(6, {D}), ddof=1)", f"jnp.quantile(F(6, {D}), 0.3)", f"jnp.interp(F(3, {D}), F(3, {D}) * 0 + arr([0., 1., 2.], 'float64'), F(3, seed=4, {D}))",
]

if __name__ == "__main__":
    proxies = {"jnp": Proxy(jnp, "")}
    records, failed = [], []
    for source, x64 in [(c, False) for c in CASES] + [(c, True) for c in CASES64]:
        try:
            records.append(run(source, proxies, x64))
        except Exception as e:
            failed.append(f"{source}: {type(e).__name__}: {str(e)[:160]}")
    print("\n".join(failed), file=sys.stderr)
    write("numpy.json", records)
    print(len({r["fn"] for r in records}), "functions")
