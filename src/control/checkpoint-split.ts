/** What a checkpointed program computes now and what it computes again later, with the values it keeps in between. */
import { type Atom, ClosedJaxpr, Jaxpr, JaxprCache, Literal, type Var } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { stage } from "../interpreters/staging.js";
import { range } from "../prelude/numbers.js";
import { identityOf } from "../prelude/value-key.js";
import type { CheckpointPolicy } from "./checkpoint-policies.js";
import { selectOutputs } from "./jaxpr-edits.js";
import { jitP } from "./jit-call.js";

export interface CheckpointSplit {
  readonly unknownOut: readonly boolean[];
  /** Known inputs → known results, then the values that are kept. */
  readonly known: ClosedJaxpr;
  /** Kept values, then those inputs marked in `usedIn`; gives the unknown results. */
  readonly again: ClosedJaxpr;
  readonly usedIn: readonly boolean[];
}

const splits = new JaxprCache<CheckpointSplit>();

export const splitCheckpoint = (
  closed: ClosedJaxpr,
  unknownIn: readonly boolean[],
  policy: CheckpointPolicy,
): CheckpointSplit =>
  splits.get(closed, `${unknownIn}|${identityOf(policy)}`, () => computeSplit(inlined(closed), unknownIn, policy));

function computeSplit(closed: ClosedJaxpr, unknownIn: readonly boolean[], policy: CheckpointPolicy): CheckpointSplit {
  const { unknownOut } = partialEvalJaxpr(closed, unknownIn);
  const { jaxpr, consts } = closed;
  const saveable = saveableVars(closed, unknownIn, policy);

  // Later: the whole program for its unknown results, with what is kept as inputs.
  const producers = jaxpr.eqns.filter((eqn) => !eqn.outputs.every((v) => saveable.has(v)));
  const given = [...saveable];
  const whole = new ClosedJaxpr(
    new Jaxpr(jaxpr.constvars, [...given, ...jaxpr.invars], producers, jaxpr.outvars),
    consts,
  );
  const { jaxpr: again, usedIn } = trimJaxpr(whole, unknownOut);
  const kept = given.filter((_, i) => usedIn[i]);

  // Now: the known results and what is kept.
  const extended = new ClosedJaxpr(
    new Jaxpr(jaxpr.constvars, jaxpr.invars, jaxpr.eqns, [...jaxpr.outvars, ...kept]),
    consts,
  );
  const { known, unknownOut: allUnknown } = partialEvalJaxpr(extended, unknownIn);
  const numOuts = allUnknown.filter((u) => !u).length;
  const outs = selectOutputs(known, range(numOuts));
  return {
    unknownOut,
    known: trimJaxpr(
      outs,
      range(numOuts).map(() => true),
      outs.inAvals.map(() => true),
    ).jaxpr,
    again,
    usedIn: usedIn.slice(given.length),
  };
}

/** Results of operations on known values that the policy keeps. Loops and branches are computed again as wholes. */
function saveableVars({ jaxpr }: ClosedJaxpr, unknownIn: readonly boolean[], policy: CheckpointPolicy): Set<Var> {
  const unknown = new Set<unknown>(jaxpr.invars.filter((_, i) => unknownIn[i]));
  const saveable = new Set<Var>();
  for (const eqn of jaxpr.eqns) {
    const isUnknown = eqn.inputs.some((a) => unknown.has(a));
    for (const v of eqn.outputs) {
      if (isUnknown) unknown.add(v);
      else if (policy(eqn.primitive, eqn.params)) saveable.add(v);
    }
  }
  return saveable;
}

const flattened = new JaxprCache<ClosedJaxpr>();

/** The program with the compiled functions it calls written out, so that a policy sees their operations. */
function inlined(closed: ClosedJaxpr): ClosedJaxpr {
  if (!closed.jaxpr.eqns.some((eqn) => eqn.primitive === jitP)) return closed;
  return flattened.get(closed, "", () =>
    stage((...args) => evalInlined(closed, args), closed.inAvals, "a checkpointed function"),
  );
}

function evalInlined({ jaxpr, consts }: ClosedJaxpr, args: readonly Tensor[]): readonly Tensor[] {
  const env = new Map<Var, Tensor>();
  const read = (a: Atom): Tensor => (a instanceof Literal ? a.value : (env.get(a) as Tensor));
  const write = (vars: readonly Var[], values: readonly Tensor[]): void => {
    for (let i = 0; i < vars.length; i++) env.set(vars[i], values[i]);
  };
  write(jaxpr.constvars, consts);
  write(jaxpr.invars, args);
  for (const { primitive, inputs, params, outputs } of jaxpr.eqns) {
    const xs = inputs.map(read);
    write(outputs, primitive === jitP ? evalInlined(params.jaxpr as ClosedJaxpr, xs) : bind(primitive, xs, params));
  }
  return jaxpr.outvars.map(read);
}
