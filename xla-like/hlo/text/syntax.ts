/** From text to a syntax tree: names are not resolved yet, attribute values are raw text. */
import { type DType, dtypes, type HostArray, isComplex } from "../dtype.js";
import { HloError } from "../error.js";
import { isOpcode, type Opcode } from "../instruction.js";
import { type ArrayShape, arrayShape, type HloShape, shapeText, sizeOf, tupleShape } from "../shape.js";
import { parseString } from "./attributes.js";
import type { Cursor } from "./cursor.js";
import { literalStore } from "./literal-text.js";

export interface RawInstruction {
  readonly offset: number;
  readonly name: string;
  readonly shape: HloShape;
  readonly opcode: Opcode;
  readonly isRoot: boolean;
  /** Names of operands; none for a parameter or constant. */
  readonly operands: readonly string[];
  /** `parameter` only. */
  readonly index: number;
  /** `constant` only. */
  readonly data: HostArray | undefined;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface RawComputation {
  readonly offset: number;
  readonly name: string;
  readonly isEntry: boolean;
  readonly parameters: readonly (readonly [name: string, shape: HloShape])[];
  readonly result: HloShape;
  readonly instructions: readonly RawInstruction[];
}

export interface RawModule {
  readonly name: string;
  readonly donation: readonly (readonly [parameter: number, output: number])[] | undefined;
  readonly computations: readonly RawComputation[];
}

const dtypeOf: ReadonlyMap<string, DType> = new Map(Object.values(dtypes).map((d) => [d.hlo, d.name]));

const plainName = /[\w.-]+/y;
const quotedName = /"(?:[^"\\]|\\.)*"/y;
const natural = /\d+/y;
const entry = /nan\(0x[0-9a-f]+\)|[\w.+-]+/y;

/** Runs `f` on a word just taken, and puts its errors where the word begins. */
const read = <A>(c: Cursor, word: string, f: (word: string) => A): A => {
  try {
    return f(word);
  } catch (e) {
    if (e instanceof HloError) c.fail(e.detail, c.offset - word.length);
    throw e;
  }
};

/** A plain or a quoted name, without its `%`. */
export const parseName = (c: Cursor): string => {
  c.skip();
  return c.text[c.offset] === '"' ? read(c, c.take(quotedName, "a name"), parseString) : c.take(plainName, "a name");
};

const reference = (c: Cursor): string => {
  c.expect("%");
  return parseName(c);
};

const integer = (c: Cursor): number => Number(c.take(natural, "a number"));

const parseArrayShape = (c: Cursor): ArrayShape => {
  const start = c.offset;
  const word = c.take(/\w+/y, "an element type");
  const dtype = dtypeOf.get(word) ?? c.fail(`'${word}' is no element type`, start);
  c.expect("[");
  return arrayShape(
    dtype,
    c.list("]", () => integer(c)),
  );
};

export const parseShape = (c: Cursor): HloShape =>
  c.accept("(") ? tupleShape(c.list(")", () => parseArrayShape(c))) : parseArrayShape(c);

const parseLiteral = (c: Cursor, shape: HloShape): HostArray => {
  if (shape.kind === "tuple") return c.fail("a constant is an array");
  const { dtype, dims } = shape;
  // Each element takes a character or more, so a shape beyond that cannot be filled: do not even allocate it.
  if (sizeOf(dims) > c.text.length - c.offset)
    return c.fail(`the constant has fewer elements than ${shapeText(shape)}`);
  const { data, store } = literalStore(dtype, sizeOf(dims));
  let next = 0;
  const one = (): void => {
    read(c, c.take(entry, "a number"), (word) => store(next++, word));
  };
  const element = (): void => {
    if (isComplex(dtype)) c.expect("(");
    one();
    if (!isComplex(dtype)) return;
    c.expect(",");
    one();
    c.expect(")");
  };
  const level = (d: number): void => {
    if (d === dims.length) {
      element();
      return;
    }
    c.expect("{");
    for (let k = 0; k < dims[d]; k++) {
      if (k > 0) c.expect(",");
      level(d + 1);
    }
    c.expect("}");
  };
  level(0);
  return data;
};

const parseInstruction = (c: Cursor): RawInstruction => {
  const isRoot = c.accept("ROOT ");
  c.skip();
  const { offset } = c;
  const name = reference(c);
  c.expect("=");
  const shape = parseShape(c);
  const opcode = c.take(/[a-z0-9-]+/y, "an operation");
  if (!isOpcode(opcode)) return c.fail(`'${opcode}' is no operation`, c.offset - opcode.length);
  c.expect("(");
  const data = opcode === "constant" ? parseLiteral(c, shape) : undefined;
  const index = opcode === "parameter" ? integer(c) : 0;
  if (opcode === "constant" || opcode === "parameter") c.expect(")");
  const operands = opcode === "constant" || opcode === "parameter" ? [] : c.list(")", () => reference(c));
  const attributes = new Map<string, string>();
  while (c.accept(",")) {
    const key = c.take(/\w+/y, "an attribute");
    if (attributes.has(key)) c.fail(`the attribute '${key}' comes twice`, c.offset - key.length);
    c.expect("=");
    attributes.set(key, c.value());
  }
  return { offset, name, shape, opcode, isRoot, operands, index, data, attributes };
};

const parseComputation = (c: Cursor): RawComputation => {
  const isEntry = c.accept("ENTRY ");
  c.skip();
  const { offset } = c;
  const name = reference(c);
  c.expect("(");
  const parameters = c.list(")", () => {
    const parameter = parseName(c);
    c.expect(":");
    return [parameter, parseShape(c)] as const;
  });
  c.expect("->");
  const result = parseShape(c);
  c.expect("{");
  const instructions: RawInstruction[] = [];
  while (!c.accept("}")) instructions.push(parseInstruction(c));
  return { offset, name, isEntry, parameters, result, instructions };
};

/** `{ {0}: (1) }`: result 0 may take the buffer of parameter 1. */
const parseDonation = (c: Cursor): readonly (readonly [number, number])[] => {
  c.expect("{");
  return c.list("}", () => {
    c.expect("{");
    const output = integer(c);
    c.expect("}");
    c.expect(":");
    c.expect("(");
    const parameter = integer(c);
    c.expect(")");
    return [parameter, output] as const;
  });
};

export const parseSyntax = (c: Cursor): RawModule => {
  c.expect("HloModule ");
  const name = parseName(c);
  let donation: RawModule["donation"];
  if (c.accept(",")) {
    c.expect("input_output_alias");
    c.expect("=");
    donation = parseDonation(c);
  }
  const computations: RawComputation[] = [];
  while (!c.atEnd) computations.push(parseComputation(c));
  return { name, donation, computations };
};
