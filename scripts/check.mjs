// Every static check, all of them even when one fails; the last line counts them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (...path) => join(root, "node_modules", ...path);
const cruised = ["src", "xla-like", "props", "test", "bench", "examples"].filter((dir) => existsSync(join(root, dir)));

const steps = [
  ["formatting and lint", bin("@biomejs", "biome", "bin", "biome"), ["check", "--error-on-warnings"]],
  ["types", bin("typescript", "bin", "tsc"), ["--noEmit"]],
  [
    "layers",
    bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
    ["--config", ".dependency-cruiser.mjs", ...cruised],
  ],
];

let failed = 0;
for (const [name, script, args] of steps) {
  console.log(`check: ${name}`);
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    failed += 1;
    console.log(`check: ${name} FAILED`);
  }
}
console.log(`check: ${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
