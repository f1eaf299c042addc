/** What tests of files share: a directory that goes away, errors of promises, files by hand. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { errors, Tensor } from "../../src/index.js";

/** A path in a directory of the test file's own. */
export function temporaryDirectory(): (name: string) => string {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "cotangent-io-"));
  });
  afterAll(() => rmSync(dir, { recursive: true }));
  return (name) => join(dir, name);
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<errors.CotangentError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof errors.CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

/** A leaf as something to compare: type, shape and bits of a tensor, the value of anything else. */
export const facts = (x: unknown): unknown => (x instanceof Tensor ? [x.dtype, x.shape, x.dataSync()] : x);

/** A safetensors file by hand. */
export function fileOf(header: string | Uint8Array, data: number | Uint8Array = 0): Buffer {
  const text = typeof header === "string" ? Buffer.from(header) : header;
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, typeof data === "number" ? Buffer.alloc(data) : data]);
}
