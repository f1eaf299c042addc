/** What the script is asked to do. */
import { parseArgs } from "node:util";

export const sectionNames = ["suites", "sanitizer", "kernels", "products", "training", "host", "memory"] as const;
export type SectionName = (typeof sectionNames)[number];

export interface Options {
  readonly sections: readonly SectionName[];
  readonly device: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Of the long training run. */
  readonly steps: number;
  readonly write: boolean;
}

export const usage = `npm run bench:cuda -- [--only=${sectionNames.join(",")}] [--skip=suites,sanitizer]
    [--device=cuda:0] [--rounds=3] [--seconds=1] [--steps=10000] [--write]`;

const listed = (list: string | undefined, what: string): SectionName[] | undefined =>
  list?.split(",").map((name) => {
    const found = sectionNames.find((s) => s === name);
    if (found === undefined)
      throw new Error(`--${what}: there is no '${name}'. There are ${sectionNames.join(", ")}.\n${usage}`);
    return found;
  });

function positive(text: string, what: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`--${what}: '${text}' is no positive number.\n${usage}`);
  return value;
}

/** @throws Error with the usage, for what is not understood */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      skip: { type: "string" },
      device: { type: "string", default: "cuda:0" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "1" },
      steps: { type: "string", default: "10000" },
      write: { type: "boolean", default: false },
    },
  });
  if (!/^cuda:\d+$/.test(values.device))
    throw new Error(`--device: '${values.device}' is not a card, such as cuda:0.\n${usage}`);
  const skipped = listed(values.skip, "skip") ?? [];
  return {
    sections: (listed(values.only, "only") ?? sectionNames).filter((s) => !skipped.includes(s)),
    device: values.device,
    rounds: positive(values.rounds, "rounds"),
    seconds: positive(values.seconds, "seconds"),
    steps: positive(values.steps, "steps"),
    write: values.write,
  };
}
