/**
 * The elementwise end of a product's fusion, applied to blocks of the raw product while they are in the cache. The
 * product is seen as [batch, rows, cols]: a dot's batch, left and right dimensions; a convolution's features are its
 * columns where they are the last dimension, else its rows, and what lies inside them its columns.
 */
import type { HloInstruction } from "../../../hlo/instruction.js";
import { isProduct, type ProductInstruction, productOf } from "../../../hlo/product.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { type Int, intOf } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { indexKey, merged, partsFrom } from "../../elements/index.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { Kernel } from "./kernel.js";
import { lanesFor, mostLanes } from "./vectors.js";

export interface EpilogueKernel {
  readonly symbol: string;
  /** Operands of the fusion that the epilogue reads: its arguments are the product, these, and the outputs. */
  readonly operands: readonly number[];
}

export interface ProductSizes {
  readonly batch: number;
  readonly rows: number;
  readonly cols: number;
}

export function productSizes(product: ProductInstruction): ProductSizes {
  const { dims } = product.shape;
  if (product.opcode === "dot") {
    const batch = product.dims.lhsBatch.length;
    const left = arrayOf(product.operands[0]).dims.length - batch - product.dims.lhsContracting.length;
    return {
      batch: sizeOf(dims.slice(0, batch)),
      rows: sizeOf(dims.slice(batch, batch + left)),
      cols: sizeOf(dims.slice(batch + left)),
    };
  }
  const { outputFeature } = product.dims;
  const last = outputFeature === dims.length - 1;
  return last
    ? { batch: 1, rows: sizeOf(dims.slice(0, -1)), cols: dims[outputFeature] }
    : {
        batch: sizeOf(dims.slice(0, outputFeature)),
        rows: dims[outputFeature],
        cols: sizeOf(dims.slice(outputFeature + 1)),
      };
}

/** Whether anything is computed from the product, or it is the only result as it is. */
export const hasEpilogue = (fusion: Fusion): boolean => {
  const roots = rootsOf(fusion);
  return roots.length > 1 || !isProduct(asComputed(roots[0]));
};

/** A result before it is reshaped or stored in another order. */
const asComputed = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" || i.opcode === "transpose" ? asComputed(i.operands[0]) : i;

/** Parameters that results need besides the product. */
function neededOperands(fusion: Fusion): readonly number[] {
  const needed = new Set<number>();
  const seen = new Set<HloInstruction>();
  const visit = (i: HloInstruction): void => {
    if (seen.has(i) || isProduct(i)) return;
    seen.add(i);
    if (i.opcode === "parameter") needed.add(i.index);
    i.operands.forEach(visit);
  };
  rootsOf(fusion).forEach(visit);
  return [...needed].sort((a, b) => a - b);
}

/** `void symbol(ptr* args, i64 batch, i64 row0, i64 row1, i64 col0, i64 col1)`; an output may lie where the product does. */
export function emitEpilogue(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): EpilogueKernel {
  const product = productOf(fusion);
  const { batch, rows, cols } = productSizes(product);
  const operands = neededOperands(fusion);
  const lanes = lanesFor(cols, mostLanes(fusion, target));
  const kernel = new Kernel(module, fusion, lanes, target, (k) => 1 + operands.indexOf(k));
  const { frame, ints, coordinates, evaluator } = kernel;

  evaluator.overrides.set(product, (index, active): Computed => {
    const key = `product|${indexKey(index)}`;
    const known = frame.recall<Computed>(key);
    if (known !== undefined) return known;
    const raw = evaluator.loadAt(kernel.argument(0), product.shape, merged(coordinates, index), active);
    return frame.remember(key, raw.depth, raw);
  });

  const parameter = (name: string): Int => ({ text: `%${name}`, depth: 0 });
  const [end, limit] = [parameter("row1"), parameter("col1")];
  const inner = frame.openLoop(parameter("row0"), end, 1, false);
  const columns = frame.openLoop(parameter("col0"), limit, lanes, false);
  const [row, column] = [inner.index, columns.index];
  const at = [intOf(parameter("batch")), row, column].map((base, k) => affine(base, k === 2 && lanes > 1 ? 1 : 0));
  const mask = kernel.below(column, limit);
  evaluator.tail = () => mask;
  const index = partsFrom([batch, rows, cols], at);
  const place = ints.add(ints.mul(ints.add(ints.mul(parameter("batch"), rows), row), cols), column);
  const values = rootsOf(fusion).map((root) => evaluator.evaluate(root, index));
  rootsOf(fusion).forEach((root, k) => {
    kernel.store(kernel.argument(1 + operands.length + k), root, place, values[k], lanes === 1 ? undefined : mask);
  });
  frame.closeLoop(columns);
  frame.closeLoop(inner);
  kernel.define(symbol, "ptr %args, i64 %batch, i64 %row0, i64 %row1, i64 %col0, i64 %col1");
  return { symbol, operands };
}
