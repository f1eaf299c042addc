"""JAX on the workloads of bench/workloads. Protocol: see serve.py."""
import time, functools
import numpy as np, jax, jax.numpy as jnp, optax
from serve import budget, serve
rng = np.random.default_rng(0)
A = lambda *s, sc=1.0: jnp.asarray((rng.standard_normal(s) * sc).astype(np.float32))
def med(f, n=None, **_):
    jax.block_until_ready(f()); jax.block_until_ready(f())
    t0 = time.perf_counter(); jax.block_until_ready(f()); one = time.perf_counter() - t0
    n = n or max(5, min(400, int(budget() / max(one, 1e-6))))
    ts = []
    for _ in range(n):
        t0 = time.perf_counter(); jax.block_until_ready(f()); ts.append(time.perf_counter() - t0)
    return float(np.median(ts) * 1e3)
W = {}
def w(f): W[f.__name__] = f; return f
@w
def matmul1024():
    a, b = A(1024, 1024), A(1024, 1024); f = jax.jit(jnp.matmul); return med(lambda: f(a, b))
def _chain(n):
    x = A(n); f = jax.jit(lambda x: jnp.tanh(jnp.sin(x) * 2 + x) * jnp.exp(-x * x)); return med(lambda: f(x))
@w
def chain1m(): return _chain(1 << 20)
@w
def chain16m(): return _chain(1 << 24)
@w
def softmax():
    x = A(4096, 1024); f = jax.jit(lambda x: jax.nn.softmax(x, -1)); return med(lambda: f(x))
def ln(x, g, b):
    m = x.mean(-1, keepdims=True); v = ((x - m) ** 2).mean(-1, keepdims=True)
    return (x - m) * jax.lax.rsqrt(v + 1e-5) * g + b
@w
def layernorm_grad():
    x, g, b, k = A(4096, 1024), A(1024), A(1024), A(4096, 1024)
    f = jax.jit(jax.grad(lambda x, g, b: (ln(x, g, b) * k).sum(), (0, 1, 2))); return med(lambda: f(x, g, b))
@w
def cs231n():
    x, y = A(64, 1000), A(64, 1000); p = [A(1000, 100, sc=.03), A(100, 1000, sc=.1)]
    def loss(p): return ((jax.nn.relu(x @ p[0]) @ p[1] - y) ** 2).sum(1).mean()
    @functools.partial(jax.jit, donate_argnums=0)
    def step(p):
        l, g = jax.value_and_grad(loss)(p); return l, jax.tree.map(lambda a, b: a - 1e-5 * b, p, g)
    st = [p]
    def run(): l, st[0] = step(st[0]); return l
    return med(run)
def xent(logits, y): return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1).mean()
def mlp_init(): return [(A(i, o, sc=(2 / i) ** .5), jnp.zeros(o)) for i, o in ((784, 512), (512, 256), (256, 10))]
def mlp_fwd(p, x):
    for i, (W_, b) in enumerate(p):
        x = x @ W_ + b
        if i < len(p) - 1: x = jax.nn.relu(x)
    return x
def train(loss, p, opt):
    s = opt.init(p)
    @functools.partial(jax.jit, donate_argnums=(0, 1))
    def step(p, s):
        l, g = jax.value_and_grad(loss)(p); u, s = opt.update(g, s, p); return l, optax.apply_updates(p, u), s
    st = [p, s]
    def run(): l, st[0], st[1] = step(*st); return l
    return med(run)
@w
def mlp():
    x = A(128, 784); y = jnp.asarray(rng.integers(0, 10, 128))
    return train(lambda p: xent(mlp_fwd(p, x), y), mlp_init(), optax.sgd(.1, momentum=.9))
@w
def convnet():
    x = A(64, 28, 28, 1); y = jnp.asarray(rng.integers(0, 10, 64))
    p = dict(c1=A(3, 3, 1, 32, sc=.3), c2=A(3, 3, 32, 64, sc=.06), b1=jnp.zeros(32), b2=jnp.zeros(64), w1=A(3136, 128, sc=.02), d1=jnp.zeros(128), w2=A(128, 10, sc=.1), d2=jnp.zeros(10))
    conv = lambda x, k: jax.lax.conv_general_dilated(x, k, (1, 1), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))
    pool = lambda x: jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), 'VALID')
    def loss(p):
        h = pool(jax.nn.relu(conv(x, p['c1']) + p['b1'])); h = pool(jax.nn.relu(conv(h, p['c2']) + p['b2']))
        h = jax.nn.relu(h.reshape(64, -1) @ p['w1'] + p['d1']); return xent(h @ p['w2'] + p['d2'], y)
    return train(loss, p, optax.adam(1e-3))
def _gpt(L, D, H, S, B, V, dt):
    idx = jnp.asarray(rng.integers(0, V, (B, S))); tgt = jnp.asarray(rng.integers(0, V, (B, S)))
    p = dict(e=A(V, D, sc=.02), pos=A(S, D, sc=.02), lf=(jnp.ones(D), jnp.zeros(D)), blocks=[dict(l1=(jnp.ones(D), jnp.zeros(D)), qkv=A(D, 3 * D, sc=.02), o=A(D, D, sc=.02), l2=(jnp.ones(D), jnp.zeros(D)), up=A(D, 4 * D, sc=.02), bu=jnp.zeros(4 * D), dn=A(4 * D, D, sc=.02), bd=jnp.zeros(D)) for _ in range(L)])
    mask = jnp.tril(jnp.ones((S, S), bool)); c = lambda a: a.astype(dt); f32 = lambda a: a.astype(jnp.float32)
    norm = lambda x, p: c(ln(f32(x), *p))
    def attend(*qkv):
        if dt == jnp.bfloat16 and jax.default_backend() == 'gpu': return jax.nn.dot_product_attention(*qkv, is_causal=True, implementation='cudnn')
        q, k, v = (a.transpose(0, 2, 1, 3) for a in qkv)
        s = jnp.where(mask, q @ k.transpose(0, 1, 3, 2) / (D // H) ** .5, -1e9)
        return (c(jax.nn.softmax(f32(s), -1)) @ v).transpose(0, 2, 1, 3)
    def loss(p):
        x = c(p['e'][idx] + p['pos'])
        for b in p['blocks']:
            q, k, v = jnp.split(norm(x, b['l1']) @ c(b['qkv']), 3, -1)
            h = lambda a: a.reshape(B, S, H, D // H)
            x = x + attend(h(q), h(k), h(v)).reshape(B, S, D) @ c(b['o'])
            x = x + jax.nn.gelu(norm(x, b['l2']) @ c(b['up']) + c(b['bu'])) @ c(b['dn']) + c(b['bd'])
        lg = f32(norm(x, p['lf']) @ c(p['e']).T)
        return -jnp.take_along_axis(jax.nn.log_softmax(lg), tgt[..., None], -1).mean()
    return train(loss, p, optax.adamw(1e-3))
@w
def gpt(): return _gpt(4, 256, 4, 128, 8, 512, jnp.float32)
@w
def gpt12(): return _gpt(12, 768, 12, 1024, 8, 50304, jnp.bfloat16)
def _gemm(n):
    a, b = A(n, n).astype(jnp.bfloat16), A(n, n).astype(jnp.bfloat16); f = jax.jit(jnp.matmul); return med(lambda: f(a, b))
@w
def gemm4096_bf16(): return _gemm(4096)
@w
def gemm8192_bf16(): return _gemm(8192)
@w
def lstm():
    T, B, H = 100, 32, 128
    x = A(T, B, H); p = (A(H, 4 * H, sc=.05), A(H, 4 * H, sc=.05), jnp.zeros(4 * H))
    def loss(p):
        def f(c, xt):
            h, s = c; i, g, fg, o = jnp.split(xt @ p[0] + h @ p[1] + p[2], 4, -1)
            s = jax.nn.sigmoid(fg + 1) * s + jax.nn.sigmoid(i) * jnp.tanh(g); h = jax.nn.sigmoid(o) * jnp.tanh(s); return (h, s), h
        z = jnp.zeros((B, H)); _, hs = jax.lax.scan(f, (z, z), x); return (hs ** 2).mean()
    f = jax.jit(jax.value_and_grad(loss)); return med(lambda: f(p))
@w
def per_example():
    x = A(128, 784); y = jnp.asarray(rng.integers(0, 10, 128)); p = mlp_init()
    f = jax.jit(jax.vmap(jax.grad(lambda p, x, y: xent(mlp_fwd(p, x[None]), y[None])), (None, 0, 0))); return med(lambda: f(p, x, y))
@w
def frob1000():
    a, b = A(1000, 100, 100), A(1000, 100, 100)
    f = jax.jit(lambda a, b: jnp.sqrt(((a @ b) ** 2).sum((1, 2)))); return med(lambda: f(a, b))
@w
def sort1m():
    x = A(1 << 20); f = jax.jit(jnp.sort); return med(lambda: f(x))
@w
def cumsum1m():
    x = A(1000, 1000); f = jax.jit(lambda x: jnp.cumsum(x, 1)); return med(lambda: f(x))
@w
def embed_grad():
    t = A(10000, 128); i = jnp.asarray(rng.integers(0, 10000, 8192)); f = jax.jit(jax.grad(lambda t: jnp.tanh(t[i]).sum())); return med(lambda: f(t))
@w
def cholesky512():
    a = A(512, 512); s = a @ a.T + 512 * jnp.eye(512); f = jax.jit(jnp.linalg.cholesky); return med(lambda: f(s))
def _call(n):
    t = [jnp.float32(i) for i in range(n)]; f = jax.jit(lambda t: [x + 1 for x in t]); f(t)
    k = 20000 if n == 1 else 1000
    best = []
    for _ in range(5):
        t0 = time.perf_counter()
        for _ in range(k): r = f(t)
        jax.block_until_ready(r); best.append((time.perf_counter() - t0) / k)
    return float(np.median(best) * 1e3)
@w
def call1(): return _call(1)
@w
def call100(): return _call(100)


serve(W)
