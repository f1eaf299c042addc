/** Dots by cuBLASLt: copies of operands that do not lie as matrices, the product, and what is computed from it. */
import { type ParameterView, rowMajorStrides, storedStrides, type View, viewOf } from "../../../2-fuse/views.js";
import { overwritableOperands } from "../../../3-schedule/index.js";
import { type DType, dtypes } from "../../../hlo/dtype.js";
import { nameOf } from "../../../hlo/graph.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { type ArrayShape, arrayShape, sizeOf } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { copyInto, type Parts, type Placed } from "../parts.js";
import { type LibraryEpilogue, libraryEpilogue, noEpilogue } from "./epilogue.js";
import { copiedOrder, copiedView, type DotParts, depthOrders, type Matrices, matricesOf, partsOf } from "./matrices.js";

/** As `MatmulCompute` in native/cuda/libraries/blas_lt.h. */
const computes = { float32: 0, tf32: 1, float64: 2 } as const;

/** The types that cuBLASLt multiplies and writes. */
export interface ProductTypes {
  /** Of both operands. */
  readonly operands: DType;
  readonly out: DType;
}

const isHalf = (d: DType): boolean => d === "bfloat16" || d === "float16";
const isFloating = (d: DType): boolean => isHalf(d) || d.startsWith("float") || d.startsWith("complex");

/** How the library computes the product of stored types; undefined for those that it does not know: integers. */
export function productTypes(left: DType, right: DType, product: DType): ProductTypes | undefined {
  if (![left, right, product].every(isFloating)) return undefined;
  if (left === right && isHalf(left)) {
    if (product === left || product === "float32") return { operands: left, out: product };
    if (isHalf(product)) return { operands: left, out: "float32" };
  }
  const wide = [left, right, product].some((d) => d === "float64" || d === "complex128");
  const complex = [left, right, product].some((d) => d.startsWith("complex"));
  const both = complex ? (wide ? "complex128" : "complex64") : wide ? "float64" : "float32";
  return { operands: both, out: both };
}

const computeOf = (i: Instr<"dot">, { operands, out }: ProductTypes): number => {
  if (out === "float64" || out === "complex128") return computes.float64;
  // As JAX does: float32 is multiplied in TF32, unless all its bits are asked for.
  return operands === "float32" && i.precision !== "highest" ? computes.tf32 : computes.float32;
};

/** An operand as the library reads it: a view of a parameter's memory, or a copy of it. */
interface Operand {
  readonly view: View;
  readonly dtype: DType;
  readonly source: ParameterView;
  readonly isCopied: boolean;
}

export const rankedShape = (i: HloInstruction): ArrayShape => {
  if (i.shape.kind === "array") return i.shape;
  throw new TypeError(`${nameOf(i)} is a tuple`);
};

export function operandView(product: HloInstruction, n: number): ParameterView {
  const view = viewOf(product.operands[n]);
  if (view === undefined)
    throw new TypeError(`operand ${n} of ${nameOf(product)} is not a strided view of one of its fusion's parameters`);
  return view;
}

interface Layout {
  readonly parts: DotParts;
  readonly operands: readonly [Operand, Operand];
  readonly matrices: Matrices;
}

/** The cheapest way to have both operands as matrices: with no copy, with one, with both. */
function layoutOf(i: Instr<"dot">, types: ProductTypes, out: readonly number[]): Layout | undefined {
  const views = [operandView(i, 0), operandView(i, 1)] as const;
  const natural = partsOf(i, ...views);
  const size = (n: number): number => sizeOf(views[n].dims);
  const ways = [[], size(0) <= size(1) ? [0] : [1], size(0) <= size(1) ? [1] : [0], [0, 1]];
  for (const copied of ways) {
    for (const depth of depthOrders(natural, ...views)) {
      const parts = { ...natural, depth };
      const operandOf = (n: 0 | 1): Operand => {
        const source = views[n];
        const isCopied = copied.includes(n);
        const view = isCopied ? copiedView(source.dims, copiedOrder(parts, n)) : source;
        return { view, dtype: isCopied ? types.operands : source.dtype, source, isCopied };
      };
      const operands = [operandOf(0), operandOf(1)] as const;
      if (operands.some((o) => o.dtype !== types.operands)) continue;
      const matrices = matricesOf(parts, operands[0].view, operands[1].view, out);
      if (matrices !== undefined) return { parts, operands, matrices };
    }
  }
  return undefined;
}

/** The operand's array in memory, copied there if it must be. */
function placedOperand(parts: Parts, i: Instr<"dot">, layout: Layout, n: 0 | 1): Placed {
  const { source, isCopied, dtype } = layout.operands[n];
  const parameter = parts.operand(source.parameter.index);
  if (!isCopied) return parameter;
  const order = copiedOrder(layout.parts, n);
  const copy = parts.scratch(
    arrayShape(
      dtype,
      order.map((d) => source.dims[d]),
    ),
  );
  parts.loop([parameter], [copy], (b, [x]) => {
    const read = copyInto(b, i.operands[n], new Map<HloInstruction, HloInstruction>([[source.parameter, x]]));
    return [b.transpose(rankedShape(read).dtype === dtype ? read : b.convert(read, dtype), order)];
  });
  return copy;
}

function multiply(
  parts: Parts,
  i: Instr<"dot">,
  types: ProductTypes,
  layout: Layout,
  out: Placed,
  { bias, residual, relu }: LibraryEpilogue,
): void {
  const { matrices: m } = layout;
  const [left, right] = [placedOperand(parts, i, layout, 0), placedOperand(parts, i, layout, 1)];
  const moved = ({ place }: Placed, elements: number, dtype: DType) => ({
    arg: place.arg,
    offset: place.offset + elements * dtypes[dtype].bytes,
  });
  for (const at of m.calls) {
    const args = [
      moved(left, at.left, types.operands),
      moved(right, at.right, types.operands),
      moved(out, at.out, types.out),
      ...(bias === undefined ? [] : [parts.operand(bias).place]),
      ...(residual === undefined ? [] : [moved(parts.operand(residual), at.out, types.out)]),
    ];
    const places = [m.left, m.right].flatMap((p) => [Number(p.transposed), p.leading, p.batch]);
    parts.call("matmul", args, [
      computeOf(i, types),
      ...[types.operands, types.operands, types.out].map(dtypeCode),
      m.batch,
      m.rows,
      m.columns,
      m.depth,
      ...places,
      m.out.leading,
      m.out.batch,
      ...[bias !== undefined, relu, residual !== undefined].map(Number),
    ]);
  }
}

/** Adds the parts that compute a dot fusion; false where cuBLASLt does not know the types. */
export function emitLibraryDot(parts: Parts, fusion: Fusion, dot: Instr<"dot">): boolean {
  const roots = rootsOf(fusion);
  const types = productTypes(operandView(dot, 0).dtype, operandView(dot, 1).dtype, dot.shape.dtype);
  if (types === undefined) return false;
  const dense = rowMajorStrides(dot.shape.dims);
  if (dot.dims.lhsContracting.some((d) => operandView(dot, 0).dims[d] === 0)) {
    finish(parts, fusion, dot, undefined);
    return true;
  }
  if (roots.length === 1 && types.out === dot.shape.dtype) {
    // The product as it is, or stored in another order.
    const stored = storedStrides(dot, roots[0]);
    const inPlace = stored && layoutOf(dot, types, stored);
    if (inPlace !== undefined) {
      multiply(parts, dot, types, inPlace, parts.output(0), noEpilogue);
      return true;
    }
    const layout = layoutOf(dot, types, dense);
    const epilogue = layout && libraryEpilogue(roots[0], dot);
    if (layout !== undefined && epilogue !== undefined) {
      multiply(parts, dot, types, layout, parts.output(0), epilogue);
      return true;
    }
  }
  const layout = layoutOf(dot, types, dense);
  if (layout === undefined) throw new TypeError(`${nameOf(dot)} is no product of matrices, even when both are copied`);
  const raw = rawPlace(parts, fusion, dot, types.out);
  multiply(parts, dot, types, layout, raw, noEpilogue);
  finish(parts, fusion, dot, raw);
  return true;
}

/**
 * Where the product goes before more is computed from it: into the result that it is, or into memory of its own. A result
 * that may lie over an operand is not written before all is read.
 */
export function rawPlace(parts: Parts, fusion: Fusion, product: HloInstruction, dtype: DType): Placed {
  const overwritable = overwritableOperands(fusion);
  const same = rootsOf(fusion).findIndex((root, k) => root === product && (overwritable[k] ?? []).length === 0);
  const shape = arrayShape(dtype, rankedShape(product).dims);
  if (same >= 0 && rankedShape(product).dtype === dtype) return { place: parts.output(same).place, shape };
  return parts.scratch(shape);
}

/**
 * The kernel that computes the results from the raw product; without one, from zeros. `order` says which dimension of
 * the product each dimension of the raw one is.
 */
export function finish(
  parts: Parts,
  fusion: Fusion,
  product: HloInstruction,
  raw: Placed | undefined,
  order?: readonly number[],
): void {
  const roots = rootsOf(fusion);
  const left = roots.flatMap((root, k) =>
    root === product && parts.output(k).place.arg === raw?.place.arg ? [] : [k],
  );
  if (left.length === 0) return;
  const { parameters } = fusion.computation;
  const reads = [...parameters.map((p) => parts.operand(p.index)), ...(raw === undefined ? [] : [raw])];
  const writes = left.map((k) => parts.output(k));
  parts.loop(reads, writes, (b, xs) => {
    const { dtype, dims } = rankedShape(product);
    const known = new Map<HloInstruction, HloInstruction>(parameters.map((p) => [p, xs[p.index]]));
    const stored = raw === undefined ? b.fill(0, dtype, dims) : xs[parameters.length];
    const x = order === undefined ? stored : b.transpose(stored, dims.map((_, d) => order.indexOf(d))); // biome-ignore format: one line
    known.set(product, rankedShape(x).dtype === dtype ? x : b.convert(x, dtype));
    return left.map((k) => copyInto(b, roots[k], known));
  });
}
