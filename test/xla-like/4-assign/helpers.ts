/** Schedules, assigns and simulates programs, and compares with what they mean. */
import { expect } from "vitest";
import { schedule } from "../../../xla-like/3-schedule/index.js";
import { type Assignment, assign, assignmentText } from "../../../xla-like/4-assign/index.js";
import {
  type HloInstruction,
  type HloModule,
  type HostArray,
  printModule,
  verify,
} from "../../../xla-like/hlo/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { specialArguments } from "../1-simplify/helpers.js";
import { Simulator } from "./simulator.js";

/** Some instructions need scratch memory, so that it is tested. */
export const scratchBytes = (i: HloInstruction): number => (i.id % 3 === 0 ? 40 : 0);

export interface Assigned {
  readonly module: HloModule;
  readonly assignment: Assignment;
}

export const scheduled = (m: HloModule): HloModule => {
  const module = schedule(m);
  verify(module);
  return module;
};

export const assigned = (m: HloModule, scratch = scratchBytes): Assigned => {
  const module = scheduled(m);
  return { module, assignment: assign(module, { scratchBytes: scratch }) };
};

const bytes = (data: HostArray): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** Asserts that the program computes in its assigned memory, to the bit, what the reference evaluator computes. */
export const expectSound = (m: HloModule, args?: readonly HostArray[]): Assigned => {
  const made = assigned(m);
  const { module, assignment } = made;
  const given = args ?? specialArguments(m, 3);
  const expected = evaluate(m, given);
  const explain = (): string => `${printModule(module)}\n${assignmentText(module, assignment)}`;
  let found: HostArray[];
  try {
    found = new Simulator(module, assignment).run(given);
  } catch (e) {
    throw new Error(`${e instanceof Error ? e.message : String(e)}\n${explain()}`, { cause: e });
  }
  found.forEach((data, k) => {
    if (Buffer.compare(bytes(data), bytes(expected[k])) !== 0)
      expect(`result ${k} = ${data.join()}\n${explain()}`).toBe(`result ${k} = ${expected[k].join()}`);
  });
  expect(found.length).toBe(expected.length);
  return made;
};

/** What the assignment did: without scratch, which only makes texts longer. */
export const textOf = (m: HloModule): string => {
  expectSound(m);
  const { module, assignment } = assigned(m, () => 0);
  return assignmentText(module, assignment);
};
