// Writes the StableHLO of every case (stablehlo/*.mlir) and the values that it must compute (stablehlo/values.json).
// check_stablehlo.py runs them with JAX. Run: npx tsx test/golden/make-stablehlo.ts
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { stableHloText } from "../../xla-like/stablehlo/index.js";
import { fileText, stableHloCases } from "../xla-like/stablehlo/cases.js";

const directory = new URL("stablehlo/", import.meta.url);
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory);

const files = new Map<string, { title: string; text: string }[]>();
const values: Record<string, unknown[]> = {};
const refused: string[] = [];
for (const c of stableHloCases()) {
  const text = stableHloText(c.module);
  if (text._tag === "Left") {
    refused.push(`${c.file}: ${text.left.what}`);
    continue;
  }
  files.set(c.file, [...(files.get(c.file) ?? []), { title: c.title, text: text.right }]);
  values[c.file] = [...(values[c.file] ?? []), { inputs: c.inputs, outputs: c.outputs() }];
}
for (const [name, parts] of files) writeFileSync(new URL(`${name}.mlir`, directory), fileText(parts));
const records = Object.entries(values).map(([name, list]) => `${JSON.stringify(name)}: ${JSON.stringify(list)}`);
writeFileSync(new URL("values.json", directory), `{\n${records.join(",\n")}\n}\n`);
console.log(`${[...files.values()].flat().length} programs in ${files.size} files; none for:`);
for (const line of [...new Set(refused)].sort()) console.log(`  ${line}`);
