"""Files that Python's tools write, and what Python reads from ours: test/golden/files.

Run with numpy, ml_dtypes, safetensors and torch installed, after `npx tsx test/golden/make-our-files.ts`:

    python test/golden/make_files.py
"""

import io
import json
import zipfile
from pathlib import Path

import ml_dtypes
import numpy as np
import safetensors
import safetensors.numpy
import safetensors.torch
import torch

HERE = Path(__file__).parent / "files"


def described(x):
    """Type, shape and little-endian bytes in row-major order."""
    x = np.asarray(x)
    little = x.astype(x.dtype.newbyteorder("<")) if x.dtype.kind in "iufc" else x
    return {"dtype": x.dtype.newbyteorder("=").name, "shape": list(x.shape), "hex": little.tobytes("C").hex()}


def samples():
    rng = np.random.default_rng(5)
    out = {}
    for name in "int8 int16 int32 int64 uint8 uint16 uint32 uint64".split():
        info = np.iinfo(name)
        out[name] = np.array([[info.min, info.max, 1], [2, 3, 4]], name)
    for name in "float16 float32 float64".split():
        out[name] = np.concatenate([rng.standard_normal(3), [np.nan, np.inf, -0.0]]).astype(name).reshape(3, 2)
    for name in "complex64 complex128".split():
        out[name] = (rng.standard_normal((2, 2)) + 1j * rng.standard_normal((2, 2))).astype(name)
    out["bool"] = np.array([True, False, True])
    out["scalar"] = np.array(2.5, np.float32)
    out["empty"] = np.zeros((0, 3), np.int32)
    out["big"] = rng.standard_normal((40, 30)).astype(np.float32)
    return out


def write_safetensors(expected):
    data = samples()
    del data["complex128"]  # not in the format
    plain = {k: v for k, v in data.items()}
    safetensors.numpy.save_file(plain, HERE / "numpy.safetensors", metadata={"made by": "numpy", "ü": "€"})
    expected["numpy.safetensors"] = {k: described(v) for k, v in plain.items()}
    torch_data = {
        "layers.0.weight": torch.arange(12, dtype=torch.float32).reshape(3, 4) / 7,
        "layers.0.half": torch.linspace(-3, 3, 5).to(torch.float16),
        "layers.0.brain": torch.linspace(-3, 3, 5).to(torch.bfloat16),
        "steps": torch.tensor(12345678901234, dtype=torch.int64),
        "mask": torch.tensor([True, False]),
    }
    safetensors.torch.save_file(torch_data, HERE / "torch.safetensors", metadata={"format": "pt"})
    expected["torch.safetensors"] = {
        k: described(v.view(torch.int16).numpy().view(ml_dtypes.bfloat16) if v.dtype == torch.bfloat16 else v.numpy())
        for k, v in torch_data.items()
    }


def write_npy(expected):
    arrays = samples()
    for name, x in arrays.items():
        np.save(HERE / f"{name}.npy", x)
        expected[f"{name}.npy"] = described(x)
    x = arrays["float32"]
    order = {
        "fortran": np.asfortranarray(np.arange(24, dtype=np.int16).reshape(2, 3, 4)),
        "big-endian": x.astype(">f4"),
        "fortran-big-endian": np.asfortranarray(arrays["complex128"].astype(">c16")),
        "big-endian-int64": arrays["int64"].astype(">i8"),
    }
    for name, x in order.items():
        np.save(HERE / f"{name}.npy", x)
        expected[f"{name}.npy"] = described(x)
    for version in ((2, 0), (3, 0)):
        name = f"version-{version[0]}.npy"
        with open(HERE / name, "wb") as f:
            np.lib.format.write_array(f, arrays["big"][:2], version=version)
        expected[name] = described(arrays["big"][:2])
    for name in ("objects", "strings", "records"):
        x = {
            "objects": np.array([1, "a", None], object),
            "strings": np.array(["a", "bc"]),
            "records": np.zeros(2, [("a", "<f4"), ("b", "<i4")]),
        }[name]
        np.save(HERE / f"refused-{name}.npy", x, allow_pickle=True)


def write_npz(expected):
    arrays = samples()
    del arrays["big"]
    np.savez(HERE / "stored.npz", **arrays)
    np.savez_compressed(HERE / "deflated.npz", **arrays)
    for name in ("stored.npz", "deflated.npz"):
        expected[name] = {k: described(v) for k, v in arrays.items()}


def read_ours():
    """What Python makes of files that cotangent wrote."""
    out = {}
    path = HERE / "ours.safetensors"
    with safetensors.safe_open(path, "pt") as f:
        tensors = {k: f.get_tensor(k) for k in f.keys()}
        out["metadata"] = sorted(f.metadata())
    out["ours.safetensors"] = {
        k: described(v.view(torch.int16).numpy().view(ml_dtypes.bfloat16) if v.dtype == torch.bfloat16 else v.numpy())
        for k, v in tensors.items()
    }
    out["ours.npz"] = {k: described(v) for k, v in np.load(HERE / "ours.npz").items()}
    with zipfile.ZipFile(HERE / "ours.npz") as z:
        assert z.testzip() is None
        out["npy"] = {n: described(np.load(io.BytesIO(z.read(n)))) for n in z.namelist()}
    return out


def main():
    HERE.mkdir(exist_ok=True)
    expected = {}
    write_safetensors(expected)
    write_npy(expected)
    write_npz(expected)
    (HERE / "python.json").write_text(json.dumps(expected, indent=1) + "\n")
    if (HERE / "ours.safetensors").exists():
        (HERE / "ours-in-python.json").write_text(json.dumps(read_ours(), indent=1) + "\n")


main()
