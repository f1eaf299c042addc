import { describe, expect, it } from "vitest";
import { progressBar, sizeText } from "../../src/io/progress.js";

const GB = 1e9;

function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe("a progress bar", () => {
  it("is drawn ten times a second, and taken away", () => {
    const screen = terminal(true, 100);
    let time = 0;
    const bar = progressBar("saving model.safetensors", 4 * GB, screen, () => time);
    for (let i = 0; i < 100; i++) {
      time += 50;
      bar.advance(0.04 * GB);
    }
    bar.end();
    expect(screen.written).toHaveLength(51);
    expect(screen.written[0]).toBe(`\r\x1b[Ksaving model.safetensors [${" ".repeat(30)}] 1% of 4.0 GB, 800.0 MB/s`);
    expect(screen.written[25]).toMatch(/\[={15} {15}\] 51% of 4\.0 GB, 800\.0 MB\/s$/);
    for (const line of screen.written) expect(line.length).toBeLessThanOrEqual(100 + "\r\x1b[K".length);
    expect(screen.written.at(-1)).toBe("\r\x1b[K");
  });

  it("is left out where nobody sees it, and where there is no room", () => {
    for (const [screen, bytes] of [
      [terminal(false), 4 * GB],
      [terminal(true), 1e6],
    ] as const) {
      const bar = progressBar("saving", bytes, screen);
      bar.advance(bytes);
      bar.end();
      expect(screen.written).toEqual([]);
    }
    const narrow = terminal(true, 30);
    progressBar("saving a-long-name", 4 * GB, narrow, () => 0).advance(GB);
    expect(narrow.written).toEqual(["\r\x1b[Ksaving a-long-name 25% of 4.0 GB"]);
  });

  it("has sizes in round units", () => {
    expect([0, 999, 1000, 1.5e6, 4.1e9, 2e15].map(sizeText)).toEqual(
      "0 B,999 B,1.0 KB,1.5 MB,4.1 GB,2000.0 TB".split(","),
    );
  });
});
