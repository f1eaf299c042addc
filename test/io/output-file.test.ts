import { readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/io/checksum.js";
import { OutputFile } from "../../src/io/output-file.js";
import { inGroups, pieceBytes, piecesOf, untilPage } from "../../src/io/pieces.js";
import { nativeFiles } from "../../xla-like/index.js";
import { temporaryDirectory } from "./files.js";

const at = temporaryDirectory();

let files = 0;
const fresh = (): string => at(String(files++));

/** Bytes that differ from their neighbours in every page. */
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 7) & 255);

/** Starts and ends of writes that touch each other, around where pages begin. */
const cuts = fc
  .array(
    fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 4090, max: 4102 }), fc.constant(65536), fc.nat(300_000)),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((lengths) => lengths.filter((n) => n > 0));

describe("a file written from anywhere to anywhere", () => {
  it("has each byte in its place, whatever is a page's start, in whatever order they are written", async () => {
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), fc.integer({ min: 0, max: 4097 }), async (lengths, backwards, shift) => {
        const path = fresh();
        const all = bytesOf(lengths.reduce((a, b) => a + b, 0) + shift);
        let told = 0;
        const file = await OutputFile.create(path, (n) => {
          told += n;
        });
        let at = 0;
        const parts = [shift, ...lengths].map((length) => {
          at += length;
          return [at - length, at] as const;
        });
        for (const [from, to] of backwards ? parts.toReversed() : parts) await file.write(all.subarray(from, to), from);
        await file.sync();
        await file.close();
        expect(Buffer.compare(readFileSync(path), all)).toBe(0);
        expect(told).toBe(all.length);
        rmSync(path);
      }),
      { numRuns: 60 },
    );
  });

  it("may be written to by several at once", async () => {
    const path = fresh();
    const all = bytesOf(9 << 20);
    const file = await OutputFile.create(path, () => {});
    const ends = [100_001, 4 << 20, (4 << 20) + 70_000, 9 << 20];
    await Promise.all(ends.map((end, i) => file.write(all.subarray(ends[i - 1] ?? 0, end), ends[i - 1] ?? 0)));
    await file.close();
    expect(Buffer.compare(readFileSync(path), all)).toBe(0);
  });

  it.skipIf(nativeFiles() === undefined)("gives checksums, and the system's own errors", async () => {
    const native = nativeFiles();
    const path = fresh();
    const bytes = bytesOf(300_000);
    const file = await open(path, "wx+");
    expect(await native?.writeFile(file.fd, 5, bytes, bytes.length, true)).toBe(crc32(bytes));
    expect(await native?.writeFile(file.fd, 5, bytes, bytes.length, false)).toBe(0);
    // Not a descriptor, for the pages in the middle.
    await expect(native?.writeFile(file.fd, 5, bytes, bytes.length, false, 1 << 20)).rejects.toMatchObject({
      code: "EBADF",
    });
    await expect(async () => native?.writeFile(file.fd, 5, bytes, bytes.length + 1, false)).rejects.toThrow(RangeError);
    await file.close();
  });

  it("is cut where pages of it begin", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 5 * pieceBytes }), (position, byteLength) => {
        const pieces = piecesOf(byteLength, untilPage(position));
        expect(pieces[0].start).toBe(0);
        for (const [i, { start, length }] of pieces.entries()) {
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(pieceBytes);
          const next = pieces[i + 1]?.start ?? byteLength;
          expect(start + length).toBe(next);
          if (next < byteLength) expect((position + next) % 4096).toBe(0);
        }
      }),
    );
  });

  it("takes small arrays that are neighbours together, and large ones alone", () => {
    const spans = [10, 20, 1 << 20, 30, 40, 0].map((byteLength, i, all) => ({
      byteLength,
      position: all.slice(0, i).reduce((a, b) => a + b, 0),
    }));
    expect([...inGroups(spans)].map((g) => g.map((s) => s.byteLength))).toEqual([[10, 20], [1 << 20], [30, 40, 0]]);
  });
});
