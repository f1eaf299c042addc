/** The directory of a manager: a file for each step, renamed into place when it is complete. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError } from "../prelude/errors.js";
import { isTemporary } from "./atomic-write.js";
import { syncDirectory } from "./directories.js";
import { headerLength, parseHeader } from "./safetensors.js";

/** A number for each metric of a step. */
export type Metrics = Readonly<Record<string, number>>;

export interface Step {
  readonly step: number;
  readonly metrics: Metrics;
}

const stepKey = "checkpoint.step";
const metricsKey = "checkpoint.metrics";
const start = "step-";
const pattern = /^step-(\d{8,})\.safetensors$/;

/** So many digits that names sort like steps. */
const nameOf = (step: number): string => `${start}${String(step).padStart(8, "0")}.safetensors`;

/** What a step's file says of itself; a file without it, or not as long as its header says, is none. */
export const notesOf = ({ step, metrics }: Step): ReadonlyMap<string, string> => {
  // JSON has no infinities, and no NaN.
  const texts = Object.fromEntries(Object.entries(metrics).map(([k, v]) => [k, String(v)]));
  return new Map([
    [stepKey, String(step)],
    [metricsKey, JSON.stringify(texts)],
  ]);
};

export class StepFiles {
  /** By name; the stamp tells whether the file is still the one that was read. */
  readonly #known = new Map<string, { stamp: string; step: Step | undefined }>();

  constructor(readonly directory: string) {}

  path(step: number): string {
    return join(this.directory, nameOf(step));
  }

  /** The steps that are there, ascending. */
  list(): Step[] {
    const steps: Step[] = [];
    const present = new Set<string>();
    for (const name of readDirectory(this.directory)) {
      if (!pattern.test(name)) continue;
      present.add(name);
      const found = this.#examine(name);
      if (found !== undefined) steps.push(found);
    }
    for (const name of this.#known.keys()) if (!present.has(name)) this.#known.delete(name);
    return steps.sort((a, b) => a.step - b.step);
  }

  /** What crashed processes left half done. Only for whoever holds the directory's lock. */
  removeLeftovers(): void {
    for (const name of readDirectory(this.directory)) {
      if (isTemporary(name, start)) rmSync(join(this.directory, name), { force: true });
    }
  }

  /** @param forGood whether they must not be there again after a crash of the system */
  async remove(steps: readonly number[], forGood: boolean): Promise<void> {
    const unlinked = steps.map((step) =>
      unlink(this.path(step)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      }),
    );
    await Promise.all(unlinked);
    if (forGood && steps.length > 0) await syncDirectory(this.directory);
  }

  /** A step that was just written: its file need not be read. */
  add(step: Step): void {
    const name = nameOf(step.step);
    const stamp = stampOf(join(this.directory, name));
    if (stamp !== undefined) this.#known.set(name, { stamp, step });
  }

  #examine(name: string): Step | undefined {
    const path = join(this.directory, name);
    const stamp = stampOf(path);
    if (stamp === undefined) return undefined;
    const known = this.#known.get(name);
    if (known?.stamp === stamp) return known.step;
    let step: Step | undefined;
    try {
      step = readStep(path, Number((pattern.exec(name) as RegExpExecArray)[1]));
    } catch (error) {
      // Another process may have removed it since.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      process.emitWarning(`'${path}' is left out of the checkpoints: ${(error as Error).message}`, {
        type: "CheckpointWarning",
        code: "CT702",
      });
    }
    this.#known.set(name, { stamp, step });
    return step;
  }
}

/** Of a file as it is now; undefined if there is none. */
function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}

function readDirectory(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new CheckpointError("CT706", `'${directory}' cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

/** From the header alone. */
function readStep(path: string, step: number): Step {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const read = (length: number, position: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      let at = 0;
      while (at < length) {
        const n = readSync(file, bytes, at, length - at, position + at);
        if (n === 0) break;
        at += n;
      }
      return bytes.subarray(0, at);
    };
    const length = headerLength(read(8, 0), size);
    if (length._tag === "Left") throw length.left;
    const header = parseHeader(read(length.right, 8), size);
    if (header._tag === "Left") throw header.left;
    const { metadata } = header.right;
    if (metadata.get(stepKey) !== String(step)) {
      throw new CheckpointError("CT702", `its metadata does not say that it is step ${step}.`);
    }
    return { step, metrics: parseMetrics(metadata.get(metricsKey)) };
  } finally {
    closeSync(file);
  }
}

function parseMetrics(text = "{}"): Metrics {
  const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]));
}
