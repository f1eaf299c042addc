/**
 * What a target's emitter makes of a module: a list of thunks over numbered slots of memory, run in one native call.
 * A plan is plain data, so that it can be kept on disk; native/plan reads it.
 */
import type { PlanOutput, Slot, SlotId } from "../4-assign/slot.js";

export type { PlanOutput, Slot, SlotHome, SlotId } from "../4-assign/slot.js";

/** Called with each finished block of a product: `void symbol(ptr* args, i64 batch, i64 row0, row1, col0, col1)`. */
export interface Epilogue {
  readonly symbol: string;
  readonly args: readonly SlotId[];
}

export type Thunk =
  /** Emitted code: `void symbol(ptr* args, i64 begin, i64 end)` on parts of [0, units), each at least `grain` long. */
  | {
      readonly kind: "kernel";
      readonly symbol: string;
      readonly args: readonly SlotId[];
      readonly units: number;
      readonly grain: number;
    }
  /** A routine of the runtime, by name; what `params` means is the routine's affair. */
  | {
      readonly kind: "routine";
      readonly name: string;
      readonly args: readonly SlotId[];
      readonly params: readonly number[];
      readonly epilogue?: Epilogue;
    }
  /** A launch of a card's kernel, with the addresses of its arguments; `block` threads in each block of the grid. */
  | {
      readonly kind: "launch";
      readonly symbol: string;
      readonly args: readonly SlotId[];
      readonly grid: readonly [x: number, y: number, z: number];
      readonly block: number;
      readonly sharedBytes: number;
    }
  | { readonly kind: "copy"; readonly from: SlotId; readonly to: SlotId; readonly bytes: number }
  /**
   * Runs `condition`, then `body`, while the byte at `predicate` is not 0 after `condition`. After each body the
   * pointers of each pair in `swaps` change places; after the loop, a slot that is away from home is copied back.
   * Where the number of turns is known, a runtime may leave the condition and its predicate aside.
   */
  | {
      readonly kind: "while";
      readonly condition: readonly Thunk[];
      readonly predicate: SlotId;
      readonly body: readonly Thunk[];
      readonly swaps: readonly (readonly [SlotId, SlotId])[];
      readonly trips?: number;
    }
  /** The int32 at `index`, clamped, chooses the branch. */
  | { readonly kind: "conditional"; readonly index: SlotId; readonly branches: readonly (readonly Thunk[])[] }
  /** A call of the host's function `callback`, on the thread that runs JavaScript. */
  | {
      readonly kind: "host";
      readonly callback: number;
      readonly args: readonly SlotId[];
      readonly results: readonly SlotId[];
    };

export interface Plan {
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly arenaBytes: number;
  /** Bytes of each parameter's buffer. */
  readonly parameters: readonly number[];
  /** Parameters that are deleted by a run. */
  readonly donated: readonly number[];
  readonly outputs: readonly PlanOutput[];
  readonly constants: Uint8Array;
  readonly thunks: readonly Thunk[];
  /** Arithmetic operations and bytes moved, roughly: small plans run on the calling thread. */
  readonly cost: { readonly flops: number; readonly bytes: number };
}
