/** Every example of the documentation runs, and the values its comments give are right. */
import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { allExamples, runExample } from "./examples.js";

const examples = allExamples();

afterAll(() => rmSync("runs/doc", { recursive: true, force: true }));

describe("examples", () => {
  it("are found", () => expect(examples.length).toBeGreaterThan(150));

  it.each(examples.map((e) => [e.where, e] as const))("%s", async (_, example) => {
    const { checked } = await runExample(example);
    expect(checked).toBeGreaterThanOrEqual(0);
  });
});

describe("the runner", () => {
  const run = (code: string) => runExample({ where: "here", code });

  it("checks values, sequences and errors", async () => {
    await expect(run("np.add(1, 2); // 3")).resolves.toEqual({ checked: 1 });
    await expect(run("for (const i of [1, 2]) {\n  i; // 1, 2\n}")).resolves.toEqual({ checked: 1 });
    await expect(run("await Promise.resolve([0.1, -Infinity]); // [0.1, -Infinity]")).resolves.toEqual({ checked: 1 });
    await expect(run("np.ones([2]).add(np.ones([3])); // throws ShapeError CT103")).resolves.toEqual({ checked: 1 });
  });

  it("fails what is wrong", async () => {
    await expect(run("np.add(1, 2); // 4")).rejects.toThrow(/np.add\(1, 2\) is 3, but the comment says 4/);
    await expect(run("np.add(1, 2); // throws CT103")).rejects.toThrow(/should throw CT103/);
    await expect(run("np.nothing(1);")).rejects.toThrow(/not a function/);
    await expect(run("[1, 2]; // [1, 2")).rejects.toThrow();
  });
});
