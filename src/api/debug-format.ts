/** The formats of debug.print: `{}` in order, `{0}` by position, `{name}` from a trailing object, `{{` and `}}` for braces. */

import { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";

type Field = number | string;

/** Text and fields in turn, text first and last. */
export interface Format {
  readonly texts: readonly string[];
  readonly fields: readonly Field[];
}

/** Takes a format apart and checks it against the values, so that mistakes show where print is called. */
export function parseFormat(format: string, values: readonly unknown[]): Format {
  const texts = [""];
  const fields: Field[] = [];
  let next = 0;
  for (const [piece, name] of format.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (name === undefined) {
      if (piece === "{" || piece === "}") {
        throw wrong(`the format '${format}' has a single '${piece}'`, "Write it twice to print one.");
      }
      texts[texts.length - 1] += piece === "{{" ? "{" : piece === "}}" ? "}" : piece;
      continue;
    }
    fields.push(name === "" ? next++ : /^\d+$/.test(name) ? Number(name) : name);
    texts.push("");
  }
  checkValues(format, fields, values);
  return { texts, fields };
}

function checkValues(format: string, fields: readonly Field[], values: readonly unknown[]): void {
  const names = fields.filter((f) => typeof f === "string");
  const positions = new Set(fields.filter((f) => typeof f === "number"));
  const numPositional = names.length > 0 ? values.length - 1 : values.length;
  const named = values.at(-1);
  for (const name of names) {
    if (typeof named === "object" && named !== null && !(named instanceof Tensor) && Object.hasOwn(named, name))
      continue;
    throw wrong(
      `the format '${format}' has a field {${name}}, which the last argument does not have`,
      "Pass { name: value } last; write {} for values in order. To choose how numbers look, use debug.callback.",
    );
  }
  for (const p of positions) {
    if (p < numPositional) continue;
    throw wrong(`the format '${format}' has no value for field ${p}`, `There are ${numPositional} values in order.`);
  }
  for (let i = 0; i < numPositional; i++) {
    if (positions.has(i)) continue;
    throw wrong(`value ${i} is not used by the format '${format}'`, "Give each value a {}.");
  }
}

const wrong = (what: string, advice: string): ArgumentError =>
  new ArgumentError("CT018", `debug.print: ${what}. ${advice}`);

export function fill({ texts, fields }: Format, values: readonly unknown[]): string {
  const value = (f: Field): unknown =>
    typeof f === "number" ? values[f] : (values.at(-1) as Readonly<Record<string, unknown>>)[f];
  return texts.map((text, i) => (i === 0 ? text : show(value(fields[i - 1])) + text)).join("");
}

function show(x: unknown): string {
  if (typeof x !== "object" || x === null || x instanceof Tensor) return String(x);
  if (Array.isArray(x)) return `[${x.map(show).join(", ")}]`;
  const entries = x instanceof Map ? [...x] : Object.entries(x);
  return `{${entries.map(([k, v]) => `${String(k)}: ${show(v)}`).join(", ")}}`;
}
