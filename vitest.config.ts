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
    include: ["test/**/*.test.ts", "props/suites/**/*.test.ts", "examples/**/*.test.ts"],
    // Processes, because the addon starts threads of its own; two, because CI machines have two cores.
    setupFiles: [here("./test/setup.ts")],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
