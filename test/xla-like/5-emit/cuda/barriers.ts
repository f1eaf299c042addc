// Kernels as fibres run them, with barriers taken out: what they are there for has to be seen without them.
import { expect } from "vitest";

const barrier = /^.*call void @ct_fibre_barrier.*$/gm;

export type Edit = (ir: string) => string;

/** Without the barriers, or without barrier k. */
const without = (k?: number): Edit => {
  return (ir) => {
    let n = 0;
    return ir.replaceAll(barrier, (line) => (k === undefined || n++ === k ? "" : line));
  };
};

/** Expects that a check fails without the kernels' barriers, and without any one of them. */
export function expectBarriersNeeded(check: (edit: Edit) => void): void {
  let barriers = 0;
  check((ir) => {
    barriers = ir.match(barrier)?.length ?? 0;
    return ir;
  });
  expect(barriers).toBeGreaterThan(0);
  expect(() => check(without())).toThrow();
  for (let k = 0; k < barriers; k++) expect(() => check(without(k)), `without barrier ${k}`).toThrow();
}
