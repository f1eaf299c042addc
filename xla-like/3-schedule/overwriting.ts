/**
 * When a kernel may write a result over one of its operands.
 *
 * What kernels promise: a loop kernel loads all it needs at a group of positions before it stores there; a row kernel
 * stores whole results only in its last pass, after loading the same positions; a product's epilogue reads and writes
 * at one position. So an operand that is read only at the position being written may be written over.
 */
import { isElementwise } from "../1-simplify/facts/elementwise.js";
import { dtypes } from "../hlo/dtype.js";
import type { FusionKind, HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { type ArrayShape, sameDims } from "../hlo/shape.js";
import { bytesOf } from "./aliases.js";

/** Where a product lies before its epilogue: in the memory of a result, or in memory of its own. */
export type RawProduct = { readonly output: number } | "scratch";

interface Facts {
  readonly kind: FusionKind;
  /** For each result, the operands that it may be written over. */
  readonly overwritable: readonly (readonly number[])[];
  /** For each result, the operand that it is an update of. */
  readonly targets: readonly (number | undefined)[];
  readonly raw: RawProduct;
}

const none: readonly number[] = [];
const nowhere: readonly (readonly number[])[] = [];

/** What each element of the root is; a root that is no tuple has none to show. */
const resultsOf = (c: HloComputation): readonly HloInstruction[] => (c.root.opcode === "tuple" ? c.root.operands : []);

/** The one dot or convolution of a computation. */
export const productOf = (c: HloComputation): (HloInstruction & { readonly shape: ArrayShape }) | undefined =>
  c.instructions.find(
    (i): i is Instr<"dot"> | Instr<"convolution"> => i.opcode === "dot" || i.opcode === "convolution",
  );

/** The arrays that row kernels go over row by row: what their reduces reduce. */
const rowDomain = (c: HloComputation): readonly number[] | undefined => {
  for (const i of c.instructions)
    if (i.opcode === "reduce" && i.operands[0].shape.kind === "array") return i.operands[0].shape.dims;
  return undefined;
};

/** The instructions whose every use, on every way to a result, is at the very position that is computed. */
const readInPlace = (c: HloComputation, kind: FusionKind): ReadonlySet<HloInstruction> => {
  const displaced = new Set<HloInstruction>();
  // Users stand after their operands, so a backward walk knows whether a user's value is displaced later on.
  for (let k = c.instructions.length - 1; k >= 0; k--) {
    const user = c.instructions[k];
    if (user === c.root) continue;
    const elementwise = isElementwise(user) && !displaced.has(user);
    const reducesRows = kind === "row" && user.opcode === "reduce";
    user.operands.forEach((o, at) => {
      const kept =
        (elementwise &&
          o.shape.kind === "array" &&
          user.shape.kind === "array" &&
          sameDims(o.shape.dims, user.shape.dims)) ||
        (reducesRows && at < user.operands.length / 2);
      if (!kept) displaced.add(o);
    });
  }
  return new Set(c.parameters.filter((p) => !displaced.has(p)));
};

/** Whether an update reads its target nowhere but where it writes: the window it replaces, element by element. */
const readsOnlyItsWindow = (
  c: HloComputation,
  update: Instr<"dynamic-update-slice" | "scatter">,
  target: HloInstruction,
): boolean => {
  const inWindow = new Set<HloInstruction>();
  for (const i of c.instructions) {
    if (i === update) {
      // The new elements may come from the window; the target itself may appear only as the target.
      for (let k = 1; k < i.operands.length; k++) {
        const o = i.operands[k];
        if (o === target || (inWindow.has(o) && (k !== 1 || i.opcode !== "dynamic-update-slice"))) return false;
      }
      continue;
    }
    if (!i.operands.some((o) => o === target || inWindow.has(o))) continue;
    const readsWindow =
      i.opcode === "dynamic-slice" &&
      update.opcode === "dynamic-update-slice" &&
      i.operands[0] === target &&
      i.operands.slice(1).every((o, k) => o === update.operands[k + 2] && !inWindow.has(o)) &&
      update.operands[1].shape.kind === "array" &&
      sameDims(i.sizes, update.operands[1].shape.dims);
    const staysInWindow =
      isElementwise(i) &&
      i.operands.every(
        (o) =>
          o !== target &&
          (!inWindow.has(o) ||
            (o.shape.kind === "array" && i.shape.kind === "array" && sameDims(o.shape.dims, i.shape.dims))),
      );
    if (!readsWindow && !staysInWindow) return false;
    inWindow.add(i);
  }
  return true;
};

const rawProductOf = (c: HloComputation, outputs: readonly ArrayShape[]): RawProduct => {
  const product = productOf(c);
  if (product === undefined) return "scratch";
  const results = resultsOf(c);
  const itself = results.indexOf(product);
  if (itself >= 0) return { output: itself };
  const fits = outputs.findIndex((s) => sameDims(s.dims, product.shape.dims) && bytesOf(s) === bytesOf(product.shape));
  return fits >= 0 ? { output: fits } : "scratch";
};

const analyse = ({ computation: c, kind, shape }: Instr<"fusion">): Facts => {
  const outputs = shape.elements;
  const results = resultsOf(c);
  const isProduct = kind === "dot" || kind === "convolution";
  const raw = isProduct ? rawProductOf(c, outputs) : "scratch";
  const targets = outputs.map((_, k) => {
    const r = results[k];
    if (kind !== "update" || r === undefined) return undefined;
    if (r.opcode !== "dynamic-update-slice" && r.opcode !== "scatter") return undefined;
    const [target] = r.operands;
    return target.opcode === "parameter" ? target.index : undefined;
  });
  if (kind === "update")
    return {
      kind,
      raw,
      targets,
      overwritable: targets.map((t, k) => {
        const r = results[k];
        if (t === undefined || (r.opcode !== "dynamic-update-slice" && r.opcode !== "scatter")) return none;
        return readsOnlyItsWindow(c, r, c.parameters[t]) && results.indexOf(c.parameters[t]) < 0 ? [t] : none;
      }),
    };
  const still = readInPlace(c, kind);
  const domain = isProduct ? productOf(c)?.shape.dims : kind === "row" ? rowDomain(c) : outputs[0]?.dims;
  const overwritable = outputs.map((s, k) => {
    if (results.length === 0 || domain === undefined || !sameDims(s.dims, domain)) return none;
    // The epilogue reads its operands after the product lies there.
    if (raw !== "scratch" && raw.output === k) return none;
    return c.parameters
      .filter(
        (p) => still.has(p) && sameDims(p.shape.dims, s.dims) && dtypes[p.shape.dtype].bytes === dtypes[s.dtype].bytes,
      )
      .map((p) => p.index);
  });
  return { kind, overwritable, targets, raw };
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

/** Where the product of a dot or convolution fusion lies before its epilogue. */
export const rawProduct = (fusion: Instr<"fusion">): RawProduct => factsOf(fusion).raw;
