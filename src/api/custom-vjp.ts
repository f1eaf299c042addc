import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { TransformError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import type { TreeDef } from "../tree/index.js";
import { checkFunction, FlatFunction, flattenTensors, named, nameOf, programName } from "./flat.js";
import { splitStatic } from "./static-args.js";
import { checkTangents, cotangentKind } from "./tangents.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

export interface CustomVjpOptions {
  /** Arguments that are passed on as they are: to `fwd` in place, to `bwd` first. */
  readonly nondiffArgnums?: readonly number[];
}

// biome-ignore lint/suspicious/noExplicitAny: residuals are whatever fwd makes of them
type Bwd = (...args: any[]) => readonly unknown[];

export interface CustomVjp<F extends AnyFunction> {
  (...args: LooseArgs<Parameters<F>>): Tensors<ReturnType<F>>;
  /**
   * Sets the rules: `fwd(...args) => [out, residuals]`, and `bwd(residuals, ct) => [ct of each argument]`, where null
   * stands for zero.
   */
  defvjp(fwd: (...args: Parameters<F>) => readonly [unknown, unknown], bwd: Bwd): this;
}

/**
 * A function with a reverse-mode rule of its own. It cannot be differentiated forwards.
 *
 * @throws TransformError CT327 under forward mode, CT328 when differentiated without rules, CT329 when a rule's result
 *   does not fit
 * @example
 * const f = customVjp((x: Tensor) => np.exp(x));
 * f.defvjp((x) => { const y = np.exp(x); return [y, y]; }, (y, ct) => [ct.mul(y)]);
 * grad(f)(0).item(); // 1
 */
export function customVjp<F extends AnyFunction>(f: F, options: CustomVjpOptions = {}): CustomVjp<F> {
  checkFunction("customVjp", f);
  checkOptions("customVjp", options, ["nondiffArgnums"]);
  const name = nameOf(f);
  let rules: { fwd: (...args: Parameters<F>) => readonly [unknown, unknown]; bwd: Bwd } | null = null;
  const needRules = () => {
    if (rules) return rules;
    throw new TransformError(
      "CT328",
      `customVjp: ${name} is differentiated, but has no rules. Define them with defvjp.`,
    );
  };

  const call = (...args: unknown[]): unknown => {
    const { dynamic, statics, merge } = splitStatic("customVjp", options.nondiffArgnums, args, f.length);
    const { leaves, treedef } = flattenTensors(dynamic, `customVjp: an argument of ${name}`);
    const flat = new FlatFunction("customVjp", f, (xs) => merge(treedef.unflatten(xs) as unknown[]));
    let resTree: TreeDef | undefined;

    const fwd = (...xs: Tensor[]) => {
      const pair = needRules().fwd(...(merge(treedef.unflatten(xs) as unknown[]) as Parameters<F>));
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new TransformError(
          "CT329",
          `customVjp: fwd of ${name} must return [out, residuals], but it returned ${describeType(pair)}.`,
        );
      }
      const out = flattenTensors(pair[0], "fwd's result");
      const res = flattenTensors(pair[1], "fwd's residuals");
      flat.outTree ??= out.treedef;
      resTree = res.treedef;
      return { res: res.leaves, outs: out.leaves };
    };

    const bwd = (res: readonly Tensor[], cts: readonly Tensor[]): (Tensor | Zero)[] => {
      const outTree = flat.outTree as TreeDef;
      const ct = outTree.unflatten(cts);
      const grads = needRules().bwd(...statics.map(([, v]) => v), (resTree as TreeDef).unflatten(res), ct);
      if (!Array.isArray(grads) || grads.length !== dynamic.length) {
        throw new TransformError(
          "CT329",
          `customVjp: bwd of ${name} must return a list of ${dynamic.length} cotangents, one for each differentiated argument, ` +
            `but it returned ${Array.isArray(grads) ? `${grads.length}` : describeType(grads)}.`,
        );
      }
      return treedef.children.flatMap((child, i) => {
        const from = treedef.children.slice(0, i).reduce((n, c) => n + c.numLeaves, 0);
        const targets = leaves.slice(from, from + child.numLeaves);
        if (grads[i] === null) return targets.map((x) => new Zero(x.aval.tangent()));
        return checkTangents(`customVjp: argument ${i} in bwd of ${name}`, cotangentKind, grads[i], child, targets);
      });
    };

    const rule = {
      fwd: named(fwd, rules ? programName(rules.fwd) : "fwd"),
      bwd: named(bwd, rules ? programName(rules.bwd) : "bwd"),
    };
    const outs = currentTrace().bindCustomVjp({ name: programName(f), fun: flat.call, ...rule }, leaves);
    return flat.rebuildOut(outs);
  };

  const custom = Object.assign(named(call, f.name), {
    defvjp(fwd: (...args: Parameters<F>) => readonly [unknown, unknown], bwd: Bwd) {
      checkFunction("defvjp", fwd);
      checkFunction("defvjp", bwd);
      rules = { fwd, bwd };
      return custom;
    },
  });
  return custom as never;
}
