import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/csv-text.js";
import { loadCsv } from "../../src/data/index.js";

const dir = mkdtempSync(join(tmpdir(), "cotangent-csv-"));
afterAll(() => rmSync(dir, { recursive: true }));

let count = 0;
function file(text: string | Uint8Array): string {
  const path = join(dir, `${count++}.csv`);
  writeFileSync(path, text);
  return path;
}

describe("parseCsv", () => {
  it.each([
    [
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\r\nc,",
      [
        ["a", "b"],
        ["c", ""],
      ],
    ],
    ["\uFEFFa\n\n\nb", [["a"], ["b"]]],
    ['"x, ""y""\nz",2', [['x, "y"\nz', "2"]]],
    ["", []],
    [",", [["", ""]]],
  ])("reads %j", (text, cells) => {
    const rows = parseCsv(text, ",");
    expect(Array.isArray(rows) && rows.map((row) => row.cells)).toEqual(cells);
  });

  it("counts lines through quoted line ends", () => {
    const rows = parseCsv('"a\nb",1\n\nc,2', ",");
    expect(Array.isArray(rows) && rows.map((row) => row.line)).toEqual([1, 4]);
  });

  it("finds quotes that are not closed", () => {
    expect(parseCsv('a\nb,"c', ",")).toEqual({ openQuote: 2 });
    expect(parseCsv('"a"b', ",")).toEqual({ openQuote: 1 });
  });
});

describe("data.loadCsv", () => {
  it("loads a table of numbers, gzipped or not", async () => {
    const text = "1, 2.5,-3e2\n0x10,NaN,Infinity\n";
    for (const path of [file(text), file(gzipSync(text))]) {
      const x = await loadCsv(path);
      expect([x.shape, x.dtype]).toEqual([[2, 3], "float32"]);
      expect(x.js()).toEqual([
        [1, 2.5, -300],
        [16, NaN, Infinity],
      ]);
    }
  });

  it("loads columns by name", async () => {
    const path = file('length;"the width"\n1;2\n3;4\n');
    const columns = await loadCsv(path, { header: true, delimiter: ";", dtype: "int32" });
    expect(Object.keys(columns)).toEqual(["length", "the width"]);
    expect(columns["the width"].dtype).toBe("int32");
    expect(columns["the width"].js()).toEqual([2, 4]);
  });

  it("puts the table on a device", async () => {
    expect(String((await loadCsv(file("1,2"), { device: "reference:1" })).device)).toBe("reference:1");
  });

  it("names the cell that is no number, and says what to do", async () => {
    const path = file("1,2\n3,setosa\n");
    await expect(loadCsv(path)).rejects.toThrow(
      `data.loadCsv: line 2 of '${path}' has "setosa" in column 2, which is not a number.  [CT707]`,
    );
    await expect(loadCsv(file("a,b\n1,2"))).rejects.toThrow(
      /line 1 .*"a" in column 1.*say header: true\. {2}\[CT707\]/,
    );
    await expect(loadCsv(file("a,b\n1,x"), { header: true })).rejects.toThrow(/"x" in column 2 \('b'\)/);
  });

  it("takes empty cells only if it is said what they stand for", async () => {
    const path = file("1,\n,4\n");
    await expect(loadCsv(path)).rejects.toThrow(/line 1 .* has an empty cell in column 2\. Say what.*CT707/);
    expect((await loadCsv(path, { missing: -1 })).js()).toEqual([
      [1, -1],
      [-1, 4],
    ]);
  });

  it("refuses what is no table", async () => {
    await expect(loadCsv(file("1,2\n3\n"))).rejects.toThrow(/line 2 .* has 1 cells where the first line has 2.*CT707/);
    await expect(loadCsv(file('1,"2\n'))).rejects.toThrow(/line 1 .* has a quote that is not closed.*CT707/);
    await expect(loadCsv(file("a,a\n"), { header: true })).rejects.toThrow(/names two columns 'a'.*CT707/);
    await expect(loadCsv(join(dir, "none.csv"))).rejects.toThrow(/cannot be read: ENOENT.*CT706/);
    await expect(loadCsv(file("1"), { delimiter: ", " })).rejects.toThrow(/one character.*CT004/);
  });
});
