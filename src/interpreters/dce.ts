/** Dead code: equations whose results nothing uses, and that have no effects, are dropped. */
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, JaxprCache, Var } from "../core/jaxpr.js";

/** The program for the used results, and which of its inputs it needs. Inputs are dropped unless `keepInputs`. */
export function dceJaxpr(
  jaxpr: Jaxpr,
  usedOut: readonly boolean[],
  keepInputs = false,
): { jaxpr: Jaxpr; usedIn: boolean[] } {
  const live = new Set<Atom>(jaxpr.outvars.filter((_, i) => usedOut[i]));
  const eqns: Eqn[] = [];
  for (let i = jaxpr.eqns.length - 1; i >= 0; i--) {
    const eqn = dceEqn(jaxpr.eqns[i], live);
    if (!eqn) continue;
    for (const a of eqn.inputs) if (a instanceof Var) live.add(a);
    eqns.push(eqn);
  }
  eqns.reverse();
  const usedIn = jaxpr.invars.map((v) => live.has(v));
  const invars = keepInputs ? jaxpr.invars : jaxpr.invars.filter((_, i) => usedIn[i]);
  const outvars = jaxpr.outvars.filter((_, i) => usedOut[i]);
  return { jaxpr: new Jaxpr(jaxpr.constvars, invars, eqns, outvars), usedIn };
}

function dceEqn(eqn: Eqn, live: ReadonlySet<Atom>): Eqn | null {
  const used = eqn.outputs.map((v) => live.has(v));
  if (eqn.effects.size === 0 && !used.includes(true)) return null;
  const { primitive } = eqn;
  if (primitive.kind === "single" || primitive.dce === "whole") return eqn;
  return primitive.dce(used, eqn);
}

/** The program without dead code and unused constants; inputs and results stay. */
export function dceClosed(closed: ClosedJaxpr): ClosedJaxpr {
  const { jaxpr } = dceJaxpr(
    closed.jaxpr,
    closed.outAvals.map(() => true),
    true,
  );
  const used = new Set<Atom>([...jaxpr.eqns.flatMap((e) => e.inputs), ...jaxpr.outvars]);
  const kept = jaxpr.constvars.map((v) => used.has(v));
  return new ClosedJaxpr(
    new Jaxpr(
      jaxpr.constvars.filter((_, i) => kept[i]),
      jaxpr.invars,
      jaxpr.eqns,
      jaxpr.outvars,
    ),
    closed.consts.filter((_, i) => kept[i]),
  );
}

const trimmed = new JaxprCache<{ jaxpr: ClosedJaxpr; usedIn: readonly boolean[] }>();

/**
 * The program for the used results, and which inputs it has: those it needs and those marked in `keepIn`. Remembered,
 * so that code compiled for it is found again.
 */
export function trimJaxpr(
  closed: ClosedJaxpr,
  usedOut: readonly boolean[],
  keepIn?: readonly boolean[],
): { jaxpr: ClosedJaxpr; usedIn: readonly boolean[] } {
  return trimmed.get(closed, `${usedOut}|${keepIn ?? ""}`, () => {
    const { jaxpr, usedIn: needed } = dceJaxpr(closed.jaxpr, usedOut, true);
    const usedIn = needed.map((u, i) => u || (keepIn?.[i] ?? false));
    const unchanged = usedIn.every(Boolean) && usedOut.every(Boolean) && jaxpr.eqns.length === closed.jaxpr.eqns.length;
    // Equations are made anew only where they shrink.
    if (unchanged && jaxpr.eqns.every((e, i) => e === closed.jaxpr.eqns[i])) return { jaxpr: closed, usedIn };
    const invars = jaxpr.invars.filter((_, i) => usedIn[i]);
    return {
      jaxpr: new ClosedJaxpr(new Jaxpr(jaxpr.constvars, invars, jaxpr.eqns, jaxpr.outvars), closed.consts),
      usedIn,
    };
  });
}
