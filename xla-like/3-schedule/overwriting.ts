/**
 * When a kernel may write a result over one of its operands.
 *
 * What kernels promise: a loop kernel loads all it needs at a group of positions before it stores there; a row kernel
 * stores whole results only in its last pass, after loading the same positions; a product's epilogue reads and writes
 * at one position. So an operand that is read only at the position being written may be written over.
 */

import { isElementwise } from "../1-simplify/facts/elementwise.js";
import { rowForm } from "../2-fuse/row-grammar.js";
import { dtypes } from "../hlo/dtype.js";
import { throughReshapes } from "../hlo/graph.js";
import type { FusionKind, HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { isProductFusion, productOf } from "../hlo/product.js";
import { type ArrayShape, sameDims, sizeOf } from "../hlo/shape.js";
import { isRowByRow } from "./row-kernels.js";

interface Facts {
  readonly kind: FusionKind;
  /** For each result, the operands that it may be written over. */
  readonly overwritable: readonly (readonly number[])[];
  /** For each result, the operand that it is an update of. */
  readonly targets: readonly (number | undefined)[];
  /** Of a product's fusion, the results whose memory it fits, the likeliest first. */
  readonly roomForProduct: readonly number[];
}

const none: readonly number[] = [];
const nowhere: readonly (readonly number[])[] = [];

/** What each element of the root is; a root that is no tuple has none to show. */
const resultsOf = (c: HloComputation): readonly HloInstruction[] => (c.root.opcode === "tuple" ? c.root.operands : []);

const sizeOfArray = ({ shape }: HloInstruction): number => (shape.kind === "array" ? sizeOf(shape.dims) : -1);

/** The results that lie at the positions the kernel goes over, all of them in one go. */
const inStep = (fusion: Instr<"fusion">): readonly boolean[] => {
  const { computation: c, kind, shape } = fusion;
  const outputs = shape.elements;
  const nowhere = outputs.map(() => false);
  switch (kind) {
    case "loop":
      // Results of different dimensions are computed by different kernels, one after the other.
      return outputs.every((s) => sameDims(s.dims, outputs[0].dims)) ? outputs.map(() => true) : nowhere;
    case "row": {
      const form = rowForm(c);
      return form !== undefined && isRowByRow(form) ? outputs.map((s) => sameDims(s.dims, form.domain)) : nowhere;
    }
    case "dot":
    case "convolution": {
      const size = sizeOf(productOf(fusion).shape.dims);
      return outputs.map((s) => sizeOf(s.dims) === size);
    }
    default:
      return nowhere;
  }
};

/** The parameters whose every use, on every way to a result, is at the very position that is computed. */
const readInPlace = (c: HloComputation, kind: FusionKind): readonly Instr<"parameter">[] => {
  const displaced = new Set<HloInstruction>();
  // Users stand after their operands, so a backward walk knows whether a user's value is displaced later on.
  for (let k = c.instructions.length - 1; k >= 0; k--) {
    const user = c.instructions[k];
    if (user === c.root) continue;
    const staysInPlace = (isElementwise(user) || user.opcode === "reshape") && !displaced.has(user);
    const reducesRows = kind === "row" && user.opcode === "reduce";
    user.operands.forEach((o, at) => {
      const kept = staysInPlace ? sizeOfArray(o) === sizeOfArray(user) : reducesRows && at < user.operands.length / 2;
      if (!kept) displaced.add(o);
    });
  }
  return c.parameters.filter((p) => !displaced.has(p));
};

/** The array, and what it was before it was reshaped. */
const formsOf = (i: HloInstruction): ReadonlySet<HloInstruction> => {
  const forms = new Set([i]);
  for (let x = i; x.opcode === "reshape"; x = x.operands[0]) forms.add(x.operands[0]);
  return forms;
};

/** Whether an update reads its target nowhere but where it writes: the window it replaces, element by element. */
const readsOnlyItsWindow = (c: HloComputation, update: Instr<"dynamic-update-slice" | "scatter">): boolean => {
  const target = formsOf(update.operands[0]);
  const inWindow = new Set<HloInstruction>();
  for (const i of c.instructions) {
    if (target.has(i)) continue;
    if (i === update) {
      // The new elements may come from the window; the target itself may appear only as the target.
      for (let k = 1; k < i.operands.length; k++) {
        const o = i.operands[k];
        if (target.has(o) || (inWindow.has(o) && (k !== 1 || i.opcode !== "dynamic-update-slice"))) return false;
      }
      continue;
    }
    if (!i.operands.some((o) => target.has(o) || inWindow.has(o))) continue;
    const readsWindow =
      i.opcode === "dynamic-slice" &&
      update.opcode === "dynamic-update-slice" &&
      i.operands[0] === update.operands[0] &&
      i.operands.slice(1).every((o, k) => o === update.operands[k + 2] && !inWindow.has(o)) &&
      update.operands[1].shape.kind === "array" &&
      sameDims(i.sizes, update.operands[1].shape.dims);
    const staysInWindow =
      isElementwise(i) &&
      i.operands.every((o) => !target.has(o) && (!inWindow.has(o) || sizeOfArray(o) === sizeOfArray(i)));
    if (!readsWindow && !staysInWindow) return false;
    inWindow.add(i);
  }
  return true;
};

const roomForProduct = (fusion: Instr<"fusion">): readonly number[] => {
  const product = productOf(fusion);
  const outputs = fusion.shape.elements;
  const fitting = outputs
    .map((_, k) => k)
    .filter((k) => sizeOf(outputs[k].dims) === sizeOf(product.shape.dims) && isAsWide(outputs[k], product.shape));
  const itself = resultsOf(fusion.computation).findIndex((r) => throughReshapes(r) === product);
  return itself < 0 ? fitting : [itself, ...fitting.filter((k) => k !== itself)];
};

const isAsWide = (a: ArrayShape, b: ArrayShape): boolean => dtypes[a.dtype].bytes === dtypes[b.dtype].bytes;

const updateFacts = (fusion: Instr<"fusion">): Facts => {
  const { computation: c, kind, shape } = fusion;
  const results = resultsOf(c);
  const targets: (number | undefined)[] = shape.elements.map(() => undefined);
  const overwritable: (readonly number[])[] = shape.elements.map(() => none);
  results.forEach((result, k) => {
    const update = throughReshapes(result);
    if (update.opcode !== "dynamic-update-slice" && update.opcode !== "scatter") return;
    const target = throughReshapes(update.operands[0]);
    if (target.opcode !== "parameter") return;
    targets[k] = target.index;
    if (readsOnlyItsWindow(c, update) && !results.some((r) => throughReshapes(r) === target))
      overwritable[k] = [target.index];
  });
  return { kind, roomForProduct: none, targets, overwritable };
};

const analyse = (fusion: Instr<"fusion">): Facts => {
  const { computation: c, kind, shape } = fusion;
  if (kind === "update") return updateFacts(fusion);
  const room = isProductFusion(fusion) ? roomForProduct(fusion) : none;
  const moves = inStep(fusion);
  const targets = shape.elements.map(() => undefined);
  const still = resultsOf(c).length > 0 && moves.includes(true) ? readInPlace(c, kind) : [];
  const overwritable = shape.elements.map((s, k) =>
    moves[k]
      ? still.filter((p) => sizeOf(p.shape.dims) === sizeOf(s.dims) && isAsWide(p.shape, s)).map((p) => p.index)
      : none,
  );
  return { kind, overwritable, targets, roomForProduct: room };
};

const known = new WeakMap<HloComputation, Facts>();
const factsOf = (fusion: Instr<"fusion">): Facts => {
  const found = known.get(fusion.computation);
  if (found !== undefined && found.kind === fusion.kind) return found;
  const facts = analyse(fusion);
  known.set(fusion.computation, facts);
  return facts;
};

/** For each result of a fusion, the operands that it may be written over if they die there; nothing for others. */
export const overwritableOperands = (i: HloInstruction): readonly (readonly number[])[] =>
  i.opcode === "fusion" ? factsOf(i).overwritable : nowhere;

/** For each result of an update fusion, the operand that holds what is updated; nothing for other results. */
export const updateTargets = (i: HloInstruction): readonly (number | undefined)[] =>
  i.opcode === "fusion" && i.kind === "update" ? factsOf(i).targets : [];

/**
 * The results of a dot or convolution fusion in whose memory the product may lie before the epilogue, in order of
 * preference. Such a result must not lie over an operand, which the epilogue reads after the product was written.
 */
export const resultsWithRoom = (fusion: Instr<"fusion">): readonly number[] => factsOf(fusion).roomForProduct;
