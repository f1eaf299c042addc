/** The shape of any instruction, from its operands and attributes: what the builder assigns and the verifier compares. */
import { check, named } from "../error.js";
import { nameOf } from "../graph.js";
import type { HloInstruction } from "../instruction.js";
import { type ArrayShape, type HloShape, shapeText, tupleShape } from "../shape.js";
import { inferAttention } from "./attention.js";
import { inferCall, inferConditional, inferGetTupleElement, inferReduce, inferSort, inferWhile } from "./control.js";
import { inferConvolution } from "./convolution.js";
import { checkLength, checkSizes } from "./dimensions.js";
import { inferDot } from "./dot.js";
import {
  inferBinary,
  inferBitcastConvert,
  inferClamp,
  inferCompare,
  inferConvert,
  inferReducePrecision,
  inferSelect,
  inferUnary,
} from "./elementwise.js";
import { inferGather, inferScatter } from "./gather-scatter.js";
import {
  inferBroadcast,
  inferConcatenate,
  inferConstant,
  inferDynamicSlice,
  inferDynamicUpdateSlice,
  inferIota,
  inferPad,
  inferReshape,
  inferReverse,
  inferSlice,
  inferTopK,
  inferTranspose,
} from "./shape-ops.js";
import { inferReduceWindow, inferSelectAndScatter } from "./window.js";

/** The shapes of the operands, which must all be arrays. */
const arrays = (i: HloInstruction): readonly ArrayShape[] =>
  i.operands.map((o) => {
    check(
      o.shape.kind === "array",
      () => `${i.opcode} takes arrays, but ${nameOf(o)} is the tuple ${shapeText(o.shape)}: take an element of it`,
    );
    return o.shape;
  });

const exactly = (i: HloInstruction, n: number): readonly ArrayShape[] => {
  checkLength(`${i.opcode}'s operand list`, i.operands, n);
  return arrays(i);
};

const atLeast = (i: HloInstruction, n: number): readonly ArrayShape[] => {
  check(i.operands.length >= n, () => `${i.opcode} has ${i.operands.length} operands, but needs ${n} or more`);
  return arrays(i);
};

/** Operands and initial values, which come in two halves. */
const halves = (i: HloInstruction): readonly [readonly ArrayShape[], readonly ArrayShape[]] => {
  const shapes = arrays(i);
  check(
    shapes.length % 2 === 0,
    () => `${i.opcode} has ${shapes.length} operands, but needs one initial value for each`,
  );
  return [shapes.slice(0, shapes.length / 2), shapes.slice(shapes.length / 2)];
};

const infer = (i: HloInstruction): HloShape => {
  switch (i.opcode) {
    case "parameter":
      exactly(i, 0);
      checkSizes("the parameter's shape", i.shape.dims);
      return i.shape;
    case "constant":
      exactly(i, 0);
      return inferConstant(i.shape, i.data);
    case "iota":
      exactly(i, 0);
      return inferIota(i.shape, i.dimension);
    case "compare": {
      const [x, y] = exactly(i, 2);
      return inferCompare(x, y, i.direction, i.totalOrder);
    }
    case "select": {
      const [p, t, f] = exactly(i, 3);
      return inferSelect(p, t, f);
    }
    case "clamp": {
      const [lo, x, hi] = exactly(i, 3);
      return inferClamp(lo, x, hi);
    }
    case "convert":
      return inferConvert(exactly(i, 1)[0], i.shape.dtype);
    case "bitcast-convert":
      return inferBitcastConvert(exactly(i, 1)[0], i.shape.dtype);
    case "reduce-precision":
      return inferReducePrecision(exactly(i, 1)[0], i.exponentBits, i.mantissaBits);
    case "broadcast":
      return inferBroadcast(exactly(i, 1)[0], i.shape.dims, i.dimensions);
    case "reshape":
      return inferReshape(exactly(i, 1)[0], i.shape.dims);
    case "transpose":
      return inferTranspose(exactly(i, 1)[0], i.permutation);
    case "reverse":
      return inferReverse(exactly(i, 1)[0], i.dimensions);
    case "slice":
      return inferSlice(exactly(i, 1)[0], i.starts, i.limits, i.strides);
    case "pad": {
      const [x, value] = exactly(i, 2);
      return inferPad(x, value, i.low, i.high, i.interior);
    }
    case "concatenate":
      return inferConcatenate(arrays(i), i.dimension);
    case "dynamic-slice": {
      const [x, ...starts] = atLeast(i, 1);
      return inferDynamicSlice(x, starts, i.sizes);
    }
    case "dynamic-update-slice": {
      const [x, update, ...starts] = atLeast(i, 2);
      return inferDynamicUpdateSlice(x, update, starts);
    }
    case "dot": {
      const [x, y] = exactly(i, 2);
      return inferDot(x, y, i.dims, i.shape.dtype);
    }
    case "convolution": {
      const [x, k] = exactly(i, 2);
      return inferConvolution(x, k, i.dims, i.window, i.featureGroupCount, i.batchGroupCount, i.shape.dtype);
    }
    case "reduce":
      return inferReduce(...halves(i), i.dimensions, i.computation);
    case "reduce-window":
      return inferReduceWindow(...halves(i), i.window, i.computation);
    case "select-and-scatter": {
      const [x, source, init] = exactly(i, 3);
      return inferSelectAndScatter(x, source, init, i.window, i.select, i.scatter);
    }
    case "gather": {
      const [x, indices] = exactly(i, 2);
      return inferGather(x, indices, i.dims, i.sliceSizes);
    }
    case "scatter": {
      const [x, indices, updates] = exactly(i, 3);
      return inferScatter(x, indices, updates, i.dims, i.computation);
    }
    case "sort":
      return inferSort(arrays(i), i.dimension, i.comparator);
    case "top-k":
      return tupleShape(inferTopK(exactly(i, 1)[0], i.k));
    case "while":
      return inferWhile(i.condition, i.body, arrays(i));
    case "conditional": {
      const [index, ...operands] = atLeast(i, 1);
      return inferConditional(index, i.branches, operands);
    }
    case "call":
    case "fusion":
      return inferCall(i.computation, arrays(i));
    case "tuple":
      return tupleShape(arrays(i));
    case "get-tuple-element":
      checkLength("get-tuple-element's operand list", i.operands, 1);
      return inferGetTupleElement(i.operands[0].shape, i.index);
    case "custom-call":
      arrays(i);
      for (const s of i.shape.elements) checkSizes("the custom call's result shape", s.dims);
      check(
        (i.target === "callback") === (i.callback !== undefined),
        () => `a custom call to ${i.target} ${i.callback ? "takes no" : "needs its"} callback function`,
      );
      return i.target === "attention" || i.target === "attention-gradient"
        ? inferAttention(i.target, arrays(i), i.config)
        : i.shape;
    case "optimization-barrier":
      return exactly(i, 1)[0];
    case "atan2":
    case "add":
    case "and":
    case "complex":
    case "divide":
    case "igamma":
    case "igammac":
    case "maximum":
    case "minimum":
    case "multiply":
    case "nextafter":
    case "or":
    case "polygamma":
    case "power":
    case "random-gamma-grad":
    case "regularized-incomplete-beta-b":
    case "remainder":
    case "shift-left":
    case "shift-right-arithmetic":
    case "shift-right-logical":
    case "subtract":
    case "xor":
    case "zeta": {
      const [x, y] = exactly(i, 2);
      return inferBinary(i.opcode, x, y);
    }
    default:
      return inferUnary(i.opcode, exactly(i, 1)[0]);
  }
};

/**
 * The shape that the instruction must have. Where the shape is the author's choice (a reshape's dimensions,
 * a convert's or a dot's element type), `i.shape` says what was chosen.
 */
export const inferShape = (i: HloInstruction): HloShape =>
  named(
    () => nameOf(i),
    () => {
      const shape = infer(i);
      for (const { dtype } of shape.kind === "array" ? [shape] : shape.elements)
        check(dtype !== "float0", () => "float0 holds no data, and is no type of an HLO array");
      return shape;
    },
  );
