/** Kernels that compute each element of their results on its own: a thread for every few neighbours. */
import { dtypes } from "../../hlo/dtype.js";
import { sizeOf } from "../../hlo/shape.js";
import { arrayOf } from "../elements/computed.js";
import { affine } from "../elements/coordinates.js";
import { factorsOf } from "../elements/domain.js";
import { dimsOf } from "../elements/forms.js";
import { constantInt, type Int, i1, i64 } from "../elements/frame.js";
import { type Fusion, type Output, outputsByDims } from "../elements/fusion.js";
import type { Index, Part } from "../elements/index.js";
import { type IrModule, type IrValue, irType } from "../scalar/ir.js";
import { CudaKernel } from "./kernel.js";
import { mostLanes } from "./lanes.js";
import type { CudaLaunch, CudaTarget } from "./target.js";
import { emitCudaTransposed } from "./transpose.js";

const blockThreads = 256;
/** The launches of a fusion whose results are computed elementwise; those of different dimensions one by one. */
export function emitCudaLoops(
  module: IrModule,
  fusion: Fusion,
  symbol: string,
  target: CudaTarget,
): readonly CudaLaunch[] {
  return outputsByDims(fusion).map((outputs, k) =>
    emitLoop(module, fusion, outputs, k === 0 ? symbol : `${symbol}_${k}`, target),
  );
}

function emitLoop(
  module: IrModule,
  fusion: Fusion,
  outputs: readonly Output[],
  symbol: string,
  target: CudaTarget,
): CudaLaunch {
  const factors = factorsOf(
    outputs.map((o) => o.root),
    dimsOf(outputs[0].root),
  );
  const tiled = emitCudaTransposed(module, fusion, outputs, factors, symbol, target);
  if (tiled !== undefined) return tiled;
  const lanes = lanesFor(fusion, factors, target);
  const size = sizeOf(factors);
  const threads = Math.ceil(size / lanes);
  const args = argumentsOf(fusion, outputs);
  const kernel = new CudaKernel(module, fusion, target, { symbol, lanes, block: blockThreads, args });
  const number = threadNumber(kernel, threads * lanes);
  const body = (depth: number): void => {
    const at = placeOf(kernel, number, depth);
    // The last vector may reach into what buffers are padded with, but not further.
    if (size % lanes !== 0) kernel.evaluator.tail = () => kernel.coordinates.below(at, constantInt(size));
    storeAll(kernel, outputs, indexAt(kernel, factors, at), at);
  };
  if (threads % blockThreads === 0) body(0);
  else {
    const { type, text } = number;
    const within = kernel.frame.pure(i1, `icmp ult ${type.element} ${text}, ${threads}`, 0);
    kernel.frame.when(within.value, body);
  }
  kernel.define();
  const { sharedBytes } = kernel.thread;
  return { symbol, args, grid: [Math.ceil(threads / blockThreads), 1, 1], block: blockThreads, sharedBytes };
}

/** Operands that are read for these results, and the results. */
function argumentsOf({ computation, operands }: Fusion, outputs: readonly Output[]): readonly number[] {
  const read = new Set(outputs.map((o) => o.root));
  for (const i of read) for (const x of i.operands) read.add(x);
  const parameters = computation.parameters.filter((p) => read.has(p)).map((p) => p.index);
  return [...parameters, ...outputs.map((o) => operands.length + o.number)];
}

/** How many neighbours a thread computes: a power of two, which divides the innermost extent where there are others. */
function lanesFor(fusion: Fusion, factors: readonly number[], { busyThreads }: CudaTarget): number {
  const { parameters, root } = fusion.computation;
  const widest = Math.max(...[...parameters, ...root.operands].map((i) => dtypes[arrayOf(i).dtype].bytes));
  const [size, inner] = [sizeOf(factors), factors.at(-1) ?? 1];
  let lanes = mostLanes(fusion, widest);
  while (lanes > 1 && (size / lanes < busyThreads || (factors.length > 1 && inner % lanes !== 0))) lanes /= 2;
  return lanes;
}

/** The thread's number in the grid, as wide as the places in the domain need it. */
function threadNumber(kernel: CudaKernel, places: number): IrValue {
  const { thread } = kernel;
  return kernel.atStart("thread number", (b) => {
    // Below 2^31 the numbers stay 32 bits wide, for which a card has arithmetic.
    const type = places < 2 ** 31 ? irType("i32", 1) : i64;
    const wide = (x: IrValue): IrValue =>
      type === i64 ? b.pure(i64, `zext nneg i32 ${x.text} to i64`) : { type, text: x.text };
    const [block, own] = [wide(thread.blockId(b)), wide(thread.threadId(b))];
    const first = b.pure(type, `mul nuw nsw ${type.element} ${block.text}, ${blockThreads}`);
    return b.pure(type, `add nuw nsw ${type.element} ${first.text}, ${own.text}`);
  }).value;
}

/**
 * The first element of the thread with a number. It belongs to the scope of those threads that have one: what is read
 * there must not be read before they are told from the others.
 */
function placeOf({ frame, lanes }: CudaKernel, { type, text }: IrValue, depth: number): Int {
  const first = lanes === 1 ? { text } : frame.pure(type, `mul nuw nsw ${type.element} ${text}, ${lanes}`, depth).value;
  const wide = type === i64 ? first : frame.pure(i64, `zext nneg i32 ${first.text} to i64`, depth).value;
  return { text: wide.text, depth, align: lanes };
}

/** Coordinates over the factors, lanes along the innermost one. */
function indexAt({ ints, lanes }: CudaKernel, factors: readonly number[], at: Int): Index {
  const parts: Part[] = [];
  let rest = at;
  for (let k = factors.length - 1; k >= 0; k--) {
    const isInner = k === factors.length - 1;
    const place = k === 0 ? rest : ints.rem(rest, factors[k]);
    const base = isInner ? { ...place, align: lanes } : place;
    if (factors[k] !== 1) parts.unshift({ size: factors[k], coordinate: affine(base, isInner && lanes > 1 ? 1 : 0) });
    if (k > 0) rest = ints.div(rest, factors[k]);
  }
  return parts;
}

/** Computes all results before any is written: a result may lie where an operand is read. */
function storeAll(kernel: CudaKernel, outputs: readonly Output[], index: Index, at: Int): void {
  const values = outputs.map(({ root }) => kernel.evaluator.evaluate(root, index));
  outputs.forEach(({ root, number }, k) => kernel.store(kernel.output(number), root, at, values[k]));
}
