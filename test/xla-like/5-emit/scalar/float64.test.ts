// Every function in float64 against correctly rounded results, on each kind of processor.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apply, type FunctionName, float64Steps, jit, machines, whyNoJit } from "./functions.js";

interface Golden {
  readonly name: FunctionName;
  readonly inputs: readonly Float64Array[];
  readonly results: Float64Array;
}

function readGolden(): Golden[] {
  const file = readFileSync(new URL("./golden/float64.bin", import.meta.url));
  const start = file.indexOf("\n") + 1;
  const index = JSON.parse(file.toString("utf8", 0, start)) as [FunctionName, number, number][];
  const values = new Float64Array(file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length));
  let at = 0;
  const column = (count: number): Float64Array => {
    at += count;
    return values.subarray(at - count, at);
  };
  return index.map(([name, arity, count]) => ({
    name,
    inputs: Array.from({ length: arity }, () => column(count)),
    results: column(count),
  }));
}

const goldens = readGolden();

it("has golden data of 27 functions", () => {
  expect(goldens.length).toBe(27);
});

describe.skipIf(jit === undefined)(`float64 functions${whyNoJit}`, () => {
  for (const machine of machines) {
    describe(machine.name, () => {
      it.each(goldens.map((golden) => [golden.name, golden] as const))("%s is within 2 ulp", (name, golden) => {
        const got = apply(name, machine, golden.inputs);
        let worst = 0;
        let where = "";
        golden.results.forEach((want, i) => {
          const steps = float64Steps(got[i]!, want);
          if (steps > worst) {
            worst = steps;
            where = `${name}(${golden.inputs.map((x) => x[i]).join(", ")}) = ${got[i]}, not ${want}`;
          }
        });
        if (process.env.COTANGENT_SHOW_ULPS) console.log(`${name} ${machine.name}: ${worst} ${where}`);
        expect(worst, where).toBeLessThanOrEqual(1);
      });
    });
  }
});
