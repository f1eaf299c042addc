/** The kernel of each instruction. */
import type { HostArray } from "../hlo/dtype.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { callKernel, conditionalKernel, getTupleElementKernel, tupleKernel, whileKernel } from "./control/control.js";
import { customCallKernel } from "./custom-call.js";
import { isElementwise } from "./elementwise/expression.js";
import { elementwiseKernel } from "./elementwise/kernel.js";
import type { Kernel } from "./host.js";
import { gatherKernel } from "./indexing/gather.js";
import { scatterKernel } from "./indexing/scatter.js";
import { dynamicSliceKernel, dynamicUpdateSliceKernel } from "./layout/dynamic-slice.js";
import {
  broadcastKernel,
  concatenateKernel,
  iotaKernel,
  padKernel,
  reverseKernel,
  sliceKernel,
  transposeKernel,
} from "./layout/shape-ops.js";
import type { Lowering } from "./lowering.js";
import { sortKernel } from "./ordering/sort.js";
import { topKKernel } from "./ordering/topk.js";
import { convolutionKernel } from "./products/convolution.js";
import { dotKernel } from "./products/dot.js";
import { reduceKernel } from "./reduction/reduce.js";
import { reduceWindowKernel } from "./reduction/reduce-window.js";
import { selectAndScatterKernel } from "./reduction/select-and-scatter.js";

const same: Kernel = ([x]) => x;

const noParameter: Kernel = () => {
  throw new TypeError("a parameter has no kernel: its value is given");
};

export const kernelOf = (i: HloInstruction, lowering: Lowering): Kernel => {
  if (isElementwise(i)) return elementwiseKernel(i, lowering);
  switch (i.opcode) {
    case "parameter":
      return noParameter;
    case "constant": {
      const data: HostArray = i.data;
      return () => data;
    }
    case "reshape":
    case "optimization-barrier":
      return same;
    case "iota":
      return iotaKernel(i);
    case "broadcast":
      return broadcastKernel(i);
    case "transpose":
      return transposeKernel(i);
    case "reverse":
      return reverseKernel(i);
    case "slice":
      return sliceKernel(i);
    case "pad":
      return padKernel(i);
    case "concatenate":
      return concatenateKernel(i);
    case "dynamic-slice":
      return dynamicSliceKernel(i);
    case "dynamic-update-slice":
      return dynamicUpdateSliceKernel(i, lowering);
    case "dot":
      return dotKernel(i);
    case "convolution":
      return convolutionKernel(i);
    case "reduce":
      return reduceKernel(i, lowering);
    case "reduce-window":
      return reduceWindowKernel(i, lowering);
    case "select-and-scatter":
      return selectAndScatterKernel(i, lowering);
    case "gather":
      return gatherKernel(i);
    case "scatter":
      return scatterKernel(i, lowering);
    case "sort":
      return sortKernel(i, lowering);
    case "top-k":
      return topKKernel(i);
    case "while":
      return whileKernel(i, lowering);
    case "conditional":
      return conditionalKernel(i, lowering);
    case "call":
    case "fusion":
      return callKernel(i, lowering);
    case "tuple":
      return tupleKernel;
    case "get-tuple-element":
      return getTupleElementKernel(i);
    case "custom-call":
      return customCallKernel(i);
    default:
      return unknownOpcode(i);
  }
};

const unknownOpcode = (i: never): never => {
  throw new TypeError(`unknown instruction ${JSON.stringify(i)}`);
};
