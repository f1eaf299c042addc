/**
 * The end of each matrix of a batch of products: the product's own epilogue and the kernel of the rows computed from
 * it, one after the other, on memory that holds this matrix alone.
 */
import { nameOf } from "../../../hlo/graph.js";
import type { FusionKind, HloInstruction } from "../../../hlo/instruction.js";
import { productOf } from "../../../hlo/product.js";
import { costOf } from "../../elements/cost.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { emitEpilogue, hasEpilogue, productSizes } from "./epilogue.js";
import { emitFusion } from "./fusion.js";
import type { FusionKernels } from "./launch.js";

export interface BatchKernels extends Omit<FusionKernels, "scratchBytes"> {
  /** Its arguments are the matrix, the fusion's operands and its outputs. */
  readonly epilogue: { readonly symbol: string; readonly operands: readonly number[] };
}

const partOf = (batch: Fusion, kind: FusionKind): Fusion => {
  const part = batch.computation.instructions.find((i) => i.opcode === "fusion" && i.kind === kind);
  if (part?.opcode !== "fusion") throw new TypeError(`${nameOf(batch)} has no ${kind} fusion`);
  return part;
};

/** The fusion of a batch's product. */
export const dotOf = (batch: Fusion): Fusion => partOf(batch, "dot");

/** Where the matrix is among the arguments; it is stored where the places of the whole product begin. */
const matrix = 0;

export function emitBatch(module: IrModule, batch: Fusion, symbol: string, target: CpuTarget): BatchKernels {
  const [dot, rows] = [dotOf(batch), partOf(batch, "row")];
  const place = (i: HloInstruction): number => (i.opcode === "parameter" ? 1 + i.index : matrix);
  const calls: string[] = [];
  const call = (callee: string, args: readonly number[], rest: string): void => {
    const list = `%list${calls.length}`;
    calls.push(
      `  ${list} = alloca [${args.length} x ptr], align 16`,
      ...args.flatMap((from, k) => [
        `  ${list}.from${k} = getelementptr ptr, ptr %args, i64 ${from}`,
        `  ${list}.value${k} = load ptr, ptr ${list}.from${k}`,
        `  ${list}.to${k} = getelementptr ptr, ptr ${list}, i64 ${k}`,
        `  store ptr ${list}.value${k}, ptr ${list}.to${k}`,
      ]),
      `  call void @${callee}(ptr ${list}, ${rest})`,
    );
  };
  if (hasEpilogue(dot)) {
    const { symbol: callee, operands } = emitEpilogue(module, dot, `${symbol}_product`, target);
    const args = [matrix, ...operands.map((k) => place(dot.operands[k])), matrix];
    call(callee, args, "i64 %batch, i64 %row0, i64 %row1, i64 %col0, i64 %col1");
  }
  const { launches } = emitFusion(module, rows, `${symbol}_rows`, target);
  const matrices = productSizes(productOf(dot)).batch;
  if (launches.length !== 1 || launches[0].units % matrices !== 0)
    throw new TypeError(`the rows of ${nameOf(batch)} cannot be computed matrix by matrix`);
  const [launch] = launches;
  const outputs = rootsOf(rows).map((_, k) => 1 + batch.operands.length + k);
  const slots = [...rows.operands.map(place), ...outputs];
  const each = launch.units / matrices;
  calls.push(`  %begin = mul i64 %batch, ${each}`, `  %end = add i64 %begin, ${each}`);
  call(launch.symbol, launch.args.map((k) => slots[k]), "i64 %begin, i64 %end"); // biome-ignore format: a line
  const parameters = "ptr %args, i64 %batch, i64 %row0, i64 %row1, i64 %col0, i64 %col1";
  module.define(symbol, () => `define void @${symbol}(${parameters}) nounwind {\n${calls.join("\n")}\n  ret void\n}`);
  const [one, other] = [costOf(dot), costOf(rows)];
  const flops = one.flops + other.flops;
  return { launches: [], epilogue: { symbol, operands: [] }, flops, bytes: one.bytes + other.bytes };
}
