import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { errors, io, jit, memory, numpy as np, optim, random, type Tensor, tree } from "../../src/index.js";
import { bestOf, superfluous } from "../../src/io/retention.js";

let base: string;
let dir: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "cotangent-manager-"));
});
let count = 0;
beforeEach(() => {
  dir = join(base, `run-${count++}`);
});
afterAll(() => rmSync(base, { recursive: true }));

const file = (step: number): string => join(dir, `step-${String(step).padStart(8, "0")}.safetensors`);
const scalar = (n: number): { x: Tensor } => ({ x: np.array([n]) });

async function rejection(promise: Promise<unknown>): Promise<errors.CotangentError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof errors.CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

function thrown(f: () => unknown): errors.CotangentError {
  try {
    f();
  } catch (error) {
    if (error instanceof errors.CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

describe("steps", () => {
  it("are saved and restored, the latest by default, by whoever comes next", async () => {
    const manager = new io.CheckpointManager(dir);
    expect(manager.latestStep()).toBeUndefined();
    expect(await manager.save(0, scalar(0))).toBe(true);
    expect(await manager.save(100_000_000, scalar(1))).toBe(true);
    expect(await manager.save(1_000_000_000, { ...scalar(2), note: "last" })).toBe(true);
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([0, 100_000_000, 1_000_000_000]);
    expect((await manager.restore<{ x: Tensor }>(0)).x.js()).toEqual([0]);
    await manager.close();

    const next = new io.CheckpointManager(dir);
    expect(next.latestStep()).toBe(1_000_000_000);
    const { x, note } = await next.restore<{ x: Tensor; note: string }>();
    expect([x.js(), note]).toEqual([[2], "last"]);
    const like = { x: np.zeros([2]), note: "" };
    expect((await rejection(next.restore(undefined, { like }))).code).toBe("CT705");
    await next.close();
  });

  it("are files that io.load reads", async () => {
    await using manager = new io.CheckpointManager(dir);
    await manager.save(7, scalar(7));
    await manager.waitUntilFinished();
    expect((await io.load<{ x: Tensor }>(file(7))).x.js()).toEqual([7]);
  });

  it("bring back optimizer state, keys, the place in the data and numbers together", async () => {
    const optimizer = optim.adamw(1e-3);
    const params = { layers: [{ w: random.normal(random.key(0), [3, 2]), b: np.zeros([2]) }] };
    const update = (p: typeof params, s: ReturnType<typeof optimizer.init>, key: Tensor) => {
      const gradients = tree.map((x) => random.normal(key, x.shape), p);
      const [updates, next] = optimizer.update(gradients, s, p);
      return [optim.applyUpdates(p, updates), next] as const;
    };
    const [p, s] = update(params, optimizer.init(params), random.key(1));
    const state = { params: p, state: s, key: random.key(2), data: { epoch: 3, batch: 17 }, lr: 0.1, done: false };
    await using manager = new io.CheckpointManager(dir);
    await manager.save(50, state);
    const back = await manager.restore<typeof state>();
    expect(String(tree.structure(back))).toBe(String(tree.structure(state)));
    expect([back.data, back.lr, back.done]).toEqual([{ epoch: 3, batch: 17 }, 0.1, false]);
    const facts = (t: unknown) => tree.leaves(t).map((x) => (typeof x === "object" ? (x as Tensor).dataSync() : x));
    expect(facts(back)).toEqual(facts(state));
    expect(facts(update(back.params, back.state, back.key))).toEqual(facts(update(p, s, state.key)));
  });

  it("are saved at the interval, or when they must be", async () => {
    await using manager = new io.CheckpointManager(dir, { saveInterval: 10 });
    const saved: boolean[] = [];
    for (const step of [5, 10, 11, 20]) saved.push(await manager.save(step, scalar(step)));
    expect(await manager.save(23, scalar(23), { force: true })).toBe(true);
    await manager.waitUntilFinished();
    expect(saved).toEqual([false, true, false, true]);
    expect(manager.allSteps()).toEqual([10, 20, 23]);
  });

  it("ascend, until a run says that it goes on from an older one", async () => {
    await using manager = new io.CheckpointManager(dir, { keep: 2 });
    for (const step of [1, 2, 3]) await manager.save(step, scalar(step));
    expect((await rejection(manager.save(3, scalar(0)))).message).toContain("step 3 is there already");
    await manager.waitUntilFinished();
    expect((await rejection(manager.save(3, scalar(0)))).code).toBe("CT712");
    expect((await rejection(manager.save(1, scalar(0)))).message).toContain("comes before 3");
    expect(await manager.save(2, scalar(20), { overwrite: true })).toBe(true);
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([2]);
    expect((await manager.restore<{ x: Tensor }>(2)).x.js()).toEqual([20]);
  });

  it("that are not there are named", async () => {
    await using manager = new io.CheckpointManager(dir);
    expect((await rejection(manager.restore())).code).toBe("CT711");
    await manager.save(1, scalar(1));
    const { code, message } = await rejection(manager.restore(2));
    expect(code).toBe("CT711");
    expect(message).toContain("the steps 1.");
    expect(thrown(() => manager.metrics(2)).code).toBe("CT711");
  });

  it("that were damaged are left out, and said to be", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await using manager = new io.CheckpointManager(dir);
    await manager.save(1, scalar(1));
    await manager.save(2, scalar(2));
    await manager.waitUntilFinished();
    truncateSync(file(2), 100);
    writeFileSync(file(3), "not a checkpoint");
    await io.save(file(4), scalar(4));
    expect(manager.allSteps()).toEqual([1]);
    expect(manager.latestStep()).toBe(1);
    expect(warned.mock.calls.map(([text]) => /step-0000000\d/.exec(String(text))?.[0])).toEqual(
      [2, 3, 4].map((n) => `step-0000000${n}`),
    );
    // A run that goes on from there comes to them again.
    for (const step of [2, 3]) await manager.save(step, scalar(10 * step));
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([1, 2, 3]);
    expect((await manager.restore<{ x: Tensor }>()).x.js()).toEqual([30]);
    warned.mockRestore();
  });
});

describe("retention", () => {
  it("keeps the newest, every so many and the best", async () => {
    await using manager = new io.CheckpointManager(dir, {
      keep: 2,
      keepEvery: 4,
      best: { metric: "accuracy", mode: "max" },
    });
    const accuracy = [0.1, 0.2, 0.9, 0.3, 0.9, Number.NaN, 0.5, 0.4, 0.3, 0.2];
    for (let step = 1; step <= 10; step++) {
      await manager.save(step, scalar(step), { metrics: { accuracy: accuracy[step - 1] as number, step } });
    }
    await manager.waitUntilFinished();
    // Of equals, the newer is the better one.
    expect(manager.allSteps()).toEqual([4, 5, 8, 9, 10]);
    expect(manager.bestStep()).toBe(5);
    expect(manager.metrics(5)).toEqual({ accuracy: 0.9, step: 5 });
    expect(readdirSync(dir).filter((name) => name.startsWith("step-"))).toHaveLength(5);
  });

  it("remembers metrics from one run to the next", async () => {
    const best = { metric: "loss", mode: "min" } as const;
    const first = new io.CheckpointManager(dir, { keep: 1, best });
    for (const [step, loss] of [3, 1, Number.POSITIVE_INFINITY].entries()) {
      await first.save(step, scalar(step), { metrics: { loss } });
    }
    await first.close();
    await using second = new io.CheckpointManager(dir, { keep: 1, best });
    expect(second.metrics(2).loss).toBe(Number.POSITIVE_INFINITY);
    await second.save(3, scalar(3), { metrics: { loss: Number.NaN } });
    await second.waitUntilFinished();
    expect(second.allSteps()).toEqual([1, 3]);
    expect(second.bestStep()).toBe(1);
  });

  it("by property: what stays is what was asked for, and no more", () => {
    const stepsOf = fc.uniqueArray(
      fc.record({
        step: fc.nat(200),
        metrics: fc.record({ loss: fc.double() }, { requiredKeys: [] }),
      }),
      { selector: (s) => s.step },
    );
    const policy = fc.record(
      {
        keep: fc.integer({ min: 1, max: 5 }),
        keepEvery: fc.integer({ min: 1, max: 50 }),
        best: fc.record({ metric: fc.constant("loss"), mode: fc.constantFrom("min" as const, "max" as const) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(stepsOf, policy, (steps, { keep, keepEvery, best }) => {
        const gone = new Set(superfluous(steps, { keep, keepEvery, best }));
        for (const { step, metrics } of steps) {
          const newer = steps.filter((s) => s.step > step).length;
          const value = metrics.loss;
          const isBest =
            best !== undefined &&
            value !== undefined &&
            !Number.isNaN(value) &&
            steps.every(({ step: other, metrics: { loss } }) => {
              if (loss === undefined || Number.isNaN(loss)) return true;
              const better = best.mode === "min" ? loss < value : loss > value;
              return !better && !(loss === value && other > step);
            });
          if (best !== undefined) expect(bestOf(steps, best) === step).toBe(isBest);
          const stays =
            keep === undefined || newer < keep || isBest || (keepEvery !== undefined && step % keepEvery === 0);
          expect(gone.has(step)).toBe(!stays);
        }
      }),
    );
  });
});

describe("saving beside training", () => {
  it.each(["cpu:0", "reference:0"])("saves what tensors were, whatever is donated since, on %s", async (device) => {
    const step = jit((x: Tensor, small: Tensor) => [x.add(1), small.mul(2)] as const, {
      donateArgnums: [0, 1],
      device,
    });
    let x: Tensor = np.zeros([400_000]);
    let small: Tensor = np.ones([]);
    [x, small] = step(x, small);
    await using manager = new io.CheckpointManager(dir);
    const saving: Promise<boolean>[] = [];
    for (let i = 1; i <= 6; i++) {
      // Nobody waits: what is donated in the next line is not written yet.
      if (i % 2 === 0) saving.push(manager.save(i, { x, small, container: [x] }));
      [x, small] = step(x, small);
    }
    expect(await Promise.all(saving)).toEqual([true, true, true]);
    await manager.waitUntilFinished();
    for (const i of [2, 4, 6]) {
      const saved = await manager.restore<{ x: Tensor; small: Tensor; container: [Tensor] }>(i);
      expect(new Set(saved.x.dataSync() as Float32Array)).toEqual(new Set([i]));
      expect(saved.container[0].shape).toEqual([400_000]);
      expect(saved.small.item()).toBe(2 ** i);
    }
    expect(x.dataSync()[0]).toBe(7);
  });

  it("writes one at a time: a save returns when the one before it is on disk", async () => {
    await using manager = new io.CheckpointManager(dir);
    const big = { x: np.ones([2_000_000]) };
    await manager.save(1, big);
    expect(manager.allSteps()).toEqual([]);
    await manager.save(2, big);
    expect(manager.allSteps()).toEqual([1]);
    await manager.save(3, big);
    expect(manager.allSteps()).toEqual([1, 2]);
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([1, 2, 3]);
  });

  it("goes on in a loop that waits for nothing else", async () => {
    await using manager = new io.CheckpointManager(dir, { saveInterval: 100 });
    const seen: number[][] = [];
    for (let step = 0; step < 300; step++) {
      // As long as a step of training takes.
      for (const until = performance.now() + 2; performance.now() < until; );
      await manager.save(step, { x: np.ones([100_000]) });
      if (step % 100 === 99) seen.push(manager.allSteps());
    }
    expect(seen).toEqual([[0], [0, 100], [0, 100, 200]]);
  });

  it("waits for the disk if asked to", async () => {
    await using manager = new io.CheckpointManager(dir, { async: false });
    await manager.save(1, { x: np.ones([1_000_000]) });
    expect(manager.allSteps()).toEqual([1]);
  });

  it("gives the memory of copies back", async () => {
    await using manager = new io.CheckpointManager(dir, { keep: 1 });
    const x = np.ones([1_000_000]);
    x.add(1).dispose();
    const before = memory.stats().bytesInUse;
    for (let i = 0; i < 5; i++) await manager.save(i, { x });
    await manager.waitUntilFinished();
    expect(memory.stats().bytesInUse - before).toBeLessThan(4_000_000);
  });

  it("throws at the next call what went wrong, once, and goes on", async () => {
    await using manager = new io.CheckpointManager(dir);
    await manager.save(1, scalar(1));
    await manager.waitUntilFinished();
    // No file can be renamed to what is a directory.
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    for (const step of [2, 3]) mkdirSync(file(step));
    expect(await manager.save(2, scalar(2))).toBe(true);
    const { code, message } = await rejection(manager.waitUntilFinished());
    expect(code).toBe("CT700");
    expect(message).toContain("step-00000002");
    await manager.waitUntilFinished();
    await manager.save(3, scalar(3));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await rejection(manager.save(4, scalar(4)))).message).toContain("step-00000003");
    expect(await manager.save(4, scalar(4))).toBe(true);
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([1, 4]);
    warned.mockRestore();
  });

  it("ends a process as failed that would not hear of a failure", () => {
    const script = `import { mkdirSync } from "node:fs";
      import { io, numpy as np } from "./src/index.ts";
      mkdirSync(${JSON.stringify(file(1))}, { recursive: true });
      const manager = new io.CheckpointManager(${JSON.stringify(dir)});
      await manager.save(1, { x: np.ones([1]) });`;
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      cwd: join(import.meta.dirname, "../.."),
      encoding: "utf8",
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain("[CT700]");
  });

  it("throws on the spot what it was given wrongly", async () => {
    await using manager = new io.CheckpointManager(dir, { best: { metric: "loss", mode: "min" } });
    const save = (step: number, options?: object): Promise<unknown> => manager.save(step, scalar(1), options);
    expect((await rejection(save(1))).message).toContain("metrics: { loss: … }");
    expect((await rejection(save(1.5, { metrics: { loss: 1 } }))).code).toBe("CT004");
    expect((await rejection(save(-1, { metrics: { loss: 1 } }))).code).toBe("CT004");
    expect((await rejection(save(1, { metrics: { loss: np.ones([]) } }))).message).toContain("item()");
    expect((await rejection(save(1, { metric: {} }))).code).toBe("CT001");
    const x = np.ones([3]);
    x.dispose();
    expect((await rejection(manager.save(1, { x }, { metrics: { loss: 1 } }))).code).toBe("CT502");
    for (const options of [
      { keep: 0 },
      { keepEvery: 1.5 },
      { saveInterval: -1 },
      { best: { metric: "a", mode: "up" } },
    ]) {
      expect(thrown(() => new io.CheckpointManager(`${dir}-x`, options as never)).code).toBe("CT004");
    }
    expect(existsSync(`${dir}-x`)).toBe(false);
    expect(manager.allSteps()).toEqual([]);
  });
});

describe("writers", () => {
  const locks = (): string[] => readdirSync(dir).filter((name) => name.endsWith(".lock"));

  it("have a directory one at a time; readers may look in", async () => {
    const first = new io.CheckpointManager(dir);
    await first.save(1, scalar(1));
    await first.waitUntilFinished();
    const { code, message } = thrown(() => new io.CheckpointManager(dir));
    expect(code).toBe("CT710");
    expect(message).toContain("close the other manager");
    const reader = new io.CheckpointManager(dir, { readOnly: true });
    expect(reader.latestStep()).toBe(1);
    expect((await reader.restore<{ x: Tensor }>()).x.js()).toEqual([1]);
    expect((await rejection(reader.save(2, scalar(2)))).code).toBe("CT713");
    await first.save(2, scalar(2));
    await first.close();
    expect(reader.allSteps()).toEqual([1, 2]);
    expect((await rejection(first.save(3, scalar(3)))).code).toBe("CT713");
    await first.close();
    const second = new io.CheckpointManager(dir);
    expect(locks()).toHaveLength(1);
    await second.close();
    expect(locks()).toEqual([]);
  });

  it("take over from those that are gone, and from nobody else", async () => {
    mkdirSync(dir);
    await using probe = new io.CheckpointManager(join(base, "probe"));
    const own = readdirSync(probe.directory).find((name) => name.endsWith(".lock")) as string;
    const [, pid, start, host] = /^\.writer\.(\d+)-(\d+)-([0-9a-f]+)-/.exec(own) as RegExpExecArray;
    expect(pid).toBe(String(process.pid));
    const lockOf = (p: string | number | undefined, s: string | number | undefined, h: string | undefined): string =>
      `.writer.${p}-${s}-${h}-00000000.lock`;
    // No process has this number; another process had this one's.
    for (const stale of [lockOf(2 ** 22 + 1, start, host), lockOf(pid, Number(start) + 1, host)]) {
      writeFileSync(join(dir, stale), "");
      writeFileSync(join(dir, `.step-00000001.safet.${pid}-1-${host}-00000000.tmp`), "half of it");
      const manager = new io.CheckpointManager(dir);
      expect(readdirSync(dir).filter((name) => name === stale || name.endsWith(".tmp"))).toEqual([]);
      await manager.close();
    }
    writeFileSync(join(dir, lockOf(1, 1, "ffffffff")), "process 1 on another-machine, since yesterday\n");
    const { code, message } = thrown(() => new io.CheckpointManager(dir));
    expect(code).toBe("CT710");
    expect(message).toContain("another-machine");
    expect(message).toContain(lockOf(1, 1, "ffffffff"));
    expect(locks()).toHaveLength(1);
  });
});
