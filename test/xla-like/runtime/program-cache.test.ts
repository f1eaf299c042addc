// Whole programs on disk: found again by a later client, never for another text, and mended when damaged.
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { arrayShape } from "../../../xla-like/hlo/shape.js";
import { HloBuilder, type HloInstruction, type HloModule } from "../../../xla-like/index.js";
import { compileForCpu } from "../../../xla-like/pipeline/index.js";
import { loadJit } from "../../../xla-like/runtime/native.js";
import { ObjectCache, targetKey } from "../../../xla-like/runtime/object-cache.js";
import { hashOfCompiler, ProgramCache } from "../../../xla-like/runtime/program-cache.js";

const native = loadJit();
let directory: string;
let compiled: HloModule[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cotangent-programs-"));
  compiled = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** x + 1 + 2 + …, in many instructions, and a constant too large to be written in a kernel. */
function longSum(terms: number, size = 8): HloModule {
  const b = new HloBuilder("sum");
  let x: HloInstruction = b.parameter(arrayShape("float32", [size]));
  for (let k = 0; k < terms; k++) x = b.binary("add", b.unary("sine", x), b.fill(k, "float32", [size]));
  const table = b.constant(
    "float32",
    [size],
    Float32Array.from({ length: size }, (_, k) => k * 0.37),
  );
  return b.module("sum", [b.binary("multiply", x, table)]);
}

describe.skipIf(!native.ok)("the program cache", () => {
  const cache = (): ProgramCache => {
    if (!native.ok) throw new Error(native.reason);
    const options = { target: { fma: true, vectorBits: 256 as const }, hasRoutine: () => true };
    const objects = new ObjectCache(native.jit, directory);
    return new ProgramCache(targetKey(native.jit), directory, (module) => {
      compiled.push(module);
      const { symbols, plan, callbacks, llvm } = compileForCpu(module, options);
      const texts = typeof llvm === "string" ? [llvm] : llvm;
      return { symbols, plan, callbacks, objects: objects.compile(texts), texts: { llvm: () => texts.join("\n") } };
    });
  };
  const entries = (): string[] => readdirSync(directory).filter((name) => name.endsWith(".program"));

  test("gives the same program again", () => {
    const made = cache().compile(longSum(100));
    const later = cache();
    const found = later.compile(longSum(100));
    expect([later.hits, compiled.length, entries().length]).toEqual([1, 1, 1]);
    expect(found.plan).toEqual({ ...made.plan, constants: expect.anything() });
    expect(Buffer.from(found.plan.constants)).toEqual(Buffer.from(made.plan.constants));
    expect(found.objects.map((o) => Buffer.from(o))).toEqual(made.objects.map((o) => Buffer.from(o)));
    expect([found.symbols, found.texts.llvm()]).toEqual([made.symbols, made.texts.llvm()]);
  });

  test("keeps programs apart", () => {
    cache().compile(longSum(100));
    cache().compile(longSum(101));
    cache().compile(longSum(100, 9));
    expect([compiled.length, entries().length]).toEqual([3, 3]);
  });

  test("compiles small programs sooner than it looks for them", () => {
    cache().compile(longSum(3));
    expect([compiled.length, entries().length]).toEqual([1, 0]);
  });

  test("compiles again what is damaged", () => {
    cache().compile(longSum(100));
    const path = join(directory, entries()[0]);
    const bytes = readFileSync(path);
    bytes[bytes.length - 7] ^= 1;
    writeFileSync(path, bytes);
    cache().compile(longSum(100));
    expect(compiled).toHaveLength(2);
    expect(cache().compile(longSum(100)).symbols.length).toBeGreaterThan(0);
    expect(compiled).toHaveLength(2);
  });

  test("does not keep programs that call the host", () => {
    const b = new HloBuilder("calls");
    let x: HloInstruction = b.parameter(arrayShape("float32", [2]));
    for (let k = 0; k < 250; k++) x = b.unary("sine", x);
    const [y] = b.customCall("callback", [x], [arrayShape("float32", [2])], { callback: (v) => [v] });
    cache().compile(b.module("calls", [y]));
    expect(entries()).toEqual([]);
  });
});

test("a compiler that changed after it was loaded has no hash, for its programs may be those of the former text", () => {
  const write = (name: string, text: string, seconds: number): void => {
    writeFileSync(join(directory, name), text);
    utimesSync(join(directory, name), seconds, seconds);
  };
  write("a.ts", "1", 1000);
  write("b.ts", "2", 2000);
  const before = hashOfCompiler(directory, 2_000_001);
  expect(before).toBeDefined();
  expect(hashOfCompiler(directory, 1_999_999)).toBeUndefined();
  write("b.ts", "3", 3000);
  expect(hashOfCompiler(directory, 2_000_001)).toBeUndefined();
  expect(hashOfCompiler(directory, 3_000_001)).not.toEqual(before);
});
