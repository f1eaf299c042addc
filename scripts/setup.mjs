// Brings a checkout to where its tests and examples run: dependencies, then the native addon. Does only what is
// missing, so it costs next to nothing when there is nothing to do. Needs nothing but Node.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exclusively } from "./exclusively.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text) => console.log(`setup: ${text}`);

// The compiler of kernels and the linear algebra behind cpu:0; COTANGENT_LLVM=0 builds the addon without them.
const llvmWanted = process.env.COTANGENT_LLVM !== "0";
const llvmPackages = ["llvm-19-dev", "zlib1g-dev", "libzstd-dev", "libxml2-dev"];
const openblasPackages = ["libopenblas-dev"];

// Whoever comes second finds everything done.
const usable = exclusively(
  join(root, "build", "setup.lock"),
  () => {
    const installed = installDependencies();
    if (installed) buildAddon();
    return installed;
  },
  () => say("waiting for another setup of this checkout (if there is none, remove build/setup.lock)"),
);
if (!usable) process.exit(1);

/** Whether all dependencies are there. */
function installDependencies() {
  const why = staleDependencies();
  if (why === undefined) return true;
  say(`${why}; running npm ci`);
  // No dependency needs its install script: binaries come as optional packages.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const [command, full] = npm?.endsWith(".js") ? [process.execPath, [npm, ...args]] : ["npm", args];
  const { status } = spawnSync(command, full, { cwd: root, stdio: "inherit" });
  if (status !== 0) console.error("setup: npm ci failed, and nothing works without the dependencies");
  return status === 0;
}

/** Why node_modules is not what package-lock.json asks for; undefined when it is. */
function staleDependencies() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return "no dependencies installed";
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = installed[path];
    // Optional packages are for other platforms, or may have failed to install.
    if (found === undefined && !entry.optional && !entry.peer) return `${path} is missing`;
    if (found !== undefined && found.version !== entry.version) return `${path} is ${found.version}`;
  }
  return undefined;
}

function buildAddon() {
  if (process.env.COTANGENT_NATIVE === "0") return;
  const stampFile = join(root, "build", "cotangent.stamp");
  const built = existsSync(join(root, "build", "Release", "cotangent.node"));
  if (built && existsSync(stampFile) && readFileSync(stampFile, "utf8") === addonStamp()) return;

  const missing = missingTools();
  if (missing.length > 0 && !(installTools(missing) && missingTools().length === 0)) {
    const command = `apt-get install -y ${missing.join(" ")}`;
    say(
      `the native addon was not built, as ${missing.join(" and ")} are missing (${command}); using the reference device`,
    );
    return;
  }
  const packages = llvmWanted ? missingLibraries() : [];
  if (packages.length > 0 && !installTools(packages)) {
    const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
    const instead = llvmVersion() === undefined ? "programs run" : "linear algebra runs";
    say(
      `${packages.join(", ")} missing, so that ${instead} in the reference evaluator (${command}, then npm run setup)`,
    );
  }
  say("building the native addon");
  // An existing configuration would keep its answer to whether there is LLVM.
  rmSync(join(root, "build", "CMakeCache.txt"), { force: true });
  const cmakeJs = join(root, "node_modules", "cmake-js", "bin", "cmake-js");
  const llvm = `--CDCOTANGENT_LLVM=${llvmWanted && llvmVersion() !== undefined ? "ON" : "OFF"}`;
  const args = [cmakeJs, "compile", "--CDCMAKE_BUILD_TYPE=Release", llvm];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(join(root, "build", "setup.log"), `${stdout}${stderr}`);
  if (status !== 0) {
    const error = `${stdout}\n${stderr}`.split("\n").find((line) => /error/i.test(line));
    say(`the native addon could not be built (${error?.trim() ?? "see build/setup.log"}); using the reference device`);
    return;
  }
  writeFileSync(stampFile, addonStamp());
}

/** A hash of everything the addon is made from. */
function addonStamp() {
  const hash = createHash("sha256");
  const libraries = llvmWanted ? `llvm ${llvmVersion()} openblas ${hasOpenblas()}` : "llvm off";
  hash.update(`${process.platform} ${process.arch} ${libraries}\n`);
  const sources = [join(root, "CMakeLists.txt"), ...filesUnder(join(root, "native"))];
  for (const file of sources.sort()) hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  for (const name of ["cmake-js", "node-addon-api", "node-api-headers"]) {
    const manifest = join(root, "node_modules", name, "package.json");
    if (existsSync(manifest)) hash.update(`${name} ${JSON.parse(readFileSync(manifest, "utf8")).version}\n`);
  }
  return hash.digest("hex");
}

function filesUnder(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Debian's names of the packages with the libraries that are not there. */
function missingLibraries() {
  return [...(llvmVersion() === undefined ? llvmPackages : []), ...(hasOpenblas() ? [] : openblasPackages)];
}

function hasOpenblas() {
  const triple = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
  const places = [`/usr/lib/${triple}`, "/usr/lib64", "/usr/lib", "/usr/local/lib", "/opt/homebrew/opt/openblas/lib"];
  return places.some((dir) => ["so", "dylib", "a"].some((suffix) => existsSync(join(dir, `libopenblas.${suffix}`))));
}

/** LLVM 19's version, or undefined where its development files are not installed. */
function llvmVersion() {
  const { status, stdout } = spawnSync("llvm-config-19", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Debian's names of the packages with the tools that are not there. */
function missingTools() {
  const runs = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
  const missing = [];
  if (!runs("cmake")) missing.push("cmake");
  if (![process.env.CXX, "c++", "g++", "clang++"].some((command) => command && runs(command))) missing.push("g++");
  if (!["make", "ninja"].some(runs)) missing.push("make");
  return missing;
}

/** Installs Debian packages where that can be done without asking, as root, with apt; says whether it could. */
function installTools(packages) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  say(`installing ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    const apt = (...args) => execFileSync("apt-get", ["-qq", ...args], { env, stdio: "ignore", timeout: 600_000 });
    try {
      apt("install", "-y", "--no-install-recommends", ...packages);
    } catch {
      // A fresh image has no package lists.
      apt("update");
      apt("install", "-y", "--no-install-recommends", ...packages);
    }
  } catch {
    return false;
  }
  return true;
}
