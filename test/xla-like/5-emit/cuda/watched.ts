// Whole programs, put through the compiler as far as their fusions: the reference evaluator runs them, and beside every
// fusion the kernels for a card that are emitted for it, as fibres, on the same operands.
import { expect } from "vitest";
import {
  type HloComputation,
  type HloModule,
  type HostArray,
  isComplex,
  printComputation,
} from "../../../../xla-like/index.js";
import type { Run, Value } from "../../../../xla-like/reference/host.js";
import { Planner } from "../../../../xla-like/reference/plan.js";
import { numbersOf } from "../../reference/helpers.js";
import { expectClose } from "../cpu/kernels/harness.js";
import { runCuda } from "./harness.js";
import { CudaPieces, keyOf, type Piece } from "./pieces.js";

/** What has been run, and what could not be. */
export class Tally {
  programs = 0;
  /** Fusions, and instructions outside of them, run as fibres, by kind. */
  readonly run = new Map<string, number>();
  /** Those like one that was run before. */
  again = 0;
  /** Instructions that have no kernels of ours. */
  readonly skipped = new Map<string, number>();
  /** One of each that there was, by what tells them apart. */
  readonly known: Map<string, Piece> = new Map();

  count(map: Map<string, number>, kind: string): void {
    map.set(kind, (map.get(kind) ?? 0) + 1);
  }

  toString(): string {
    const list = (map: Map<string, number>): string => [...map].map(([kind, n]) => `${kind} ${n}`).join(", ") || "none";
    return `${this.programs} programs; run: ${list(this.run)}; like others: ${this.again}; libraries': ${list(this.skipped)}`;
  }
}

export interface WatchOptions {
  /** So many threads keep the card busy. */
  readonly busyThreads?: number;
  /** The size of what sums add up on their way, where it is more than operands and results are. */
  readonly added?: number;
}

/** Runs a program; all that it comes to that has kernels is run as fibres too, the first time that it comes there. */
export function checkProgram(m: HloModule, args: readonly HostArray[], tally: Tally, options: WatchOptions = {}): void {
  const { module, pieces, others } = new CudaPieces(m);
  for (const i of others) tally.count(tally.skipped, i.opcode === "custom-call" ? i.target : i.opcode);
  const fresh = new Map<HloComputation, Piece>();
  for (const piece of pieces) {
    const key = keyOf(piece);
    if (tally.known.has(key)) tally.again++;
    else {
      tally.known.set(key, piece);
      fresh.set(piece.computation, piece);
    }
  }
  tally.programs++;
  if (fresh.size > 0) new Watching(fresh, tally, options).prepare(module.entry)(args);
}

/** The reference evaluator, but for what it does beside it. */
class Watching extends Planner {
  private readonly pieces: Map<HloComputation, Piece>;
  private readonly tally: Tally;
  private readonly options: WatchOptions;

  constructor(pieces: Map<HloComputation, Piece>, tally: Tally, options: WatchOptions) {
    super();
    this.pieces = pieces;
    this.tally = tally;
    this.options = options;
  }

  override prepare(c: HloComputation, owned?: ReadonlySet<number>): Run {
    const piece = this.pieces.get(c);
    if (piece === undefined) return super.prepare(c, owned);
    // Nothing is written over: the operands are needed again.
    const run = super.prepare(c);
    return (parameters) => {
      const want = run(parameters);
      if (this.pieces.delete(c)) {
        this.tally.count(this.tally.run, piece.kind);
        checkPiece(piece, parameters.map(array), arrays(want), this.options);
      }
      return want;
    };
  }
}

const array = (v: Value): HostArray => {
  if (Array.isArray(v)) throw new TypeError("kernels take arrays");
  return v as HostArray;
};
const arrays = (v: Value): readonly HostArray[] => (Array.isArray(v) ? v.map(array) : [array(v)]);

/** Runs kernels, and expects these results of them. */
export function checkPiece(
  { kind, computation, results, inPlace, emit }: Piece,
  args: readonly HostArray[],
  want: readonly HostArray[],
  { busyThreads, added = 1 }: WatchOptions,
): void {
  const scale = Math.max(
    added,
    largest(results.map((s) => s.dtype), want),
    largest(computation.parameters.map((p) => p.shape.dtype), args),
  ); // biome-ignore format: two of a kind
  try {
    // Sums by atomic additions are rounded in the order in which threads come.
    const unordered = kind === "update" || kind === "scatter";
    runCuda(emit, results, args, { inPlace, unordered, busyThreads }, (got) => {
      results.forEach((shape, k) => expectClose(shape, got[k], want[k], scale));
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    expect.fail(`${kind} of ${printComputation(computation)}\n${message}`);
  }
}

/** The largest magnitude there is, and 1 at least: what sums may cancel from. */
function largest(dtypes: readonly Parameters<typeof numbersOf>[0][], data: readonly HostArray[]): number {
  let most = 1;
  data.forEach((x, k) => {
    const part = isComplex(dtypes[k]) ? "float64" : dtypes[k];
    for (const v of numbersOf(part, x)) if (Number.isFinite(v)) most = Math.max(most, Math.abs(v));
  });
  return most;
}
