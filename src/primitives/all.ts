/** Every primitive that the families export: what the property suites run over. */
import type { Primitive } from "../core/primitive.js";
import * as families from "./index.js";
import * as linalg from "./linalg.js";

const isPrimitive = (x: unknown): x is Primitive =>
  typeof x === "object" && x !== null && "samples" in x && "abstractEval" in x;

export const allPrimitives: readonly Primitive[] = [
  ...new Set([...Object.values<unknown>(families), ...Object.values<unknown>(linalg)].filter(isPrimitive)),
];
