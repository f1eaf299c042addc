import { ArgumentError } from "./errors.js";

/** The result of a function that must be done when it returns. */
export function notAsync<T>(result: T, message: string): T {
  if (typeof (result as { then?: unknown } | null | undefined)?.then !== "function") return result;
  throw new ArgumentError("CT015", message);
}
