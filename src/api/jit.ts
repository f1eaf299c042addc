import type { ArrayLike } from "../core/array-like.js";
import type { ShapedArray } from "../core/aval.js";
import { asDevice, type Device } from "../core/devices.js";
import { Tracer } from "../core/trace.js";
import { traceKey } from "../core/trace-key.js";
import { closeOver } from "../interpreters/eval-jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { ArgumentError } from "../prelude/errors.js";
import { LruCache } from "../prelude/lru-cache.js";
import { checkOptions, describeType } from "../prelude/options.js";
import type { TreeDef } from "../tree/index.js";
import { normalizeArgnums } from "./argnums.js";
import { explainRecompile, type Signature } from "./explain-recompiles.js";
import { type Exported, exported } from "./export.js";
import { checkFunction, describe, FlatFunction, flattenTensors, named, nameOf, programName } from "./flat.js";
import { KnownCall, KnownCalls } from "./known-call.js";
import { avalsOf, type ShapeDtypeStruct } from "./shape-dtype-struct.js";
import { type Lowered, Traced } from "./stages.js";
import { givenStatics, splitStatic, staticKey } from "./static-args.js";
import { TracedProgram } from "./traced-program.js";
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
  /**
   * The function for arguments of these types as one thing to keep: `io.saveFunction` puts it into a file.
   * @throws CompileError CT607 if it calls JavaScript functions or closes over values that are being traced
   */
  export(...args: LooseArgs<Parameters<F>, ArrayLike | ShapeDtypeStruct>): Exported;
  /** Forgets what was traced and compiled. */
  clearCache(): void;
  /** The number of signatures traced so far. */
  cacheSize(): number;
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
  const entries = new LruCache<string, TracedProgram>(1024);
  const recent = new KnownCalls<TracedProgram>();
  const signatures: Signature[] = [];
  const name = programName(f);
  const keyOf = (position: number, value: unknown): string => staticKey("jit", position, value);

  const split = (args: readonly unknown[]) => {
    const { dynamic, statics, merge } = splitStatic("jit", staticArgnums, args, f.length);
    const keyed = statics.map(([position, value]) => ({ position, value, key: keyOf(position, value) }));
    return { dynamic, merge, statics: keyed };
  };

  const entryFor = (
    avals: readonly ShapedArray[],
    treedef: TreeDef,
    { merge, statics }: ReturnType<typeof split>,
    args: readonly unknown[],
    scope: string,
  ): TracedProgram => {
    const staticKeys = statics.map((s) => `${s.position}=${s.key}`);
    const key = `${treedef.key}|${avals.map((a) => a.key).join()}|${staticKeys.join()}|${scope}`;
    const make = (): TracedProgram => {
      explainRecompile(f, signatures, { treedef, avals: avals.map((a) => a.key), staticKeys });
      const flat = new FlatFunction("jit", f, (xs) => merge(treedef.unflatten(xs) as unknown[]));
      const { jaxpr, consts } = closeOver(stage(flat.call, avals, describe("jit", f)));
      const donated = donatedLeaves(donateArgnums, staticArgnums, args, f.length);
      return new TracedProgram(name, jaxpr, consts, flat, donated, { device, keepUnused });
    };
    const entry = entries.get(key, make);
    if (entry.canBeKept) return entry;
    entries.delete(key);
    return entry.captured.every((x) => !(x instanceof Tracer) || x.trace.alive) ? entry : make();
  };

  /** As any call, when none like it was made lately. */
  const callAnew = (args: readonly unknown[], scope: string): unknown => {
    const parts = split(args);
    const { leaves, treedef } = flattenTensors(
      parts.dynamic,
      `jit: an argument of ${nameOf(f)}`,
      " Name the argument in staticArgnums to make it part of the program.",
    );
    const avals = leaves.map((x) => x.aval);
    const entry = entryFor(avals, treedef, parts, args, scope);
    if (entry.canBeKept) recent.add(new KnownCall(args, parts.statics, keyOf, treedef, avals, scope, entry));
    return entry.call(leaves);
  };

  const call = (...args: unknown[]): unknown => {
    const scope = traceKey();
    const { calls } = recent;
    for (let i = 0; i < calls.length; i++) {
      const known = calls[i];
      if (known.scope !== scope) continue;
      const leaves = known.leavesOf(args);
      if (leaves === undefined) continue;
      if (i > 0) recent.touch(i);
      return known.entry.call(leaves);
    }
    return callAnew(args, scope);
  };

  const trace = (...args: unknown[]): Traced => {
    const parts = split(args);
    const { avals, treedef } = avalsOf(parts.dynamic, `jit: an argument of ${nameOf(f)}`);
    return new Traced(entryFor(avals, treedef, parts, args, traceKey()), treedef);
  };

  const exportFor = (...args: unknown[]): Exported => {
    const parts = split(args);
    const { avals, treedef } = avalsOf(parts.dynamic, `jit: an argument of ${nameOf(f)}`);
    const { jaxpr, captured, flat } = entryFor(avals, treedef, parts, args, traceKey());
    const statics = parts.statics.map(({ position, value }) => ({ argument: position, value: textOf(value) }));
    return exported({ name, jaxpr, inTree: treedef, outTree: flat.outTree as TreeDef, statics }, captured);
  };

  return Object.assign(named(call, `jit(${f.name})`), {
    trace,
    export: exportFor,
    lower: (...args: unknown[]) => trace(...args).lower(),
    clearCache: () => {
      entries.clear();
      recent.clear();
      signatures.length = 0;
    },
    cacheSize: () => entries.size,
  }) as never;
}

/** A static argument's value, for people. */
function textOf(value: unknown): string {
  if (typeof value === "function") return value.name || "a function";
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return describeType(value);
  }
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
