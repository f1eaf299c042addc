import { type ArrayLike, asTensor } from "../core/array-like.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { instantiate } from "../interpreters/zeros.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { add } from "../primitives/arithmetic.js";
import * as tree from "../tree/index.js";
import { checkFunction, FlatFunction, flattenTensors, named, nameOf, programName } from "./flat.js";
import { splitStatic } from "./static-args.js";
import { checkTangents, tangentKind } from "./tangents.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

export interface CustomJvpOptions {
  /** Arguments that are passed on as they are, to the function and first to its rule. */
  readonly nondiffArgnums?: readonly number[];
}

type JvpRule<F extends AnyFunction> = (
  // biome-ignore lint/suspicious/noExplicitAny: the arguments in nondiffArgnums come first
  ...args: any[]
) => readonly [Tensors<ReturnType<F>>, Tensors<ReturnType<F>>] | readonly [unknown, unknown];

export interface CustomJvp<F extends AnyFunction> {
  (...args: LooseArgs<Parameters<F>>): Tensors<ReturnType<F>>;
  /** Sets the rule `(primals, tangents) => [out, tangentOut]`; arguments in nondiffArgnums come first. */
  defjvp(rule: JvpRule<F>): this;
  /**
   * Sets the rule one argument at a time: each gives its contribution to the tangent, `(tangent, out, ...primals)`, and
   * `null` says that there is none. Not for functions with nondiffArgnums.
   */
  defjvps(...rules: readonly (PartialRule<F> | null)[]): this;
}

type PartialRule<F extends AnyFunction> = (
  // biome-ignore lint/suspicious/noExplicitAny: the tangent of one argument
  tangent: any,
  out: Tensors<ReturnType<F>>,
  ...primals: Parameters<F>
) => unknown;

/**
 * A function with a forward-mode rule of its own, from which reverse mode follows too.
 *
 * @throws TransformError CT328 when differentiated without a rule, CT329 when the rule's result does not fit
 * @example
 * const f = customJvp((x: Tensor) => np.exp(x));
 * f.defjvp(([x], [t]) => [f(x), t.mul(f(x))]);
 * grad(f)(0).item(); // 1
 */
export function customJvp<F extends AnyFunction>(f: F, options: CustomJvpOptions = {}): CustomJvp<F> {
  checkFunction("customJvp", f);
  checkOptions("customJvp", options, ["nondiffArgnums"]);
  let rule: JvpRule<F> | null = null;
  const call = (...args: unknown[]): unknown => {
    const { dynamic, statics, merge } = splitStatic("customJvp", options.nondiffArgnums, args, f.length);
    const { leaves, treedef } = flattenTensors(dynamic, `customJvp: an argument of ${nameOf(f)}`);
    const flat = new FlatFunction("customJvp", f, (xs) => merge(treedef.unflatten(xs) as unknown[]));
    const jvp = (primals: readonly Tensor[], tangents: readonly (Tensor | Zero)[]) => {
      if (!rule) {
        throw new TransformError(
          "CT328",
          `customJvp: ${nameOf(f)} is differentiated, but has no rule. Define one with defjvp.`,
        );
      }
      const pair = rule(
        ...statics.map(([, v]) => v),
        treedef.unflatten(primals),
        treedef.unflatten(tangents.map(instantiate)),
      );
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new TransformError(
          "CT329",
          `customJvp: the rule of ${nameOf(f)} must return [out, tangentOut], but it returned ${describeType(pair)}.`,
        );
      }
      const out = flattenTensors(pair[0], "the rule's result");
      flat.outTree ??= out.treedef;
      const ts = checkTangents(`customJvp: the rule of ${nameOf(f)}`, tangentKind, pair[1], out.treedef, out.leaves);
      return { outs: out.leaves, tangents: ts };
    };
    const ruleName = rule ? programName(rule) : "jvp";
    const outs = currentTrace().bindCustomJvp(
      { name: programName(f), fun: flat.call, jvp: named(jvp, ruleName) },
      leaves,
    );
    return flat.rebuildOut(outs);
  };
  const custom = Object.assign(named(call, f.name), {
    defjvp(given: JvpRule<F>) {
      checkFunction("defjvp", given);
      rule = given;
      return custom;
    },
    defjvps(...given: readonly (PartialRule<F> | null)[]) {
      if (options.nondiffArgnums?.length) {
        throw new ArgumentError("CT003", "defjvps: there are nondiffArgnums. Write the whole rule with defjvp.");
      }
      for (const r of given) if (r !== null) checkFunction("defjvps", r);
      rule = (primals: Parameters<F>, tangents: readonly unknown[]) => {
        if (given.length !== primals.length) {
          throw new TransformError(
            "CT329",
            `customJvp: ${nameOf(f)} has ${primals.length} arguments, but defjvps gave ${given.length} rules. ` +
              "Give one for each argument, null where there is no derivative.",
          );
        }
        const out = call(...primals) as Tensors<ReturnType<F>>;
        const terms = given.flatMap((r, i) => (r ? [r(tangents[i], out, ...primals)] : []));
        const zero = tree.map((x: Tensor) => instantiate(new Zero(x.aval.tangent())), out as never);
        return [out, terms.length > 0 ? terms.reduce(addTrees) : zero];
      };
      return custom;
    },
  });
  return custom as never;
}

const addTrees = (a: unknown, b: unknown): unknown =>
  tree.map(
    (x: unknown, y: unknown) => add(asTensor(x as ArrayLike, "defjvps"), asTensor(y as ArrayLike, "defjvps")),
    a,
    b as never,
  );
