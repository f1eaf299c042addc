import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs `main` if the module with this URL is the program; importing an example, as tests do, runs nothing. */
export async function whenRun(url: string, main: () => unknown): Promise<void> {
  const program = process.argv[1];
  if (program !== undefined && realpathSync(program) === fileURLToPath(url)) await main();
}
