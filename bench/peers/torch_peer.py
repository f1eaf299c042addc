"""PyTorch, eager or compiled (argv[1]), on the workloads of bench/workloads. Protocol: see serve.py.

COTANGENT_BENCH_DEVICE=cuda has everything done on a card, float32 products in TF32 as JAX does them there.
"""
import os, sys, time
import numpy as np, torch, torch.nn.functional as F
from serve import budget, serve
mode = sys.argv[1] if len(sys.argv) > 1 else 'eager'
C = (lambda f: torch.compile(f)) if mode == 'compile' else (lambda f: f)
dev = os.environ.get('COTANGENT_BENCH_DEVICE', 'cpu')
torch.set_default_device(dev); torch.set_float32_matmul_precision('high' if dev == 'cuda' else 'highest')
torch.backends.cudnn.allow_tf32 = True
sync = torch.cuda.synchronize if dev == 'cuda' else (lambda: None)
torch.manual_seed(0); rng = np.random.default_rng(0)
I = lambda a: torch.from_numpy(a).to(dev)
A = lambda *s, sc=1.0: torch.randn(*s) * sc
def med(f, n=None, **_):
    f(); f(); f(); sync(); t0 = time.perf_counter(); f(); sync(); one = time.perf_counter() - t0
    n = n or max(5, min(400, int(budget() / max(one, 1e-6)))); ts = []
    for _ in range(n):
        t0 = time.perf_counter(); f(); sync(); ts.append(time.perf_counter() - t0)
    return float(np.median(ts) * 1e3)
W = {}
def w(f): W[f.__name__] = f; return f
@w
def matmul1024(): a, b = A(1024, 1024), A(1024, 1024); return med(lambda: a @ b)
def _chain(n):
    x = A(n); f = C(lambda x: torch.tanh(torch.sin(x) * 2 + x) * torch.exp(-x * x)); return med(lambda: f(x))
@w
def chain1m(): return _chain(1 << 20)
@w
def chain16m(): return _chain(1 << 24)
@w
def softmax(): x = A(4096, 1024); f = C(lambda x: torch.softmax(x, -1)); return med(lambda: f(x))
@w
def layernorm_grad():
    x, g, b, k = A(4096, 1024).requires_grad_(), A(1024).requires_grad_(), A(1024).requires_grad_(), A(4096, 1024)
    f = C(lambda x, g, b: (F.layer_norm(x, (1024,), g, b) * k).sum()); return med(lambda: torch.autograd.grad(f(x, g, b), (x, g, b)))
def train(loss, params, opt):
    loss = C(loss)
    def run(): opt.zero_grad(); l = loss(); l.backward(); opt.step(); return l
    return med(run)
@w
def cs231n():
    x, y = A(64, 1000), A(64, 1000); p = [(A(1000, 100) * .03).requires_grad_(), (A(100, 1000) * .1).requires_grad_()]
    return train(lambda: ((F.relu(x @ p[0]) @ p[1] - y) ** 2).sum(1).mean(), p, torch.optim.SGD(p, 1e-5))
def mlp_net(): return torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 256), torch.nn.ReLU(), torch.nn.Linear(256, 10))
@w
def mlp():
    n = mlp_net(); x = A(128, 784); y = I(rng.integers(0, 10, 128)); p = list(n.parameters())
    return train(lambda: F.cross_entropy(n(x), y), p, torch.optim.SGD(p, .1, momentum=.9))
@w
def convnet():
    nn = torch.nn; n = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10))
    x = A(64, 1, 28, 28); y = I(rng.integers(0, 10, 64)); p = list(n.parameters())
    return train(lambda: F.cross_entropy(n(x), y), p, torch.optim.Adam(p, 1e-3))
def _gpt(L, D, H, S, B, V, dt):
    nn = torch.nn
    idx = I(rng.integers(0, V, (B, S))); tgt = I(rng.integers(0, V, (B, S)))
    class Blk(nn.Module):
        def __init__(s): super().__init__(); s.l1 = nn.LayerNorm(D); s.qkv = nn.Linear(D, 3 * D, bias=False); s.o = nn.Linear(D, D, bias=False); s.l2 = nn.LayerNorm(D); s.up = nn.Linear(D, 4 * D); s.dn = nn.Linear(4 * D, D)
        def forward(s, x):
            q, k, v = s.qkv(s.l1(x)).split(D, -1); t = lambda a: a.view(B, S, H, D // H).transpose(1, 2)
            x = x + s.o(F.scaled_dot_product_attention(t(q), t(k), t(v), is_causal=True).transpose(1, 2).reshape(B, S, D))
            return x + s.dn(F.gelu(s.up(s.l2(x)), approximate='tanh'))
    class G(nn.Module):
        def __init__(s): super().__init__(); s.e = nn.Embedding(V, D); s.pos = nn.Parameter(A(S, D) * .02); s.bl = nn.ModuleList([Blk() for _ in range(L)]); s.lf = nn.LayerNorm(D)
        def forward(s, i):
            x = s.e(i) + s.pos
            for b in s.bl: x = b(x)
            return s.lf(x) @ s.e.weight.T
    n = G(); p = list(n.parameters())
    def loss():
        with torch.autocast(dev, dt, enabled=dt != torch.float32): return F.cross_entropy(n(idx).reshape(-1, V).float(), tgt.reshape(-1))
    return train(loss, p, torch.optim.AdamW(p, 1e-3))
@w
def gpt(): return _gpt(4, 256, 4, 128, 8, 512, torch.float32)
@w
def gpt12(): return _gpt(12, 768, 12, 1024, 8, 50304, torch.bfloat16)
def _gemm(n): a, b = A(n, n).bfloat16(), A(n, n).bfloat16(); return med(lambda: a @ b)
@w
def gemm4096_bf16(): return _gemm(4096)
@w
def gemm8192_bf16(): return _gemm(8192)
@w
def copy1g():
    # 20 at a time, so that what a wait costs is not counted.
    a = torch.zeros(1 << 28); b = torch.empty_like(a)
    def run():
        for _ in range(20): b.copy_(a)
    return med(run) / 20
@w
def lstm():
    m = torch.nn.LSTM(128, 128); x = A(100, 32, 128); p = list(m.parameters())
    def run():
        o, _ = m(x); return torch.autograd.grad((o ** 2).mean(), p)
    return med(run)
@w
def per_example():
    n = mlp_net(); x = A(128, 784); y = I(rng.integers(0, 10, 128)); ps = dict(n.named_parameters())
    def l(p, x, y): return F.cross_entropy(torch.func.functional_call(n, p, (x[None],)), y[None])
    f = C(torch.func.vmap(torch.func.grad(l), (None, 0, 0))); return med(lambda: f(ps, x, y))
@w
def frob1000():
    a, b = A(1000, 100, 100), A(1000, 100, 100); f = C(lambda a, b: torch.sqrt(((a @ b) ** 2).sum((1, 2)))); return med(lambda: f(a, b))
@w
def sort1m(): x = A(1 << 20); return med(lambda: torch.sort(x))
@w
def cumsum1m(): x = A(1000, 1000); return med(lambda: torch.cumsum(x, 1))
@w
def embed_grad():
    t = A(10000, 128).requires_grad_(); i = I(rng.integers(0, 10000, 8192)); f = C(lambda t: torch.tanh(t[i]).sum()); return med(lambda: torch.autograd.grad(f(t), t))
@w
def cholesky512(): a = A(512, 512); s = a @ a.T + 512 * torch.eye(512); return med(lambda: torch.linalg.cholesky(s))
def _call(n):
    t = [torch.tensor(float(i)) for i in range(n)]; f = C(lambda t: [x + 1 for x in t]); f(t); f(t); k = 20000 if n == 1 else 1000; b = []
    for _ in range(5):
        t0 = time.perf_counter()
        for _ in range(k): r = f(t)
        sync(); b.append((time.perf_counter() - t0) / k)
    return float(np.median(b) * 1e3)
@w
def call1(): return _call(1)
@w
def call100(): return _call(100)


serve(W)
