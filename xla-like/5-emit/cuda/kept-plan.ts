/**
 * Reductions along any dimensions, of one array or of several at once: of what a fusion computes, all results wait for
 * them. The dimensions that are kept become the rows and the reduced ones the columns, wherever they stand; or, where
 * the innermost ones are kept, these become the columns, so that neighbouring threads read neighbouring elements.
 */
import { isScalarOperation } from "../../2-fuse/emittable.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { arrayOf } from "../elements/computed.js";
import { factorsOf } from "../elements/domain.js";
import { dimsOf } from "../elements/forms.js";
import { type Fusion, rootsOf } from "../elements/fusion.js";
import { Reducer } from "../elements/reducer.js";
import type { Reduction, RowPlan } from "./row-plan.js";

type Reduce = Instr<"reduce">;

/** Fewer elements are better reduced by the one thread that has the result. */
const fewestReduced = 32;

/** The plan of a fusion that ends in reductions of the same dimensions, or in elementwise operations on their results. */
export function keptPlan(fusion: Fusion): RowPlan | undefined {
  const reduces = reducesBehind(fusion);
  if (reduces === undefined) return undefined;
  const [first] = reduces;
  const dims = dimsOf(first.operands[0]);
  const outputs = rootsOf(fusion).map((root, number) => ({ root, number }));
  const runs = runsOf(dims, first.dimensions);
  const product = (list: readonly Run[]): number => sizeOf(list.map((r) => r.size));
  const reduced = runs.filter((r) => r.isReduced);
  if (sizeOf(dims) === 0 || product(reduced) < fewestReduced) return undefined;
  const kept = runs.filter((r) => !r.isReduced);
  const reductions = reduces.map((r) => reductionOf(fusion, r));
  const inputs = reduces.flatMap((r) => r.operands.slice(0, r.operands.length / 2));
  const factors = factorsOf(inputs, dims, [runs.map((r) => r.size)]);
  const last = runs[runs.length - 1];
  if (last.isReduced) {
    const shape = { outer: 1, rows: product(kept), columns: product(reduced) };
    const places = placesOf(runs, factors, (r) => (r.isReduced ? "column" : "row"));
    return { ...shape, ...places, ...nothing, passes: [reductions], perRow: outputs };
  }
  const shape = { outer: product(kept.slice(0, -1)), rows: product(reduced), columns: last.size };
  const places = placesOf(runs, factors, (r) => (r === last ? "column" : r.isReduced ? "row" : "outer"));
  return { ...shape, ...places, ...nothing, column: reductions, perColumn: outputs };
}

const nothing = { passes: [[]], whole: [], perRow: [], perColumn: [], column: [], full: [] } as const;

/** Neighbouring dimensions that are all reduced, or all kept. */
interface Run {
  readonly size: number;
  readonly isReduced: boolean;
}

function runsOf(dims: readonly number[], reduced: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  dims.forEach((size, d) => {
    if (size === 1) return;
    const isReduced = reduced.includes(d);
    const before = runs[runs.length - 1];
    if (before?.isReduced === isReduced) runs[runs.length - 1] = { size: before.size * size, isReduced };
    else runs.push({ size, isReduced });
  });
  return runs;
}

type Part = "outer" | "row" | "column";

/** Divides the factors, of which each run is a product, among the parts. */
function placesOf(runs: readonly Run[], factors: readonly number[], partOf: (r: Run) => Part) {
  const parts: Record<Part, number[]> = { outer: [], row: [], column: [] };
  const placed: { readonly part: Part; readonly at: number }[] = [];
  let next = 0;
  for (const run of runs) {
    const part = partOf(run);
    for (let size = 1; size < run.size; next++) {
      placed.push({ part, at: parts[part].push(factors[next]) - 1 });
      size *= factors[next];
    }
  }
  const before: Record<Part, number> = {
    outer: 0,
    row: parts.outer.length,
    column: parts.outer.length + parts.row.length,
  };
  const order = placed.map(({ part, at }) => before[part] + at);
  return { outerFactors: parts.outer, rowFactors: parts.row, columnFactors: parts.column, order };
}

function reductionOf({ computation }: Fusion, instruction: Reduce): Reduction {
  const types = instruction.operands.slice(0, instruction.operands.length / 2).map((x) => arrayOf(x).dtype);
  const reducer = new Reducer(instruction.computation, types);
  if (instruction.shape.kind === "array") return { instruction, reducer, results: [instruction] };
  const elements = computation.instructions.filter(
    (i): i is Instr<"get-tuple-element"> => i.opcode === "get-tuple-element" && i.operands[0] === instruction,
  );
  return { instruction, reducer, results: types.map((_, k) => elements.find((e) => e.index === k) ?? instruction) };
}

/** The reductions that results are, or from which they are computed place by place; each of the same elements. */
function reducesBehind(fusion: Fusion): readonly [Reduce, ...Reduce[]] | undefined {
  const found = new Set<Reduce>();
  /** What is read at other places than the result's own. */
  const elsewhere = new Set<HloInstruction>();
  const seen = new Set<HloInstruction>();
  const roots = rootsOf(fusion);
  const dims = dimsOf(roots[0]);
  if (!roots.every((r) => sameDims(dimsOf(r), dims))) return undefined;
  const visit = (i: HloInstruction): void => {
    if (seen.has(i)) return;
    seen.add(i);
    const source = i.opcode === "get-tuple-element" ? i.operands[0] : i;
    if (source.opcode === "reduce" && sameDims(dimsOf(i), dims)) {
      found.add(source);
      for (const x of source.operands) elsewhere.add(x);
    } else if (isScalarOperation(i) && sameDims(dimsOf(i), dims)) {
      // A scalar condition or bound of an array is read at a place of its own.
      for (const x of i.operands)
        if (sameDims(dimsOf(x), dims)) visit(x);
        else elsewhere.add(x);
    } else elsewhere.add(i);
  };
  roots.forEach(visit);
  for (const i of elsewhere) for (const x of i.operands) elsewhere.add(x);
  const [first, ...rest] = found;
  if (first === undefined || [...found].some((r) => elsewhere.has(r))) return undefined;
  const isLike = (r: Reduce): boolean =>
    sameDims(dimsOf(r.operands[0]), dimsOf(first.operands[0])) &&
    sameDims([...r.dimensions].sort(), [...first.dimensions].sort());
  return rest.every(isLike) ? [first, ...rest] : undefined;
}
