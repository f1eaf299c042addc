import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDirectory, makeDirectorySync } from "../../src/io/directories.js";

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "cotangent-directories-"));
});
afterAll(() => rmSync(base, { recursive: true }));

describe.each([
  ["makeDirectory", makeDirectory],
  ["makeDirectorySync", async (path: string) => makeDirectorySync(path, "test")],
] as const)("%s", (name, make) => {
  it("makes those above as well, and what is there already", async () => {
    const path = join(base, name, "a", "b");
    await make(path);
    await make(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it("says where none can be made", async () => {
    writeFileSync(join(base, `${name}-file`), "");
    await expect(make(join(base, `${name}-file`, "a", "b"))).rejects.toThrow("ENOTDIR");
    // A directory in which the system lets nobody make any.
    if (existsSync("/proc/self")) await expect(make("/proc/cotangent/a")).rejects.toThrow("ENOENT");
  });
});
