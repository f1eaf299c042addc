/** Dots and convolutions as calls of the runtime's routines "dot" and "convolution". */
import { type ParameterView, storedStrides, viewOf } from "../../../2-fuse/views.js";
import { nameOf } from "../../../hlo/graph.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { productOf } from "../../../hlo/product.js";
import type { Epilogue, SlotId, Thunk } from "../../plan.js";
import { type ConvolutionProduct, convolutionProduct } from "./convolution.js";
import { dotProduct } from "./dot.js";
import { productParams } from "./params.js";

export interface ProductSlots {
  /** Of the fusion's operands. */
  readonly operands: readonly SlotId[];
  /** Where the product goes, as it is before the epilogue. */
  readonly product: SlotId;
}

type RoutineThunk = Extract<Thunk, { readonly kind: "routine" }>;

const operandView = (product: HloInstruction, n: number): ParameterView => {
  const view = viewOf(product.operands[n]);
  if (view === undefined)
    throw new TypeError(`operand ${n} of ${nameOf(product)} is not a strided view of one of its fusion's parameters`);
  return view;
};

/** How a product that is the only result lies there: transposed, perhaps. With an epilogue it lies as it is. */
const resultStrides = (fusion: Instr<"fusion">, product: Instr<"dot">): readonly number[] | undefined => {
  const { operands } = fusion.computation.root;
  return operands.length === 1 ? storedStrides(product, operands[0]) : undefined;
};

/** -1 if nothing is copied, or which operand of the routine the copy takes the place of, and the copy. */
const copyParams = ({ copy, imageFirst }: ConvolutionProduct): readonly number[] =>
  copy === undefined
    ? [-1]
    : [
        imageFirst ? 0 : 1,
        copy.elements,
        copy.fromOffset,
        copy.toOffset,
        copy.dims.length,
        ...copy.dims.flatMap((d) => [d.size, d.from, d.to]),
      ];

/**
 * The call that computes a dot fusion's matrices one after the other, each in memory of its own, and runs the epilogue
 * on each; `operands` are those of the fusion around it, whose parameters are what this one reads.
 */
export const batchThunk = (fusion: Instr<"fusion">, operands: readonly SlotId[], epilogue: Epilogue): RoutineThunk => {
  const product = productOf(fusion);
  if (product.opcode !== "dot") throw new TypeError(`${nameOf(fusion)} is no batch of dots`);
  const views = [operandView(product, 0), operandView(product, 1)] as const;
  const args = views.map((v) => {
    const read = fusion.operands[v.parameter.index];
    if (read.opcode !== "parameter") throw new TypeError(`${nameOf(fusion)} reads what is computed`);
    return operands[read.index];
  });
  const params = [epilogue.args.length, ...productParams(dotProduct(product, ...views))];
  return { kind: "routine", name: "dot-by-matrix", args, params, epilogue };
};

/** The call that computes the fusion's product into `slots.product` and runs the epilogue on its blocks. */
export const productThunk = (fusion: Instr<"fusion">, slots: ProductSlots, epilogue?: Epilogue): RoutineThunk => {
  const product = productOf(fusion);
  const views = [operandView(product, 0), operandView(product, 1)] as const;
  const [first, second] = views.map((v) => slots.operands[v.parameter.index]);
  const extra = epilogue === undefined ? {} : { epilogue };
  if (product.opcode === "dot") {
    const args = [first, second, slots.product];
    const params = productParams(dotProduct(product, ...views, resultStrides(fusion, product)));
    return { kind: "routine", name: "dot", args, params, ...extra };
  }
  const convolution = convolutionProduct(product, ...views);
  return {
    kind: "routine",
    name: "convolution",
    args: [...(convolution.imageFirst ? [first, second] : [second, first]), slots.product],
    params: [...copyParams(convolution), ...productParams(convolution.product)],
    ...extra,
  };
};
