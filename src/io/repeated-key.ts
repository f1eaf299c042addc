/**
 * A key that an object of a JSON text has twice: `JSON.parse` would take the last and say nothing.
 *
 * @param json a text that `JSON.parse` takes
 */
export function repeatedKey(json: string): string | undefined {
  /** The keys of the objects that are open; null for an array. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case "{":
        open.push(new Set());
        isKey = true;
        break;
      case "[":
        open.push(null);
        isKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        isKey = false;
        break;
      case ",":
        isKey = open[open.length - 1] !== null;
        break;
      case '"': {
        const start = at;
        at = endOfString(json, at);
        const keys = open[open.length - 1];
        if (!isKey || !keys) break;
        isKey = false;
        const raw = json.slice(start + 1, at);
        const key = raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
        if (keys.has(key)) return key;
        keys.add(key);
      }
    }
  }
  return undefined;
}

/** Where the quote is that ends the string which begins here. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (json[at] === "\\") at += 1;
    else if (json[at] === '"') return at;
  }
}
