/** Where itHasCorrectGradients registers its tests: with vitest, with another runner, or nowhere. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Runs a module in Node without vitest's environment. */
function run(source: string): unknown {
  const { VITEST: _, ...env } = process.env;
  const args = ["--import", "tsx", "--input-type=module", "-e", source];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" }));
}

const load = `
  const { itHasCorrectGradients, arbitraries, checkGrads } = await import("./props/index.ts");
  const { sin, cos, neg } = await import("./src/primitives/index.ts");
  const { customJvp } = await import("./src/api/index.ts");`;

describe("without vitest", () => {
  it("says that there is no test runner", () => {
    const source = `${load}
      let error;
      try { itHasCorrectGradients("sin", sin, arbitraries.tensor()); } catch (e) { error = e; }
      console.log(JSON.stringify([error.code, error.message]));`;
    expect(run(source)).toMatchInlineSnapshot(`
      [
        "CT805",
        "itHasCorrectGradients: there is no test runner to register 'sin' with. Run it under vitest, or under a runner with a global it(); elsewhere call checkGrads.  [CT805]",
      ]
    `);
  });

  it("registers with a global it", () => {
    const source = `${load}
      const results = [];
      globalThis.it = (name, test) => {
        try { test(); results.push([name, "passed"]); } catch (error) { results.push([name, error.code]); }
      };
      const wrong = customJvp((x) => sin(x));
      wrong.defjvp(([x], [t]) => [sin(x), neg(t)]);
      itHasCorrectGradients("right", sin, arbitraries.tensor(), { numRuns: 5 });
      itHasCorrectGradients("wrong", wrong, arbitraries.tensor(), { numRuns: 5 });
      console.log(JSON.stringify(results));`;
    expect(run(source)).toEqual([
      ["right", "passed"],
      ["wrong", "CT800"],
    ]);
  });

  it("checks gradients on its own", () => {
    const source = `${load}
      checkGrads(sin, [0.5]);
      console.log(JSON.stringify("passed"));`;
    expect(run(source)).toBe("passed");
  });
});
