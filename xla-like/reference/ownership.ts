/**
 * Which arrays a computation may overwrite: those it made itself, when their last reader runs. Loops that update
 * one row of a large array in each iteration would otherwise copy it each time.
 */
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import { isElementwise } from "./elementwise/expression.js";

export interface Ownership {
  /** For each operand: does its array die here, with no other holder? */
  readonly dying: (i: HloInstruction) => readonly boolean[];
  /** Positions of the root tuple whose arrays nobody else holds. */
  readonly ownedResults: ReadonlySet<number>;
  /** Owned parameters whose arrays some instruction overwrites. */
  readonly overwritten: ReadonlySet<number>;
}

/** Arrays are named by the instruction that made them, or by a tuple's instruction and a position. */
type Owner = string;

/** Instructions whose result shares its operand's memory. */
const isAlias = (i: HloInstruction): boolean =>
  i.opcode === "reshape" || i.opcode === "optimization-barrier" || i.opcode === "bitcast-convert";

/** Instructions that make use of a dying operand. */
const overwrites = (i: HloInstruction): boolean =>
  isElementwise(i) || i.opcode === "dynamic-update-slice" || i.opcode === "scatter" || i.opcode === "while";

class Analysis implements Ownership {
  readonly ownedResults: ReadonlySet<number>;
  readonly overwritten: ReadonlySet<number>;
  readonly #owners = new Map<number, Owner>();
  readonly #owned = new Set<Owner>();
  readonly #lastUse = new Map<Owner, number>();
  readonly #position = new Map<number, number>();

  constructor(
    private readonly computation: HloComputation,
    ownedParameters: ReadonlySet<number>,
  ) {
    const { instructions, root } = computation;
    instructions.forEach((i, position) => {
      this.#position.set(i.id, position);
      this.#name(i, ownedParameters);
      for (const o of i.operands) this.#use(o, position);
      i.operands.forEach((o, k) => {
        if (mayKeep(i, k)) this.#owned.delete(this.#ownerOf(o));
      });
    });
    const returned = root.opcode === "tuple" ? root.operands : [root];
    for (const o of [root, ...returned]) this.#use(o, Number.POSITIVE_INFINITY);
    const owners = returned.map((o) => this.#ownerOf(o));
    this.ownedResults = new Set(
      owners.flatMap((o, k) =>
        this.#owned.has(o) && owners.indexOf(o) === k && owners.lastIndexOf(o) === k ? [k] : [],
      ),
    );
    this.overwritten = this.#findOverwritten();
  }

  dying(i: HloInstruction): readonly boolean[] {
    const position = this.#position.get(i.id);
    const owners = i.operands.map((o) => this.#ownerOf(o));
    return owners.map((owner, k) => {
      if (!this.#owned.has(owner) || this.#lastUse.get(owner) !== position) return false;
      // The same array twice is harmless only where elements are read just before they are written.
      return isElementwise(i) || owners.every((other, j) => j === k || other !== owner);
    });
  }

  #ownerOf(i: HloInstruction): Owner {
    return this.#owners.get(i.id) ?? "";
  }

  #use(i: HloInstruction, position: number): void {
    this.#lastUse.set(this.#ownerOf(i), position);
  }

  #name(i: HloInstruction, ownedParameters: ReadonlySet<number>): void {
    if (isAlias(i)) {
      this.#owners.set(i.id, this.#ownerOf(i.operands[0]));
      return;
    }
    if (i.opcode === "get-tuple-element") {
      const [t] = i.operands;
      const owner = t.opcode === "tuple" ? this.#ownerOf(t.operands[i.index]) : `${t.id}:${i.index}`;
      this.#owners.set(i.id, owner);
      if (makesElement(t, i.index)) this.#owned.add(owner);
      return;
    }
    const owner = String(i.id);
    this.#owners.set(i.id, owner);
    if (i.opcode === "parameter" ? ownedParameters.has(i.index) : makesArray(i)) this.#owned.add(owner);
  }

  #findOverwritten(): ReadonlySet<number> {
    const owners = new Map(this.computation.parameters.map((p) => [this.#ownerOf(p), p.index]));
    const found = new Set<number>();
    for (const i of this.computation.instructions) {
      if (!overwrites(i)) continue;
      this.dying(i).forEach((dies, k) => {
        const index = owners.get(this.#ownerOf(i.operands[k]));
        if (dies && index !== undefined) found.add(index);
      });
    }
    return found;
  }
}

const makesArray = (i: HloInstruction): boolean =>
  i.shape.kind === "array" && i.opcode !== "constant" && i.opcode !== "iota" && i.opcode !== "parameter";

/** Whether operand `k`'s array may live on where this instruction puts it: with a callback, or as a result. */
function mayKeep(i: HloInstruction, k: number): boolean {
  switch (i.opcode) {
    case "custom-call":
      return i.target === "callback";
    case "call":
    case "fusion":
    case "conditional":
      return true;
    case "while":
      return !loopOwnership(i.body).has(k);
    default:
      return false;
  }
}

/** Whether position `index` of a tuple is an array that only the tuple holds. */
const makesElement = (t: HloInstruction, index: number): boolean => {
  switch (t.opcode) {
    case "reduce":
    case "reduce-window":
    case "sort":
    case "top-k":
      return true;
    case "custom-call":
      return t.target !== "callback";
    case "while":
      return loopOwnership(t.body).has(index);
    default:
      return false;
  }
};

const loops = new WeakMap<HloComputation, ReadonlySet<number>>();

/**
 * The loop-carried positions whose arrays a loop may overwrite from one iteration to the next, once their first
 * values have been copied: every iteration must again return arrays that nobody else holds.
 */
export const loopOwnership = (body: HloComputation): ReadonlySet<number> => {
  const known = loops.get(body);
  if (known !== undefined) return known;
  let owned: ReadonlySet<number> = new Set(body.parameters.keys());
  for (let restricted = false; ; ) {
    const analysis = new Analysis(body, owned);
    const kept = new Set(
      [...owned].filter((k) => analysis.ownedResults.has(k) && (!restricted || analysis.overwritten.has(k))),
    );
    const stable = kept.size === owned.size;
    owned = kept;
    if (stable && restricted) break;
    restricted ||= stable;
  }
  loops.set(body, owned);
  return owned;
};

export const analyseOwnership = (c: HloComputation, ownedParameters: ReadonlySet<number>): Ownership =>
  new Analysis(c, ownedParameters);
