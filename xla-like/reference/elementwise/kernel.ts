/** Elementwise instructions over whole arrays. */
import { dtypes, type HostArray, hostArray, isComplex } from "../../hlo/dtype.js";
import { sizeOf } from "../../hlo/shape.js";
import { type Kernel, viewAs } from "../host.js";
import type { Lowering } from "../lowering.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { type Elementwise, elementText, operandShape } from "./expression.js";

type Loop = (n: number, out: HostArray, ...operands: HostArray[]) => void;

/** The loop of one opcode and its element types; rank-0 operands are read once. */
const loopOf = (i: Elementwise, isOnce: readonly boolean[]): Loop => {
  const b = new Bindings();
  const names = i.operands.map((_, k) => `x${k}`);
  const loads = names.map((x, k) => {
    const load = loadText(operandShape(i, k).dtype, `a${k}`, isOnce[k] ? "0" : "i", b);
    return `const ${x} = ${load};`;
  });
  const body = storeText(i.shape.dtype, "out", "i", elementText(i, names, b), b);
  const text = [
    // Loops with equal text but different arrays stay different functions.
    `// ${i.opcode} ${i.operands.map((_, k) => operandShape(i, k).dtype).join()} ${i.shape.dtype}`,
    ...loads.filter((_, k) => isOnce[k]),
    "for (let i = 0; i < n; i++) {",
    ...loads.filter((_, k) => !isOnce[k]),
    body,
    "}",
  ];
  return functionFromText<Loop>(["n", "out", ...names.map((_, k) => `a${k}`)].join(), text.join("\n"), b);
};

/** Bits read as another type share the operand's memory. */
const bitcast = (i: Elementwise): Kernel => {
  const { dtype } = i.shape;
  return ([x]) => viewAs(x as HostArray, dtype);
};

export const elementwiseKernel = (i: Elementwise, { dying }: Lowering): Kernel => {
  if (i.opcode === "bitcast-convert") return bitcast(i);
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const isOnce = i.operands.map((_, k) => operandShape(i, k).dims.length === 0 && dims.length > 0);
  const loop = loopOf(i, isOnce);
  const into = i.operands.findIndex((_, k) => {
    const d = operandShape(i, k).dtype;
    return dying[k] && !isOnce[k] && dtypes[d].storage === dtypes[dtype].storage && isComplex(d) === isComplex(dtype);
  });
  // Calls with a fixed number of arguments: spreading costs more than a small loop.
  switch (i.operands.length) {
    case 1:
      return (xs) => {
        const out = into < 0 ? hostArray(dtype, n) : (xs[into] as HostArray);
        loop(n, out, xs[0] as HostArray);
        return out;
      };
    case 2:
      return (xs) => {
        const out = into < 0 ? hostArray(dtype, n) : (xs[into] as HostArray);
        loop(n, out, xs[0] as HostArray, xs[1] as HostArray);
        return out;
      };
    default:
      return (xs) => {
        const out = into < 0 ? hostArray(dtype, n) : (xs[into] as HostArray);
        loop(n, out, ...(xs as HostArray[]));
        return out;
      };
  }
};
