// The package as it is published, in plain Node: no bundler resolves its imports here.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Runs a module in a fresh Node in the package's directory, where it refers to itself by name. */
function run(source: string): unknown {
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", source], { cwd: root, encoding: "utf8" });
  return JSON.parse(out);
}

describe("the built package", () => {
  beforeAll(() => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
    expect(status, String(stdout)).toBe(0);
  }, 180_000);

  it("is imported by name", () => {
    const names = run(`import * as c from "cotangent"; console.log(JSON.stringify(Object.keys(c)))`);
    expect(names).toEqual(expect.arrayContaining(["grad", "jit", "vmap", "numpy", "lax", "tree", "errors", "Tensor"]));
  });

  it("computes", () => {
    const source = `
      import { grad, numpy as np } from "cotangent";
      const x = np.array([1, 2, 3]);
      console.log(JSON.stringify(grad((x) => np.sum(x.mul(x)))(x).js()))`;
    expect(run(source)).toEqual([2, 4, 6]);
  });

  it("throws coded errors of the classes it exports", () => {
    const source = `
      import { errors, tree } from "cotangent";
      let error;
      try { tree.map((x, y) => x, [1], [1, 2]); } catch (e) { error = e; }
      console.log(JSON.stringify([error instanceof errors.TreeError, error.name, error.code]))`;
    expect(run(source)).toEqual([true, "TreeError", "CT201"]);
  });

  it("has the checks beside it", () => {
    const names = run(`import * as p from "cotangent/props"; console.log(JSON.stringify(Object.keys(p)))`);
    expect(names).toEqual(expect.arrayContaining(["checkGrads", "checkVmap", "checkJit", "arbitraries"]));
  });

  it("packs what it needs and nothing of the workshop", () => {
    const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ files }] = JSON.parse(out) as [{ files: { path: string }[] }];
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "package.json",
        "CMakeLists.txt",
        "native/addon.cc",
        "dist/src/index.js",
        "dist/src/index.d.ts",
        "dist/props/index.js",
      ]),
    );
    expect(paths.filter((path) => /^(test|bench|examples|docs|dist\/(test|examples))|tsbuildinfo/.test(path))).toEqual(
      [],
    );
  });
});
