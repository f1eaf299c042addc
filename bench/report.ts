/** The results as JSON, as a table and as a picture. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Row {
  readonly name: string;
  readonly what: string;
  /** Milliseconds, medians over the rounds. */
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
}

export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly missing: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** The peers that a ratio is taken to. */
export const contenders = ["jax", "torch-eager", "torch-compile"];

/** Our time over the best peer's: below 1 is faster. */
export function ratioOf(row: Row): number | undefined {
  const times = contenders.flatMap((p) => (row.peers[p] === undefined ? [] : [row.peers[p]]));
  return times.length === 0 ? undefined : row.ours / Math.min(...times);
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
}

const duration = (ms: number | undefined): string => {
  if (ms === undefined) return "–";
  return ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
};

export function table(results: Results): string {
  const peers = [...new Set(results.rows.flatMap((r) => Object.keys(r.peers)))];
  const header = ["workload", "cotangent", ...peers, "ratio to the best"];
  const lines = results.rows.map((r) => [
    r.name,
    duration(r.ours),
    ...peers.map((p) => duration(r.peers[p])),
    ratioOf(r)?.toFixed(2) ?? "–",
  ]);
  const ratios = results.rows.flatMap((r) => ratioOf(r) ?? []);
  if (ratios.length > 0)
    lines.push(["**geometric mean**", "", ...peers.map(() => ""), `**${geometricMean(ratios).toFixed(2)}**`]);
  return [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** One bar per workload: the ratio on a logarithmic scale, with 1 marked. */
export function chart(results: Results): string {
  const rows = results.rows.flatMap((r) => {
    const ratio = ratioOf(r);
    return ratio === undefined ? [] : [{ name: r.name, ratio }];
  });
  const [width, line, left, top] = [720, 22, 130, 40];
  const [low, high] = [0.03, 10];
  const x = (ratio: number): number =>
    left + ((width - left - 60) * Math.log(Math.min(high, Math.max(low, ratio)) / low)) / Math.log(high / low);
  const bars = rows.map(({ name, ratio }, i) => {
    const y = top + i * line;
    const [from, to] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
    const colour = ratio <= 1 ? "#2b8a3e" : "#c92a2a";
    return [
      `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${name}</text>`,
      `<rect x="${from.toFixed(1)}" y="${y + 2}" width="${(to - from).toFixed(1)}" height="${line - 6}" fill="${colour}"/>`,
      `<text x="${(ratio <= 1 ? from - 4 : to + 4).toFixed(1)}" y="${y + 13}" text-anchor="${ratio <= 1 ? "end" : "start"}">${ratio.toFixed(2)}</text>`,
    ].join("");
  });
  const height = top + rows.length * line + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>Time over the best of JAX, PyTorch and torch.compile</title>
<rect width="100%" height="100%" fill="white"/>
<text x="${width / 2}" y="22" text-anchor="middle" font-size="15">Time over the best of JAX, PyTorch and torch.compile (shorter than 1 is faster)</text>
<path stroke="#333" d="M${x(1).toFixed(1)} ${top - 6}V${height - 20}"/>
${bars.join("\n")}
</svg>
`;
}

/** Writes bench/results.json, docs/performance.md and its picture. */
export function write(results: Results, root: string): void {
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(join(root, "bench", "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(root, "docs", "performance.svg"), chart(results));
  const missing = Object.entries(results.missing).map(([name, why]) => `- ${name} was left out: ${why}`);
  writeFileSync(
    join(root, "docs", "performance.md"),
    `# Performance

Measured ${results.date} on ${results.machine}: every workload by every peer in one sitting, one after the other,
${results.rounds} rounds, medians. Only the ratios mean something: times are of this machine on this day.
\`npm run bench\` repeats it.

![ratios](performance.svg)

${table(results)}
${missing.length > 0 ? `\n${missing.join("\n")}\n` : ""}
## The workloads

${results.rows.map((r) => `- \`${r.name}\`: ${r.what}.`).join("\n")}
`,
  );
}
