"""A GPT-2 of a toy's size with random weights, as `transformers` saves it, and its logits: test/golden/gpt2.

Run with torch and transformers installed:

    python test/golden/make_gpt2.py
"""

import json
from pathlib import Path

import torch
import transformers

HERE = Path(__file__).parent / "gpt2"

torch.manual_seed(0)
config = transformers.GPT2Config(vocab_size=48, n_positions=16, n_embd=16, n_layer=2, n_head=2)
model = transformers.GPT2LMHeadModel(config).eval()
with torch.no_grad():
    # Random where transformers starts with zeros, ones and small numbers: every leaf has to matter.
    for parameter in model.parameters():
        parameter.normal_(0, 0.3)
    tokens = torch.randint(0, config.vocab_size, (2, 12))
    logits = model(tokens).logits

model.save_pretrained(HERE, max_shard_size="12KB")
model.save_pretrained(HERE / "single")
for name in ("config.json", "generation_config.json"):
    (HERE / "single" / name).unlink(missing_ok=True)
(HERE / "single" / "model.safetensors").rename(HERE / "model.safetensors")
(HERE / "single").rmdir()
(HERE / "generation_config.json").unlink(missing_ok=True)
keep = ("n_layer", "n_head", "n_embd", "vocab_size", "n_positions", "layer_norm_epsilon", "activation_function")
(HERE / "config.json").write_text(json.dumps({k: getattr(config, k) for k in keep}, indent=1) + "\n")
(HERE / "logits.json").write_text(
    json.dumps({"transformers": transformers.__version__, "tokens": tokens.tolist(), "logits": logits.tolist()}) + "\n"
)
