/** A tree on its way to files: checked and held at once, then written in pieces of bounded size. */
import type { HeldBytes } from "../../xla-like/index.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import { copy } from "../primitives/convert.js";
import { flattenInto } from "../tree/flatten.js";
import type { Sink } from "./atomic-write.js";
import { openHeader, sealHeader } from "./checksums.js";
import { fileOrder, type TensorToWrite } from "./safetensors.js";
import { recordTree } from "./tree-record.js";
import { writeArrays } from "./write-arrays.js";

/** A tensor whose bytes are held until they are written. */
export interface PlannedTensor extends TensorToWrite {
  readonly held: HeldBytes;
}

/** What will be written of a tree: `tensors` in the order they have in a file, and what its header says besides. */
export interface TreePlan {
  readonly tensors: readonly PlannedTensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Takes hold of a tensor's bytes. */
export type Taking = (x: DeviceTensor) => HeldBytes;

/** Where they are: donating the tensor has to wait for a copy. */
export const inPlace: Taking = (x) => x.usable("io.save").hold();

/**
 * Those of a copy, which the device makes after the computations it was given before this and ahead of those that come:
 * nobody waits, whatever is donated.
 */
export const copied: Taking = (x) => {
  if (x.isLiteral) return inPlace(x);
  const twin = copy(x) as DeviceTensor;
  try {
    return inPlace(twin);
  } finally {
    twin.dispose();
  }
};

/**
 * Checks a tree and takes hold of its arrays, on the spot: whatever is done with the tensors from here on, disposing of
 * them and donating them included, files get what they are now. Whoever does not write the plan must release it.
 */
export function planTree(tree: unknown, metadata: ReadonlyMap<string, string>, take: Taking = inPlace): TreePlan {
  const leaves: unknown[] = [];
  const treedef = flattenInto(tree, leaves);
  const record = recordTree(leaves, treedef, metadata);
  const tensors: PlannedTensor[] = [];
  const plan = { tensors, metadata: record.metadata };
  try {
    for (const { name, dtype, shape, byteLength, tensor } of fileOrder(record.tensors)) {
      tensors.push({ name, dtype, shape, byteLength, held: take(tensor) });
    }
  } catch (error) {
    releasePlan(plan);
    throw error;
  }
  return plan;
}

/** Gives up what a plan holds; writing it does that too. */
export function releasePlan({ tensors }: TreePlan): void {
  for (const { held } of tensors) held.release();
}

/** Writes a plan as one safetensors file, the header last: it has the checksums. */
export async function writePlan(sink: Sink, { tensors, metadata }: TreePlan): Promise<void> {
  const header = openHeader(tensors, metadata);
  const bytes = tensors.reduce((sum, t) => sum + t.byteLength, 0);
  sink.expect(header.length + bytes);
  const start = sink.take(header.length);
  let position = sink.take(bytes);
  const arrays = tensors.map(({ held, byteLength }) => {
    const array = { held, byteLength, position };
    position += byteLength;
    return array;
  });
  sealHeader(header, tensors, await writeArrays(sink, arrays));
  await sink.writeAt(header, start);
}
