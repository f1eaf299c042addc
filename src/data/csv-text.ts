/** A row of a table, and the line of the file it starts on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of comma-separated values as RFC 4180 has them: cells may be quoted, quotes in quoted cells are doubled,
 * lines end in LF or CRLF. Blank lines are skipped. Returns the line of a quote that is never closed, if there is one.
 */
export function parseCsv(text: string, delimiter: string): CsvRow[] | { readonly openQuote: number } {
  const d = delimiter.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${d}\\r\\n][^${d}\\r\\n]*)?)(${d}|\\r?\\n|$)`, "y");
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  cell.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const found = cell.exec(text);
    if (found === null) return { openQuote: line };
    const [, quoted, bare = "", end] = found;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === delimiter) continue;
    if (cells.length > 1 || cells[0].trim() !== "") rows.push({ line, cells });
    line += 1 + cells.reduce((n, c) => n + c.split("\n").length - 1, 0);
    cells = [];
  }
  return rows;
}
