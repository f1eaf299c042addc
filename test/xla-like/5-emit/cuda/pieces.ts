// A program as what a card has kernels for: fusions, and the instructions outside of them that have kernels of their own.
import { simplify } from "../../../../xla-like/1-simplify/index.js";
import { fuse, fusionKey } from "../../../../xla-like/2-fuse/index.js";
import { schedule } from "../../../../xla-like/3-schedule/index.js";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import { emitOwnProduct } from "../../../../xla-like/5-emit/cuda/products/own.js";
import { emitCudaRoutine } from "../../../../xla-like/5-emit/cuda/routines/index.js";
import type { CudaKernels, CudaTarget, CudaWork } from "../../../../xla-like/5-emit/cuda/target.js";
import type { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import {
  type ArrayShape,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  type Instr,
  nextIdOf,
  tupleShape,
} from "../../../../xla-like/hlo/index.js";
import { dividedComputations } from "../../2-fuse/fusions.js";
import { launchesOf } from "./routine-harness.js";

/** Something that becomes kernels, and the computation that says what they compute. */
export interface Piece {
  /** The fusion's kind, or the instruction's name. */
  readonly kind: string;
  readonly computation: HloComputation;
  readonly results: readonly ArrayShape[];
  /** Result k lies where operand `inPlace[k]` does. */
  readonly inPlace: Readonly<Record<number, number>>;
  readonly emit: (module: IrModule, symbol: string, target: CudaTarget) => CudaKernels;
}

const kernelsOf = (work: CudaWork): CudaKernels => ({ launches: launchesOf(work), scratchBytes: work.scratchBytes });

/** A fusion's own kernels, of products too: no library's. */
export function pieceOf(fusion: Instr<"fusion">): Piece {
  const { kind, computation, shape } = fusion;
  const isProduct = kind === "dot" || kind === "convolution";
  const heroes = computation.instructions.filter((i) => i.opcode === "dynamic-update-slice" || i.opcode === "scatter");
  return {
    kind,
    computation,
    results: shape.elements,
    // Updates write into their first operands.
    inPlace: kind === "update" ? Object.fromEntries(heroes.map((_, k) => [k, k])) : {},
    emit: (module, symbol, target) =>
      isProduct
        ? kernelsOf(emitOwnProduct(module, fusion, symbol, target))
        : emitCudaFusion(module, fusion, symbol, target),
  };
}

const wholes: ReadonlySet<string> = new Set([
  "sort", "top-k", "reduce", "reduce-window", "select-and-scatter", "scatter",
]); // biome-ignore format: a table

/** The fused form of a program, as cards have it, but that instructions with kernels of their own are called. */
export class CudaPieces {
  readonly module: HloModule;
  readonly pieces: readonly Piece[];
  /** Instructions outside of fusions that have no kernels of ours, as custom calls have not. */
  readonly others: readonly HloInstruction[];

  constructor(source: HloModule) {
    const fused = schedule(fuse(simplify(source), { batches: false, trips: true }));
    const calls = new Calls(fused);
    this.module = { ...fused, entry: calls.in(fused.entry) };
    const inside = dividedComputations(this.module).flatMap((c) => c.instructions);
    this.pieces = [...calls.pieces, ...inside.flatMap((i) => (i.opcode === "fusion" ? [pieceOf(i)] : []))];
    this.others = inside.filter((i) => i.opcode === "custom-call");
  }
}

/** Equal for pieces that the same kernels compute. */
export const keyOf = ({ kind, computation }: Piece): string => `${kind} ${fusionKey(computation)}`;

/** Puts calls in place of instructions that have kernels, all through a program. */
class Calls {
  readonly pieces: Piece[] = [];
  private readonly known = new Map<HloComputation, HloComputation>();
  private nextId: number;

  constructor(module: HloModule) {
    this.nextId = nextIdOf(module);
  }

  in(c: HloComputation): HloComputation {
    const before = this.known.get(c);
    if (before !== undefined) return before;
    const made = new Map<HloInstruction, HloInstruction>();
    const moved = <I extends HloInstruction>(i: I): I => made.get(i) as I;
    const instructions = c.instructions.flatMap((i) => {
      const copy = { ...i, operands: i.operands.map(moved) } as HloInstruction;
      const inPlace = wholes.has(i.opcode) ? this.call(copy) : [withInner(copy, (d) => this.in(d))];
      made.set(i, inPlace[inPlace.length - 1]);
      return inPlace;
    });
    const result = { ...c, parameters: c.parameters.map(moved), instructions, root: moved(c.root) };
    this.known.set(c, result);
    return result;
  }

  /** The call, and its result in the instruction's place where that is an array. */
  private call(i: HloInstruction): readonly HloInstruction[] {
    const parameters = i.operands.map((x, index): Instr<"parameter"> => {
      if (x.shape.kind === "tuple") throw new TypeError(`${i.opcode} takes a tuple`);
      return { opcode: "parameter", id: -1 - index, operands: [], shape: x.shape, index };
    });
    const alone = { ...i, operands: parameters } as HloInstruction;
    const { shape } = i;
    const isArray = shape.kind === "array";
    const tuple = isArray ? tupleShape([shape]) : shape;
    const root: HloInstruction = isArray
      ? { opcode: "tuple", id: this.nextId++, operands: [alone], shape: tuple }
      : alone;
    const instructions = [...parameters, alone, ...(isArray ? [root] : [])];
    const computation: HloComputation = { name: i.opcode, parameters, instructions, root };
    this.pieces.push({
      kind: i.opcode,
      computation,
      results: tuple.elements,
      inPlace: {},
      emit: (module, symbol, target) => {
        const work = emitCudaRoutine(module, i, symbol, target);
        if (work === undefined) throw new Error(`${i.opcode} has no kernels`);
        return kernelsOf(work);
      },
    });
    const id = isArray ? this.nextId++ : i.id;
    const call: HloInstruction = { opcode: "call", id, operands: i.operands, shape: tuple, computation };
    if (!isArray) return [call];
    return [call, { opcode: "get-tuple-element", id: i.id, operands: [call], shape, index: 0 }];
  }
}

function withInner(i: HloInstruction, inner: (c: HloComputation) => HloComputation): HloInstruction {
  switch (i.opcode) {
    case "while":
      return { ...i, condition: inner(i.condition), body: inner(i.body) };
    case "conditional":
      return { ...i, branches: i.branches.map(inner) };
    case "call":
      return { ...i, computation: inner(i.computation) };
    default:
      return i;
  }
}
