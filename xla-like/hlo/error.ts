/** What the builder, the verifier and shape inference throw: which instruction is wrong, and why. */
export class HloError extends Error {
  override readonly name = "HloError";
  constructor(
    /** `%dot.12`, or the computation or module at fault; empty until the thrower's caller knows it. */
    readonly instruction: string,
    readonly detail: string,
  ) {
    super(instruction === "" ? detail : `${instruction}: ${detail}`);
  }
}

/** Throws an error that does not know its instruction yet; `named` adds it. */
export function fail(detail: string): never {
  throw new HloError("", detail);
}

export function check(condition: boolean, detail: () => string): asserts condition {
  if (!condition) fail(detail());
}

/** Runs `f`, and gives the errors it throws the name of the instruction they are about. */
export const named = <A>(instruction: () => string, f: () => A): A => {
  try {
    return f();
  } catch (e) {
    if (e instanceof HloError && e.instruction === "") throw new HloError(instruction(), e.detail);
    throw e;
  }
};
