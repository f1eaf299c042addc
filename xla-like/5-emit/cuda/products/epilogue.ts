/** What cuBLASLt can do to a product while it has it: add a bias, add another array, cut off what is negative. */
import { rowMajorStrides, viewOf } from "../../../2-fuse/views.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";

export interface LibraryEpilogue {
  /** Parameters of the fusion. */
  readonly bias: number | undefined;
  readonly residual: number | undefined;
  readonly relu: boolean;
}

export const noEpilogue: LibraryEpilogue = { bias: undefined, residual: undefined, relu: false };

/** Whether it is 0 everywhere. */
function isZero(i: HloInstruction): boolean {
  if (i.opcode === "broadcast" || i.opcode === "reshape") return isZero(i.operands[0]);
  return i.opcode === "constant" && i.data.every((x) => Number(x) === 0);
}

/** The other operand, if one is as wanted. */
function besides(
  i: HloInstruction,
  wanted: (x: HloInstruction) => boolean,
): readonly [found: HloInstruction, other: HloInstruction] | undefined {
  const [x, y] = i.operands;
  if (wanted(y)) return [y, x];
  return wanted(x) ? [x, y] : undefined;
}

/** What `root` is of the product, if cuBLASLt computes it. */
export function libraryEpilogue(root: HloInstruction, dot: Instr<"dot">): LibraryEpilogue | undefined {
  const { dtype, dims } = dot.shape;
  const dense = rowMajorStrides(dims);
  const columns = dims.length - firstColumn(dot);
  const parameterWith = (x: HloInstruction, strides: readonly number[]): number | undefined => {
    const view = viewOf(x);
    const isSo =
      view?.offset === 0 && view.dtype === dtype && dims.every((n, d) => n === 1 || view.strides[d] === strides[d]);
    return isSo ? view.parameter.index : undefined;
  };
  const biasOf = (x: HloInstruction): number | undefined =>
    sizeOf(dims.slice(0, dims.length - columns)) === 1
      ? undefined
      : parameterWith(
          x,
          dense.map((s, d) => (d < dims.length - columns ? 0 : s)),
        );

  let at = root;
  let epilogue = noEpilogue;
  if (at.opcode === "maximum") {
    const found = besides(at, isZero);
    if (found === undefined || dtype.startsWith("complex")) return undefined;
    epilogue = { ...epilogue, relu: true };
    at = found[1];
  }
  while (at !== dot) {
    if (at.opcode !== "add") return undefined;
    // Of a single row both lie alike, but only the residual may lie where the result does.
    const residual =
      epilogue.residual === undefined ? besides(at, (x) => parameterWith(x, dense) !== undefined) : undefined;
    if (residual !== undefined) {
      epilogue = { ...epilogue, residual: parameterWith(residual[0], dense) };
      at = residual[1];
      continue;
    }
    const bias = epilogue.bias === undefined ? besides(at, (x) => biasOf(x) !== undefined) : undefined;
    if (bias === undefined) return undefined;
    epilogue = { ...epilogue, bias: biasOf(bias[0]) };
    at = bias[1];
  }
  return epilogue;
}

/** The first dimension of the result that is the right operand's own. */
function firstColumn(dot: Instr<"dot">): number {
  const [left] = dot.operands;
  const rank = left.shape.kind === "array" ? left.shape.dims.length : 0;
  return rank - dot.dims.lhsContracting.length;
}
