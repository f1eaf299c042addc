/** Jaxprs as text, letter for letter as JAX prints them. */

import { brk, concat, type Doc, empty, group, join, layout, nest, text } from "../prelude/pretty.js";
import { pythonComplex, pythonFloat } from "../prelude/python-text.js";
import { isFloat } from "./dtype.js";
import type { Atom, ClosedJaxpr, Eqn, Jaxpr, Literal, Var } from "./jaxpr.js";
import type { Shown } from "./params.js";

const isLiteral = (a: Atom): a is Literal => "value" in a;
const isJaxpr = (x: unknown): x is ClosedJaxpr => typeof x === "object" && x !== null && "jaxpr" in x && "consts" in x;

/** The program's text. Jaxprs used several times, and long ones, are defined first and referred to by name. */
export function printJaxpr(jaxpr: Jaxpr): string {
  const printer = new Printer(unusedResults(jaxpr), shareJaxprs(jaxpr));
  return layout(printer.program(jaxpr));
}

/** One equation's text, its variables named from `a` on. */
export const printEqn = (eqn: Eqn): string => layout(new Printer(new Set(), new Map()).equation(eqn));

/** The text of equation `index`, its variables named as in the whole program. */
export function printEqnOf(jaxpr: Jaxpr, index: number): string {
  const printer = new Printer(unusedResults(jaxpr), shareJaxprs(jaxpr));
  printer.program(jaxpr);
  return layout(printer.equation(jaxpr.eqns[index]));
}

/** Results that no later equation uses: printed as `_`. */
function unusedResults(jaxpr: Jaxpr): ReadonlySet<Var> {
  const used = new Set<Atom>(jaxpr.outvars);
  for (const eqn of jaxpr.eqns) for (const a of eqn.inputs) used.add(a);
  return new Set(jaxpr.eqns.flatMap((e) => e.outputs).filter((v) => !used.has(v)));
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

interface ShownParam {
  readonly name: string;
  readonly shown: Exclude<Shown, null>;
}

/** The parameters that are printed: a name first, the others in alphabetical order. */
function shownParams({ primitive, params }: Eqn): ShownParam[] {
  const shown = Object.keys(primitive.params).flatMap((key): ShownParam[] => {
    const value = primitive.params[key].show(params[key]);
    return value === null ? [] : [{ name: snakeCase(key), shown: value }];
  });
  const rank = ({ name }: ShownParam): string => (name === "name" ? "" : name);
  return shown.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

const jaxprsIn = (shown: Shown): readonly ClosedJaxpr[] =>
  isJaxpr(shown) ? [shown] : typeof shown === "string" || shown === null ? [] : shown;

/** A call by name (of a jitted function): its jaxpr's variables are named after the call's operands and results. */
const namedCall = ({ params }: Eqn): { name: string; jaxpr: Jaxpr } | null =>
  typeof params.name === "string" && isJaxpr(params.jaxpr) ? { name: params.name, jaxpr: params.jaxpr.jaxpr } : null;

/** A jaxpr of more equations than this is defined apart, even if used once. */
const longest = 10;

/** The names of the jaxprs that are printed apart, in the order of printing. */
function shareJaxprs(root: Jaxpr): ReadonlyMap<Jaxpr, string> {
  const uses = new Map<Jaxpr, number>();
  const names = new Map<Jaxpr, string>();
  const queue = [root];
  for (let i = 0; i < queue.length; i++) {
    const jaxpr = queue[i];
    const before = uses.get(jaxpr) ?? 0;
    uses.set(jaxpr, before + (jaxpr !== root && jaxpr.eqns.length > longest ? 2 : 1));
    // What a shared jaxpr contains is used as often as it is; more visits would tell nothing new.
    if (before > 2) continue;
    for (const eqn of jaxpr.eqns) {
      const call = namedCall(eqn);
      for (const { shown } of shownParams(eqn)) {
        for (const sub of jaxprsIn(shown)) {
          queue.push(sub.jaxpr);
          if (call && !names.has(sub.jaxpr)) names.set(sub.jaxpr, call.name.replace(/^[<>]+|[<>]+$/g, ""));
        }
      }
    }
  }
  const taken = new Map<string, number>();
  const shared = new Map<Jaxpr, string>();
  for (const [jaxpr, count] of uses) {
    if (count === 1) continue;
    const name = names.get(jaxpr) ?? "jaxpr";
    const same = taken.get(name) ?? 0;
    taken.set(name, same + 1);
    const unique = same > 0 ? `${name}${same}` : name;
    if (same > 0) taken.set(unique, (taken.get(unique) ?? 0) + 1);
    shared.set(jaxpr, unique);
  }
  return shared;
}

/** a, b, …, z, ba, bb, …: a number written with letters for digits. */
function letters(n: number): string {
  const last = String.fromCharCode(97 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26)) + last;
}

class Printer {
  readonly #names = new Map<Var, string>();
  readonly #reserved: ReadonlySet<string>;
  #next = 0;

  constructor(
    unused: ReadonlySet<Var>,
    private readonly shared: ReadonlyMap<Jaxpr, string>,
  ) {
    for (const v of unused) this.#names.set(v, "_");
    this.#reserved = new Set(shared.values());
  }

  program(jaxpr: Jaxpr): Doc {
    const definitions = [...this.shared].map(([sub, name]) =>
      concat(text(`let ${name} = `), this.#body(sub), text(" in"), brk()),
    );
    return concat(...definitions, this.#body(jaxpr));
  }

  equation(eqn: Eqn): Doc {
    const call = namedCall(eqn);
    if (call && !this.shared.has(call.jaxpr)) {
      this.#nameAlike(call.jaxpr.invars, eqn.inputs);
      this.#nameAlike(call.jaxpr.outvars, eqn.outputs);
    }
    const results = this.#binders(eqn.outputs);
    const params = this.#params(shownParams(eqn));
    const rest = concat(text(eqn.primitive.name), params, text(" "), this.#atoms(eqn.inputs, ""));
    return eqn.outputs.length > 0 ? concat(results, text(" = "), rest) : rest;
  }

  #body(jaxpr: Jaxpr): Doc {
    const constvars = this.#binders(jaxpr.constvars);
    const invars = this.#binders(jaxpr.invars);
    const eqns = join(
      brk("; "),
      jaxpr.eqns.map((e) => this.equation(e)),
    );
    const outs = concat(text("("), this.#atoms(jaxpr.outvars, ","), text(jaxpr.outvars.length === 1 ? ",)" : ")"));
    const inner = concat(
      text("{ lambda "),
      constvars,
      text("; "),
      invars,
      text(". let"),
      nest(2, concat(brk(), eqns)),
      brk(),
      text("in "),
      outs,
    );
    return group(concat(nest(2, inner), text(" }")));
  }

  #params(params: readonly ShownParam[]): Doc {
    if (params.length === 0) return empty;
    const pairs = params.map(({ name, shown }) => concat(text(`${name}=`), this.#shown(shown)));
    return group(concat(nest(2, concat(text("["), brk(""), join(brk(), pairs))), brk(""), text("]")));
  }

  #shown(shown: Exclude<Shown, null>): Doc {
    if (typeof shown === "string") return text(shown);
    if (isJaxpr(shown)) return this.#reference(shown);
    const all = shown.map((j) => this.#reference(j));
    return group(concat(nest(2, concat(text("("), brk(""), join(brk(), all))), brk(""), text(")")));
  }

  #reference({ jaxpr }: ClosedJaxpr): Doc {
    const name = this.shared.get(jaxpr);
    return name === undefined ? this.#body(jaxpr) : text(name);
  }

  #binders = (vars: readonly Var[]): Doc =>
    this.#list(
      vars.map((v) => `${this.#nameOf(v)}:${v.aval}`),
      "",
    );
  #atoms = (atoms: readonly Atom[], separator: string): Doc =>
    this.#list(
      atoms.map((a) => (isLiteral(a) ? literalText(a) : this.#nameOf(a))),
      separator,
    );

  /** Each space breaks the line on its own, once the line is full. */
  #list(items: readonly string[], separator: string): Doc {
    return nest(2, group(join(concat(text(separator), group(brk())), items.map(text))));
  }

  #nameOf(v: Var): string {
    let name = this.#names.get(v);
    if (name === undefined) {
      name = this.#freshName();
      this.#names.set(v, name);
    }
    return name;
  }

  #freshName(): string {
    for (;;) {
      const name = letters(this.#next++);
      if (!this.#reserved.has(name)) return name;
    }
  }

  /** Gives variables the names of those they stand for; one that stands for two keeps only the first's. */
  #nameAlike(vars: readonly Atom[], like: readonly Atom[]): void {
    if (vars.length !== like.length) return;
    const used = new Set<Atom>();
    vars.forEach((v, i) => {
      const model = like[i];
      if (isLiteral(model) || used.has(model) || isLiteral(v) || this.#names.has(v)) return;
      used.add(model);
      this.#names.set(v, this.#nameOf(model));
    });
  }
}

function literalText({ value }: Literal): string {
  if (value.ndim > 0) return `[...]:${value.aval}`;
  const x = value.item();
  const shown =
    typeof x === "boolean"
      ? x
        ? "True"
        : "False"
      : typeof x === "object"
        ? pythonComplex(x)
        : typeof x === "number" && isFloat(value.dtype)
          ? pythonFloat(x)
          : String(x);
  return `${shown}:${value.aval}`;
}
