import { f32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import { ArgumentError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { describeType } from "../prelude/options.js";
import { flattenTensors } from "./arguments.js";
import type { Tensors } from "./types.js";

export const nameP = definePrimitive({
  name: "name",
  doc: "Its operand, with a name that checkpoint policies know it by.",
  operands: ["x"],
  params: { name: param.string },
  abstractEval: ({ x }) => Either.right(x),
  // The tangent is not what was named.
  diff: { kind: "linear", transpose: { x: (ct) => ct }, jvp: { x: (t) => t } },
  batching: "elementwise",
  lower: (_, { x }) => x,
  samples: [{ avals: { x: f32(2, 3) }, params: { name: "hidden" } }],
});

/**
 * x unchanged, named for the policies of {@link checkpoint}.
 *
 * @param x a tree of tensors
 * @throws ArgumentError CT003 if the name is no string
 * @example
 * const policy = checkpointPolicies.saveOnlyTheseNames("sine");
 * const f = checkpoint((x: Tensor) => np.cos(checkpointName(np.sin(x), "sine")), { policy });
 * grad(f)(0).item(); // 0
 */
export function checkpointName<T>(x: T, name: string): Tensors<T> {
  if (typeof name !== "string") {
    throw new ArgumentError("CT003", `checkpointName: the name must be a string, but it is ${describeType(name)}.`);
  }
  const { leaves, treedef } = flattenTensors(x, "checkpointName");
  return treedef.unflatten(leaves.map((leaf) => nameP.bind({ x: leaf }, { name }))) as Tensors<T>;
}
