/**
 * What a call costs besides the computation: `npx tsx bench/dispatch.ts [--fake]`.
 *
 * With `--fake` programs run once and give their first results ever after, so that only the dispatch is measured; else
 * everything runs on the default device.
 */
import { type Executable, referenceClient } from "../xla-like/index.js";

const fake = process.argv.includes("--fake");
if (fake) fakePrograms();
const { defaultDevice, grad, jit, numpy: np, tree, valueAndGrad, vmap } = await import("../src/index.js");
if (fake) defaultDevice("reference:0");
type Tensor = import("../src/index.js").Tensor;

/** Programs that are not run again. */
function fakePrograms(): void {
  const client = referenceClient();
  const compile = client.compile.bind(client);
  client.compile = (module, device): Executable => {
    const executable = compile(module, device);
    let first: ReturnType<Executable["execute"]> | undefined;
    const execute: Executable["execute"] = (args) => {
      first ??= executable.execute(args);
      return first;
    };
    return { module, execute };
  };
}

/** Microseconds of a call, as means of short rounds: the best round, and the one in the middle. */
function microseconds(call: () => unknown): { readonly best: number; readonly median: number } {
  // The engine compiles what is called often, which takes a while on a busy machine.
  const until = performance.now() + 400;
  let calls = 0;
  while (performance.now() < until) {
    call();
    calls++;
  }
  const perRound = Math.max(1, Math.ceil(calls / 200));
  const rounds: number[] = [];
  for (let round = 0; round < 101; round++) {
    const start = performance.now();
    for (let i = 0; i < perRound; i++) call();
    rounds.push(((performance.now() - start) * 1000) / perRound);
  }
  rounds.sort((a, b) => a - b);
  return { best: rounds[0], median: rounds[50] };
}

const x = np.array([1, 2, 3, 4]);
const y = np.array([5, 6, 7, 8]);
const matrix = np.ones([4, 4]);
const named = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, np.array(i)]));
const listed = Array.from({ length: 100 }, (_, i) => np.array(i));
const layers = Array.from({ length: 25 }, () => ({ w: matrix, b: x, scale: x, shift: y }));
const increment = jit((t: Tensor) => t.add(1));
const incrementAll = jit((t: typeof named) => tree.map((v: Tensor) => v.add(1), t));
const incrementList = jit((t: typeof listed) => t.map((v) => v.add(1)));
const incrementLayers = jit((t: typeof layers) => tree.map((v: Tensor) => v.add(1), t));
const two = jit((a: Tensor, b: Tensor) => a.mul(b));
const scaled = jit((a: Tensor, n: number) => a.mul(n), { staticArgnums: 1 });
const loss = (w: Tensor): Tensor => np.tanh(w.mul(y)).sum();
const mlp = (p: { w: Tensor; b: Tensor }, a: Tensor): Tensor => np.square(np.tanh(np.matmul(a, p.w).add(p.b))).mean();
const jittedLoss = jit(loss);
const params = { w: matrix, b: x };

const cases: Readonly<Record<string, () => unknown>> = {
  "jit, 1 leaf": () => increment(x),
  "jit, 2 leaves": () => two(x, y),
  "jit, a number": () => increment(3),
  "jit, 1 leaf and a static number": () => scaled(x, 2),
  "jit, 100 leaves by name": () => incrementAll(named),
  "jit, 100 leaves in a list": () => incrementList(listed),
  "jit, 100 leaves in 25 layers": () => incrementLayers(layers),
  "np.add(x, y)": () => np.add(x, y),
  "x.add(y)": () => x.add(y),
  "x.mul(2)": () => x.mul(2),
  "x.add(1)": () => x.add(1),
  "x.add(0.1)": () => x.add(0.1),
  "np.sin(x)": () => np.sin(x),
  "x.greater(0)": () => x.greater(0),
  "x.sum()": () => x.sum(),
  "x.reshape(2, 2)": () => x.reshape(2, 2),
  "x.slice(1)": () => x.slice(1),
  "np.matmul(m, m)": () => np.matmul(matrix, matrix),
  "np.array(1)": () => np.array(1),
  "tree.map over 100": () => tree.map((v: Tensor) => v, named),
  "grad(loss)(x)": () => grad(loss)(x),
  "grad(jit(loss))(x)": () => grad(jittedLoss)(x),
  "valueAndGrad(mlp)(params, m)": () => valueAndGrad(mlp)(params, matrix),
  "jit(grad(loss))(x)": (
    (g) => () =>
      g(x)
  )(jit(grad(loss))),
  "vmap(loss)(m)": () => vmap(loss)(matrix),
};

const only = process.argv.slice(2).filter((a) => !a.startsWith("--"));
console.log(`device ${x.device}${fake ? ", programs not run" : ""}`);
for (const [name, call] of Object.entries(cases)) {
  if (only.length > 0 && !only.some((o) => name.includes(o))) continue;
  const { best, median } = microseconds(call);
  console.log(`${name.padEnd(34)} ${median.toFixed(2).padStart(9)} µs   best ${best.toFixed(2).padStart(9)} µs`);
}
