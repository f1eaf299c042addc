/** Running one primitive now: a one-equation program, compiled once per signature and kept in a bounded cache. */
import type { DeviceTensor } from "../core/device-tensor.js";
import type { Device } from "../core/devices.js";
import { ClosedJaxpr, Jaxpr, JaxprCache, type Params, Var } from "../core/jaxpr.js";
import { type Primitive, paramsKey } from "../core/primitive.js";
import { LruCache } from "../prelude/lru-cache.js";
import { withOwnLists } from "../prelude/same-data.js";
import { identityOf } from "../prelude/value-key.js";
import { abstractEval } from "./abstract-eval.js";
import { type CompiledProgram, compileProgram, deviceOf } from "./executable.js";
import { RecentCalls } from "./recent-calls.js";

const recent = new RecentCalls<CompiledProgram>();
const programs = new LruCache<string, CompiledProgram>(4096);
const programsOfJaxprs = new JaxprCache<CompiledProgram>();

export function dispatch(primitive: Primitive, args: readonly DeviceTensor[], params: Params): readonly DeviceTensor[] {
  const device = deviceOf(primitive.name, args);
  const jaxpr = primitive.kind === "multi" ? firstJaxpr(params) : undefined;
  const owner = jaxpr ?? primitive;
  const known = recent.find(owner, primitive, args, params, device);
  if (known !== undefined) return known.run(args);
  const program = programFor(primitive, args, params, device, jaxpr);
  recent.add(owner, primitive, args, params, device, program);
  return program.run(args);
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
