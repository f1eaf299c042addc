/**
 * scatter in order, whatever combines: windows are sorted by where they go, and the first of those that go to one place
 * combines them all, one after the other as they stand in the updates. The result does not depend on the order in which
 * threads run.
 */
import type { DType } from "../../../hlo/dtype.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { flatten, unflatten } from "../../elements/reductions.js";
import type { IrModule } from "../../scalar/ir.js";
import { castTo, compareIntegers } from "../../scalar/lanes.js";
import { single } from "../../scalar/value.js";
import { GridKernel } from "../grid-kernel.js";
import { noKernel } from "../no-kernel.js";
import { emitMergeSort } from "../routines/merge-sort.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";
import type { ScatterPlaces } from "./scatter-places.js";

const block = 256;
const padded = (bytes: number): number => Math.ceil(bytes / 256) * 256;

export function emitOwnedScatter(
  module: IrModule,
  fusion: Fusion,
  places: ScatterPlaces,
  symbol: string,
  target: CudaTarget,
): CudaKernels {
  const { items } = places;
  if (items >= 2 ** 31) throw noKernel(places.scatter, "scatter", `it has ${items} windows, and 2^31 can be sorted`);
  const result = fusion.operands.length;
  const scratch = result + rootsOf(fusion).length;
  const args = Array.from({ length: scratch + 1 }, (_, k) => k);
  const keyType: DType = places.keys < 2 ** 32 - 1 ? "uint32" : "int64";
  const keyBytes = padded(items * (keyType === "uint32" ? 4 : 8));
  const numbersFrom = keyBytes;
  const sortFrom = numbersFrom + padded(items * 4);
  const dropped = keyType === "uint32" ? 2 ** 32 - 1 : Number.MAX_SAFE_INTEGER;

  const keysOf = (kernel: GridKernel): Placed => kernel.argument(scratch);
  const numbersOf = (kernel: GridKernel): Placed => kernel.offset(kernel.argument(scratch), numbersFrom);
  const keyElement = keyType === "uint32" ? "i32" : "i64";

  const sorting = emitMergeSort(
    module,
    {
      lines: 1,
      length: items,
      keep: items,
      types: [keyType, "uint32"],
      keys: [0],
      before: (cx, a, b) => compareIntegers(cx.builder, "ult", single(a[0]!), single(b[0]!)),
      read: (kernel, _, item) => {
        const at = places.coordinatesOf(kernel, item, constantInt(0));
        const { inside, key } = places.target(kernel, at);
        const chosen = kernel.ints.select(inside, key, dropped);
        const b = kernel.here.builder;
        const narrow = (x: Int) => castTo(b, "trunc", kernel.ints.value(x), "i32");
        return [keyElement === "i64" ? kernel.ints.value(chosen) : narrow(chosen), narrow(item)];
      },
      write: (kernel, _, place, [key, number]) => {
        kernel.write(keysOf(kernel), keyType, place, key);
        kernel.write(numbersOf(kernel), "uint32", place, number);
      },
    },
    `${symbol}_sort`,
    target,
    { args, scratch, offset: sortFrom, fusion },
  );

  /** A thread for every element of every item, of which those of the first item of a place do something. */
  const combine = (): CudaLaunch => {
    const kernel = new GridKernel(module, target, { symbol, block, args, fusion });
    const { ints, evaluator } = kernel;
    const { scatter } = places;
    const { dtype } = scatter.shape;
    const read = (at: Int): Int => kernel.readInt(keysOf(kernel), keyType === "uint32" ? "uint32" : "int64", at);
    kernel.forThreads(places.size, (number) => {
      const [item, element] = [ints.div(number, places.itemSize), ints.rem(number, places.itemSize)];
      const key = read(item);
      const before = read(ints.max(ints.sub(item, 1), 0));
      const isFirst = kernel.frame.pure(
        { element: "i1", lanes: 1 },
        `or i1 ${ints.compare("eq", item, 0).value.text}, ${ints.compare("ne", before, key).value.text}`,
        kernel.depth,
      );
      kernel.when(kernel.and(isFirst, ints.compare("ne", key, dropped)), () => {
        const end = endOf(kernel, kernel.pin(item), key, items, read);
        const itemAt = (slot: Int): readonly Int[] =>
          places.coordinatesOf(kernel, kernel.readInt(numbersOf(kernel), "uint32", slot), kernel.pin(element));
        const { place } = places.target(kernel, itemAt(kernel.pin(item)));
        const out = kernel.argument(result);
        const start = [kernel.read(out, dtype, kernel.pin(place))];
        const loop = kernel.frame.openLoop(kernel.pin(item), end, 1, true, flatten(start));
        const x = evaluator.evaluate(places.updates, places.updateIndex(itemAt(loop.index))).value;
        const next = evaluator.apply(scatter.computation, [...unflatten(loop.carried, start), x], 1);
        kernel.frame.closeLoop(loop, flatten(next));
        kernel.write(out, dtype, kernel.pin(place), next[0]);
      });
    });
    return kernel.launch(Math.ceil(places.size / block));
  };
  return { launches: [...sorting.launches, combine()], scratchBytes: sortFrom + sorting.scratchBytes };
}

/** Where the run of equal keys ends that begins at `from`, by bisection. */
function endOf(kernel: GridKernel, from: Int, key: Int, count: number, read: (at: Int) => Int): Int {
  const { ints } = kernel;
  const rounds = Math.ceil(Math.log2(count + 1));
  const limits = [ints.add(from, 1), constantInt(count)].map((x) => ints.value(x));
  const [end] = kernel.times(rounds, limits, (_, carried) => {
    const [low, high] = carried.map((x) => kernel.asInt(x));
    const isOpen = ints.compare("slt", low, high);
    const middle = kernel.bits("lshr", ints.add(low, high), 1);
    const isSame = ints.compare("eq", read(ints.select(isOpen, middle, from)), key);
    const up = kernel.and(isOpen, isSame);
    const down = kernel.and(isOpen, kernel.not(isSame));
    return [ints.select(up, ints.add(middle, 1), low), ints.select(down, middle, high)].map((x) => ints.value(x));
  });
  return kernel.asInt(end);
}
