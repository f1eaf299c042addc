// Every error code with its one-line title; docs/errors.md has a paragraph for each.
// One code a line, ascending, so that concurrent additions merge. Ranges:
//   CT0xx arguments and options     CT1xx shapes and dtypes    CT2xx trees
//   CT3xx tracing and transforms    CT4xx control flow         CT5xx devices and memory
//   CT6xx compilation               CT7xx checkpoints, files   CT8xx gradient checks

// biome-ignore format: one code a line
export const codes = {
  CT001: "Unknown option",
  CT002: "Options must be a plain object",
  CT003: "Wrong type of argument",
  CT004: "Argument out of range",
  CT100: "Axis out of range",
  CT101: "Repeated axis",
  CT102: "Not a permutation",
  CT200: "Tree structures differ",
  CT201: "Tree is not a prefix of another",
  CT202: "Wrong number of leaves",
  CT203: "Cyclic tree",
  CT204: "Invalid node registration",
  CT205: "tree.at: `where` selects nothing it can replace",
  CT206: "tree.reduce of an empty tree",
  CT207: "Tree structure cannot be written as JSON",
  CT208: "Tree nested too deeply",
} as const satisfies Record<string, string>;

/** A registered error code, such as `"CT001"`. */
export type ErrorCode = keyof typeof codes;
