/** The numbers that the native runtime and JavaScript share: cells of one array, written by both. */

/** The same list as `StateCell` in native/runtime/environment.h. */
export const Cell = {
  /** A `Status`, of the latest call. */
  status: 0,
  /** Of the latest execution: 0 when it was finished by the time it returned. */
  sequence: 1,
  completed: 2,
  submitted: 3,
  bytesInUse: 4,
  peakBytes: 5,
  liveBuffers: 6,
  heldBytes: 7,
  reservedBytes: 8,
  budgetBytes: 9,
  tracked: 10,
  youngBudget: 11,
  failed: 12,
} as const;

export const STATE_CELLS = 16;

export const Status = {
  done: 0,
  /** The budget is spent: collect garbage, then try again. */
  collect: 1,
  outOfMemory: 2,
  /** Submissions failed: hear of them, then try again with arguments that are there. */
  hearOfFailure: 3,
} as const;
