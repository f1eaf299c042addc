/** select-and-scatter: in each window one element is chosen, and receives that window's source value. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { fillWith } from "../layout/copy.js";
import { rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { inlineComputation } from "../text/computation.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { windowsOver } from "./windows.js";

type Choose = (offsets: Int32Array, start: number, operand: HostArray) => number;
type Put = (out: HostArray, at: number, source: HostArray, from: number) => void;

export const selectAndScatterKernel = (i: Instr<"select-and-scatter">, { prepare }: Lowering): Kernel => {
  const { dtype, dims } = i.shape;
  const places = operandShape(i, 1).dims;
  const eachWindow = windowsOver(dims, rowMajor(dims), places, i.window);

  const s = new Bindings();
  const select = inlineComputation(i.select, ["kept", "x"], s, prepare);
  const choose = functionFromText<Choose>(
    "offsets, start, operand",
    `// ${dtype}
    let chosen = start + offsets[0];
    let kept = ${loadText(dtype, "operand", "chosen", s)};
    for (let w = 1; w < offsets.length; w++) {
      const x = ${loadText(dtype, "operand", "start + offsets[w]", s)};
      ${select.statements}
      if (!${select.results[0]}) { chosen = start + offsets[w]; kept = x; }
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
    eachWindow((offsets, start, place) => {
      if (offsets.length > 0) put(out, choose(offsets, start, operand as HostArray), source as HostArray, place);
    });
    return out;
  };
};
