/**
 * Whole programs by the text that they were compiled from: plan and machine code, so that a program that a former
 * process compiled is not simplified, fused and assigned again. Small programs are compiled sooner than found.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { HostCallback } from "../5-emit/host-callback.js";
import type { Plan } from "../5-emit/plan.js";
import { computationsOf } from "../hlo/graph.js";
import type { HloModule } from "../hlo/instruction.js";
import { printModule } from "../hlo/printer.js";
import { isDumping } from "../pipeline/dump.js";
import { DiskCache, sha256 } from "./disk-cache.js";

/** A program that is ready to be loaded. */
export interface LoadableProgram {
  readonly symbols: readonly string[];
  /** What the symbols compute, for messages about them. */
  readonly names?: readonly string[];
  readonly plan: Plan;
  readonly callbacks: readonly HostCallback[];
  readonly objects: readonly Uint8Array[];
  /** For people to read. */
  readonly texts: { readonly llvm: () => string; readonly ptx?: () => string };
}

/** What an entry holds in front of its constants, objects and LLVM IR. */
interface Header {
  readonly symbols: readonly string[];
  readonly names?: readonly string[];
  readonly plan: Omit<Plan, "constants">;
  readonly constants: number;
  readonly objects: readonly number[];
}

/** Programs of fewer instructions are not looked for. */
const SMALLEST = 200;

/**
 * A hash of a compiler's files: its plans are those of its very text. None when a file is younger than `loaded`, the
 * moment before any was read: what runs may be another text then, and its programs must not be found under this one's.
 */
export function hashOfCompiler(root: string, loaded: number): Buffer | undefined {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && /\.[jt]s$/.test(f.name) && !f.name.endsWith(".d.ts"))
    .map((f) => join(f.parentPath ?? f.path, f.name))
    .sort();
  const hash = sha256(...files.map((file) => readFileSync(file)));
  return files.some((file) => statSync(file).mtimeMs >= loaded) ? undefined : hash;
}

let ownHash: { readonly hash: Buffer | undefined } | undefined;

const compilerHash = (): Buffer | undefined => {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  ownHash ??= { hash: hashOfCompiler(root, performance.timeOrigin) };
  return ownHash.hash;
};

const joined = (parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);

function pack({ symbols, names, plan, objects, texts }: LoadableProgram): Buffer {
  const { constants, ...rest } = plan;
  const header: Header = {
    symbols,
    names,
    plan: rest,
    constants: constants.length,
    objects: objects.map((o) => o.length),
  };
  const text = deflateRawSync(JSON.stringify(header), { level: 1 });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  return joined([size, text, constants, ...objects, deflateRawSync(texts.llvm(), { level: 1 })]);
}

function unpack(entry: Uint8Array): LoadableProgram {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  let at = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(inflateRawSync(bytes.subarray(4, at)).toString()) as Header;
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const constants = take(header.constants);
  const objects = header.objects.map(take);
  const text = bytes.subarray(at);
  return {
    symbols: header.symbols,
    names: header.names,
    plan: { ...header.plan, constants },
    callbacks: [],
    objects,
    texts: { llvm: () => inflateRawSync(text).toString() },
  };
}

export class ProgramCache {
  /** How many programs came from disk. */
  hits = 0;
  readonly #disk: DiskCache;

  constructor(
    /** All that programs depend on besides their text and the compiler's. */
    private readonly target: string,
    directory: string | undefined,
    private readonly make: (module: HloModule) => LoadableProgram,
  ) {
    this.#disk = new DiskCache(directory, ".program");
  }

  compile(module: HloModule): LoadableProgram {
    const key = this.#keyOf(module);
    if (key === undefined) return this.make(module);
    const entry = this.#disk.read(key);
    if (entry !== undefined) {
      this.hits++;
      return unpack(entry);
    }
    const made = this.make(module);
    if (made.callbacks.length === 0) this.#disk.write(key, pack(made));
    return made;
  }

  /** Undefined for what is not kept: small programs, those that call functions of the host, a changing compiler's. */
  #keyOf(module: HloModule): string | undefined {
    if (isDumping()) return undefined;
    const instructions = computationsOf(module).flatMap((c) => c.instructions);
    if (instructions.length < SMALLEST) return undefined;
    if (instructions.some((i) => i.opcode === "custom-call" && i.target === "callback")) return undefined;
    const compiler = compilerHash();
    if (compiler === undefined) return undefined;
    return sha256(compiler, this.target, "\n", printModule(module)).toString("hex");
  }
}
