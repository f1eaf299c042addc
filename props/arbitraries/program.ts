import * as fc from "fast-check";
import type { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import { checkOptions } from "../../src/prelude/options.js";
import { mul } from "../../src/primitives/arithmetic.js";
import { checkBounds } from "./options.js";
import { operations, type StaticValue, type Step } from "./program-operations.js";
import { shape } from "./shape.js";
import { tensor, tensorText } from "./tensor.js";

/** A random program: a function of tensors and arguments to call it with. */
export interface Program {
  readonly f: (...args: Tensor[]) => Tensor;
  readonly args: readonly Tensor[];
  /** The program as source text. */
  toString(): string;
}

/** The options of {@link program}. */
export interface ProgramOptions {
  /** The most operations; 8 by default. */
  readonly maxSteps?: number;
  /** The most arguments; 3 by default. */
  readonly maxArgs?: number;
}

/**
 * Well-typed programs over one to three float32 tensors: arithmetic with broadcasting, reductions, products, reshapes,
 * slices, loops, branches and transforms, smooth where their arguments lie and bounded, so that any two ways to run or
 * differentiate them can be compared. Prints as source text; shrinks to short programs of simple operations on small
 * tensors.
 *
 * @example
 * fc.assert(fc.property(arbitraries.program(), ({ f, args }) => checkJit(f, args)));
 */
export function program(options: ProgramOptions = {}): fc.Arbitrary<Program> {
  checkOptions("arbitraries.program", options, ["maxSteps", "maxArgs"]);
  const { maxSteps = 8, maxArgs = 3 } = options;
  checkBounds("arbitraries.program", ["1", "maxSteps"], 1, maxSteps);
  checkBounds("arbitraries.program", ["1", "maxArgs"], 1, maxArgs);
  const arg = tensor({ shape: shape({ maxRank: 3, maxSide: 4 }), min: -2, max: 2 });
  // Mostly the latest value, so that little of a program is for nothing.
  const operand = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) });
  const gene = fc.record({
    operation: fc.nat({ max: operations.length - 1 }),
    x: operand,
    y: fc.nat({ max: 5 }),
    choice: fc.nat({ max: 7 }),
  });
  return fc
    .tuple(
      fc.array(arg, { minLength: 1, maxLength: maxArgs, size: "max" }),
      fc.array(fc.noBias(gene), { minLength: 1, maxLength: maxSteps, size: "max" }),
    )
    .map(([args, genes]) => decode(args, genes));
}

/** A choice of operation and operands. Any list of choices means a program, so that any part of one does too. */
interface Gene {
  readonly operation: number;
  /** Operands are counted backwards from the latest value, among those that fit. */
  readonly x: number;
  readonly y: number;
  readonly choice: number;
}

interface Line extends Step {
  readonly x: number;
  readonly y: number;
}

/** Values beyond this are scaled down: what grows without bound has no digits left to compare. */
const maxBound = 4;

function decode(args: readonly Tensor[], genes: readonly Gene[]): Program {
  const values: StaticValue[] = args.map((x) => ({ shape: x.shape, bound: 2 }));
  const lines: Line[] = [];
  for (const gene of genes) {
    const line = lineOf(values, gene);
    lines.push(line);
    values.push(line);
  }
  const names = values.map((_, i) => (i < args.length ? `x${i}` : `v${i - args.length}`));
  const f = (...inputs: Tensor[]): Tensor => {
    const computed = [...inputs];
    for (const { x, y, run } of lines) computed.push(run(computed[x], computed[y]));
    return computed[computed.length - 1];
  };
  const source = (): string => {
    const inputs = args.map((x, i) => `${names[i]} = ${tensorText(x)}`);
    const body = lines.map(
      ({ text, x, y, shape }, i) =>
        `  ${names[args.length + i]} = ${text.replaceAll(/\b[xy]\b/g, (v) => names[v === "x" ? x : y])}  // [${shape.join(", ")}]`,
    );
    return ["program", ...inputs.map((line) => `  ${line}`), ...body].join("\n");
  };
  return { f, args, toString: source, [fc.toStringMethod]: source } as Program;
}

/** The operation chosen, or the next one that applies; elementwise ones always do. */
function lineOf(values: readonly StaticValue[], gene: Gene): Line {
  const x = values.length - 1 - (gene.x % values.length);
  const partners = range(values.length).filter((i) => broadcasts(values[x].shape, values[i].shape));
  const y = partners[partners.length - 1 - (gene.y % partners.length)];
  for (let k = 0; ; k++) {
    const apply = operations[(gene.operation + k) % operations.length];
    const step = apply(values[x], values[y], gene.choice);
    if (step) return { ...tamed(step), x, y };
  }
}

const broadcasts = (a: readonly number[], b: readonly number[]): boolean =>
  range(Math.min(a.length, b.length)).every((d) => {
    const [m, n] = [a[a.length - 1 - d], b[b.length - 1 - d]];
    return m === n || m === 1 || n === 1;
  });

function tamed(step: Step): Step {
  if (step.bound <= maxBound) return step;
  const scale = 2 ** -Math.ceil(Math.log2(step.bound / 2));
  return {
    ...step,
    bound: step.bound * scale,
    text: `mul(${step.text}, ${scale})`,
    run: (x, y) => mul(step.run(x, y), scale),
  };
}
