/**
 * Dimensions of one element are no dimensions to a kernel: arithmetic goes on without them, between reshapes, so that
 * what is [128, 1, 10] here and [128, 10] there runs over one domain.
 */
import { elementwiseOpcodes, isElementwise } from "../1-simplify/facts/elementwise.js";
import { dimsOf, isNotUnit, isUnit, range, rankOf, squeezed } from "../1-simplify/facts/shapes.js";
import { rule } from "../1-simplify/rewriting/rule.js";

const elementwise = rule({
  name: "elementwise-without-units",
  match: elementwiseOpcodes,
  rewrite: (i, cx) => {
    const { dims } = i.shape;
    if (!isElementwise(i) || !dims.some(isUnit)) return undefined;
    const operands = i.operands.map((x) => (rankOf(x) === 0 ? x : cx.reshape(x, squeezed(dims))));
    return cx.reshape(cx.copy(i, operands), dims);
  },
});

const broadcast = rule({
  name: "broadcast-without-units",
  match: ["broadcast"],
  rewrite: (i, cx) => {
    const { dims } = i.shape;
    if (!dims.some(isUnit)) return undefined;
    const [x] = i.operands;
    const kept = range(dims.length).filter((d) => isNotUnit(dims[d]));
    const mapped = i.dimensions.filter((d) => isNotUnit(dims[d]));
    const narrow = cx.reshape(
      x,
      mapped.map((d) => dims[d]),
    );
    const wide =
      mapped.length === kept.length
        ? narrow
        : cx.broadcast(
            narrow,
            squeezed(dims),
            mapped.map((d) => kept.indexOf(d)),
          );
    return cx.reshape(wide, dims);
  },
});

const iota = rule({
  name: "iota-without-units",
  match: ["iota"],
  rewrite: (i, cx) => {
    const { dims, dtype } = i.shape;
    if (!dims.some(isUnit) || dims[i.dimension] === 1) return undefined;
    const before = dims.slice(0, i.dimension).filter(isNotUnit).length;
    return cx.reshape(cx.iota(dtype, squeezed(dims), before), dims);
  },
});

const reduce = rule({
  name: "reduce-without-units",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const [x, init] = i.operands;
    if (i.shape.kind !== "array" || i.operands.length !== 2) return undefined;
    const dims = dimsOf(x);
    // One element reduced is combined with the first value: that is left alone.
    if (!dims.some(isUnit) || i.dimensions.some((d) => dims[d] === 1)) return undefined;
    const kept = range(dims.length).filter((d) => isNotUnit(dims[d]));
    const [narrow] = cx.reduce(
      [cx.reshape(x, squeezed(dims))],
      [init],
      i.dimensions.map((d) => kept.indexOf(d)),
      i.computation,
    );
    return cx.reshape(narrow, i.shape.dims);
  },
});

const transpose = rule({
  name: "transpose-without-units",
  match: ["transpose"],
  rewrite: (i, cx) => {
    const [x] = i.operands;
    const dims = dimsOf(x);
    if (!dims.some(isUnit)) return undefined;
    const kept = range(dims.length).filter((d) => isNotUnit(dims[d]));
    const permutation = i.permutation.filter((d) => isNotUnit(dims[d])).map((d) => kept.indexOf(d));
    const narrow = cx.reshape(x, squeezed(dims));
    const isSame = permutation.every((d, k) => d === k);
    return cx.reshape(isSame ? narrow : cx.transpose(narrow, permutation), i.shape.dims);
  },
});

export const unitRules = [elementwise, broadcast, iota, reduce, transpose];
