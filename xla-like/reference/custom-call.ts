/** custom-call: callbacks to the host, and the library routines. */
import type { HostArray } from "../hlo/dtype.js";
import type { Instr } from "../hlo/instruction.js";
import type { Kernel } from "./host.js";

const callbackKernel = (i: Instr<"custom-call">): Kernel => {
  const { callback } = i;
  if (callback === undefined) throw new TypeError(`%custom-call.${i.id} is a callback without a function`);
  return (operands) => [...callback(...(operands as HostArray[]))];
};

export const customCallKernel = (i: Instr<"custom-call">): Kernel => {
  if (i.target === "callback") return callbackKernel(i);
  throw new TypeError(`custom-call ${i.target} is not known`);
};
