/** The results of the custom calls `attention` and `attention-gradient`, and what their operands must be. */
import { dtypes } from "../dtype.js";
import { check } from "../error.js";
import type { AttentionTarget, Instr } from "../instruction.js";
import { type ArrayShape, arrayShape, sameDims, shapeText, type TupleShape, tupleShape } from "../shape.js";
import { checkLength } from "./dimensions.js";

type Config = Instr<"custom-call">["config"];

const checkShape = (name: string, s: ArrayShape, want: ArrayShape): void =>
  check(
    s.dtype === want.dtype && sameDims(s.dims, want.dims),
    () => `attention's ${name} is ${shapeText(s)}, but must be ${shapeText(want)}`,
  );

function checkOperands(q: ArrayShape, k: ArrayShape, v: ArrayShape, bias: ArrayShape | undefined): void {
  for (const [name, s] of [
    ["query", q],
    ["key", k],
  ] as const)
    check(
      s.dims.length === 4,
      () => `attention's ${name} is ${shapeText(s)}, but needs the dimensions batch, place, head and size`,
    );
  check(dtypes[q.dtype].kind === "float", () => `attention takes floats, not ${shapeText(q)}`);
  const [B, T, N, H] = q.dims;
  const [, S, K] = k.dims;
  checkShape("key", k, arrayShape(q.dtype, [B, S, K, H]));
  checkShape("value", v, k);
  check(
    K > 0 ? N % K === 0 : N === 0,
    () => `attention has ${N} heads of queries, which must be a multiple of its ${K} heads of keys`,
  );
  if (bias === undefined) return;
  const [b, n] = bias.dims;
  checkShape("bias", bias, arrayShape(q.dtype, [b === 1 ? 1 : B, n === 1 ? 1 : N, T, S]));
}

/** Logarithms of sums of exponentials, one for each query: f64 for f64, f32 for all others. */
const statsShape = ({ dtype, dims: [B, T, N] }: ArrayShape): ArrayShape =>
  arrayShape(dtype === "float64" ? "float64" : "float32", [B, N, T]);

const checkConfig = ({ scale, causal, precision }: Config): void => {
  check(typeof scale === "number", () => `attention's option scale is ${scale}, but must be a number`);
  check(typeof causal === "boolean", () => `attention's option causal is ${causal}, but must be true or false`);
  check(
    precision === undefined || precision === "default" || precision === "high" || precision === "highest",
    () => `attention's option precision is ${precision}, but must be default, high or highest`,
  );
};

export const inferAttention = (
  target: AttentionTarget,
  operands: readonly ArrayShape[],
  config: Config,
): TupleShape => {
  checkConfig(config);
  if (target === "attention") {
    check(
      operands.length === 3 || operands.length === 4,
      () => `attention has ${operands.length} operands, but takes query, key, value, and perhaps a bias`,
    );
    const [q, k, v, bias] = operands;
    checkOperands(q, k, v, bias);
    return tupleShape([q, statsShape(q)]);
  }
  const { bias: hasBias, biasGradient } = config;
  check(typeof hasBias === "boolean", () => `attention's option bias is ${hasBias}, but must be true or false`);
  check(
    biasGradient === undefined || typeof biasGradient === "boolean",
    () => `attention's option biasGradient is ${biasGradient}, but must be true or false`,
  );
  const inputs = operands.slice(0, hasBias ? 4 : 3);
  checkLength("attention-gradient's operand list", operands, inputs.length + 3);
  const [q, k, v, bias] = inputs;
  checkOperands(q, k, v, bias);
  const [out, stats, dout] = operands.slice(inputs.length);
  checkShape("result", out, q);
  checkShape("logarithms of sums", stats, statsShape(q));
  checkShape("result's gradient", dout, q);
  return tupleShape(biasGradient === false ? inputs.slice(0, 3) : inputs);
};
