/** The names of what becomes of windows that do not lie inside. */
import { ArgumentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import type { GatherScatterMode } from "./constants.js";

const modes = {
  clip: "clip",
  fill: "fill_or_drop",
  drop: "fill_or_drop",
  fill_or_drop: "fill_or_drop",
  promise_in_bounds: "promise_in_bounds",
} as const satisfies Record<string, GatherScatterMode>;

/** `"clip"` moves windows inside, `"fill"` and `"drop"` leave them out, `"promise_in_bounds"` says there are none. */
export type ModeName = keyof typeof modes;

/** The mode of a name; without one, windows outside are filled or dropped. */
export function asMode(fn: string, name: ModeName | undefined): GatherScatterMode {
  if (name === undefined) return "fill_or_drop";
  if (Object.hasOwn(modes, name)) return modes[name];
  throw new ArgumentError(
    "CT004",
    `${fn}: mode is ${typeof name === "string" ? `'${name}'` : describeType(name)}. Use one of ${Object.keys(modes).join(", ")}.`,
  );
}
