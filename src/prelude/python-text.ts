/** Numbers as Python writes them, which is how jaxprs show them. */

/** The shortest digits that read back as `x`: `1.0`, `1e-05`, `nan`, `-inf`. */
export function pythonFloat(x: number): string {
  const digits = shortest(x);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

/** `2j`, `(1+2j)`: whole parts have no decimal point, and a real part of +0 is left out. */
export function pythonComplex({ re, im }: { readonly re: number; readonly im: number }): string {
  const imaginary = `${shortest(im)}j`;
  if (Object.is(re, 0)) return imaginary;
  return `(${shortest(re)}${imaginary.startsWith("-") ? "" : "+"}${imaginary})`;
}

function shortest(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0";
  // Python goes over to exponents outside 1e-4 ≤ |x| < 1e16, JavaScript further out.
  const magnitude = Math.abs(x);
  if (x === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) return String(x);
  const [mantissa, exponent] = x.toExponential().split("e");
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
