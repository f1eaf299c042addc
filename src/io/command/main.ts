#!/usr/bin/env node
/** The command `cotangent`: looks into files of tensors. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "../../interpreters/index.js";
import { CotangentError } from "../../prelude/errors.js";
import { diff } from "./diff.js";
import { inspect } from "./inspect.js";

const usage = `Usage:
  cotangent inspect FILE   lists leaves, types, sizes and statistics
  cotangent diff A B       says which leaves differ, and by how much; ends with 1 if any does
FILE is a safetensors file, a *.safetensors.index.json, a .npy or a .npz.`;

/** Runs the command; gives its exit status: 2 where it could not do its work. */
export async function run(
  args: readonly string[],
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<number> {
  const [command, ...paths] = args;
  try {
    if (command === "inspect" && paths.length === 1) {
      await inspect(paths[0], print);
      return 0;
    }
    if (command === "diff" && paths.length === 2) return (await diff(paths[0], paths[1], print)) ? 1 : 0;
    if (command === "--help" || command === "-h") {
      print(usage);
      return 0;
    }
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    complain(error.message);
    return 2;
  }
  complain(usage);
  return 2;
}

const program = process.argv[1];
if (program !== undefined && realpathSync(program) === fileURLToPath(import.meta.url)) {
  process.exitCode = await run(process.argv.slice(2), console.log, console.error);
}
