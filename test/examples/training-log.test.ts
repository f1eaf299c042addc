import { expect, it, vi } from "vitest";
import { inBulk, main } from "../../examples/training-log.js";

it("examples/training-log: losses read in bulk are those read one by one", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  const { single, bulk } = await main({ steps: 40, every: 10 });
  expect(single).toHaveLength(40);
  expect(bulk).toEqual(single);
  expect(single[39]! / single[0]!).toBeLessThan(0.5);
  // A ring that is not full at the end, and one that never is.
  expect(await inBulk(25, 10)).toEqual(single.slice(0, 25));
  expect(await inBulk(3, 10)).toEqual(single.slice(0, 3));
  vi.restoreAllMocks();
});
