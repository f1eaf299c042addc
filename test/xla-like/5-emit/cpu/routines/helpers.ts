// Runs single instructions by their routines, beside the reference evaluator.
import { routineThunk } from "../../../../../xla-like/5-emit/cpu/routines/index.js";
import type { Plan, Slot, Thunk } from "../../../../../xla-like/5-emit/plan.js";
import {
  type ArrayShape,
  arrayShape,
  type DType,
  dtypes,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type HostArray,
  hostArray,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { loadJit } from "../../../../../xla-like/runtime/native.js";
import { clientOf } from "../../../runtime/cpu-programs.js";

const jit = loadJit();
export const hasRoutine = (name: string): boolean => jit.ok && jit.jit.hasRoutine(name);

export interface Operand {
  readonly dtype: DType;
  readonly dims: readonly number[];
  readonly data: HostArray;
}

/** The module whose results are those of the one instruction that `body` makes. */
export function moduleOf(
  operands: readonly Operand[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
): HloModule {
  const b = new HloBuilder("entry");
  const roots = body(
    b,
    operands.map((x) => b.parameter(arrayShape(x.dtype, x.dims))),
  );
  return b.module("routine", Array.isArray(roots) ? roots : [roots as HloInstruction]);
}

const passive = new Set(["parameter", "constant", "tuple", "get-tuple-element"]);

/** The instruction of a module that is not a parameter, a constant or a way to its results. */
export function onlyInstruction(module: HloModule): HloInstruction {
  const found = module.entry.instructions.filter((i) => !passive.has(i.opcode));
  if (found.length !== 1) throw new Error(`${found.map((i) => i.opcode).join()}: one instruction is wanted`);
  return found[0];
}

const runtime = jit.ok ? clientOf(jit.jit) : undefined;
const bytesOf = (s: ArrayShape): number => dtypes[s.dtype].bytes * s.dims.reduce((n, d) => n * d, 1);

/** Runs the module's one instruction, whose operands are its parameters, by its routine. */
export function runRoutine(module: HloModule, operands: readonly HostArray[]): HostArray[] {
  if (runtime === undefined) throw new Error("there is no addon");
  const instruction = onlyInstruction(module);
  const results = instruction.shape.kind === "array" ? [instruction.shape] : instruction.shape.elements;
  const parameters = module.entry.parameters;
  const slots: Slot[] = [
    ...parameters.map(({ shape }, index): Slot => ({ home: { kind: "parameter", index }, bytes: bytesOf(shape) })),
    ...results.map((s, index): Slot => ({ home: { kind: "output", index }, bytes: bytesOf(s) })),
  ];
  const thunk = routineThunk(instruction, {
    operands: instruction.operands.map((x) => parameters.findIndex((p) => p.id === x.id)),
    results: results.map((_, k) => parameters.length + k),
  });
  if (thunk === undefined) throw new Error(`no routine computes ${instruction.opcode}`);
  return runThunk(module, slots, [thunk], operands);
}

/** Runs a plan; the slots are the parameters and then the results. */
export function runThunk(
  module: HloModule,
  slots: readonly Slot[],
  thunks: readonly Thunk[],
  operands: readonly HostArray[],
) {
  if (runtime === undefined) throw new Error("there is no addon");
  const { client, load } = runtime;
  const parameters = module.entry.parameters;
  const plan: Plan = {
    name: module.name,
    slots,
    arenaBytes: 0,
    parameters: parameters.map((p) => bytesOf(p.shape)),
    donated: [],
    outputs: slots.flatMap(({ home, bytes }, slot) => (home.kind === "output" ? [{ slot, bytes }] : [])),
    constants: new Uint8Array(0),
    thunks,
    cost: { flops: 0, bytes: 0 },
  };
  const executable = load({ llvm: [], symbols: [], callbacks: [], module, plan });
  const given = parameters.map((p, k) => client.fromHost(operands[k], p.shape, client.devices[0]));
  return executable.execute(given).map((b) => b.read());
}

/** The results of the routine and of the reference evaluator. */
export function both(
  operands: readonly Operand[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
): { readonly native: HostArray[]; readonly reference: HostArray[] } {
  const module = moduleOf(operands, body);
  const data = operands.map((x) => x.data);
  return { native: runRoutine(module, data), reference: evaluate(module, data) };
}

/** Pseudo-random numbers in [-1, 1), the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}

/** Random data; integers are in ±range, and bools are 0 or 1. */
export function randomData(dtype: DType, size: number, seed: number, range = 100): HostArray {
  const next = randomNumbers(seed);
  const { kind } = dtypes[dtype];
  const out = hostArray(dtype, size);
  for (let k = 0; k < out.length; k++) {
    const x = next();
    if (out instanceof BigInt64Array) out[k] = BigInt(Math.trunc(x * range));
    else if (out instanceof BigUint64Array) out[k] = BigInt(Math.trunc((x + 1) * range));
    else if (kind === "bool") out[k] = x > 0 ? 1 : 0;
    else if (kind === "signed") out[k] = Math.trunc(x * range);
    else if (kind === "unsigned") out[k] = Math.trunc((x + 1) * range);
    // Bits of halves: every other value is of either sign, and none is NaN.
    else if (out instanceof Uint16Array) out[k] = Math.trunc((x + 1) * 0x3000) | (k % 2 === 0 ? 0x8000 : 0);
    else out[k] = x * range;
  }
  return out;
}
