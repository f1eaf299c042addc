import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { replaceFile } from "../../src/io/atomic-write.js";
import { ownerName, ownerState } from "../../src/io/owner.js";

/** Every operation on files, and what becomes of it: the system's own, a failure, or no return, as in a crash. */
const disk = vi.hoisted(() => ({
  done: [] as string[],
  fate: (_number: number): "ok" | "fail" | "crash" => "ok",
  crashed: (): void => {},
  files: [] as FileHandle[],
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const run = async (name: string, operation: () => Promise<unknown>): Promise<unknown> => {
    const fate = disk.fate(disk.done.push(name) - 1);
    if (fate === "ok") return operation();
    if (fate === "fail") throw Object.assign(new Error(`EIO: i/o error, ${name}`), { code: "EIO" });
    disk.crashed();
    return new Promise(() => {});
  };
  const watched = (file: FileHandle, what: string): FileHandle => {
    disk.files.push(file);
    return new Proxy(file, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        const call = value as (...args: unknown[]) => Promise<unknown>;
        // A failure to close closes all the same.
        return (...args: unknown[]) =>
          run(`${String(key)} ${what}`, () => call.apply(target, args)).catch(async (error: unknown) => {
            if (key === "close") await target.close();
            throw error;
          });
      },
    });
  };
  return {
    ...real,
    open: (path: string, flags: string) => {
      const what = flags === "r" ? "directory" : "file";
      return run(`open ${what}`, async () => watched(await real.open(path, flags), what));
    },
    readdir: (path: string) => run("list", () => real.readdir(path)),
    rename: (from: string, to: string) => run("rename", () => real.rename(from, to)),
    link: (from: string, to: string) => run("link", () => real.link(from, to)),
    rm: (path: string, options: object) => run("remove", () => real.rm(path, options)),
    unlink: (path: string) => run("remove", () => real.unlink(path)),
  };
});

// Native writes do not pass here.
vi.mock("../../xla-like/index.js", async (importOriginal) => ({
  ...(await importOriginal<typeof import("../../xla-like/index.js")>()),
  nativeFiles: () => undefined,
}));

let base: string;
let dir: string;
let path: string;
let count = 0;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "cotangent-atomic-"));
});
beforeEach(() => {
  dir = join(base, String(count++));
  path = join(dir, "file");
  mkdirSync(dir);
  disk.done.length = 0;
  disk.fate = () => "ok";
});
afterAll(() => rmSync(base, { recursive: true }));

const [before, after] = [new Uint8Array(1000).fill(1), new Uint8Array(20 << 20).fill(2)];
const replace = (overwrite = true) =>
  replaceFile(path, { overwrite }, async (sink) => {
    sink.expect(after.length);
    const half = after.length >> 1;
    await Promise.all([sink.write(after.subarray(0, half)), sink.write(after.subarray(half))]);
  })();
const isOneOf = (bytes: Uint8Array): boolean =>
  [before, after].some((b) => b.length === bytes.length && Buffer.compare(b, bytes) === 0);

/** The operations of an undisturbed replacement. */
async function operations(overwrite: boolean): Promise<string[]> {
  if (overwrite) writeFileSync(path, before);
  expect((await replace(overwrite))._tag).toBe("Right");
  expect(Buffer.compare(readFileSync(path), after)).toBe(0);
  rmSync(path);
  return disk.done.splice(0);
}

describe("a file that is replaced", () => {
  it("is on disk before it is in its place, and the directory is after that", async () => {
    const names = await operations(true);
    const writes = names.filter((n) => n === "write file").length;
    expect(writes).toBeGreaterThan(2);
    expect(names.filter((n) => n !== "write file")).toEqual(
      ["list", "open file", "sync file", "close file", "rename"].concat(
        ["open", "sync", "close"].map((n) => `${n} directory`),
      ),
    );
    expect(names.lastIndexOf("write file")).toBeLessThan(names.indexOf("sync file"));
  });

  it.each([true, false])(
    "is the old one or the new one after a crash at any operation (overwrite: %s)",
    async (over) => {
      const names = await operations(over);
      for (let at = 0; at < names.length; at++) {
        if (over) writeFileSync(path, before);
        disk.done.length = 0;
        disk.fate = (number) => (number < at ? "ok" : "crash");
        await new Promise<void>((resolve) => {
          disk.crashed = resolve;
          void replace(over);
        });
        // Two pieces are written at once: the other one may still be on its way.
        const left = readdirSync(dir).filter((name) => name !== "file");
        for (const name of left) expect(name).toMatch(/^\.file\..*\.tmp$/);
        if (over || readdirSync(dir).includes("file")) expect(isOneOf(readFileSync(path)), names[at]).toBe(true);
        for (const name of readdirSync(dir)) rmSync(join(dir, name));
      }
    },
  );

  it.each([true, false])("is the old one or the new one where any operation fails (overwrite: %s)", async (over) => {
    const names = await operations(over);
    for (let at = 0; at < names.length; at++) {
      if (over) writeFileSync(path, before);
      disk.done.length = 0;
      disk.fate = (number) => (number === at ? "fail" : "ok");
      const result = await replace(over);
      expect(result._tag, names[at]).toBe("Left");
      const { code, message } = (result as { left: { code: string; message: string } }).left;
      expect(code).toBe("CT700");
      expect(message).toContain("EIO");
      const replaced = readdirSync(dir).includes("file") && readFileSync(path).length === after.length;
      expect(message.includes("is written, but"), names[at]).toBe(replaced);
      if (over || replaced) expect(isOneOf(readFileSync(path))).toBe(true);
      // A link is a second name: the first one stays if it cannot be removed.
      const left = readdirSync(dir).filter((n) => n !== "file");
      expect(left).toHaveLength(names[at] === "remove" && !over ? 1 : 0);
      for (const name of readdirSync(dir)) rmSync(join(dir, name));
    }
  });

  it("rids its directory of what crashed processes left, and of nothing else", async () => {
    const own = ownerName();
    const gone = own.replace(/^\d+/, String(2 ** 22 + 1));
    const elsewhere = own.replace(/-[0-9a-f]{8}-/, "-ffffffff-");
    const names = [
      `.file.${gone}.tmp`,
      `.other.${gone}.tmp`,
      `.file.${own}.tmp`,
      `.file.${elsewhere}.tmp`,
      ".file.tmp",
    ];
    for (const name of names) writeFileSync(join(dir, name), "");
    await replace();
    expect(readdirSync(dir).sort()).toEqual([...names.slice(1), "file"].sort());
  });
});

it("processes are told apart by number, start and machine", () => {
  const own = ownerName();
  expect(ownerName()).not.toBe(own);
  expect(ownerState(own)).toBe("alive");
  expect(ownerState(own.replace(/^\d+/, String(2 ** 22 + 1)))).toBe("gone");
  expect(ownerState(own.replace(/^(\d+)-\d+/, "$1-1"))).toBe(process.platform === "linux" ? "gone" : "alive");
  expect(ownerState(own.replace(/-[0-9a-f]{8}-/, "-ffffffff-"))).toBe("elsewhere");
  expect(ownerState("nonsense")).toBe("gone");
});
