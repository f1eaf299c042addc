/** Solving linear systems with a solver of one's own: derivatives are linear systems again, whatever the solver does. */
import { type ClosedJaxpr, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { batchJaxpr } from "../interpreters/batching.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { stage } from "../interpreters/staging.js";
import { backwardPass } from "../interpreters/transposition.js";
import { instantiate, isZero } from "../interpreters/zeros.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { splitList } from "../prelude/numbers.js";
import { sub } from "../primitives/arithmetic.js";
import { batchAt } from "../primitives/batched.js";

/** Four programs; the last two are those of the transposed system, where it can be solved. */
const roles = ["matvec", "solve", "vecmat", "transposeSolve"] as const;
type Role = (typeof roles)[number];

/** Programs with their constants as leading inputs, and how many each has; operands are all constants, then b. */
export interface LinearSolveParams {
  readonly constCounts: readonly number[];
  readonly matvec: ClosedJaxpr;
  readonly solve: ClosedJaxpr;
  readonly vecmat?: ClosedJaxpr | undefined;
  readonly transposeSolve?: ClosedJaxpr | undefined;
}

function parts<T>(items: readonly T[], { constCounts }: LinearSolveParams): Record<Role | "b", T[]> {
  const used = constCounts.reduce((n, k) => n + k, 0);
  const [matvec, solve, vecmat, transposeSolve, b] = splitList(items, [...constCounts, items.length - used]);
  return { matvec, solve, vecmat, transposeSolve, b };
}
const constsOf = <T>(p: Record<Role, T[]>): T[] => roles.flatMap((role) => p[role]);

export const linearSolveP: DefinedMultiPrimitive<LinearSolveParams> = defineMultiPrimitive({
  name: "custom_linear_solve",
  doc: "The x whose image under a linear program is b, found by another program.",
  params: {
    constCounts: param.silent(param.ints),
    matvec: param.jaxpr,
    solve: param.jaxpr,
    vecmat: param.given(param.jaxpr),
    transposeSolve: param.given(param.jaxpr),
  },
  abstractEval: (_, { solve }) => Either.right({ avals: solve.outAvals, effects: solve.effects }),
  // From A x = b: A dx = db - dA x.
  jvp(primals, tangents, p) {
    const [x, t] = [parts(primals, p), parts(tangents, p)];
    const outs = linearSolveP.bind(primals, p);
    const nonzero = t.matvec.map((dot) => !isZero(dot));
    let rhs = t.b;
    if (nonzero.includes(true)) {
      const { jaxpr } = jvpJaxpr(
        p.matvec,
        [...nonzero, ...x.b.map(() => false)],
        x.b.map(() => true),
      );
      const dots = t.matvec.filter((dot): dot is Tensor => dot instanceof Tensor);
      const moved = evalClosed(jaxpr, [...x.matvec, ...outs, ...dots]).slice(x.b.length);
      rhs = t.b.map((db, i) => sub(instantiate(db), moved[i]));
    }
    if (rhs.every(isZero)) return { outs, tangents: outs.map((y) => new Zero(y.aval.tangent())) };
    return { outs, tangents: linearSolveP.bind([...constsOf(x), ...rhs.map(instantiate)], p) };
  },
  transpose(cts, args, p) {
    const { vecmat, transposeSolve } = p;
    if (!vecmat || !transposeSolve) {
      throw new TransformError(
        "CT326",
        "lax.customLinearSolve: reverse mode solves the transposed system. Give transposeSolve, or say symmetric: true.",
      );
    }
    const x = parts(args, p);
    const known = { matvec: x.vecmat, solve: x.transposeSolve, vecmat: x.matvec, transposeSolve: x.solve };
    const [a, b, c, d] = p.constCounts;
    const transposed = {
      constCounts: [c, d, a, b],
      matvec: vecmat,
      solve: transposeSolve,
      vecmat: p.matvec,
      transposeSolve: p.solve,
    };
    const solved = linearSolveP.bind([...(constsOf(known) as Tensor[]), ...cts.map(instantiate)], transposed);
    const first = args.length - x.b.length;
    return args.map((y, i) => (y instanceof LinearOperand ? solved[i - first] : null));
  },
  batching(args, dims, p, axis) {
    const [x, d] = [parts(args, p), parts(dims, p)];
    const front = x.b.map(() => 0);
    const force = x.b.map(() => true);
    const batched = (role: Role): ClosedJaxpr | undefined => {
      const closed = p[role];
      return closed && batchJaxpr(closed, axis, [...d[role], ...front], force).jaxpr;
    };
    const b = x.b.map((y, i) => batchAt(y, d.b[i], 0, axis.size));
    const outs = linearSolveP.bind([...constsOf(x), ...b], {
      constCounts: p.constCounts,
      matvec: batched("matvec") as ClosedJaxpr,
      solve: batched("solve") as ClosedJaxpr,
      vecmat: batched("vecmat"),
      transposeSolve: batched("transposeSolve"),
    });
    return { outs, dims: outs.map(() => 0) };
  },
  partialEval: "whole",
  dce: "whole",
  lower(cx, args, p) {
    const x = parts(args, p);
    return cx.inline(cx.b, p.solve, [...x.solve, ...x.b]);
  },
  samples: [],
});

const transposes = new JaxprCache<ClosedJaxpr>();

/** The transpose of a program that is linear in all inputs but the first `numConsts`, which it takes as well. */
export const transposedProgram = (closed: ClosedJaxpr, numConsts: number): ClosedJaxpr =>
  transposes.get(closed, `${numConsts}`, () => {
    const inputs = closed.inAvals.slice(numConsts);
    return stage(
      (...args) => {
        const linear = inputs.map((a) => new LinearOperand(a));
        const cts = args.slice(numConsts);
        const found = backwardPass(closed.jaxpr, closed.consts, [...args.slice(0, numConsts), ...linear], cts);
        return found.slice(numConsts).map((ct) => instantiate(ct as Tensor | Zero));
      },
      [...closed.inAvals.slice(0, numConsts), ...closed.outAvals],
      "the transpose of a linear program",
    );
  });
