/** Running one primitive now: a one-equation program, compiled once per signature and kept in a bounded cache. */
import type { ShapedArray } from "../core/aval.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import type { Device } from "../core/devices.js";
import { ClosedJaxpr, Jaxpr, JaxprCache, type Params, Var } from "../core/jaxpr.js";
import { type Primitive, paramsKey } from "../core/primitive.js";
import { LruCache } from "../prelude/lru-cache.js";
import { hashData, sameData, snapshot, withOwnLists } from "../prelude/same-data.js";
import { identityOf } from "../prelude/value-key.js";
import { abstractEval } from "./abstract-eval.js";
import { type CompiledProgram, compileProgram, deviceOf } from "./executable.js";

const programs = new LruCache<string, CompiledProgram>(4096);
const programsOfJaxprs = new JaxprCache<CompiledProgram>();

/** A call that was made before. */
interface KnownCall {
  readonly primitive: Primitive;
  /** A copy: the caller may change its own. */
  readonly params: Params;
  readonly avals: readonly ShapedArray[];
  readonly program: CompiledProgram;
}

/**
 * The latest calls of a primitive, each at the place its types and parameters hash to: they are compared there, which is
 * quicker than to spell them out as a key.
 */
interface RecentCalls {
  readonly paramNames: readonly string[];
  readonly calls: (KnownCall | undefined)[];
}
const places = 64;
/** By primitive; by program for primitives that hold one, which must not be kept alive. */
const recent = new WeakMap<Primitive | ClosedJaxpr, RecentCalls>();

function recentCalls(owner: Primitive | ClosedJaxpr, primitive: Primitive): RecentCalls {
  let known = recent.get(owner);
  if (known === undefined) {
    known = { paramNames: Object.keys(primitive.params), calls: new Array(places).fill(undefined) };
    recent.set(owner, known);
  }
  return known;
}

export function dispatch(primitive: Primitive, args: readonly DeviceTensor[], params: Params): readonly DeviceTensor[] {
  const device = deviceOf(primitive.name, args);
  const jaxpr = primitive.kind === "multi" ? firstJaxpr(params) : undefined;
  const { paramNames, calls } = recentCalls(jaxpr ?? primitive, primitive);
  let hash = 0;
  for (let i = 0; i < args.length; i++) hash = (Math.imul(hash, 31) + args[i].aval.hash) | 0;
  for (let i = 0; i < paramNames.length; i++) hash = (Math.imul(hash, 31) + hashData(params[paramNames[i]])) | 0;
  const place = (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (places - 1);
  const known = calls[place];
  if (known !== undefined && isSameCall(known, primitive, args, params, paramNames, device)) {
    return known.program.run(args);
  }
  const program = programFor(primitive, args, params, device, jaxpr);
  calls[place] = { primitive, params: snapshotOf(params, paramNames), avals: args.map((x) => x.aval), program };
  return program.run(args);
}

function isSameCall(
  known: KnownCall,
  primitive: Primitive,
  args: readonly DeviceTensor[],
  params: Params,
  paramNames: readonly string[],
  device: Device,
): boolean {
  const { avals } = known;
  if (known.program.device !== device || known.primitive !== primitive || avals.length !== args.length) return false;
  for (let i = 0; i < avals.length; i++) {
    const { aval } = args[i];
    if (aval !== avals[i] && !aval.equals(avals[i])) return false;
  }
  for (let i = 0; i < paramNames.length; i++) {
    if (!sameData(known.params[paramNames[i]], params[paramNames[i]])) return false;
  }
  return true;
}

function snapshotOf(params: Params, names: readonly string[]): Params {
  const copy: Record<string, unknown> = {};
  for (const name of names) copy[name] = snapshot(params[name]);
  return copy;
}

function programFor(
  primitive: Primitive,
  args: readonly DeviceTensor[],
  params: Params,
  device: Device,
  jaxpr: ClosedJaxpr | undefined,
): CompiledProgram {
  let key = `${identityOf(primitive)}|${paramsKey(primitive, params)}|${device}`;
  for (const x of args) key += `|${x.aval.key}`;
  const make = (): CompiledProgram =>
    compileProgram(oneEquation(primitive, args, withOwnLists(params)), primitive.name, device);
  // Programs made of jaxprs live as long as those.
  return jaxpr ? programsOfJaxprs.get(jaxpr, key, make) : programs.get(key, make);
}

function firstJaxpr(params: Params): ClosedJaxpr | undefined {
  for (const name in params) {
    const p = params[name];
    if (p instanceof ClosedJaxpr) return p;
    if (Array.isArray(p) && p[0] instanceof ClosedJaxpr) return p[0];
  }
  return undefined;
}

function oneEquation(primitive: Primitive, args: readonly DeviceTensor[], params: Params): ClosedJaxpr {
  const inputs = args.map((x) => new Var(x.aval));
  const { avals, effects } = abstractEval(
    primitive,
    args.map((x) => x.aval),
    params,
  );
  const outputs = avals.map((a) => new Var(a));
  return new ClosedJaxpr(new Jaxpr([], inputs, [{ primitive, inputs, params, outputs, effects }], outputs), []);
}
