/** Slots: the places in memory that a plan's thunks read and write, by number. */

/** A slot's number in its plan. Values that share memory share a slot. */
export type SlotId = number;

/** Where a slot's memory is while the plan runs. */
export type SlotHome =
  /** The caller's buffer; written only if the parameter is donated. */
  | { readonly kind: "parameter"; readonly index: number }
  /** A fresh buffer, which becomes the result. */
  | { readonly kind: "output"; readonly index: number }
  /** The one block of temporary memory of a run. */
  | { readonly kind: "arena"; readonly offset: number }
  /** The constants that came with the plan. */
  | { readonly kind: "constant"; readonly offset: number };

export interface Slot {
  readonly home: SlotHome;
  readonly bytes: number;
}

export interface PlanOutput {
  readonly slot: SlotId;
  readonly bytes: number;
  /** The donated parameter whose memory becomes this result. */
  readonly donatedParameter?: number;
}
