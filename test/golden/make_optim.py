"""Optax: optimisers, transformations, schedules, losses, projections.

Run: a virtual environment with jax==0.10.2 (CPU) and optax==0.2.8, then `python make_optim.py`. Writes optim.json.
kind "optimizer": `python` builds a gradient transformation; starting from meta.params it is given the five gradients meta.grads, and the
  updates it answers are applied each time. updates: the five updates; params: the parameters at the end; without: leaves left out.
kind "minimize": an optimiser that wants the value too; f is the Python of the function, x the points visited, value the values there.
kind "schedule": values at meta.steps (int32 counts).
kind "call": {fn, args, kwargs, out} as in make_numpy.py, and for losses grad, the gradient of the sum of the result in the first argument.
Where `python` is a single call of constants, fn, args and kwargs say the same in data.
"""
import sys

import jax
import jax.numpy as jnp
import optax

from encode import value, write
from record import NAMES, F, Proxy, arr, floats, run

STEPS = [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 15, 20, 50, 99, 100, 150]
PARAMS = {"b": arr([0.5, -1.0, 0.0]), "s": arr(2.0), "w": F(2, 3, seed=11)}
GRADS = [{"b": F(3, seed=20 + t), "s": arr(1.5 - t), "w": F(2, 3, seed=30 + t) * (t + 1)} for t in range(5)]

OPTIMIZERS = [
    "optax.sgd(0.1)", "optax.sgd(0.1, momentum=0.9)", "optax.sgd(0.1, momentum=0.9, nesterov=True)", "optax.adam(0.1)", "optax.adam(0.01, b1=0.8, b2=0.99, eps=1e-6)", "optax.adam(0.1, eps_root=1e-3)", "optax.adam(0.1, nesterov=True)", "optax.adamw(0.1)", "optax.adamw(0.1, weight_decay=0.05)",
    "optax.adamw(0.1, weight_decay=0.05, mask={'b': False, 's': False, 'w': True})", "optax.adamax(0.1)", "optax.adamaxw(0.1, weight_decay=0.05)", "optax.nadam(0.1)", "optax.nadamw(0.1, weight_decay=0.05)", "optax.amsgrad(0.1)", "optax.radam(0.1)", "optax.radam(0.1, b2=0.9, threshold=4.5)", "optax.adabelief(0.1)", "optax.adagrad(0.1)", "optax.adagrad(0.1, initial_accumulator_value=0., eps=1e-5)",
    "optax.adadelta(1.5)", "optax.adadelta(1.5, rho=0.8, weight_decay=0.01)", "optax.adan(0.1)", "optax.adan(0.1, weight_decay=0.02)", "optax.adafactor(0.1)", "optax.adafactor(0.1, min_dim_size_to_factor=2)", "optax.adafactor(0.1, min_dim_size_to_factor=2, momentum=0.9, weight_decay_rate=0.01)", "optax.rmsprop(0.1)", "optax.rmsprop(0.1, decay=0.8, centered=True)", "optax.rmsprop(0.1, momentum=0.9)",
    "optax.rmsprop(0.1, momentum=0.9, nesterov=True)", "optax.rmsprop(0.1, bias_correction=True, eps_in_sqrt=False)", "optax.rprop(0.1)", "optax.lion(0.1)", "optax.lion(0.1, b1=0.8, b2=0.95, weight_decay=0.1)", "optax.lamb(0.1)", "optax.lamb(0.1, weight_decay=0.05)", "optax.lars(0.1)", "optax.lars(0.1, weight_decay=0.05, momentum=0.5, nesterov=True)", "optax.yogi(0.1)", "optax.novograd(0.1)",
    "optax.novograd(0.1, weight_decay=0.05)", "optax.fromage(0.1)", "optax.noisy_sgd(0.1, key=42)", "optax.sign_sgd(0.1)", "optax.signum(0.1)", "optax.sm3(0.1)", "optax.optimistic_gradient_descent(0.1)", "optax.optimistic_gradient_descent(0.1, alpha=0.8, beta=0.6)", "optax.optimistic_adam_v2(0.1)",
    # transformations
    "optax.clip(0.5)", "optax.clip_by_global_norm(1.)", "optax.clip_by_global_norm(1000.)", "optax.clip_by_block_rms(0.7)", "optax.adaptive_grad_clip(0.05)", "optax.centralize()", "optax.ema(0.9)", "optax.ema(0.9, debias=False)", "optax.trace(0.9)", "optax.trace(0.9, nesterov=True)", "optax.scale(-0.5)", "optax.scale_by_learning_rate(0.25)", "optax.scale_by_adam()", "optax.scale_by_amsgrad()", "optax.scale_by_belief()",
    "optax.scale_by_rms()", "optax.scale_by_rss()", "optax.scale_by_stddev()", "optax.scale_by_lion()", "optax.scale_by_yogi()", "optax.scale_by_radam()", "optax.scale_by_novograd()", "optax.scale_by_adadelta()", "optax.scale_by_adamax()", "optax.scale_by_rprop(0.1)", "optax.scale_by_sign()", "optax.scale_by_sm3()", "optax.scale_by_trust_ratio()", "optax.scale_by_param_block_norm()", "optax.scale_by_param_block_rms()",
    "optax.scale_by_factored_rms(min_dim_size_to_factor=2)", "optax.scale_by_optimistic_gradient()", "optax.normalize_by_update_norm()", "optax.add_decayed_weights(0.1)", "optax.add_noise(0.01, 0.55, key=0)", "optax.apply_every(2)", "optax.zero_nans()", "optax.keep_params_nonnegative()", "optax.set_to_zero()", "optax.identity()", "optax.freeze({'b': True, 's': False, 'w': False})",
    # schedules, combinations, wrappers
    "optax.sgd(optax.exponential_decay(0.5, 2, 0.5))", "optax.adam(optax.warmup_cosine_decay_schedule(0., 0.1, 2, 5))", "optax.scale_by_schedule(optax.linear_schedule(1., 0., 4))", "optax.chain(optax.clip_by_global_norm(1.), optax.adam(0.1))", "optax.chain(optax.clip(0.5), optax.trace(0.9), optax.add_decayed_weights(0.01), optax.scale(-0.1))", "optax.named_chain(('clip', optax.clip(0.5)), ('adam', optax.adam(0.1)))",
    "optax.masked(optax.sgd(0.1), {'b': True, 's': False, 'w': True})", "optax.partition({'x': optax.adam(0.1), 'y': optax.set_to_zero()}, {'b': 'x', 's': 'y', 'w': 'x'})", "optax.flatten(optax.adam(0.1))", "optax.apply_if_finite(optax.sgd(0.1), 3)", "optax.MultiSteps(optax.adam(0.1), 2)", "optax.inject_hyperparams(optax.module.sgd)(learning_rate=optax.linear_schedule(0.1, 0.5, 4))", "optax.chain(optax.adaptive_grad_clip(0.05), optax.sgd(0.1, momentum=0.5))",
    "optax.conditionally_mask(optax.sgd(0.1), lambda step: step % 2 == 0)", "optax.conditionally_transform(optax.scale(-0.1), lambda step: step % 2 == 1)", "optax.contrib.schedule_free_sgd(0.1)", "optax.contrib.muon(0.1)", "optax.contrib.prodigy(0.1)", "optax.contrib.dadapt_adamw(0.1)", "optax.contrib.ademamix(0.1)", "optax.contrib.acprop(0.1)", "optax.contrib.cocob()", "optax.contrib.simplified_ademamix(0.1, alpha=0.5)", "optax.contrib.normalize()",
]
SCHEDULES = [
    "optax.constant_schedule(0.3)", "optax.exponential_decay(1., 10, 0.5)", "optax.exponential_decay(1., 10, 0.5, transition_begin=5, staircase=True)", "optax.exponential_decay(1., 10, 0.5, end_value=0.1)", "optax.cosine_decay_schedule(1., 100)", "optax.cosine_decay_schedule(1., 20, alpha=0.1, exponent=2.)", "optax.warmup_cosine_decay_schedule(0., 1., 10, 100)", "optax.warmup_cosine_decay_schedule(0.1, 1., 5, 50, end_value=0.01, exponent=1.5)",
    "optax.warmup_constant_schedule(0., 1., 10)", "optax.warmup_exponential_decay_schedule(0., 1., 5, 10, 0.5)", "optax.warmup_exponential_decay_schedule(0., 1., 5, 10, 0.5, transition_begin=2, staircase=True, end_value=0.2)", "optax.piecewise_constant_schedule(1., {5: 0.5, 10: 0.1})", "optax.piecewise_interpolate_schedule('linear', 1., {5: 0.5, 10: 0.1})", "optax.piecewise_interpolate_schedule('cosine', 1., {5: 0.5, 10: 0.1})", "optax.linear_schedule(1., 0.1, 10)",
    "optax.linear_schedule(0., 1., 10, transition_begin=5)", "optax.polynomial_schedule(1., 0.1, 2, 20)", "optax.polynomial_schedule(1., 0., 0.5, 20, transition_begin=5)", "optax.join_schedules([optax.constant_schedule(1.), optax.linear_schedule(1., 0., 10)], [5])", "optax.sgdr_schedule([dict(init_value=0., peak_value=1., decay_steps=10, warmup_steps=2), dict(init_value=0.5, peak_value=0.8, decay_steps=20, warmup_steps=3, end_value=0.1)])",
    "optax.cosine_onecycle_schedule(100, 1.)", "optax.linear_onecycle_schedule(100, 1.)", "optax.linear_onecycle_schedule(20, 0.5, pct_start=0.2, pct_final=0.9)",
]
LOGITS, LABELS, PROBS = "F(3, 4)", "i32(0, 3, 1)", "jax.nn.softmax(F(3, 4, seed=6))"
LOSSES = [
    "O.l2_loss(F(4), F(4, seed=4))", "O.l2_loss(F(4))", "O.squared_error(F(2, 3), F(2, 3, seed=4))", "O.huber_loss(F(6), F(6, seed=4))", "O.huber_loss(F(6), F(6, seed=4), delta=0.5)", "O.log_cosh(F(5), F(5, seed=4))", "O.log_cosh(arr([-100., 0., 50.]))", "O.hinge_loss(F(4), arr([1., -1., 1., -1.]))", "O.losses.perceptron_loss(F(4), arr([1., -1., 1., -1.]))",
    f"O.losses.multiclass_hinge_loss({LOGITS}, {LABELS})", f"O.losses.multiclass_perceptron_loss({LOGITS}, {LABELS})", "O.losses.sparsemax_loss(F(4), arr([1., 0., 1., 0.]))", f"O.losses.multiclass_sparsemax_loss({LOGITS}, {LABELS})", f"O.softmax_cross_entropy({LOGITS}, {PROBS})", f"O.softmax_cross_entropy({LOGITS}, {PROBS}, axis=0)", f"O.safe_softmax_cross_entropy(arr([[-inf, 0., 1.]]), arr([[0., 0.25, 0.75]]))",
    f"O.softmax_cross_entropy_with_integer_labels({LOGITS}, {LABELS})", "O.softmax_cross_entropy_with_integer_labels(F(2, 3, 4), i32([0, 1, 2], [3, 0, 1]))", f"O.softmax_cross_entropy({LOGITS}, {PROBS}, where=arr([[True, True, False, True]], 'bool'))", "O.sigmoid_binary_cross_entropy(F(5) * 10, arr([1., 0., 1., 0., 0.5]))", f"O.losses.poly_loss_cross_entropy({LOGITS}, {PROBS}, epsilon=1.5)", "O.sigmoid_focal_loss(F(5), arr([1., 0., 1., 0., 1.]))",
    "O.sigmoid_focal_loss(F(5), arr([1., 0., 1., 0., 1.]), alpha=0.25, gamma=1.5)", f"O.kl_divergence(jax.nn.log_softmax({LOGITS}), {PROBS})", f"O.losses.kl_divergence_with_log_targets(jax.nn.log_softmax({LOGITS}), jnp.log({PROBS}))", f"O.convex_kl_divergence(jax.nn.log_softmax({LOGITS}), {PROBS})", f"O.generalized_kl_divergence(jax.nn.log_softmax({LOGITS}), {PROBS})", "O.cosine_similarity(F(2, 4), F(2, 4, seed=4))", "O.cosine_distance(F(2, 4), F(2, 4, seed=4), epsilon=1e-3)",
    "O.smooth_labels(jax.nn.one_hot(i32(0, 2), 3), 0.1)", "O.losses.triplet_margin_loss(F(2, 3), F(2, 3, seed=4), F(2, 3, seed=5))", "O.ntxent(F(4, 3), i32(0, 0, 1, 1))", "O.losses.ranking_softmax_loss(F(2, 4), F(2, 4, seed=4, lo=0))", "O.losses.dice_loss(F(2, 4), arr([[1., 0., 1., 0.], [0., 0., 1., 1.]]))", "O.losses.binary_dice_loss(F(2, 4), arr([[1., 0., 1., 0.], [0., 0., 1., 1.]]))", "O.losses.multiclass_generalized_dice_loss(F(2, 3, 2), jax.nn.one_hot(i32([0, 1, 1], [0, 0, 1]), 2))",
    "O.ctc_loss(F(2, 5, 4), jnp.zeros((2, 5)), i32([1, 2, 0], [3, 3, 1]), arr([[0., 0., 1.], [0., 0., 0.]]))", "O.ctc_loss(F(1, 4, 3), arr([[0., 0., 0., 1.]]), i32([1, 2]), arr([[0., 0.]]), blank_id=0)",
]
CALLS = [
    "O.global_norm({'a': F(3), 'b': F(2, 2)})", "O.incremental_update({'a': F(3)}, {'a': F(3, seed=4)}, 0.25)", "O.apply_updates({'a': F(3), 'b': F(2, dtype='bfloat16')}, {'a': F(3, seed=4), 'b': F(2, seed=4)})", "O.safe_norm(jnp.zeros(3), 1e-3)", "O.safe_norm(F(3), 1e-3)", "O.safe_root_mean_squares(F(3), 1e-3)", "O.safe_increment(arr(2147483647, 'int32'))", "O.periodic_update({'a': F(2)}, {'a': F(2, seed=4)}, arr(4, 'int32'), 2)",
    "O.projections.projection_simplex(F(4))", "O.projections.projection_simplex(F(4), 2.5)", "O.projections.projection_l1_ball(F(4))", "O.projections.projection_l1_sphere(F(4))", "O.projections.projection_l2_ball(F(4))", "O.projections.projection_l2_sphere(F(4), 2.)", "O.projections.projection_linf_ball(F(4))", "O.projections.projection_box(F(4), -0.5, 0.75)", "O.projections.projection_hypercube(F(4))", "O.projections.projection_non_negative(F(4))",
    "O.projections.projection_hyperplane(F(3), F(3, seed=4), 0.5)", "O.projections.projection_halfspace(F(3), F(3, seed=4), 0.5)", "O.tree_utils.tree_add({'a': F(2)}, {'a': F(2, seed=4)})", "O.tree_utils.tree_sub({'a': F(2)}, {'a': F(2, seed=4)})", "O.tree_utils.tree_mul({'a': F(2)}, {'a': F(2, seed=4)})", "O.tree_utils.tree_scale(2.5, {'a': F(2)})", "O.tree_utils.tree_add_scale({'a': F(2)}, 0.5, {'a': F(2, seed=4)})", "O.tree_utils.tree_vdot({'a': F(2)}, {'a': F(2, seed=4)})",
    "O.tree_utils.tree_sum({'a': F(2), 'b': F(3)})", "O.tree_utils.tree_norm({'a': F(2), 'b': F(3)})", "O.tree_utils.tree_norm({'a': F(2), 'b': F(3)}, ord=1)", "O.tree_utils.tree_zeros_like({'a': F(2)})", "O.tree_utils.tree_ones_like({'a': F(2)})", "O.tree_utils.tree_clip({'a': F(3)}, -0.5, 0.5)", "O.tree_utils.tree_cast({'a': F(2)}, 'bfloat16')", "O.tree_utils.tree_update_moment({'a': F(2)}, {'a': F(2, seed=4)}, 0.9, 2)", "O.tree_utils.tree_bias_correction({'a': F(2)}, 0.9, arr(3, 'int32'))",
]
ROSENBROCK = "lambda x: (1. - x[0]) ** 2 + 10. * (x[1] - x[0] ** 2) ** 2"
QUADRATIC = "lambda x: 0.5 * (x[0] - 1.) ** 2 + 4. * (x[1] + 2.) ** 2"
MINIMIZE = [("optax.lbfgs()", ROSENBROCK, 8), ("optax.lbfgs(learning_rate=0.1, memory_size=3, linesearch=None)", QUADRATIC, 8), ("optax.lbfgs(memory_size=2)", QUADRATIC, 4), ("optax.polyak_sgd(1.)", QUADRATIC, 6), ("optax.chain(optax.sgd(1.), optax.scale_by_backtracking_linesearch(max_backtracking_steps=15))", ROSENBROCK, 6), ("optax.chain(optax.sgd(1.), optax.scale_by_zoom_linesearch(max_linesearch_steps=15))", ROSENBROCK, 6)]


def build(source):
    """The object, and the call as data if it was one call of constants."""
    Proxy.calls = []
    made = eval(source, {**NAMES, "optax": Proxy(optax)})
    data = {"kind": None, "python": source}
    if len(Proxy.calls) == 1 and "lambda" not in source and "inject" not in source:
        fn, args, kwargs = Proxy.calls[0]
        data.update(fn=fn, args=[value(a) for a in args], kwargs={k: value(v) for k, v in kwargs.items()})
    return made, data


def optimizer(source):
    tx, data = build(source)
    without = ["s"] if "sm3" in source else []  # it has no rule for a scalar
    drop = lambda t: {k: v for k, v in t.items() if k not in without}
    params, updates = drop(PARAMS), []
    state = tx.init(params)
    for g in map(drop, GRADS):
        u, state = tx.update(g, state, params)
        params = optax.apply_updates(params, u)
        updates.append(value(u))
    return {**data, "kind": "optimizer", **({"without": without} if without else {}), "updates": updates, "params": value(params)}


def schedule(source):
    f, data = build(source)
    return {**data, "kind": "schedule", "values": value(jnp.stack([jnp.asarray(f(jnp.asarray(s, "int32")), "float32") for s in STEPS]))}


def loss(source):
    r = run(source, {"O": Proxy(optax)})
    name, args, kwargs = Proxy.calls[-1]
    name = name.removeprefix("losses.")
    total = lambda x: jnp.sum(getattr(optax.losses, name)(x, *args[1:], **kwargs))
    return {"kind": "call", **r, "grad": value(jax.grad(total)(args[0])) if floats(args[0]) else None}


def minimize(source, f_source, steps):
    tx, data = build(source)
    f = eval(f_source)
    x = jnp.array([-1.0, 0.5])
    state, points, values = tx.init(x), [x], [f(x)]
    for _ in range(steps):
        v, g = jax.value_and_grad(f)(x)
        u, state = optax.with_extra_args_support(tx).update(g, state, x, value=v, grad=g, value_fn=f)
        x = optax.apply_updates(x, u)
        points.append(x)
        values.append(f(x))
    return {**data, "kind": "minimize", "f": f_source, "x": value(jnp.stack(points)), "value": value(jnp.stack(values))}


if __name__ == "__main__":
    records = []
    jobs = [(optimizer, (s,)) for s in OPTIMIZERS] + [(schedule, (s,)) for s in SCHEDULES] + [(loss, (s,)) for s in LOSSES] + [(minimize, m) for m in MINIMIZE]
    jobs += [(lambda s: {"kind": "call", **run(s, {"O": Proxy(optax)})}, (s,)) for s in CALLS]
    for f, args in jobs:
        try:
            records.append(f(*args))
        except Exception as e:
            print(f"{args[0]}: {type(e).__name__}: {str(e)[:200]}", file=sys.stderr)
    meta = {"optax": optax.__version__, "params": value(PARAMS), "grads": value(GRADS), "steps": STEPS}
    write("optim.json", records, meta)
