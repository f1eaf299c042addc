// The only place in the HLO that imports fp-ts; only text parsing gives an Either.
export * as Either from "fp-ts/lib/Either.js";
