import { type BoundArgument, functionOf, inputTypes, outputTypes } from "../../api/exported-function.js";
import type { FlatProgram } from "../../api/exported-program.js";
import { type AnyFunction, type Jitted, jit } from "../../api/index.js";
import { asDevice, type Device } from "../../core/devices.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions, describeType } from "../../prelude/options.js";
import { openBytes } from "./bytes.js";
import { checkFunction } from "./check.js";
import { openPath } from "./opened.js";
import { describeFunction, type StoredFunction } from "./record.js";

export interface LoadFunctionOptions {
  /** Where it runs, and where its tensors go. */
  readonly device?: Device | string;
}

/** What a file says of the function in it. */
export interface LoadedFunctionInfo {
  /** The name it had. */
  readonly functionName: string;
  /** The types of its arguments, as trees of `ShapeDtypeStruct`. */
  readonly inputs: readonly unknown[];
  /** The type of its result. */
  readonly outputs: unknown;
  /** Static arguments that are part of it. */
  readonly statics: readonly BoundArgument[];
  /** The tensors that are part of it, by name. */
  readonly constants: ReadonlyMap<string, Tensor>;
  /** How often it can be differentiated, in reverse. */
  readonly vjpOrder: number;
  /** Notes that were saved with it. */
  readonly metadata: ReadonlyMap<string, string>;
}

export type LoadedFunction<F extends AnyFunction = AnyFunction> = Jitted<F> & LoadedFunctionInfo;

/**
 * Loads a function that {@link saveFunction} wrote, or its bytes. It is jitted, takes arguments of the types it was
 * exported for, runs on any device, and works under `jit`, `vmap` (one example after the other) and, as often as its
 * `vjpOrder` says, `grad` and `vjp`. Nothing in the file is code of this language: its program is parsed, checked and
 * compiled.
 *
 * @throws CheckpointError CT702, CT706, CT720 as {@link load}, CT730 if the file holds no function, CT731 if it is of a
 *   later version, CT732 if it is damaged
 * @example
 * await io.saveFunction("runs/doc/double.safetensors", jit((x: Tensor) => x.mul(2)).export(np.ones([2])));
 * const double = await io.loadFunction<(x: Tensor) => Tensor>("runs/doc/double.safetensors");
 * double(np.array([1, 2])).js(); // [2, 4]
 */
export async function loadFunction<F extends AnyFunction = AnyFunction>(
  source: string | Uint8Array,
  options: LoadFunctionOptions = {},
): Promise<LoadedFunction<F>> {
  const action = "io.loadFunction";
  checkOptions(action, options, ["device"]);
  if (typeof source !== "string" && !(source instanceof Uint8Array)) {
    throw new ArgumentError("CT003", `${action}: takes a path or bytes, but it was given ${describeType(source)}.`);
  }
  const device = options.device === undefined ? undefined : asDevice(options.device, action);
  const opened = typeof source === "string" ? await openPath(source, action) : openBytes(source, action);
  try {
    const stored = describeFunction(opened.metadata, opened.where);
    checkFunction(stored, opened.constant, opened.where);
    const names = [...new Set(stored.programs.flatMap((p) => p.constants))];
    const constants = await opened.read(names, device);
    const program = { ...stored, flat: assembled(stored, constants) };
    const jitted = jit(functionOf(program), options);
    return Object.assign(jitted, {
      functionName: stored.name,
      inputs: inputTypes(program),
      outputs: outputTypes(program),
      statics: stored.statics,
      constants,
      vjpOrder: stored.programs.length - 1,
      metadata: new Map([...opened.metadata].filter(([key]) => !key.startsWith("cotangent."))),
    }) as never;
  } finally {
    await opened.close();
  }
}

/** The programs with their constants, each with its pullback. */
function assembled({ name, programs }: StoredFunction, constants: ReadonlyMap<string, Tensor>): FlatProgram {
  return programs.reduceRight<FlatProgram | null>((vjp, p) => {
    const own = p.constants.map((c) => ({ name: c, value: constants.get(c) as Tensor }));
    return {
      program: {
        name,
        module: p.module,
        inAvals: [...own.map((c) => c.value.aval), ...p.inputs],
        outAvals: p.results,
      },
      constants: own,
      vjp: vjp === null ? null : () => vjp,
    };
  }, null) as FlatProgram;
}
