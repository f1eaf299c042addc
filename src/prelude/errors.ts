import type { ErrorCode } from "./error-codes.js";

/**
 * The root of every error cotangent throws on purpose. `code` is stable across versions and has a paragraph in
 * `docs/errors.md`; the message says what was wrong with which operand, then what to do, and ends in `  [code]`.
 */
export class CotangentError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(`${message}  [${code}]`, options);
    this.code = code;
    // On the instance, so that minified class names do not show; not enumerable, as on built-in errors.
    Object.defineProperty(this, "name", { value: new.target.errorName, configurable: true, writable: true });
  }

  /** The `name` of instances; each subclass gives its own. */
  protected static readonly errorName: string = "CotangentError";
}

/** An argument of the wrong type, an unknown option, an argnum out of range. */
export class ArgumentError extends CotangentError {
  protected static override readonly errorName: string = "ArgumentError";
}

/** Operand shapes, axes or index bounds that do not fit the operation. */
export class ShapeError extends CotangentError {
  protected static override readonly errorName: string = "ShapeError";
}

/** An element type the operation does not take, or a promotion that does not exist. */
export class DTypeError extends CotangentError {
  protected static override readonly errorName: string = "DTypeError";
}

/** Pytrees whose structures do not match, or that cannot be flattened. */
export class TreeError extends CotangentError {
  protected static override readonly errorName: string = "TreeError";
}

/** A concrete value was asked of a tracer. */
export class ConcretizationError extends CotangentError {
  protected static override readonly errorName: string = "ConcretizationError";
}

/** A tracer was used after the transform that made it had returned. */
export class LeakedTracerError extends CotangentError {
  protected static override readonly errorName: string = "LeakedTracerError";
}

/** A transform (`grad`, `vmap`, `scan`, …) was given a function or arguments it cannot transform. */
export class TransformError extends CotangentError {
  protected static override readonly errorName: string = "TransformError";
}

/** A device that does not exist, operands on different devices, a missing driver or library. */
export class DeviceError extends CotangentError {
  protected static override readonly errorName: string = "DeviceError";
}

/** A tensor was used after it was donated or disposed of. */
export class DonationError extends DeviceError {
  protected static override readonly errorName: string = "DonationError";
}

/** A device could not give the memory that was asked for. */
export class OutOfMemoryError extends DeviceError {
  protected static override readonly errorName: string = "OutOfMemoryError";
}

/** A lowered program could not be compiled. */
export class CompileError extends CotangentError {
  protected static override readonly errorName: string = "CompileError";
}

/** A checkpoint or array file could not be read, written or matched with a tree. */
export class CheckpointError extends CotangentError {
  protected static override readonly errorName: string = "CheckpointError";
}

/** Where a check found a difference, and the two values that should agree. */
export interface Mismatch {
  /** `argument 0.w`, or the result that differs. */
  readonly operand: string;
  readonly index: readonly number[];
  /** From finite differences, a loop or uncompiled evaluation; two ends of a range at a kink. */
  readonly numerical: number | readonly [number, number];
  /** From the transform under test. */
  readonly analytic: number;
}

/** A derivative, batching or compilation check found a difference. */
export class GradientCheckError extends CotangentError {
  protected static override readonly errorName: string = "GradientCheckError";

  constructor(
    code: ErrorCode,
    message: string,
    readonly mismatch: Mismatch | null = null,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}
