import { expect, it, vi } from "vitest";
import { main } from "../../examples/two-layer-net.js";

it("examples/two-layer-net: five ways, one loss curve", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const { "by hand": byHand, ...others } = main({ steps: 10, inputs: 100 });
  expect(log).toHaveBeenCalledTimes(5);
  expect(byHand).toHaveLength(10);
  expect(byHand[9]).toBeLessThan(0.9 * byHand[0]);
  for (const [way, losses] of Object.entries(others)) {
    losses.forEach((loss, step) => {
      // Sums of float32 in another order.
      expect(Math.abs(loss / byHand[step] - 1), `${way}, step ${step}`).toBeLessThan(1e-5);
    });
  }
});
