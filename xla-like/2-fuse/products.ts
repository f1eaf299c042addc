/** A cluster for every dot and convolution: the views of its operands, and the arithmetic on its result. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { isProduct } from "../hlo/product.js";
import type { Context } from "./admission.js";
import type { Cluster, Clustering, Unit } from "./clusters.js";
import { elementsOf } from "./costs.js";
import { isScalarOperation } from "./emittable.js";
import { viewsOf } from "./product-views.js";
import { trimEpilogue } from "./trim.js";

/** Instructions and whole arrays of an epilogue, which runs on blocks that are hot in the cache. */
const mostInstructions = 60;
const mostArrays = 16;

/** What a value is spread out or seen from. */
const sourceOf = (i: HloInstruction): HloInstruction =>
  i.opcode === "broadcast" || i.opcode === "reshape" ? sourceOf(i.operands[0]) : i;

/** Tells what is computed from the cluster's values other than in the cluster. */
class Reach {
  #reached: Set<Unit> | undefined;

  constructor(
    readonly cx: Clustering,
    readonly c: Cluster,
    readonly hero: HloInstruction,
  ) {}

  /** What stands before the product does not depend on it, nor does any cluster that has grown so far: those are later. */
  has(operand: HloInstruction): boolean {
    const { cx, c, hero } = this;
    if (cx.positionOf(sourceOf(operand)) < cx.positionOf(hero)) return false;
    if (this.#reached === undefined) {
      this.#reached = new Set();
      for (const i of c.members) cx.addReached(cx.consumersOf(i), this.#reached);
    }
    return this.#reached.has(cx.ownerOf(operand) ?? operand);
  }

  add(i: HloInstruction): void {
    if (this.#reached !== undefined) this.cx.addReached(this.cx.consumersOf(i), this.#reached);
  }
}

/** A result in other dimensions, with which arithmetic goes on. */
const isReshapeBefore = (cx: Clustering, i: HloInstruction): boolean =>
  i.opcode === "reshape" && cx.usersOf(i).every(isScalarOperation);

/** Takes in what is computed, element by element, from the product and from what is known before it. */
const growEpilogue = (cx: Clustering, c: Cluster, from: HloInstruction): void => {
  const { instructions } = cx.computation;
  const whole = new Set<HloInstruction>();
  const reach = new Reach(cx, c, from);
  let size = 0;
  for (let n = cx.positionOf(from) + 1; n < instructions.length && size < mostInstructions; n++) {
    const i = instructions[n];
    if (cx.homesOf(i).size > 0 || !i.operands.some((o) => cx.ownerOf(o) === c)) continue;
    if (!isScalarOperation(i) && !isReshapeBefore(cx, i)) continue;
    const outside = i.operands.filter((o) => cx.ownerOf(o) !== c);
    if (outside.some((o) => reach.has(o))) continue;
    const more = outside.filter((o) => o.opcode !== "broadcast" && 2 * elementsOf(o) >= elementsOf(i));
    if (new Set([...whole, ...more]).size > mostArrays) continue;
    for (const o of more) whole.add(o);
    cx.own(i, c);
    reach.add(i);
    size++;
  }
};

/** A dot that is only wanted transposed is stored so, if its innermost dimension stays where it is. */
const storeTransposed = (cx: Clustering, c: Cluster, hero: HloInstruction): void => {
  const [user, ...others] = cx.usersOf(hero);
  if (c.members.size > 1 || hero.opcode !== "dot" || others.length > 0 || user?.opcode !== "transpose") return;
  const { permutation } = user;
  const isInmostKept = permutation.at(-1) === permutation.length - 1;
  const columns = dimsOf(hero.operands[1]).length - hero.dims.rhsBatch.length - hero.dims.rhsContracting.length;
  if (isInmostKept && columns > 0 && cx.homesOf(user).size === 0) cx.own(user, c);
};

/** Later products first, so that what adds two of them goes to the one that is computed last. */
export const clusterProducts = (context: Context): void => {
  const { clustering: cx } = context;
  const products = cx.computation.instructions.filter(isProduct).reverse();
  for (const hero of products) {
    const c = cx.create(hero.opcode === "dot" ? "dot" : "convolution", dimsOf(hero), { hero });
    cx.own(hero, c);
  }
  for (const hero of products) {
    const c = cx.ownerOf(hero);
    if (c === undefined) continue;
    growEpilogue(cx, c, hero);
    trimEpilogue(context, c);
    storeTransposed(cx, c, hero);
    if (hero.opcode === "dot")
      for (const o of hero.operands)
        for (const v of viewsOf(o)) {
          cx.add(v, c);
          c.views.add(v);
        }
  }
};
