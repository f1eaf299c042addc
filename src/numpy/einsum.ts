/** Einstein summation. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { mul } from "../primitives/arithmetic.js";
import { eq } from "../primitives/comparison.js";
import { dotGeneral } from "../primitives/dot.js";
import { zerosLike } from "../primitives/fill.js";
import { iota } from "../primitives/iota.js";
import { reduceSum } from "../primitives/reductions.js";
import { select } from "../primitives/select.js";
import { broadcastInDim, transpose } from "../primitives/shape.js";
import type { ProductOptions } from "./products.js";
import { asTensors, promoteDtypes } from "./promote.js";

/** A tensor with a label for each dimension. */
interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

const known = ["precision", "preferredElementType"];

/**
 * Sums of products by the Einstein convention: labels that the output does not have are summed over.
 *
 * @param subscripts as NumPy's: `"ij,jk->ik"`; `...` stands for dimensions without labels; without `->` the output has
 *   the labels that occur once, in alphabetical order
 * @param operands tensors, and last of all perhaps `{ precision, preferredElementType }`
 * @throws ArgumentError CT003 for subscripts that do not fit the operands, ShapeError CT103 for sizes that differ
 * @example
 * np.einsum("ij,jk->ik", np.ones([2, 3]), np.ones([3, 4])).shape; // [2, 4]
 */
export function einsum(subscripts: string, ...operands: readonly (ArrayLike | ProductOptions)[]): Tensor {
  const last = operands[operands.length - 1];
  const hasOptions = isOptions(last);
  const options: ProductOptions = hasOptions ? last : {};
  checkOptions("einsum", options, known);
  const tensors = asTensors("einsum", ...((hasOptions ? operands.slice(0, -1) : operands) as ArrayLike[]));
  const { inputs, output } = parse(subscripts, tensors);
  const { dtype } = promoteTypes(tensors);
  const preferred =
    options.preferredElementType === undefined ? dtype : asDType(options.preferredElementType, "einsum");
  let rest: Labelled[] = promoteDtypes(...tensors).map((tensor, i) =>
    diagonalize({ tensor, labels: inputs[i] }, new Set([...output, ...inputs.filter((_, k) => k !== i).flat()])),
  );
  const sizes = sizesOf(subscripts, rest);
  const order = contractionOrder(
    rest.map((x) => x.labels),
    sizes,
    output,
  );
  for (const [i, j] of order) {
    const others = rest.filter((_, k) => k !== i && k !== j);
    const kept = new Set([...output, ...others.flatMap((o) => o.labels)]);
    rest = [...others, contract(rest[i], rest[j], kept, options, preferred)];
  }
  const { tensor, labels } = sumOut(rest[0], new Set(output));
  return transpose(
    tensor,
    output.map((l) => labels.indexOf(l)),
  );
}

const isOptions = (x: unknown): x is ProductOptions =>
  typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype && !("re" in x);

const wrong = (subscripts: string, why: string): ArgumentError =>
  new ArgumentError("CT003", `einsum: the subscripts '${subscripts}' ${why}.`);

/** Labels of every dimension; those under an ellipsis are numbered from the right. */
function parse(subscripts: string, tensors: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const text = subscripts.replaceAll(/\s/g, "");
  const [left, right, more] = text.split("->");
  const terms = left.split(",");
  if (more !== undefined) throw wrong(subscripts, "have more than one '->'");
  if (terms.length !== tensors.length)
    throw wrong(subscripts, `describe ${terms.length} operands, but there are ${tensors.length}`);
  let widest = 0;
  const expand = (term: string, free: number): string[] => {
    const parts = term.split("...");
    if (parts.length > 2 || !parts.every((p) => /^[A-Za-z]*$/.test(p)))
      throw wrong(subscripts, `have a term '${term}' that is no list of letters`);
    const dots = parts.length === 2 ? range(free).map((k) => `.${free - k}`) : [];
    return [...parts[0], ...dots, ...(parts[1] ?? "")];
  };
  const inputs = terms.map((term, i) => {
    const letters = term.replace("...", "").length;
    const free = tensors[i].ndim - letters;
    if (free < 0 || (free > 0 && !term.includes("..."))) {
      throw wrong(subscripts, `give operand ${i} ${letters} labels, but it has ${tensors[i].ndim} dimensions`);
    }
    widest = Math.max(widest, term.includes("...") ? free : 0);
    return expand(term, free);
  });
  if (right !== undefined) {
    const output = expand(right, widest);
    const all = new Set(inputs.flat());
    const odd = output.find((l, i) => !all.has(l) || output.indexOf(l) !== i);
    if (odd !== undefined) throw wrong(subscripts, `have the output label '${odd}' twice, or no operand has it`);
    return { inputs, output };
  }
  const letters = inputs.flat().filter((l) => !l.startsWith("."));
  const once = letters.filter((l) => letters.indexOf(l) === letters.lastIndexOf(l)).sort();
  return { inputs, output: [...expand("...", widest), ...once] };
}

/** The size of each label; sizes of 1 repeat. */
function sizesOf(subscripts: string, operands: readonly Labelled[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { tensor, labels } of operands) {
    labels.forEach((l, d) => {
      const n = tensor.shape[d];
      const before = sizes.get(l);
      if (before !== undefined && before !== n && before !== 1 && n !== 1) {
        throw new ShapeError(
          "CT103",
          `einsum: label '${l}' of '${subscripts}' has size ${before} in one operand and ${n} in another.`,
        );
      }
      if (before === undefined || before === 1) sizes.set(l, n);
    });
  }
  return sizes;
}

/**
 * Of dimensions with one label only the diagonal is left. Where the label is wanted later they become one dimension, else
 * they are summed over together.
 */
function diagonalize({ tensor, labels }: Labelled, wanted: ReadonlySet<string>): Labelled {
  const twice = labels.findIndex((l, d) => labels.indexOf(l) < d);
  if (twice < 0) return { tensor, labels };
  const label = labels[twice];
  const first = labels.indexOf(label);
  const onDiagonal = eq(iota("uint32", tensor.shape, first), iota("uint32", tensor.shape, twice));
  const masked = select(onDiagonal, tensor, zerosLike(tensor.aval));
  const rest = wanted.has(label)
    ? { tensor: reduceSum(masked, [twice]), labels: labels.filter((_, d) => d !== twice) }
    : { tensor: masked, labels: labels.map((l, d) => (d === twice ? `${l}${d}` : l)) };
  return diagonalize(rest, wanted);
}

function sumOut({ tensor, labels }: Labelled, kept: ReadonlySet<string>): Labelled {
  const gone = range(labels.length).filter((d) => !kept.has(labels[d]));
  return gone.length === 0
    ? { tensor, labels }
    : { tensor: reduceSum(tensor, gone), labels: labels.filter((l) => kept.has(l)) };
}

/** The pair whose contraction leaves the least, given what is needed later. */
function cheapestPair(
  terms: readonly (readonly string[])[],
  sizes: ReadonlyMap<string, number>,
  output: readonly string[],
): [number, number] {
  if (terms.length === 2) return [0, 1];
  const volume = (labels: Iterable<string>): number => [...labels].reduce((n, l) => n * (sizes.get(l) ?? 1), 1);
  let best: [number, number] = [0, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < terms.length; i++) {
    for (let j = i + 1; j < terms.length; j++) {
      const others = new Set([...output, ...terms.flatMap((t, k) => (k === i || k === j ? [] : t))]);
      const union = new Set([...terms[i], ...terms[j]]);
      const left = volume([...union].filter((l) => others.has(l)));
      const cost = left - volume(terms[i]) - volume(terms[j]);
      if (cost < least) [least, best] = [cost, [i, j]];
    }
  }
  return best;
}

/** Which two terms are contracted, step by step: what they become stands behind the others. */
function contractionOrder(
  inputs: readonly (readonly string[])[],
  sizes: ReadonlyMap<string, number>,
  output: readonly string[],
): [number, number][] {
  const order: [number, number][] = [];
  let terms = inputs;
  while (terms.length > 1) {
    const [i, j] = cheapestPair(terms, sizes, output);
    order.push([i, j]);
    const others = terms.filter((_, k) => k !== i && k !== j);
    const kept = new Set([...output, ...others.flat()]);
    const union = new Set([...terms[i], ...terms[j]]);
    terms = [...others, [...union].filter((l) => kept.has(l))];
  }
  return order;
}

/**
 * The order in which einsum contracts its operands: pairs of places in the list of operands, whose product goes to its
 * end; and the same in words.
 * @example
 * np.einsumPath("ij,jk,kl->il", np.ones([9, 2]), np.ones([2, 9]), np.ones([9, 2]))[0]; // [[1, 2], [0, 1]]
 */
export function einsumPath(
  subscripts: string,
  ...operands: readonly ArrayLike[]
): [path: [number, number][], description: string] {
  const tensors = asTensors("einsumPath", ...operands);
  const { inputs, output } = parse(subscripts, tensors);
  const sizes = sizesOf(
    subscripts,
    tensors.map((tensor, i) => ({ tensor, labels: inputs[i] })),
  );
  const path = contractionOrder(inputs, sizes, output);
  const lines = path.map(([i, j], step) => `${step + 1}. contract ${i} and ${j}`);
  return [path, [`einsum: ${subscripts}`, ...lines].join("\n")];
}

function contract(
  x: Labelled,
  y: Labelled,
  kept: ReadonlySet<string>,
  options: ProductOptions,
  preferred: DType,
): Labelled {
  // What only one operand has and nobody needs is summed before the product.
  const a = sumOut(x, new Set([...kept, ...y.labels]));
  const b = sumOut(y, new Set([...kept, ...x.labels]));
  // A size of 1 against another broadcasts, which a contraction does not do.
  const [p, q] = alignOnes(a, b);
  const shared = p.labels.filter((l) => q.labels.includes(l));
  const batch = shared.filter((l) => kept.has(l));
  const contracted = shared.filter((l) => !kept.has(l));
  const labels = [
    ...batch,
    ...p.labels.filter((l) => !shared.includes(l)),
    ...q.labels.filter((l) => !shared.includes(l)),
  ];
  const at = (z: Labelled, ls: readonly string[]): number[] => ls.map((l) => z.labels.indexOf(l));
  if (shared.length === p.labels.length && shared.length === q.labels.length && contracted.length === 0) {
    return { tensor: mul(p.tensor, transpose(q.tensor, at(q, p.labels))), labels: p.labels };
  }
  const tensor = dotGeneral(
    p.tensor,
    q.tensor,
    [
      [at(p, contracted), at(q, contracted)],
      [at(p, batch), at(q, batch)],
    ],
    { precision: options.precision, preferredElementType: preferred },
  );
  return { tensor, labels };
}

function alignOnes(a: Labelled, b: Labelled): [Labelled, Labelled] {
  const widen = (x: Labelled, y: Labelled): Labelled => {
    const shape = x.labels.map((l, d) => {
      const e = y.labels.indexOf(l);
      return x.tensor.shape[d] === 1 && e >= 0 ? y.tensor.shape[e] : x.tensor.shape[d];
    });
    return { tensor: broadcastInDim(x.tensor, shape, range(shape.length)), labels: x.labels };
  };
  return [widen(a, b), widen(b, a)];
}
