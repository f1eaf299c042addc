// Whole programs, put through the compiler as far as their fusions: the reference evaluator runs them, and beside every
// fusion the kernels for a card that are emitted for it, as fibres, on the same operands.
import { expect } from "vitest";
import { simplify } from "../../../../xla-like/1-simplify/index.js";
import { fuse, fusionKey } from "../../../../xla-like/2-fuse/index.js";
import { schedule } from "../../../../xla-like/3-schedule/index.js";
import {
  type HloComputation,
  type HloModule,
  type HostArray,
  type Instr,
  isComplex,
  printComputation,
} from "../../../../xla-like/index.js";
import type { Run, Value } from "../../../../xla-like/reference/host.js";
import { Planner } from "../../../../xla-like/reference/plan.js";
import { fusionsOf } from "../../2-fuse/fusions.js";
import { numbersOf } from "../../reference/helpers.js";
import { expectClose } from "../cpu/kernels/harness.js";
import { runCuda } from "./harness.js";

export type Fusion = Instr<"fusion">;

/** What has been run, and what could not be. */
export class Tally {
  programs = 0;
  /** Fusions run as fibres, by kind. */
  readonly run = new Map<string, number>();
  /** Fusions like one that was run before. */
  again = 0;
  /** Fusions of kinds that have no kernels of this emitter's. */
  readonly skipped = new Map<string, number>();
  /** One of each that there was, by what tells them apart. */
  readonly known: Map<string, Fusion> = new Map();

  count(map: Map<string, number>, kind: string): void {
    map.set(kind, (map.get(kind) ?? 0) + 1);
  }

  toString(): string {
    const list = (map: Map<string, number>): string => [...map].map(([kind, n]) => `${kind} ${n}`).join(", ") || "none";
    return `${this.programs} programs; fusions run: ${list(this.run)}; like others: ${this.again}; skipped: ${list(this.skipped)}`;
  }
}

/** Kinds of fusions that this emitter has kernels for. */
export const emittedKinds: ReadonlySet<string> = new Set(["loop", "row", "update"]);

/** The fused form of a program, of which every fusion is one for a card. */
export const fusedForCuda = (m: HloModule): HloModule => schedule(fuse(simplify(m)));

export interface WatchOptions {
  /** Run fusions that are like one before, too: their operands are others. */
  readonly all?: boolean;
  /** So many threads keep the card busy. */
  readonly busyThreads?: number;
}

/** Runs a program; every fusion that it comes to is run as fibres too, the first time that it comes there. */
export function checkProgram(m: HloModule, args: readonly HostArray[], tally: Tally, options: WatchOptions = {}): void {
  const fused = fusedForCuda(m);
  const byBody = new Map<HloComputation, Fusion>();
  for (const f of fusionsOf(fused)) {
    if (!emittedKinds.has(f.kind)) tally.count(tally.skipped, f.kind);
    else if (options.all !== true && tally.known.has(keyOf(f))) tally.again++;
    else {
      tally.known.set(keyOf(f), f);
      byBody.set(f.computation, f);
    }
  }
  tally.programs++;
  if (byBody.size > 0) new Watching(byBody, tally, options).prepare(fused.entry)(args);
}

const keyOf = (f: Fusion): string => `${f.kind} ${fusionKey(f.computation)}`;

/** The reference evaluator, but for what it does beside it. */
class Watching extends Planner {
  private readonly byBody: Map<HloComputation, Fusion>;
  private readonly tally: Tally;
  private readonly options: WatchOptions;

  constructor(byBody: Map<HloComputation, Fusion>, tally: Tally, options: WatchOptions) {
    super();
    this.byBody = byBody;
    this.tally = tally;
    this.options = options;
  }

  override prepare(c: HloComputation, owned?: ReadonlySet<number>): Run {
    const fusion = this.byBody.get(c);
    if (fusion === undefined) return super.prepare(c, owned);
    // Nothing is written over: the operands are needed again.
    const run = super.prepare(c);
    return (parameters) => {
      const want = run(parameters);
      if (this.byBody.delete(c)) {
        this.tally.count(this.tally.run, fusion.kind);
        checkFusion(fusion, parameters.map(array), arrays(want), this.options);
      }
      return want;
    };
  }
}

const array = (v: Value): HostArray => {
  if (Array.isArray(v)) throw new TypeError("fusions take arrays");
  return v as HostArray;
};
const arrays = (v: Value): readonly HostArray[] => (Array.isArray(v) ? v.map(array) : [array(v)]);

/** Runs a fusion's kernels, and expects these results of them. */
export function checkFusion(
  fusion: Fusion,
  args: readonly HostArray[],
  want: readonly HostArray[],
  { busyThreads }: WatchOptions,
): void {
  const { elements } = fusion.shape;
  const scale = Math.max(
    largest(elements.map((s) => s.dtype), want),
    largest(fusion.computation.parameters.map((p) => p.shape.dtype), args),
  ); // biome-ignore format: two of a kind
  try {
    const options = { inPlace: inPlace(fusion), unordered: fusion.kind === "update", busyThreads };
    runCuda(fusion, args, options, (got) => {
      elements.forEach((shape, k) => expectClose(shape, got[k], want[k], scale));
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    expect.fail(`${fusion.kind} fusion of ${printComputation(fusion.computation)}\n${message}`);
  }
}

/** Updates write into their first operands. */
function inPlace({ kind, computation }: Fusion): Readonly<Record<number, number>> {
  if (kind !== "update") return {};
  const heroes = computation.instructions.filter((i) => i.opcode === "dynamic-update-slice" || i.opcode === "scatter");
  return Object.fromEntries(heroes.map((_, k) => [k, k]));
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
