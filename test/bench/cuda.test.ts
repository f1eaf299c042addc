import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { blockUntilReady, jit, numpy as np, type Tensor } from "cotangent";
import { describe, expect, it } from "vitest";
import { bestOf, productFigure, stepFigure } from "../../bench/cuda/beside.js";
import { type CardResults, type Figure, isMet, missed, page, shareOf, table } from "../../bench/cuda/figures.js";
import { compileFigures, compileTimes, growth, hostMicroseconds, trainingSamples } from "../../bench/cuda/host.js";
import { inLine, kernelFigures } from "../../bench/cuda/kernels.js";
import { parseOptions } from "../../bench/cuda/options.js";
import { failures, sanitizerErrors, suiteFigure } from "../../bench/cuda/suites.js";

describe("bench/cuda: options", () => {
  it("are everything on the first card, unless said otherwise", () => {
    const all = parseOptions([]);
    expect(all.sections).toEqual(["suites", "sanitizer", "kernels", "products", "training", "host", "memory"]);
    expect({ ...all, sections: 0 }).toEqual({
      sections: 0,
      device: "cuda:0",
      rounds: 3,
      seconds: 1,
      steps: 10_000,
      write: false,
    });
    const some = parseOptions(["--only=host,kernels", "--skip=host", "--device=cuda:1", "--steps=20", "--write"]);
    expect(some).toMatchObject({ sections: ["kernels"], device: "cuda:1", steps: 20, write: true });
  });

  it.each([
    [["--only=kernel"], "--only: there is no 'kernel'. There are suites, "],
    [["--device=cpu:0"], "--device: 'cpu:0' is not a card, such as cuda:0."],
    [["--rounds=0"], "--rounds: '0' is no positive number."],
    [["--fast"], "Unknown option '--fast'"],
  ])("%s is refused", (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});

const canned: CardResults = {
  chip: "A card",
  driver: "580.1",
  date: "2026-11-21",
  commit: "abc1234",
  sections: [
    {
      title: "Kernels",
      text: "Of memory.",
      figures: kernelFigures(
        [
          { name: "x * 2", bytes: 2 ** 31, share: 0.9, ms: 0.55 },
          { name: "softmax", bytes: 2 ** 31, share: 0.85, ms: 0.6 },
          { name: "sums", bytes: 2 ** 30, ms: 0.3 },
        ],
        0.5,
      ),
      notes: [],
    },
    {
      title: "Products and steps",
      text: "Beside others.",
      figures: [
        productFigure("bfloat16, 4096", 4096, { ours: 0.2, peers: { "torch-eager": 0.196, jax: 0.1 } }),
        stepFigure("convnet", { ours: 1, peers: { jax: 1.2, "torch-compile": 1.1, "torch-eager": 0.5 } }),
        stepFigure("gpt", { ours: 1, peers: {} }),
        ...compileFigures("gpt", { cold: 3001, cached: 300 }),
      ],
      notes: ["jax is left out: no module named jax"],
    },
  ],
};

describe("bench/cuda: figures", () => {
  const figures = canned.sections.flatMap((s) => s.figures);

  it("are judged by what is beside them or by themselves", () => {
    expect(figures.map((f) => [f.name, shareOf(f)?.toFixed(3), isMet(f)])).toEqual([
      ["x * 2", "0.909", true],
      ["softmax", "0.833", false],
      ["sums", "0.833", undefined],
      ["bfloat16, 4096", "0.980", true],
      ["convnet", "1.100", true],
      ["gpt", undefined, undefined],
      ["gpt: first step, nothing compiled yet", undefined, false],
      ["gpt: first step, compiled by another process", undefined, true],
    ]);
    expect(missed(canned).map((f) => f.name)).toEqual(["softmax", "gpt: first step, nothing compiled yet"]);
  });

  it("have no share where there was no copy", () => {
    const [alone] = kernelFigures([{ name: "x", bytes: 2e9, share: 0.9, ms: 1 }], undefined);
    expect([alone!.value, isMet(alone!)]).toEqual([2000, undefined]);
  });

  it("are compared with the fastest peer of those meant", () => {
    expect(bestOf({ jax: 2, "torch-compile": 1, "torch-eager": 0.5 }, ["jax", "torch-compile"])).toEqual({
      name: "torch-compile",
      value: 1,
    });
    expect(bestOf({}, ["jax"])).toBeUndefined();
    // 2 · 4096³ operations in 0.2 ms.
    expect(figures[3]!.value).toBeCloseTo(687.19, 1);
    expect(figures[3]!.beside!.name).toBe("torch-eager");
  });

  it("become tables", () => {
    expect(table(canned.sections[1]!.figures).split("\n")).toEqual([
      "| what | cotangent | beside it | share of its speed | asked for | met |",
      "| --- | --- | --- | --- | --- | --- |",
      "| bfloat16, 4096 | 687 TFLOP/s | 701 TFLOP/s (torch-eager) | 98% | at least 97% | yes |",
      "| convnet | 1 ms | 1.10 ms (torch-compile) | 110% | at least 100% | yes |",
      "| gpt | 1 ms | – | – | at least 100% | – |",
      "| gpt: first step, nothing compiled yet | 3001 ms | – | – | at most 3000 ms | **no** |",
      "| gpt: first step, compiled by another process | 300 ms | – | – | at most 300 ms | yes |",
    ]);
  });

  it("become a page that says where, when and of what they are", () => {
    const text = page(canned);
    expect(text).toContain("Measured 2026-11-21 on A card, driver 580.1, at commit abc1234, everything in one run.");
    expect(text).toContain("Of 6 figures that\nsomething is asked of, 4 are met.");
    expect(text).toContain("\n## Kernels\n\nOf memory.\n\n| what |");
    expect(text).toContain("| yes |\n\n- jax is left out: no module named jax\n");
  });
});

describe("bench/cuda: readings", () => {
  it("of what others print", () => {
    const printed = "| workload | cold | from the cache on disk |\n| --- | --- | --- |\n| gpt | 2900 ms | 250 ms |\n";
    expect(compileTimes(printed, "gpt")).toEqual({ cold: 2900, cached: 250 });
    expect(compileTimes("Error", "gpt")).toBeUndefined();
    expect(sanitizerErrors("== ERROR SUMMARY: 0 errors\n== ERROR SUMMARY: 2 errors\n")).toBe(2);
    expect(sanitizerErrors("killed")).toBeUndefined();
  });

  it("of test reports: tests that failed, and files that did not come so far", () => {
    const file = (status: string, ...tests: string[]) => ({
      name: "a.test.ts",
      status,
      assertionResults: tests.map((t) => ({ status: t })),
    });
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      numTotalTests: 3,
      testResults: [file("passed", "passed"), file("failed", "passed", "failed"), file("failed")],
    };
    expect(failures(report)).toBe(2);
    const figure: Figure = suiteFigure("examples", report);
    expect([figure.name, isMet(figure)]).toEqual(["examples: 3 tests", false]);
  });

  it("of memory: from the tenth step on", () => {
    const sample = (step: number, bytesReserved: number) => ({ step, bytesReserved, bytesInUse: 0 });
    expect(growth([sample(1, 0), sample(10, 100), sample(1000, 100), sample(2000, 108)])).toBe(8);
    expect(() => growth([sample(5, 1)])).toThrow("needs a sample after the tenth step");
  });
});

describe("bench/cuda: measuring, on whatever device there is", () => {
  const x = np.ones([8]);
  const f = jit((a: Tensor) => a.mul(2));

  it("takes times of runs in line, whose results it gives back", () => {
    const results: Tensor[] = [];
    const ms = inLine(
      () => {
        results.push(f(x));
        return results.at(-1);
      },
      4,
      2,
    );
    expect(ms).toBeGreaterThan(0);
    expect(results).toHaveLength(12);
    expect(() => results[0]!.add(1)).toThrow("[CT502]");
    expect(blockUntilReady(results.at(-1)!).js()).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
  });

  it("takes times of calls alone", () => {
    let calls = 0;
    const us = hostMicroseconds(() => {
      calls++;
      return x;
    }, 1);
    expect(us).toBeGreaterThan(0);
    expect(calls).toBe(50 + 10 * 50);
  });

  it("samples memory on the way", () => {
    let asked = 0;
    const samples = trainingSamples(12, () => ({ bytesReserved: ++asked, bytesInUse: 0 }));
    expect(samples.map((s) => s.step)).toEqual([10, 12]);
    expect(growth(samples)).toBe(1);
  });
});

it("bench/cuda: without a card, says so in a line and ends with 77", () => {
  const main = fileURLToPath(new URL("../../bench/cuda/main.ts", import.meta.url));
  const env = { ...process.env, COTANGENT_CUDA_PATH: "/nowhere", COTANGENT_DEVICE: "reference:0" };
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", main, "--device=cuda:99"], {
    env,
    encoding: "utf8",
  });
  expect(status).toBe(77);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(stdout).toMatch(/^bench:cuda: nothing was measured: .*there is no device 'cuda:99' here/);
});
