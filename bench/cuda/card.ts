/** The card to measure on, or why there is none. */
import { spawnSync } from "node:child_process";
import { devicePut, devices } from "cotangent";

/** What other programs take for "skipped": there was nothing to measure on. */
export const exitWithoutCard = 77;

export interface Card {
  readonly chip: string;
  readonly driver: string;
  readonly commit: string;
}

const said = (command: string, ...args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
};

export function findCard(name: string): Card | { readonly missing: string } {
  const device = devices("cuda").find((d) => String(d) === name);
  if (device === undefined) {
    try {
      devicePut(0, name);
    } catch (error) {
      return { missing: (error as Error).message.split("\n")[0]! };
    }
    return { missing: `${name} is not listed` };
  }
  if (/simulat/i.test(device.description)) return { missing: `${name} is simulated: ${device.description}` };
  const index = name.slice("cuda:".length);
  const driver = said("nvidia-smi", `--id=${index}`, "--query-gpu=driver_version", "--format=csv,noheader");
  return {
    chip: device.description,
    driver: driver ?? "of unknown version",
    commit: process.env.COTANGENT_COMMIT ?? said("git", "rev-parse", "--short", "HEAD") ?? "unknown",
  };
}
