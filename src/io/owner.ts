/** Names of processes, for files that belong to one: whether it still runs can be asked when it has crashed. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** When a process started, in ticks since the system did; 0 where that cannot be asked, undefined if there is none. */
function startOf(pid: number): number | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  try {
    // The name of the program comes in parentheses and may contain anything; 20 fields follow until this one.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : Number(fields[19]);
  } catch {
    return 0;
  }
}

const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
let started: number | undefined;

/** This process, and a number of its own for each call: `1234-567890-0a1b2c3d-4e5f6071`. */
export function ownerName(): string {
  started ??= startOf(process.pid) ?? 0;
  return `${process.pid}-${started}-${host}-${randomBytes(4).toString("hex")}`;
}

export const ownerPattern = /(\d+)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}/;

/** What is known of the process that an owner's name is of; nothing can be asked of another machine's. */
export type OwnerState = "alive" | "gone" | "elsewhere";

export function ownerState(name: string): OwnerState {
  const match = ownerPattern.exec(name);
  if (match === null) return "gone";
  const [, pid, since, where] = match;
  if (where !== host) return "elsewhere";
  const start = startOf(Number(pid));
  if (start === undefined) return "gone";
  // A process of the same number that started at another time is another one.
  return start === 0 || Number(since) === 0 || start === Number(since) ? "alive" : "gone";
}

/** The number of the process that an owner's name is of. */
export const ownerPid = (name: string): number => Number(ownerPattern.exec(name)?.[1]);
