/**
 * scatter in place, a thread for each update. Where the order in which updates are combined is not seen, or nobody asks
 * for one order, each is combined at once. Of several that replace the same element the last one counts: windows leave
 * their numbers at the place first, of which the highest stays. Everything else is combined by owners, in order.
 */
import type { HloComputation, Instr } from "../../../hlo/instruction.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import type { Fusion } from "../../elements/fusion.js";
import { knownReducer } from "../../elements/reducer.js";
import type { IrModule } from "../../scalar/ir.js";
import { single } from "../../scalar/value.js";
import { GridKernel, unravelled } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";
import { combineAtomically, isAtomic, isOrdered } from "./atomics.js";
import { emitOwnedScatter } from "./owned-scatter.js";
import { ScatterPlaces } from "./scatter-places.js";

const block = 256;
/** Memory for one number per key is worth it where keys are not many more than what is scattered. */
const mostKeysPerItem = 16;
const fewKeys = 2 ** 16;

export function emitCudaScatter(
  module: IrModule,
  fusion: Fusion,
  scatter: Instr<"scatter">,
  symbol: string,
  target: CudaTarget,
): CudaKernels {
  const places = new ScatterPlaces(scatter);
  if (places.size === 0) return { launches: [], scratchBytes: 0 };
  const { dtype } = scatter.shape;
  const { computation } = scatter;
  const meet = !scatter.uniqueIndices && places.items > 1;
  const emit = new ScatterEmitter(module, fusion, places, symbol, target);
  if (!meet) return { launches: [emit.each("alone")], scratchBytes: 0 };
  const isFree = !isOrdered(computation, dtype) || target.deterministic !== true;
  if (isAtomic(computation, dtype) && isFree) return { launches: [emit.each("atomic")], scratchBytes: 0 };
  const isFew = places.keys <= Math.max(fewKeys, mostKeysPerItem * places.items) && places.items < 2 ** 31;
  if (replaces(computation) && isFew) return emit.lastOnes();
  return emitOwnedScatter(module, fusion, places, symbol, target);
}

/** Whether the result is the update itself. */
const replaces = ({ root }: HloComputation): boolean => root.opcode === "parameter" && root.index === 1;

/** How an update gets into the result: nobody else writes there; all at once; only if it is the last one. */
type Way = "alone" | "atomic" | "last";

class ScatterEmitter {
  private readonly result: number;
  private readonly scratch: number;

  constructor(
    private readonly module: IrModule,
    private readonly fusion: Fusion,
    private readonly places: ScatterPlaces,
    private readonly symbol: string,
    private readonly target: CudaTarget,
  ) {
    this.result = fusion.operands.length;
    this.scratch = this.result + 1;
  }

  private kernel(suffix: string, extra: readonly number[]): GridKernel {
    const operands = this.fusion.operands.map((_, k) => k);
    const args = [...operands, ...extra];
    return new GridKernel(this.module, this.target, {
      symbol: `${this.symbol}${suffix}`,
      block,
      args,
      fusion: this.fusion,
    });
  }

  /** A thread for every update. */
  each(way: Way, suffix = ""): CudaLaunch {
    const { places } = this;
    const kernel = this.kernel(suffix, way === "last" ? [this.result, this.scratch] : [this.result]);
    kernel.forThreads(places.size, (number) => {
      const at = unravelled(kernel.ints, number, places.updateDims);
      const { inside, place, key } = places.target(kernel, at);
      kernel.when(inside, () => {
        if (way !== "last") {
          this.combine(
            kernel,
            at.map((x) => kernel.pin(x)),
            kernel.pin(place),
            way,
          );
          return;
        }
        const last = kernel.readInt(kernel.argument(this.scratch), "uint32", kernel.pin(key));
        kernel.when(kernel.ints.compare("eq", last, kernel.ints.add(places.itemOf(kernel, at), 1)), () =>
          this.combine(
            kernel,
            at.map((x) => kernel.pin(x)),
            kernel.pin(place),
            "alone",
          ),
        );
      });
    });
    return kernel.launch(Math.ceil(places.size / block));
  }

  private combine(kernel: GridKernel, at: readonly Int[], place: Int, way: Way): void {
    const { scatter, updates } = this.places;
    const { dtype } = scatter.shape;
    const result = kernel.argument(this.result);
    const x = kernel.evaluator.evaluate(updates, this.places.updateIndex(at)).value;
    if (way === "atomic") {
      combineAtomically(kernel, scatter.computation, dtype, kernel.element(result, dtype, place), x);
      return;
    }
    const old = kernel.read(result, dtype, place);
    const [next] = kernel.evaluator.apply(scatter.computation, [old, x], 1);
    kernel.write(result, dtype, place, next);
  }

  /** Numbers of windows, from 1 on, at the keys they go to; then every window writes whose number stayed. */
  lastOnes(): CudaKernels {
    const { places } = this;
    const clear = this.kernel("_clear", [this.scratch]);
    clear.forThreads(places.keys, (number) =>
      clear.writeInt(clear.argument(this.scratch), "uint32", number, constantInt(0)),
    );
    const claim = this.kernel("_claim", [this.scratch]);
    claim.forThreads(places.items, (item) => {
      const at = places.coordinatesOf(claim, item, constantInt(0));
      const { inside, key } = places.target(claim, at);
      claim.when(inside, () => {
        const slot: Placed = claim.element(claim.argument(this.scratch), "uint32", claim.pin(key));
        const number = claim.ints.add(item, 1);
        const b = claim.here.builder;
        const narrow = b.pure({ element: "i32", lanes: 1 }, `trunc i64 ${number.text} to i32`);
        claim.thread.atomicMax(b, slot.value, single(narrow), false);
      });
    });
    return {
      launches: [
        clear.launch(Math.ceil(places.keys / block)),
        claim.launch(Math.ceil(places.items / block)),
        this.each("last"),
      ],
      scratchBytes: 4 * places.keys,
    };
  }
}

/** Whether kernels of a scatter may differ from run to run in the last bits. */
export const isUnordered = ({ computation, shape }: Instr<"scatter">): boolean =>
  knownReducer(computation) !== undefined && isOrdered(computation, shape.dtype);
