/**
 * A convolution as a product of matrices: the windows of the image are a view of it, so that one operand's rows are
 * output places and its depth runs over features and taps. Padding, dilation and cropping first copy the image into a
 * larger array of zeros.
 */
import { type ParameterView, rowMajorStrides } from "../../../2-fuse/views.js";
import type { Instr } from "../../../hlo/instruction.js";
import type { BatchDim, Product, SharedDim } from "./params.js";

export interface CopyDim {
  readonly size: number;
  /** The strides in the operand and in the copy. */
  readonly from: number;
  readonly to: number;
}

/** A copy of the image with zeros around and between its elements. */
export interface PaddedCopy {
  readonly elements: number;
  readonly fromOffset: number;
  readonly toOffset: number;
  readonly dims: readonly CopyDim[];
}

export interface ConvolutionProduct {
  readonly product: Product;
  /** The image is the left operand; otherwise the kernel is. */
  readonly imageFirst: boolean;
  readonly copy: PaddedCopy | undefined;
}

interface Image {
  readonly offset: number;
  readonly strides: readonly number[];
  readonly copy: PaddedCopy | undefined;
}

/** The image as the windows see it: padded, dilated and cropped, in an order of dimensions that keeps features together. */
const paddedImage = (i: Instr<"convolution">, view: ParameterView): Image => {
  const { window } = i;
  if (window.every((w) => w.padLow === 0 && w.padHigh === 0 && w.baseDilation === 1))
    return { ...view, copy: undefined };
  const windowOf = (d: number) => window[i.dims.inputSpatial.indexOf(d)];
  const parts = view.dims.map((size, d) => {
    const w = windowOf(d);
    if (w === undefined) return { first: 0, size, at: 0, step: 1, padded: size };
    const { padLow, padHigh, baseDilation: step } = w;
    const dilated = size === 0 ? 0 : (size - 1) * step + 1;
    const padded = Math.max(0, dilated + padLow + padHigh);
    // The elements that a negative padding leaves.
    const first = Math.max(0, Math.ceil(-padLow / step));
    const last = Math.min(size - 1, Math.floor((padded - 1 - padLow) / step));
    return { first, size: Math.max(0, last - first + 1), at: padLow + first * step, step, padded };
  });
  // The copy's order is that of the memory it is taken from.
  const order = view.dims
    .map((_, d) => d)
    .sort((a, b) => Math.abs(view.strides[b]) - Math.abs(view.strides[a]) || a - b);
  const dense = rowMajorStrides(order.map((d) => parts[d].padded));
  const strides = new Array<number>(order.length);
  order.forEach((d, n) => {
    strides[d] = dense[n];
  });
  const empty = parts.some((p) => p.size === 0);
  const dims = order.map(
    (d): CopyDim => ({ size: parts[d].size, from: view.strides[d], to: strides[d] * parts[d].step }),
  );
  return {
    offset: 0,
    strides,
    copy: {
      elements: parts.reduce((n, p) => n * p.padded, 1),
      fromOffset: empty ? 0 : view.offset + parts.reduce((sum, p, d) => sum + p.first * view.strides[d], 0),
      toOffset: empty ? 0 : parts.reduce((sum, p, d) => sum + p.at * strides[d], 0),
      dims: empty ? [{ size: 0, from: 1, to: 1 }] : joinedCopy(dims),
    },
  };
};

/** Neighbouring dimensions that both arrays walk evenly are one. */
const joinedCopy = (dims: readonly CopyDim[]): readonly CopyDim[] => {
  const out: CopyDim[] = [];
  for (const d of dims) {
    const last = out.at(-1);
    if (d.size === 1) continue;
    if (last !== undefined && last.from === d.size * d.from && last.to === d.size * d.to) {
      out[out.length - 1] = { ...d, size: last.size * d.size };
    } else {
      out.push(d);
    }
  }
  return out;
};

/** A dimension of the result, as the windows and the kernel walk it. */
interface OutDim {
  readonly size: number;
  readonly image: number;
  readonly out: number;
}

export const convolutionProduct = (
  i: Instr<"convolution">,
  view: ParameterView,
  kernel: ParameterView,
): ConvolutionProduct => {
  const { dims, window } = i;
  const image = paddedImage(i, view);
  const outDims = i.shape.dims;
  const out = rowMajorStrides(outDims);
  const groups = i.featureGroupCount * i.batchGroupCount;
  const groupOutputs = outDims[dims.outputFeature] / groups;
  const depthFeatures = kernel.dims[dims.kernelInputFeature];

  const rowOf = (d: number): OutDim => {
    const spatial = dims.outputSpatial.indexOf(d);
    const along =
      spatial < 0 ? image.strides[dims.inputBatch] : image.strides[dims.inputSpatial[spatial]] * window[spatial].stride;
    return { size: outDims[d], image: along, out: out[d] };
  };
  const all = outDims.map((_, d) => d);
  const lead = all.slice(0, dims.outputFeature).map(rowOf);
  const tail = all.slice(dims.outputFeature + 1).map(rowOf);
  const imageFirst = tail.every((d) => d.size === 1);

  const taps = window.map((w, s) => ({
    size: w.size,
    image: image.strides[dims.inputSpatial[s]] * w.windowDilation,
    kernel: kernel.strides[dims.kernelSpatial[s]] * (w.reversal === true ? -1 : 1),
  }));
  const summed = [
    {
      size: depthFeatures,
      image: image.strides[dims.inputFeature],
      kernel: kernel.strides[dims.kernelInputFeature],
    },
    ...taps,
  ];
  // A reversed dimension of the kernel is read from its end.
  const kernelOffset = window.reduce(
    (sum, w, s) => (w.reversal === true ? sum + (w.size - 1) * kernel.strides[dims.kernelSpatial[s]] : sum),
    kernel.offset,
  );

  const featureStride = kernel.strides[dims.kernelOutputFeature];
  const group = {
    size: groups,
    image:
      i.batchGroupCount > 1
        ? outDims[dims.outputBatch] * image.strides[dims.inputBatch]
        : depthFeatures * image.strides[dims.inputFeature],
    kernel: groupOutputs * featureStride,
    out: groupOutputs * out[dims.outputFeature],
  };
  const feature = { size: groupOutputs, kernel: featureStride, out: out[dims.outputFeature] };

  if (imageFirst) {
    const batch: BatchDim[] = [
      { size: group.size, lhs: group.image, rhs: group.kernel, out: group.out, batch: 0, row: 0, column: groupOutputs },
    ];
    return {
      imageFirst,
      copy: image.copy,
      product: {
        lhs: view.dtype,
        rhs: kernel.dtype,
        out: i.shape.dtype,
        lhsOffset: image.offset,
        rhsOffset: kernelOffset,
        batch,
        rows: [...lead, ...tail].map((d): SharedDim => ({ size: d.size, first: d.image, second: d.out })),
        columns: [{ size: feature.size, first: feature.kernel, second: feature.out }],
        depth: summed.map((d): SharedDim => ({ size: d.size, first: d.image, second: d.kernel })),
      },
    };
  }
  const items = rowMajorStrides(lead.map((d) => d.size));
  return {
    imageFirst,
    copy: image.copy,
    product: {
      lhs: kernel.dtype,
      rhs: view.dtype,
      out: i.shape.dtype,
      lhsOffset: kernelOffset,
      rhsOffset: image.offset,
      batch: [
        ...lead.map(
          (d, n): BatchDim => ({ size: d.size, lhs: 0, rhs: d.image, out: d.out, batch: items[n], row: 0, column: 0 }),
        ),
        {
          size: group.size,
          lhs: group.kernel,
          rhs: group.image,
          out: group.out,
          batch: 0,
          row: groupOutputs,
          column: 0,
        },
      ],
      rows: [{ size: feature.size, first: feature.kernel, second: feature.out }],
      columns: tail.map((d): SharedDim => ({ size: d.size, first: d.image, second: d.out })),
      depth: summed.map((d): SharedDim => ({ size: d.size, first: d.kernel, second: d.image })),
    },
  };
};
