/** The stages of compilation, to look at or to run: traced, lowered, compiled. */

import { printModule } from "../../xla-like/index.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import type { CompiledProgram } from "../interpreters/executable.js";
import { ArgumentError, CompileError, TransformError } from "../prelude/errors.js";
import type { TreeDef } from "../tree/index.js";
import { type FlatFunction, flattenTensors } from "./flat.js";

interface Program {
  readonly program: CompiledProgram;
  readonly usedIn: readonly boolean[];
  readonly captured: readonly DeviceTensor[];
}

/** A function traced for given types. */
export class Traced {
  constructor(
    readonly name: string,
    readonly jaxpr: ClosedJaxpr,
    private readonly inTree: TreeDef,
    private readonly flat: FlatFunction,
    private readonly build: () => Program,
  ) {}

  lower(): Lowered {
    return new Lowered(this.name, this.jaxpr, this.inTree, this.flat, this.build());
  }
}

/** A function lowered for given types. */
export class Lowered {
  constructor(
    private readonly name: string,
    private readonly jaxpr: ClosedJaxpr,
    private readonly inTree: TreeDef,
    private readonly flat: FlatFunction,
    private readonly program: Program,
  ) {}

  /**
   * The program's text at a stage.
   * @throws CompileError CT601 where the device's compiler has no such stage
   */
  asText(stage: "jaxpr" | "hlo" | "llvm" | "ptx" = "hlo"): string {
    switch (stage) {
      case "jaxpr":
        return String(this.jaxpr);
      case "hlo":
        return printModule(this.program.program.module);
      case "llvm":
      case "ptx":
        throw new CompileError(
          "CT601",
          `asText: ${this.program.program.device} runs HLO as it is and makes no ${stage} text. Ask for "hlo" or "jaxpr".`,
        );
      default:
        throw new ArgumentError(
          "CT601",
          `asText: there is no stage ${JSON.stringify(stage)}. Use "jaxpr", "hlo", "llvm" or "ptx".`,
        );
    }
  }

  compile(): Compiled {
    return Object.assign(
      (...args: unknown[]): unknown => {
        const { leaves, treedef } = flattenTensors(args, `${this.name}: an argument`);
        const wanted = this.jaxpr.inAvals.slice(this.program.captured.length);
        if (!treedef.equals(this.inTree) || !leaves.every((x, i) => x.aval.matches(wanted[i]))) {
          throw new TransformError(
            "CT330",
            `${this.name}: compiled for ${this.inTree} of [${wanted.join(", ")}], but called with ${treedef} of [${leaves.map((x) => x.aval).join(", ")}].`,
          );
        }
        const inputs = [...this.program.captured, ...leaves.map((x) => x.concrete(this.name) as DeviceTensor)];
        return this.flat.rebuildOut(this.program.program.run(inputs.filter((_, i) => this.program.usedIn[i])));
      },
      { asText: (stage?: "jaxpr" | "hlo" | "llvm" | "ptx") => this.asText(stage) },
    );
  }
}

/** A compiled function: called with arguments of exactly the types it was lowered for. */
export interface Compiled {
  (...args: unknown[]): unknown;
  asText(stage?: "jaxpr" | "hlo" | "llvm" | "ptx"): string;
}
