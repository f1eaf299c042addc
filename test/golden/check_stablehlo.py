"""Runs every program of stablehlo/*.mlir with JAX's compiler on its CPU and compares with stablehlo/values.json.

make-stablehlo.ts writes both. Run by hand: python check_stablehlo.py
"""
import base64
import json
import pathlib
import sys

import jax
import ml_dtypes
import numpy as np
from jax._src import xla_bridge
from jax._src.lib import xla_client

jax.config.update("jax_enable_x64", True)

SEPARATOR = "\n// -----\n"
# Relative, and absolute below one: a few units in the last place, as functions differ in theirs.
TOLERANCE = {
    "float16": 2e-3,
    "bfloat16": 1.6e-2,
    "float32": 1e-5,
    "complex64": 1e-5,
    "float64": 1e-12,
    "complex128": 1e-12,
}


def decode(record):
    dtype = ml_dtypes.bfloat16 if record["dtype"] == "bfloat16" else np.dtype(record["dtype"])
    return np.frombuffer(base64.b64decode(record["data"]), dtype).reshape(record["shape"])


def run(backend, text, inputs):
    devices = xla_client.DeviceList(tuple(backend.local_devices()[:1]))
    program = backend.compile_and_load(text, devices, xla_client.CompileOptions())
    results = program.execute_sharded([jax.device_put(x) for x in inputs])
    return [np.asarray(arrays[0]) for arrays in results.disassemble_into_single_device_arrays()]


def difference(wanted, found):
    if (wanted.dtype, wanted.shape) != (found.dtype, found.shape):
        return f"{found.dtype}{list(found.shape)} instead of {wanted.dtype}{list(wanted.shape)}"
    tolerance = TOLERANCE.get(wanted.dtype.name)
    if tolerance is None:
        return None if np.array_equal(wanted, found) else f"{found} instead of {wanted}"
    wide = np.complex128 if wanted.dtype.kind == "c" else np.float64
    close = np.isclose(found.astype(wide), wanted.astype(wide), rtol=tolerance, atol=tolerance, equal_nan=True)
    return None if close.all() else f"{found[~close]} instead of {wanted[~close]}"


def main():
    directory = pathlib.Path(__file__).parent / "stablehlo"
    values = json.loads((directory / "values.json").read_text())
    backend = xla_bridge.get_backend("cpu")
    programs = arrays = 0
    failures = []
    for path in sorted(directory.glob("*.mlir")):
        texts = path.read_text().split(SEPARATOR)
        records = values.pop(path.stem)
        if len(texts) != len(records):
            failures.append(f"{path.name}: {len(texts)} programs, but values of {len(records)}")
        for text, record in zip(texts, records):
            title = f"{path.name}: {text.strip().splitlines()[0][3:]}"
            programs += 1
            try:
                found = run(backend, text, [decode(x) for x in record["inputs"]])
                wanted = [decode(x) for x in record["outputs"]]
                if len(found) != len(wanted):
                    failures.append(f"{title}: {len(found)} results instead of {len(wanted)}")
                for k, (w, f) in enumerate(zip(wanted, found)):
                    arrays += 1
                    wrong = difference(w, f)
                    if wrong:
                        failures.append(f"{title}: result {k}: {wrong}")
            except Exception as error:  # whatever the compiler says is the finding
                failures.append(f"{title}: {str(error).splitlines()[0]}")
    failures += [f"{name}.mlir is missing" for name in values]
    print(f"jax {jax.__version__}: {programs} programs, {arrays} results, {len(failures)} failures")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
