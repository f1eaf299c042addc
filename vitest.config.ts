import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // The longer name first: aliases match prefixes.
    alias: [
      { find: /^cotangent\/props$/, replacement: here("./props/index.ts") },
      { find: /^cotangent$/, replacement: here("./src/index.ts") },
    ],
  },
  test: {
    setupFiles: [here("./test/setup.ts")],
    // Processes, because the addon starts threads of its own; two, because CI machines have two cores.
    pool: "forks",
    maxWorkers: 2,
    // Compiling takes its time where other programs run too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Machine code that one test file made is there for the next one, and for the next run.
    env: { COTANGENT_CACHE_DIR: process.env.COTANGENT_CACHE_DIR ?? here("./node_modules/.cache/cotangent") },
    projects: [
      {
        extends: true,
        test: { name: "default", include: ["test/**/*.test.ts", "props/suites/**/*.test.ts"] },
      },
      {
        // What is about values, once more on the device that others are judged by.
        extends: true,
        test: {
          name: "reference:0",
          include: [
            "props/suites/**/*.test.ts",
            "test/examples/**/*.test.ts",
            "test/known-answers/**/*.test.ts",
            "test/{control,lax,nn,numpy,optim,random,scipy}/**/golden.test.ts",
            "test/scipy/**/*.test.ts",
          ],
          exclude: ["props/suites/devices.test.ts", "props/suites/coverage.test.ts"],
          env: { COTANGENT_DEVICE: "reference:0" },
        },
      },
    ],
  },
});
