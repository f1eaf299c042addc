/** Misuse of the runtime: deleted buffers, wrong arguments of an executable, a device of another client. */
export class RuntimeUseError extends Error {
  override readonly name = "RuntimeUseError";
}
