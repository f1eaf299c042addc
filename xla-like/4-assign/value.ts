/** Values: arrays that need memory, and when. */
import type { HloInstruction } from "../hlo/instruction.js";
import { Buffer } from "./buffer.js";

/** Moments are numbered in the order of the text, what loops and conditionals run in the midst of their caller's. */
export type Time = number;

/** A conditional while its branches are gone through. */
export interface Fork {
  readonly start: Time;
  readonly branchStarts: Time[];
}

/** A closed stretch of time. */
export interface Segment {
  readonly start: Time;
  readonly end: Time;
  /** What the memory holds then; nothing stands for a moment at which copies are written there. */
  readonly value: Value | undefined;
}

/**
 * - `made`: computed by its instruction at its first moment;
 * - `carried`: what a loop finds in its carry at the start of each iteration;
 * - `joined`: the result of a loop or conditional, which is in place when that ends.
 */
export type ValueKind = "parameter" | "constant" | "made" | "carried" | "joined";

export class Value {
  readonly kind: ValueKind;
  readonly instruction: HloInstruction;
  /** Which result of the instruction it is; of a carried value, the carry's number. */
  readonly index: number;
  readonly bytes: number;
  readonly start: Time;
  /** How many loops and branches surround the instruction. */
  readonly depth: number;
  buffer: Buffer;
  #last: Time;
  #fork: Fork | undefined;
  /** The last use in each branch of the fork, if there is one. */
  #inBranches: (Time | undefined)[] = [];

  constructor(
    kind: ValueKind,
    instruction: HloInstruction,
    index: number,
    bytes: number,
    start: Time,
    depth: number,
    readOnly = false,
  ) {
    this.kind = kind;
    this.instruction = instruction;
    this.index = index;
    this.bytes = bytes;
    this.start = start;
    this.depth = depth;
    this.#last = start;
    this.buffer = new Buffer(bytes, readOnly);
    this.buffer.values.push(this);
  }

  /** Uses come in the order of time. */
  usedAt(t: Time): void {
    this.#last = t;
    this.#fork = undefined;
  }

  /** Used in a branch of a conditional that the value comes from outside of. */
  usedInBranch(fork: Fork, branch: number, t: Time): void {
    if (this.#fork !== fork) {
      this.#last = fork.start;
      this.#fork = fork;
      this.#inBranches = [];
    }
    this.#inBranches[branch] = t;
  }

  /** When the value must be kept: in a branch, only for as long as that branch needs it. */
  segments(): Segment[] {
    const segments: Segment[] = [{ start: this.start, end: this.#last, value: this }];
    const fork = this.#fork;
    if (fork !== undefined)
      this.#inBranches.forEach((end, branch) => {
        if (end !== undefined) segments.push({ start: fork.branchStarts[branch], end, value: this });
      });
    return segments;
  }
}
