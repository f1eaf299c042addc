/** The same random programs as machine code: emitted kernels keep what assignment relies on. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schedule } from "../../../xla-like/3-schedule/index.js";
import { assign, assignmentText } from "../../../xla-like/4-assign/index.js";
import { emitCpu, scratchBytes } from "../../../xla-like/5-emit/cpu/index.js";
import {
  type ArrayShape,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  type HostArray,
  hostArray,
  type Instr,
  printModule,
} from "../../../xla-like/hlo/index.js";
import type { Client } from "../../../xla-like/index.js";
import type { CpuProgram } from "../../../xla-like/pipeline/cpu-program.js";
import { hostFunction } from "../../../xla-like/pipeline/host.js";
import { compileForCpu } from "../../../xla-like/pipeline/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { makeCpuClient } from "../../../xla-like/runtime/cpu-client.js";
import { loadJit } from "../../../xla-like/runtime/native.js";
import { product } from "../reference/helpers.js";
import { randomLoops } from "./random-loops.js";
import { wrapEach } from "./wrapping.js";

/** The program before anything was fused: calls in place of fusions. */
const unfused = (m: HloModule): HloModule => {
  const rewritten = (c: HloComputation): HloComputation => {
    const made = new Map<HloInstruction, HloInstruction>();
    const now = (i: HloInstruction): HloInstruction => made.get(i) ?? i;
    for (const i of c.instructions) {
      const operands = i.operands.map(now);
      if (i.opcode === "fusion") {
        const { kind, ...call } = i;
        made.set(i, { ...call, opcode: "call", operands });
      } else if (i.opcode === "while")
        made.set(i, { ...i, operands, condition: rewritten(i.condition), body: rewritten(i.body) });
      else if (i.opcode === "conditional") made.set(i, { ...i, operands, branches: i.branches.map(rewritten) });
      else if (operands.length > 0) made.set(i, { ...i, operands } as HloInstruction);
    }
    const parameters = c.parameters.map((p) => now(p) as Instr<"parameter">);
    return { name: c.name, parameters, instructions: c.instructions.map(now), root: now(c.root) };
  };
  return { ...m, entry: rewritten(m.entry) };
};

/** Small numbers, whose sums are exact in any order. */
const small = ({ dtype, dims }: ArrayShape, seed: number): HostArray => {
  const data = hostArray(dtype, product(dims));
  for (let k = 0; k < data.length; k++) data[k] = ((7 * k + seed) % 9) - 3;
  return data;
};

const agree = (x: number, y: number): boolean =>
  Object.is(x, y) || (!Number.isFinite(x) && !Number.isFinite(y)) || Math.abs(x - y) <= 1e-5 * Math.max(1, Math.abs(x));

const jit = loadJit();

describe.runIf(jit.ok)("as machine code", () => {
  if (!jit.ok) return;
  const { jit: native } = jit;
  const options = {
    target: { fma: true, half: true, vectorBits: 256 },
    hasRoutine: (name: string) => native.hasRoutine(name),
  } as const;
  let text = "";

  const expectSame = (client: Client, m: HloModule): void => {
    const args = m.entry.parameters.map((p, k) => small(p.shape, 3 * k));
    const expected = evaluate(m, args);
    const [device] = client.devices;
    const buffers = m.entry.parameters.map((p, k) => client.fromHost(args[k].slice(), p.shape, device));
    const found = client.compile(m, device).execute(buffers);
    found.forEach((buffer, k) => {
      const [x, y] = [Array.from(expected[k], Number), Array.from(buffer.read(), Number)];
      const wrong = x.findIndex((v, n) => !agree(v, y[n]));
      if (wrong >= 0)
        expect(`result ${k}[${wrong}] = ${y[wrong]}\n${text}`).toBe(`result ${k}[${wrong}] = ${x[wrong]}`);
    });
    expect(found.length).toBe(expected.length);
  };

  it("every operation a kernel of its own", () => {
    const client = makeCpuClient(native, (m): CpuProgram => {
      const module = schedule(wrapEach(m));
      const assignment = assign(module, { scratchBytes });
      text = `${printModule(module)}\n${assignmentText(module, assignment)}`;
      return { module, ...emitCpu(module, assignment, { ...options, host: hostFunction }) };
    });
    fc.assert(
      fc.property(randomLoops, (m) => expectSame(client, m)),
      { numRuns: 60 },
    );
  });

  it("fused, through every phase", () => {
    const client = makeCpuClient(native, (m) => {
      const program = compileForCpu(m, options);
      text = printModule(program.module);
      return program;
    });
    fc.assert(
      fc.property(randomLoops, (m) => expectSame(client, unfused(m))),
      { numRuns: 60 },
    );
  });
});
