/** The means of `count` stretches of equal length. */
function condense(values: readonly number[], count: number): number[] {
  const n = Math.min(count, values.length);
  return Array.from({ length: n }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / n), Math.floor(((i + 1) * values.length) / n));
    return part.reduce((a, b) => a + b, 0) / part.length;
  });
}

/** A curve in one line of text: `█▅▃▂▁▁`. */
export function sparkline(values: readonly number[], width = 60): string {
  const points = condense(values, width);
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const height = (x: number): number => (high > low ? Math.round((7 * (x - low)) / (high - low)) : 0);
  return points.map((x) => "▁▂▃▄▅▆▇█"[height(x)]).join("");
}

/** A curve as an SVG picture: the values pale, their running mean on top. */
export function curveSvg(values: readonly number[], title: string): string {
  const [width, height, margin] = [640, 360, 48];
  const top = Math.max(...values);
  const x = (share: number): string => (margin + share * (width - 2 * margin)).toFixed(1);
  const y = (value: number): string => (height - margin - (value / top) * (height - 2 * margin)).toFixed(1);
  const line = (points: readonly number[], style: string): string =>
    `<polyline fill="none" ${style} points="${points.map((v, i) => `${x(i / (points.length - 1))},${y(v)}`).join(" ")}"/>`;
  const tick = (value: number): string =>
    `<path stroke="#ddd" d="M${x(0)} ${y(value)}H${x(1)}"/>` +
    `<text x="${margin - 8}" y="${y(value)}" text-anchor="end" dominant-baseline="middle">${value.toFixed(2)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${width / 2}" y="28" text-anchor="middle" font-size="16">${title}</text>
${[0, 0.25, 0.5, 0.75, 1].map((share) => tick(share * top)).join("\n")}
${line(values, 'stroke="#9ecae1"')}
${line(condense(values, 100), 'stroke="#08519c" stroke-width="2"')}
<text x="${x(0)}" y="${height - margin + 20}">1</text>
<text x="${x(1)}" y="${height - margin + 20}" text-anchor="end">${values.length} steps</text>
</svg>
`;
}
