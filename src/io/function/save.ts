import { Exported } from "../../api/export.js";
import { ArgumentError, type CheckpointError } from "../../prelude/errors.js";
import { Either, pipe, TaskEither } from "../../prelude/fp.js";
import { checkOptions, describeType } from "../../prelude/options.js";
import { replaceFile } from "../atomic-write.js";
import { checkNotes } from "../save.js";
import { planTree, releasePlan, type TreePlan, writePlan } from "../tree-writer.js";
import { planBytes } from "./bytes.js";
import { chainOf, functionMetadata } from "./record.js";

export interface SerializeOptions {
  /** How often the loaded function can be differentiated, in reverse. */
  readonly vjpOrder?: number;
  /** Notes kept in the file: strings by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface SaveFunctionOptions extends SerializeOptions {
  /** Whether an existing file is replaced. */
  readonly overwrite?: boolean;
}

/**
 * Saves an exported function: its program, its signature and the tensors that are part of it, in one safetensors file.
 * {@link loadFunction} runs it without the source; {@link load} has its tensors by name.
 *
 * @throws CheckpointError CT700 if the file cannot be written, CT701 if it exists and `overwrite` is false, CT704 for
 *   arguments or results that are instances of classes
 * @example
 * const predict = (p: { w: Tensor }, x: Tensor) => np.matmul(x, p.w);
 * const params = { w: np.ones([3, 2]) };
 * const exported = jit(predict).export(params, np.zeros([1, 3])).bind(0, params, { name: "params" });
 * await io.saveFunction("runs/doc/predict.safetensors", exported, { vjpOrder: 1 });
 */
export async function saveFunction(path: string, exported: Exported, options: SaveFunctionOptions = {}): Promise<void> {
  checkOptions("io.saveFunction", options, ["vjpOrder", "metadata", "overwrite"]);
  const { overwrite = true, ...rest } = options;
  const result = await pipe(
    Either.tryCatch(
      () => planFunction("io.saveFunction", exported, rest),
      (error) => error as CheckpointError,
    ),
    TaskEither.fromEither,
    TaskEither.chain((plan) =>
      pipe(
        replaceFile(path, { overwrite }, (sink) => writePlan(sink, plan)),
        TaskEither.orElseFirstIOK(() => () => releasePlan(plan)),
      ),
    ),
  )();
  if (result._tag === "Left") throw result.left;
}

/**
 * An exported function as the bytes of the file that {@link saveFunction} would write.
 *
 * @example
 * const bytes = await io.serializeFunction(jit((x: Tensor) => x.mul(2)).export(np.ones([2])));
 * const double = await io.loadFunction<(x: Tensor) => Tensor>(bytes);
 * double(np.array([1, 2])).js(); // [2, 4]
 */
export async function serializeFunction(
  exported: Exported,
  options: SerializeOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions("io.serializeFunction", options, ["vjpOrder", "metadata"]);
  return planBytes(planFunction("io.serializeFunction", exported, options));
}

function planFunction(action: string, exported: unknown, options: SerializeOptions): TreePlan {
  const { vjpOrder = 0, metadata = {} } = options;
  if (!(exported instanceof Exported)) {
    throw new ArgumentError(
      "CT003",
      `${action}: takes an exported function, but it was given ${describeType(exported)}. Pass jit(f).export(…).`,
    );
  }
  if (!Number.isInteger(vjpOrder) || vjpOrder < 0) {
    throw new ArgumentError("CT004", `${action}: vjpOrder must be 0, 1, 2, …, but it is ${String(vjpOrder)}.`);
  }
  const chain = chainOf(exported.flat, vjpOrder);
  const own = functionMetadata(exported, chain);
  const constants = chain.flatMap((p) => p.constants.map((c) => [c.name, c.value] as const));
  return planTree(Object.fromEntries(constants), new Map([...checkNotes(metadata), ...own]));
}
