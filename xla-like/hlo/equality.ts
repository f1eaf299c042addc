/** Structural equality of computations and modules: the same graph with the same ids, names and attributes. */
import type { HostArray } from "./dtype.js";
import { calledComputations } from "./graph.js";
import type { HloComputation, HloInstruction, HloModule } from "./instruction.js";

const sameBytes = (a: HostArray, b: HostArray): boolean =>
  a.constructor === b.constructor &&
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

/** Numbers, strings, lists and records; an absent field equals one that is undefined or false. */
const sameData = (a: unknown, b: unknown): boolean => {
  if (Object.is(a ?? false, b ?? false)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => sameData(x, b[i]));
  const [x, y] = [Object.entries(a), Object.entries(b)];
  const inB = new Map(y);
  const keys = new Set([...x, ...y].map(([key]) => key));
  const inA = new Map(x);
  return [...keys].every((key) => sameData(inA.get(key), inB.get(key)));
};

/** Fields that hold other nodes, compared as parts of the graph and not as data. */
const graphFields = new Set([
  "operands",
  "data",
  "callback",
  "computation",
  "condition",
  "body",
  "branches",
  "comparator",
  "select",
  "scatter",
]);

const attributesOf = (i: HloInstruction): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(i).filter(([key]) => !graphFields.has(key)));

const sameInstruction = (a: HloInstruction, b: HloInstruction, seen: Map<HloComputation, HloComputation>): boolean => {
  const [calledByA, calledByB] = [calledComputations(a), calledComputations(b)];
  return (
    sameData(attributesOf(a), attributesOf(b)) &&
    a.operands.length === b.operands.length &&
    a.operands.every((o, i) => o.id === b.operands[i].id) &&
    (a.opcode !== "constant" || (b.opcode === "constant" && sameBytes(a.data, b.data))) &&
    (a.opcode !== "custom-call" || (b.opcode === "custom-call" && a.callback === b.callback)) &&
    calledByA.length === calledByB.length &&
    calledByA.every((c, i) => sameComputation(c, calledByB[i], seen))
  );
};

const sameComputation = (a: HloComputation, b: HloComputation, seen: Map<HloComputation, HloComputation>): boolean => {
  const known = seen.get(a);
  if (known !== undefined) return known === b;
  seen.set(a, b);
  return (
    a.name === b.name &&
    a.root.id === b.root.id &&
    a.instructions.length === b.instructions.length &&
    a.instructions.every((i, k) => sameInstruction(i, b.instructions[k], seen))
  );
};

export const computationEquals = (a: HloComputation, b: HloComputation): boolean => sameComputation(a, b, new Map());

export const moduleEquals = (a: HloModule, b: HloModule): boolean =>
  a.name === b.name && sameData(a.donation, b.donation) && computationEquals(a.entry, b.entry);
