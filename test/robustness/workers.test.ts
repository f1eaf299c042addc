// Worker threads that are killed in the middle of computations harm nobody else.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { devices } from "../../src/index.js";

describe.runIf(devices("cpu").length > 0)("worker threads", () => {
  test("may be killed while they compute: the others' results stay right, and the process ends by itself", () => {
    const text = execFileSync(process.execPath, ["--import", "tsx", "test/robustness/killed-workers.ts"], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_DEVICE: "cpu:0", COTANGENT_NUM_THREADS: "3" },
      timeout: 100_000,
    });
    const { killed, rounds, same, after } = JSON.parse(text) as Record<string, unknown>;
    expect([killed, after]).toEqual([4, true]);
    expect(same).toBe(rounds);
    expect(rounds).toBeGreaterThan(1);
  });

  test("end soon when they are told to, whatever loop they are in, and whether or not they wait for it", () => {
    const text = execFileSync(process.execPath, ["--import", "tsx", "test/robustness/endless-workers.ts"], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_DEVICE: "cpu:0", COTANGENT_NUM_THREADS: "3" },
      timeout: 100_000,
    });
    const took = JSON.parse(text) as Record<string, number>;
    expect(Object.keys(took)).toHaveLength(8);
    for (const [loop, ms] of Object.entries(took)) expect(ms, loop).toBeLessThan(1000);
  });
});
