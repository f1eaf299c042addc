import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { curveSvg, sparkline } from "../../examples/quickstart/curve.js";
import { main } from "../../examples/quickstart/main.js";
import { Progress } from "../../examples/quickstart/progress.js";

const directory = mkdtempSync(join(tmpdir(), "cotangent-quickstart-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("examples/quickstart", () => {
  it("trains, saves, loads and finds the same accuracy", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "log").mockImplementation((line: string) => lines.push(line));
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const { losses, accuracy, accuracyAfterLoading } = await main({ epochs: 4, directory });
    vi.restoreAllMocks();

    expect(losses).toHaveLength(120);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(accuracyAfterLoading).toBe(accuracy);
    expect(lines[1]).toBe(`test accuracy ${accuracy.toFixed(2)}`);
    expect(lines[2]).toContain(`${directory}/model.safetensors`);
    expect(readFileSync(join(directory, "learning-curve.svg"), "utf8")).toContain("120 steps</text>");
  });

  it("draws progress over itself on a terminal and in ten lines elsewhere", () => {
    const drawn = (isTTY: boolean): string[] => {
      const written: string[] = [];
      const progress = new Progress(50, { isTTY, write: (text: string) => written.push(text) });
      for (let step = 1; step <= 50; step++) progress.show(step, "loss 1.000");
      return written;
    };
    const lines = drawn(false);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^step {2}5\/50 {2}loss 1\.000 {2}\d+ steps\/s\n$/);
    const frames = drawn(true);
    expect(frames.length).toBeLessThan(10);
    expect(frames[0]).toContain(`\r\x1b[K█${"░".repeat(29)}  step  1/50`);
    expect(frames.at(-1)).toMatch(/█{30} {2}step 50\/50.*\n$/);
  });

  it("draws curves", () => {
    expect(sparkline([8, 4, 2, 1])).toBe("█▄▂▁");
    expect(sparkline([3, 3])).toBe("▁▁");
    expect(sparkline([1, 1, 5, 5], 2)).toBe("▁█");
    const svg = curveSvg([2, 1], "a title");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('points="48.0,48.0 592.0,180.0"');
    expect(svg).toContain(">a title</text>");
  });
});
