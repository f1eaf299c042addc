/** select-and-scatter: in each window one element is chosen, and receives that window's source value. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { fillWith } from "../layout/copy.js";
import { advance, rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { inlineComputation } from "../text/computation.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { combineOffsets, windowOffsets } from "./reduce-window.js";

type Choose = (offsets: readonly number[], operand: HostArray) => number;
type Put = (out: HostArray, at: number, source: HostArray, from: number) => void;

export const selectAndScatterKernel = (i: Instr<"select-and-scatter">, { prepare }: Lowering): Kernel => {
  const { dtype, dims } = i.shape;
  const places = operandShape(i, 1).dims;
  const strides = rowMajor(dims);
  const perDim = dims.map((size, d) => windowOffsets(size, places[d], i.window[d], strides[d]));

  const s = new Bindings();
  const select = inlineComputation(i.select, ["kept", "x"], s, prepare);
  const choose = functionFromText<Choose>(
    "offsets, operand",
    `// ${dtype}
    let chosen = offsets[0];
    let kept = ${loadText(dtype, "operand", "chosen", s)};
    for (let w = 1; w < offsets.length; w++) {
      const x = ${loadText(dtype, "operand", "offsets[w]", s)};
      ${select.statements}
      if (!${select.results[0]}) { chosen = offsets[w]; kept = x; }
    }
    return chosen;`,
    s,
  );
  const b = new Bindings();
  const scatter = inlineComputation(i.scatter, ["old", "x"], b, prepare);
  const put = functionFromText<Put>(
    "out, at, source, from",
    `// ${dtype}
    const old = ${loadText(dtype, "out", "at", b)};
    const x = ${loadText(dtype, "source", "from", b)};
    ${scatter.statements}
    ${storeText(dtype, "out", "at", scatter.results[0], b)}`,
    b,
  );

  return ([operand, source, init]) => {
    const out = hostArray(dtype, sizeOf(dims));
    fillWith(out, init as HostArray, dtype);
    if (sizeOf(places) === 0) return out;
    const index = places.map(() => 0);
    let from = 0;
    do {
      const offsets = combineOffsets(perDim.map((lists, d) => lists[index[d]]));
      if (offsets.length > 0) put(out, choose(offsets, operand as HostArray), source as HostArray, from);
      from++;
    } while (advance(index, places));
    return out;
  };
};
