/**
 * A batch of products of which only rows are computed further (norms, sums of exponentials) is worked off matrix by matrix: the
 * fusion of the product and that of the rows become one, and the products are never in memory, all of them at once.
 */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import { Copier } from "../1-simplify/rewriting/copier.js";
import type { Family } from "../hlo/computation-builder.js";
import { dtypes } from "../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { type ArrayShape, sameDims, sizeOf } from "../hlo/shape.js";
import { isScalarOperation } from "./emittable.js";
import { rowForm } from "./row-grammar.js";

type Fusion = Instr<"fusion">;

/** What a thread keeps in its own cache. */
const mostMatrixBytes = 2 ** 18;
/** Smaller products stay in the cache as they are. */
const leastBytes = 2 ** 20;
/** Fewer matrices are not to be divided among threads. */
const fewestMatrices = 16;
/** Of rows or columns: what is no more than a vector has kernels of its own. */
const shortestSide = 8;

interface Pair {
  readonly product: Fusion;
  /** The rows' operand that is the product. */
  readonly operand: number;
  /** The reshapes between them, in order. */
  readonly reshapes: readonly Instr<"reshape">[];
}

/** How many matrices a dot fusion computes, if each of them may lie in memory of its own. */
const matricesOf = ({ computation, shape }: Fusion): number | undefined => {
  const dot = computation.instructions.find((i) => i.opcode === "dot");
  const [stored] = computation.root.operands;
  if (dot?.opcode !== "dot" || shape.elements.length !== 1 || !isStoredInPlace(stored, dot)) return undefined;
  const { dtype, dims } = dot.shape;
  const { lhsBatch, lhsContracting } = dot.dims;
  const rank = lhsBatch.length;
  const middle = dimsOf(dot.operands[0]).length - lhsContracting.length;
  const matrices = sizeOf(dims.slice(0, rank));
  const [rows, columns] = [sizeOf(dims.slice(rank, middle)), sizeOf(dims.slice(middle))];
  const bytes = rows * columns * dtypes[dtype].bytes;
  const isFitting =
    shape.elements[0].dtype === dtype && matrices >= fewestMatrices && Math.min(rows, columns) >= shortestSide;
  return isFitting && bytes <= mostMatrixBytes && matrices * bytes >= leastBytes ? matrices : undefined;
};

/** Whether a result lies place by place as the product does: it is not stored transposed. */
const isStoredInPlace = (i: HloInstruction, product: HloInstruction): boolean =>
  i === product || isScalarOperation(i) || (i.opcode === "reshape" && isStoredInPlace(i.operands[0], product));

/** Whether the rows that read parameter `p` at each place are of as many groups as there are matrices. */
const isMatrixByMatrix = ({ computation }: Fusion, p: number, matrices: number): boolean => {
  const form = rowForm(computation);
  if (form === undefined || form.reductions.size === 0) return false;
  if ([...form.reductions.values()].some((as) => as !== "row")) return false;
  const { domain, split } = form;
  // Where something as large is stored, the product may as well be: two kernels then are the faster ones.
  if (computation.root.operands.some((o) => sameDims(dimsOf(o), domain))) return false;
  let outer = 1;
  for (let d = 0; d < split && outer < matrices; d++) outer *= domain[d];
  return outer === matrices && isReadInPlace(computation, computation.parameters[p], domain);
};

/** Whether a row's values depend on the same row of `value` alone. */
const isReadInPlace = (c: HloComputation, value: HloInstruction, domain: readonly number[]): boolean => {
  if (!sameDims(dimsOf(value), domain)) return false;
  const from = new Set([value]);
  for (const i of c.instructions) {
    if (i === c.root || i.opcode === "reduce" || !i.operands.some((o) => from.has(o))) continue;
    if (!isScalarOperation(i) || !sameDims(dimsOf(i), domain)) return false;
    from.add(i);
  }
  return true;
};

/** Row fusions with the product that they alone read. */
const pairsOf = (c: HloComputation): ReadonlyMap<Fusion, Pair> => {
  const users = new Map<HloInstruction, HloInstruction[]>();
  for (const i of c.instructions) for (const o of new Set(i.operands)) users.set(o, [...(users.get(o) ?? []), i]);
  const isOnlyRead = (i: HloInstruction): boolean => i !== c.root && users.get(i)?.length === 1;
  const pairOf = (rows: Fusion): Pair | undefined => {
    for (const [operand, read] of rows.operands.entries()) {
      const reshapes: Instr<"reshape">[] = [];
      let i = read;
      for (; i.opcode === "reshape" && isOnlyRead(i); [i] = i.operands) reshapes.unshift(i);
      if (i.opcode !== "get-tuple-element" || !isOnlyRead(i)) continue;
      const [product] = i.operands;
      if (product.opcode !== "fusion" || product.kind !== "dot") continue;
      const matrices = matricesOf(product);
      if (matrices === undefined || !isMatrixByMatrix(rows, operand, matrices)) continue;
      return { product, operand, reshapes };
    }
    return undefined;
  };
  const pairs = new Map<Fusion, Pair>();
  for (const i of c.instructions) {
    if (i.opcode !== "fusion" || i.kind !== "row") continue;
    const pair = pairOf(i);
    if (pair !== undefined) pairs.set(i, pair);
  }
  return pairs;
};

const arrayShapeOf = (i: HloInstruction): ArrayShape => {
  if (i.shape.kind === "array") return i.shape;
  throw new TypeError(`%${i.opcode}.${i.id} is no array`);
};

/** The computation of both fusions: each is one fusion in it. */
const together = (b: Copier, rows: Fusion, pair: Pair, operands: readonly HloInstruction[]): HloComputation => {
  const inner = b.nested("fused_batch");
  const parameters = new Map(operands.map((o) => [o, inner.parameter(arrayShapeOf(o))] as const));
  const read = (o: HloInstruction): HloInstruction => {
    const p = parameters.get(o);
    if (p === undefined) throw new TypeError(`%${o.opcode}.${o.id} is no operand of either fusion`);
    return p;
  };
  const { product, operand, reshapes } = pair;
  inner.origin = product.origin;
  let [value] = inner.fusion("dot", product.computation, product.operands.map(read));
  for (const r of reshapes) value = inner.copy(r, [value]);
  inner.origin = rows.origin;
  const all = rows.operands.map((o, k) => (k === operand ? value : read(o)));
  return inner.build(inner.fusion("row", rows.computation, all));
};

/** The computation with such pairs as one fusion each. */
export const joinBatches = (c: HloComputation, family: Family): HloComputation => {
  const pairs = pairsOf(c);
  if (pairs.size === 0) return c;
  const gone = new Set<HloInstruction>();
  for (const [rows, { product, operand }] of pairs) {
    gone.add(product);
    for (let i = rows.operands[operand]; i !== product; [i] = i.operands) gone.add(i);
  }
  family.names.delete(c.name);
  const b = new Copier(c.name, family);
  const values = new Map<HloInstruction, HloInstruction>();
  const copied = (i: HloInstruction): HloInstruction => {
    const made = values.get(i);
    if (made === undefined) throw new TypeError(`%${i.opcode}.${i.id} has no value in %${c.name}`);
    return made;
  };
  for (const i of c.instructions) {
    if (gone.has(i)) continue;
    const pair = i.opcode === "fusion" ? pairs.get(i) : undefined;
    if (i.opcode === "parameter") {
      b.origin = i.origin;
      values.set(i, b.parameter(i.shape, i.name));
      b.origin = undefined;
    } else if (i.opcode === "fusion" && pair !== undefined) {
      const others = i.operands.filter((_, k) => k !== pair.operand);
      const operands = [...new Set([...pair.product.operands, ...others])];
      const computation = together(b, i, pair, operands);
      const batch: Fusion = { ...i, kind: "batch", computation, operands };
      values.set(i, b.copy(batch, operands.map(copied)));
    } else values.set(i, b.copy(i, i.operands.map(copied)));
  }
  return b.build(copied(c.root));
};
