/** Solutions of equations, differentiated by the equations instead of through the solver. */
import { callNow, checkFunction, flattenTensors } from "../control/arguments.js";
import { typeText } from "../control/carry.js";
import { traceFunction } from "../control/initial-style.js";
import { linearSolveP, transposedProgram } from "../control/linear-solve.js";
import type { Tensors } from "../control/types.js";
import type { ShapedArray } from "../core/aval.js";
import { defaultFloat, isInexact, isInteger } from "../core/dtype.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpFlat, jvpJaxpr } from "../interpreters/jvp.js";
import { instantiate, isZero } from "../interpreters/zeros.js";
import { TransformError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { neg } from "../primitives/arithmetic.js";
import { convert } from "../primitives/convert.js";
import type { TreeDef } from "../tree/index.js";

type Linear<T> = (x: Tensors<T>) => Tensors<T>;

/** The options of {@link customLinearSolve}. */
export interface LinearSolveOptions<T> {
  /** Solves the transposed system, given its `matvec`; reverse mode needs it. */
  readonly transposeSolve?: (vecmat: Linear<T>, b: Tensors<T>) => unknown;
  /** The system is symmetric: it is its own transpose, and `solve` solves it. */
  readonly symmetric?: boolean;
}

/** A function from trees of one type to trees of that type, as a program. */
function programLike(where: string, name: string, f: (...xs: never[]) => unknown, { args, tree, avals }: Like) {
  checkFunction(where, name, f);
  const made = traceFunction(f as never, args, avals, where, name);
  checkLike(where, name, made, tree, avals);
  return made;
}

/** The type of a tree, and the structure of a list of one such tree as arguments. */
interface Like {
  readonly args: TreeDef;
  readonly tree: TreeDef;
  readonly avals: readonly ShapedArray[];
}
/** A tree's tensors, strong, and their type. Plain numbers are floats here, as JavaScript does not tell 3 from 3.0. */
function flatten(where: string, x: unknown): { leaves: Tensor[]; like: Like } {
  const { leaves, treedef } = flattenTensors([x], where);
  const strong = leaves.map((y) => convert(y, y.weakType && isInteger(y.dtype) ? defaultFloat : y.dtype));
  return { leaves: strong, like: { args: treedef, tree: treedef.children[0], avals: strong.map((y) => y.aval) } };
}

function checkLike(
  where: string,
  name: string,
  made: { readonly outTree: TreeDef; readonly jaxpr: { readonly outAvals: readonly ShapedArray[] } },
  wanted: TreeDef,
  avals: readonly ShapedArray[],
): void {
  const outs = made.jaxpr.outAvals;
  if (!made.outTree.equals(wanted)) {
    throw new TransformError("CT401", `${where}: ${name} gives ${made.outTree}, but must give ${wanted}.`);
  }
  const i = outs.findIndex((a, k) => !a.matches(avals[k]));
  if (i < 0) return;
  throw new TransformError(
    "CT401",
    `${where}: leaf ${i} of the result of ${name} is ${typeText(outs[i])}, but must be ${typeText(avals[i])}.`,
  );
}

/**
 * The x with `matvec(x) = b`, found by a solver of your own. Derivatives are those of the solution, which are linear
 * systems with the same operator: the solver itself is never differentiated, so it may loop, stop early or call
 * approximations.
 *
 * @param matvec a linear function from trees like b to trees like b; it may close over tensors
 * @param b a tree of floating-point tensors
 * @param solve takes `matvec` and b, gives x
 * @throws TransformError CT401 if a function gives another type than b's; CT326 under reverse mode without a transpose
 * @example
 * const a = np.array([[2, 0], [0, 4]]);
 * const byDiagonal = (_: unknown, b: Tensor) => b.div(np.diag(a));
 * const solve = (b: Tensor) => lax.customLinearSolve((x) => a.matmul(x), b, byDiagonal, { symmetric: true });
 * solve(np.array([1, 1])).js(); // [0.5, 0.25]
 */
export function customLinearSolve<const T>(
  matvec: Linear<T>,
  b: T,
  solve: (matvec: Linear<T>, b: Tensors<T>) => unknown,
  options: LinearSolveOptions<T> = {},
): Tensors<T> {
  const where = "lax.customLinearSolve";
  checkOptions(where, options, ["transposeSolve", "symmetric"]);
  const { transposeSolve, symmetric = false } = options;
  checkFunction(where, "solve", solve);
  const { leaves, like } = flatten(`${where}: b`, b);
  const treedef = like.tree;
  const operator = programLike(where, "matvec", matvec, like);
  const solver = programLike(where, "solve", (y: Tensors<T>) => solve(matvec, y), like);
  const numConsts = operator.consts.length;
  const transposed = symmetric ? operator.jaxpr : transposeSolve && transposedProgram(operator.jaxpr, numConsts);
  const vecmat: Linear<T> = (y) => {
    const { leaves: cts } = flattenTensors(y, `${where}: the argument of vecmat`);
    return treedef.unflatten(evalClosed(transposed as never, [...operator.consts, ...cts])) as Tensors<T>;
  };
  const transposeSolver = symmetric
    ? solver
    : transposeSolve && programLike(where, "transposeSolve", (y: Tensors<T>) => transposeSolve(vecmat, y), like);
  const consts = [operator, solver, transposed && operator, transposeSolver].map((made) => (made ? made.consts : []));
  const outs = linearSolveP.bind([...consts.flat(), ...leaves], {
    constCounts: consts.map((c) => c.length),
    matvec: operator.jaxpr,
    solve: solver.jaxpr,
    vecmat: transposed,
    transposeSolve: transposeSolver?.jaxpr,
  });
  return treedef.unflatten(outs) as Tensors<T>;
}

/**
 * An x with `f(x) = 0`, found by a solver of your own, with the derivatives of the implicit function: `f` at the root is
 * differentiated, the solver never.
 *
 * @param f from trees like the guess to trees like the guess; it may close over tensors, which x then depends on
 * @param initialGuess where the solver starts; x does not depend on it as far as derivatives go
 * @param solve takes `f` and the guess, gives the root
 * @param tangentSolve takes a linear function g and y, gives the x with `g(x) = y`; for scalars `y.div(g(1))`
 * @throws TransformError CT401 if a function gives another type than the guess has
 * @example
 * const newton = (f: (x: Tensor) => Tensor, x: Tensor) => lax.foriLoop(0, 20, (_, x) => x.sub(f(x).div(grad(f)(x))), x);
 * const squareRoot = (a: Tensor) =>
 *   lax.customRoot((x: Tensor) => x.mul(x).sub(a), np.array(1.5), newton, (g, y) => y.div(g(np.ones([]))));
 * squareRoot(np.array(9)).item(); // 3
 * grad(squareRoot)(9).item(); // 0.16667
 */
export function customRoot<const T>(
  f: (x: Tensors<T>) => unknown,
  initialGuess: T,
  solve: (f: (x: Tensors<T>) => Tensors<T>, initialGuess: Tensors<T>) => unknown,
  tangentSolve: (g: Linear<T>, y: Tensors<T>) => unknown,
): Tensors<T> {
  const where = "lax.customRoot";
  checkFunction(where, "solve", solve);
  checkFunction(where, "tangentSolve", tangentSolve);
  const { leaves: guess, like } = flatten(`${where}: initialGuess`, initialGuess);
  const { tree: treedef, avals } = like;
  const equation = programLike(where, "f", f, like);
  const solver = programLike(where, "solve", (x: Tensors<T>) => solve(f as never, x), like);
  const numF = equation.consts.length;
  const tree = (xs: readonly Tensor[]): Tensors<T> => treedef.unflatten(xs) as Tensors<T>;

  const find = (...args: Tensor[]): readonly Tensor[] =>
    currentTrace().bindCustomJvp(
      {
        name: "custom_root",
        fun: (...xs) => evalClosed(solver.jaxpr, xs.slice(numF)),
        jvp(primals, tangents) {
          const root = find(...primals);
          const consts = primals.slice(0, numF);
          const given = tangents.slice(0, numF);
          const nonzero = given.map((t) => !isZero(t));
          const none = root.map((x) => new Zero(x.aval.tangent()));
          if (!nonzero.includes(true)) return { outs: root, tangents: none };
          const all = root.map(() => true);
          const { jaxpr } = jvpJaxpr(equation.jaxpr, [...nonzero, ...root.map(() => false)], all);
          const dots = given.filter((t): t is Tensor => !isZero(t));
          const moved = evalClosed(jaxpr, [...consts, ...root, ...dots]).slice(root.length);
          // 0 = ∂f/∂x · dx + ∂f/∂θ · dθ.
          const slope: Linear<T> = (dx) => {
            const { leaves: ts } = flattenTensors(dx, `${where}: the argument of g`);
            const atRoot = (...xs: Tensor[]) => evalClosed(equation.jaxpr, [...consts, ...xs]);
            return tree(jvpFlat(atRoot, root, ts, "lax.customRoot").tangents.map(instantiate));
          };
          const solved = callNow(where, "tangentSolve", tangentSolve, [slope, tree(moved.map(neg))]);
          const dx = flattenTensors(solved, `${where}: the result of tangentSolve`).leaves;
          return { outs: root, tangents: dx.map((t, i) => (isInexact(avals[i].dtype) ? t : none[i])) };
        },
      },
      args,
    );
  return tree(find(...equation.consts, ...solver.consts, ...guess));
}
