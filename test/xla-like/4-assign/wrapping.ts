/** The simplest fusion: every operation in a fusion of its own. Assignment is tested on it and on real fusions alike. */
import {
  computationsOf,
  type FusionKind,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  type Instr,
  nextIdOf,
  tupleShape,
} from "../../../xla-like/hlo/index.js";

const whole: ReadonlySet<string> = new Set([
  "parameter", "constant", "tuple", "get-tuple-element", "reshape", "while", "conditional", "custom-call", "sort",
  "top-k", "optimization-barrier", "call", "reduce-window", "fusion",
]); // biome-ignore format: a table

const kindOf = (i: HloInstruction): FusionKind => {
  if (i.opcode === "dot" || i.opcode === "convolution") return i.opcode;
  return i.opcode === "dynamic-update-slice" || i.opcode === "scatter" ? "update" : "loop";
};

export const wrapEach = (module: HloModule): HloModule => {
  let id = nextIdOf(module);
  const names = new Set(computationsOf(module).map((c) => c.name));
  const known = new Map<HloComputation, HloComputation>();

  const bodyOf = (i: HloInstruction): HloComputation => {
    let name = `fused.${i.id}`;
    while (names.has(name)) name += "'";
    names.add(name);
    const parameters = i.operands.map((o, index): Instr<"parameter"> => {
      if (o.shape.kind === "tuple") throw new Error("an operation on a tuple is not wrapped");
      return { opcode: "parameter", id: id++, operands: [], shape: o.shape, index };
    });
    const inner = { ...i, id: id++, operands: parameters } as HloInstruction;
    const instructions: HloInstruction[] = [...parameters, inner];
    const shapes = inner.shape.kind === "array" ? [inner.shape] : inner.shape.elements;
    const results =
      inner.shape.kind === "array" ? [inner] : shapes.map((shape, index) => elementOf(inner, shape, index));
    if (inner.shape.kind === "tuple") instructions.push(...results);
    const root: HloInstruction = { opcode: "tuple", id: id++, operands: results, shape: tupleShape(shapes) };
    return { name, parameters, instructions: [...instructions, root], root };
  };
  const elementOf = (
    tuple: HloInstruction,
    shape: Instr<"get-tuple-element">["shape"],
    index: number,
  ): HloInstruction => ({ opcode: "get-tuple-element", id: id++, operands: [tuple], shape, index });

  const wrapped = (c: HloComputation): HloComputation => {
    const before = known.get(c);
    if (before !== undefined) return before;
    const made = new Map<HloInstruction, HloInstruction>();
    const list: HloInstruction[] = [];
    for (const i of c.instructions) {
      const operands = i.operands.map((o) => made.get(o) ?? o);
      let now = (operands.length === 0 ? i : { ...i, operands }) as HloInstruction;
      if (now.opcode === "while") now = { ...now, condition: wrapped(now.condition), body: wrapped(now.body) };
      else if (now.opcode === "conditional") now = { ...now, branches: now.branches.map(wrapped) };
      else if (!whole.has(now.opcode)) {
        const shapes = now.shape.kind === "array" ? [now.shape] : now.shape.elements;
        const fusion: HloInstruction = {
          opcode: "fusion",
          id: id++,
          operands,
          shape: tupleShape(shapes),
          kind: kindOf(now),
          computation: bodyOf(now),
        };
        list.push(fusion);
        now = now.shape.kind === "array" ? elementOf(fusion, now.shape, 0) : fusion;
      }
      if (now !== list.at(-1)) list.push(now);
      made.set(i, now);
    }
    const parameters = c.parameters.map((p) => made.get(p) as Instr<"parameter">);
    const computation = { name: c.name, parameters, instructions: list, root: made.get(c.root) ?? c.root };
    known.set(c, computation);
    return computation;
  };
  return { ...module, entry: wrapped(module.entry) };
};
