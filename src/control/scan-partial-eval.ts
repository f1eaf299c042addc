/** A scan split in two: what depends on known operands alone runs now, the rest later with residuals. */
import { type ClosedJaxpr, JaxprCache } from "../core/jaxpr.js";
import type { DefinedMultiPrimitive, PartialEvalContext } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { type PartialJaxpr, partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { merge, range } from "../prelude/numbers.js";
import { reorderInputs, selectOutputs, where, withInputsAsOutputs } from "./jaxpr-edits.js";
import { carryFixpoint, operandParts, resultParts, type ScanParams } from "./scan-jaxpr.js";

/** Where the residual of an iteration comes from. Those of the first two kinds are the same in every iteration. */
type Source =
  | { readonly kind: "const" | "hoisted" }
  /** A slice of one of the known xs, or of a stacked result of the known loop. */
  | { readonly kind: "xs" | "stacked" };
type Residual = Source & { readonly index: number };

interface Split {
  /** Operands of the unknown part; carries included that are known at first but unknown later. */
  readonly unknownIn: readonly boolean[];
  readonly unknownOut: readonly boolean[];
  /** Of the known constants: computes what does not change from one iteration to the next. */
  readonly hoist: PartialJaxpr;
  readonly numKnownOuts: number;
  readonly residuals: readonly Residual[];
  /** Takes constant residuals, unknown constants, carries, xs, and stacked residuals. */
  readonly unknown: ClosedJaxpr;
}

const splits = new JaxprCache<Split>();
const count = (mask: readonly boolean[]): number => mask.filter(Boolean).length;
const isConstant = ({ kind }: Residual): boolean => kind === "const" || kind === "hoisted";

function computeSplit(p: ScanParams, unknown: readonly boolean[]): Split {
  const parts = operandParts(unknown, p);
  const noYs = resultParts(p.jaxpr.outAvals, p).ys.map(() => false);
  const { value, carry } = carryFixpoint(parts.carry, (carry) => {
    const value = partialEvalJaxpr(p.jaxpr, [...parts.consts, ...carry, ...parts.xs], [...carry, ...noYs]);
    return { value, carryOut: resultParts(value.unknownOut, p).carry };
  });
  const { known, forwarded, unknownOut } = value;
  const numConsts = p.numConsts - count(parts.consts);
  const numCarry = p.numCarry - count(carry);
  const numKnownOuts = unknownOut.length - count(unknownOut);

  // Residuals become results of the known loop, unless they are operands that every iteration finds again.
  const isCarry = (input: number): boolean => input >= numConsts && input < numConsts + numCarry;
  const carried = forwarded.filter((f): f is number => f !== null && isCarry(f));
  const outputs = range(numKnownOuts);
  let computed = numKnownOuts;
  const wanted = forwarded.map((f): Residual | number => {
    if (f !== null && f < numConsts) return { kind: "const", index: f };
    if (f !== null && !isCarry(f)) return { kind: "xs", index: f - numConsts - numCarry };
    outputs.push(f === null ? computed++ : known.outAvals.length + carried.indexOf(f));
    return outputs.length - 1;
  });
  const loop = selectOutputs(withInputsAsOutputs(known, carried), outputs);

  // What depends on constants alone is computed once, before the loop.
  const changing = loop.inAvals.map((_, i) => i >= numConsts);
  const hoist = partialEvalJaxpr(
    loop,
    changing,
    outputs.map((_, i) => i < numKnownOuts),
  );
  const positions = hoist.unknownOut.map((u, i) => count(hoist.unknownOut.slice(0, i).map((v) => v === u)));
  const residuals = wanted.map((r): Residual => {
    if (typeof r !== "number") return r;
    return { kind: hoist.unknownOut[r] ? "stacked" : "hoisted", index: positions[r] };
  });

  const n = residuals.length;
  const constant = residuals.map(isConstant);
  const order = [...where(constant), ...range(n, value.unknown.inAvals.length), ...where(constant.map((c) => !c))];
  return {
    unknownIn: [...parts.consts, ...carry, ...parts.xs],
    unknownOut,
    hoist,
    numKnownOuts,
    residuals,
    unknown: reorderInputs(value.unknown, order),
  };
}

export interface SplitScan extends Split {
  readonly unknownParams: ScanParams;
  /** Runs the known part on the known operands. */
  run(
    scanP: DefinedMultiPrimitive<ScanParams>,
    knownArgs: readonly Tensor[],
  ): { readonly outs: readonly Tensor[]; readonly residuals: readonly Tensor[] };
  /** The operands of the unknown part. */
  arrange<T>(residuals: readonly T[], unknownArgs: readonly T[]): T[];
}

export function splitScan(p: ScanParams, unknown: readonly boolean[]): SplitScan {
  const split = splits.get(p.jaxpr, `${p.numConsts}|${p.numCarry}|${unknown}`, () => computeSplit(p, unknown));
  const { unknownIn, hoist, numKnownOuts, residuals } = split;
  const parts = operandParts(unknownIn, p);
  const numConsts = p.numConsts - count(parts.consts);
  const numCarry = p.numCarry - count(parts.carry);
  const constant = residuals.map(isConstant);
  return {
    ...split,
    unknownParams: {
      ...p,
      jaxpr: split.unknown,
      numConsts: count(constant) + count(parts.consts),
      numCarry: count(parts.carry),
    },
    run(scanP, knownArgs) {
      const consts = knownArgs.slice(0, numConsts);
      const xs = knownArgs.slice(numConsts + numCarry);
      const once = evalClosed(hoist.known, consts);
      const hoisted = once.splice(0, hoist.unknownOut.length - count(hoist.unknownOut));
      const loopConsts = hoist.forwarded.map((f) => (f === null ? (once.shift() as Tensor) : consts[f]));
      const jaxpr = hoist.unknown;
      const results =
        jaxpr.jaxpr.outvars.length === 0 && jaxpr.effects.size === 0
          ? []
          : scanP.bind([...loopConsts, ...knownArgs.slice(numConsts)], {
              ...p,
              jaxpr,
              numConsts: loopConsts.length,
              numCarry,
            });
      const values = { const: consts, hoisted, xs, stacked: results };
      return { outs: results.slice(0, numKnownOuts), residuals: residuals.map((r) => values[r.kind][r.index]) };
    },
    arrange: (values, unknownArgs) => [
      ...values.filter((_, i) => constant[i]),
      ...unknownArgs,
      ...values.filter((_, i) => !constant[i]),
    ],
  };
}

export function partialEvalScan(
  scanP: DefinedMultiPrimitive<ScanParams>,
  cx: PartialEvalContext,
  args: readonly Tensor[],
  p: ScanParams,
): Tensor[] {
  const split = splitScan(
    p,
    args.map((x) => cx.isUnknown(x)),
  );
  const { outs, residuals } = split.run(
    scanP,
    args.filter((_, i) => !split.unknownIn[i]),
  );
  if (!split.unknownOut.includes(true)) return [...outs];
  const operands = split.arrange(
    residuals,
    args.filter((_, i) => split.unknownIn[i]),
  );
  return merge(split.unknownOut, outs, cx.stage(scanP, operands, { ...split.unknownParams }));
}
