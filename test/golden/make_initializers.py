"""jax.nn.initializers: the values they make.

Run: a virtual environment with jax==0.10.2 (CPU), then `python make_initializers.py`. Writes initializers.json.
{python, key, shape, out}: `python` makes the initializer I, which is called as I(jax.random.key(key), shape).
"""
import jax
import jax.nn.initializers as I

from encode import value, write

CASES = [
    ("zeros", (2, 3)), ("ones", (2,)), ("constant(2.5)", (2, 2)), ("uniform()", (3,)), ("uniform(0.5)", (2, 2)), ("normal()", (3,)), ("normal(stddev=2.)", (2, 2)), ("truncated_normal(0.5)", (4,)), ("truncated_normal(1., lower=-1., upper=0.5)", (4,)),
    *[(f"{n}_{d}()", (4, 3)) for n in ("glorot", "xavier", "lecun", "he", "kaiming") for d in ("uniform", "normal")], ("lecun_normal()", (3, 3, 2, 4)), ("he_normal(in_axis=-1, out_axis=-2)", (2, 5)), ("glorot_uniform(in_axis=(0, 1), out_axis=2)", (2, 3, 4)), ("he_normal(batch_axis=0)", (2, 3, 4)),
    *[(f"variance_scaling(1.5, '{m}', '{d}')", (4, 6)) for m in ("fan_in", "fan_out", "fan_avg", "fan_geo_avg") for d in ("truncated_normal", "normal", "uniform")],
    ("variance_scaling(1., 'fan_in', 'normal', dtype='complex64')", (2, 3)), ("variance_scaling(1., 'fan_in', 'uniform', dtype='complex64')", (2, 3)), ("variance_scaling(1., 'fan_in', 'truncated_normal', dtype='complex64')", (2, 3)), ("normal(0.5, dtype='bfloat16')", (4,)),
    ("orthogonal()", (3, 3)), ("orthogonal(2.)", (4, 2)), ("orthogonal()", (2, 4)), ("orthogonal(column_axis=0)", (3, 2)), ("orthogonal()", (2, 2, 3)), ("delta_orthogonal()", (3, 2, 2)), ("delta_orthogonal(1.5)", (3, 3, 2, 3)),
]

if __name__ == "__main__":
    records = []
    for source, shape in CASES:
        init = eval(source, {n: getattr(I, n) for n in dir(I)})
        records.append({"python": source, "key": 7, "shape": list(shape), "out": value(init(jax.random.key(7), shape))})
    write("initializers.json", records)
