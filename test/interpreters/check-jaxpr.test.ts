import { describe, expect, it } from "vitest";
import { jitP } from "../../src/control/jit-call.js";
import type { ShapedArray } from "../../src/core/aval.js";
import { bool, f32, i32 } from "../../src/core/avals.js";
import { fromHost } from "../../src/core/device-tensor.js";
import { noEffects } from "../../src/core/effects.js";
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, Literal, type Params, Var } from "../../src/core/jaxpr.js";
import type { Primitive } from "../../src/core/primitive.js";
import { literal } from "../../src/core/scalars.js";
import { checkJaxpr, customJvpCallP, stage } from "../../src/interpreters/index.js";
import { addP, mul, mulP, reduceSum, reduceSumP, sin, sinP } from "../../src/primitives/index.js";

const vector = f32(3);
const eqn = (primitive: Primitive, inputs: Atom[], outputs: Var[], params: Params = {}): Eqn => ({
  primitive,
  inputs,
  outputs,
  params,
  effects: noEffects,
});
const program = (invars: Var[], eqns: Eqn[], outvars: Atom[]): ClosedJaxpr =>
  new ClosedJaxpr(new Jaxpr([], invars, eqns, outvars), []);
const fresh = (...avals: ShapedArray[]): Var[] => avals.map((a) => new Var(a));

const fault = (closed: ClosedJaxpr): string => {
  try {
    checkJaxpr(closed);
  } catch (error) {
    return (error as Error).message.replace(
      "The transform or the primitive's rule that wrote this is at fault; please report it.  ",
      "",
    );
  }
  return "well typed";
};

describe("checkJaxpr", () => {
  it("accepts what staging writes", () => {
    const inner = stage((x) => [mul(sin(x), 2)], [vector], "inner");
    const closed = stage(
      (x, y) => [reduceSum(mul(x, jitP.bind([y], { name: "inner", jaxpr: inner })[0]), [0])],
      [vector, vector],
      "outer",
    );
    expect(fault(closed)).toBe("well typed");
  });

  it("accepts constants of their variables' types", () => {
    const c = fromHost(new Float32Array([1, 2, 3]), [3], "float32");
    expect(fault(stage((x) => [mul(x, c)], [vector], "f"))).toBe("well typed");
  });

  it("ignores weakness, which rules need not follow", () => {
    const [x, y] = fresh(f32(), f32().withDtype("float32", true));
    expect(fault(program([x], [eqn(sinP, [x], [y])], [y]))).toBe("well typed");
  });

  it("finds a variable that is not bound", () => {
    const [x, y, z] = fresh(vector, vector, vector);
    expect(fault(program([x], [eqn(addP, [x, y], [z])], [z]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = add a c': operand 1 of type f32[3] is a variable that is not bound yet. [CT330]"`,
    );
  });

  it("finds a result that is not bound", () => {
    const [x, y] = fresh(vector, vector);
    expect(fault(program([x], [], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: result 0 of the jaxpr of type f32[3] is a variable that is not bound yet. [CT330]"`,
    );
  });

  it("finds a use before the definition", () => {
    const [x, y, z] = fresh(vector, vector, vector);
    expect(fault(program([x], [eqn(sinP, [y], [z]), eqn(sinP, [x], [y])], [z]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = sin c': operand 0 of type f32[3] is a variable that is not bound yet. [CT330]"`,
    );
  });

  it("finds a variable bound twice, by equations and as an input", () => {
    const [x, y] = fresh(vector, vector);
    expect(fault(program([x], [eqn(sinP, [x], [y]), eqn(sinP, [x], [y])], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 1, 'b:f32[3] = sin a': result 0 of type f32[3] is a variable that is bound already. [CT330]"`,
    );
    expect(fault(program([x, x], [], [x]))).toMatchInlineSnapshot(
      `"checkJaxpr: an input of type f32[3] is a variable that is bound already. [CT330]"`,
    );
  });

  it("finds a result of the wrong type", () => {
    const [x, y, z] = fresh(vector, f32(2), i32(3));
    expect(fault(program([x], [eqn(sinP, [x], [y])], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[2] = sin a': result 0 is f32[2], but should be f32[3]. [CT330]"`,
    );
    expect(fault(program([x], [eqn(sinP, [x], [z])], [z]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:i32[3] = sin a': result 0 is i32[3], but should be f32[3]. [CT330]"`,
    );
  });

  it("finds operands a primitive does not take", () => {
    const [x, y, z] = fresh(vector, f32(2), vector);
    expect(fault(program([x, y], [eqn(addP, [x, y], [z])], [z]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'c:f32[3] = add a b': add: operand 'x' has shape [3], but operand 'y' has shape [2]. Their sizes must be equal, or 1; operands may be scalars. Reshape one, or add dimensions of size 1 where it is to repeat. [CT330]"`,
    );
    expect(fault(program([x], [eqn(addP, [x], [z])], [z]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = add a': the number of operands is 1, but should be 2. [CT330]"`,
    );
    const [p, q] = fresh(bool(3), bool(3));
    expect(fault(program([p], [eqn(sinP, [p], [q])], [q]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:bool[3] = sin a': sin: operand 'x' is bool, but it takes only floats and complex numbers. Convert it with astype. [CT330]"`,
    );
  });

  it("finds the wrong number of results", () => {
    const [x, y, z] = fresh(vector, vector, vector);
    expect(fault(program([x], [eqn(sinP, [x], [y, z])], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] _:f32[3] = sin a': the number of results is 2, but should be 1. [CT330]"`,
    );
  });

  it("finds parameters that a primitive does not have, or that do not fit", () => {
    const [x, y] = fresh(vector, f32());
    expect(fault(program([x], [eqn(reduceSumP, [x], [y], { axes: [0], keepdims: true })], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[] = reduce_sum[axes=(0,) out_sharding=None] a': reduce_sum has no parameter 'keepdims'. [CT330]"`,
    );
    expect(fault(program([x], [eqn(reduceSumP, [x], [y], { axes: [1] })], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[] = reduce_sum[axes=(1,) out_sharding=None] a': reduce_sum: operand 'x' of shape [3] has no axis 1 to reduce (axes [1]); use integers from 0 to 0. [CT330]"`,
    );
  });

  it("finds a literal that is not a scalar", () => {
    const [x, y] = fresh(vector, vector);
    const c = new Literal(fromHost(new Float32Array(3), [3], "float32"));
    expect(fault(program([x], [eqn(mulP, [x, c], [y])], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = mul a [...]:f32[3]': operand 1 is a literal of type f32[3], but only scalars are written in place. [CT330]"`,
    );
    expect(fault(program([x], [eqn(mulP, [x, new Literal(literal(2, "float32"))], [y])], [y]))).toBe("well typed");
  });

  it("finds constants that do not match their variables", () => {
    const [x, c] = fresh(vector, vector);
    const jaxpr = new Jaxpr([c], [x], [], [c]);
    expect(fault(new ClosedJaxpr(jaxpr, []))).toMatchInlineSnapshot(
      `"checkJaxpr: the jaxpr has 1 constant variables, but 0 constants. [CT330]"`,
    );
    const two = fromHost(new Float32Array(2), [2], "float32");
    expect(fault(new ClosedJaxpr(jaxpr, [two]))).toMatchInlineSnapshot(
      `"checkJaxpr: constant 0 is f32[2], but its variable is f32[3]. [CT330]"`,
    );
  });

  it("finds effects that are not the equations'", () => {
    const [x, y] = fresh(vector, vector);
    const noisy = { ...eqn(sinP, [x], [y]), effects: new Set(["print"]) };
    expect(fault(program([x], [noisy], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = sin a': it has effects {print}, but should have {}. [CT330]"`,
    );
  });

  it("looks into jaxprs among parameters, and at their operands", () => {
    const [x, y, a, b] = fresh(vector, vector, vector, f32(2));
    const bad = program([a], [eqn(sinP, [a], [b])], [b]);
    expect(fault(program([x], [eqn(jitP, [x], [y], { name: "f", jaxpr: bad })], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = jit[name=f jaxpr={ lambda ; a:f32[3]. let b:f32[2] = sin a in (b,) }] a': in its jaxpr, equation 0, 'b:f32[2] = sin a': result 0 is f32[2], but should be f32[3]. [CT330]"`,
    );
    const inner = stage((v) => [sin(v)], [f32(2)], "f");
    expect(fault(program([x], [eqn(jitP, [x], [y], { name: "f", jaxpr: inner })], [y]))).toMatchInlineSnapshot(
      `"checkJaxpr: equation 0, 'b:f32[3] = jit[name=f jaxpr={ lambda ; a:f32[2]. let b:f32[2] = sin a in (b,) }] a': operand 0 is f32[3], but should be f32[2]. [CT330]"`,
    );
    const call = {
      name: "g",
      callJaxpr: inner,
      jvp: { name: "g", jvp: () => ({ outs: [], tangents: [] }) },
      numConsts: 0,
    };
    expect(fault(program([b], [eqn(customJvpCallP, [b], [y], call)], [y]))).toMatchInlineSnapshot(`
      "checkJaxpr: equation 0, 'b:f32[3] = custom_jvp_call[
        name=g
        call_jaxpr={ lambda ; c:f32[2]. let d:f32[2] = sin c in (d,) }
        jvp=jvp
        symbolic_zeros=False
      ] a': result 0 is f32[3], but should be f32[2]. [CT330]"
    `);
  });
});
