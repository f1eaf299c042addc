/** Which row fusions are computed row by row. Whoever emits them keeps to it: what may be overwritten depends on it. */
import type { RowForm } from "../2-fuse/row-grammar.js";
import { sizeOf } from "../hlo/shape.js";

/** From this length on a few rows are divided by columns. */
const longRow = 8192;
const fewRows = 512;

/**
 * Whether one kernel goes over the rows and stores a row's whole results in its last pass over it. Other row fusions
 * are loops over the elements of each result, which add up inside.
 */
export const isRowByRow = ({ domain, split, reductions }: RowForm): boolean => {
  if (sizeOf(domain) === 0) return false;
  const kinds = new Set(reductions.values());
  if (kinds.has("middle")) return false;
  if (kinds.has("row") || !kinds.has("column")) return true;
  // Where rows are only added up, and there are few, the columns are what can be divided.
  return sizeOf(domain.slice(split)) < longRow || sizeOf(domain.slice(0, split)) > fewRows;
};
