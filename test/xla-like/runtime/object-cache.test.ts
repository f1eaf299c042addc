// Machine code on disk: kept, checked, bounded, and done without where the disk refuses.
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheDirectory } from "../../../xla-like/runtime/disk-cache.js";
import type { NativeJit } from "../../../xla-like/runtime/native.js";
import { ObjectCache } from "../../../xla-like/runtime/object-cache.js";

let directory: string;
let compiled: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cotangent-cache-"));
  compiled = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A compiler whose object for a text is the text. */
const compiler = (cpu = "znver5", version = "19.1.7") =>
  ({
    jitTarget: () => ({ cpu, features: "+avx2" }),
    llvmVersion: () => version,
    jitObjects: (irs: readonly string[]) => {
      compiled.push(...irs);
      return irs.map((ir) => new TextEncoder().encode(ir));
    },
  }) as unknown as NativeJit;

const texts = (objects: readonly Uint8Array[]) => objects.map((o) => new TextDecoder().decode(o));
const cache = (limit?: number) => new ObjectCache(compiler(), directory, limit);
const entry = () => join(directory, readdirSync(directory)[0]);

describe("the object cache", () => {
  test("compiles what it does not have, once for all processes", () => {
    expect(texts(cache().compile(["a", "b"]))).toEqual(["a", "b"]);
    const later = cache();
    expect(texts(later.compile(["b", "c", "a"]))).toEqual(["b", "c", "a"]);
    expect(compiled).toEqual(["a", "b", "c"]);
    expect([later.hits, later.misses]).toEqual([2, 1]);
    expect(readdirSync(directory).filter((name) => !/^[0-9a-f]{64}\.o$/.test(name))).toEqual([]);
  });

  test("keeps apart processors and compilers", () => {
    for (const jit of [compiler(), compiler("skylake"), compiler("znver5", "19.1.8")]) {
      new ObjectCache(jit, directory).compile(["a"]);
    }
    expect(compiled).toEqual(["a", "a", "a"]);
  });

  test("compiles again what is damaged, cut short or empty, and mends it", () => {
    for (const damage of [
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from("x")]),
      (bytes: Buffer) => bytes.subarray(0, 20),
      () => Buffer.alloc(0),
    ]) {
      cache().compile(["text"]);
      writeFileSync(entry(), damage(readFileSync(entry())));
      compiled = [];
      expect(texts(cache().compile(["text"]))).toEqual(["text"]);
      expect(compiled).toEqual(["text"]);
      cache().compile(["text"]);
      expect(compiled).toEqual(["text"]);
    }
  });

  test("does without a directory that cannot be made or written to", () => {
    const file = join(directory, "file");
    writeFileSync(file, "");
    expect(texts(new ObjectCache(compiler(), join(file, "below")).compile(["a"]))).toEqual(["a"]);
    chmodSync(directory, 0o500);
    expect(texts(cache().compile(["a"]))).toEqual(["a"]);
    chmodSync(directory, 0o700);
    expect(texts(new ObjectCache(compiler(), undefined).compile(["a"]))).toEqual(["a"]);
    expect(compiled).toHaveLength(3);
    if (process.platform === "linux") {
      expect(texts(new ObjectCache(compiler(), "/proc/cotangent/objects").compile(["a"]))).toEqual(["a"]);
    }
  });

  test("makes the directory, and those above it", () => {
    const below = join(directory, "one", "two");
    new ObjectCache(compiler(), below).compile(["a"]);
    new ObjectCache(compiler(), below).compile(["a", "b"]);
    expect(compiled).toEqual(["a", "b"]);
    expect(readdirSync(below)).toHaveLength(2);
  });

  test("drops what was used longest ago once it grows too large", () => {
    const text = (i: number) => String(i % 10).repeat(1000 + i);
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => text(from + i));
    cache().compile(range(0, 1));
    utimesSync(entry(), 1, 1);
    cache(10_000).compile(range(1, 21));
    const bytes = readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    expect(bytes).toBeLessThan(12_500);
    compiled = [];
    cache().compile(range(18, 21));
    expect(compiled).toEqual([]);
    cache().compile([text(0)]);
    expect(compiled).toEqual([text(0)]);
  });

  test("is where the environment says", () => {
    expect(cacheDirectory({ COTANGENT_CACHE_DIR: "/there" })).toBe("/there");
    expect(cacheDirectory({ COTANGENT_CACHE_DIR: "" })).toBeUndefined();
    expect(cacheDirectory({ XDG_CACHE_HOME: "/caches" })).toBe(join("/caches", "cotangent"));
    expect(cacheDirectory({})).toMatch(/cotangent$/);
  });
});
