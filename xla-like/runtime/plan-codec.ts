/**
 * Plans as numbers: native/runtime/plan_decoder.cc reads what `encodePlan` writes, word for word. Every integer of a
 * plan is exact in a double.
 */
import type { Plan, Thunk } from "../5-emit/plan.js";

/** Must equal `kCodecVersion` in native/runtime/plan_decoder.cc. */
const CODEC_VERSION = 2;

const homes = { parameter: 0, output: 1, arena: 2, constant: 3 } as const;
const thunkKinds = { kernel: 0, routine: 1, copy: 2, while: 3, conditional: 4, host: 5, launch: 6 } as const;

export interface EncodedPlan {
  readonly words: Float64Array;
  /** Names of routines, by the numbers that the words use. */
  readonly routines: readonly string[];
  /** The most operands and results that a callback has. */
  readonly hostSlots: number;
}

// Rough, for one core: whether a plan is worth handing to another thread depends on nothing finer.
const FLOPS_PER_NS = 20;
const BYTES_PER_NS = 10;

/** How long a run may take, roughly. */
export const costInNs = ({ cost, thunks }: Plan): number =>
  cost.flops / FLOPS_PER_NS + cost.bytes / BYTES_PER_NS + thunks.length * 20;

/** Encodes a plan whose kernels are called by their places in `symbols`, and callbacks by numbers from `firstCallback`. */
export function encodePlan(plan: Plan, symbols: readonly string[], firstCallback: number): EncodedPlan {
  const words: number[] = [];
  const routines: string[] = [];
  let hostSlots = 0;
  const symbolNumbers = new Map(symbols.map((name, i) => [name, i]));

  const numberOf = (name: string): number => {
    const found = symbolNumbers.get(name);
    if (found === undefined) throw new Error(`plan ${plan.name} calls ${name}, which is not among its symbols`);
    return found;
  };
  const routineNumber = (name: string): number => {
    const found = routines.indexOf(name);
    return found >= 0 ? found : routines.push(name) - 1;
  };
  const list = (items: readonly number[]): void => {
    words.push(items.length);
    for (const item of items) words.push(item);
  };
  const thunkList = (thunks: readonly Thunk[]): void => {
    words.push(thunks.length);
    thunks.forEach(encode);
  };
  const encode = (thunk: Thunk): void => {
    words.push(thunkKinds[thunk.kind]);
    switch (thunk.kind) {
      case "kernel":
        words.push(numberOf(thunk.symbol), thunk.units, thunk.grain);
        list(thunk.args);
        return;
      case "routine":
        words.push(routineNumber(thunk.name));
        list(thunk.args);
        list(thunk.params);
        words.push(thunk.epilogue === undefined ? 0 : 1);
        if (thunk.epilogue === undefined) return;
        words.push(numberOf(thunk.epilogue.symbol));
        list(thunk.epilogue.args);
        return;
      case "launch":
        words.push(numberOf(thunk.symbol), ...thunk.grid, thunk.block, thunk.sharedBytes);
        list(thunk.args);
        return;
      case "copy":
        words.push(thunk.bytes, thunk.from, thunk.to);
        return;
      case "while":
        words.push(thunk.predicate, thunk.trips ?? -1, thunk.swaps.length);
        for (const [a, b] of thunk.swaps) words.push(a, b);
        thunkList(thunk.condition);
        thunkList(thunk.body);
        return;
      case "conditional":
        words.push(thunk.index, thunk.branches.length);
        thunk.branches.forEach(thunkList);
        return;
      case "host":
        hostSlots = Math.max(hostSlots, thunk.args.length + thunk.results.length);
        words.push(firstCallback + thunk.callback, thunk.args.length);
        list([...thunk.args, ...thunk.results]);
        return;
    }
  };

  words.push(CODEC_VERSION, plan.arenaBytes, Math.round(costInNs(plan)), plan.parameters.length, plan.outputs.length);
  for (const { bytes, donatedParameter } of plan.outputs) words.push(bytes, donatedParameter ?? -1);
  words.push(plan.slots.length);
  for (const { home, bytes } of plan.slots) {
    words.push(homes[home.kind], "index" in home ? home.index : home.offset, bytes);
  }
  thunkList(plan.thunks);
  return { words: Float64Array.from(words), routines, hostSlots };
}
