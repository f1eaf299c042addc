/** GPT-2, with parameters named as in the checkpoints of Hugging Face. Source: Radford et al., 2019. */
import { nn, numpy as np, type Tensor } from "cotangent";

export interface Config {
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_embd: number;
  readonly vocab_size: number;
  readonly n_positions: number;
  readonly layer_norm_epsilon: number;
}

type Affine = { weight: Tensor; bias: Tensor };

interface Block {
  ln_1: Affine;
  attn: { c_attn: Affine; c_proj: Affine };
  ln_2: Affine;
  mlp: { c_fc: Affine; c_proj: Affine };
}

export interface Params {
  wte: { weight: Tensor };
  wpe: { weight: Tensor };
  h: Block[];
  ln_f: Affine;
}

/** Parameters of the right shapes, all zero: what a checkpoint is loaded into. */
export function zeros({ n_layer, n_embd: n, vocab_size, n_positions }: Config): Params {
  const affine = (...weight: number[]): Affine => ({
    weight: np.zeros(weight),
    bias: np.zeros([weight[weight.length - 1]]),
  });
  const block = (): Block => ({
    ln_1: affine(n),
    attn: { c_attn: affine(n, 3 * n), c_proj: affine(n, n) },
    ln_2: affine(n),
    mlp: { c_fc: affine(n, 4 * n), c_proj: affine(4 * n, n) },
  });
  return {
    wte: { weight: np.zeros([vocab_size, n]) },
    wpe: { weight: np.zeros([n_positions, n]) },
    h: Array.from({ length: n_layer }, block),
    ln_f: affine(n),
  };
}

const linear = (x: Tensor, { weight, bias }: Affine): Tensor => np.matmul(x, weight).add(bias);

function layerNorm(x: Tensor, { weight, bias }: Affine, epsilon: number): Tensor {
  const centred = x.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(epsilon)))
    .mul(weight)
    .add(bias);
}

function attention(x: Tensor, { c_attn, c_proj }: Block["attn"], heads: number): Tensor {
  const [batch, length, width] = x.shape;
  const split = (t: Tensor): Tensor => t.reshape([batch, length, heads, width / heads]);
  const [q, k, v] = np.split(linear(x, c_attn), 3, -1).map(split);
  return linear(nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([batch, length, width]), c_proj);
}

/** The logits of the next token at every place: `[batch, length]` → `[batch, length, vocab_size]`. */
export function gpt2(params: Params, tokens: Tensor, { n_head, layer_norm_epsilon: epsilon }: Config): Tensor {
  const { wte, wpe, h, ln_f } = params;
  let x = np.take(wte.weight, tokens, 0).add(wpe.weight.slice([0, tokens.shape[1]]));
  for (const { ln_1, attn, ln_2, mlp } of h) {
    x = x.add(attention(layerNorm(x, ln_1, epsilon), attn, n_head));
    x = x.add(linear(nn.gelu(linear(layerNorm(x, ln_2, epsilon), mlp.c_fc)), mlp.c_proj));
  }
  // The embedding is the output layer as well.
  return np.matmul(layerNorm(x, ln_f, epsilon), wte.weight.T);
}
