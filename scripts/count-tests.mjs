// Counts passed and failed tests in Vitest's JSON report: prints `PASSED FAILED`. A file that fails before its
// tests run counts as one failure, and so does a missing report.
import { readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
  for (const file of report.testResults) {
    const failing = file.assertionResults.some((test) => test.status === "failed");
    if (file.status === "failed" && !failing) failed += 1;
  }
  if (!report.success && failed === 0) failed = 1;
} catch {
  failed += 1;
}
console.log(`${passed} ${failed}`);
