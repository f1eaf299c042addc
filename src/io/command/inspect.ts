import { sizeText } from "../progress.js";
import { isElements, numberText, openLeaves, shown, table } from "./leaves.js";
import { statistics } from "./statistics.js";

/** Lists what is in a file: leaves with their types, sizes and statistics, and the notes. */
export async function inspect(path: string, print: (line: string) => void): Promise<void> {
  const file = await openLeaves(path);
  try {
    const rows = [["leaf", "type", "size", "min", "max", "mean", "std", "zeros", "nan", "inf"]];
    let bytes = 0;
    for (const { name, kind, byteLength, read } of file.leaves) {
      bytes += byteLength;
      const value = await read();
      if (!isElements(value)) {
        rows.push([shown(name), value === undefined ? kind : shown(String(value)), "", "", "", "", "", "", "", ""]);
        continue;
      }
      const { min, max, mean, std, zeros, nan, infinite } = statistics(value);
      const counts = [zeros, nan, infinite].map(String);
      rows.push([shown(name), kind, sizeText(byteLength), ...[min, max, mean, std].map(numberText), ...counts]);
    }
    for (const line of table(rows)) print(line);
    for (const [key, value] of Object.entries(file.metadata)) print(`${shown(key)}: ${shown(value)}`);
    print(`${file.leaves.length} leaves, ${sizeText(bytes)}`);
  } finally {
    await file.close();
  }
}
