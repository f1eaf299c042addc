// The precision of products that name none: a scope that traces and what is kept of them depend on.
import { errors, jit, lax, makeJaxpr, numpy as np, type Tensor, withMatmulPrecision } from "cotangent";
import { describe, expect, test } from "vitest";

const x = np.ones([2, 2]);
const text = (f: (x: Tensor) => Tensor): string => String(makeJaxpr(f)(x));
const highest = "precision=(Precision.HIGHEST, Precision.HIGHEST)";

describe("withMatmulPrecision", () => {
  test("is that of dots and convolutions that name none", () => {
    const dot = (a: Tensor) => np.matmul(a, a);
    const image = np.ones([1, 1, 4, 4]);
    const conv = (a: Tensor) => lax.convGeneralDilated(image, a.reshape(1, 1, 2, 2), [1, 1], "VALID");
    for (const f of [dot, conv]) {
      expect(text(f)).not.toContain("HIGHEST");
      expect(withMatmulPrecision("highest", () => text(f))).toContain(highest);
      expect(text(f)).not.toContain("HIGHEST");
    }
    const named = (a: Tensor) => lax.dot(a, a, { precision: "high" });
    expect(withMatmulPrecision("highest", () => text(named))).not.toContain("HIGHEST");
  });

  test("programs are kept for each precision", () => {
    const seen: string[] = [];
    const f = jit((a: Tensor) => {
      seen.push("traced");
      return np.matmul(a, a);
    });
    const lowered = (): string => f.lower(x).asText("hlo");
    for (const _ of [1, 2]) {
      f(x);
      withMatmulPrecision("highest", () => f(x));
    }
    expect(seen).toHaveLength(2);
    expect(withMatmulPrecision("highest", lowered)).toContain("highest");
    expect(lowered()).not.toContain("highest");
  });

  test("loops' bodies and the library's own programs too", () => {
    const step = (c: Tensor, _: null): [Tensor, null] => [np.matmul(c, x), null];
    const loop = (a: Tensor): Tensor => lax.scan(step, a, null, { length: 3 })[0];
    const multi = (a: Tensor): Tensor => np.linalg.multiDot([a, x, a]);
    for (const f of [loop, multi]) {
      const before = text(f);
      expect(withMatmulPrecision("highest", () => text(f))).toContain(highest);
      expect(text(f)).toBe(before);
    }
  });

  test("scopes end, also where the function throws", () => {
    const inner = withMatmulPrecision("highest", () =>
      withMatmulPrecision("default", () => text((a) => np.matmul(a, a))),
    );
    expect(inner).not.toContain("HIGHEST");
    expect(() =>
      withMatmulPrecision("highest", () => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(text((a) => np.matmul(a, a))).not.toContain("HIGHEST");
  });

  test("says what precisions there are, and that functions must not be async", () => {
    expect(() => withMatmulPrecision("tf32" as never, () => 1)).toThrow(
      expect.objectContaining({ code: "CT003", message: expect.stringContaining("default, high or highest") }),
    );
    const attempt = () => withMatmulPrecision("high", async () => 1);
    expect(attempt).toThrow(errors.CotangentError);
    expect(attempt).toThrow(expect.objectContaining({ code: "CT015" }));
  });
});
