// Programs of tensors, staged and lowered, as what the checks of a card's kernels take.
import { makeJaxpr } from "../../../../src/api/index.js";
import type { DeviceTensor } from "../../../../src/core/device-tensor.js";
import type { ClosedJaxpr } from "../../../../src/core/jaxpr.js";
import type { Tensor } from "../../../../src/core/tensor.js";
import { lowerProgram } from "../../../../src/interpreters/index.js";
import { checkProgram, type Tally, type WatchOptions } from "./watched.js";

/** Compares the fusions of a staged program with the evaluator's, on these arguments. */
export function checkClosed(
  closed: ClosedJaxpr,
  name: string,
  args: readonly Tensor[],
  tally: Tally,
  options?: WatchOptions,
): void {
  const { module, consts } = lowerProgram(closed, name);
  const given = args.map((x) => x.concrete("an argument") as DeviceTensor);
  const data = [...consts, ...given].map((x) => x.hostData());
  checkProgram(module, data, tally, options);
}

export function checkStaged(
  f: (...xs: Tensor[]) => unknown,
  name: string,
  args: readonly Tensor[],
  tally: Tally,
  options?: WatchOptions,
): void {
  checkClosed(makeJaxpr(f as (...xs: Tensor[]) => Tensor)(...args), name, args, tally, options);
}
