/** The reference evaluator: runs an HLO module exactly, slowly, and in plain JavaScript. */
import type { HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import { Planner } from "./plan.js";

/** Readies a module to be run many times. Arguments are not modified, and results may share their memory. */
export const prepare = (module: HloModule): ((args: readonly HostArray[]) => HostArray[]) => {
  const run = new Planner().prepare(module.entry);
  return (args) => {
    const value = run(args);
    return Array.isArray(value) ? [...value] : [value as HostArray];
  };
};

/** Runs a module once. */
export const evaluate = (module: HloModule, args: readonly HostArray[]): HostArray[] => prepare(module)(args);
