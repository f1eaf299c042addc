/**
 * Rebuilds one computation, instruction by instruction over operands that are simplified already. Each instruction is
 * either one that exists (hash-consing, and so common subexpressions), or offered to the rules of its opcode; what a
 * rule makes goes the same way. What nothing needs in the end is left out.
 */
import type { Draft, Family } from "../../hlo/computation-builder.js";
import { calledComputations, nameOf } from "../../hlo/graph.js";
import { inferShape } from "../../hlo/inference/index.js";
import type { HloComputation, HloInstruction, Opcode } from "../../hlo/instruction.js";
import { shapeEquals, shapeText } from "../../hlo/shape.js";
import { Copier } from "./copier.js";
import { SimplifyError } from "./error.js";
import type { Matched, RewriteContext, Rule, RuleTable } from "./rule.js";
import { computationKey, sharingKey } from "./sharing.js";
import { liveInstructions, Uses } from "./uses.js";

/** One application of a rule, as tests and debugging see it. */
export interface Application {
  readonly rule: Rule;
  readonly computation: HloComputation;
  readonly before: HloInstruction;
  readonly after: HloInstruction;
  /** Everything made so far, operands before users; `before` is not among it. */
  readonly made: readonly HloInstruction[];
}

/** What the rewriters of a module share. */
export interface Rewriting {
  readonly rules: RuleTable;
  readonly family: Family;
  /** How many more rewrites there may be. */
  readonly budget: { left: number };
  /** Called computations, already rewritten. */
  readonly computationFor: (c: HloComputation) => HloComputation;
  readonly observe: ((application: Application) => void) | undefined;
}

/**
 * How deep rewrites may nest: a rule's instructions are rewritten as it makes them. What lies deeper waits for the next
 * walk.
 */
const deepest = 400;

const idOf = (i: HloInstruction): number => i.id;

export class Rewriter extends Copier implements RewriteContext {
  readonly #rewriting: Rewriting;
  readonly #source: HloComputation;
  readonly #uses: Uses;
  readonly #live: ReadonlySet<HloInstruction>;
  readonly #made: HloInstruction[] = [];
  readonly #byKey = new Map<string, HloInstruction>();
  readonly #replacements = new Map<HloInstruction, HloInstruction>();
  #depth = 0;

  constructor(source: HloComputation, rewriting: Rewriting) {
    // The computation made anew keeps its name.
    rewriting.family.names.delete(source.name);
    super(source.name, rewriting.family);
    this.#source = source;
    this.#rewriting = rewriting;
    this.#live = liveInstructions(source.instructions, [source.root]);
    this.#uses = new Uses(source, this.#live);
  }

  isShared(i: HloInstruction): boolean {
    return this.#uses.isUsed(i);
  }

  usedElements(i: HloInstruction): ReadonlySet<number> | undefined {
    return this.#uses.elements(i);
  }

  isRoot(i: HloInstruction): boolean {
    return i.id === this.#source.root.id;
  }

  /** The rewritten computation; the very same one where there was nothing to do. */
  run(): HloComputation {
    const source = this.#source;
    const { parameters } = source;
    this.#made.push(...parameters);
    for (const p of parameters) {
      this.#replacements.set(p, p);
      this.#uses.place(p);
    }
    for (const i of source.instructions) if (i.opcode !== "parameter" && this.#live.has(i)) this.#visit(i);
    const root = this.#replacement(source.root);
    const live = liveInstructions(this.#made, [root]);
    const instructions = this.#made.filter((i) => live.has(i));
    const isSame = root === source.root && sameMembers(instructions, source.instructions);
    return isSame ? source : { name: source.name, parameters, instructions, root };
  }

  #replacement(i: HloInstruction): HloInstruction {
    // Operands stand before their users, and parameters are set beforehand.
    return this.#replacements.get(i) as HloInstruction;
  }

  #visit(i: HloInstruction): void {
    this.origin = i.origin;
    const rebuilt = this.#rebuilt(i);
    this.#uses.suspend(rebuilt);
    const now = this.#settle(rebuilt);
    if (now === rebuilt) this.#uses.resume();
    else this.#uses.replace(i, rebuilt, now);
    this.#replacements.set(i, now);
  }

  /** The instruction over its rewritten operands and computations: itself if they are the same. */
  #rebuilt(i: HloInstruction): HloInstruction {
    const operands = i.operands.map((o) => this.#replacement(o));
    const { computationFor } = this.#rewriting;
    const isSame = sameMembers(operands, i.operands) && calledComputations(i).every((c) => computationFor(c) === c);
    return isSame ? i : withCalled({ ...i, operands }, computationFor);
  }

  protected override emit(draft: Draft): HloInstruction {
    const id = this.family.nextId++;
    const { origin } = this;
    // Omit<I, "id"> with the id put back is I; the compiler does not see that through the union.
    const candidate = (origin === undefined ? { ...draft, id } : { ...draft, id, origin }) as HloInstruction;
    return this.#settle({ ...candidate, shape: inferShape(candidate) } as HloInstruction);
  }

  #settle(i: HloInstruction): HloInstruction {
    const key = sharingKey(i, idOf, computationKey);
    const known = key === undefined ? undefined : this.#byKey.get(key);
    return known ?? this.#rewritten(i, key) ?? this.#share(key, this.#keep(i));
  }

  #share(key: string | undefined, result: HloInstruction): HloInstruction {
    if (key !== undefined) this.#byKey.set(key, result);
    return result;
  }

  #keep(i: HloInstruction): HloInstruction {
    this.#made.push(i);
    this.#uses.place(i);
    return i;
  }

  #rewritten(i: HloInstruction, key: string | undefined): HloInstruction | undefined {
    if (this.#depth >= deepest) return undefined;
    for (const rule of this.#rewriting.rules.get(i.opcode) ?? []) {
      this.#depth++;
      // The table holds a rule only under opcodes that it takes.
      const after = rule.rewrite(i as Matched<Opcode>, this);
      this.#depth--;
      if (after === undefined || after === i) continue;
      this.#check(rule, i, after);
      this.#rewriting.observe?.({ rule, computation: this.#source, before: i, after, made: this.#made });
      // What suits one instruction's users may lack what an equal instruction's users need.
      return rule.dependsOnUses ? after : this.#share(key, after);
    }
    return undefined;
  }

  #check(rule: Rule, before: HloInstruction, after: HloInstruction): void {
    if (!shapeEquals(before.shape, after.shape))
      throw new SimplifyError(
        `simplify: rule '${rule.name}' put ${nameOf(after)}, a ${shapeText(after.shape)}, in the place of ` +
          `${nameOf(before)}, a ${shapeText(before.shape)}. The rule is wrong; please report it.`,
      );
    if (--this.#rewriting.budget.left < 0)
      throw new SimplifyError(
        `simplify: %${this.#source.name} does not settle; the last rule to apply was '${rule.name}', at ` +
          `${nameOf(before)}. Rules undo one another; please report it.`,
      );
  }
}

const sameMembers = (a: readonly HloInstruction[], b: readonly HloInstruction[]): boolean =>
  a.length === b.length && a.every((x, k) => x === b[k]);

/** The instruction with each computation it calls put through `f`. */
const withCalled = (i: HloInstruction, f: (c: HloComputation) => HloComputation): HloInstruction => {
  switch (i.opcode) {
    case "reduce":
    case "reduce-window":
    case "scatter":
    case "call":
    case "fusion":
      return { ...i, computation: f(i.computation) };
    case "sort":
      return { ...i, comparator: f(i.comparator) };
    case "select-and-scatter":
      return { ...i, select: f(i.select), scatter: f(i.scatter) };
    case "while":
      return { ...i, condition: f(i.condition), body: f(i.body) };
    case "conditional":
      return { ...i, branches: i.branches.map(f) };
    default:
      return i;
  }
};
