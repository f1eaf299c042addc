import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dumpStage, isDumping, setDumpDirectory } from "../../../xla-like/pipeline/dump.js";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "cotangent-dump-"));
});
afterEach(() => {
  setDumpDirectory(undefined);
  rmSync(dir, { recursive: true, force: true });
});

describe("dumping compilations", () => {
  test("writes nothing unless asked, and makes no texts", () => {
    let made = false;
    expect(isDumping()).toBe(false);
    dumpStage("m", 1, "simplify.hlo", () => {
      made = true;
      return "";
    });
    expect(made).toBe(false);
  });

  test("gives each compilation a folder, in order", () => {
    const target = join(dir, "new", "folder");
    setDumpDirectory(target);
    expect(isDumping()).toBe(true);
    dumpStage("jit_f", 0, "trace.jaxpr", "jaxpr of f");
    dumpStage("jit_f", 0, "lower.hlo", "hlo of f");
    dumpStage("jit_f", 2, "fuse.hlo", () => "fused f");
    dumpStage("jit_f", 0, "trace.jaxpr", "second f");
    dumpStage("jit_f", 0, "trace.jaxpr", "third f");
    dumpStage("jit g/h", 0, "trace.jaxpr", "jaxpr of g");
    expect(readdirSync(target).sort()).toEqual(["000-jit_f", "001-jit_f", "002-jit_f", "003-jit_g_h"]);
    expect(readdirSync(join(target, "000-jit_f")).sort()).toEqual(["0-lower.hlo", "0-trace.jaxpr", "2-fuse.hlo"]);
    expect(readFileSync(join(target, "000-jit_f", "2-fuse.hlo"), "utf8")).toBe("fused f");
    expect(readFileSync(join(target, "002-jit_f", "0-trace.jaxpr"), "utf8")).toBe("third f");
  });

  test("stops when told, and refuses a directory that cannot be", () => {
    setDumpDirectory(dir);
    setDumpDirectory(undefined);
    dumpStage("m", 0, "lower.hlo", "text");
    expect(readdirSync(dir)).toEqual([]);
    const file = join(dir, "file");
    writeFileSync(file, "");
    expect(() => setDumpDirectory(join(file, "below"))).toThrow(/ENOTDIR|EEXIST/);
    expect(isDumping()).toBe(false);
    expect(existsSync(join(file, "below"))).toBe(false);
  });
});
