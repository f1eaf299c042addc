/** Dots and convolutions, and the fusions that are each made around one of them. */
import { nameOf } from "./graph.js";
import type { HloInstruction, Instr } from "./instruction.js";

export type ProductInstruction = Instr<"dot"> | Instr<"convolution">;

export const isProduct = (i: HloInstruction): i is ProductInstruction =>
  i.opcode === "dot" || i.opcode === "convolution";

export const isProductFusion = (i: HloInstruction): i is Instr<"fusion"> & { readonly kind: "dot" | "convolution" } =>
  i.opcode === "fusion" && (i.kind === "dot" || i.kind === "convolution");

/** The one product of a fusion of kind dot or convolution. */
export const productOf = (fusion: Instr<"fusion">): ProductInstruction => {
  const product = fusion.computation.instructions.find(isProduct);
  if (product === undefined) throw new TypeError(`${nameOf(fusion)} is a ${fusion.kind} fusion without a product`);
  return product;
};
