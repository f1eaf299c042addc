/** sort, by any comparator, and top-k. */
import { type DType, dtypes, isComplex } from "../../../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr } from "../../../hlo/instruction.js";
import { applyComputation } from "../../elements/computations.js";
import { arrayOf } from "../../elements/computed.js";
import { boolCompare } from "../../scalar/booleans.js";
import { emitConstant } from "../../scalar/constants.js";
import { floatCompare } from "../../scalar/floats.js";
import { integerCompare } from "../../scalar/integers.js";
import type { IrModule, IrValue } from "../../scalar/ir.js";
import { castTo } from "../../scalar/lanes.js";
import { elementsOfBits } from "../../scalar/memory.js";
import { floatOpsOf, type OperationContext, single, type Value } from "../../scalar/value.js";
import type { CudaKernels, CudaTarget } from "../target.js";
import { Lines, movedAs } from "./lines.js";
import { emitMergeSort } from "./merge-sort.js";

/** A record's part as what it stands for. */
const asElement = (cx: OperationContext, dtype: DType, x: Value | undefined): Value => {
  if (x === undefined) return emitConstant(cx, dtype, dtypes[dtype].kind === "bool" ? false : 0);
  return movedAs(dtype) === dtype ? x : elementsOfBits(cx, dtype, single(x));
};

/** The parameters that a computation's result depends on. */
function parametersUsed({ root }: HloComputation): ReadonlySet<number> {
  const used = new Set<number>();
  const seen = new Set<HloInstruction>();
  const visit = (i: HloInstruction): void => {
    if (seen.has(i)) return;
    seen.add(i);
    if (i.opcode === "parameter") used.add(i.index);
    i.operands.forEach(visit);
  };
  visit(root);
  return used;
}

export function emitCudaSort(module: IrModule, i: Instr<"sort">, symbol: string, target: CudaTarget): CudaKernels {
  const dtypesOf = i.operands.map((x) => arrayOf(x).dtype);
  const count = i.operands.length;
  const lines = new Lines(arrayOf(i.operands[0]).dims, i.dimension);
  const used = parametersUsed(i.comparator);
  const types = dtypesOf.map(movedAs);
  return emitMergeSort(
    module,
    {
      lines: lines.count,
      length: lines.length,
      keep: lines.length,
      types,
      keys: dtypesOf.map((_, k) => k).filter((k) => used.has(2 * k) || used.has(2 * k + 1)),
      before: (cx, a, b) => {
        const args = dtypesOf.flatMap((d, k) => [asElement(cx, d, a[k]), asElement(cx, d, b[k])]);
        return single(applyComputation(cx, i.comparator, args)[0]);
      },
      read: (kernel, line, place) => {
        const at = lines.at(kernel, line, place);
        return types.map((d, k) => kernel.read(kernel.argument(k), d, at));
      },
      write: (kernel, line, place, record) => {
        const at = lines.at(kernel, line, place);
        record.forEach((x, k) => kernel.write(kernel.argument(count + k), types[k], at, x));
      },
    },
    symbol,
    target,
    { args: Array.from({ length: 2 * count + 1 }, (_, k) => k), scratch: 2 * count, offset: 0 },
  );
}

/** Floats by their total order, NaN above all. */
function isLarger(cx: OperationContext, dtype: DType, x: Value, y: Value): IrValue {
  switch (dtypes[dtype].kind) {
    case "float":
      return floatCompare(floatOpsOf(cx, dtype), "GT", true, single(x), single(y));
    case "bool":
      return boolCompare(cx.builder, "GT", single(x), single(y));
    default:
      return integerCompare(cx.builder, "GT", dtypes[dtype].kind === "signed", single(x), single(y));
  }
}

export function emitCudaTopK(
  module: IrModule,
  i: Instr<"top-k">,
  symbol: string,
  target: CudaTarget,
): CudaKernels | undefined {
  const { dtype, dims } = arrayOf(i.operands[0]);
  if (isComplex(dtype)) return undefined;
  const lines = new Lines(dims, dims.length - 1);
  const types: readonly DType[] = [movedAs(dtype), "int32"];
  return emitMergeSort(
    module,
    {
      lines: lines.count,
      length: lines.length,
      keep: i.k,
      types,
      keys: [0],
      before: (cx, a, b) => isLarger(cx, dtype, asElement(cx, dtype, a[0]), asElement(cx, dtype, b[0])),
      read: (kernel, line, place) => [
        kernel.read(kernel.argument(0), types[0], lines.at(kernel, line, place)),
        castTo(kernel.here.builder, "trunc", kernel.ints.value(place), "i32"),
      ],
      write: (kernel, line, place, record) => {
        const at = kernel.ints.add(kernel.ints.mul(line, i.k), place);
        record.forEach((x, k) => kernel.write(kernel.argument(1 + k), types[k], at, x));
      },
    },
    symbol,
    target,
    { args: [0, 1, 2, 3], scratch: 3, offset: 0 },
  );
}
