/**
 * Convolutions by cuDNN, as forward ones or as derivatives by the data or by the weights. Its engines want dense tensors
 * with features last or first: what lies otherwise is copied, and the result is brought into its order by the kernel that
 * finishes it.
 */
import { convolutionRole } from "../../../1-simplify/index.js";
import { type ParameterView, rowMajorStrides, type View } from "../../../2-fuse/views.js";
import { type DType, dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction, Instr, WindowDim } from "../../../hlo/instruction.js";
import { arrayShape, sizeOf } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import type { Fusion } from "../../elements/fusion.js";
import { copyInto, type Parts, type Placed } from "../parts.js";
import { finish, operandView, rankedShape, rawPlace } from "./dot.js";

/** As `Kind` in native/cuda/libraries/convolution.cc. */
const kinds = { forward: 0, "data-gradient": 1, "weight-gradient": 2 } as const;
/** What an array's first byte is a multiple of. */
const alignment = 16;
const leastSpatial = 2;
const mostSpatial = 3;

/** Which dimension of an array is the batch (of a kernel, the result's features), the features, and the spatial ones. */
type Order = readonly number[];
/** Spatial dimensions behind the batch, and features behind them or before. */
type Layout = "last" | "first";

/** One of the three tensors, and where it comes from: operand 0 or 1, or the result. */
interface Tensor {
  readonly source: 0 | 1 | "result";
  readonly order: Order;
}

interface Described {
  readonly kind: keyof typeof kinds;
  readonly window: readonly WindowDim[];
  readonly x: Tensor;
  readonly w: Tensor;
  readonly y: Tensor;
}

/** The convolution as cuDNN knows it; undefined where it does not. */
function describe(i: Instr<"convolution">): Described | undefined {
  const { dims: d, window, featureGroupCount, batchGroupCount } = i;
  if (window.length < 1 || window.length > mostSpatial || batchGroupCount > 1) return undefined;
  const input = (n: number, c: number): Tensor => ({ source: 0, order: [n, c, ...d.inputSpatial] });
  const kernel = (n: number, c: number): Tensor => ({ source: 1, order: [n, c, ...d.kernelSpatial] });
  const result = (n: number, c: number): Tensor => ({ source: "result", order: [n, c, ...d.outputSpatial] });
  const role = convolutionRole(i);
  const forward = role.kind === "forward" ? window : role.forward;
  const isKnown = forward.every(
    (w) => w.padLow >= 0 && w.padHigh >= 0 && w.baseDilation === 1 && (w.reversal !== true || w.size === 1),
  );
  if (!isKnown || (role.kind !== "forward" && featureGroupCount > 1)) return undefined;
  switch (role.kind) {
    case "forward":
      return {
        kind: role.kind,
        window: forward,
        x: input(d.inputBatch, d.inputFeature),
        w: kernel(d.kernelOutputFeature, d.kernelInputFeature),
        y: result(d.outputBatch, d.outputFeature),
      };
    case "data-gradient":
      return {
        kind: role.kind,
        window: forward,
        x: result(d.outputBatch, d.outputFeature),
        w: kernel(d.kernelInputFeature, d.kernelOutputFeature),
        y: input(d.inputBatch, d.inputFeature),
      };
    case "weight-gradient":
      // Summed over the batch: it stands where features do.
      return {
        kind: role.kind,
        window: forward,
        x: input(d.inputFeature, d.inputBatch),
        w: result(d.outputFeature, d.outputBatch),
        y: kernel(d.kernelInputFeature, d.kernelOutputFeature),
      };
  }
}

/** What cuDNN multiplies and writes; undefined for integers and complex numbers. */
function typeOf(left: DType, right: DType, product: DType): DType | undefined {
  const all = [left, right, product];
  if (all.every((t) => t === left) && (left === "bfloat16" || left === "float16")) return left;
  if (!all.every((t) => t === "bfloat16" || t.startsWith("float"))) return undefined;
  return all.includes("float64") ? "float64" : "float32";
}

/** The order of an array's dimensions in memory under a layout. */
const laidOut = (order: Order, layout: Layout): Order => {
  const [n, c, ...spatial] = order;
  return layout === "last" ? [n, ...spatial, c] : [n, c, ...spatial];
};

/** Strides of dense memory in which the dimensions follow each other so. */
function strides(dims: readonly number[], memory: Order): readonly number[] {
  const dense = rowMajorStrides(memory.map((d) => dims[d]));
  const out = new Array<number>(dims.length);
  memory.forEach((d, n) => {
    out[d] = dense[n];
  });
  return out;
}

const liesSo = (view: View, memory: Order): boolean => {
  const wanted = strides(view.dims, memory);
  return view.dims.every((n, d) => n === 1 || view.strides[d] === wanted[d]);
};

const canRead = (view: ParameterView, dtype: DType, memory: Order): boolean =>
  view.dtype === dtype && liesSo(view, memory) && (view.offset * dtypes[dtype].bytes) % alignment === 0;

/** An operand, copied where it does not lie as it should. */
function placed(
  parts: Parts,
  i: Instr<"convolution">,
  n: 0 | 1,
  view: ParameterView,
  dtype: DType,
  memory: Order,
): Placed {
  const parameter = parts.operand(view.parameter.index);
  if (canRead(view, dtype, memory)) {
    const { arg, offset } = parameter.place;
    return { place: { arg, offset: offset + view.offset * dtypes[dtype].bytes }, shape: parameter.shape };
  }
  const copy = parts.scratch(arrayShape(dtype, memory.map((d) => view.dims[d]))); // biome-ignore format: one line
  parts.loop([parameter], [copy], (b, [x]) => {
    const read = copyInto(b, i.operands[n], new Map<HloInstruction, HloInstruction>([[view.parameter, x]]));
    return [b.transpose(rankedShape(read).dtype === dtype ? read : b.convert(read, dtype), memory)];
  });
  return copy;
}

/** Adds the parts that compute a convolution fusion; false where cuDNN does not have it. */
export function emitLibraryConvolution(parts: Parts, fusion: Fusion, i: Instr<"convolution">): boolean {
  const views = [operandView(i, 0), operandView(i, 1)] as const;
  const dtype = typeOf(views[0].dtype, views[1].dtype, i.shape.dtype);
  const described = describe(i);
  const sizes = [...views.map((v) => sizeOf(v.dims)), sizeOf(i.shape.dims)];
  if (dtype === undefined || described === undefined || sizes.includes(0)) return false;
  const tensors = [described.x, described.w, described.y];
  const dimsOf = ({ source }: Tensor): readonly number[] => (source === "result" ? i.shape.dims : views[source].dims);
  const out: View = { offset: 0, dims: i.shape.dims, strides: rowMajorStrides(i.shape.dims) };
  const fits = ({ source, order }: Tensor, layout: Layout): boolean =>
    source === "result" ? liesSo(out, laidOut(order, layout)) : canRead(views[source], dtype, laidOut(order, layout));
  const cost = (layout: Layout): number =>
    tensors.reduce((sum, t) => sum + (fits(t, layout) ? 0 : sizeOf(dimsOf(t))), 0);
  // Engines for half precision want features last, and those for double precision first.
  const layout: Layout =
    dtype === "float64" ? "first" : dtype !== "float32" || cost("last") <= cost("first") ? "last" : "first";

  const result = tensors.find((t) => t.source === "result");
  if (result === undefined) return false;
  const memory = laidOut(result.order, layout);
  const isInOrder = liesSo(out, memory);
  const operands = ([0, 1] as const).map((n) => {
    const tensor = tensors.find((t) => t.source === n);
    return placed(parts, i, n, views[n], dtype, laidOut(tensor?.order ?? [], layout));
  });
  const raw = isInOrder
    ? rawPlace(parts, fusion, i, dtype)
    : parts.scratch(arrayShape(dtype, memory.map((d) => i.shape.dims[d]))); // biome-ignore format: one line

  const extra = Math.max(0, leastSpatial - described.window.length);
  const widened = (numbers: readonly number[], at: number, by: number): readonly number[] => [
    ...numbers.slice(0, at),
    ...new Array<number>(extra).fill(by),
    ...numbers.slice(at),
  ];
  const args = tensors.map(({ source }) => (source === "result" ? raw : operands[source]).place);
  const places = tensors.flatMap((t) => {
    const dims = dimsOf(t);
    const steps = strides(dims, laidOut(t.order, layout));
    // A dimension of one element may have any stride: that of the dimension behind it.
    const sized = t.order.map((d) => dims[d]);
    const stepped = t.order.map((d) => steps[d]);
    const [, , first] = t.order;
    return [...widened(sized, 2, 1), ...widened(stepped, 2, steps[first] * dims[first])];
  });
  const perWindow = (f: (w: WindowDim) => number, otherwise: number) => widened(described.window.map(f), 0, otherwise);
  parts.call("convolution", args, [
    kinds[described.kind],
    dtypeCode(dtype),
    Number(dtype === "float32" && i.precision === "highest"),
    described.window.length + extra,
    ...places,
    ...perWindow((w) => w.padLow, 0),
    ...perWindow((w) => w.padHigh, 0),
    ...perWindow((w) => w.stride, 1),
    ...perWindow((w) => w.windowDilation, 1),
  ]);
  finish(parts, fusion, i, raw, isInOrder ? undefined : memory);
  return true;
}
