import { expect, it } from "vitest";
import type { DeviceRuntime } from "../../../xla-like/runtime/native.js";
import { NativeMemory } from "../../../xla-like/runtime/native-memory.js";
import { Cell } from "../../../xla-like/runtime/runtime-state.js";

it("whoever waits for a device hears of it, though it works on while they are gone through", async () => {
  let progress = (): void => {};
  const calls: string[] = [];
  const native = {
    notify: () => calls.push("notify"),
    settled: () => calls.push("settled"),
  } as unknown as DeviceRuntime;
  const memory = new NativeMemory<DeviceRuntime>({
    name: "test",
    start: (_io, _state, tell) => {
      progress = tell;
      return native;
    },
  });
  const waiting = [1, 2, 3, 4].map((sequence) => memory.whenComplete(sequence));
  // A device that has finished one more each time it is asked.
  let completed = 0;
  const working = new Proxy(memory.state, {
    get: (state, key) => (key === String(Cell.completed) ? completed++ : Reflect.get(state, key, state)),
  });
  Object.defineProperty(memory, "state", { value: working });
  while (!calls.includes("settled")) progress();
  await Promise.all(waiting);
  expect(calls).toEqual(["notify", "notify", "notify", "notify", "settled"]);
});
