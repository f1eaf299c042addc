/** Dead code: equations whose results nothing uses, and that have no effects, are dropped. */
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, JaxprCache, Var } from "../core/jaxpr.js";
import { sameItems } from "../tree/same-items.js";

/** What equations and results read. */
export function usedAtoms(eqns: readonly Eqn[], outvars: readonly Atom[]): Set<Atom> {
  const used = new Set<Atom>(outvars);
  for (const eqn of eqns) for (let i = 0; i < eqn.inputs.length; i++) used.add(eqn.inputs[i]);
  return used;
}

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
  const { primitive, outputs } = eqn;
  if (eqn.effects.size === 0 && !outputs.some((v) => live.has(v))) return null;
  if (primitive.kind === "single" || primitive.dce === "whole") return eqn;
  return primitive.dce(
    outputs.map((v) => live.has(v)),
    eqn,
  );
}

/** The program without dead code and unused constants; inputs and results stay. */
export function dceClosed(closed: ClosedJaxpr): ClosedJaxpr {
  const { jaxpr } = dceJaxpr(
    closed.jaxpr,
    closed.outAvals.map(() => true),
    true,
  );
  const used = usedAtoms(jaxpr.eqns, jaxpr.outvars);
  const kept = jaxpr.constvars.map((v) => used.has(v));
  // A ClosedJaxpr is known by its identity: one without dead code stays itself.
  if (kept.every(Boolean) && sameItems(jaxpr.eqns, closed.jaxpr.eqns)) return closed;
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
