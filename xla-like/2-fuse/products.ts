/** A cluster for every dot and convolution: the views of its operands, and the arithmetic on its result. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import type { Context } from "./admission.js";
import { type Cluster, type Clustering } from "./clusters.js";
import { elementsOf } from "./costs.js";
import { isScalarOperation } from "./emittable.js";
import { viewsOf } from "./product-views.js";
import { trimEpilogue } from "./trim.js";

/** Instructions and whole arrays of an epilogue, which runs on blocks that are hot in the cache. */
const mostInstructions = 60;
const mostArrays = 16;

const isProduct = (i: HloInstruction): boolean => i.opcode === "dot" || i.opcode === "convolution";

/** Whether the cluster's values are needed to compute the operand in another way than through the cluster. */
const needsCluster = (cx: Clustering, c: Cluster, operand: HloInstruction): boolean => {
  if (operand.opcode === "parameter" || operand.opcode === "constant") return false;
  const homes = cx.homesOf(operand);
  if (homes.size === 0) return cx.reaches(c, operand);
  for (const home of homes) if (cx.ownerOf(operand) === home && cx.reaches(c, home)) return true;
  return false;
};

/** A result in other dimensions, with which arithmetic goes on. */
const isReshapeBefore = (cx: Clustering, i: HloInstruction): boolean =>
  i.opcode === "reshape" && cx.usersOf(i).every(isScalarOperation);

/** Takes in what is computed, element by element, from the product and from what is known before it. */
const growEpilogue = (cx: Clustering, c: Cluster, from: HloInstruction): void => {
  const { instructions } = cx.computation;
  const whole = new Set<HloInstruction>();
  let size = 0;
  for (let n = cx.positionOf(from) + 1; n < instructions.length && size < mostInstructions; n++) {
    const i = instructions[n];
    if (cx.homesOf(i).size > 0 || !i.operands.some((o) => cx.ownerOf(o) === c)) continue;
    if (!isScalarOperation(i) && !isReshapeBefore(cx, i)) continue;
    const outside = i.operands.filter((o) => cx.ownerOf(o) !== c);
    if (outside.some((o) => needsCluster(cx, c, o))) continue;
    const more = outside.filter((o) => o.opcode !== "broadcast" && 2 * elementsOf(o) >= elementsOf(i));
    if (new Set([...whole, ...more]).size > mostArrays) continue;
    for (const o of more) whole.add(o);
    cx.own(i, c);
    size++;
  }
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
    if (hero.opcode === "dot")
      for (const o of hero.operands)
        for (const v of viewsOf(o)) {
          cx.add(v, c);
          c.views.add(v);
        }
  }
};
