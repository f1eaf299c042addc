// Builds the native tests with AddressSanitizer and UndefinedBehaviorSanitizer, then with ThreadSanitizer, and runs them.
// `node scripts/sanitize.mjs [name …]`; every test of test/native by default. Exits with 1 when one of them fails.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
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
 * word one call), and which libraries stand in for NVIDIA's: the name of each, and the file or the folder of test/native
 * that it is made of.
 */
const listed = (text, what) => new RegExp(`^// ${what}: (.*)$`, "m").exec(text)?.[1].trim().split(/\s+/) ?? [];

const cache = join(root, "node_modules", ".cache", "cotangent-sanitize");
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

/** What every object depends on: the compiler, and whatever may be included. */
const common = createHash("sha256").update(spawnSync(compiler, ["--version"], { encoding: "utf8" }).stdout);
for (const place of [join(root, "native"), folder]) {
  const headers = readdirSync(place, { recursive: true }).filter((file) => /\.(h|inc)$/.test(file));
  for (const header of headers.sort()) common.update(header).update(readFileSync(join(place, header)));
}

/** A file, or those of a folder that are compiled. */
function filesOf(place) {
  if (!statSync(place).isDirectory()) return [place];
  const files = readdirSync(place).filter((file) => file.endsWith(".cc"));
  return files.sort().map((file) => join(place, file));
}

/** Compiles a file, once for all programs that it is part of, and for the next time; gives the object's path. */
function objectOf(source, flags) {
  const hash = common.copy().update(flags.join(" ")).update(source).update(readFileSync(source));
  const object = join(cache, `${hash.digest("hex").slice(0, 32)}.o`);
  if (existsSync(object)) {
    utimesSync(object, new Date(), new Date());
    return object;
  }
  mkdirSync(cache, { recursive: true });
  const made = `${object}.${process.pid}`;
  if (!run(compiler, [...flags, "-c", source, "-o", made])) return undefined;
  renameSync(made, object);
  return object;
}

/** Links what the sources are compiled to. */
function build(sources, flags, links, program) {
  const objects = sources.map((source) => objectOf(source, flags));
  return !objects.includes(undefined) && run(compiler, [...flags, ...objects, ...links, "-ldl", "-o", program]);
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
  const libraries = [...text.matchAll(/^\/\/ Library: (\S+) (\S+)(.*)$/gm)].map(([, library, source, links]) => ({
    library,
    sources: filesOf(join(folder, source)),
    links: links.trim() === "" ? [] : links.trim().split(/\s+/),
  }));
  for (const sanitizer of sanitizers) {
    const program = join(out, `${name}-${sanitizer.replace(",", "-")}`);
    const checks = ["-g1", "-pthread", `-fsanitize=${sanitizer}`, "-fno-sanitize-recover=all"];
    const flags = ["-std=c++17", "-O1", ...checks, `-I${join(root, "native")}`];
    mkdirSync(out, { recursive: true });
    if (!build([file, ...sources], [...flags, ...defines], [], program)) continue;
    const environment = { COTANGENT_NUM_THREADS: "3", TSAN_OPTIONS: "halt_on_error=1" };
    if (libraries.length > 0) {
      environment.COTANGENT_CUDA_PATH = `${program}-libraries`;
      mkdirSync(environment.COTANGENT_CUDA_PATH);
    }
    const areMade = libraries.every(({ library, sources, links }) =>
      build(sources, [...flags, "-fPIC"], ["-shared", ...links], join(environment.COTANGENT_CUDA_PATH, library)),
    );
    if (!areMade) continue;
    // More threads than processors, so that they meet in unusual orders.
    const passed = (calls.length === 0 ? [[]] : calls.map((call) => call.split(","))).every((args) =>
      run(program, args, environment),
    );
    if (passed) console.log(`${name} (${sanitizer}): ok`);
  }
}
rmSync(out, { recursive: true, force: true });
// Nobody comes back to what has not been wanted for a week.
for (const object of existsSync(cache) ? readdirSync(cache) : []) {
  const path = join(cache, object);
  if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 7 * 86_400_000)
    rmSync(path, { force: true });
}
process.exit(failed ? 1 : 0);
