/** From the syntax tree to the graph: names become instructions and computations. */
import { HloError } from "../error.js";
import { inferShape } from "../inference/index.js";
import type { HloComputation, HloInstruction, HloModule, Instr, Opcode } from "../instruction.js";
import { shapeEquals, shapeText } from "../shape.js";
import { Cursor, ParseFailure } from "./cursor.js";
import { Attributes, type Callee, fieldsOf, parseMetadata } from "./fields.js";
import type { RawComputation, RawInstruction, RawModule } from "./syntax.js";

/** `%add.12` is instruction 12, unless another one is already; names without a free number get fresh ones. */
const idsOf = (module: RawModule): ReadonlyMap<RawInstruction, number> => {
  const ids = new Map<RawInstruction, number>();
  const taken = new Set<number>();
  const all = module.computations.flatMap((c) => c.instructions);
  for (const i of all) {
    const id = Number(/\.(\d+)$/.exec(i.name)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(id) || taken.has(id)) continue;
    taken.add(id);
    ids.set(i, id);
  }
  let next = 0;
  for (const id of taken) next = Math.max(next, id + 1);
  for (const i of all) if (!ids.has(i)) ids.set(i, next++);
  return ids;
};

/** Gives errors without a place the place of what is being resolved. */
const at = <A>(offset: number, f: () => A): A => {
  try {
    return f();
  } catch (e) {
    if (e instanceof HloError) throw new ParseFailure(offset, e.message);
    throw e;
  }
};

const resolveInstruction = (
  raw: RawInstruction,
  id: number,
  values: ReadonlyMap<string, HloInstruction>,
  callee: Callee,
): HloInstruction => {
  const operands = raw.operands.map(
    (name) => values.get(name) ?? new Cursor("").fail(`%${name} is not defined before its use here`, raw.offset),
  );
  const attributes = new Attributes(raw, callee);
  const origin = attributes.optional<string | undefined>("metadata", undefined, parseMetadata);
  // `fieldsOf` gives the fields of `raw.opcode`: the switch pairs them as the union does.
  const instruction = {
    id,
    opcode: raw.opcode,
    operands,
    shape: raw.shape,
    ...fieldsOf(attributes),
    ...(origin === undefined ? {} : { origin }),
  } as HloInstruction;
  attributes.finish();
  checkKind(instruction);
  const shape = inferShape(instruction);
  if (!shapeEquals(shape, raw.shape))
    throw new HloError("", `the text says ${shapeText(raw.shape)}, but the operation gives ${shapeText(shape)}`);
  return instruction;
};

/** Inference takes what the author chooses from the shape, and so relies on its being an array or a tuple. */
const checkKind = ({ opcode, shape }: HloInstruction): void => {
  const wanted = tupleOpcodes.has(opcode) ? "tuple" : eitherOpcodes.has(opcode) ? shape.kind : "array";
  if (shape.kind !== wanted) throw new HloError("", `${opcode} gives ${wanted === "tuple" ? "a tuple" : "an array"}`);
};

const tupleOpcodes: ReadonlySet<Opcode> = new Set([
  "top-k",
  "while",
  "conditional",
  "call",
  "fusion",
  "tuple",
  "custom-call",
]);
const eitherOpcodes: ReadonlySet<Opcode> = new Set(["reduce", "reduce-window", "sort"]);

const resolveComputation = (
  raw: RawComputation,
  ids: ReadonlyMap<RawInstruction, number>,
  callee: Callee,
): HloComputation => {
  const values = new Map<string, HloInstruction>();
  const parameters: Instr<"parameter">[] = [];
  const instructions: HloInstruction[] = [];
  let root: HloInstruction | undefined;
  const fail = (offset: number, message: string): never => new Cursor("").fail(message, offset);
  for (const r of raw.instructions) {
    const i = at(r.offset, () => resolveInstruction(r, ids.get(r) ?? 0, values, callee));
    if (values.has(r.name)) fail(r.offset, `%${r.name} is defined twice`);
    values.set(r.name, i);
    instructions.push(i);
    if (i.opcode === "parameter") {
      if (parameters[i.index] !== undefined) fail(r.offset, `parameter ${i.index} is defined twice`);
      parameters[i.index] = i;
    }
    if (r.isRoot && root !== undefined) fail(r.offset, `%${raw.name} has two roots`);
    if (r.isRoot) root = i;
  }
  if (root === undefined) return fail(raw.offset, `%${raw.name} has no ROOT`);
  if (
    parameters.length !== raw.parameters.length ||
    !raw.parameters.every(([, s], k) => parameters[k] !== undefined && shapeEquals(s, parameters[k].shape)) ||
    !shapeEquals(raw.result, root.shape)
  )
    fail(raw.offset, `the head of %${raw.name} differs from its parameters or its root`);
  return { name: raw.name, parameters, instructions, root };
};

export const resolveModule = (raw: RawModule): HloModule => {
  const ids = idsOf(raw);
  const byName = new Map<string, RawComputation>();
  for (const c of raw.computations) {
    if (byName.has(c.name)) throw new ParseFailure(c.offset, `%${c.name} is defined twice`);
    byName.set(c.name, c);
  }
  const done = new Map<string, HloComputation>();
  const open = new Set<string>();
  const resolve = (name: string): HloComputation => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const c = byName.get(name);
    if (c === undefined) throw new HloError("", `there is no computation %${name}`);
    if (open.has(name)) throw new ParseFailure(c.offset, `%${name} calls itself`);
    open.add(name);
    const made = resolveComputation(c, ids, resolve);
    done.set(name, made);
    return made;
  };
  const entries = raw.computations.filter((c) => c.isEntry);
  if (entries.length !== 1) throw new ParseFailure(0, `a module has one ENTRY computation, not ${entries.length}`);
  const entry = resolve(entries[0].name);
  return raw.donation === undefined ? { name: raw.name, entry } : { name: raw.name, entry, donation: raw.donation };
};
