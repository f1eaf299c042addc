"""How NumPy prints arrays: printing.json."""
import json
import os

import numpy as np

from encode import HERE, array

CASES = [
    (np.float32([1, 2, 3]), {}),
    (np.float32([1.5, 2.25, 1e10]), {}),
    (np.float32([1e-5, 1]), {}),
    (np.float32([0.1, 0.2]), {}),
    (np.float32([np.nan, np.inf, -1]), {}),
    (np.float32([np.nan, -np.inf]), {}),
    (np.float32([1e8, 1]), {}),
    (np.float32([123456.7, 0.001]), {}),
    (np.float32([99999999, 1]), {}),
    (np.float32([0, 1e-4]), {}),
    (np.float32([0.00009]), {}),
    (np.float32([-0.0, 0.0]), {}),
    (np.float32([1 / 3, 2 / 3, 1]), {}),
    (np.float32([[1.5, -2.25], [1000, 3]]), {}),
    (np.float32(3.5), {}),
    (np.float32(1e-10), {}),
    (np.float32(123456789), {}),
    (np.float64([1 / 3, 2 / 3]), {}),
    (np.float64([1e100, 1e-100]), {}),
    (np.float64([0.1, 0.25]), {"precision": 1}),
    (np.float16([0.1, 100]), {}),
    (np.float16([0.1, 0.333]), {}),
    (np.array([True, False]), {}),
    (np.array(True), {}),
    (np.int32([1, -20, 3]), {}),
    (np.uint8([[1, 20], [255, 3]]), {}),
    (np.int64([2**40, -1]), {}),
    (np.complex64([1 + 2j, -3.5 - 1e-9j, 0]), {}),
    (np.complex64(1 - 2j), {}),
    (np.complex64([1 + 2j, np.nan]), {}),
    (np.complex64([1e10 + 1j, 2]), {}),
    (np.complex128([[1j, 2], [3, 4.5j]]), {}),
    (np.zeros(0, np.float32), {}),
    (np.zeros((3, 0, 2), np.float32), {}),
    (np.arange(24, dtype=np.float32).reshape(2, 3, 4), {}),
    (np.arange(40, dtype=np.int32), {}),
    (np.arange(2000, dtype=np.int32), {}),
    (np.arange(4000, dtype=np.int32).reshape(2, 2000), {}),
    (np.arange(1001, dtype=np.float32).reshape(1001, 1), {}),
    (np.zeros((40, 30), np.float32), {}),
    (np.linspace(0, 1, 30).astype(np.float32), {}),
    (np.float32([1.23456789, 2]), {"precision": 3}),
    (np.float32([1.23456789e-5, 2]), {"precision": 3, "suppress_small": True}),
    (np.arange(5, dtype=np.float32), {"separator": ", "}),
    (np.arange(6, dtype=np.float32).reshape(2, 3), {"separator": ", ", "prefix": "Tensor("}),
    (np.arange(100, dtype=np.int32), {"threshold": 10, "edgeitems": 2}),
    (np.arange(30, dtype=np.int32), {"max_line_width": 30}),
]

records = [{"array": array(x), "options": options, "text": np.array2string(x, **options)} for x, options in CASES]
with open(os.path.join(HERE, "printing.json"), "w") as f:
    body = ",\n".join(json.dumps(r, separators=(",", ":")) for r in records)
    f.write('{"meta":{"jax":"0.10.2","numpy":"%s"},"records":[\n%s\n]}\n' % (np.__version__, body))
