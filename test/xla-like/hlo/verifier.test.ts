import { describe, expect, it } from "vitest";
import {
  arrayShape,
  HloBuilder,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  verify,
} from "../../../xla-like/hlo/index.js";
import { f32, programs } from "./programs.js";

/** main(x, y) = (sin(x) + y): parameters 0 and 1, sine.2, add.3, tuple.4. */
const sample = (): HloModule => {
  const b = new HloBuilder("main");
  const [x, y] = [b.parameter(f32(2)), b.parameter(f32(2))];
  return b.module("m", [b.binary("add", b.unary("sine", x), y)]);
};

const withEntry = (m: HloModule, change: Partial<HloComputation>): HloModule => ({
  ...m,
  entry: { ...m.entry, ...change },
});

/** The module with one instruction replaced, and its users made to use the new one. */
const replace = (m: HloModule, id: number, change: Partial<HloInstruction>): HloModule => {
  const made = new Map<HloInstruction, HloInstruction>();
  const renewed = m.entry.instructions.map((i) => {
    const operands = i.operands.map((o) => made.get(o) ?? o);
    // A corrupted instruction is what these tests are about, so it need not fit the union.
    const copy = { ...i, operands, ...(i.id === id ? change : {}) } as HloInstruction;
    made.set(i, copy);
    return copy;
  });
  const parameters = renewed.filter((i) => i.opcode === "parameter");
  return withEntry(m, { instructions: renewed, parameters, root: made.get(m.entry.root) ?? m.entry.root });
};

describe("verify", () => {
  it.each(Object.entries(programs))("accepts %s", (_, program) => {
    expect(() => verify(program())).not.toThrow();
  });

  it("names an instruction with a wrong shape", () => {
    expect(() => verify(replace(sample(), 2, { shape: f32(3) }))).toThrow(
      "%sine.2: its shape is f32[3], but its operands and attributes give f32[2]",
    );
  });

  it("checks element types and operand counts", () => {
    expect(() => verify(replace(sample(), 2, { opcode: "not" }))).toThrow("%not.2: not takes bool");
    expect(() => verify(replace(sample(), 3, { operands: [] }))).toThrow("%add.3: add's operand list has 0 entries");
    expect(() => verify(replace(sample(), 0, { shape: arrayShape("float32", [2.5]) }))).toThrow(
      "non-negative integers",
    );
    const nonsense: object = { opcode: "frobnicate" };
    expect(() => verify(replace(sample(), 2, nonsense))).toThrow("%frobnicate.2: frobnicate is no operation");
  });

  it("checks the order and the ownership of operands", () => {
    const m = sample();
    const [x, y, sine, add, tuple] = m.entry.instructions;
    expect(() => verify(withEntry(m, { instructions: [x, y, add, sine, tuple] }))).toThrow(
      "%add.3: its operand %sine.2 stands after it in %main",
    );
    expect(() => verify(withEntry(m, { instructions: [x, y, add, tuple] }))).toThrow("%sine.2 is not in %main");
    expect(() => verify(withEntry(m, { instructions: [x, y, sine, sine, add, tuple] }))).toThrow("listed twice");
  });

  it("checks that ids are unique", () => {
    expect(() => verify(replace(sample(), 3, { id: 2 }))).toThrow("%add.2: %sine.2 has the same id");
  });

  it("checks the list of parameters", () => {
    const m = sample();
    const [x, y] = m.entry.parameters;
    expect(() => verify(withEntry(m, { parameters: [x] }))).toThrow(
      "%parameter.1: %main does not list it as its parameter 1",
    );
    expect(() => verify(withEntry(m, { parameters: [y, x] }))).toThrow("%parameter.0: %main does not list it");
    const missing = m.entry.instructions.filter((i) => i.opcode !== "sine" && i !== y);
    expect(() => verify(withEntry(m, { instructions: [...missing.slice(0, 1)], root: x }))).toThrow(
      "%parameter.1: it is a parameter of %main, but not among its instructions",
    );
  });

  it("checks the root", () => {
    const m = sample();
    const [x, y, sine, add] = m.entry.instructions;
    expect(() => verify(withEntry(m, { instructions: [x, y, sine, add] }))).toThrow(
      "%main: its root %tuple.4 is not among",
    );
    expect(() => verify(withEntry(m, { root: add }))).toThrow("%add.3: the entry must return a tuple, not f32[2]");
  });

  it("looks into called computations", () => {
    const m = programs.loop();
    const loop = m.entry.instructions.find((i) => i.opcode === "while");
    if (loop === undefined) throw new Error("the program has a loop");
    const { condition, body } = loop;
    const broken = { ...condition, instructions: condition.instructions.slice(0, 2) };
    expect(() => verify(replace(m, loop.id, { condition: broken }))).toThrow(`%below: its root`);
    expect(() => verify(replace(m, loop.id, { condition: { ...body } }))).toThrow(
      "two different computations have this name",
    );
    expect(() => verify(replace(m, loop.id, { condition: body }))).toThrow("while's condition needs a computation");
  });

  it("finds an instruction in two computations", () => {
    const m = programs.loop();
    const loop = m.entry.instructions.find((i) => i.opcode === "while");
    if (loop === undefined) throw new Error("the program has a loop");
    const copy = { ...loop.condition, name: "copy" };
    const b = { ...m, entry: replace(m, loop.id, { body: { ...loop.body, instructions: copy.instructions } }).entry };
    expect(() => verify(b)).toThrow("it is in %step and in another computation");
  });

  it("finds a computation that calls itself", () => {
    const b = new HloBuilder("main");
    const [y] = b.call(
      b.computation("f", [f32()], (_, [x]) => [x]),
      [b.parameter(f32())],
    );
    const m = b.module("m", [y]);
    const call = m.entry.instructions.find((i) => i.opcode === "call");
    if (call === undefined) throw new Error("the program has a call");
    Object.assign(call, { computation: m.entry });
    expect(() => verify(m)).toThrow("%main: it calls itself");
  });

  it("checks donations", () => {
    const m = sample();
    const donating =
      (...donation: [number, number][]) =>
      () =>
        verify({ ...m, donation });
    expect(donating([0, 0])).not.toThrow();
    expect(donating([2, 0])).toThrow("donation of parameter 2 to result 0: there is no such parameter");
    expect(donating([0, 1])).toThrow("there is no such result");
    expect(donating([0, 0], [1, 0])).toThrow("the result has a buffer already");
    const b = new HloBuilder("main");
    const x = b.parameter(f32(2));
    const other = b.module("m", [b.slice(x, [0], [1])], { donation: [[0, 0]] });
    expect(() => verify(other)).toThrow("f32[2] does not fit f32[1]");
  });

  it("refuses options that text cannot hold", () => {
    const b = new HloBuilder("main");
    const [y] = b.customCall("fft", [b.parameter(f32())], [f32()], { config: { scale: Number.NaN } });
    expect(() => verify(b.module("m", [y]))).toThrow("its option scale is NaN, but must be finite");
  });
});
