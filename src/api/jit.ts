import { jitP } from "../control/jit-call.js";
import type { ArrayLike } from "../core/array-like.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { asDevice, type Device } from "../core/devices.js";
import { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { baseTrace, currentTrace, Tracer } from "../core/trace.js";
import { dceJaxpr } from "../interpreters/dce.js";
import { closeOver } from "../interpreters/eval-jaxpr.js";
import { type CompiledProgram, compileProgram, deviceOf } from "../interpreters/executable.js";
import { stage } from "../interpreters/staging.js";
import { ArgumentError } from "../prelude/errors.js";
import { LruCache } from "../prelude/lru-cache.js";
import { checkOptions } from "../prelude/options.js";
import type { TreeDef } from "../tree/index.js";
import { normalizeArgnums } from "./argnums.js";
import { explainRecompile, type Signature } from "./explain-recompiles.js";
import { checkFunction, describe, FlatFunction, flattenTensors, named, nameOf, programName } from "./flat.js";
import { avalsOf, type ShapeDtypeStruct } from "./shape-dtype-struct.js";
import { type Lowered, Traced } from "./stages.js";
import { givenStatics, splitStatic, staticKey } from "./static-args.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

export interface JitOptions {
  /** Arguments that are part of the program: told apart by value and type, functions by identity. */
  readonly staticArgnums?: number | readonly number[];
  /** Arguments whose memory the results may take over; they are deleted by the call. */
  readonly donateArgnums?: number | readonly number[];
  /** Where the program runs. */
  readonly device?: Device | string;
  /** Keeps unused arguments as parameters of the compiled program. */
  readonly keepUnused?: boolean;
}

export interface Jitted<F extends AnyFunction> {
  (...args: LooseArgs<Parameters<F>>): Tensors<ReturnType<F>>;
  /** Traces for arguments of these types, without running. Arguments may be ShapeDtypeStructs. */
  trace(...args: LooseArgs<Parameters<F>, ArrayLike | ShapeDtypeStruct>): Traced;
  /** Traces and lowers for arguments of these types. */
  lower(...args: LooseArgs<Parameters<F>, ArrayLike | ShapeDtypeStruct>): Lowered;
  /** Forgets what was traced and compiled. */
  clearCache(): void;
  /** The number of signatures traced so far. */
  cacheSize(): number;
}

/** What a function traced to for one signature. */
interface Entry {
  /** Captured tensors come first among its inputs. */
  readonly jaxpr: ClosedJaxpr;
  readonly captured: readonly Tensor[];
  readonly flat: FlatFunction;
  readonly donated: readonly number[];
  readonly programs: Map<Device, { readonly program: CompiledProgram; readonly usedIn: readonly boolean[] }>;
}

const optionNames = ["staticArgnums", "donateArgnums", "device", "keepUnused"];

/**
 * Compiles a function: it is traced once for each signature (shapes, dtypes, weak types and structure of its arguments,
 * values of the static ones), and runs as one program afterwards. Under other transforms the program is transformed.
 *
 * @example
 * const f = jit((x: Tensor) => x.mul(2).add(1));
 * f(np.array([1, 2])).js(); // [3, 5]
 */
export function jit<F extends AnyFunction>(f: F, options: JitOptions = {}): Jitted<F> {
  checkFunction("jit", f);
  checkOptions("jit", options, optionNames);
  const { staticArgnums, donateArgnums, keepUnused = false } = options;
  const device = options.device === undefined ? undefined : asDevice(options.device, "jit");
  const entries = new LruCache<string, Entry>(1024);
  const signatures: Signature[] = [];
  const name = programName(f);

  const split = (args: readonly unknown[]) => {
    const { dynamic, statics, merge } = splitStatic("jit", staticArgnums, args, f.length);
    const staticKeys = statics.map(([p, value]) => `${p}=${staticKey("jit", p, value)}`);
    return { dynamic, merge, staticKeys };
  };

  const entryFor = (
    avals: readonly { readonly key: string }[],
    treedef: TreeDef,
    { merge, staticKeys }: ReturnType<typeof split>,
    args: readonly unknown[],
  ): Entry => {
    const axes = currentTrace()
      .axes()
      .map((a) => `${a.name}:${a.size}`);
    const key = `${treedef.key}|${avals.map((a) => a.key).join()}|${staticKeys.join()}|${axes}`;
    const make = (): Entry => {
      explainRecompile(f, signatures, { treedef, avals: avals.map((a) => a.key), staticKeys });
      const flat = new FlatFunction("jit", f, (xs) => merge(treedef.unflatten(xs) as unknown[]));
      const staged = stage(flat.call, avals as never, describe("jit", f));
      const { jaxpr, consts } = closeOver(staged);
      return {
        jaxpr,
        captured: consts,
        flat,
        donated: donatedLeaves(donateArgnums, staticArgnums, args, f.length),
        programs: new Map(),
      };
    };
    const entry = entries.get(key, make);
    // A captured tracer is part of the trace it came from: it must not outlive that in the cache.
    if (!entry.captured.some((x) => x instanceof Tracer)) return entry;
    entries.delete(key);
    return entry.captured.every((x) => !(x instanceof Tracer) || x.trace.alive) ? entry : make();
  };

  const runNow = (entry: Entry, leaves: readonly DeviceTensor[]): Tensor[] => {
    const inputs = [...(entry.captured as DeviceTensor[]), ...leaves];
    const target = device ?? deviceOf(name, inputs);
    let compiled = entry.programs.get(target);
    if (!compiled) {
      compiled = compileEntry(entry, name, target, keepUnused);
      entry.programs.set(target, compiled);
    }
    const { program, usedIn } = compiled;
    return program.run(inputs.filter((_, i) => usedIn[i]));
  };

  const call = (...args: unknown[]): unknown => {
    const parts = split(args);
    const { leaves, treedef } = flattenTensors(
      parts.dynamic,
      `jit: an argument of ${nameOf(f)}`,
      " Name the argument in staticArgnums to make it part of the program.",
    );
    const entry = entryFor(
      leaves.map((x) => x.aval),
      treedef,
      parts,
      args,
    );
    const now = currentTrace() === baseTrace() && leaves.every((x) => x instanceof DeviceTensor);
    const outs = now
      ? runNow(entry, leaves as DeviceTensor[])
      : jitP.bind([...entry.captured, ...leaves], { name, jaxpr: entry.jaxpr });
    return entry.flat.rebuildOut(outs);
  };

  const trace = (...args: unknown[]): Traced => {
    const parts = split(args);
    const { avals, treedef } = avalsOf(parts.dynamic, `jit: an argument of ${nameOf(f)}`);
    const entry = entryFor(avals, treedef, parts, args);
    const compiled = (where: Device | undefined) => {
      const { program, usedIn } = compileEntry(
        entry,
        name,
        where ?? deviceOf(name, entry.captured as DeviceTensor[]),
        keepUnused,
      );
      return { program, usedIn, captured: entry.captured as readonly DeviceTensor[] };
    };
    return new Traced(name, entry.jaxpr, treedef, entry.flat, () => compiled(device));
  };

  return Object.assign(named(call, `jit(${f.name})`), {
    trace,
    lower: (...args: unknown[]) => trace(...args).lower(),
    clearCache: () => {
      entries.clear();
      signatures.length = 0;
    },
    cacheSize: () => entries.size,
  }) as never;
}

function compileEntry(
  entry: Entry,
  name: string,
  device: Device,
  keepUnused: boolean,
): { program: CompiledProgram; usedIn: readonly boolean[] } {
  const { jaxpr } = entry.jaxpr;
  const cleaned = dceJaxpr(
    jaxpr,
    jaxpr.outvars.map(() => true),
    keepUnused,
  );
  const usedIn = keepUnused ? jaxpr.invars.map(() => true) : cleaned.usedIn;
  const position = (i: number): number => usedIn.slice(0, i).filter(Boolean).length;
  const donated = entry.donated
    .map((i) => i + entry.captured.length)
    .filter((i) => usedIn[i])
    .map(position);
  return { program: compileProgram(new ClosedJaxpr(cleaned.jaxpr, []), name, device, donated), usedIn };
}

/** The leaves of donated arguments, numbered among the leaves of traced ones. */
function donatedLeaves(
  donateArgnums: unknown,
  staticArgnums: unknown,
  args: readonly unknown[],
  arity: number,
): number[] {
  if (donateArgnums === undefined) return [];
  const donated = normalizeArgnums("jit", "donateArgnums", donateArgnums, args.length);
  const statics = staticArgnums === undefined ? [] : givenStatics("jit", staticArgnums, args.length, arity);
  const both = donated.find((i) => statics.includes(i));
  if (both !== undefined) {
    throw new ArgumentError(
      "CT016",
      `jit: donateArgnums and staticArgnums both name argument ${both}, but a static argument has no memory to give. ` +
        "Take it out of one of them.",
    );
  }
  const leaves: number[] = [];
  let k = 0;
  args.forEach((arg, i) => {
    if (statics.includes(i)) return;
    const { avals } = avalsOf(arg, "jit: an argument");
    if (donated.includes(i)) leaves.push(...avals.map((_, j) => k + j));
    k += avals.length;
  });
  return leaves;
}
