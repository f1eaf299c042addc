/** Loops: none that never turn or turn once, and no value carried that need not be. */
import { computationHasSideEffect } from "../../hlo/graph.js";
import type { HloComputation, HloInstruction, Instr } from "../../hlo/instruction.js";
import { closure, parametersBehind, parametersBehindEffects, resultsOf } from "../facts/dependence.js";
import { copySplat, splatOf } from "../facts/literals.js";
import { arrayShapeOf, range } from "../facts/shapes.js";
import { tripCount } from "../facts/trip-count.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

type While = Instr<"while">;

/** A loop whose condition does not hold at first gives what it was given. */
const neverTurns = rule({
  name: "while-never-turns",
  match: ["while"],
  rewrite: (i, cx) => (tripCount(i) === 0 && !computationHasSideEffect(i.condition) ? cx.tuple(i.operands) : undefined),
});

/** A loop of one turn is its body. */
const turnsOnce = rule({
  name: "while-turns-once",
  match: ["while"],
  rewrite: (i, cx) =>
    tripCount(i) === 1 && !computationHasSideEffect(i.condition) ? cx.inline(i.body, i.operands) : undefined,
});

/** Where the value of a carried position comes from inside the loop. */
type Source =
  | { readonly kind: "carried"; readonly position: number }
  | { readonly kind: "constant"; readonly splat: HloInstruction }
  | { readonly kind: "dropped" };

interface Carries {
  readonly sources: readonly Source[];
  /** The positions that stay, in order. */
  readonly kept: readonly number[];
  readonly isInvariant: (k: number) => boolean;
}

/** The earliest position that always holds the same as k: equal at first, and equal or unchanged after each turn. */
const twinOf = (i: While, results: readonly HloInstruction[], k: number, isInvariant: (k: number) => boolean): number =>
  range(k).find(
    (j) => i.operands[j] === i.operands[k] && (results[j] === results[k] || (isInvariant(j) && isInvariant(k))),
  ) ?? k;

const carriesOf = (i: While, results: readonly HloInstruction[], used: ReadonlySet<number>): Carries => {
  const isInvariant = (k: number): boolean => results[k] === i.body.parameters[k];
  const needed = closure(
    [
      ...[...used].filter((k) => !isInvariant(k)),
      ...parametersBehind([i.condition.root]),
      ...parametersBehindEffects(i.condition),
      ...parametersBehindEffects(i.body),
    ],
    (k) => parametersBehind([results[k]]),
  );
  const twins = results.map((_, k) => twinOf(i, results, k, isInvariant));
  const isConstant = (k: number): boolean => isInvariant(k) && splatOf(i.operands[k]) !== undefined;
  const wanted = new Set([...needed].map((k) => twins[k]));
  const kept = range(results.length).filter((k) => wanted.has(k) && !isConstant(k));
  const sources = results.map((_, k): Source => {
    if (isConstant(k)) return { kind: "constant", splat: i.operands[k] };
    const position = kept.indexOf(twins[k]);
    return position < 0 ? { kind: "dropped" } : { kind: "carried", position };
  });
  return { sources, kept, isInvariant };
};

/** A condition or body over the positions that stay, giving the results `wanted`. */
const overKept = (
  cx: RewriteContext,
  i: While,
  c: HloComputation,
  { sources, kept }: Carries,
  wanted: readonly HloInstruction[],
  pack: (results: readonly HloInstruction[]) => HloInstruction | readonly HloInstruction[],
): HloComputation =>
  cx.derived(
    c,
    kept.map((k) => arrayShapeOf(i.operands[k])),
    (b, given) => {
      const values = sources.map((s) => {
        if (s.kind === "dropped") return undefined;
        return s.kind === "carried" ? given[s.position] : copySplat(b, s.splat);
      });
      return pack(b.copyBody(c, values, wanted));
    },
  );

/**
 * Values that no turn changes are what they were at first; constants among them move into the loop; values that nobody
 * needs, and second copies of a value, are not carried.
 */
const narrowWhile = rule({
  name: "narrow-while",
  match: ["while"],
  dependsOnUses: true,
  rewrite: (i, cx) => {
    const used = cx.usedElements(i);
    const results = resultsOf(i.body);
    if (used === undefined || results === undefined) return undefined;
    const carries = carriesOf(i, results, used);
    const { kept, sources, isInvariant } = carries;
    if (kept.length === results.length && ![...used].some(isInvariant)) return undefined;
    const condition = overKept(cx, i, i.condition, carries, [i.condition.root], ([test]) => test);
    const next = kept.map((k) => results[k]);
    const body = overKept(cx, i, i.body, carries, next, (all) => all);
    const finals = cx.while(
      condition,
      body,
      kept.map((k) => i.operands[k]),
    );
    return cx.tuple(
      sources.map((s, k) => {
        // Nobody reads the elements that are left out: any value of their type will do.
        return isInvariant(k) || s.kind !== "carried" ? i.operands[k] : finals[s.position];
      }),
    );
  },
});

export const loopRules = [neverTurns, turnsOnce, narrowWhile];
