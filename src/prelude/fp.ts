// The only place that imports fp-ts. The `lib/*.js` paths are the ones plain Node resolves.
export * as Either from "fp-ts/lib/Either.js";
// `traverse(Applicative)` is quadratic; `traverseArray` is not.
export { traverseArray as traverse } from "fp-ts/lib/Either.js";
export * as Eq from "fp-ts/lib/Eq.js";
export { constant, flow, identity, pipe } from "fp-ts/lib/function.js";
export * as Monoid from "fp-ts/lib/Monoid.js";
export * as Option from "fp-ts/lib/Option.js";
export * as Ord from "fp-ts/lib/Ord.js";
export * as ReadonlyArray from "fp-ts/lib/ReadonlyArray.js";
export * as ReadonlyRecord from "fp-ts/lib/ReadonlyRecord.js";
export * as Semigroup from "fp-ts/lib/Semigroup.js";
export * as Show from "fp-ts/lib/Show.js";
export * as Task from "fp-ts/lib/Task.js";
export * as TaskEither from "fp-ts/lib/TaskEither.js";
