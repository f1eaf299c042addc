// The mathematical functions' throughput: nanoseconds an element on one thread, beside a plain JavaScript loop.
// Run with: npx tsx bench/scalar-math.ts [function ...]
import {
  binaryFunctions,
  elementwiseModule,
  type FloatFormat,
  float32Format,
  float64Format,
  unaryFunctions,
} from "../xla-like/5-emit/scalar/index.js";
import { loadJit, type NativeJit } from "../xla-like/runtime/native.js";

const n = 1 << 14;
const lanes = 64;
type Floats = Float32Array | Float64Array;

const plain: Readonly<Record<string, (x: number, y: number) => number>> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atan2: Math.atan2,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  logistic: (x) => 1 / (1 + Math.exp(-x)),
  pow: (x, y) => x ** y,
  remainder: (x, y) => x % y,
  rsqrt: (x) => 1 / Math.sqrt(x),
  sin: Math.sin,
  sinh: Math.sinh,
  tan: Math.tan,
  tanh: Math.tanh,
};

/** The median time of a run, in nanoseconds an element. */
function time(run: () => void): number {
  for (let i = 0; i < 3; i++) run();
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    run();
    return ((performance.now() - start) * 1e6) / n;
  });
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** Arguments inside most functions' domains; what matters is only that they are ordinary. */
function argumentsOf(name: string, format: FloatFormat, which: number): Floats {
  const [lo, hi] = /^a(cos|sin|tanh)$|^erfInv$/.test(name)
    ? [-0.99, 0.99]
    : /^(acosh|log|rsqrt|pow)/.test(name)
      ? [1, 9]
      : [-9, 9];
  const out = format.bits === 32 ? new Float32Array(n) : new Float64Array(n);
  return out.map((_, i) => lo + (hi - lo) * ((i * 0.6180339887 + which * 0.37) % 1));
}

function measure(jit: NativeJit, name: string, format: FloatFormat): { compile: number; native: number; js?: number } {
  const unary = unaryFunctions[name as keyof typeof unaryFunctions];
  const binary = binaryFunctions[name as keyof typeof binaryFunctions];
  const inputs = (unary === undefined ? [0, 1] : [0]).map((which) => argumentsOf(name, format, which));
  const start = performance.now();
  const ir = elementwiseModule({
    name: "kernel",
    format,
    lanes: (lanes * 32) / format.bits,
    target: { fma: true },
    inputs: inputs.length,
    emit: (f, [x, y]) => (unary === undefined ? binary(f, x!, y!) : unary(f, x!)),
  });
  const kernel = jit.jitCompile(ir, ["kernel"]);
  const compile = performance.now() - start;
  const out = inputs[0]!.slice();
  const native = time(() => jit.jitRun(kernel, "kernel", [...inputs, out], n));
  jit.jitRelease(kernel);
  const f = plain[name];
  if (f === undefined) return { compile, native };
  const [x, y] = [inputs[0]!, inputs[1] ?? inputs[0]!];
  const js = time(() => {
    for (let i = 0; i < n; i++) out[i] = f(x[i]!, y[i]!);
  });
  return { compile, native, js };
}

const loaded = loadJit();
if (!loaded.ok) {
  console.log(`no compiler: ${loaded.reason}`);
} else {
  const asked = process.argv.slice(2);
  const names = asked.length > 0 ? asked : [...Object.keys(unaryFunctions), ...Object.keys(binaryFunctions)];
  console.log("function        type     compile ms   ns/element   JavaScript");
  for (const name of names) {
    for (const format of [float32Format, float64Format]) {
      const { compile, native, js } = measure(loaded.jit, name, format);
      const cells = [
        compile.toFixed(1).padStart(10),
        native.toFixed(2).padStart(12),
        (js?.toFixed(1) ?? "").padStart(12),
      ];
      console.log(`${name.padEnd(16)}float${format.bits}${cells.join(" ")}`);
    }
  }
}
