/** What an optimizer is: a way to make a state, and a pure function from gradients to updates. */
import type { Tensor } from "../core/tensor.js";

/** A number, or a scalar tensor. */
export type Scalar = number | Tensor;

/** A value for each step, counted from 0 by an int32 scalar. */
export type Schedule = (step: Tensor) => Tensor | number;

export type ScalarOrSchedule = Scalar | Schedule;

/** What some transformations need besides gradients and parameters, given by name to `update`. */
export interface ExtraArgs {
  /** The value of the objective at the parameters. */
  readonly value?: Scalar | undefined;
  /** The gradient of the objective at the parameters, where the updates are no longer it. */
  readonly grad?: unknown;
  /** The objective as a function of the parameters. */
  readonly valueFn?: ((params: never) => Scalar) | undefined;
  readonly [name: string]: unknown;
}

/**
 * A gradient transformation: an optimizer or a part of one.
 *
 * Both functions are pure: the state is a plain tree of tensors, to be kept, saved or differentiated through.
 */
export interface GradientTransformation<S = unknown> {
  /** The state before the first step. */
  init(params: unknown): S;
  /**
   * The updates to add to the parameters, and the next state.
   * @param updates the gradients, or what transformations before this one made of them
   * @param params the current parameters; some transformations need none
   */
  update<U>(updates: U, state: S, params?: unknown, extra?: ExtraArgs): [updates: U, state: S];
}

/** The state of transformations that have none. */
export type EmptyState = null;

/** A tree of booleans that is a prefix of the parameters, or a function of them that makes one. */
export type Mask = unknown | ((params: unknown) => unknown);
