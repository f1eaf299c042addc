import { type Atom, ClosedJaxpr, Jaxpr, Literal, Var } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";

/** For each equation the variables that nothing after it reads. */
const lastUses = new WeakMap<Jaxpr, Var[][]>();

function lastUsesOf(jaxpr: Jaxpr): Var[][] {
  let dying = lastUses.get(jaxpr);
  if (dying) return dying;
  const live = new Set<Atom>(jaxpr.outvars);
  dying = jaxpr.eqns.map(() => []);
  for (let i = jaxpr.eqns.length - 1; i >= 0; i--) {
    for (const v of [...jaxpr.eqns[i].outputs, ...jaxpr.eqns[i].inputs]) {
      if (!(v instanceof Var) || live.has(v)) continue;
      live.add(v);
      dying[i].push(v);
    }
  }
  lastUses.set(jaxpr, dying);
  return dying;
}

/** Runs a program in the current trace. Values are let go of after their last use. */
export function evalJaxpr(jaxpr: Jaxpr, consts: readonly Tensor[], args: readonly Tensor[]): Tensor[] {
  const env = new Map<Var, Tensor>();
  const read = (a: Atom): Tensor => (a instanceof Literal ? a.value : (env.get(a) as Tensor));
  jaxpr.constvars.forEach((v, i) => env.set(v, consts[i]));
  jaxpr.invars.forEach((v, i) => env.set(v, args[i]));
  const dying = lastUsesOf(jaxpr);
  jaxpr.eqns.forEach((eqn, i) => {
    const outs = bind(eqn.primitive, eqn.inputs.map(read), eqn.params);
    eqn.outputs.forEach((v, j) => env.set(v, outs[j]));
    for (const v of dying[i]) env.delete(v);
  });
  return jaxpr.outvars.map(read);
}

export const evalClosed = (closed: ClosedJaxpr, args: readonly Tensor[]): Tensor[] =>
  evalJaxpr(closed.jaxpr, closed.consts, args);

/** The same program with its constants as leading inputs, and the constants. */
export function closeOver(closed: ClosedJaxpr): { jaxpr: ClosedJaxpr; consts: readonly Tensor[] } {
  const { jaxpr, consts } = closed;
  if (consts.length === 0) return { jaxpr: closed, consts };
  const opened = new Jaxpr([], [...jaxpr.constvars, ...jaxpr.invars], jaxpr.eqns, jaxpr.outvars);
  return { jaxpr: new ClosedJaxpr(opened, []), consts };
}
