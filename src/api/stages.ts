/** The stages of compilation, to look at or to run: traced, lowered, compiled. */

import { type CostAnalysis, costAnalysis, type MemoryAnalysis, printModule } from "../../xla-like/index.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, CompileError, TransformError } from "../prelude/errors.js";
import type { TreeDef } from "../tree/index.js";
import { flattenTensors } from "./flat.js";
import { KnownCall } from "./known-call.js";
import { portableText } from "./portable-text.js";
import type { ProgramOnDevice, TracedProgram } from "./traced-program.js";

export type { CostAnalysis, MemoryAnalysis };

/**
 * What a stage's text may be: the jaxpr, the HLO that it lowers to, the same as StableHLO, or what the device's compiler
 * makes of it.
 */
export type StageText = "jaxpr" | "hlo" | "stablehlo" | "llvm" | "ptx";

/** A function traced for given types. */
export class Traced {
  /** @internal Use `jit(f).trace(…)`. */
  constructor(
    private readonly traced: TracedProgram,
    private readonly inTree: TreeDef,
  ) {}

  /** The traced function's name. */
  get name(): string {
    return this.traced.name;
  }
  /** Its program. Tensors that the function closes over are the first inputs. */
  get jaxpr(): ClosedJaxpr {
    return this.traced.jaxpr;
  }

  /** Lowers the program for the device that it would run on. */
  lower(): Lowered {
    return new Lowered(this.traced, this.inTree, this.traced.on(this.traced.deviceFor([])));
  }
}

/** A function lowered for given types. */
export class Lowered {
  /** @internal Use `jit(f).lower(…)`. */
  constructor(
    private readonly traced: TracedProgram,
    private readonly inTree: TreeDef,
    private readonly lowered: ProgramOnDevice,
  ) {}

  /**
   * The program's text at a stage: `"jaxpr"`, `"hlo"`, `"stablehlo"`, which JAX and other users of XLA read, or what the
   * device's compiler makes of it, `"llvm"` on CPUs and GPUs, `"ptx"` on GPUs. The last two compile the program.
   * @throws CompileError CT601 where the device's compiler has no such stage, CT606 where StableHLO has no such operation
   * @example
   * jit((x: Tensor) => x.mul(2)).lower(np.ones([3])).asText("jaxpr"); // "{ lambda ; a:f32[3]. let b:f32[3] = mul a 2.0:f32[] in (b,) }"
   */
  asText(stage: StageText = "hlo"): string {
    const { program } = this.lowered;
    switch (stage) {
      case "jaxpr":
        return String(this.traced.jaxpr);
      case "hlo":
        return printModule(program.module);
      case "stablehlo":
        return portableText(program.module);
      case "llvm":
      case "ptx": {
        const text = program.executable.asText?.(stage);
        if (text !== undefined) return text;
        throw new CompileError(
          "CT601",
          `asText: ${program.device} makes no ${stage} text of a program. Ask for "hlo" or "jaxpr"` +
            `${program.device.kind === "cpu" ? ', or for "llvm"' : ", or lower for another device"}.`,
        );
      }
      default:
        throw new ArgumentError(
          "CT601",
          `asText: there is no stage ${JSON.stringify(stage)}. Use "jaxpr", "hlo", "stablehlo", "llvm" or "ptx".`,
        );
    }
  }

  /**
   * Compiles the program.
   * @returns a function of arguments of exactly the types that it was lowered for, with what is known of its cost
   */
  compile(): Compiled {
    const { program } = this.lowered;
    const { executable } = program;
    let known: KnownCall<null> | undefined;
    const call = (...args: unknown[]): unknown => {
      let leaves: readonly Tensor[] | undefined = known?.leavesOf(args);
      if (leaves === undefined) {
        leaves = this.#leavesOf(args);
        const avals = leaves.map((x) => x.aval);
        known = new KnownCall(args, [], () => "", this.inTree, avals, "", null);
      }
      const { name, flat } = this.traced;
      return flat.rebuildOut(this.lowered.run(leaves.map((x) => x.concrete(name) as DeviceTensor)));
    };
    return Object.assign(call, {
      asText: (stage?: StageText) => this.asText(stage),
      costAnalysis: () => executable.costAnalysis?.() ?? costAnalysis(program.module),
      memoryAnalysis: () => {
        const analysis = executable.memoryAnalysis?.();
        if (analysis !== undefined) return analysis;
        throw new CompileError(
          "CT602",
          `memoryAnalysis: ${program.device} plans no memory. Lower the program for a device with a compiler, ` +
            "or measure with memory.stats().",
        );
      },
    });
  }

  /** The leaves of arguments that must be of the types it was lowered for. */
  #leavesOf(args: readonly unknown[]): readonly Tensor[] {
    const { name, jaxpr, captured } = this.traced;
    const { leaves, treedef } = flattenTensors(args, `${name}: an argument`);
    const wanted = jaxpr.inAvals.slice(captured.length);
    if (treedef.equals(this.inTree) && leaves.every((x, i) => x.aval.matches(wanted[i]))) return leaves;
    throw new TransformError(
      "CT330",
      `${name}: compiled for ${this.inTree} of [${wanted.join(", ")}], but called with ${treedef} of [${leaves.map((x) => x.aval).join(", ")}].`,
    );
  }
}

/** A compiled function: called with arguments of exactly the types it was lowered for. */
export interface Compiled {
  (...args: unknown[]): unknown;
  /** As {@link Lowered.asText}. */
  asText(stage?: StageText): string;
  /**
   * What one call costs, counted from the program as it was lowered: arithmetic operations, transcendental functions,
   * and bytes as if no two operations were fused. Loops count as often as they run where that is known, once else; of
   * branches the dearest counts.
   * @example
   * jit((x: Tensor, y: Tensor) => np.matmul(x, y)).lower(np.ones([2, 3]), np.ones([3, 4])).compile().costAnalysis().flops; // 48
   */
  costAnalysis(): CostAnalysis;
  /**
   * The memory that one call needs, as the device's compiler planned it.
   * @throws CompileError CT602 on devices that plan none: the reference evaluator
   * @example
   * const lowered = jit((x: Tensor) => x.mul(2).add(1), { device: "reference:0" }).lower(np.ones([3]));
   * try { lowered.compile().memoryAnalysis(); } catch (error) { (error as errors.CotangentError).code; } // "CT602"
   */
  memoryAnalysis(): MemoryAnalysis;
}
