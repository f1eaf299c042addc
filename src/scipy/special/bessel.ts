/** Modified Bessel functions of the first kind. */
import * as p from "../../primitives/index.js";
import { type Special1, special1 } from "./functions.js";

export { i0 } from "../../numpy/special.js";
/** e^-|x| I₀(x). */
export const i0e: Special1 = special1("i0e", p.besselI0e);
/** I₁(x). */
export const i1: Special1 = special1("i1", (x) => p.mul(p.exp(p.abs(x)), p.besselI1e(x)));
/** e^-|x| I₁(x). */
export const i1e: Special1 = special1("i1e", p.besselI1e);
