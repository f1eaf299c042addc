import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { main } from "../../examples/resume.js";

it("examples/resume: a run that was interrupted ends as one that was not", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  const directory = mkdtempSync(join(tmpdir(), "cotangent-resume-"));
  const { whole, first, rest } = await main({ directory, steps: 90, until: 45 });
  expect([...whole.keys()]).toEqual(Array.from({ length: 90 }, (_, i) => i + 1));
  expect([...first]).toEqual([...whole].slice(0, 45));
  // From the checkpoint of step 40, in the middle of an epoch of ten batches or at its end.
  expect([...rest]).toEqual([...whole].slice(40));
  expect(whole.get(90)! / whole.get(1)!).toBeLessThan(0.5);
  expect(readdirSync(join(directory, "parts"))).toEqual([40, 60, 80].map((step) => `step-000000${step}.safetensors`));
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});
