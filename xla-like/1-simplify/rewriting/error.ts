/** Rewriting that does not settle: two rules undo one another, or one keeps finding work. Always a fault of the rules. */
export class SimplifyError extends Error {
  override readonly name = "SimplifyError";
  readonly code = "CT604";
  constructor(message: string) {
    super(`${message}  [CT604]`);
  }
}
