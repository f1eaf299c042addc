// What kernels may take of a card: registers, memory for what does not fit into them, shared memory. The committed
// figures stand in budget.json, which COTANGENT_BUDGET=write makes anew.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CudaArch, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import type { HloModule } from "../../../../xla-like/index.js";
import { convnet, gpt, lstm, mlp } from "../../2-fuse/real-programs.js";
import { CudaPieces, type Piece, pieceOf } from "./pieces.js";
import { elementwisePrograms, movingPrograms, otherPrograms, type Program } from "./programs.js";
import { assemble, type Figures, figuresOf, nvptx } from "./ptx.js";
import { cases } from "./row-programs.js";

export const archs = ["sm_80", "sm_90"] as const satisfies readonly CudaArch[];

/** Kernels that count as one: by the most that any of them takes. */
interface Entry {
  readonly name: string;
  readonly piece: Piece;
}

const entriesOf = (programs: readonly Program[]): readonly Entry[] =>
  programs.map(({ name, fusion }) => ({ name, piece: pieceOf(fusion) }));

/** A whole program's kernels, by their kind. */
const byKind = (make: () => HloModule) => (): readonly Entry[] =>
  new CudaPieces(make()).pieces.map((piece) => ({ name: piece.kind, piece }));

/** Everything that has a budget, in groups that are compiled together. */
export const groups: Readonly<Record<string, () => readonly Entry[]>> = {
  ...Object.fromEntries(
    (["float32", "bfloat16", "float64", "complex64", "int32"] as const).map((d) => [
      `elementwise ${d}`,
      () => entriesOf(elementwisePrograms(d)),
    ]),
  ),
  "moved float32": () => entriesOf(movingPrograms("float32")),
  "moved bfloat16": () => entriesOf(movingPrograms("bfloat16")),
  others: () => entriesOf(otherPrograms()),
  rows: () => cases.map(({ name, program }) => ({ name, piece: pieceOf(program.fusion) })),
  "step of gpt": byKind(() => gpt({ layers: 1, width: 768, heads: 12, length: 1024, batch: 8, vocabulary: 50257 })),
  "step of convnet": byKind(() => convnet(128, 28)),
  "step of mlp": byKind(() => mlp(256, [784, 512, 10])),
  "gradient of lstm": byKind(() => lstm(16, 32, 256)),
};

export type Budget = Readonly<Record<string, Figures>>;

const known = new Map<string, Budget>();

/** What the kernels of a group take, each entry's the most of its own. */
export function measured(group: string, arch: CudaArch): Budget {
  const key = `${group} ${arch}`;
  const found = known.get(key) ?? measure(group, arch);
  known.set(key, found);
  return found;
}

function measure(group: string, arch: CudaArch): Budget {
  if (nvptx === undefined) throw new Error("no compiler");
  const module = new IrModule();
  const owners = new Map<string, string>();
  groups[group]().forEach(({ name, piece }, k) => {
    const { launches } = piece.emit(module, `kernel_${k}`, cudaTarget(arch));
    for (const { symbol } of launches) owners.set(symbol, name);
  });
  const most: Record<string, Figures> = {};
  for (const [symbol, figures] of figuresOf(assemble(nvptx.ptxOf(module.toString(), arch), arch))) {
    const name = owners.get(symbol);
    if (name === undefined) throw new Error(`the assembler reports ${symbol}, which nobody launches`);
    most[name] = larger(most[name] ?? figures, figures);
  }
  return most;
}

const larger = (a: Figures, b: Figures): Figures => ({
  registers: Math.max(a.registers, b.registers),
  spilled: Math.max(a.spilled, b.spilled),
  stack: Math.max(a.stack, b.stack),
  shared: Math.max(a.shared, b.shared),
});

/** Registers, bytes spilled, bytes of stack, bytes of shared memory. */
type Row = readonly [registers: number, spilled: number, stack: number, shared: number];
interface File {
  /** Why kernels need memory of their own, and how many bytes, written, read and kept; by their name or an operation's. */
  readonly reasons: Readonly<Record<string, { readonly bytes: number; readonly why: string }>>;
  /** By architecture, group and entry. */
  readonly budget: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Row>>>>>>;
}

const path = fileURLToPath(new URL("budget.json", import.meta.url));
const read = (): File => JSON.parse(readFileSync(path, "utf8"));

/** Bytes that a kernel may need besides registers, by its name or by the operations in it. */
export function bytesBesides(names: readonly string[]): number {
  const { reasons } = read();
  return Math.max(0, ...names.map((name) => reasons[name]?.bytes ?? 0));
}

export function budgetOf(group: string, arch: CudaArch): Budget {
  const { budget } = read();
  const rows = Object.entries(budget[arch]?.[group] ?? {});
  const entries = rows.map(([name, [registers, spilled, stack, shared]]) => [
    name,
    { registers, spilled, stack, shared },
  ]);
  return Object.fromEntries(entries);
}

/** Assemblers differ by a register or two. */
const granule = 8;

/** Makes the file anew, a line for each entry. */
export function writeBudget(): void {
  const { reasons } = read();
  const lines = archs.map((arch) => {
    const inner = Object.keys(groups).map((group) => {
      const rows = Object.entries(measured(group, arch)).map(([name, f]) => {
        const registers = Math.ceil((f.registers + 2) / granule) * granule;
        return `        ${JSON.stringify(name)}: [${[registers, f.spilled, f.stack, f.shared].join(", ")}]`;
      });
      return `      ${JSON.stringify(group)}: {\n${rows.join(",\n")}\n      }`;
    });
    return `    ${JSON.stringify(arch)}: {\n${inner.join(",\n")}\n    }`;
  });
  const head = `  "reasons": ${JSON.stringify(reasons, null, 2).replaceAll("\n", "\n  ")}`;
  writeFileSync(path, `{\n${head},\n  "budget": {\n${lines.join(",\n")}\n  }\n}\n`);
}
