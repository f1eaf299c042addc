/** Checks a whole module, whoever made it: what the builder would refuse, the verifier finds. */
import { HloError } from "./error.js";
import { calledComputations, nameOf } from "./graph.js";
import { inferShape } from "./inference/index.js";
import { type HloComputation, type HloInstruction, type HloModule, isOpcode } from "./instruction.js";
import { shapeEquals, shapeText } from "./shape.js";

interface Seen {
  readonly computations: Map<string, HloComputation>;
  readonly ids: Map<number, HloInstruction>;
  /** Computations being verified now: meeting one again means that it calls itself. */
  readonly open: Set<HloComputation>;
}

const verifyInstruction = (i: HloInstruction, c: HloComputation, earlier: ReadonlySet<HloInstruction>): void => {
  const complain = (detail: string): never => {
    throw new HloError(nameOf(i), detail);
  };
  if (!isOpcode(i.opcode)) complain(`${String(i.opcode)} is no operation`);
  if (earlier.has(i)) complain(`is listed twice in %${c.name}`);
  for (const o of i.operands)
    if (!earlier.has(o))
      complain(
        c.instructions.includes(o)
          ? `its operand ${nameOf(o)} stands after it in %${c.name}`
          : `its operand ${nameOf(o)} is not in %${c.name}`,
      );
  const inferred = inferShape(i);
  if (!shapeEquals(i.shape, inferred))
    complain(`its shape is ${shapeText(i.shape)}, but its operands and attributes give ${shapeText(inferred)}`);
  if (i.opcode === "parameter" && c.parameters[i.index] !== i)
    complain(`%${c.name} does not list it as its parameter ${i.index}`);
  if (i.opcode === "custom-call")
    for (const [key, value] of Object.entries(i.config))
      for (const n of Array.isArray(value) ? value : [value])
        if (typeof n === "number" && !Number.isFinite(n)) complain(`its option ${key} is ${n}, but must be finite`);
};

const verifyComputation = (c: HloComputation, seen: Seen): void => {
  const namesake = seen.computations.get(c.name);
  if (seen.open.has(c)) throw new HloError(`%${c.name}`, "it calls itself");
  if (namesake === c) return;
  if (namesake !== undefined) throw new HloError(`%${c.name}`, "two different computations have this name");
  seen.computations.set(c.name, c);
  seen.open.add(c);
  const earlier = new Set<HloInstruction>();
  for (const i of c.instructions) {
    const twin = seen.ids.get(i.id);
    if (twin !== undefined && twin !== i) throw new HloError(nameOf(i), `${nameOf(twin)} has the same id`);
    if (twin === i && !earlier.has(i)) throw new HloError(nameOf(i), `it is in %${c.name} and in another computation`);
    seen.ids.set(i.id, i);
    for (const callee of calledComputations(i)) verifyComputation(callee, seen);
    verifyInstruction(i, c, earlier);
    earlier.add(i);
  }
  c.parameters.forEach((p, index) => {
    if (!earlier.has(p))
      throw new HloError(nameOf(p), `it is a parameter of %${c.name}, but not among its instructions`);
    if (p.index !== index) throw new HloError(nameOf(p), `it is parameter ${index} of %${c.name}, but says ${p.index}`);
  });
  if (!earlier.has(c.root))
    throw new HloError(`%${c.name}`, `its root ${nameOf(c.root)} is not among its instructions`);
  seen.open.delete(c);
};

const verifyDonation = ({ name, entry, donation = [] }: HloModule): void => {
  const [parameters, outputs] = [new Set<number>(), new Set<number>()];
  const results = entry.root.shape.kind === "tuple" ? entry.root.shape.elements : [];
  for (const [parameter, output] of donation) {
    const complain = (detail: string): never => {
      throw new HloError(name, `donation of parameter ${parameter} to result ${output}: ${detail}`);
    };
    if (entry.parameters[parameter] === undefined) complain("there is no such parameter");
    if (results[output] === undefined) complain("there is no such result");
    const [from, to] = [entry.parameters[parameter].shape, results[output]];
    if (!shapeEquals(from, to)) complain(`${shapeText(from)} does not fit ${shapeText(to)}`);
    if (parameters.has(parameter)) complain("the parameter is donated already");
    if (outputs.has(output)) complain("the result has a buffer already");
    parameters.add(parameter);
    outputs.add(output);
  }
};

/** Throws an HloError that names the first instruction, computation or module found wrong. */
export const verify = (module: HloModule): void => {
  verifyComputation(module.entry, { computations: new Map(), ids: new Map(), open: new Set() });
  const { root } = module.entry;
  if (root.shape.kind !== "tuple")
    throw new HloError(nameOf(root), `the entry must return a tuple, not ${shapeText(root.shape)}`);
  verifyDonation(module);
};
