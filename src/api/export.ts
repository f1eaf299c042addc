import { computationsOf, printModule } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { isInexact } from "../core/dtype.js";
import { ClosedJaxpr, Jaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { Tracer } from "../core/trace.js";
import { dceJaxpr } from "../interpreters/dce.js";
import { closeOver, evalClosed } from "../interpreters/eval-jaxpr.js";
import { lowerProgram } from "../interpreters/lowering.js";
import { stage } from "../interpreters/staging.js";
import { ArgumentError, CompileError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { full } from "../primitives/fill.js";
import { keystr, TreeDef } from "../tree/index.js";
import {
  type BoundArgument,
  fitLeaves,
  functionOf,
  inputAvals,
  inputTypes,
  outputTypes,
  type TreeProgram,
} from "./exported-function.js";
import type { FlatProgram, NamedConstant } from "./exported-program.js";
import { portableText } from "./portable-text.js";
import { vjp } from "./vjp.js";

export type { BoundArgument };

/** What a text of an exported function may be. */
export type ExportText = "jaxpr" | "hlo" | "stablehlo";

interface Parts {
  readonly name: string;
  /** The constants are its first inputs. */
  readonly jaxpr: ClosedJaxpr;
  readonly constants: readonly NamedConstant[];
  readonly inTree: TreeDef;
  readonly outTree: TreeDef;
  readonly statics: readonly BoundArgument[];
}

/**
 * A function with everything that it is: its program for arguments of given types, and the tensors that it closes over.
 * `io.saveFunction` writes it to a file, from which `io.loadFunction` runs it without the source.
 *
 * Static arguments are part of the program. What is donated is for the caller to say anew.
 */
export class Exported implements TreeProgram {
  readonly name: string;
  /** The structure of the arguments, a list. */
  readonly inTree: TreeDef;
  readonly outTree: TreeDef;
  /** Static arguments that are part of the program. */
  readonly statics: readonly BoundArgument[];
  /** @internal Its program. */
  readonly flat: FlatProgram;
  readonly #jaxpr: ClosedJaxpr;
  readonly #constants: readonly NamedConstant[];

  /** @internal Use `jit(f).export(…)`. */
  constructor({ name, jaxpr, constants, inTree, outTree, statics }: Parts) {
    this.name = name;
    this.inTree = inTree;
    this.outTree = outTree;
    this.statics = statics;
    this.#jaxpr = jaxpr;
    this.#constants = constants;
    this.flat = programOf(name, jaxpr, constants, 0);
  }

  /** The types of its arguments, as trees of `ShapeDtypeStruct`. */
  get inputs(): readonly unknown[] {
    return inputTypes(this);
  }
  /** The type of its result. */
  get outputs(): unknown {
    return outputTypes(this);
  }
  /** The tensors that are part of it, by the names that files have for them. */
  get constants(): ReadonlyMap<string, Tensor> {
    return new Map(this.#constants.map((c) => [c.name, c.value]));
  }

  /** Calls the exported program, in any trace. It can be differentiated in reverse. */
  call(...args: unknown[]): unknown {
    return functionOf(this)(...args);
  }

  /**
   * Makes an argument part of the function, such as its parameters: the result takes one argument fewer. In files its
   * leaves are named as those of a tree `{ [name]: value }`.
   *
   * @throws TransformError CT333 if the value is not of the types exported for
   * @example
   * const predict = jit((w: Tensor, x: Tensor) => x.mul(w)).export(np.ones([2]), np.ones([2])).bind(0, np.array([3, 4]));
   * (predict.call(np.array([1, 2])) as Tensor).js(); // [3, 8]
   */
  bind(argument: number, value: unknown, options: { readonly name?: string } = {}): Exported {
    checkOptions("bind", options, ["name"]);
    const { children } = this.inTree;
    if (!Number.isInteger(argument) || argument < 0 || argument >= children.length) {
      throw new ArgumentError(
        "CT004",
        `bind: ${this.name} has no argument ${argument}: there are ${children.length}, counted from 0.`,
      );
    }
    const { name = `argument${argument}` } = options;
    const before = children.slice(0, argument).reduce((n, c) => n + c.numLeaves, 0);
    const child = children[argument];
    const avals = inputAvals(this).slice(before, before + child.numLeaves);
    const leaves = fitLeaves(`bind: argument ${argument} of ${this.name}`, value, child, avals);
    const bound = child.leafPaths().map((path, i): NamedConstant => {
      const at = keystr(path, { simple: true });
      return { name: at === "" ? name : `${name}.${at}`, value: concrete(this.name, leaves[i]) };
    });
    const clash = bound.find((c) => this.constants.has(c.name));
    if (clash !== undefined) {
      throw new ArgumentError("CT004", `bind: ${this.name} has '${clash.name}' already. Give another name.`);
    }
    const { jaxpr } = this.#jaxpr;
    const own = this.#constants.length;
    const first = own + before;
    const invars = [...jaxpr.invars];
    const moved = invars.splice(first, child.numLeaves);
    invars.splice(own, 0, ...moved);
    return new Exported({
      name: this.name,
      jaxpr: new ClosedJaxpr(new Jaxpr([], invars, jaxpr.eqns, jaxpr.outvars), []),
      constants: [...this.#constants, ...bound],
      inTree: new TreeDef(
        "array",
        children.filter((_, i) => i !== argument),
      ),
      outTree: this.outTree,
      statics: this.statics,
    });
  }

  /**
   * The program's text. Tensors that are part of the function are its first parameters, in the order of `constants`.
   * @throws CompileError CT606 where StableHLO has no such operation
   */
  asText(stage: ExportText = "hlo"): string {
    switch (stage) {
      case "jaxpr":
        return String(this.#jaxpr);
      case "hlo":
        return printModule(this.flat.program.module);
      case "stablehlo":
        return portableText(this.flat.program.module);
      default:
        throw new ArgumentError(
          "CT601",
          `asText: there is no stage ${JSON.stringify(stage)}. Use "jaxpr", "hlo" or "stablehlo".`,
        );
    }
  }
}

/** @internal What a jitted function traced to, as an exported one. */
export function exported(parts: Omit<Parts, "constants">, captured: readonly Tensor[]): Exported {
  const constants = captured.map((x, i) => ({ name: `captured.${i}`, value: concrete(parts.name, x) }));
  return new Exported({ ...parts, constants });
}

function concrete(name: string, x: Tensor): Tensor {
  if (!(x instanceof Tracer)) return x;
  throw new CompileError(
    "CT607",
    `export: ${name} closes over a value that is being traced, which no file can hold. ` +
      "Pass it as an argument, or export outside of the transform.",
  );
}

/** @param depth how often the function was differentiated to get this */
function programOf(name: string, closed: ClosedJaxpr, constants: readonly NamedConstant[], depth: number): FlatProgram {
  const { jaxpr } = closed;
  const cleaned = dceJaxpr(
    jaxpr,
    jaxpr.outvars.map(() => true),
    true,
  );
  const { module } = lowerProgram(new ClosedJaxpr(cleaned.jaxpr, []), name);
  const calls = computationsOf(module).flatMap((c) => c.instructions.filter((i) => i.opcode === "custom-call"));
  if (calls.some((i) => i.target === "callback")) {
    throw new CompileError(
      "CT607",
      `export: ${name} calls JavaScript functions (debug.print, debug.callback), which no file can hold. Leave them out.`,
    );
  }
  let pullback: FlatProgram | undefined;
  const vjp = (): FlatProgram => {
    pullback ??= pullbackOf(name, closed, constants, depth + 1);
    return pullback;
  };
  return { program: { name, module, inAvals: closed.inAvals, outAvals: closed.outAvals }, constants, vjp };
}

const inexact = (avals: readonly ShapedArray[]): readonly ShapedArray[] => avals.filter((a) => isInexact(a.dtype));

function pullbackOf(
  name: string,
  closed: ClosedJaxpr,
  constants: readonly NamedConstant[],
  depth: number,
): FlatProgram {
  const n = constants.length;
  const inputs = closed.inAvals.slice(n);
  const cotangents = inexact(closed.outAvals).map((a) => a.strengthen());
  const pull = (...all: Tensor[]): readonly Tensor[] => {
    const own = all.slice(0, n);
    const xs = all.slice(n, n + inputs.length);
    const cts = all.slice(n + inputs.length);
    const active = xs.filter((x) => isInexact(x.dtype));
    // Nothing depends on anything that could be differentiated.
    if (active.length === 0 || cts.length === 0) return active.map((x) => full(x.shape, 0, x.dtype));
    const f = (...some: Tensor[]): Tensor[] => {
      const given = [...some];
      const full = xs.map((x) => (isInexact(x.dtype) ? (given.shift() as Tensor) : x));
      return evalClosed(closed, [...own, ...full]).filter((x) => isInexact(x.dtype));
    };
    const [, pullback] = vjp(f, ...active);
    return pullback(cts);
  };
  const avals = [...closed.inAvals, ...cotangents];
  const { jaxpr, consts } = closeOver(stage(pull, avals, `export: the derivative of ${name}`));
  const more = consts.map((value, i) => ({ name: `derivative.${depth}.${i}`, value: concrete(name, value) }));
  return programOf(name, jaxpr, [...more, ...constants], depth);
}
