/** Which instructions compute the same: a key of everything but the id. Equal keys, equal values. */
import { createHash } from "node:crypto";
import type { HostArray } from "../../hlo/dtype.js";
import { calledComputations, hasSideEffect } from "../../hlo/graph.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";
import { shapeText } from "../../hlo/shape.js";

const commutative: ReadonlySet<string> = new Set(["add", "multiply", "maximum", "minimum", "and", "or", "xor"]);

/** Instructions that are only equal to themselves. */
const isUnique = (i: HloInstruction): boolean =>
  i.opcode === "parameter" || i.opcode === "optimization-barrier" || hasSideEffect(i);

const digests = new WeakMap<HostArray, string>();
const digestOf = (data: HostArray): string => {
  const known = digests.get(data);
  if (known !== undefined) return known;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const digest = bytes.length <= 32 ? bytes.toString("base64") : createHash("sha256").update(bytes).digest("base64");
  digests.set(data, digest);
  return digest;
};

const identities = new WeakMap<object, number>();
let nextIdentity = 0;
/** A number for an object that is equal to nothing else. */
const identityOf = (x: object): number => {
  const known = identities.get(x);
  if (known !== undefined) return known;
  identities.set(x, nextIdentity);
  return nextIdentity++;
};

/** Fields that the key has in another form, or that do not matter. */
const apart: ReadonlySet<string> = new Set([
  "id", "opcode", "operands", "origin", "shape", "data", "callback", "name",
  "computation", "condition", "body", "branches", "comparator", "select", "scatter",
]); // biome-ignore format: a table

const ownTexts = new WeakMap<HloInstruction, string>();

/** Shape and attributes: what does not depend on other instructions, found once for each. */
const ownText = (i: HloInstruction): string => {
  const known = ownTexts.get(i);
  if (known !== undefined) return known;
  let text = shapeText(i.shape);
  for (const [key, value] of Object.entries(i))
    if (!apart.has(key)) text += `;${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`;
  if (i.opcode === "constant") text += `;${digestOf(i.data)}`;
  if (i.opcode === "custom-call" && i.callback !== undefined) text += `;callback=${identityOf(i.callback)}`;
  ownTexts.set(i, text);
  return text;
};

/**
 * Equal for instructions that compute the same from the same operands; undefined where an instruction must stay one of
 * its own. `nameOperand` and `nameComputation` give what stands for an operand and a computation.
 */
export const sharingKey = (
  i: HloInstruction,
  nameOperand: (x: HloInstruction) => number,
  nameComputation: (c: HloComputation) => string,
): string | undefined => {
  if (isUnique(i)) return undefined;
  const operands = i.operands.map(nameOperand);
  if (commutative.has(i.opcode)) operands.sort((p, q) => p - q);
  const called = calledComputations(i).map(nameComputation);
  return `${i.opcode}(${operands})${ownText(i)}${called.length > 0 ? `;${called}` : ""}`;
};

const computationKeys = new WeakMap<HloComputation, string>();

/** Equal for computations that compute the same, whatever the names and ids in them. */
export const computationKey = (c: HloComputation): string => {
  const known = computationKeys.get(c);
  if (known !== undefined) return known;
  const numbers = new Map(c.instructions.map((i, n) => [i, n]));
  const numberOf = (i: HloInstruction): number => numbers.get(i) ?? -1;
  const lines = c.instructions.map((i) =>
    i.opcode === "parameter"
      ? `parameter ${i.index} ${shapeText(i.shape)}`
      : (sharingKey(i, numberOf, computationKey) ?? `unique ${identityOf(i)}`),
  );
  const key = createHash("sha256")
    .update(`${lines.join("\n")}\nroot ${numberOf(c.root)}`)
    .digest("base64");
  computationKeys.set(c, key);
  return key;
};
