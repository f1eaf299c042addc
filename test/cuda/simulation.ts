// The simulated card: NVIDIA's driver and libraries stood in for by ones that compute on this machine, so that the public
// API runs on cuda:0 where there is no card.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildStandIns, driver, libraries, type StandIn } from "../native/stand-ins.js";

export interface Simulation {
  readonly folder: string;
  /** Runs a module's text in a process of its own; what it prints last is JSON. `settings` are those of fake_cuda. */
  readonly run: <T>(script: string, settings?: string, env?: NodeJS.ProcessEnv) => T;
  readonly remove: () => void;
}

/** Simulated cards, and the libraries that there are for them. */
export function buildSimulation(available: readonly StandIn[] = libraries): Simulation {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-card-"));
  buildStandIns(folder, [driver, ...available]);
  const run = <T>(script: string, settings = "", env: NodeJS.ProcessEnv = {}): T => {
    const text = execFileSync(
      process.execPath,
      ["--expose-gc", "--import", "tsx", "--input-type=module", "-e", script],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment(folder, settings), ...env },
      },
    );
    return JSON.parse(text.trimEnd().split("\n").at(-1) as string) as T;
  };
  return { folder, run, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What a process needs to find the simulated cards. */
export const environment = (folder: string, settings = ""): NodeJS.ProcessEnv => ({
  COTANGENT_CUDA_PATH: folder,
  FAKE_CUDA: ["simulate=1", settings].filter((s) => s !== "").join(","),
});
