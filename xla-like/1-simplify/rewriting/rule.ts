/** A rule: which instructions it looks at, and what it puts in the place of one. */
import type { HloInstruction, Opcode } from "../../hlo/instruction.js";
import type { Copier } from "./copier.js";

/** The instruction type of an opcode, also of one that shares its type with others: `Matched<"negate">`. */
export type Matched<O extends Opcode> = O extends Opcode ? HloInstruction & { readonly opcode: O } : never;

/**
 * What a rewrite may use: the builder's methods, whose results are simplified and shared as they are made, and what is
 * known about the users of an instruction.
 */
export interface RewriteContext extends Copier {
  /** Whether anything but the instruction being rewritten uses this one. */
  isShared(i: HloInstruction): boolean;
  /** The elements of a tuple that anybody uses; undefined where that is not known, or the tuple is used as a whole. */
  usedElements(i: HloInstruction): ReadonlySet<number> | undefined;
  /** Whether the instruction is the result of its computation. */
  isRoot(i: HloInstruction): boolean;
}

/**
 * How far results may differ: `bits` not at all (NaNs are one value); `order` as sums do that are added up in another
 * order, or a result rounded once more or less.
 */
export type Exactness = "bits" | "order";

export interface Rule<O extends Opcode = Opcode> {
  readonly name: string;
  readonly match: readonly O[];
  readonly exactness?: Exactness;
  /** Whether the replacement is right only for the instruction's present users: unused elements may hold anything. */
  readonly dependsOnUses?: boolean;
  /** The replacement, of the same shape; undefined, or the instruction itself, where the rule does not apply. */
  rewrite(i: Matched<O>, cx: RewriteContext): HloInstruction | undefined;
}

/** A rule with its opcodes inferred from `match`. */
export const rule = <const O extends Opcode>(r: Rule<O>): Rule => r;

/** The rules for each opcode, in order. */
export type RuleTable = ReadonlyMap<Opcode, readonly Rule[]>;

export const tableOf = (rules: readonly Rule[]): RuleTable => {
  const table = new Map<Opcode, Rule[]>();
  for (const r of rules)
    for (const opcode of r.match) {
      const list = table.get(opcode) ?? [];
      list.push(r);
      table.set(opcode, list);
    }
  return table;
};
