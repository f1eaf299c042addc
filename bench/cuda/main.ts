/**
 * Everything that is to be shown on a card, in one run, with results in bench/results-cuda.json and, with `--write`, in
 * docs/performance-cuda.md:
 *
 *     npm run bench:cuda -- [--only=kernels,products] [--skip=sanitizer] [--write]
 *
 * COTANGENT_BENCH_PYTHON names a Python with JAX and PyTorch for CUDA; COTANGENT_COMMIT names the commit where there is no
 * git. Ends with 77 where there is no card, with 1 where a target is missed or something could not be done.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultDevice } from "cotangent";
import { Peer } from "../peers/peer.js";
import { runProducts, runTraining } from "./beside.js";
import { exitWithoutCard, findCard } from "./card.js";
import { type CardResults, missed, page, type Section, table } from "./figures.js";
import { runHost, runMemory } from "./host.js";
import { runKernels } from "./kernels.js";
import { type Options, parseOptions, type SectionName } from "./options.js";
import { runSanitizer, runSuites } from "./suites.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

let options: Options;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
const card = findCard(options.device);
if ("missing" in card) {
  console.log(`bench:cuda: nothing was measured: ${card.missing}`);
  process.exit(exitWithoutCard);
}
console.log(`${card.chip}, driver ${card.driver}, commit ${card.commit}\n`);
defaultDevice(options.device);

// JAX would take three quarters of the card.
process.env.XLA_PYTHON_CLIENT_PREALLOCATE ??= "false";
process.env.COTANGENT_BENCH_DEVICE = "cuda";
const { device, rounds, seconds, steps } = options;
const started = new Map<string, Peer | string>();
async function peer(name: string): Promise<Peer | string> {
  const found = started.get(name) ?? (await Peer.start(name));
  const result = found instanceof Peer || typeof found === "string" ? found : `${name} is left out: ${found.missing}`;
  started.set(name, result);
  return result;
}
/** Those that run here; the others are said to be left out. */
async function beside(
  run: (rounds: number, seconds: number, peers: readonly Peer[]) => Promise<Section>,
  ...names: string[]
) {
  const all = await Promise.all(names.map(peer));
  const section = await run(
    rounds,
    seconds,
    all.filter((p) => p instanceof Peer),
  );
  return { ...section, notes: [...section.notes, ...all.filter((p) => typeof p === "string")] };
}

const sections: Readonly<Record<SectionName, () => Section | Promise<Section>>> = {
  suites: () => runSuites(device),
  sanitizer: () => runSanitizer(device),
  kernels: async () => runKernels(rounds, seconds, await peer("torch-eager")),
  products: () => beside(runProducts, "torch-eager"),
  training: () => beside(runTraining, "jax", "torch-eager", "torch-compile"),
  host: () => runHost(device, rounds),
  memory: () => runMemory(device, steps),
};

const done: Section[] = [];
let broken = 0;
for (const name of options.sections) {
  let section: Section;
  try {
    section = await sections[name]();
  } catch (error) {
    broken++;
    section = { title: name, text: "It could not be measured.", figures: [], notes: [String(error)] };
  }
  done.push(section);
  console.log(`${section.title}\n${table(section.figures)}\n${section.notes.map((n) => `- ${n}\n`).join("")}`);
}
for (const p of started.values()) if (p instanceof Peer) p.stop();

const results: CardResults = { ...card, date: new Date().toISOString().slice(0, 10), sections: done };
writeFileSync(join(root, "bench/results-cuda.json"), `${JSON.stringify(results, null, 2)}\n`);
if (options.write) writeFileSync(join(root, "docs/performance-cuda.md"), page(results));
const not = missed(results);
for (const figure of not) console.log(`missed: ${figure.name}`);
console.log(`${not.length} missed, ${broken} sections not measured`);
process.exit(not.length + broken === 0 ? 0 : 1);
