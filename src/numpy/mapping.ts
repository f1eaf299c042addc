/** Functions of one kind of argument made to work on whole arrays, and grids of indices. */
import { vmap } from "../api/vmap.js";
import type { ArrayLike } from "../core/array-like.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions, describeType } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asarray } from "./creation.js";
import { asTensors, broadcastShapesOf, toTensor } from "./promote.js";
import { flatnonzero } from "./selecting.js";
import { broadcastTo, expandDims, squeeze } from "./shapes.js";
import { select3 } from "./where.js";

type OneOrMany = Tensor | readonly Tensor[];
type TensorFunction = (...xs: Tensor[]) => OneOrMany;

const checkFunction = (fn: string, f: unknown): void => {
  if (typeof f !== "function")
    throw new ArgumentError("CT014", `${fn}: the first argument must be a function, but it is ${describeType(f)}.`);
};

/** The names of core dimensions, for each operand and each result: `(n,m),(m)->(n)`. */
function parseSignature(signature: string): { inputs: string[][]; outputs: string[][] } {
  const side = (text: string): string[][] | null => {
    const lists = /^\([^()]*\)(,\([^()]*\))*$/.test(text) ? text.match(/\([^()]*\)/g) : null;
    return lists === null
      ? null
      : lists.map((l) =>
          l
            .slice(1, -1)
            .split(",")
            .filter((name) => name !== ""),
        );
  };
  const [left, right, more] = signature.replaceAll(/\s/g, "").split("->");
  const [inputs, outputs] = [side(left), side(right ?? "")];
  if (inputs === null || outputs === null || more !== undefined) {
    throw new ArgumentError(
      "CT003",
      `vectorize: '${signature}' is no signature. Write the core dimensions of operands and results, as in "(n,m),(m)->(n)".`,
    );
  }
  return { inputs, outputs };
}

/**
 * A function of arrays of any shape, out of one of scalars: leading dimensions broadcast, and `f` is mapped over them with
 * vmap. With a signature, `f` takes and gives arrays whose last dimensions it names; dimensions of one name have one size.
 * Operands whose numbers are in `excluded` go to `f` as they are.
 * @throws ShapeError CT103 where sizes of one name differ
 * @example
 * const meanOfRows = np.vectorize((x) => np.mean(x), { signature: "(n)->()" });
 * meanOfRows(np.ones([4, 3])).shape; // [4]
 */
export function vectorize<R extends OneOrMany>(
  f: (...args: never[]) => R,
  options: { readonly excluded?: readonly number[]; readonly signature?: string | null } = {},
): (...args: readonly unknown[]) => R {
  checkFunction("vectorize", f);
  checkOptions("vectorize", options, ["excluded", "signature"]);
  const { excluded = [], signature = null } = options;
  const parsed = signature === null ? null : parseSignature(signature);
  return (...args) => {
    const mapped = range(args.length).filter((i) => !excluded.includes(i));
    const operands = mapped.map((i) => toTensor("vectorize", args[i] as ArrayLike));
    if (parsed !== null && parsed.inputs.length !== operands.length) {
      throw new ArgumentError(
        "CT003",
        `vectorize: the signature describes ${parsed.inputs.length} operands, but there are ${operands.length}.`,
      );
    }
    const core = operands.map((_, i) => parsed?.inputs[i] ?? []);
    const sizes = new Map<string, number>();
    const loops = operands.map((x, i) => {
      const split = x.ndim - core[i].length;
      if (split < 0)
        throw new ShapeError(
          "CT107",
          `vectorize: operand ${mapped[i]} has shape [${x.shape}], but ${core[i].length} core dimensions.`,
        );
      core[i].forEach((name, k) => {
        const n = x.shape[split + k];
        const known = sizes.get(name) ?? n;
        if (known !== n)
          throw new ShapeError(
            "CT103",
            `vectorize: core dimension '${name}' has size ${known} in one operand and ${n} in another.`,
          );
        sizes.set(name, n);
      });
      return x.shape.slice(0, split);
    });
    const loop = broadcastShapesOf("vectorize", loops);
    const inner: TensorFunction = (...xs) => {
      const all = [...args];
      mapped.forEach((at, i) => {
        all[at] = xs[i];
      });
      return f(...(all as never[]));
    };
    // Dimensions of size 1 are dropped where they would only repeat, so that nothing is computed twice.
    const narrow = operands.map((x, i) =>
      squeeze(
        x,
        range(loops[i].length).filter((d) => x.shape[d] === 1 && loop[loop.length - loops[i].length + d] !== 1),
      ),
    );
    let call = inner;
    for (let d = loop.length - 1; d >= 0; d--) {
      const axes = loops.map((own) => {
        const at = d - (loop.length - own.length);
        return at >= 0 && (own[at] !== 1 || loop[d] === 1) ? 0 : null;
      });
      if (axes.some((axis) => axis !== null)) call = vmap(call as never, { inAxes: axes as never }) as never;
    }
    return call(...narrow) as R;
  };
}

/**
 * `f` of each vector along an axis; what it gives stands in the axis' place.
 * @example np.applyAlongAxis((v) => np.sum(v), 0, np.ones([2, 3])).js(); // [2, 2, 2]
 */
export function applyAlongAxis(f: (x: Tensor) => Tensor, axis: number, x: ArrayLike): Tensor {
  checkFunction("applyAlongAxis", f);
  const a = toTensor("applyAlongAxis", x);
  const d = normalizeAxis(axis, a.ndim, "applyAlongAxis");
  let call: (x: Tensor) => Tensor = f;
  for (const i of range(1, a.ndim - d)) call = vmap(call, { inAxes: i, outAxes: -1 }) as typeof call;
  for (let i = 0; i < d; i++) call = vmap(call, { inAxes: 0, outAxes: 0 }) as typeof call;
  return call(a);
}

/** `f(x, axis)` for one axis after the other; a result that lost the axis gets it back with size 1. */
export function applyOverAxes(
  f: (x: Tensor, axis: number) => Tensor,
  x: ArrayLike,
  axes: number | readonly number[],
): Tensor {
  checkFunction("applyOverAxes", f);
  const list = typeof axes === "number" ? [axes] : axes;
  return list.reduce(
    (y, axis) => {
      const d = normalizeAxis(axis, y.ndim, "applyOverAxes");
      const z = f(y, d);
      if (z.ndim === y.ndim) return z;
      if (z.ndim === y.ndim - 1) return expandDims(z, d);
      throw new ShapeError(
        "CT107",
        `applyOverAxes: the function made shape [${z.shape}] of [${y.shape}], but it must keep the dimensions, or lose one.`,
      );
    },
    toTensor("applyOverAxes", x),
  );
}

/** What a piece of {@link piecewise} gives: a value, or a function of the elements. */
export type Piece = ArrayLike | ((x: Tensor) => Tensor);

/**
 * Values piece by piece: where a condition holds, its function (or constant) of x; of several that hold the first counts.
 * One function more than conditions is for where none holds; without it that is 0.
 */
export function piecewise(
  x: ArrayLike,
  conditions: readonly ArrayLike[] | Tensor,
  functions: readonly Piece[],
): Tensor {
  const a = toTensor("piecewise", x);
  const held = conditions instanceof Tensor ? [...p.unstack(conditions, 0)] : asTensors("piecewise", ...conditions);
  const extra = functions.length - held.length;
  if (extra !== 0 && extra !== 1) {
    throw new ArgumentError(
      "CT003",
      `piecewise: ${held.length} conditions go with as many functions or one more, but there are ${functions.length}.`,
    );
  }
  const piecedOut = (piece: Piece): Tensor => {
    const y = typeof piece === "function" ? piece(a) : asarray(piece);
    return broadcastTo(p.convert(toTensor("piecewise", y), a.dtype), a.shape);
  };
  const otherwise = extra === 1 ? piecedOut(functions[held.length]) : p.full(a.shape, 0, a.dtype);
  return held.reduceRight((y, c, i) => select3(c, piecedOut(functions[i]), y), otherwise);
}

/**
 * Vectors of indices as arrays that broadcast to a grid: the i-th runs along axis i. A vector of booleans stands for the
 * places where it is true.
 */
function ix_(...vectors: readonly ArrayLike[]): Tensor[] {
  return vectors.map((v, d) => {
    const x = toTensor("ix", v);
    if (x.ndim !== 1)
      throw new ShapeError("CT107", `ix: argument ${d} has shape [${x.shape}], but it must be a vector.`);
    const places = x.dtype === "bool" ? flatnonzero(x) : x;
    return p.reshape(
      places,
      vectors.map((_, i) => (i === d ? places.size : 1)),
    );
  });
}

export { ix_ as ix };
