import { arbitraries } from "cotangent/props";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeviceTensor } from "../../src/core/device-tensor.js";
import { io, tree } from "../../src/index.js";
import { temporaryDirectory } from "./files.js";

const at = temporaryDirectory();

const plain = fc.oneof(fc.string({ unit: "grapheme" }), fc.double(), fc.integer(), fc.boolean(), fc.bigInt());
/** The bits of a leaf, whatever its type. */
const bits = (x: unknown): unknown => (x instanceof DeviceTensor ? [x.dtype, x.shape, x.hostData()] : x);

describe("any tree", () => {
  it("comes back as it was, in its structure, into itself, and cut into files", async () => {
    const leaf = fc.oneof(
      arbitraries.dtype().chain((dtype) => arbitraries.tensor({ dtype })),
      plain,
    );
    await fc.assert(
      fc.asyncProperty(arbitraries.pytree(leaf), fc.nat(40), async (t, shardBytes) => {
        const [leaves, treedef] = tree.flatten(t);
        const names = treedef.leafPaths().map((path) => tree.keystr(path, { simple: true }));
        fc.pre(new Set(names).size === names.length);
        await io.save(at("t"), t);
        await io.save(at("s.safetensors"), t, { maxShardBytes: 1 + shardBytes });
        for (const loaded of [
          await io.load(at("t")),
          await io.load(at("t"), { like: t }),
          await io.load(at("s.safetensors.index.json")),
        ]) {
          expect(String(tree.structure(loaded))).toBe(String(treedef));
          expect(tree.leaves(loaded).map(bits)).toEqual(leaves.map(bits));
        }
      }),
      { numRuns: 60 },
    );
  });
});
