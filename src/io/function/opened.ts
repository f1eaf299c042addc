/** A file with a function in it, opened. */
import type { Device } from "../../core/devices.js";
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { fetchTensors } from "../fetch.js";
import { closeSource, openSource, type StoredTensor } from "../source.js";
import type { ConstantType } from "./check.js";

export interface Opened {
  /** For messages: `io.loadFunction: 'model.safetensors'`. */
  readonly where: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly constant: ConstantType;
  read(names: readonly string[], device: Device | undefined): Promise<ReadonlyMap<string, Tensor>>;
  close(): Promise<void>;
}

export async function openPath(path: string, action: string): Promise<Opened> {
  const source = await openSource(path, action);
  const stored = (name: string): StoredTensor | undefined => {
    const leaf = source.leaves.get(name);
    return leaf?.kind === "tensor" ? leaf : undefined;
  };
  return {
    where: `${action}: '${path}'`,
    metadata: source.metadata,
    constant: (name) => {
      const t = stored(name);
      return t?.dtype === undefined ? undefined : { dtype: t.dtype as DType, shape: t.shape };
    },
    async read(names, device) {
      const wanted = names.map((name) => stored(name) as StoredTensor);
      const tensors = await fetchTensors(source, wanted, { device, checksums: true }, action);
      return new Map(wanted.map((t) => [t.name, tensors.get(t) as Tensor]));
    },
    close: () => closeSource(source),
  };
}
