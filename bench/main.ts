/**
 * Every workload, beside the peers that are installed, in one sitting.
 *
 *     npm run bench -- [--only=gpt,mlp] [--peers=jax,torch-eager] [--rounds=3] [--seconds=1] [--write]
 *
 * COTANGENT_BENCH_PYTHON names the Python that has the peers. `--write` renews docs/performance.md.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultDevice } from "cotangent";
import { measure, median } from "./measure.js";
import { Peer, peerNames } from "./peers/peer.js";
import { contenders, type Row, ratioOf, table, write } from "./report.js";
import { workloads } from "./workloads/index.js";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    peers: { type: "string" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "1" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const wanted = (list: string | undefined, name: string): boolean =>
  list === undefined || list.split(",").includes(name);

const missing: Record<string, string> = {};
const peers: Peer[] = [];
for (const name of peerNames.filter((n) => wanted(values.peers, n))) {
  const peer = await Peer.start(name);
  if (peer instanceof Peer) peers.push(peer);
  else missing[name] = peer.missing;
}
for (const [name, why] of Object.entries(missing)) console.log(`${name} is left out: ${why}`);

const rows: Row[] = [];
for (const workload of workloads.filter((w) => wanted(values.only, w.name))) {
  const ours: number[] = [];
  const theirs: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    ours.push(measure(workload, seconds));
    for (const peer of peers) {
      // Those that are far off are asked once.
      if (round > 0 && !contenders.includes(peer.name)) continue;
      const answer = await peer.measure(workload.name, seconds);
      if ("ms" in answer) theirs[peer.name] = [...(theirs[peer.name] ?? []), answer.ms];
      else if (round === 0) console.log(`${peer.name} on ${workload.name}: ${answer.error}`);
    }
  }
  const medians = Object.fromEntries(Object.entries(theirs).map(([name, times]) => [name, median(times)]));
  const row = { name: workload.name, what: workload.what, ours: median(ours), peers: medians };
  rows.push(row);
  const shown = Object.entries(medians).map(([name, ms]) => `${name} ${ms.toFixed(4)}`);
  console.log(`${row.name}: ${row.ours.toFixed(4)} ms; ${shown.join(", ")}; ratio ${ratioOf(row)?.toFixed(2) ?? "–"}`);
}
for (const peer of peers) peer.stop();

const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: defaultDevice().description,
  rounds,
  missing,
  rows,
};
console.log(`\n${table(results)}`);
if (values.write) write(results, fileURLToPath(new URL("..", import.meta.url)));
process.exit(0);
