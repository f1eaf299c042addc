import { type Elements, type FileLeaf, isElements, numberText, openLeaves, shown, table } from "./leaves.js";
import { eachValue } from "./statistics.js";

/** How two tensors of one type and shape differ; undefined if they do not. NaNs are equal to one another. */
function difference(a: Elements, b: Elements): { readonly count: number; readonly most: number } | undefined {
  const width = a.dtype.startsWith("complex") ? 2 : 1;
  const others = new Float64Array(b.data.length / width);
  eachValue(b, (y, i) => {
    others[i] = y;
  });
  let [count, most] = [0, 0];
  eachValue(a, (x, i) => {
    let same = true;
    for (let k = 0; k < width; k++) same &&= Object.is(a.data[width * i + k], b.data[width * i + k]);
    if (same || (width === 1 && (x === others[i] || (Number.isNaN(x) && Number.isNaN(others[i]))))) return;
    count += 1;
    const off =
      width === 1
        ? Math.abs(x - others[i])
        : Math.hypot(
            Number(a.data[2 * i]) - Number(b.data[2 * i]),
            Number(a.data[2 * i + 1]) - Number(b.data[2 * i + 1]),
          );
    if (!(off <= most)) most = off;
  });
  return count === 0 ? undefined : { count, most };
}

async function describe(a: FileLeaf, b: FileLeaf): Promise<string | undefined> {
  if (a.kind !== b.kind) return `${a.kind} and ${b.kind}`;
  const [x, y] = [await a.read(), await b.read()];
  if (isElements(x) && isElements(y)) {
    const found = difference(x, y);
    const total = x.data.length / (x.dtype.startsWith("complex") ? 2 : 1);
    return found && `${found.count} of ${total} elements differ, by ${numberText(found.most)} at most`;
  }
  if (x === undefined) return "cannot be compared";
  return Object.is(x, y) ? undefined : `${shown(String(x))} and ${shown(String(y))}`;
}

/** Says how two files differ, leaf by leaf; gives whether they do. */
export async function diff(pathA: string, pathB: string, print: (line: string) => void): Promise<boolean> {
  const a = await openLeaves(pathA);
  try {
    const b = await openLeaves(pathB);
    try {
      const rest = new Map(b.leaves.map((leaf) => [leaf.name, leaf]));
      const rows: string[][] = [];
      let same = 0;
      for (const leaf of a.leaves) {
        const other = rest.get(leaf.name);
        rest.delete(leaf.name);
        const found = other === undefined ? `only in ${shown(pathA)}` : await describe(leaf, other);
        if (found === undefined) same += 1;
        else rows.push([shown(leaf.name), leaf.kind, found]);
      }
      for (const leaf of rest.values()) rows.push([shown(leaf.name), leaf.kind, `only in ${shown(pathB)}`]);
      for (const line of table(rows)) print(line);
      print(`${same} leaves are the same, ${rows.length} are not`);
      return rows.length > 0;
    } finally {
      await b.close();
    }
  } finally {
    await a.close();
  }
}
