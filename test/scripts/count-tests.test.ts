import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const dir = mkdtempSync(join(tmpdir(), "count-tests-"));
afterAll(() => rmSync(dir, { recursive: true }));

function count(report: unknown): string {
  const file = join(dir, "report.json");
  writeFileSync(file, typeof report === "string" ? report : JSON.stringify(report));
  const script = join(import.meta.dirname, "../../scripts/count-tests.mjs");
  return execFileSync(process.execPath, [script, file], { encoding: "utf8" }).trim();
}

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((t) => ({ status: t })) });

describe("scripts/count-tests", () => {
  it("counts tests", () => {
    const testResults = [file("passed", "passed", "passed"), file("failed", "passed", "failed")];
    expect(count({ success: false, numPassedTests: 3, numFailedTests: 1, testResults })).toBe("3 1");
    expect(count({ success: true, numPassedTests: 2, numFailedTests: 0, testResults: testResults.slice(0, 1) })).toBe(
      "2 0",
    );
  });

  it("counts a file that never ran its tests as a failure", () => {
    const testResults = [file("passed", "passed"), file("failed")];
    expect(count({ success: false, numPassedTests: 1, numFailedTests: 0, testResults })).toBe("1 1");
  });

  it("never turns an unsuccessful or missing report into a success", () => {
    expect(count({ success: false, numPassedTests: 1, numFailedTests: 0, testResults: [] })).toBe("1 1");
    expect(count("")).toBe("0 1");
  });
});
