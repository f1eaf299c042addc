// Routines give the same bits on any number of threads, and the right ones on lesser processors.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Digest } from "./digest.js";
import { hasRoutine } from "./helpers.js";

const digests = (env: Record<string, string>): Digest[] =>
  JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "test/xla-like/5-emit/cpu/routines/digest.ts"], {
      encoding: "utf8",
      env: { ...process.env, ...env },
    }),
  );

const expectRight = (found: readonly Digest[]): void => {
  expect(found.length).toBeGreaterThan(10);
  for (const { name, distance } of found) expect(distance, name).toBeLessThan(1e-6);
};

describe.runIf(hasRoutine("sort"))("routines", () => {
  test("do not depend on the number of threads", () => {
    const alone = digests({ COTANGENT_NUM_THREADS: "1" });
    expectRight(alone);
    for (const threads of ["2", "5"]) {
      expect(digests({ COTANGENT_NUM_THREADS: threads }).map((d) => [d.name, d.hash])).toEqual(
        alone.map((d) => [d.name, d.hash]),
      );
    }
  });

  test.each(["avx2", "sse42"])("are right where there is only %s", (features) => {
    expectRight(digests({ COTANGENT_CPU_FEATURES: features }));
  });
});
