"""More of Optax: optimizers of its contrib that make_optim.py does not record, reduce_on_plateau, linear algebra.

Run: a virtual environment with jax==0.10.2 (CPU) and optax==0.2.8, then `python make_contrib.py`. Writes contrib.json.
kind "optimizer": as in optim.json, with meta.params and meta.grads of that file; update is given meta.values, one each step, as value.
kind "call": {fn, args, kwargs, out} as in make_numpy.py.
"""
import jax
import jax.numpy as jnp
import optax

import make_optim
from encode import value, write
from record import Proxy, run

VALUES = [3.0, 2.5, 2.5, 2.75, 1.0]
OPTIMIZERS = [
    "optax.contrib.dog(1.)", "optax.contrib.dog(0.5, weight_decay=0.01)", "optax.contrib.dog(1., init_step=('learning_rate', 0.1))", "optax.contrib.dog(1., init_step=('distance', 0.1))", "optax.contrib.dowg(1.)", "optax.contrib.dowg(0.5, init_estim_sq_dist=0.1, weight_decay=0.01)",
    "optax.contrib.momo(0.1)", "optax.contrib.momo(1., beta=0.8, weight_decay=0.1)", "optax.contrib.momo(1., lower_bound=2., adapt_lower_bound=True)", "optax.contrib.momo_adam(0.1)", "optax.contrib.momo_adam(1., weight_decay=0.1, lower_bound=2., adapt_lower_bound=True)",
    "optax.contrib.madgrad(0.1)", "optax.contrib.madgrad(0.1, momentum=0.5, weight_decay=0.01)", "optax.contrib.adopt(0.1)", "optax.contrib.adopt(0.1, nesterov=True, use_clipping=False)", "optax.contrib.schedule_free_adamw(0.1, warmup_steps=3, weight_decay=0.01)", "optax.contrib.schedule_free_sgd(0.1, warmup_steps=2, weight_decay=0.1)",
    "optax.contrib.prodigy(0.5, weight_decay=0.1, safeguard_warmup=True)", "optax.contrib.dadapt_adamw(0.5, weight_decay=0.1)", "optax.contrib.muon(0.1, nesterov=False, weight_decay=0.1, consistent_rms=0.2)", "optax.contrib.muon(0.1, ns_coeffs='dion', adaptive=True)",
    "optax.contrib.sam(optax.sgd(0.1), optax.chain(optax.contrib.normalize(), optax.sgd(0.05)))", "optax.contrib.sam(optax.adam(0.1), optax.sgd(0.05), sync_period=3, reset_state=False)", "optax.contrib.reduce_on_plateau(factor=0.5, patience=1)", "optax.contrib.reduce_on_plateau(factor=0.5, patience=1, cooldown=2, rtol=0.3)", "optax.contrib.reduce_on_plateau(factor=0.5, patience=1, accumulation_size=2)",
    "optax.contrib.split_real_and_imaginary(optax.adam(0.1))",
]
CALLS = [
    "O.power_iteration(arr([[2., 1.], [1., 3.]]))", "O.matrix_inverse_pth_root(arr([[2., 1.], [1., 3.]]), 4)", "O.matrix_inverse_pth_root(arr([[2., 1., 0.], [1., 3., 0.5], [0., 0.5, 1.]]), 2)", "O.nnls(arr([[1., 0.5], [0.25, 2.], [1., 1.]]), arr([1., -2., 0.5]), 50)", "O.tree_utils.tree_allclose({'a': F(2)}, {'a': F(2)})", "O.tree_utils.tree_max({'a': F(2), 'b': F(3)})", "O.tree_utils.tree_min({'a': F(2), 'b': F(3)})",
    "O.transforms.per_example_global_norm_clip([F(4, 3), F(4, 2, seed=5)], 1.5)", "O.transforms.per_example_layer_norm_clip([F(4, 3), F(4, 2, seed=5)], 1.5, uniform=False)",
]


def optimizer(source):
    tx, data = make_optim.build(source)
    if "(optax." in source:
        data = {"kind": None, "python": source}
    tx = optax.with_extra_args_support(tx)
    params, updates = make_optim.PARAMS, []
    state = tx.init(params)
    for g, v in zip(make_optim.GRADS, VALUES):
        extra = {} if "sam" in source else {"value": jnp.float32(v)}
        u, state = tx.update(g, state, params, **extra)
        params = optax.apply_updates(params, u)
        updates.append(value(u))
    return {**data, "kind": "optimizer", "updates": updates, "params": value(params)}


if __name__ == "__main__":
    records = [optimizer(s) for s in OPTIMIZERS]
    records += [{"kind": "call", **run(s, {"O": Proxy(optax)})} for s in CALLS]
    write("contrib.json", records, {"optax": optax.__version__, "values": VALUES})
