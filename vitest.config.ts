import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What is about values: it holds on every device. */
const suites = [
  "props/suites/**/*.test.ts",
  "test/api/{debug,define-primitive,dispatch,grad,jit}.test.ts",
  "test/control/{checkpoint,cond,map,reduce,scan,while}.test.ts",
  "test/{nn,optim}/**/*.test.ts",
  "test/io/{round-trip,save-load}.test.ts",
  "test/lax/collectives.test.ts",
  "test/numpy/{creation,indexing,library,promotion,tensor-methods}.test.ts",
  "test/primitives/{convert,elementwise-values,indexing,random-bits,structured-values}.test.ts",
  "test/examples/**/*.test.ts",
  "test/known-answers/**/*.test.ts",
  "test/{control,lax,numpy,random,scipy}/**/golden.test.ts",
  "test/scipy/**/*.test.ts",
];
const notSuites = ["props/suites/devices.test.ts", "props/suites/coverage.test.ts"];

/** What takes longest, as nobody knows in a new clone: begun last, it would leave the other worker with nothing to do. */
const longest = ["native/sanitize", "random/golden", "cuda/samples", "suites/programs", "cuda/row", "cuda/budget"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => {
      const place = longest.findIndex((name) => file.moduleId.endsWith(`${name}.test.ts`));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** COTANGENT_TEST_CARD=real runs them on cuda:0 too, =simulated on one that stands in for it, slowly. */
const card = process.env.COTANGENT_TEST_CARD;
const simulation = here("./node_modules/.cache/cotangent-simulation");
const exact = { COTANGENT_DEVICE: "cuda:0", COTANGENT_MATMUL_PRECISION: "highest" };
const onCard: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "cuda:0",
    include: suites,
    exclude: notSuites,
    testTimeout: 600_000,
    env: card === "real" ? exact : { ...exact, COTANGENT_CUDA_PATH: simulation, FAKE_CUDA: "simulate=1" },
    globalSetup: card === "real" ? [] : [here("./test/cuda/global-setup.ts")],
  },
};

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
    sequence: { sequencer: LongestFirst },
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
          include: suites,
          exclude: notSuites,
          env: { COTANGENT_DEVICE: "reference:0" },
        },
      },
      ...(card === undefined ? [] : [onCard]),
    ],
  },
});
