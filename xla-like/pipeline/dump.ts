/** Writes the stages of compilations to files, for people to read. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

let directory: string | undefined;
let compilations = 0;
let open: { readonly name: string; readonly path: string; readonly files: Set<string>; last: number } | undefined;

/** Every compilation from now on leaves its stages in a folder of this directory, which is made; `undefined` stops it. */
export function setDumpDirectory(dir: string | undefined): void {
  open = undefined;
  directory = undefined;
  if (dir === undefined) return;
  const path = resolve(dir);
  mkdirSync(path, { recursive: true });
  directory = path;
  compilations = 0;
}

/** Whether stages are written: texts that take time need not be made else. */
export const isDumping = (): boolean => directory !== undefined;

/**
 * Writes one stage of a compilation, as `007-jit_loss/2-fuse.hlo`. The stages of one compilation come in order of their
 * numbers: another name, a lower number or a stage that was written already begin the next compilation.
 *
 * @param number what stages are sorted by; several may share one
 * @param stage its name with a suffix for editors: `fuse.hlo`
 */
export function dumpStage(moduleName: string, number: number, stage: string, text: string | (() => string)): void {
  if (directory === undefined) return;
  const file = `${number}-${stage}`;
  if (open === undefined || open.name !== moduleName || number < open.last || open.files.has(file)) {
    const folder = `${String(compilations++).padStart(3, "0")}-${moduleName.replaceAll(/[^\w.-]+/g, "_").slice(0, 80)}`;
    const path = join(directory, folder);
    mkdirSync(path, { recursive: true });
    open = { name: moduleName, path, files: new Set(), last: number };
  }
  open.last = number;
  open.files.add(file);
  writeFileSync(join(open.path, file), typeof text === "string" ? text : text());
}
