/** What was measured on a card, against what it is held to, and how that is told. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What it is compared with, in the same unit. */
  readonly beside?: { readonly name: string; readonly value: number };
  /** `share`: at least so much of what is beside it. `most`: the value itself may be no more. */
  readonly target?: { readonly share: number } | { readonly most: number };
}

export interface Section {
  readonly title: string;
  readonly text: string;
  readonly figures: readonly Figure[];
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
}

export interface CardResults {
  readonly chip: string;
  readonly driver: string;
  readonly date: string;
  readonly commit: string;
  readonly sections: readonly Section[];
}

/** Times are better when less, rates when more; counts are compared with their targets only. */
export type Unit = "GB/s" | "TFLOP/s" | "ms" | "µs" | "MB" | "failed" | "bytes";

const rates: readonly Unit[] = ["GB/s", "TFLOP/s"];

/** How much of the speed beside it a figure has: 1 is as fast. */
export function shareOf({ value, unit, beside }: Figure): number | undefined {
  if (beside === undefined) return undefined;
  return rates.includes(unit) ? value / beside.value : beside.value / value;
}

/** Whether a figure is what it should be; undefined where nothing is asked of it, or nothing is beside it. */
export function isMet(figure: Figure): boolean | undefined {
  const { target, value } = figure;
  if (target === undefined) return undefined;
  if ("most" in target) return value <= target.most;
  const share = shareOf(figure);
  return share === undefined ? undefined : share >= target.share;
}

export const missed = (results: CardResults): Figure[] =>
  results.sections.flatMap((s) => s.figures.filter((f) => isMet(f) === false));

export function shown(value: number, unit: Unit): string {
  if (unit === "failed") return `${value} failed`;
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;

function targetOf({ target, unit }: Figure): string {
  if (target === undefined) return "–";
  return "most" in target ? `at most ${shown(target.most, unit)}` : `at least ${percent(target.share)}`;
}

/** A section's figures as a table of Markdown. */
export function table(figures: readonly Figure[]): string {
  const header = ["what", "cotangent", "beside it", "share of its speed", "asked for", "met"];
  const rows = figures.map((figure) => {
    const { name, value, unit, beside } = figure;
    const share = shareOf(figure);
    const met = isMet(figure);
    return [
      name,
      shown(value, unit),
      beside === undefined ? "–" : `${shown(beside.value, unit)} (${beside.name})`,
      share === undefined ? "–" : percent(share),
      targetOf(figure),
      met === undefined ? "–" : met ? "yes" : "**no**",
    ];
  });
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const sectionText = ({ title, text, figures, notes }: Section): string =>
  [
    `## ${title}`,
    text,
    ...(figures.length > 0 ? [table(figures)] : []),
    ...(notes.length > 0 ? [notes.map((n) => `- ${n}`).join("\n")] : []),
  ].join("\n\n");

/** docs/performance-cuda.md. */
export function page(results: CardResults): string {
  const { chip, driver, date, commit, sections } = results;
  const [all, not] = [sections.flatMap((s) => s.figures).filter((f) => isMet(f) !== undefined), missed(results)];
  return `# Performance on NVIDIA's cards

Measured ${date} on ${chip}, driver ${driver}, at commit ${commit}, everything in one run. Of ${all.length} figures that
something is asked of, ${all.length - not.length} are met. \`npm run bench:cuda -- --write\` repeats it.

${sections.map(sectionText).join("\n\n")}
`;
}
