/**
 * Work that has several parts: kernels before and after a library's call, which hand arrays on in scratch memory. The
 * kernels are fusions like any other, made for the occasion.
 */
import { Copier } from "../../1-simplify/rewriting/copier.js";
import { dtypes } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { type ArrayShape, sizeOf } from "../../hlo/shape.js";
import type { Fusion } from "../elements/fusion.js";
import type { IrModule } from "../scalar/ir.js";
import { emitCudaFusion } from "./fusion.js";
import type { CudaLaunch, CudaStep, CudaTarget, CudaWork } from "./target.js";

/** Where an array lies: an argument of the whole work, counted through operands, outputs and scratch, and bytes from its start. */
export interface Place {
  readonly arg: number;
  readonly offset: number;
}

/** An array in a place. */
export interface Placed {
  readonly place: Place;
  readonly shape: ArrayShape;
}

export const bytesOf = ({ dtype, dims }: ArrayShape): number => sizeOf(dims) * dtypes[dtype].bytes;

/** Pieces of scratch memory begin so far apart, and have so much room behind them. */
const alignment = 256;

const arraysOf = (i: HloInstruction): readonly ArrayShape[] =>
  i.shape.kind === "array" ? [i.shape] : i.shape.elements;

export class Parts {
  readonly #steps: CudaStep[] = [];
  #scratchBytes = 0;
  #kernels = 0;

  constructor(
    readonly module: IrModule,
    readonly instruction: HloInstruction,
    readonly symbol: string,
    readonly target: CudaTarget,
  ) {}

  operand(k: number): Placed {
    const { shape } = this.instruction.operands[k];
    if (shape.kind !== "array") throw new TypeError(`operand ${k} is a tuple`);
    return { place: { arg: k, offset: 0 }, shape };
  }

  output(k: number): Placed {
    const { instruction } = this;
    return { place: { arg: instruction.operands.length + k, offset: 0 }, shape: arraysOf(instruction)[k] };
  }

  /** Memory for an array that the parts hand on. */
  scratch(shape: ArrayShape): Placed {
    const { operands } = this.instruction;
    const place = { arg: operands.length + arraysOf(this.instruction).length, offset: this.#scratchBytes };
    this.#scratchBytes += Math.ceil(bytesOf(shape) / alignment) * alignment + alignment;
    return { place, shape };
  }

  /** A kernel that computes arrays elementwise from others; one may lie where another is read at the same element. */
  loop(
    reads: readonly Placed[],
    writes: readonly Placed[],
    body: (b: Copier, xs: readonly HloInstruction[]) => readonly HloInstruction[],
  ): void {
    const fusion = loopFusion(
      reads.map((r) => r.shape),
      body,
    );
    const arrays = [...reads, ...writes];
    const target = { ...this.target, offsets: arrays.map((a) => a.place.offset) };
    const symbol = `${this.symbol}_part${this.#kernels++}`;
    const { launches, scratchBytes } = emitCudaFusion(this.module, fusion, symbol, target);
    if (scratchBytes > 0) throw new TypeError("an elementwise kernel asks for memory of its own");
    for (const launch of launches) {
      this.#steps.push({ kind: "launch", ...launch, args: launch.args.map((k) => arrays[k].place.arg) });
    }
  }

  /** A kernel that was written for the work, with arguments counted as the work's. */
  launch(launch: CudaLaunch): void {
    this.#steps.push({ kind: "launch", ...launch });
  }

  /** A library's routine, told where in its arguments' memory the arrays begin. */
  call(routine: string, args: readonly Place[], params: readonly number[]): void {
    const offsets = args.map((a) => a.offset);
    this.#steps.push({
      kind: "call",
      routine,
      args: args.map((a) => a.arg),
      params: [args.length, ...offsets, ...params],
    });
  }

  work(): CudaWork {
    return { steps: this.#steps, scratchBytes: this.#scratchBytes };
  }
}

function loopFusion(
  shapes: readonly ArrayShape[],
  body: (b: Copier, xs: readonly HloInstruction[]) => readonly HloInstruction[],
): Fusion {
  const b = new Copier("part");
  const inner = b.nested("fused");
  const xs = shapes.map((s) => inner.parameter(s));
  const computation = inner.build([...body(inner, xs)]);
  const [result] = b.fusion(
    "loop",
    computation,
    shapes.map((s) => b.parameter(s)),
  );
  const [fusion] = result.operands;
  if (fusion?.opcode !== "fusion") throw new TypeError("a fusion's result does not come from it");
  return fusion;
}

/** Copies what `root` is computed from; `known` has what stands for some of it, and gets the copies. */
export function copyInto(b: Copier, root: HloInstruction, known: Map<HloInstruction, HloInstruction>): HloInstruction {
  const found = known.get(root);
  if (found !== undefined) return found;
  const made = b.copy(
    root,
    root.operands.map((x) => copyInto(b, x, known)),
  );
  known.set(root, made);
  return made;
}
