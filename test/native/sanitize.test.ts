// The native code under the sanitizers, where the compiler has them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const script = join(here, "..", "..", "scripts", "sanitize.mjs");
const names = readdirSync(here).flatMap((file) => (file.endsWith("_test.cc") ? [file.replace(/_test\.cc$/, "")] : []));

/** Whether an empty program can be built and run with a sanitizer. */
const has = (sanitizer: string): boolean => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-"));
  try {
    const [source, program] = [join(folder, "empty.cc"), join(folder, "empty")];
    writeFileSync(source, "int main() { return 0; }\n");
    const compiler = process.env.CXX ?? "g++";
    if (spawnSync(compiler, [`-fsanitize=${sanitizer}`, source, "-o", program]).status !== 0) return false;
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe.runIf(has("address,undefined") && has("thread"))("native tests pass under the sanitizers", () => {
  test.each(names)(
    "%s",
    (name) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, name], { encoding: "utf8" });
      expect({ status, said: `${stdout}${stderr}` }).toEqual({
        status: 0,
        said: `${name} (address,undefined): ok\n${name} (thread): ok\n`,
      });
    },
    900_000,
  );
});
