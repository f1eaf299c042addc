import { readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/io/checksum.js";
import { OutputFile } from "../../src/io/output-file.js";
import { pieceBytes, piecesOf } from "../../src/io/pieces.js";
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
    const whole = [{ memory: bytes, byteLength: bytes.length }];
    expect(await native?.writeFile(file.fd, 5, whole, true)).toEqual([crc32(bytes)]);
    expect(await native?.writeFile(file.fd, 5, whole, false)).toEqual([0]);
    // Not a descriptor, for the pages in the middle.
    await expect(native?.writeFile(file.fd, 5, whole, false, 1 << 20)).rejects.toMatchObject({ code: "EBADF" });
    const beyond = [{ memory: bytes, byteLength: bytes.length + 1 }];
    await expect(async () => native?.writeFile(file.fd, 5, beyond, false)).rejects.toThrow(RangeError);
    await file.close();
  });

  it.skipIf(nativeFiles() === undefined)("is written from parts of memory, and read into parts", async () => {
    const native = nativeFiles();
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 0, max: 4097 }), fc.nat(9), async (lengths, position, beyond) => {
        const path = fresh();
        const all = bytesOf(lengths.reduce((a, b) => a + b, 0));
        const partsOf = (bytes: Uint8Array): Uint8Array[] => {
          let at = 0;
          return lengths.map((n) => {
            at += n;
            return bytes.subarray(at - n, at);
          });
        };
        const memory = (parts: readonly Uint8Array[]) => parts.map((p) => ({ memory: p, byteLength: p.length }));
        const parts = partsOf(all);
        const sums = parts.map((p) => crc32(p));

        const file = await OutputFile.create(path, () => {});
        expect(await file.writeMemory?.(memory(parts), position)).toEqual(sums);
        await file.close();
        expect(Buffer.compare(readFileSync(path).subarray(position), all)).toBe(0);

        const from = await open(path, "r");
        const read = new Uint8Array(all.length);
        expect(await native?.readFile(from.fd, position, memory(partsOf(read)), true)).toEqual(sums);
        expect(Buffer.compare(read, all)).toBe(0);
        // A file that ends before: the last part is not full, or begins beyond the end.
        const short = await native?.readFile(from.fd, position + 1 + beyond, memory(partsOf(read)), true);
        expect(short?.length).toBeLessThan(lengths.length);
        await from.close();
        rmSync(path);
      }),
      { numRuns: 60 },
    );
  });
});

describe("arrays of a file are cut into pieces", () => {
  const spans = fc
    .array(
      fc.record({ gap: fc.constantFrom(0, 0, 0, 5, 2 ** 40), byteLength: fc.oneof(fc.nat(9), fc.nat(3 * pieceBytes)) }),
    )
    .map((list) => {
      let at = 0;
      return list.map(({ gap, byteLength }) => {
        const position = at + gap;
        at = position + byteLength;
        return { position, byteLength };
      });
    });

  it("of bounded size that have each byte once, in order", () => {
    fc.assert(
      fc.property(spans, fc.constantFrom("at multiples" as const, "after the start" as const), (arrays, where) => {
        const pieces = [...piecesOf(arrays, where)];
        const left = new Map(arrays.map((array) => [array, 0]));
        for (const { position, byteLength, parts } of pieces) {
          expect(byteLength).toBeGreaterThan(0);
          expect(byteLength).toBeLessThanOrEqual(pieceBytes);
          let at = position;
          for (const { array, start, byteLength } of parts) {
            expect(start).toBe(left.get(array));
            expect(array.position + start).toBe(at);
            left.set(array, start + byteLength);
            at += byteLength;
          }
          expect(at).toBe(position + byteLength);
        }
        for (const [array, bytes] of left) expect(bytes).toBe(array.byteLength);
      }),
    );
  });

  it("that a disk takes, or that leave elements whole", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 5 * pieceBytes }), (position, byteLength) => {
        const array = [{ position, byteLength }];
        for (const piece of [...piecesOf(array, "at multiples")].slice(1)) expect(piece.position % pieceBytes).toBe(0);
        for (const { parts } of piecesOf(array, "after the start")) expect(parts[0].start % pieceBytes).toBe(0);
      }),
    );
  });

  it("that hold as many neighbours as there is room for", () => {
    const sizes = [10, 20, 1 << 20, pieceBytes, 30, 0, 40];
    const arrays = sizes.map((byteLength, i) => ({
      byteLength,
      position: sizes.slice(0, i).reduce((a, b) => a + b, 0),
    }));
    const found = [...piecesOf(arrays, "at multiples")].map(({ parts }) => parts.map((p) => p.byteLength));
    const rest = 3 * 2 ** 20 - 30;
    expect(found).toEqual([
      [10, 20, 1 << 20, rest],
      [pieceBytes - rest, 30, 40],
    ]);
  });
});
