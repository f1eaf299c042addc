/** Buffers in one block of memory, and copies that are made at one moment. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeTenants, type Tenant } from "../../../xla-like/4-assign/arena.js";
import { Buffer } from "../../../xla-like/4-assign/buffer.js";
import { ConstantPool } from "../../../xla-like/4-assign/constants.js";
import { sequential } from "../../../xla-like/4-assign/copies.js";
import { padded } from "../../../xla-like/4-assign/padding.js";

const tenants = fc.array(
  fc
    .record({ start: fc.nat(40), length: fc.nat(12), size: fc.integer({ min: 1, max: 40 }) })
    .map(({ start, length, size }): Tenant => ({ start, end: start + length, size: 256 * size })),
  { maxLength: 60 },
);

/** The most that is alive at one time: no layout needs less. */
const mostAlive = (list: readonly Tenant[]): number =>
  Math.max(
    0,
    ...list.map((at) => list.reduce((n, t) => (t.start <= at.start && t.end >= at.start ? n + t.size : n), 0)),
  );

describe("the arena", () => {
  it("keeps those apart that live at the same time, on multiples of 256", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const { offsets, bytes } = placeTenants(list);
        list.forEach((a, i) => {
          expect(offsets[i] % 256).toBe(0);
          expect(offsets[i] + a.size).toBeLessThanOrEqual(bytes);
          list.forEach((b, j) => {
            const together = i < j && a.start <= b.end && b.start <= a.end;
            if (together) expect(offsets[i] + a.size <= offsets[j] || offsets[j] + b.size <= offsets[i]).toBe(true);
          });
        });
        expect(bytes).toBeGreaterThanOrEqual(mostAlive(list));
        expect(bytes).toBeLessThanOrEqual(2 * mostAlive(list));
      }),
      { numRuns: 300 },
    );
  });

  it("needs no more than is alive where those that follow one another are of a size", () => {
    const chain = Array.from({ length: 100 }, (_, k): Tenant => ({ start: k, end: k + 1, size: 1024 }));
    expect(placeTenants(chain).bytes).toBe(2048);
  });

  it("puts thousands of buffers in place quickly, and apart", () => {
    const many = Array.from(
      { length: 8000 },
      (_, k): Tenant => ({ start: k, end: k + (k % 7), size: 256 * (1 + (k % 5)) }),
    );
    const { offsets, bytes } = placeTenants(many);
    expect(bytes).toBeLessThan(2 * mostAlive(many.slice(0, 200)));
    for (let k = 0; k < many.length; k++)
      for (let n = k + 1; n < many.length && n <= many[k].end; n++)
        if (offsets[k] < offsets[n] + many[n].size && offsets[n] < offsets[k] + many[k].size)
          expect(`${k} and ${n} overlap`).toBe("apart");
  });

  it("leaves every range 256 bytes behind its last element", () => {
    expect([0, 1, 256, 257].map(padded)).toEqual([256, 512, 512, 768]);
  });
});

describe("copies of one moment", () => {
  it("read what was there before, whatever their cycles", () => {
    const places = fc.integer({ min: 1, max: 8 });
    const moves = places.chain((n) =>
      fc.tuple(fc.constant(n), fc.array(fc.option(fc.nat(n - 1)), { minLength: n, maxLength: n })),
    );
    fc.assert(
      fc.property(moves, ([n, sources]) => {
        const buffers = Array.from({ length: n }, () => new Buffer(4, false));
        const memory = new Map(buffers.map((b, k) => [b, k]));
        const together = sources.flatMap((from, to) =>
          from === null ? [] : [{ from: buffers[from], to: buffers[to] }],
        );
        let spares = 0;
        const spare = (): Buffer => {
          spares++;
          return new Buffer(4, false);
        };
        const made = sequential(together, spare);
        for (const { from, to } of made) memory.set(to, memory.get(from) ?? -1);
        buffers.forEach((b, k) => {
          expect(memory.get(b)).toBe(sources[k] ?? k);
        });
        // One copy for each move, and one more for each cycle.
        expect(made.length).toBe(together.filter(({ from, to }) => from !== to).length + spares);
        expect(spares).toBeLessThanOrEqual(n / 2);
      }),
      { numRuns: 300 },
    );
  });
});

describe("constants", () => {
  it("that are equal lie in one place, whatever their types", () => {
    const pool = new ConstantPool();
    const large = new Float32Array(5000).fill(1);
    const almost = large.slice();
    almost[1] = 2;
    const offsets = [
      Float32Array.of(1),
      Int32Array.of(0x3f800000),
      Float32Array.of(2),
      large,
      almost,
      large.slice(),
    ].map((data) => pool.offsetOf(data));
    expect(offsets[1]).toBe(offsets[0]);
    expect(offsets[5]).toBe(offsets[3]);
    expect(new Set(offsets).size).toBe(4);
    const block = pool.block();
    expect(new Float32Array(block.buffer, offsets[4], 3)).toEqual(Float32Array.of(1, 2, 1));
    expect(block.length).toBeGreaterThanOrEqual(offsets[4] + almost.byteLength + 256);
  });
});
