/** Instructions that only move elements: broadcast, transpose, reverse, slice, pad, concatenate, iota. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { convertText } from "../elementwise/convert.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { boxCopy, fillWith } from "./copy.js";
import { dotProduct, rowMajor } from "./strides.js";

export const broadcastKernel = (i: Instr<"broadcast">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const source = operandShape(i, 0).dims;
  const strides = rowMajor(source);
  const from = dims.map(() => 0);
  i.dimensions.forEach((d, k) => {
    if (source[k] !== 1) from[d] = strides[k];
  });
  const copy = boxCopy(dtype, dims, rowMajor(dims), from);
  return ([x]) => {
    const out = hostArray(dtype, n);
    copy(out, 0, x as HostArray, 0);
    return out;
  };
};

export const transposeKernel = (i: Instr<"transpose">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const strides = rowMajor(operandShape(i, 0).dims);
  const from = i.permutation.map((d) => strides[d]);
  const copy = boxCopy(dtype, dims, rowMajor(dims), from);
  return ([x]) => {
    const out = hostArray(dtype, n);
    copy(out, 0, x as HostArray, 0);
    return out;
  };
};

export const reverseKernel = (i: Instr<"reverse">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const strides = rowMajor(dims);
  const from = strides.map((s, d) => (i.dimensions.includes(d) ? -s : s));
  const start = i.dimensions.reduce((sum, d) => sum + (dims[d] - 1) * strides[d], 0);
  const copy = boxCopy(dtype, dims, strides, from);
  return ([x]) => {
    const out = hostArray(dtype, n);
    copy(out, 0, x as HostArray, start);
    return out;
  };
};

export const sliceKernel = (i: Instr<"slice">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const strides = rowMajor(operandShape(i, 0).dims);
  const from = strides.map((s, d) => s * i.strides[d]);
  const start = dotProduct(i.starts, strides);
  const copy = boxCopy(dtype, dims, rowMajor(dims), from);
  return ([x]) => {
    const out = hostArray(dtype, n);
    copy(out, 0, x as HostArray, start);
    return out;
  };
};

export const padKernel = (i: Instr<"pad">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const source = operandShape(i, 0).dims;
  const fromStrides = rowMajor(source);
  const toStrides = rowMajor(dims);
  // Along each dimension, element k lands at low + k(interior + 1); negative edges cut some off.
  const steps = i.interior.map((m) => m + 1);
  const first = source.map((_, d) => Math.max(0, Math.ceil(-i.low[d] / steps[d])));
  const last = source.map((size, d) => Math.min(size - 1, Math.floor((dims[d] - 1 - i.low[d]) / steps[d])));
  const box = first.map((f, d) => Math.max(0, last[d] - f + 1));
  const copy = boxCopy(
    dtype,
    box,
    toStrides.map((s, d) => s * steps[d]),
    fromStrides,
  );
  const fromStart = dotProduct(first, fromStrides);
  const toStart = first.reduce((sum, f, d) => sum + (i.low[d] + f * steps[d]) * toStrides[d], 0);
  return ([x, value]) => {
    const out = hostArray(dtype, n);
    fillWith(out, value as HostArray, dtype);
    copy(out, toStart, x as HostArray, fromStart);
    return out;
  };
};

export const concatenateKernel = (i: Instr<"concatenate">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const toStrides = rowMajor(dims);
  let start = 0;
  const parts = i.operands.map((_, k) => {
    const source = operandShape(i, k).dims;
    const toStart = start * toStrides[i.dimension];
    start += source[i.dimension];
    return { toStart, copy: boxCopy(dtype, source, toStrides, rowMajor(source)) };
  });
  return (xs) => {
    const out = hostArray(dtype, n);
    parts.forEach(({ copy, toStart }, k) => {
      copy(out, toStart, xs[k] as HostArray, 0);
    });
    return out;
  };
};

export const iotaKernel = (i: Instr<"iota">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const size = dims[i.dimension];
  const b = new Bindings();
  const store = storeText(dtype, "out", "k", convertText("uint32", dtype, "k", b), b);
  const count = functionFromText<(out: HostArray) => void>(
    "out",
    `// ${dtype}\nfor (let k = 0; k < ${size}; k++) { ${store} }`,
    b,
  );
  const from = dims.map((_, d) => (d === i.dimension ? 1 : 0));
  const copy = boxCopy(dtype, dims, rowMajor(dims), from);
  return () => {
    const line = hostArray(dtype, size);
    count(line);
    const out = hostArray(dtype, n);
    copy(out, 0, line, 0);
    return out;
  };
};
