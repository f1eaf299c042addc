/** Checks of fused modules: valid, of the right parts, each fusion of its kind, and equal in their results. */
import { expect } from "vitest";
import { elementsOf } from "../../../xla-like/2-fuse/costs.js";
import { isCumulative } from "../../../xla-like/2-fuse/cumulative.js";
import { isEmittable } from "../../../xla-like/2-fuse/emittable.js";
import { fuse, rowForm } from "../../../xla-like/2-fuse/index.js";
import { viewOf } from "../../../xla-like/2-fuse/views.js";
import {
  type ArrayShape,
  computationsFrom,
  type HloModule,
  type Instr,
  nameOf,
  printComputation,
  printInstruction,
  printModule,
  sameDims,
  sizeOf,
  verify,
} from "../../../xla-like/hlo/index.js";
import { expectSameResults, moduleOf, type Program } from "../1-simplify/helpers.js";
import { countKinds, dividedComputations, fusionsOf } from "./fusions.js";

const mayStandAlone: ReadonlySet<string> = new Set([
  "parameter", "constant", "tuple", "get-tuple-element", "reshape", "fusion", "while", "conditional", "call",
  "custom-call", "sort", "top-k", "optimization-barrier",
]); // biome-ignore format: a table

const heroes: ReadonlySet<string> = new Set(["dot", "convolution", "dynamic-update-slice", "scatter"]);

const expectKind = (f: Instr<"fusion">): void => {
  const { instructions, root, parameters } = f.computation;
  const found = instructions.filter((i) => heroes.has(i.opcode));
  const name = `${nameOf(f)} calls ${printComputation(f.computation)}`;
  switch (f.kind) {
    case "loop": {
      expect(found, name).toEqual([]);
      const [first, ...rest] = f.shape.elements;
      for (const e of rest) expect(sameDims(e.dims, first.dims), name).toBe(true);
      break;
    }
    case "row":
      expect(found, name).toEqual([]);
      expect(rowForm(f.computation), name).toBeDefined();
      break;
    case "dot":
    case "convolution":
      for (const o of found[0].operands) expect(viewOf(o), name).toBeDefined();
      expect(
        found.map((i) => i.opcode),
        name,
      ).toEqual([f.kind]);
      for (const e of f.shape.elements)
        expect(sizeOf(e.dims), name).toBe(found[0].shape.kind === "array" ? sizeOf(found[0].shape.dims) : 0);
      break;
    case "update":
      expect(found.length, name).toBeGreaterThan(0);
      // Targets come first; each is read by its own update alone.
      expect(root.operands.slice(0, found.length), name).toEqual(found);
      expect(new Set(found.map((i) => i.operands[0])).size, name).toBe(found.length);
      found.forEach((i, k) => {
        expect(i.operands[0], name).toBe(parameters[k]);
        const readers = instructions.filter((u) => u.operands.includes(parameters[k]));
        expect(readers, name).toEqual([i]);
      });
      if (found.length < root.operands.length || found.length > 1) {
        expect(new Set(found.map((i) => i.opcode)), name).toEqual(new Set(["dynamic-update-slice"]));
        const sizes = root.operands.map((i, k) => elementsOf(k < found.length ? i.operands[1] : i));
        expect(new Set(sizes).size, name).toBe(1);
      }
      break;
  }
};

/** The fused module, held to what every one must keep. */
export const fuseChecked = (m: HloModule): HloModule => {
  const after = fuse(m);
  verify(after);
  for (const c of dividedComputations(after))
    for (const i of c.instructions)
      if (!mayStandAlone.has(i.opcode) && isEmittable(i) && !isCumulative(i))
        expect(`${nameOf(i)} stands alone in %${c.name}`).toBe("");
  for (const f of fusionsOf(after)) {
    expectKind(f);
    // A fusion is made of operations alone, but for reducers; or of a product's fusion and one of rows.
    const inner = computationsFrom(f.computation).flatMap((c) => c.instructions.filter((i) => i.opcode === "fusion"));
    expect(inner.map((i) => i.kind)).toEqual(f.kind === "batch" ? ["dot", "row"] : []);
    inner.forEach(expectKind);
  }
  expect(after.donation).toEqual(m.donation);
  expect(after.entry.parameters.map((p) => p.shape)).toEqual(m.entry.parameters.map((p) => p.shape));
  // The same in, the same out.
  expect(printModule(fuse(m))).toBe(printModule(after));
  return after;
};

export const expectSameWhenFused = (m: HloModule, seed: number): HloModule => {
  const after = fuseChecked(m);
  expectSameResults(m, after, "bits", seed);
  return after;
};

/** What becomes of a program: each fusion with its body, and what stays outside of them. */
export const fusedText = (parameters: readonly ArrayShape[], program: Program): string => {
  const after = expectSameWhenFused(moduleOf(parameters, program), 1);
  const lines: string[] = [];
  for (const i of after.entry.instructions) {
    if (i.opcode === "parameter" || i.opcode === "get-tuple-element" || i === after.entry.root) continue;
    lines.push(printInstruction(i));
    if (i.opcode !== "fusion") continue;
    for (const inner of i.computation.instructions)
      if (inner.opcode !== "parameter" && inner.opcode !== "constant") lines.push(`    ${printInstruction(inner)}`);
  }
  return lines.join("\n");
};

/** The kinds of a program's kernels. */
export const kindsOf = (parameters: readonly ArrayShape[], program: Program): string =>
  countKinds(expectSameWhenFused(moduleOf(parameters, program), 1));
