// Instructions that stay outside of fusions, each put into a computation of its own, so that who watches fusions sees them.
import type { ArrayShape, HloComputation, HloInstruction, HloModule, Instr } from "../../../../xla-like/index.js";

const watched: ReadonlySet<string> = new Set<HloInstruction["opcode"]>([
  "sort", "top-k", "reduce-window", "reduce", "select-and-scatter", "scatter",
]); // biome-ignore format: a table

export interface Wrapped {
  readonly module: HloModule;
  /** What each computation is made around; its operands are the parameters. */
  readonly inside: ReadonlyMap<HloComputation, HloInstruction>;
}

const arrayOf = ({ shape }: HloInstruction): ArrayShape => {
  if (shape.kind === "array") return shape;
  throw new TypeError("instructions outside of fusions take arrays");
};

/** The same program with a fusion around each such instruction. */
export function wrapBare(m: HloModule): Wrapped {
  const inside = new Map<HloComputation, HloInstruction>();
  const known = new Map<HloComputation, HloComputation>();
  // No program has as many instructions.
  let id = 2 ** 40;

  const alone = (i: HloInstruction): HloComputation => {
    const parameters = i.operands.map(
      (x, index): Instr<"parameter"> => ({ opcode: "parameter", id: id++, operands: [], shape: arrayOf(x), index }),
    );
    const only = { ...i, operands: parameters } as HloInstruction;
    const elements = i.shape.kind === "array" ? [i.shape] : i.shape.elements;
    const results: readonly HloInstruction[] =
      i.shape.kind === "array"
        ? [only]
        : elements.map((shape, index) => ({ opcode: "get-tuple-element", id: id++, operands: [only], shape, index }));
    const root: HloInstruction = { opcode: "tuple", id: id++, operands: results, shape: { kind: "tuple", elements } };
    const instructions = [...new Set<HloInstruction>([...parameters, only, ...results, root])];
    const c: HloComputation = { name: `alone.${id}`, parameters, instructions, root };
    inside.set(c, only);
    return c;
  };

  const visit = (c: HloComputation): HloComputation => {
    const before = known.get(c);
    if (before !== undefined) return before;
    const now = new Map<HloInstruction, HloInstruction>();
    const instructions: HloInstruction[] = [];
    const put = (i: HloInstruction): HloInstruction => {
      instructions.push(i);
      return i;
    };
    for (const i of c.instructions) {
      const operands = i.operands.map((x) => now.get(x) ?? x);
      if (watched.has(i.opcode)) {
        const computation = alone(i);
        const shape = { kind: "tuple", elements: i.shape.kind === "array" ? [i.shape] : i.shape.elements } as const;
        const fusion = { opcode: "fusion", operands, shape, kind: "loop", computation } as const;
        if (i.shape.kind === "tuple") now.set(i, put({ ...fusion, id: i.id }));
        else {
          const all = put({ ...fusion, id: id++ });
          now.set(i, put({ opcode: "get-tuple-element", id: i.id, operands: [all], shape: i.shape, index: 0 }));
        }
      } else now.set(i, put(called({ ...i, operands } as HloInstruction)));
    }
    const made: HloComputation = {
      name: c.name,
      parameters: c.parameters.map((p) => now.get(p) as Instr<"parameter">),
      instructions,
      root: now.get(c.root) ?? c.root,
    };
    known.set(c, made);
    return made;
  };

  /** Control flow with its computations wrapped. */
  const called = (i: HloInstruction): HloInstruction => {
    if (i.opcode === "while") return { ...i, condition: visit(i.condition), body: visit(i.body) };
    if (i.opcode === "conditional") return { ...i, branches: i.branches.map(visit) };
    return i;
  };
  return { module: { ...m, entry: visit(m.entry) }, inside };
}
