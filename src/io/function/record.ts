/**
 * How an exported function is laid down in a file's metadata: a signature as JSON, and the HLO text of its program and of
 * the pullbacks that were kept. Its constants are the file's tensors. Nothing in it is code of this language.
 */
import { type HloModule, parseModule, printModule } from "../../../xla-like/index.js";
import type { BoundArgument, TreeProgram } from "../../api/exported-function.js";
import type { FlatProgram } from "../../api/exported-program.js";
import { ShapedArray } from "../../core/aval.js";
import { type DType, dtypes } from "../../core/dtype.js";
import { CheckpointError, CotangentError } from "../../prelude/errors.js";
import { isPlainObject } from "../../prelude/options.js";
import { fromJSON, type TreeDef, toJSON } from "../../tree/index.js";

const functionKey = "cotangent.function";
/** Where the text of a program is. */
export const hloKey = (order: number): string => `cotangent.hlo.${order}`;
const version = 1;

interface AvalJson {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly weak?: true;
}

/** The programs are the function's own, its pullback, that one's pullback, …. */
interface FunctionJson {
  readonly version: number;
  readonly name: string;
  readonly statics: readonly BoundArgument[];
  readonly arguments: unknown;
  readonly result: unknown;
  readonly programs: readonly {
    readonly constants: readonly string[];
    readonly inputs: readonly AvalJson[];
    readonly results: readonly AvalJson[];
  }[];
}

const avalJson = ({ dtype, shape, weakType }: ShapedArray): AvalJson => ({
  dtype,
  shape,
  ...(weakType ? { weak: true as const } : {}),
});

/** A program and its pullback, that one's pullback, …: so many as it can be differentiated often. */
export const chainOf = (flat: FlatProgram, order: number): readonly FlatProgram[] => [
  flat,
  ...(order === 0 || flat.vjp === null ? [] : chainOf(flat.vjp(), order - 1)),
];

/** The metadata for a function. */
export function functionMetadata(
  { name, statics, inTree, outTree }: Omit<TreeProgram, "flat">,
  chain: readonly FlatProgram[],
): ReadonlyMap<string, string> {
  const json: FunctionJson = {
    version,
    name,
    statics,
    arguments: structure(name, inTree),
    result: structure(name, outTree),
    programs: chain.map(({ constants, program }) => ({
      constants: constants.map((c) => c.name),
      inputs: program.inAvals.slice(constants.length).map(avalJson),
      results: program.outAvals.map(avalJson),
    })),
  };
  const texts = chain.map(({ program }, order) => [hloKey(order), printModule(program.module)] as const);
  return new Map([[functionKey, JSON.stringify(json)], ...texts]);
}

function structure(name: string, tree: TreeDef): unknown {
  try {
    return toJSON(tree);
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    throw new CheckpointError(
      "CT704",
      `io.saveFunction: the arguments or the result of ${name} are of a structure that has no form in a file: ${tree}. ` +
        "Take and return arrays, plain objects and Maps: whoever loads the function has no others.",
      { cause: error },
    );
  }
}

/** A program of a file, whose constants are still there. */
export interface StoredProgram {
  readonly module: HloModule;
  readonly constants: readonly string[];
  readonly inputs: readonly ShapedArray[];
  readonly results: readonly ShapedArray[];
}

export interface StoredFunction extends Omit<TreeProgram, "flat"> {
  readonly programs: readonly StoredProgram[];
}

/** Where a problem was found, as thrown inside this file. */
class Damage extends Error {}
const damage = (message: string): never => {
  throw new Damage(message);
};

/**
 * What the metadata says of a function, checked in itself.
 * @param where the file, for messages
 */
export function describeFunction(metadata: ReadonlyMap<string, string>, where: string): StoredFunction {
  const text = metadata.get(functionKey);
  if (text === undefined) {
    throw new CheckpointError(
      "CT730",
      `${where} holds no function. Functions are written by io.saveFunction; io.load loads tensors.`,
    );
  }
  try {
    const json = parseJson(text);
    if (json.version !== version) {
      if (typeof json.version !== "number") damage("its version is not a number");
      throw new CheckpointError(
        "CT731",
        `${where} holds a function in version ${json.version} of the form, but only version ${version} is known here. ` +
          "Load it with the version of the library that wrote it.",
      );
    }
    return {
      name: typeof json.name === "string" ? json.name : damage("its name is not a string"),
      statics: list(json.statics, "statics", bound),
      inTree: tree(json.arguments, "arguments"),
      outTree: tree(json.result, "result"),
      programs: list(json.programs, "programs", (p, at, order) => storedProgram(p, at, order, metadata)),
    };
  } catch (error) {
    // Structures and programs may be nested more deeply than can be followed.
    if (!(error instanceof Damage || error instanceof RangeError)) throw error;
    throw new CheckpointError("CT732", `${where} holds a function that is damaged: ${error.message}.`, {
      cause: error,
    });
  }
}

function parseJson(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return damage(`its signature is not JSON (${(error as Error).message})`);
  }
  return isPlainObject(json) ? json : damage("its signature is not an object");
}

const list = <A>(x: unknown, what: string, item: (x: unknown, at: string, index: number) => A): readonly A[] =>
  Array.isArray(x) ? x.map((y: unknown, i) => item(y, `${what}[${i}]`, i)) : damage(`its ${what} are not a list`);

const object = (x: unknown, at: string): Record<string, unknown> =>
  isPlainObject(x) ? x : damage(`${at} is not an object`);

const bound = (x: unknown, at: string): BoundArgument => {
  const { argument, value } = object(x, at);
  if (typeof argument !== "number" || typeof value !== "string") return damage(`${at} is no bound argument`);
  return { argument, value };
};

const tree = (x: unknown, at: string): TreeDef => {
  try {
    return fromJSON(x);
  } catch (error) {
    if (error instanceof CotangentError) return damage(`its ${at} are no tree structure`);
    throw error;
  }
};

const isSize = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;

const isDType = (x: unknown): x is DType => typeof x === "string" && Object.hasOwn(dtypes, x) && x !== "float0";

const aval = (x: unknown, at: string): ShapedArray => {
  const { dtype, shape, weak = false } = object(x, at);
  if (!isDType(dtype)) return damage(`${at} has the dtype ${JSON.stringify(dtype)}`);
  if (!Array.isArray(shape) || !shape.every(isSize)) return damage(`${at} has a shape that is not a list of sizes`);
  if (typeof weak !== "boolean") return damage(`${at} is neither weak nor not`);
  return new ShapedArray(shape, dtype, weak);
};

const name = (x: unknown, at: string): string => (typeof x === "string" ? x : damage(`${at} is not a string`));

function storedProgram(x: unknown, at: string, order: number, metadata: ReadonlyMap<string, string>): StoredProgram {
  const json = object(x, at);
  const key = hloKey(order);
  const text = metadata.get(key) ?? damage(`its program '${key}' is missing`);
  return {
    constants: list(json.constants, `${at}.constants`, name),
    inputs: list(json.inputs, `${at}.inputs`, aval),
    results: list(json.results, `${at}.results`, aval),
    module: parsed(text, key),
  };
}

function parsed(text: string, key: string): HloModule {
  const module = parseModule(text);
  if (module._tag === "Right") return module.right;
  const { line, column, message } = module.left;
  return damage(`its program '${key}' is wrong in line ${line}, column ${column}: ${message}`);
}
