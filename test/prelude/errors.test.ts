import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/prelude/error-codes.js";
import * as errors from "../../src/prelude/errors.js";

const root = join(import.meta.dirname, "../..");
const numbers = Object.keys(codes);

describe("CotangentError", () => {
  it("carries its code and ends its message with it", () => {
    const error = new errors.ShapeError("CT100", "sum: axis 3 is out of range.");
    expect(error.code).toBe("CT100");
    expect(error.message).toBe("sum: axis 3 is out of range.  [CT100]");
    expect(String(error)).toBe("ShapeError: sum: axis 3 is out of range.  [CT100]");
    expect(error).toBeInstanceOf(errors.CotangentError);
    expect(error).toBeInstanceOf(Error);
    expect(Object.keys(error)).toEqual(["code"]);
  });

  it("keeps its cause", () => {
    const cause = new Error("disk");
    expect(new errors.CheckpointError("CT003", "x", { cause }).cause).toBe(cause);
  });

  it.each(Object.entries(errors))("%s has its own name", (name, cls) => {
    const error = new cls("CT003", "x");
    expect(error.name).toBe(name);
    expect(error).toBeInstanceOf(errors.CotangentError);
  });

  it("lets memory and donation errors be caught as device errors", () => {
    expect(new errors.OutOfMemoryError("CT003", "x")).toBeInstanceOf(errors.DeviceError);
    expect(new errors.DonationError("CT003", "x")).toBeInstanceOf(errors.DeviceError);
  });
});

describe("error codes", () => {
  it("ascend, are well formed and have titles of their own", () => {
    expect(numbers).toEqual([...numbers].sort());
    for (const code of numbers) expect(code).toMatch(/^CT[0-8]\d\d$/);
    expect(new Set(Object.values(codes)).size).toBe(numbers.length);
  });

  it("each have a section in docs/errors.md, and it has no others", () => {
    const text = readFileSync(join(root, "docs/errors.md"), "utf8");
    const sections = new Map<string, string>();
    for (const part of text.split(/^### /m).slice(1)) {
      const [heading, ...body] = part.split("\n");
      sections.set(heading, body.join(" ").split(/^## /m)[0].trim());
    }
    expect([...sections.keys()]).toEqual(Object.entries(codes).map(([code, title]) => `${code}: ${title}`));
    for (const [heading, body] of sections) expect(body.length, heading).toBeGreaterThan(60);
  });

  it("named anywhere in the source are registered, and those registered are used", () => {
    const files = ["src", "props", "xla-like"].flatMap((dir) =>
      readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.endsWith("error-codes.ts"))
        .map((name) => readFileSync(join(root, dir, name), "utf8")),
    );
    const used = new Set(files.flatMap((text) => text.match(/\bCT\d{3}\b/g) ?? []));
    expect([...used].filter((code) => !(code in codes))).toEqual([]);
    expect(numbers.filter((code) => !used.has(code))).toEqual([]);
  });
});
