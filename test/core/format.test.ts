import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { FormatOptions } from "../../src/core/format.js";
import { grad, jit, numpy as np, type Tensor, vmap } from "../../src/index.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { goldenTensor } from "../golden/tensors.js";

interface Printed {
  readonly array: GoldenArray;
  readonly options: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const optionNames: Readonly<Record<string, keyof FormatOptions>> = {
  suppress_small: "suppressSmall",
  max_line_width: "linewidth",
};

describe("printing", () => {
  const { records } = readGolden<Printed>("printing.json");
  it.each(records.map((r, i) => [i, r.text.split("\n")[0], r] as const))(
    "%i: %s, as NumPy",
    (_, __, { array, options, text }) => {
      const given = Object.fromEntries(Object.entries(options).map(([k, v]) => [optionNames[k] ?? k, v]));
      expect(goldenTensor(array).toString(given)).toBe(text);
    },
  );

  it("is what String and console.log show", () => {
    const x = np.array([1, 2.5]);
    expect(String(x)).toBe("[1.  2.5]");
    expect(`${x}`).toBe("[1.  2.5]");
    expect(inspect(x)).toBe("[1.  2.5]");
    expect(inspect({ w: x })).toBe("{ w: [1.  2.5] }");
  });

  it("gives bfloat16 the digits that tell its numbers apart", () => {
    expect(String(np.array([0.1, 1], { dtype: "bfloat16" }))).toBe("[0.1 1. ]");
  });

  it("refuses options it does not know", () => {
    expect(() => np.ones(2).toString({ digits: 3 } as never)).toThrow(/unknown option 'digits'.*CT001/s);
  });

  it("names the trace of a tracer, without reading it", () => {
    const seen: string[] = [];
    const look = (x: Tensor): Tensor => {
      seen.push(inspect(x));
      return x.sum();
    };
    jit(look)(np.ones(3));
    vmap(look)(np.ones([2, 3]));
    grad(look)(np.ones(3));
    expect(seen).toEqual([
      "Traced<f32[3]>(jit of 'look')",
      "Traced<f32[3]>(vmap of 'look')",
      "Traced<f32[3]>(grad of 'look')",
    ]);
  });

  it("throws where a tracer is made a string or a number", () => {
    expect(() => jit((x: Tensor) => np.array(`${x}`.length))(np.ones(3))).toThrow(/CT301/);
    expect(() => jit((x: Tensor) => np.array(Number(x)))(1)).toThrow(/CT301/);
  });
});
