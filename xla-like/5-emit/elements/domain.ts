/**
 * The loops of a kernel: the factors of its result's row-major order. As few as the operations allow: a factor is
 * divided only where an operation needs its parts as coordinates.
 */
import type { HloInstruction } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { dimsOf, formOf } from "./forms.js";
import { regroup, type Sized } from "./index.js";

/** A factor as operations pass it on; computed coordinates have no tag. */
interface Tagged extends Sized {
  readonly tag?: number;
}

/** Thrown by the walk when a factor must be divided. */
class Division {
  constructor(
    readonly tag: number,
    readonly sizes: readonly number[],
  ) {}
}

/** Divisions into an innermost factor below this cost more in short loops than indices lane by lane do. */
const smallestInner = 4;

/**
 * The factors for computing `roots`, all of which have as many elements as `dims`. Each of `cuts` lists sizes that are
 * needed as coordinates besides.
 */
export function factorsOf(
  roots: readonly HloInstruction[],
  dims: readonly number[],
  cuts: readonly (readonly number[])[] = [],
): readonly number[] {
  let factors: readonly number[] = [sizeOf(dims)].filter((n) => n !== 1);
  if (factors[0] === 0) return [0];
  for (;;) {
    const division = walk(roots, factors, cuts);
    if (division === undefined) return factors;
    factors = factors.flatMap((size, tag) => (tag === division.tag ? division.sizes : [size]));
  }
}

/**
 * Of the factors other than the innermost one, that along which most of what is read across lies: there operands are
 * read in the order of their memory only if tiles of them are turned.
 */
export function crossedFactor(roots: readonly HloInstruction[], factors: readonly number[]): number | undefined {
  const innermost = factors.length - 1;
  const votes = new Map<number, number>();
  walk(roots, factors, [], (parts) => {
    const along = parts[parts.length - 1]?.tag;
    if (along === undefined || along === innermost || !parts.some((p) => p.tag === innermost)) return;
    votes.set(along, (votes.get(along) ?? 0) + 1);
  });
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function walk(
  roots: readonly HloInstruction[],
  factors: readonly number[],
  cuts: readonly (readonly number[])[],
  onParameter: (parts: readonly Tagged[]) => void = () => undefined,
): Division | undefined {
  const seen = new Set<string>();
  const innermost = factors.length - 1;
  const splitting =
    (smallest: number) =>
    (parts: readonly Tagged[], sizes: readonly number[]): readonly Tagged[] => {
      const [{ tag }] = parts;
      const isLong = tag !== innermost || sizes[sizes.length - 1] >= smallest;
      if (parts.length === 1 && tag !== undefined && isLong) throw new Division(tag, sizes);
      return sizes.map((size) => ({ size }));
    };
  const split = splitting(smallestInner);
  const visit = (i: HloInstruction, parts: readonly Tagged[]): void => {
    const key = `${i.id}|${parts.map((p) => `${p.size}#${p.tag ?? ""}`).join()}`;
    if (seen.has(key) || sizeOf(dimsOf(i)) === 0) return;
    seen.add(key);
    if (i.opcode === "parameter") onParameter(parts);
    const form = formOf(i);
    if (form === undefined) {
      const rank = dimsOf(i).length;
      for (const x of i.operands) visit(x, rank > 0 && dimsOf(x).length === 0 ? [] : parts);
      return;
    }
    const groups = regroup(parts, form.groups, split);
    i.operands.forEach((x, k) => {
      const runs = form.operands[k] ?? [];
      visit(
        x,
        runs.flatMap(({ size, group }): readonly Tagged[] =>
          group !== undefined ? groups[group] : size === 1 ? [] : [{ size }],
        ),
      );
    });
  };
  const all = factors.map((size, tag) => ({ size, tag }));
  try {
    for (const sizes of cuts) regroup(all, sizes, splitting(1));
    for (const root of roots) visit(root, all);
  } catch (division) {
    if (division instanceof Division) return division;
    throw division;
  }
  return undefined;
}
