/** Programs as the frontend makes them: gradients of a network, of attention, of loops, of convolutions. */
import { describe, expect, it } from "vitest";
import { grad, jit, lax, nn, numpy as np, type Tensor, valueAndGrad, vmap } from "../../../src/index.js";
import { convolutionRole, simplify } from "../../../xla-like/1-simplify/index.js";
import {
  computationsOf,
  type HloInstruction,
  type HloModule,
  type Opcode,
  parseModuleOrThrow,
  printModule,
} from "../../../xla-like/hlo/index.js";
import { simplifyChecked } from "./helpers.js";
import { work } from "./work.js";

const zeros = (...shape: number[]): Tensor => np.zeros(shape);

/** The unoptimised HLO of a lowered function. */
const hloOf = (lowered: { asText(stage: "hlo"): string }): HloModule => parseModuleOrThrow(lowered.asText("hlo"));

const instructionsOf = (m: HloModule): readonly HloInstruction[] => computationsOf(m).flatMap((c) => c.instructions);
const only = (m: HloModule, opcode: Opcode): readonly HloInstruction[] =>
  instructionsOf(m).filter((i) => i.opcode === opcode);

/** Operands of dots that are transposes, seen through reshapes and elementwise operations of one operand. */
const transposesFeedingDots = (m: HloModule): readonly string[] =>
  only(m, "dot").flatMap((d) =>
    d.operands.flatMap((operand) => {
      let o = operand;
      while (
        o.opcode === "reshape" ||
        (o.operands.length === 1 && o.opcode !== "transpose" && o.shape.kind === "array")
      )
        o = o.operands[0];
      return o.opcode === "transpose" ? [`%transpose.${o.id} feeds %dot.${d.id}`] : [];
    }),
  );

/** Simplified, held to what every program must keep, and with no transpose before a dot. */
const checked = (m: HloModule): HloModule => {
  const after = simplifyChecked(m);
  expect(simplify(after)).toBe(after);
  expect(transposesFeedingDots(after)).toEqual([]);
  expect(instructionsOf(after).length).toBeLessThanOrEqual(instructionsOf(m).length);
  expect(work(after)).toBeLessThanOrEqual(work(m));
  return after;
};

interface Weights {
  readonly [name: string]: Tensor;
}

const network = (p: Weights, x: Tensor): Tensor => {
  const hidden = nn.relu(x.matmul(p.w1).add(p.b1));
  return nn.logSoftmax(hidden.matmul(p.w2).add(p.b2));
};
const crossEntropy = (p: Weights, x: Tensor, y: Tensor): Tensor => np.mean(np.sum(network(p, x).mul(y), -1)).neg();
const networkWeights = (): Weights => ({ w1: zeros(5, 7), b1: zeros(7), w2: zeros(7, 3), b2: zeros(3) });

const attention = (p: Weights, x: Tensor): Tensor => {
  const [B, S, C] = x.shape;
  const heads = 2;
  const project = (w: Tensor): Tensor => x.matmul(w).reshape([B, S, heads, C / heads]);
  const mixed = nn.dotProductAttention(project(p.q), project(p.k), project(p.v), { isCausal: true });
  return x.add(mixed.reshape([B, S, C]).matmul(p.o));
};
const attentionWeights = (): Weights => ({ q: zeros(6, 6), k: zeros(6, 6), v: zeros(6, 6), o: zeros(6, 6) });

describe("gradients", () => {
  it("of a network take no transpose and no needless operation", () => {
    const m = hloOf(jit(valueAndGrad(crossEntropy)).lower(networkWeights(), zeros(4, 5), zeros(4, 3)));
    const s = checked(m);
    expect(only(s, "transpose")).toEqual([]);
    expect(only(s, "dot").length).toBe(5);
    expect(printModule(s)).toMatchSnapshot();
  });

  it("of attention take no transpose", () => {
    const loss = (p: Weights, x: Tensor): Tensor => np.sum(np.square(attention(p, x)));
    const s = checked(hloOf(jit(grad(loss)).lower(attentionWeights(), zeros(2, 3, 6))));
    expect(only(s, "transpose")).toEqual([]);
    // Four projections and two products of attention forwards; backwards two each, but for x, which is no argument.
    expect(only(s, "dot").length).toBe(15);
    expect(printModule(s)).toMatchSnapshot();
  });

  it("of attention written with transposes and reshapes take none before a dot", () => {
    const block = (p: Weights, x: Tensor): Tensor => {
      const [B, S, C] = x.shape;
      const split = (t: Tensor): Tensor => np.transpose(t.reshape([B, S, 2, C / 2]), [0, 2, 1, 3]);
      const [q, k, v] = [p.q, p.k, p.v].map((w) => split(x.matmul(w.T)));
      const weights = nn.softmax(np.matmul(q, np.swapaxes(k, -1, -2)).mul(0.5));
      return np.transpose(np.matmul(weights, v), [0, 2, 1, 3]).reshape([B, S, C]).matmul(p.o.T);
    };
    const loss = (p: Weights, x: Tensor): Tensor => np.sum(np.tanh(block(p, x)));
    checked(hloOf(jit(grad(loss)).lower(attentionWeights(), zeros(2, 3, 6))));
  });

  it("of one example each multiply outer products out", () => {
    const each = vmap(grad(crossEntropy), { inAxes: [null, 0, 0] });
    const s = checked(hloOf(jit(each).lower(networkWeights(), zeros(4, 5), zeros(4, 3))));
    expect(only(s, "transpose")).toEqual([]);
  });

  it("of a loop carry nothing that need not be carried", () => {
    const loss = (w: Weights, xs: Tensor): Tensor => {
      const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
        const next = np.tanh(x.matmul(w.wx).add(h.matmul(w.wh)));
        return [next, next];
      };
      const [, hs] = lax.scan(step, zeros(2, 4), xs);
      return np.sum(np.square(hs));
    };
    const m = hloOf(jit(grad(loss)).lower({ wx: zeros(3, 4), wh: zeros(4, 4) }, zeros(5, 2, 3)));
    const s = checked(m);
    const carried = (of: HloModule): number => only(of, "while").reduce((n, i) => n + i.operands.length, 0);
    expect(carried(s)).toBeLessThanOrEqual(carried(m));
    expect(only(s, "while").length).toBe(2);
  });

  it("of a loop of one turn loop no more", () => {
    const loss = (w: Tensor, xs: Tensor): Tensor => {
      const [last] = lax.scan(
        (h: Tensor, x: Tensor): [Tensor, null] => [np.tanh(h.matmul(w).add(x)), null],
        zeros(2, 4),
        xs,
      );
      return np.sum(last);
    };
    const s = checked(hloOf(jit(grad(loss)).lower(zeros(4, 4), zeros(1, 2, 4))));
    expect(only(s, "while")).toEqual([]);
  });
});

describe("convolutions", () => {
  const convolve = (x: Tensor, k: Tensor, stride: number): Tensor =>
    lax.convGeneralDilated(x, k, [stride, stride], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] });

  it("are told apart: forward ones, and gradients by data and by weights", () => {
    const loss = (p: Weights, x: Tensor): Tensor => np.sum(np.square(convolve(np.tanh(convolve(x, p.k1, 1)), p.k2, 2)));
    const s = checked(
      hloOf(jit(grad(loss)).lower({ k1: zeros(3, 3, 1, 2), k2: zeros(3, 3, 2, 3) }, zeros(2, 8, 8, 1))),
    );
    const roles = instructionsOf(s).flatMap((i) => (i.opcode === "convolution" ? [convolutionRole(i)] : []));
    expect(roles.map((r) => r.kind)).toEqual([
      "forward",
      "forward",
      "weight-gradient",
      "data-gradient",
      "weight-gradient",
    ]);
    const strided = { size: 3, stride: 2, padLow: 0, padHigh: 1, baseDilation: 1, windowDilation: 1 };
    const plain = { ...strided, stride: 1, padLow: 1 };
    const forward = roles.map((r) => (r.kind === "forward" ? undefined : r.forward[0]));
    expect(forward.filter((w) => w?.stride === 2)).toEqual([strided, strided]);
    expect(forward.filter((w) => w?.stride === 1)).toEqual([plain]);
    expect(only(s, "reverse")).toEqual([]);
  });
});
