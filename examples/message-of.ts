/** The message of the error that `f` throws, to show what errors say. */
export function messageOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    return String(error);
  }
  throw new Error("messageOf: nothing was thrown");
}
