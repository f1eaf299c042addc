// Stand-ins for NVIDIA's driver and libraries, built from the C++ beside this file.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadJit } from "../../xla-like/runtime/native.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const native = join(root, "native");
const compiler = ["c++", "g++", "clang++"].find((c) => spawnSync(c, ["--version"]).status === 0);

/** Why nothing can stand in for a card here, or undefined. */
export function whyNoStandIns(): string | undefined {
  if (process.platform === "win32") return "CUDA is not supported on Windows yet";
  if (compiler === undefined) return "no C++ compiler";
  const jit = loadJit();
  return jit.ok ? undefined : jit.reason;
}

export interface StandIn {
  readonly library: string;
  /** A file beside this one, or a folder of them. */
  readonly source: string;
  readonly links?: readonly string[];
}

export const driver: StandIn = { library: "libcuda.so.1", source: "fake_cuda" };

/** Whether there is an OpenBLAS to stand in for cuSOLVER. */
export const hasOpenBlas = spawnSync("sh", ["-c", "ldconfig -p | grep -q libopenblas"]).status === 0;

export const cublas: StandIn = { library: "libcublas.so.12", source: "fake_libraries/fake_cublas.cc" };
export const cublasLt: StandIn = { library: "libcublasLt.so.12", source: "fake_libraries/fake_cublaslt.cc" };
export const cudnn: StandIn = { library: "libcudnn.so.9", source: "fake_libraries/fake_cudnn.cc" };
export const cufft: StandIn = { library: "libcufft.so.11", source: "fake_libraries/fake_cufft.cc" };
export const cusolver: StandIn = {
  library: "libcusolver.so.11",
  source: "fake_libraries/fake_cusolver.cc",
  links: ["-lopenblas"],
};

/** Every stand-in that can be built here. */
export const libraries: readonly StandIn[] = [cublas, cublasLt, cudnn, cufft, ...(hasOpenBlas ? [cusolver] : [])];

/** A hash of every file whose text a stand-in can depend on. */
function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const folder of [here, join(native, "cuda"), join(native, "cpu")]) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) => /\.(h|cc)$/.test(f));
    for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}

/** Builds one stand-in. */
export function buildStandIn({ source, links = [] }: StandIn, path: string, ...flags: readonly string[]): void {
  const place = join(here, source);
  const files = source.endsWith(".cc") ? [place] : readdirSync(place).map((file) => join(place, file));
  const sources = files.filter((file) => file.endsWith(".cc"));
  const all = ["-std=c++17", "-O1", "-shared", "-fPIC", `-I${native}`, ...flags];
  execFileSync(compiler as string, [...all, ...sources, "-o", path, ...links, "-ldl"]);
}

/** Builds stand-ins into a folder, for COTANGENT_CUDA_PATH. What was built before is kept for the next time. */
export function buildStandIns(folder: string, standIns: readonly StandIn[]): void {
  const kept = join(root, "node_modules", ".cache", "cotangent-stand-ins", hashOfSources());
  mkdirSync(kept, { recursive: true });
  for (const standIn of standIns) {
    const { library } = standIn;
    const [built, unfinished] = [join(kept, library), join(kept, `${library}.${process.pid}`)];
    if (!existsSync(built)) {
      buildStandIn(standIn, unfinished);
      renameSync(unfinished, built);
    }
    copyFileSync(built, join(folder, library));
  }
}
