/** The type checker of jaxprs: what every interpreter takes for granted, checked. */
import type { ShapedArray } from "../core/aval.js";
import { type Effects, joinEffects, noEffects } from "../core/effects.js";
import { type Atom, ClosedJaxpr, type Eqn, type Jaxpr, Literal, type Params, type Var } from "../core/jaxpr.js";
import { printEqnOf } from "../core/jaxpr-printer.js";
import { CotangentError, TransformError } from "../prelude/errors.js";
import { abstractEval } from "./abstract-eval.js";

/**
 * Checks that a program is well typed: variables are bound once and before use, the types of results follow from those
 * of operands, literals are scalars, constants have their variables' types, effects are those of the equations; and so
 * for the jaxprs among parameters.
 * @throws TransformError CT330, naming the equation
 */
export function checkJaxpr(closed: ClosedJaxpr): void {
  checkClosed(closed, () => "", new Set());
}

/** `path` leads to the jaxpr from the outermost one. */
function checkClosed({ jaxpr, consts }: ClosedJaxpr, path: () => string, checked: Set<Jaxpr>): void {
  const { constvars } = jaxpr;
  if (consts.length !== constvars.length) {
    throw illTyped(`${path()}the jaxpr has ${constvars.length} constant variables, but ${consts.length} constants`);
  }
  constvars.forEach((v, i) => {
    if (v.aval.matches(consts[i].aval)) return;
    throw illTyped(`${path()}constant ${i} is ${consts[i].aval}, but its variable is ${v.aval}`);
  });
  // Shared by several equations, a jaxpr is checked once.
  if (checked.has(jaxpr)) return;
  checked.add(jaxpr);
  new Checker(jaxpr, path, checked).run();
}

const illTyped = (problem: string, cause?: unknown): TransformError =>
  new TransformError(
    "CT330",
    `checkJaxpr: ${problem}. The transform or the primitive's rule that wrote this is at fault; please report it.`,
    { cause },
  );

class Checker {
  readonly #bound = new Set<Atom>();
  #effects: Effects = noEffects;
  /** The equation being checked. */
  #index = -1;

  constructor(
    private readonly jaxpr: Jaxpr,
    private readonly path: () => string,
    private readonly checked: Set<Jaxpr>,
  ) {}

  run(): void {
    const { jaxpr } = this;
    for (const v of [...jaxpr.constvars, ...jaxpr.invars]) this.#bind(v, "an input");
    jaxpr.eqns.forEach((eqn, i) => {
      this.#index = i;
      this.#equation(eqn);
    });
    this.#index = -1;
    jaxpr.outvars.forEach((a, i) => this.#read(a, `result ${i} of the jaxpr`));
    if (!sameEffects(jaxpr.effects, this.#effects)) {
      throw this.#fault(`the jaxpr has effects ${show(jaxpr.effects)}, but its equations have ${show(this.#effects)}`);
    }
  }

  #equation(eqn: Eqn): void {
    const { primitive, params, inputs, outputs } = eqn;
    for (const name in params) {
      if (!(name in primitive.params)) throw this.#fault(`${primitive.name} has no parameter '${name}'`);
    }
    inputs.forEach((a, i) => this.#read(a, `operand ${i}`));
    for (const sub of jaxprsIn(params)) checkClosed(sub, () => `${this.#where()}in its jaxpr, `, this.checked);
    const { avals, effects } = this.#derive(eqn);
    this.#compare(
      "result",
      outputs.map((v) => v.aval),
      avals,
    );
    if (!sameEffects(eqn.effects, effects)) {
      throw this.#fault(`it has effects ${show(eqn.effects)}, but should have ${show(effects)}`);
    }
    this.#effects = joinEffects(this.#effects, effects);
    outputs.forEach((v, i) => this.#bind(v, `result ${i}`));
  }

  /** The types of the results, from those of the operands. */
  #derive({ primitive, inputs, params }: Eqn): { avals: readonly ShapedArray[]; effects: Effects } {
    const operands = inputs.map((a) => a.aval);
    if (primitive.kind === "single" && operands.length !== primitive.operands.length) {
      throw this.#fault(`the number of operands is ${operands.length}, but should be ${primitive.operands.length}`);
    }
    const called = calledJaxpr(params);
    if (called) this.#compare("operand", operands, called.inAvals);
    try {
      return abstractEval(primitive, operands, params);
    } catch (error) {
      if (!(error instanceof CotangentError)) throw error;
      throw this.#fault(error.message.replace(/\.? {2}\[CT\d+\]$/, ""), error);
    }
  }

  #compare(what: string, are: readonly ShapedArray[], should: readonly ShapedArray[]): void {
    if (are.length !== should.length) {
      throw this.#fault(`the number of ${what}s is ${are.length}, but should be ${should.length}`);
    }
    are.forEach((a, i) => {
      if (!a.matches(should[i])) throw this.#fault(`${what} ${i} is ${a}, but should be ${should[i]}`);
    });
  }

  #bind(v: Var, what: string): void {
    if (this.#bound.has(v)) throw this.#fault(`${what} of type ${v.aval} is a variable that is bound already`);
    this.#bound.add(v);
  }

  #read(a: Atom, what: string): void {
    if (a instanceof Literal) {
      if (a.aval.ndim > 0)
        throw this.#fault(`${what} is a literal of type ${a.aval}, but only scalars are written in place`);
    } else if (!this.#bound.has(a)) {
      throw this.#fault(`${what} of type ${a.aval} is a variable that is not bound yet`);
    }
  }

  #where(): string {
    if (this.#index < 0) return this.path();
    return `${this.path()}equation ${this.#index}, '${printEqnOf(this.jaxpr, this.#index)}': `;
  }
  #fault(problem: string, cause?: unknown): TransformError {
    return illTyped(this.#where() + problem, cause);
  }
}

/** The jaxpr that is called on exactly the equation's operands, if there is one. */
function calledJaxpr({ callJaxpr, name, jaxpr }: Params): ClosedJaxpr | null {
  if (callJaxpr instanceof ClosedJaxpr) return callJaxpr;
  return typeof name === "string" && jaxpr instanceof ClosedJaxpr ? jaxpr : null;
}

const jaxprsIn = (params: Params): ClosedJaxpr[] =>
  Object.values(params)
    .flat()
    .filter((p) => p instanceof ClosedJaxpr);

const sameEffects = (a: Effects, b: Effects): boolean => a.size === b.size && [...a].every((e) => b.has(e));
const show = (effects: Effects): string => `{${[...effects].sort().join(", ")}}`;
