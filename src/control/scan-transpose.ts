/** The transpose of a scan: a scan in the other direction that carries the cotangents of carry and constants. */
import { type ClosedJaxpr, JaxprCache } from "../core/jaxpr.js";
import type { DefinedMultiPrimitive } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { stage } from "../interpreters/staging.js";
import { backwardPass } from "../interpreters/transposition.js";
import { addTangents, instantiate, isZero } from "../interpreters/zeros.js";
import { splitList } from "../prelude/numbers.js";
import { zerosLike } from "../primitives/fill.js";
import { falseThenTrue, reorderInputs, where } from "./jaxpr-edits.js";
import { operandParts, resultParts, type ScanParams } from "./scan-jaxpr.js";
import { type SplitScan, splitScan } from "./scan-partial-eval.js";

type Ct = Tensor | Zero;
type Operand = Tensor | LinearOperand;

export function transposeScan(
  scanP: DefinedMultiPrimitive<ScanParams>,
  cts: readonly Ct[],
  args: readonly Operand[],
  p: ScanParams,
): (Ct | null)[] {
  const isLinear = args.map((x) => x instanceof LinearOperand);
  const split = splitScan(p, isLinear);
  // Carries that do not depend on linear operands are computed first, and leave a scan without them.
  if (split.unknownIn.some((u, i) => !u && i >= p.numConsts && i < p.numConsts + p.numCarry)) {
    return transposeMixed(scanP, cts, args, split);
  }

  const linear = operandParts(isLinear, p);
  const numLinear = where(linear.consts).length;
  const canonical = reorderInputs(p.jaxpr, [
    ...falseThenTrue(linear.consts),
    ...p.jaxpr.inAvals.slice(p.numConsts, p.numConsts + p.numCarry).map((_, i) => p.numConsts + i),
    ...falseThenTrue(linear.xs.map((l) => !l)).map((i) => p.numConsts + p.numCarry + i),
  ]);
  const parts = operandParts(args, p);
  const tensors = (xs: readonly Operand[]): Tensor[] => xs.filter((x): x is Tensor => x instanceof Tensor);
  const ires = tensors(parts.consts);
  const eres = tensors(parts.xs);
  const { carry: ctCarry, ys: ctYs } = resultParts(cts, p);
  const constAvals = where(linear.consts).map((i) => p.jaxpr.inAvals[i].tangent());
  const jaxpr = transposedBody(
    canonical,
    p,
    ires.length,
    numLinear,
    ctYs.map((ct) => !isZero(ct)),
    eres.length,
  );
  const carryIn = ctCarry.map(instantiate);
  const results = scanP.bind(
    [...ires, ...constAvals.map(zerosLike), ...carryIn, ...tensors(ctYs.filter((ct) => ct instanceof Tensor)), ...eres],
    { ...p, jaxpr, reverse: !p.reverse, numConsts: ires.length, numCarry: numLinear + p.numCarry },
  );
  const [constCts, carryCts, xCts] = splitList(results, [
    numLinear,
    p.numCarry,
    results.length - numLinear - p.numCarry,
  ]);
  // A carry that starts at a known value is linear from the second iteration on; nobody asks for its cotangent.
  return [
    ...linear.consts.map((l) => (l ? (constCts.shift() as Tensor) : null)),
    ...linear.carry.map((l, i) => (l ? carryCts[i] : null)),
    ...linear.xs.map((l) => (l ? (xCts.shift() as Tensor) : null)),
  ];
}

const transposedBodies = new JaxprCache<ClosedJaxpr>();

/**
 * From a body that takes residuals, linear constants, carry, linear xs and stacked residuals, to one that takes
 * residuals, the cotangents so far of the constants, those of the carry, the nonzero ones of ys, and stacked residuals.
 */
function transposedBody(
  body: ClosedJaxpr,
  { numConsts, numCarry }: ScanParams,
  numIres: number,
  numLinear: number,
  nonzeroYs: readonly boolean[],
  numEres: number,
): ClosedJaxpr {
  return transposedBodies.get(body, `${numConsts}|${numCarry}|${numIres}|${nonzeroYs}|${numEres}`, () => {
    const { inAvals, outAvals } = body;
    const numLinearXs = inAvals.length - numConsts - numCarry - numEres;
    const [iresAvals, constAvals, carryAvals, xAvals, eresAvals] = splitList(inAvals, [
      numIres,
      numLinear,
      numCarry,
      numLinearXs,
      numEres,
    ]);
    const ysAvals = outAvals.slice(numCarry).map((a) => a.tangent());
    const tangents = constAvals.map((a) => a.tangent());
    const carryCtAvals = outAvals.slice(0, numCarry).map((a) => a.tangent());
    const numYs = nonzeroYs.filter(Boolean).length;
    return stage(
      (...given) => {
        const [ires, ctConsts, ctCarry, ctYs, eres] = splitList(given, [numIres, numLinear, numCarry, numYs, numEres]);
        const operand = (a: (typeof inAvals)[number]): Operand => new LinearOperand(a);
        const args = [...ires, ...[...constAvals, ...carryAvals, ...xAvals].map(operand), ...eres];
        const allYs = ysAvals.map((a, i): Ct => (nonzeroYs[i] ? (ctYs.shift() as Tensor) : new Zero(a)));
        const cts = backwardPass(body.jaxpr, body.consts, args, [...ctCarry, ...allYs]);
        const found = cts.filter((ct): ct is Ct => ct !== null);
        return [
          ...ctConsts.map((ct, i) => instantiate(addTangents(ct, found[i]))),
          ...found.slice(numLinear).map(instantiate),
        ];
      },
      [...iresAvals, ...tangents, ...carryCtAvals, ...ysAvals.filter((_, i) => nonzeroYs[i]), ...eresAvals],
      "transposition of a scan",
    );
  });
}

function transposeMixed(
  scanP: DefinedMultiPrimitive<ScanParams>,
  cts: readonly Ct[],
  args: readonly Operand[],
  split: SplitScan,
): (Ct | null)[] {
  const knownArgs = args.filter((_, i) => !split.unknownIn[i]) as Tensor[];
  const { residuals } = split.run(scanP, knownArgs);
  const unknownArgs = args.filter((_, i) => split.unknownIn[i]);
  const operands = split.arrange<Operand>(residuals, unknownArgs);
  const inner = transposeScan(
    scanP,
    cts.filter((_, i) => split.unknownOut[i]),
    operands,
    split.unknownParams,
  );
  const byOperand = new Map(operands.map((x, i) => [x, inner[i]]));
  return args.map((x) => (x instanceof LinearOperand ? (byOperand.get(x) ?? new Zero(x.aval.tangent())) : null));
}
