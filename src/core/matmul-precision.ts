/** How exactly floats are multiplied where a program does not say. */
import type { Precision } from "../../xla-like/index.js";
import { ArgumentError } from "../prelude/errors.js";
import { notAsync } from "../prelude/not-async.js";

const precisions: readonly Precision[] = ["default", "high", "highest"];

function asPrecision(text: unknown, where: string): Precision {
  const found = precisions.find((p) => p === text);
  if (found !== undefined) return found;
  throw new ArgumentError("CT003", `${where}: there is no precision '${text}'. Use default, high or highest.`);
}

const usual = asPrecision(process.env.COTANGENT_MATMUL_PRECISION || "default", "COTANGENT_MATMUL_PRECISION");

/** The precision to lower a product with; undefined where nobody asked for any. */
export const precisionOf = (given: Precision | undefined): Precision | undefined =>
  given ?? (usual === "default" ? undefined : usual);

/** That of the innermost `withMatmulPrecision`. */
let scoped: Precision | undefined;

/** Options of a product, with the precision in scope where they name none. */
export const inScope = <T extends { readonly precision?: Precision | undefined }>(options: T): T =>
  scoped === undefined || options.precision !== undefined ? options : { ...options, precision: scoped };

/** Equal where products are traced alike: what is kept of a trace depends on it. */
export const precisionKey = (): string => scoped ?? "";

/**
 * Runs `f` with another precision for the products (dots, convolutions) in it that name none. `"default"` is fastest:
 * TF32 for float32 on NVIDIA's cards; `"highest"` is all of float32. Processors always multiply in full.
 *
 * @throws ArgumentError (CT003) for another precision, (CT015) if `f` is async: the precision would be the old one again
 *   after its first `await`
 * @example
 * withMatmulPrecision("highest", () => np.matmul(np.ones([2, 3]), np.ones([3, 2]))).js(); // [[3, 3], [3, 3]]
 */
export function withMatmulPrecision<T>(precision: Precision, f: () => T): T {
  const saved = scoped;
  scoped = asPrecision(precision, "withMatmulPrecision");
  try {
    return notAsync(
      f(),
      "withMatmulPrecision: the function is asynchronous, but the precision changes back before it is done. " +
        "Await data before the call, or give each product its precision.",
    );
  } finally {
    scoped = saved;
  }
}
