/** The leaves of any file that this library reads, one at a time. */
import type { HostArray } from "../../../xla-like/index.js";
import type { DeviceTensor } from "../../core/device-tensor.js";
import type { DType } from "../../core/dtype.js";
import { Tensor } from "../../core/tensor.js";
import { open } from "../checkpoint-file.js";
import { loadNpz } from "../npz.js";
import { loadNpy } from "../numpy-file.js";
import type { Plain } from "../tree-record.js";

/** Reads to host memory, whatever devices there are. */
const device = "reference:0";

export interface Elements {
  readonly dtype: DType;
  readonly data: HostArray;
}

export interface FileLeaf {
  readonly name: string;
  /** `float32[2,3]`, or what kind of value it is. */
  readonly kind: string;
  readonly byteLength: number;
  /** Undefined for element types that tensors do not have. */
  read(): Promise<Elements | Plain | undefined>;
}

export interface OpenLeaves {
  readonly leaves: readonly FileLeaf[];
  readonly metadata: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Opens a file by the ending of its name: `.npy`, `.npz`, and otherwise safetensors or an index. */
export async function openLeaves(path: string): Promise<OpenLeaves> {
  if (path.endsWith(".npy")) return inMemory({ array: await loadNpy(path, { device }) });
  if (path.endsWith(".npz")) return inMemory(await loadNpz(path, { device }));
  const file = await open(path);
  const leaves = file.names.map((name): FileLeaf => {
    const { dtype, shape, byteLength } = file.info(name);
    const read = async (): Promise<Elements | Plain | undefined> => {
      if (shape !== undefined && dtype === undefined) return undefined;
      const leaf = await file.read(name, { device });
      return leaf instanceof Tensor ? elementsOf(leaf) : leaf;
    };
    return { name, kind: shape === undefined ? "value" : `${dtype ?? "other"}[${shape}]`, byteLength, read };
  });
  return { leaves, metadata: file.metadata, close: () => file.close() };
}

function inMemory(tensors: Readonly<Record<string, Tensor>>): OpenLeaves {
  const leaves = Object.entries(tensors).map(([name, x]): FileLeaf => {
    const { data, dtype } = elementsOf(x);
    return {
      name,
      kind: `${dtype}[${x.shape}]`,
      byteLength: data.byteLength,
      read: async () => ({ data, dtype }),
    };
  });
  return { leaves, metadata: {}, close: async () => {} };
}

const elementsOf = (x: Tensor): Elements => ({ dtype: x.dtype, data: (x as DeviceTensor).hostData() });

export const isElements = (x: unknown): x is Elements => typeof x === "object" && x !== null && "data" in x;

/** Text of a file on a terminal: no control characters. */
export const shown = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Lines of cells under one another; the first column to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((w, row) => row.map((cell, i) => Math.max(w[i] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}

/** Whole numbers as they are, others with six digits that count. */
export const numberText = (x: number): string =>
  Number.isSafeInteger(x) || !Number.isFinite(x) ? String(x) : Number(x.toPrecision(6)).toString();
