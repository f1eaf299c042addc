/** How exactly floats are multiplied where a program does not say. */
import type { Precision } from "../../xla-like/index.js";
import { ArgumentError } from "../prelude/errors.js";

const precisions: readonly Precision[] = ["default", "high", "highest"];

function wanted(): Precision {
  const text = process.env.COTANGENT_MATMUL_PRECISION || "default";
  const found = precisions.find((p) => p === text);
  if (found !== undefined) return found;
  throw new ArgumentError(
    "CT003",
    `COTANGENT_MATMUL_PRECISION: there is no precision '${text}'. Use default, high or highest.`,
  );
}

const usual = wanted();

/** The precision to lower a product with; undefined where nobody asked for any. */
export const precisionOf = (given: Precision | undefined): Precision | undefined =>
  given ?? (usual === "default" ? undefined : usual);
