/** Reads jaxprs from JAX's text, with primitives that are only names: enough to be printed again. */
import { ShapedArray } from "../../src/core/aval.js";
import { type DType, dtypes, isComplex, isFloat } from "../../src/core/dtype.js";
import { noEffects } from "../../src/core/effects.js";
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, Literal, Var } from "../../src/core/jaxpr.js";
import type { Param } from "../../src/core/params.js";
import type { Primitive } from "../../src/core/primitive.js";
import { literal, type ScalarValue } from "../../src/core/scalars.js";

/** Names mean other variables in every jaxpr, so that the printer has to find JAX's names by itself. */
type Scope = Map<string, Var>;

const typeOf = (text: string): ShapedArray => {
  const [, short, dims] = /^(\w+)\[([\d,]*)\]$/.exec(text) as RegExpExecArray;
  const dtype = (Object.keys(dtypes) as DType[]).find((d) => dtypes[d].short === short) as DType;
  return new ShapedArray(dims === "" ? [] : dims.split(",").map(Number), dtype);
};

function scalarOf(text: string, dtype: DType): ScalarValue {
  if (dtype === "bool") return text === "True";
  const number = (s: string): number => Number(s.replace("inf", "Infinity"));
  if (isComplex(dtype)) {
    const [, re, im] = /^\(?(?:(.+?)(?=[+-][^e]*j))?(.+)j\)?$/.exec(text) as RegExpExecArray;
    return { re: re === undefined ? 0 : number(re), im: number(im) };
  }
  return isFloat(dtype) ? number(text) : BigInt(text);
}

class Reader {
  #at = 0;
  readonly #shared = new Map<string, ClosedJaxpr>();
  /** Shared jaxprs may be used before they are defined. */
  readonly #pending: (() => void)[] = [];
  constructor(private readonly text: string) {}

  program(): Jaxpr {
    const definitions = new Map<string, ClosedJaxpr>();
    while (this.#accept(/let (\w+) = /)) {
      definitions.set(this.#last, this.#jaxpr());
      this.#expect(/ in\s/);
    }
    const { jaxpr } = this.#jaxpr();
    for (const [name, closed] of definitions) this.#shared.set(name, closed);
    for (const resolve of this.#pending) resolve();
    return jaxpr;
  }

  #last = "";
  #accept(pattern: RegExp): boolean {
    const sticky = new RegExp(pattern.source, "y");
    sticky.lastIndex = this.#at;
    const match = sticky.exec(this.text);
    if (!match) return false;
    this.#at = sticky.lastIndex;
    this.#last = match[1] ?? "";
    return true;
  }
  #expect(pattern: RegExp): string {
    if (this.#accept(pattern)) return this.#last;
    throw new Error(`expected ${pattern} at …${this.text.slice(this.#at, this.#at + 60)}`);
  }

  #jaxpr(): ClosedJaxpr {
    const scope: Scope = new Map();
    this.#expect(/\{ lambda /);
    const constvars = this.#binders(scope);
    this.#expect(/\s*; /);
    const invars = this.#binders(scope);
    this.#expect(/\s*\. let\s+/);
    const eqns: Eqn[] = [];
    while (!this.#accept(/\s*in \(/)) {
      eqns.push(this.#eqn(scope));
      this.#accept(/; |\s+(?!in \()/);
    }
    const outs: Atom[] = [];
    while (!this.#accept(/,?\)\s*\}/)) {
      outs.push(this.#atom(scope));
      this.#accept(/,\s+/);
    }
    return new ClosedJaxpr(new Jaxpr(constvars, invars, eqns, outs), []);
  }

  #binders(scope: Scope): Var[] {
    const vars: Var[] = [];
    while (this.#accept(/\s*(\w+):(?=[a-z])/)) {
      const name = this.#last;
      const v = new Var(typeOf(this.#expect(/(\w+\[[\d,]*\])/)));
      if (name !== "_" || !scope.has("_")) scope.set(name, v);
      vars.push(v);
    }
    return vars;
  }

  #eqn(scope: Scope): Eqn {
    const outputs = this.#binders(scope);
    this.#expect(/ = /);
    const name = this.#expect(/([\w-]+)/);
    const params: Record<string, unknown> = {};
    const specs: Record<string, Param<unknown>> = {};
    if (this.#accept(/\[\s*/)) {
      while (!this.#accept(/\s*\]/)) {
        const key = this.#expect(/\s*(\w+)=/);
        specs[key] = { show: (x) => x as string, key: String };
        this.#value(params, key);
      }
    }
    const inputs: Atom[] = [];
    while (this.#accept(/\s+(?=[a-z]+\b(?!:|\[)|[-(\dTF]|(?:nan|inf):)(?!in \()/)) inputs.push(this.#atom(scope));
    this.#accept(/ (?=\n)/);
    const primitive = { name, kind: "multi", params: specs } as unknown as Primitive;
    return { primitive, inputs, params, outputs, effects: noEffects };
  }

  /** A jaxpr, a tuple of jaxprs, the name of a shared one, or anything else as it stands. */
  #value(params: Record<string, unknown>, key: string): void {
    if (this.text.startsWith("{ lambda", this.#at)) {
      params[key] = this.#jaxpr();
    } else if (this.#accept(/\(\s*(?=\{ lambda)/)) {
      const all: ClosedJaxpr[] = [];
      while (!this.#accept(/\s*\)/)) {
        all.push(this.#jaxpr());
        this.#accept(/\s+(?=\{)/);
      }
      params[key] = all;
    } else {
      const start = this.#at;
      for (let depth = 0; ; this.#at++) {
        const c = this.text[this.#at];
        if (depth === 0 && (c === "]" || /\s/.test(c))) break;
        if ("([".includes(c)) depth++;
        if (")]".includes(c)) depth--;
      }
      const text = this.text.slice(start, this.#at);
      params[key] = text;
      if (key.endsWith("jaxpr")) this.#pending.push(() => (params[key] = this.#shared.get(text) ?? text));
      if (key === "branches") {
        const names = text.slice(1, -1).split(" ");
        this.#pending.push(() => (params[key] = names.map((n) => this.#shared.get(n))));
      }
    }
  }

  #atom(scope: Scope): Atom {
    if (this.#accept(/([^\s,:)]+|\([^)]*\)):(?=[a-z])/)) {
      const text = this.#last;
      const { dtype } = typeOf(this.#expect(/(\w+\[\])/));
      return new Literal(literal(scalarOf(text, dtype), dtype));
    }
    const name = this.#expect(/(\w+)/);
    return scope.get(name) as Var;
  }
}

export const readJaxpr = (text: string): Jaxpr => new Reader(text).program();
