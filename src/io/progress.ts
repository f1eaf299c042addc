/** A line that shows how far a long transfer is, where someone sits before a terminal. */

export interface Progress {
  advance(bytes: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Where a line can be drawn over again; `process.stderr` is one. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const quiet: Progress = { advance: () => {}, end: () => {} };

/** Less is done before a line could be read. */
const leastBytes = 256 << 20;
const millisecondsBetween = 100;

const units = ["B", "KB", "MB", "GB", "TB"];
/** `1.5 GB`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/**
 * A progress bar for a transfer of so many bytes; nothing at all for small ones and where the output is no terminal.
 *
 * @param label what is done to which file: `saving model.safetensors`
 */
export function progressBar(
  label: string,
  total: number,
  terminal: Terminal = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  if (terminal.isTTY !== true || total < leastBytes) return quiet;
  const start = now();
  let done = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    const seconds = (drawn - start) / 1000;
    const rate = seconds > 0 ? `, ${sizeText(done / seconds)}/s` : "";
    const numbers = ` ${Math.floor((100 * done) / total)}% of ${sizeText(total)}${rate}`;
    const width = Math.min(30, (terminal.columns ?? 80) - label.length - numbers.length - 4);
    const filled = Math.round((width * done) / total);
    const bar = width > 4 ? ` [${"=".repeat(filled)}${" ".repeat(width - filled)}]` : "";
    terminal.write(`\r\x1b[K${label}${bar}${numbers}`);
  };
  return {
    advance(bytes) {
      done = Math.min(total, done + bytes);
      if (now() - drawn < millisecondsBetween) return;
      drawn = now();
      draw();
    },
    end() {
      if (drawn >= start) terminal.write("\r\x1b[K");
    },
  };
}
