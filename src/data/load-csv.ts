import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { asTensor } from "../core/array-like.js";
import { asDevice, type Device } from "../core/devices.js";
import { type DType, defaultFloat } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, CheckpointError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { reshape } from "../primitives/shape.js";
import { type CsvRow, parseCsv } from "./csv-text.js";

export interface CsvOptions {
  /** The first line names the columns. False by default. */
  readonly header?: boolean | undefined;
  /** What stands between two cells; `","` by default. */
  readonly delimiter?: string | undefined;
  /** The element type; float32 by default. */
  readonly dtype?: DType | undefined;
  /** The value of empty cells, such as `NaN`; without it they are errors. */
  readonly missing?: number | undefined;
  readonly device?: Device | string | undefined;
}

/**
 * Loads a table of numbers, gzipped or not.
 *
 * @returns a tensor of shape `[rows, columns]`; with `header: true`, an object with a tensor of shape `[rows]` for each
 *   column, by name
 * @throws CheckpointError CT706 if the file cannot be read, CT707 for a cell that is no number (named by line and
 *   column) or lines of different lengths
 * @example
 * const digits = await data.loadCsv("examples/quickstart/digits.csv.gz");
 * digits.shape; // [1797, 65]
 */
export function loadCsv(path: string, options: CsvOptions & { readonly header: true }): Promise<Record<string, Tensor>>;
export function loadCsv(path: string, options?: CsvOptions & { readonly header?: false }): Promise<Tensor>;
export async function loadCsv(path: string, options: CsvOptions = {}): Promise<Tensor | Record<string, Tensor>> {
  const fn = "data.loadCsv";
  checkOptions(fn, options, ["header", "delimiter", "dtype", "missing", "device"]);
  const { header = false, delimiter = ",", dtype = defaultFloat, missing } = options;
  const device = options.device === undefined ? undefined : asDevice(options.device, fn);
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new ArgumentError("CT004", `${fn}: the delimiter must be one character other than a quote or a line end.`);
  }
  const rows = rowsOf(path, await readText(path), delimiter);
  const names = header ? (rows.shift()?.cells ?? []) : [];
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) throw invalid(path, 1, `names two columns '${twice}'. Load it with other names`);
  const width = header ? names.length : (rows[0]?.cells.length ?? 0);
  const columns = Array.from({ length: width }, () => new Float64Array(rows.length));
  rows.forEach((row, i) => {
    if (row.cells.length !== width) {
      throw invalid(path, row.line, `has ${row.cells.length} cells where the first line has ${width}`);
    }
    for (const [j, column] of columns.entries()) {
      const value = numberIn(row.cells[j], missing);
      if (value === undefined) throw badCell(path, row, j, names[j]);
      column[i] = value;
    }
  });
  if (header) return Object.fromEntries(names.map((name, j) => [name, asTensor(columns[j], fn, { dtype, device })]));
  const table = new Float64Array(rows.length * width);
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < column.length; i++) table[i * width + j] = column[i];
  }
  return reshape(asTensor(table, fn, { dtype, device }), [rows.length, width]);
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (zipped ? await promisify(gunzip)(bytes) : bytes).toString("utf8");
  } catch (cause) {
    const message = `data.loadCsv: '${path}' cannot be read: ${(cause as Error).message}.`;
    throw new CheckpointError("CT706", message, { cause });
  }
}

function rowsOf(path: string, text: string, delimiter: string): CsvRow[] {
  const rows = parseCsv(text, delimiter);
  if ("openQuote" in rows) throw invalid(path, rows.openQuote, "has a quote that is not closed, or text behind one");
  return rows;
}

/** The number a cell stands for; undefined if it stands for none. */
function numberIn(cell: string, missing: number | undefined): number | undefined {
  const text = cell.trim();
  if (text === "") return missing;
  const value = Number(text);
  return Number.isNaN(value) ? (/^nan$/i.test(text) ? value : undefined) : value;
}

function badCell(path: string, { line, cells }: CsvRow, column: number, name: string | undefined): CheckpointError {
  const where = `column ${column + 1}${name === undefined ? "" : ` ('${name}')`}`;
  if (cells[column].trim() === "") {
    return invalid(path, line, `has an empty cell in ${where}. Say what it stands for, as in { missing: NaN }`);
  }
  const advice = line === 1 && name === undefined ? " If the first line names the columns, say header: true" : "";
  return invalid(path, line, `has ${JSON.stringify(cells[column])} in ${where}, which is not a number.${advice}`);
}

const invalid = (path: string, line: number, what: string): CheckpointError =>
  new CheckpointError("CT707", `data.loadCsv: line ${line} of '${path}' ${what.replace(/\.$/, "")}.`);
