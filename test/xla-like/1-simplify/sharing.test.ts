/** Common subexpressions, dead code, the fixpoint and its errors. */
import { describe, expect, it } from "vitest";
import { rewriteToFixpoint, rule, SimplifyError, simplify } from "../../../xla-like/1-simplify/index.js";
import { computationsOf, type HloModule, type Opcode, verify } from "../../../xla-like/hlo/index.js";
import { f32, programs } from "../hlo/programs.js";
import { expectSameResults, moduleOf } from "./helpers.js";

const count = (m: HloModule, opcode: Opcode): number =>
  computationsOf(m).reduce((n, c) => n + c.instructions.filter((i) => i.opcode === opcode).length, 0);

const share = (m: HloModule): HloModule => {
  const after = rewriteToFixpoint([])(m);
  verify(after);
  return after;
};

describe("sharing", () => {
  it("computes equal expressions once, whatever the order of commuting operands", () => {
    const m = moduleOf([f32(4), f32(4)], (b, [x, y]) => [
      b.unary("sine", b.binary("add", x, y)),
      b.unary("sine", b.binary("add", y, x)),
    ]);
    expect(count(share(m), "sine")).toBe(1);
  });

  it("keeps what differs: operands' order, attributes, types, bits of constants", () => {
    const m = moduleOf([f32(4, 4), f32(4, 4)], (b, [x, y]) => [
      b.binary("subtract", x, y),
      b.binary("subtract", y, x),
      b.transpose(x, [1, 0]),
      b.reverse(x, [0]),
      b.reverse(x, [1]),
      b.convert(x, "int32"),
      b.convert(x, "int16"),
      b.scalar("float32", 0),
      b.scalar("float32", -0),
      b.scalar("int32", 0),
    ]);
    expect(share(m)).toBe(m);
  });

  it("shares constants by their content", () => {
    const data = () => Float32Array.from({ length: 1000 }, (_, k) => k);
    const m = moduleOf([], (b) => [b.constant("float32", [1000], data()), b.constant("float32", [1000], data())]);
    expect(count(share(m), "constant")).toBe(1);
  });

  it("shares operations with equal computations under different names", () => {
    const m = moduleOf([f32(4)], (b, [x]) => {
      const twice = [0, 1].map((k) => b.scalarComputation(`sum ${k}`, "float32", (c, p, q) => c.binary("add", p, q)));
      return twice.flatMap((c) => b.reduce([x], [b.scalar("float32", 0)], [0], c));
    });
    expect(count(share(m), "reduce")).toBe(1);
    expect(computationsOf(share(m)).length).toBe(2);
  });

  it("never merges calls with side effects, nor barriers", () => {
    const m = moduleOf([f32(4)], (b, [x]) => {
      for (let k = 0; k < 2; k++) b.customCall("callback", [x], [], { hasSideEffect: true, callback: () => [] });
      return [b.optimizationBarrier(x), b.optimizationBarrier(x)];
    });
    expect(share(m)).toBe(m);
    expect(simplify(m)).toBe(m);
  });

  it("merges pure calls to one host function only", () => {
    const f = () => [new Float32Array(4)];
    const m = moduleOf([f32(4)], (b, [x]) =>
      [f, f, () => [new Float32Array(4)]].flatMap((callback) => b.customCall("callback", [x], [f32(4)], { callback })),
    );
    expect(count(share(m), "custom-call")).toBe(2);
  });

  it("leaves out what nothing needs, and keeps parameters", () => {
    const m = moduleOf([f32(4), f32(4)], (b, [x]) => b.getTupleElement(b.tuple([x, b.unary("sine", x)]), 0));
    const s = simplify(m);
    expect(s.entry.instructions.map((i) => i.opcode)).toEqual(["parameter", "parameter", "tuple"]);
    expect(s.entry.parameters).toBe(m.entry.parameters);
  });
});

describe("the fixpoint", () => {
  for (const [name, program] of Object.entries(programs))
    it(`keeps ${name} verified, and is the same object when done`, () => {
      const s = simplify(program());
      verify(s);
      expect(simplify(s)).toBe(s);
    });

  it("keeps names, donation, and ids of what it does not touch", () => {
    const m = programs.softmax();
    const s = simplify(m);
    expect(s.donation).toEqual(m.donation);
    expect([s.name, s.entry.name]).toEqual([m.name, m.entry.name]);
    expect(s.entry.parameters[0].name).toBe("logits");
    expectSameResults(m, s, "order", 0);
  });

  it("names the rule and the place where rules undo one another", () => {
    const there = rule({
      name: "sine-to-cosine",
      match: ["sine"],
      rewrite: ({ operands: [x] }, cx) => cx.unary("cos", x),
    });
    const back = rule({
      name: "cosine-to-sine",
      match: ["cos"],
      rewrite: ({ operands: [x] }, cx) => cx.unary("sine", x),
    });
    const m = moduleOf([f32(4)], (b, [x]) => b.unary("sine", x));
    expect(() => rewriteToFixpoint([there, back])(m)).toThrow(SimplifyError);
    expect(() => rewriteToFixpoint([there, back])(m)).toThrow(
      /%main does not settle; the last .* '(co)?sine-to-(co)?sine'.*\[CT604\]$/,
    );
  });

  it("stops a rule that always finds something new to do", () => {
    let n = 0;
    const restless = rule({
      name: "restless",
      match: ["tuple"],
      rewrite: ({ operands: [x] }, cx) => (n++ % 2 === 0 ? cx.tuple([cx.unary("sine", x)]) : undefined),
    });
    const m = moduleOf([f32(4)], (b, [x]) => b.unary("sine", x));
    expect(() => rewriteToFixpoint([restless], { maxSweeps: 5 })(m)).toThrow(
      /'m' still changes after 5 walks.*\[CT604\]$/,
    );
  });

  it("refuses a replacement of another shape", () => {
    const wrong = rule({ name: "wrong", match: ["sine"], rewrite: (_, cx) => cx.scalar("float32", 0) });
    const m = moduleOf([f32(4)], (b, [x]) => b.unary("sine", x));
    expect(() => rewriteToFixpoint([wrong])(m)).toThrow(
      /rule 'wrong' put %constant.\d+, a f32\[\], in the place of %sine.1, a f32\[4\]/,
    );
  });
});
