"""Calls of jax.lax (and the special functions under it) with their results.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_lax.py`. Writes lax.json.
Records as in make_numpy.py: {fn, args, kwargs, out, x64?}. fn "pool_grad.max" and its like stand for the gradient of a pooled sum (select_and_scatter_add
and its kin): args are the array, window and strides, kwargs the padding.
"""
import sys

import jax
import jax.numpy as jnp
from jax import lax

from encode import write
from record import Proxy, run

UNARY = "abs sin cos tan asin acos atan sinh cosh tanh asinh atanh exp exp2 expm1 floor ceil round sign neg is_finite erf erfc logistic square cbrt reciprocal".split()
SPECIALS = "arr([0., -0., 1., -1., nan, inf, -inf, 0.5, -2.5, 3e38, 0.999])"
POSITIVE = "arr([0., 0.5, 1., 2., 10.25, 2e-38, inf, nan])"
SPECIAL_FUNCTIONS = "lgamma digamma erf erfc erf_inv bessel_i0e bessel_i1e".split()
BINARY = "add sub mul div rem max min pow atan2 nextafter eq ne lt le gt ge".split()
LEFT, RIGHT = "arr([1., -2., 0., 3.5, nan, inf, -inf, 2., 5.5])", "arr([2., 3., 0., -0.5, 1., inf, 1., nan, -2.])"
DN = "lax.ScatterDimensionNumbers((), (0,), (0,))"
ROWS = "lax.ScatterDimensionNumbers(update_window_dims=(1,), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,))"
WINDOW = "lax.ScatterDimensionNumbers(update_window_dims=(0,), inserted_window_dims=(), scatter_dims_to_operand_dims=(0,))"
GDN = "lax.GatherDimensionNumbers((), (0,), (0,))"
GROWS = "lax.GatherDimensionNumbers(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0,))"
GWINDOW = "lax.GatherDimensionNumbers(offset_dims=(1, 2), collapsed_slice_dims=(), start_index_map=(0, 1))"
MODES = ["'clip'", "'fill'", "'promise_in_bounds'"]
CONV = "F(1, 2, 5, 5), F(3, 2, 3, 3, seed=4)"

CASES = [
    *[f"L.{f}({SPECIALS})" for f in UNARY], *[f"L.{f}({POSITIVE})" for f in "sqrt rsqrt log log1p acosh".split()],
    *[f"L.{f}(arr([0.1, 0.5, 1., 2.5, 7., -0.5, -1.5, 0., 30., inf, nan]))" for f in SPECIAL_FUNCTIONS if f != "erf_inv"], "L.erf_inv(arr([-1., -0.999, -0.5, 0., 0.3, 0.99999, 1., 1.5, nan]))",
    *[f"L.{f}(C(4))" for f in "sin cos exp log sqrt tanh conj real imag abs sign neg rsqrt square cbrt".split() if f != "cbrt"], *[f"L.{f}({LEFT}, {RIGHT})" for f in BINARY],
    *[f"L.{f}(i32(7, -7, 5, -2147483648), i32(2, 2, 0, -1))" for f in "add sub mul div rem max min lt mulhi".split()], "L.mulhi(arr([4294967295, 65536], 'uint32'), arr([4294967295, 65537], 'uint32'))",
    *[f"L.{f}(i32(1, -8, 255, -1), i32(2, 1, 31, 33))" for f in "shift_left shift_right_logical shift_right_arithmetic bitwise_and bitwise_or bitwise_xor".split()],
    *[f"L.{f}(arr([1, 8, 255, 254], 'uint8'), arr([2, 1, 7, 9], 'uint8'))" for f in "shift_left shift_right_logical shift_right_arithmetic".split()],
    *[f"L.{f}(arr({v}, '{d}'))" for f in ("population_count", "clz") for v, d in (("[0, 1, -1, 12345, -2147483648]", "int32"), ("[0, 1, 255, 16]", "uint8"), ("[0, 65535, 256]", "uint16"), ("[0, 4294967295, 7]", "uint32"))], "L.bitwise_not(i32(0, -1, 5))", "L.bitwise_not(B(3))",
    "L.integer_pow(arr([2., -1.5, 0., nan]), 3)", "L.integer_pow(arr([2., -1.5, 0.]), -2)", "L.integer_pow(i32(2, -3), 5)", "L.integer_pow(arr([2., 0., nan]), 0)", "L.pow(arr([2., 0., -1.5]), i32(3, 0, 2))",
    "L.igamma(arr([0.5, 1., 3., 10.]), arr([0.2, 1., 5., 8.]))", "L.igammac(arr([0.5, 1., 3., 10.]), arr([0.2, 1., 5., 8.]))", "L.igamma(arr([0., 1., 2., -1.]), arr([1., 0., inf, 1.]))", "L.igamma_grad_a(arr([0.5, 2.]), arr([0.7, 3.]))", "L.betainc(arr([0.5, 2., 3.]), arr([1.5, 0.5, 4.]), arr([0.2, 0.7, 1.]))", "L.zeta(arr([2., 3.5]), arr([1., 2.5]))",
    "L.polygamma(arr([1., 2.]), arr([0.5, 3.]))", "L.random_gamma_grad(arr([0.5, 2., 8.]), arr([0.3, 1.5, 9.]))",
    "L.round(arr([0.5, 1.5, -0.5, -2.5]), lax.RoundingMethod.AWAY_FROM_ZERO)", "L.round(arr([0.5, 1.5, -0.5, -2.5]), lax.RoundingMethod.TO_NEAREST_EVEN)", "L.nextafter(arr([1., 0., -1., inf]), arr([2., 1., 0., 0.]))", "L.clamp(-0.5, F(6), 1.)", "L.clamp(arr([0., 1., -1.]), F(3), arr([1., 2., 0.]))", "L.clamp(2., F(3), -2.)", "L.clamp(arr(0.), arr([nan, 1.]), arr(1.))",
    "L.select(B(4), F(4), F(4, seed=4))", "L.select(arr(True, 'bool'), F(3), F(3, seed=4))", "L.select_n(i32(0, 2, 1), F(3), F(3, seed=4), F(3, seed=5))", "L.select_n(arr(1, 'int32'), F(3), F(3, seed=4))", "L.complex(F(3), F(3, seed=4))", "L.reduce_precision(arr([1.2345678, 3e38, 1e-30, -0.3]), 5, 10)", "L.reduce_precision(arr([1.2345678, 70000., -0.3]), 8, 7)",
    "L.convert_element_type(arr([1.7, -1.7, 300.]), 'int8')", "L.convert_element_type(i32(16777217, -3), 'float32')", "L.convert_element_type(C(2), 'float32')", "L.bitcast_convert_type(arr([1., -0., inf]), 'int32')", "L.bitcast_convert_type(i32(1065353216, -1), 'float32')", "L.bitcast_convert_type(arr([1., 2.]), 'uint8')", "L.bitcast_convert_type(arr([[0, 0, 128, 63]], 'uint8'), 'float32')", "L.bitcast_convert_type(arr([1.5], 'bfloat16'), 'uint16')",
    # shape
    "L.reshape(F(2, 3), (3, 2))", "L.reshape(F(2, 3), (6,), dimensions=(1, 0))", "L.transpose(F(2, 3, 4), (1, 2, 0))", "L.rev(F(2, 3), (1,))", "L.rev(F(2, 3), (0, 1))", "L.broadcast(F(2), (3, 1))", "L.broadcast_in_dim(F(3), (2, 3), (1,))", "L.broadcast_in_dim(F(2, 1), (2, 3, 4), (0, 2))", "L.squeeze(F(1, 3, 1), (0, -1))", "L.expand_dims(F(3), (0, 2))", "L.collapse(F(2, 3, 4), 1)", "L.collapse(F(2, 3, 4), 0, 2)",
    "L.concatenate([F(2, 1), F(2, 2)], 1)", "L.tile(F(2), (3,))", "L.tile(F(2, 1), (1, 3))", "L.slice(F(5), (1,), (4,))", "L.slice(F(4, 5), (0, 1), (4, 5), (2, 3))", "L.slice(F(5), (2,), (2,))", "L.slice_in_dim(F(5), 1, 5, 2)", "L.slice_in_dim(F(2, 5), -3, None, axis=1)", "L.index_in_dim(F(3, 2), -1)", "L.index_in_dim(F(3, 2), 1, axis=1, keepdims=False)", "L.index_take(F(3, 4), (i32(0, 2), i32(1, 3)), (0, 1))",
    *[f"L.dynamic_slice(F(6), ({i},), (3,))" for i in (0, 2, 5, -1, -9, 99)], "L.dynamic_slice(F(3, 4), (1, 3), (2, 2))", "L.dynamic_slice(F(3, 4), i32(-2, 1), (1, 2))", *[f"L.dynamic_update_slice(F(5), F(2, seed=4), ({i},))" for i in (0, 2, 4, -1, -9)], "L.dynamic_update_slice(F(3, 3), F(2, 1, seed=4), (2, 2))", "L.dynamic_slice_in_dim(F(3, 4), 2, 3, axis=1)",
    "L.dynamic_index_in_dim(F(3, 2), -1)", "L.dynamic_index_in_dim(F(3, 2), 5, keepdims=False)", "L.dynamic_update_slice_in_dim(F(3, 2), F(1, 2, seed=4), 1, axis=0)", "L.dynamic_update_index_in_dim(F(3, 2), F(2, seed=4), 1, axis=0)", "L.pad(F(4), 9., ((1, 2, 0),))", "L.pad(F(4), 9., ((0, 0, 2),))", "L.pad(F(4), 9., ((-1, -2, 0),))", "L.pad(F(4), 9., ((-1, 3, 1),))", "L.pad(F(2, 3), 0., ((1, -1, 0), (0, 1, 1)))", "L.pad(I(3), 7, ((2, 0, 1),))",
    "L.pad(jnp.zeros((0,), 'float32'), 5., ((1, 1, 0),))", "L.iota('int32', 4)", "L.iota('float32', 3)", "L.broadcasted_iota('uint8', (2, 3), 0)", "L.full((2, 2), 3.5)", "L.full((2,), 3, 'bfloat16')", "L.broadcast_shapes((2, 1), (3,))", "L.broadcast_to_rank(F(2), 3)", "L.split(F(6), (2, 1, 3))", "L.split(F(2, 4), (1, 3), axis=1)",
    # reductions, sorting
    *[f"L.reduce_{f}(F(2, 3), (0,))" for f in "sum max min prod".split()], "L.reduce_and(B(2, 3), (1,))", "L.reduce_or(B(2, 3), (0, 1))", "L.reduce_xor(I(4), (0,))", "L.reduce_and(I(4), (0,))", "L.reduce_or(I(4), (0,))", "L.argmax(F(2, 4), 1, 'int32')", "L.argmin(F(2, 4), 0, 'uint8')", "L.argmax(arr([1., nan, 3., nan]), 0, 'int32')",
    *[f"L.{f}(F(2, 4), axis=1)" for f in "cumsum cumprod cummax cummin cumlogsumexp".split()], *[f"L.{f}(F(2, 4), axis=0, reverse=True)" for f in "cumsum cumprod cummax cummin cumlogsumexp".split()], "L.cummax(I(6))", "L.cumsum(I(5), reverse=True)", "L.cummin(arr([3., nan, 1.]))", "L.reduce(F(2, 3), 0., L.module.add, (1,))", "L.reduce(F(2, 3), 1., L.module.mul, (0, 1))", "L.reduce(F(2, 3), -inf, L.module.max, (0,))",
    "L.sort(F(2, 5))", "L.sort(F(3, 2), dimension=0)", "L.sort((i32(1, 0, 1, 0), F(4)), num_keys=1)", "L.sort((i32(1, 0, 1, 0), F(4), i32(0, 1, 2, 3)), num_keys=2)", "L.sort((F(2, 3), I(2, 3)), dimension=0, num_keys=1)", "L.sort(arr([nan, 1., -0., 0., -inf, -1., inf]))", "L.sort(I(6, dtype='uint8', lo=0))", "L.sort_key_val(i32(3, 1, 2), F(3))", "L.top_k(F(2, 5), 3)", "L.top_k(I(6), 2)", "L.top_k(arr([1., nan, 3., 3.]), 3)", "L.top_k(F(3, 4), 2, axis=0)", "L.approx_max_k(F(8), 3)", "L.approx_min_k(F(8), 3)",
    # products
    "L.dot(F(2, 3), F(3, 2, seed=4))", "L.dot(F(3), F(3, seed=4))", "L.dot_general(F(2, 3), F(3, 4, seed=4), (((1,), (0,)), ((), ())))", "L.dot_general(F(2, 3), F(4, 3, seed=4), (((1,), (1,)), ((), ())))", "L.dot_general(F(5, 2, 3), F(5, 4, 3, seed=4), (((2,), (2,)), ((0,), (0,))))", "L.dot_general(F(2, 5, 3), F(4, 3, 5, seed=4), (((2,), (1,)), ((1,), (2,))))", "L.dot_general(F(2, 3, 4), F(3, 4, 2, seed=4), (((1, 2), (0, 1)), ((), ())))", "L.dot_general(F(2), F(3), (((), ()), ((), ())))",
    "L.dot_general(I(2, 3, dtype='int8'), I(3, 2, dtype='int8', seed=4), (((1,), (0,)), ((), ())), preferred_element_type='int32')", "L.dot_general(F(2, 3, dtype='bfloat16'), F(3, 2, dtype='bfloat16', seed=4), (((1,), (0,)), ((), ())), preferred_element_type='float32')", "L.dot_general(C(2, 2), C(2, 2, seed=5), (((1,), (0,)), ((), ())))", "L.dot_general(F(2, 0), F(0, 3), (((1,), (0,)), ((), ())))", "L.batch_matmul(F(2, 2, 3), F(2, 3, 2, seed=4))", "L.ragged_dot(F(5, 2), F(3, 2, 2, seed=4), i32(2, 0, 3))",
    # convolution
    *[f"L.conv_general_dilated({CONV}, {o})" for o in ["(1, 1), 'SAME'", "(1, 1), 'VALID'", "(2, 2), 'SAME'", "(2, 1), ((1, 0), (0, 2))", "(1, 1), 'VALID', rhs_dilation=(2, 1)", "(1, 1), ((1, 1), (1, 1)), lhs_dilation=(2, 2)", "(1, 2), ((-1, 1), (2, -1))", "(1, 1), 'SAME_LOWER'"]],
    "L.conv_general_dilated(F(1, 4, 5), F(4, 2, 3, seed=4), (1,), 'SAME', feature_group_count=2)", "L.conv_general_dilated(F(4, 2, 5), F(4, 2, 3, seed=4), (1,), 'VALID', batch_group_count=2)", "L.conv_general_dilated(F(1, 4, 4), F(4, 1, 3, seed=4), (1,), 'SAME', feature_group_count=4)", "L.conv_general_dilated(F(1, 4, 4, 2), F(3, 3, 2, 3, seed=4), (1, 1), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))",
    "L.conv_general_dilated(F(2, 6, 2), F(3, 2, 3, seed=4), (2,), 'VALID', dimension_numbers=('NWC', 'WIO', 'NWC'))", "L.conv_general_dilated(F(1, 1, 3, 3, 3), F(1, 1, 2, 2, 2, seed=4), (1, 1, 1), 'VALID')", "L.conv_general_dilated(F(1, 2, 4, dtype='bfloat16'), F(2, 2, 2, dtype='bfloat16', seed=4), (1,), 'VALID', preferred_element_type='float32')", "L.conv(F(1, 2, 4, 4), F(3, 2, 2, 2, seed=4), (1, 1), 'VALID')", "L.conv_with_general_padding(F(1, 2, 4), F(3, 2, 2, seed=4), (1,), ((1, 1),), (1,), (2,))",
    "L.conv_transpose(F(1, 4, 2), F(3, 2, 3, seed=4), (2,), 'SAME', dimension_numbers=('NWC', 'WIO', 'NWC'))", "L.conv_transpose(F(1, 3, 3, 2), F(3, 3, 2, 2, seed=4), (2, 2), 'VALID')", "L.conv_transpose(F(1, 3, 3, 2), F(3, 3, 2, 2, seed=4), (2, 2), 'SAME', transpose_kernel=True)", "L.conv_general_dilated_patches(F(1, 2, 4, 4), (2, 2), (1, 1), 'VALID')", "L.conv_general_dilated_patches(F(1, 2, 5), (3,), (2,), 'SAME')",
    # windows
    *[f"L.reduce_window({a}, {i}, L.module.{f}, {w}, {s}, '{p}')" for a, w, s in [("F(6)", "(3,)", "(1,)"), ("F(4, 5)", "(2, 2)", "(2, 1)")] for i, f in [("-inf", "max"), ("0.", "add"), ("inf", "min")] for p in ("VALID", "SAME")], "L.reduce_window(F(5), 1., L.module.mul, (2,), (1,), 'VALID')", "L.reduce_window(F(7), 0., L.module.add, (2,), (2,), ((1, 2),), window_dilation=(2,))", "L.reduce_window(F(4), 0., L.module.add, (3,), (1,), ((1, 1),), base_dilation=(2,))",
    "L.reduce_window(I(6), -100, L.module.max, (3,), (2,), 'SAME')", *[f"P.{f}({a}, {w}, {s}, padding='{p}')" for f in ("max", "sum", "min") for a, w, s in [("F(7)", "(3,)", "(2,)"), ("F(4, 4)", "(2, 2)", "(1, 1)"), ("F(4, 6, steps=1)", "(2, 3)", "(2, 3)")] for p in ("VALID", "SAME")],
    # gather and scatter
    *[f"L.gather(F(5), i32([0], [7], [-2]), {GDN}, (1,), mode={m})" for m in MODES[:2]], *[f"L.gather(F(4, 3), i32([3], [9], [-1], [0]), {GROWS}, (1, 3), mode={m})" for m in MODES[:2]], *[f"L.gather(F(4, 4), i32([1, 2], [3, 3], [-1, 0]), {GWINDOW}, (2, 2), mode={m})" for m in MODES[:2]], f"L.gather(F(5), i32([0], [2]), {GDN}, (1,), mode='promise_in_bounds')", f"L.gather(F(5), i32([0], [7]), {GDN}, (1,), mode='fill', fill_value=-1.)",
    f"L.gather(I(5), i32([0], [7]), {GDN}, (1,), mode='fill')", f"L.gather(F(5), i32([0], [2]), {GDN}, (1,))", "L.gather(F(2, 4), i32([[1], [2]], [[3], [0]]), lax.GatherDimensionNumbers(offset_dims=(), collapsed_slice_dims=(1,), start_index_map=(1,), operand_batching_dims=(0,), start_indices_batching_dims=(0,)), (1, 1))",
    *[f"L.scatter{k}(F(5), i32([0], [3], [3]), F(3, seed=4), {DN})" for k in ("", "_add", "_mul", "_min", "_max", "_sub")], *[f"L.scatter_add(F(5), i32([1], [7], [-2]), F(3, seed=4), {DN}, mode={m})" for m in MODES[:2]], *[f"L.scatter(F(5), i32([1], [9], [-3]), F(3, seed=4), {DN}, mode={m})" for m in MODES[:2]], f"L.scatter_add(F(4, 3), i32([3], [0], [3]), F(3, 3, seed=4), {ROWS})", f"L.scatter(F(4, 3), i32([2]), F(1, 3, seed=4), {ROWS})",
    f"L.scatter_add(F(6), i32([4]), F(2, 1, seed=4), {WINDOW})", f"L.scatter_add(F(6), i32([5]), F(2, 1, seed=4), {WINDOW}, mode='clip')", f"L.scatter_add(F(6), i32([5]), F(2, 1, seed=4), {WINDOW}, mode='fill')", f"L.scatter_max(I(5), i32([0], [0]), i32(9, -9), {DN}, unique_indices=False, indices_are_sorted=True)",
    # loops with known functions
    "L.associative_scan(L.module.add, F(7))", "L.associative_scan(L.module.mul, F(2, 5), axis=1)", "L.associative_scan(L.module.max, F(6), reverse=True)", "L.map(fun('lambda x: x * 2.'), F(3))", "L.fori_loop(2, 6, fun('lambda i, c: c * i'), 1)", "L.while_loop(fun('lambda c: c < 100'), fun('lambda c: c * 3'), 2)", "L.scan(fun('lambda c, x: (c + x, c * x)'), 1., F(4))", "L.scan(fun('lambda c, x: (c + x, c * x)'), 1., F(4), reverse=True)", "L.cond(True, fun('lambda x: x + 1'), fun('lambda x: x - 1'), 5)",
    *[f"L.switch({i}, [fun('lambda x: x'), fun('lambda x: x * 2'), fun('lambda x: x * 3')], 5)" for i in (0, 2, 7, -3)], "L.fft(C(4), lax.FftType.FFT, (4,))", "L.fft(F(6), lax.FftType.RFFT, (6,))", "L.fft(C(4), lax.FftType.IRFFT, (6,))", "L.fft(C(2, 4), lax.FftType.IFFT, (2, 4))",
    # linear algebra
    "L.linalg.cholesky(arr([[4., 2.], [2., 3.]]))", "L.linalg.triangular_solve(arr([[2., 0.], [1., 3.]]), F(2, 3), left_side=True, lower=True)", "L.linalg.triangular_solve(arr([[2., 5.], [0., 3.]]), F(3, 2), lower=False)", "L.linalg.triangular_solve(arr([[2., 0.], [1., 3.]]), F(2, 3), left_side=True, lower=True, transpose_a=True, unit_diagonal=True)", "L.linalg.lu(F(3, 3))", "L.linalg.tridiagonal_solve(arr([0., 1., 1.]), arr([4., 4., 4.]), arr([1., 1., 0.]), F(3, 1))",
]
D = "dtype='float64'"
CASES64 = [
    *[f"L.{f}(arr([0.1, 0.5, 1., 2.5, 7., -0.5, 30.], 'float64'))" for f in SPECIAL_FUNCTIONS if f != "erf_inv"], "L.erf_inv(arr([-0.999, -0.5, 0., 0.3, 0.9999999], 'float64'))", *[f"L.{f}(F(6, {D}))" for f in "sin cos tan exp expm1 tanh logistic erf erfc atan asinh cbrt".split()], *[f"L.{f}(arr([0.25, 2., 17.5], 'float64'))" for f in "log log1p sqrt rsqrt acosh".split()],
    "L.igamma(arr([0.5, 1., 3., 10.], 'float64'), arr([0.2, 1., 5., 8.], 'float64'))", "L.betainc(arr([0.5, 2., 3.], 'float64'), arr([1.5, 0.5, 4.], 'float64'), arr([0.2, 0.7, 1.], 'float64'))", "L.population_count(arr([2**63 + 7, 0], 'uint64'))", "L.clz(arr([1, -1, 2**40], 'int64'))", "L.bitcast_convert_type(arr([1., -0.], 'float64'), 'int64')", "L.bitcast_convert_type(arr([1.], 'float64'), 'uint32')", "L.nextafter(arr([1., 0.], 'float64'), arr([2., -1.], 'float64'))",
    "L.shift_right_logical(arr([-1, 5], 'int64'), arr([60, 1], 'int64'))", "L.mulhi(arr([2**63, 3], 'uint64'), arr([6, 2**63 + 1], 'uint64'))", "L.reduce_sum(arr([2**53, 1, 1], 'int64'), (0,))", f"L.dot_general(F(2, 3, {D}), F(3, 2, {D}, seed=4), (((1,), (0,)), ((), ())))", f"L.conv_general_dilated(F(1, 2, 4, 4, {D}), F(3, 2, 3, 3, seed=4, {D}), (1, 1), 'SAME')", f"L.cumlogsumexp(F(5, {D}))", f"L.sort(F(5, {D}))",
]


class pooling:
    """Gradients of pooled sums, each weighted so that every window has its own cotangent."""

    @staticmethod
    def _grad(init, f, x, window, strides, padding):
        def total(x):
            y = lax.reduce_window(x, init, f, window, strides, padding)
            return jnp.sum(y * jnp.arange(1.0, y.size + 1).reshape(y.shape))

        return jax.grad(total)(x)

    def max(x, window, strides, padding):
        return pooling._grad(-jnp.inf, lax.max, x, window, strides, padding)

    def min(x, window, strides, padding):
        return pooling._grad(jnp.inf, lax.min, x, window, strides, padding)

    def sum(x, window, strides, padding):
        return pooling._grad(0.0, lax.add, x, window, strides, padding)


if __name__ == "__main__":
    proxies = {"L": Proxy(lax), "P": Proxy(pooling, "pool_grad")}
    records, failed = [], []
    for source, x64 in [(c, False) for c in CASES] + [(c, True) for c in CASES64]:
        try:
            records.append(run(source, proxies, x64))
        except Exception as e:
            failed.append(f"{source}: {type(e).__name__}: {str(e)[:160]}")
    print("\n".join(failed), file=sys.stderr)
    write("lax.json", records)
    print(len({r["fn"] for r in records}), "functions")
