/** The tests about values, run on the card, plainly and under NVIDIA's checker. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure, Section } from "./figures.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** As vitest's report in JSON has it. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const suites: Readonly<Record<string, readonly string[]>> = {
  "property suites": ["props/suites"],
  examples: ["test/examples"],
  "conformance goldens and known answers": [
    "test/known-answers", "test/control/golden", "test/lax/golden", "test/nn/golden", "test/numpy/golden",
    "test/optim/golden", "test/random/golden", "test/scipy",
  ],
}; // biome-ignore format: a table

const folder = mkdtempSync(join(tmpdir(), "cotangent-suites-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Tests that failed, and files that failed with no test of theirs to blame. */
export function failures({ numFailedTests, testResults }: Report): number {
  const broken = testResults.filter(
    (f) => f.status === "failed" && f.assertionResults.every((a) => a.status !== "failed"),
  );
  return numFailedTests + broken.length;
}

export function suiteFigure(name: string, report: Report): Figure {
  return {
    name: `${name}: ${report.numTotalTests} tests`,
    value: failures(report),
    unit: "failed",
    target: { most: 0 },
  };
}

function run(paths: readonly string[], device: string, before: readonly string[] = []): Report | string {
  const output = join(folder, "report.json");
  rmSync(output, { force: true });
  const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "default"];
  const [command, ...args] = [...before, process.execPath, ...vitest, ...paths];
  const reporting = ["--reporter=json", `--outputFile=${output}`];
  // What the suites expect is what float32 gives, not TF32.
  const env = { ...process.env, COTANGENT_DEVICE: device, COTANGENT_MATMUL_PRECISION: "highest" };
  const { status, stderr, stdout } = spawnSync(command!, [...args, ...reporting], { cwd: root, env, encoding: "utf8" });
  if (existsSync(output)) return JSON.parse(readFileSync(output, "utf8")) as Report;
  return `ended with ${status} and no report: ${`${stdout}${stderr}`.trim().split("\n").at(-1) ?? ""}`;
}

export function runSuites(device: string): Section {
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const [name, paths] of Object.entries(suites)) {
    const report = run(paths, device);
    if (typeof report === "string") notes.push(`${name} ${report}`);
    else {
      figures.push(suiteFigure(name, report));
      for (const file of report.testResults) if (file.status === "failed") notes.push(`failed: ${file.name}`);
    }
  }
  return {
    title: "The suites, on the card",
    text: `With \`COTANGENT_DEVICE=${device}\` and \`COTANGENT_MATMUL_PRECISION=highest\`.`,
    figures,
    notes,
  };
}

const places = ["/usr/local/cuda/bin/compute-sanitizer", "/usr/local/cuda/compute-sanitizer/compute-sanitizer"];

/** What it says last: `ERROR SUMMARY: 0 errors`; undefined where it says nothing of the kind. */
export function sanitizerErrors(output: string): number | undefined {
  const found = [...output.matchAll(/ERROR SUMMARY: (\d+) error/g)].map((m) => Number(m[1]));
  return found.length === 0 ? undefined : found.reduce((a, b) => a + b);
}

export function runSanitizer(device: string): Section {
  const title = "compute-sanitizer";
  const text = "The examples and the random programs under its checkers.";
  const onPath = spawnSync("compute-sanitizer", ["--version"]).status === 0;
  const program = onPath ? "compute-sanitizer" : places.find(existsSync);
  if (program === undefined)
    return { title, text, figures: [], notes: ["left out: compute-sanitizer is not installed"] };
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const tool of ["memcheck", "racecheck", "initcheck"]) {
    const log = join(folder, `${tool}.log`);
    const before = [program, "--tool", tool, "--target-processes", "all", "--log-file", log];
    const report = run(["props/suites/programs", "test/examples"], device, before);
    const errors = existsSync(log) ? sanitizerErrors(readFileSync(log, "utf8")) : undefined;
    if (typeof report === "string") notes.push(`${tool} ${report}`);
    else if (errors === undefined) notes.push(`${tool} gave no summary`);
    else figures.push({ name: tool, value: errors + failures(report), unit: "failed", target: { most: 0 } });
  }
  return { title, text, figures, notes };
}
