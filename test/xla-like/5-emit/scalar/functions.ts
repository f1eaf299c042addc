// Compiles one function of the scalar module into a kernel and runs it over arrays.
import {
  binaryFunctions,
  elementwiseModule,
  type FloatFormat,
  float32Format,
  float64Format,
  type ScalarTarget,
  unaryFunctions,
} from "../../../../xla-like/5-emit/scalar/index.js";
import { type JitOptions, loadJit } from "../../../../xla-like/runtime/native.js";

const loaded = loadJit();

/** Undefined where the addon has no compiler; tests are then skipped, and say why in their names. */
export const jit = loaded.ok ? loaded.jit : undefined;
export const whyNoJit = loaded.ok ? "" : ` (skipped: ${loaded.reason})`;

export interface Machine {
  readonly name: string;
  readonly fma: boolean;
  readonly options: JitOptions;
  /** Bits of a vector register. */
  readonly vector: number;
  readonly scales?: boolean;
}

const x64 = process.arch === "x64";
const host: Machine = { name: "this processor", fma: true, options: {}, vector: 512 };
const scaling = jit?.jitTarget().features.split(",").includes("+avx512f") === true;
/** This processor, and on x86 two poorer ones, and this one with what only AVX-512 has. */
export const machines: readonly Machine[] = x64
  ? [
      host,
      { name: "AVX2", fma: true, options: { features: "+avx2,+fma" }, vector: 256 },
      { name: "SSE2", fma: false, options: { cpu: "x86-64", features: "" }, vector: 128 },
      ...(scaling ? [{ ...host, name: "AVX-512", scales: true }] : []),
    ]
  : [host];

export type Floats = Float32Array | Float64Array;
export type FunctionName = keyof typeof unaryFunctions | keyof typeof binaryFunctions;

function isUnary(name: FunctionName): name is keyof typeof unaryFunctions {
  return name in unaryFunctions;
}

export function irOf(name: FunctionName, format: FloatFormat, lanes: number, target: ScalarTarget): string {
  return elementwiseModule({
    name: "kernel",
    format,
    lanes,
    target,
    inputs: isUnary(name) ? 1 : 2,
    emit: (f, [x, y]) => (isUnary(name) ? unaryFunctions[name](f, x!) : binaryFunctions[name](f, x!, y!)),
  });
}

const targetOf = ({ fma, scales = false }: Machine): ScalarTarget => ({ fma, scales });

/** f of each element. The arrays are padded to whole vectors. */
export function apply<T extends Floats>(name: FunctionName, machine: Machine, inputs: readonly T[], lanes?: number): T {
  if (jit === undefined) throw new Error("no compiler");
  const [x] = inputs;
  const format = x instanceof Float32Array ? float32Format : float64Format;
  const width = lanes ?? machine.vector / format.bits;
  const padded = Math.ceil(x!.length / width) * width;
  const pad = (of?: T): T => {
    const array = format.bits === 32 ? new Float32Array(padded) : new Float64Array(padded);
    if (of !== undefined) array.set(of);
    return array as T;
  };
  const out = pad();
  const kernel = jit.jitCompile(irOf(name, format, width, targetOf(machine)), ["kernel"], machine.options);
  jit.jitRun(kernel, "kernel", [...inputs.map(pad), out], padded);
  jit.jitRelease(kernel);
  return out.subarray(0, x!.length) as T;
}

/** |got - want| in units of the last place of want, which is more exact than got; 0 where both are the same special. */
export function float32Ulps(got: number, want: number): number {
  if (Number.isNaN(want)) return Number.isNaN(got) ? 0 : Number.POSITIVE_INFINITY;
  const rounded = Math.fround(want);
  if (Object.is(got, rounded)) return Math.abs(rounded) === Number.POSITIVE_INFINITY ? 0 : ulpsApart(got, want);
  // -0 for 0 is as wrong as can be; a denormal that vanishes is not.
  if (got === 0 && rounded === 0) return Number.POSITIVE_INFINITY;
  if (!Number.isFinite(got) || !Number.isFinite(rounded)) {
    // Next to the overflow threshold either may round away.
    const limit = 2 ** 128;
    const value = (v: number) => (Number.isFinite(v) ? v : Math.sign(v) * limit);
    return ulpsApart(value(got), Number.isFinite(want) ? want : value(want));
  }
  return ulpsApart(got, want);
}

function ulpsApart(got: number, want: number): number {
  const exponent = want === 0 ? -126 : Math.max(-126, Math.min(127, Math.floor(Math.log2(Math.abs(want)))));
  return Math.abs(got - want) / 2 ** (exponent - 23);
}

const view = new DataView(new ArrayBuffer(8));
function ordinal(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many float64 lie between two, both of which are rounded. */
export function float64Steps(got: number, want: number): number {
  if (Number.isNaN(want)) return Number.isNaN(got) ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isNaN(got) || (got === 0 && want === 0 && !Object.is(got, want))) return Number.POSITIVE_INFINITY;
  const apart = ordinal(got) - ordinal(want);
  return Number(apart < 0n ? -apart : apart);
}
