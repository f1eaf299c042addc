/** A computation as the scheduler sees it: steps that take time and memory, and the values they read and write. */

import { hasSideEffect } from "../hlo/graph.js";
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import { bytesOf } from "../hlo/shape.js";
import { arraysOf, isAlias } from "./aliases.js";
import { invariantCarries } from "./invariants.js";
import { overwritableOperands, updateTargets } from "./overwriting.js";

/** An array with memory of its own. */
export interface Value {
  /** Numbered within the computation. */
  readonly id: number;
  readonly bytes: number;
  /** Whether its memory can be used again when its last reader has run. */
  readonly freeable: boolean;
  readonly writer: Step | undefined;
  /** Which of the writer's results it is. */
  readonly index: number;
  readonly readers: Step[];
}

export interface Step {
  readonly instruction: HloInstruction;
  /** Its place in the order that was given. */
  readonly rank: number;
  /** Each value once. */
  readonly reads: readonly Value[];
  readonly writes: readonly Value[];
  /** The value of each operand; of tuples, the first. */
  readonly operands: readonly Value[];
  /** For each result, the operands it may be written over, and the one it updates. */
  readonly overwritable: readonly (readonly number[])[];
  readonly targets: readonly (number | undefined)[];
  /** Memory that it needs besides, for as long as it runs. */
  readonly inner: number;
  /** Steps that must come after it. */
  readonly followers: Step[];
  /** Steps that should: they would write over what this one reads. */
  readonly writersAfter: Step[];
}

export interface Dependence {
  readonly computation: HloComputation;
  readonly steps: readonly Step[];
  /** Every value that a step reads or writes, by its number. */
  readonly values: readonly Value[];
  /** Memory held before the first step. */
  readonly held: number;
}

export interface Surroundings {
  /** Parameters whose memory this computation may use again, and the result that should be written there. */
  readonly heirs: ReadonlyMap<number, number>;
  /** The temporary memory that an instruction's own computations need. */
  readonly inner: (i: HloInstruction) => number;
}

/** How far to look for a reader that depends on the writer it should precede. */
const searchBudget = 2000;

/** Which of the values' readers must come after `from` anyhow. */
const reachable = (from: Step, readers: readonly Step[]): ReadonlySet<Step> => {
  let last = -1;
  for (const r of readers) last = Math.max(last, r.rank);
  const seen = new Set<Step>();
  if (last <= from.rank) return seen;
  const open = [from];
  let budget = searchBudget;
  for (let s = open.pop(); s !== undefined; s = open.pop())
    for (const f of s.followers)
      if (f.rank <= last && !seen.has(f)) {
        if (budget-- === 0) return new Set(readers);
        seen.add(f);
        open.push(f);
      }
  return seen;
};

const writeAfterReaders = (writer: Step, value: Value): void => {
  if (value.readers.length === 0 || (value.readers.length === 1 && value.readers[0] === writer)) return;
  const after = reachable(writer, value.readers);
  for (const r of value.readers) if (r !== writer && !after.has(r)) r.writersAfter.push(writer);
};

const fewest = 16;

const distinct = <A>(list: readonly A[]): readonly A[] => {
  if (list.length > fewest) return [...new Set(list)];
  return list.some((x, k) => list.indexOf(x) < k) ? list.filter((x, k) => list.indexOf(x) === k) : list;
};

/** What an instruction stands for. */
interface Meaning {
  /** One for each array. */
  readonly values: readonly Value[];
  /** The steps it comes from; not always the writers of its values, which a loop may hand on unchanged. */
  readonly from: readonly Step[];
}
type Meanings = Map<HloInstruction, Meaning>;

const meaningOf = (meanings: Meanings, i: HloInstruction): Meaning => {
  const found = meanings.get(i);
  if (found === undefined) throw new TypeError(`${i.opcode}.${i.id} stands before its operands`);
  return found;
};

const noSteps: readonly Step[] = [];

const fromAll = (of: readonly Meaning[]): readonly Step[] => {
  if (of.length === 0) return noSteps;
  if (of.length === 1 || of.every((m) => m.from === of[0].from)) return of[0].from;
  return distinct(of.flatMap((m) => m.from));
};

const aliased = (meanings: Meanings, i: HloInstruction): Meaning => {
  const of = i.operands.map((o) => meaningOf(meanings, o));
  const from = fromAll(of);
  if (i.opcode === "tuple") return { values: of.map((m) => m.values[0]), from };
  return i.opcode === "get-tuple-element" ? { values: [of[0].values[i.index]], from } : of[0];
};

type Numbering = Value[];

const numbered = (all: Numbering, v: Omit<Value, "id" | "readers">): Value => {
  const made: Value = { ...v, id: all.length, readers: [] };
  all.push(made);
  return made;
};

const given = (all: Numbering, bytes: number, freeable: boolean): Value =>
  numbered(all, { bytes, freeable, writer: undefined, index: 0 });

const stepOf = (i: HloInstruction, rank: number, meanings: Meanings, all: Numbering, inner: number): Step => {
  const of = i.operands.map((o) => meaningOf(meanings, o));
  const operands = of.map((m) => m.values[0]);
  const reads = distinct(of.length === 1 ? of[0].values : of.flatMap((m) => m.values));
  const step: Step & { writes: readonly Value[] } = {
    instruction: i,
    rank,
    reads,
    writes: [],
    operands,
    overwritable: overwritableOperands(i),
    targets: updateTargets(i),
    inner,
    followers: [],
    writersAfter: [],
  };
  const made = (bytes: number, index: number): Value => numbered(all, { bytes, freeable: true, writer: step, index });
  const invariant = i.opcode === "while" ? invariantCarries(i) : undefined;
  const results = arraysOf(i.shape).map((s, k) => (invariant?.[k] === true ? operands[k] : made(bytesOf(s), k)));
  for (const v of reads) v.readers.push(step);
  for (const earlier of fromAll(of)) earlier.followers.push(step);
  meanings.set(i, { values: results, from: [step] });
  step.writes = results.filter((v) => v.writer === step);
  return step;
};

const emptyStep: Omit<Step, "instruction" | "rank"> = {
  reads: [],
  writes: [],
  operands: [],
  overwritable: [],
  targets: [],
  inner: 0,
  followers: [],
  writersAfter: [],
};

export const dependenceOf = (c: HloComputation, { heirs, inner }: Surroundings): Dependence => {
  const meanings: Meanings = new Map();
  const all: Value[] = [];
  const steps: Step[] = [];
  let held = 0;
  let effect: Step | undefined;
  for (const i of c.instructions) {
    if (i.opcode === "parameter") {
      const bytes = bytesOf(i.shape);
      const freeable = heirs.has(i.index);
      if (freeable) held += bytes;
      meanings.set(i, { values: [given(all, bytes, freeable)], from: [] });
    } else if (i.opcode === "constant") meanings.set(i, { values: [given(all, bytesOf(i.shape), false)], from: [] });
    else if (isAlias(i)) meanings.set(i, aliased(meanings, i));
    else {
      const step = stepOf(i, steps.length, meanings, all, inner(i));
      steps.push(step);
      if (hasSideEffect(i)) {
        effect?.followers.push(step);
        effect = step;
      }
    }
  }
  for (const s of steps)
    for (const target of s.targets) if (target !== undefined) writeAfterReaders(s, s.operands[target]);
  const results = meaningOf(meanings, c.root).values;
  for (const [parameter, result] of heirs) {
    const p = c.parameters[parameter];
    const writer = results[result]?.writer;
    if (p !== undefined && writer !== undefined) writeAfterReaders(writer, meaningOf(meanings, p).values[0]);
  }
  // The results outlive the computation: nobody is their last reader.
  const caller: Step = { ...emptyStep, instruction: c.root, rank: steps.length };
  for (const v of results) v.readers.push(caller);
  return { computation: c, steps, values: all, held };
};
