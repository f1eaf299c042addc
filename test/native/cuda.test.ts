// What JavaScript sees of CUDA: the driver that fake_cuda stands in for, and why there is none.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CudaProbe, loadNative } from "../../xla-like/runtime/native.js";
import { buildStandIn, driver } from "./stand-ins.js";

const native = fileURLToPath(new URL("../../native", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const compiler = ["c++", "g++", "clang++"].find((c) => spawnSync(c, ["--version"]).status === 0);
const loaderHasDriver = process.platform !== "linux" || spawnSync("ldconfig", ["-p"]).stdout?.includes("libcuda.so");
const header = [process.env.CUDA_HOME, "/usr/local/cuda", "/usr"].find(
  (folder) => folder && existsSync(join(folder, "include", "cuda.h")),
);

const script = `
  import { devicePut, devices, numpy as np, defaultDevice } from "./src/index.ts";
  import { loadNative } from "./xla-like/runtime/native.ts";
  const thrown = (f) => { try { f(); } catch (e) { return { name: e.name, code: e.code, message: e.message }; } };
  console.log(JSON.stringify({
    probe: loadNative().module.cudaProbe(),
    listed: devices("cuda").length,
    error: thrown(() => devicePut(np.ones([2]), "cuda:0")) ?? null,
    last: thrown(() => defaultDevice("cuda:7")),
    chosen: String(defaultDevice()),
  }));`;

interface Thrown {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}
interface Seen {
  readonly probe: CudaProbe;
  readonly listed: number;
  /** Null where a tensor can be put on the first card. */
  readonly error: Thrown | null;
  readonly last: Thrown;
  readonly chosen: string;
}

const seenWith = (path: string, settings = ""): Seen =>
  JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_CUDA_PATH: path, FAKE_CUDA: settings },
    }),
  ) as Seen;

describe.runIf(loadNative().ok && process.platform !== "win32")("CUDA as JavaScript sees it", () => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-cuda-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.skipIf(loaderHasDriver)("says where it looked for a driver", () => {
    const missing = join(folder, "absent");
    const { probe, listed, error, chosen } = seenWith(`${missing}:${folder}`);
    expect(probe).toMatchObject({ ok: false, kind: "no-library" });
    expect(listed).toBe(0);
    expect(chosen).not.toContain("cuda");
    expect(error).toMatchObject({ name: "DeviceError", code: "CT501" });
    for (const part of ["'cuda:0'", "libcuda.so.1 was not found", missing, folder, "loader's path", "Install"]) {
      expect(error?.message).toContain(part);
    }
  });

  describe.skipIf(compiler === undefined)("over a driver that records", () => {
    const build = (name: string, ...flags: string[]): string => {
      const path = join(folder, name);
      mkdirSync(path);
      buildStandIn(driver, join(path, driver.library), ...flags);
      return path;
    };
    let whole = "";
    let partial = "";
    beforeAll(() => {
      whole = build("whole");
      partial = build("partial", "-DFAKE_CUDA_WITHOUT_GRAPHS");
    }, 60_000);

    test("sees the cards, which are devices, but none that is chosen by default", () => {
      const { probe, listed, error, last, chosen } = seenWith(`${join(folder, "absent")}:${whole}`, "memory=123456789");
      expect(probe).toEqual({
        ok: true,
        path: join(whole, "libcuda.so.1"),
        version: "12.4",
        cards: [0, 1].map((card) => ({
          name: `Recording card ${card}`,
          memoryBytes: 123456789,
          computeCapability: "9.0",
          multiprocessors: 132,
        })),
      });
      expect([listed, error, chosen]).toEqual([2, null, "cpu:0"]);
      expect(last.message).toMatch(/sees 2 cards.*none has the number 7/);
    });

    test.each([
      ["version=11040", "old-driver", ["for CUDA 11.4", "12.0", "Install a driver"]],
      ["devices=0", "no-device", ["sees no card", "CUDA_VISIBLE_DEVICES"]],
      ["init=999", "not-initialized", ["does not start: error 999", "nvidia-smi"]],
    ])("refuses %s", (settings, kind, parts) => {
      const { probe, error } = seenWith(whole, settings);
      expect(probe).toMatchObject({ ok: false, kind });
      for (const part of [...parts, join(whole, "libcuda.so.1")]) expect(error?.message).toContain(part);
    });

    test("names a function that is missing", () => {
      const { probe, error } = seenWith(partial);
      expect(probe).toMatchObject({ ok: false, kind: "missing-symbol" });
      expect(error?.message).toContain("libcuda.so.1 has no function cuGraphLaunch. Looked in:");
    });
  });
});

test.skipIf(compiler === undefined || header === undefined)(
  "the driver's interface is as NVIDIA's header has it",
  () => {
    const check = ["-std=c++17", "-fsyntax-only", `-I${native}`, `-I${header}/include`];
    const { status, stderr } = spawnSync(compiler as string, [...check, join(here, "cuda_header_check.cc")]);
    expect(String(stderr)).toBe("");
    expect(status).toBe(0);
  },
);

test.skipIf(compiler === undefined || header === undefined || !existsSync(join(header, "include", "cublasLt.h")))(
  "the libraries' interfaces are as NVIDIA's headers have them",
  () => {
    const check = ["-std=c++17", "-fsyntax-only", `-I${native}`, `-I${header}/include`];
    const { status, stderr } = spawnSync(compiler as string, [...check, join(here, "cuda_libraries_header_check.cc")]);
    expect(String(stderr)).toBe("");
    expect(status).toBe(0);
  },
);
