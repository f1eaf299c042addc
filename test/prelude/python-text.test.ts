import { describe, expect, it } from "vitest";
import { pythonComplex, pythonFloat } from "../../src/prelude/python-text.js";

describe("pythonFloat", () => {
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [-2.5, "-2.5"],
    [1e15, "1000000000000000.0"],
    [9999999999999998, "9999999999999998.0"],
    [1e16, "1e+16"],
    [-1.5e16, "-1.5e+16"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [Math.fround(1e-5), "9.999999747378752e-06"],
    [Math.fround(1e20), "1.0000000200408773e+20"],
    [5e-324, "5e-324"],
    [Number.MAX_VALUE, "1.7976931348623157e+308"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("%d is %s", (x, text) => {
    expect(pythonFloat(x)).toBe(text);
  });
});

describe("pythonComplex", () => {
  it.each([
    [0, 0, "0j"],
    [0, 2, "2j"],
    [0, -1.5, "-1.5j"],
    [-0, 1, "(-0+1j)"],
    [-0, -0, "(-0-0j)"],
    [1, -0, "(1-0j)"],
    [1, 2, "(1+2j)"],
    [NaN, Infinity, "(nan+infj)"],
    [Math.fround(0.1), Math.fround(1e20), "(0.10000000149011612+1.0000000200408773e+20j)"],
  ])("%d and %d make %s", (re, im, text) => {
    expect(pythonComplex({ re, im })).toBe(text);
  });
});
