/** A whole computation on scalars (a reducer, a comparator) as text inlined into a loop. */
import { type DType, type HostArray, hostArray } from "../../hlo/dtype.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { elementText, isElementwise } from "../elementwise/expression.js";
import type { Run, Value } from "../host.js";
import { literalText, loadText, roundText, type Scalar, storeText } from "./element.js";
import { Bindings, functionFromText } from "./source.js";

export interface InlinedComputation {
  /** Declarations to run for each element. */
  readonly statements: string;
  /** The names of the results. */
  readonly results: readonly string[];
}

/** Prepares computations that cannot be inlined. */
export type PrepareComputation = (c: HloComputation) => Run;

const isScalar = (i: HloInstruction): boolean => i.shape.kind === "tuple" || sizeOf(i.shape.dims) === 1;

const resultsOf = (c: HloComputation): readonly HloInstruction[] =>
  c.root.opcode === "tuple" ? c.root.operands : [c.root];

/** `undefined` if some instruction is not one on scalars that has a text. */
const inline = (c: HloComputation, args: readonly string[], b: Bindings): InlinedComputation | undefined => {
  const names = new Map<number, string>();
  const statements: string[] = [];
  const nameOf = (i: HloInstruction): string => names.get(i.id) ?? "";
  for (const i of c.instructions) {
    if (!isScalar(i)) return undefined;
    switch (i.opcode) {
      case "parameter":
        names.set(i.id, args[i.index]);
        break;
      case "constant":
        names.set(i.id, literalText(i.shape.dtype, i.data, 0, b));
        break;
      case "broadcast":
      case "reshape":
      case "transpose":
      case "optimization-barrier":
        names.set(i.id, nameOf(i.operands[0]));
        break;
      case "tuple":
        if (i !== c.root) return undefined;
        break;
      default: {
        if (!isElementwise(i)) return undefined;
        const name = b.fresh("v");
        const text = elementText(i, i.operands.map(nameOf), b);
        statements.push(`const ${name} = ${roundText(i.shape.dtype, text, b)};`);
        names.set(i.id, name);
      }
    }
  }
  return { statements: statements.join("\n"), results: resultsOf(c).map(nameOf) };
};

/** Boxes scalars into arrays of one element, runs the prepared computation, and unboxes its results. */
const callThroughArrays = (c: HloComputation, run: Run): ((...args: Scalar[]) => Scalar[]) => {
  const accessors = (d: DType) => {
    const b = new Bindings();
    return {
      make: (): HostArray => hostArray(d, 1),
      store: functionFromText<(a: Value, x: Scalar) => void>("a, x", storeText(d, "a", "0", "x", b), b),
      load: functionFromText<(a: Value) => Scalar>("a", `return ${loadText(d, "a", "0", b)};`, b),
    };
  };
  const inputs = c.parameters.map((p) => accessors(p.shape.dtype));
  const { shape } = c.root;
  const outputs = (shape.kind === "array" ? [shape] : shape.elements).map((s) => accessors(s.dtype));
  return (...args) => {
    const boxed = inputs.map(({ make, store }, k) => {
      const a = make();
      store(a, args[k]);
      return a;
    });
    const value = run(boxed);
    return outputs.map(({ load }, k) => load(shape.kind === "array" ? value : (value as readonly Value[])[k]));
  };
};

/** The computation applied to the scalars named `args`; each argument must be a plain name. */
export const inlineComputation = (
  c: HloComputation,
  args: readonly string[],
  b: Bindings,
  prepare: PrepareComputation,
): InlinedComputation => {
  const inlined = inline(c, args, b);
  if (inlined !== undefined) return inlined;
  const results = b.fresh("r");
  const count = c.root.shape.kind === "tuple" ? c.root.shape.elements.length : 1;
  const call = b.own(callThroughArrays(c, prepare(c)));
  return {
    statements: `const ${results} = ${call}(${args.join(", ")});`,
    results: Array.from({ length: count }, (_, k) => `${results}[${k}]`),
  };
};
