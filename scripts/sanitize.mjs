// Builds the native tests with AddressSanitizer and UndefinedBehaviorSanitizer, then with ThreadSanitizer, and runs them.
// `node scripts/sanitize.mjs [name …]`; every test of test/native by default. Exits with 1 when one of them fails.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = process.env.CXX ?? "g++";
const sanitizers = ["address,undefined", "thread"];

const folder = join(root, "test", "native");
const all = readdirSync(folder).flatMap((file) =>
  file.endsWith("_test.cc") ? [file.slice(0, -"_test.cc".length)] : [],
);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;

/**
 * A test says on a line of its own which files of native/ it needs, what is to be defined, how it is to be called (each
 * word one call), and which libraries stand in for NVIDIA's: the name of each, and the file of test/native it is made of.
 */
const listed = (text, what) => new RegExp(`^// ${what}: (.*)$`, "m").exec(text)?.[1].trim().split(/\s+/) ?? [];

const out = mkdtempSync(join(tmpdir(), "cotangent-sanitize-"));
let failed = false;

/** Runs a command; says what it said when it failed. */
function run(command, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status === 0) return true;
  failed = true;
  console.log(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return false;
}

for (const name of wanted) {
  const file = join(folder, `${name}_test.cc`);
  const text = readFileSync(file, "utf8");
  const sources = listed(text, "Sources").map((source) => join(root, "native", source));
  if (sources.length === 0) {
    console.log(`${name}: names no sources`);
    failed = true;
    continue;
  }
  const calls = listed(text, "Arguments");
  const defines = listed(text, "Defines").map((define) => `-D${define}`);
  const libraries = [...text.matchAll(/^\/\/ Library: (\S+) (\S+)(.*)$/gm)].map((m) => [
    m[1],
    m[2],
    m[3].trim().split(/\s+/),
  ]);
  for (const sanitizer of sanitizers) {
    const program = join(out, `${name}-${sanitizer.replace(",", "-")}`);
    const flags = ["-std=c++17", "-O1", "-g", "-pthread", `-fsanitize=${sanitizer}`, "-fno-sanitize-recover=all"];
    mkdirSync(out, { recursive: true });
    if (!run(compiler, [...flags, ...defines, `-I${join(root, "native")}`, file, ...sources, "-ldl", "-o", program]))
      continue;
    const environment = { COTANGENT_NUM_THREADS: "3", TSAN_OPTIONS: "halt_on_error=1" };
    if (libraries.length > 0) {
      environment.COTANGENT_CUDA_PATH = `${program}-libraries`;
      mkdirSync(environment.COTANGENT_CUDA_PATH);
    }
    const areMade = libraries.every(([library, librarySource, extra]) => {
      const made = ["-shared", "-fPIC", `-I${join(root, "native")}`, join(folder, librarySource)];
      const links = [...extra.filter((word) => word !== ""), "-ldl"];
      return run(compiler, [...flags, ...made, ...links, "-o", join(environment.COTANGENT_CUDA_PATH, library)]);
    });
    if (!areMade) continue;
    // More threads than processors, so that they meet in unusual orders.
    const passed = (calls.length === 0 ? [[]] : calls.map((call) => call.split(","))).every((args) =>
      run(program, args, environment),
    );
    if (passed) console.log(`${name} (${sanitizer}): ok`);
  }
}
rmSync(out, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
