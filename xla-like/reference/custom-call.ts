/** custom-call: callbacks to the host, and the library routines. */
import { type HostArray, hostArray } from "../hlo/dtype.js";
import type { Instr } from "../hlo/instruction.js";
import { sizeOf } from "../hlo/shape.js";
import { attentionGradientKernel, attentionKernel } from "./attention.js";
import { fftKernel } from "./fft/routine.js";
import type { Kernel } from "./host.js";
import { linalgKernel } from "./linalg/routines.js";

const callbackKernel = (i: Instr<"custom-call">): Kernel => {
  const { callback } = i;
  if (callback === undefined) throw new TypeError(`%custom-call.${i.id} is a callback without a function`);
  return (operands) => [...callback(...(operands as HostArray[]))];
};

export const customCallKernel = (i: Instr<"custom-call">): Kernel => {
  switch (i.target) {
    case "callback":
      return callbackKernel(i);
    case "allocate":
      return () => i.shape.elements.map(({ dtype, dims }) => hostArray(dtype, sizeOf(dims)));
    case "fft":
      return fftKernel(i);
    case "attention":
      return attentionKernel(i);
    case "attention-gradient":
      return attentionGradientKernel(i);
    case "cholesky":
    case "triangular-solve":
    case "lu":
    case "qr":
    case "svd":
    case "eigh":
    case "eig":
    case "schur":
    case "hessenberg":
      return linalgKernel(i, i.target);
  }
};
