import { describe, expect, it } from "vitest";
import { io, numpy as np } from "../../src/index.js";
import { run } from "../../src/io/command/main.js";
import { temporaryDirectory } from "./files.js";

const at = temporaryDirectory();

async function command(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await run(
    args,
    (line) => out.push(line),
    (line) => err.push(line),
  );
  return { status, out: out.join("\n"), err: err.join("\n") };
}

describe("cotangent inspect", () => {
  it("lists leaves with their statistics, and the notes", async () => {
    const t = {
      w: np.array([
        [1, 2],
        [3, Number.NaN],
      ]),
      h: np.array([0.5, -0.5, Number.POSITIVE_INFINITY], { dtype: "float16" }),
      big: np.array([5n, 0n]),
      z: np.array([3, 4], { dtype: "complex128" }),
      empty: np.zeros([0]),
      "evil\u001b[31m": 3,
    };
    await io.save(at("x.safetensors"), t, { metadata: { task: "digits" } });
    const { status, out } = await command("inspect", at("x.safetensors"));
    expect(status).toBe(0);
    const line = (name: string): string[] =>
      out
        .split("\n")
        .find((l) => l.startsWith(`${name} `))
        ?.split(/ {2,}/) ?? [];
    expect(line("w")).toEqual(["w", "float32[2,2]", "16 B", "1", "3", "2", "0.816497", "0", "1", "0"]);
    expect(line("h")).toEqual(["h", "float16[3]", "6 B", "-0.5", "0.5", "0", "0.5", "0", "0", "1"]);
    expect(line("big")).toEqual(["big", "int64[2]", "16 B", "0", "5", "2.5", "2.5", "1", "0", "0"]);
    expect(line("z").slice(0, 5)).toEqual(["z", "complex128[2]", "32 B", "3", "4"]);
    expect(line("empty").slice(3, 7)).toEqual(["NaN", "NaN", "NaN", "NaN"]);
    expect(line("evil\\u001b[31m")[1]).toBe("3");
    expect(out).not.toContain("\u001b");
    expect(out).toContain("task: digits");
    expect(out).toContain("6 leaves, 70 B");
  });

  it("reads NumPy's files and sets of files, and says what is wrong", async () => {
    expect((await command("inspect", "test/golden/files/deflated.npz")).out).toContain("16 leaves");
    expect((await command("inspect", "test/golden/files/fortran.npy")).out).toContain("int16[2,3,4]");
    expect((await command("inspect", "test/golden/gpt2/model.safetensors.index.json")).out).toContain("28 leaves");
    expect(await command("inspect", at("nowhere"))).toMatchObject({ status: 2, out: "" });
    expect((await command("frobnicate")).err).toContain("Usage");
    expect((await command("--help")).status).toBe(0);
  });
});

describe("cotangent diff", () => {
  it("says which leaves differ, and by how much", async () => {
    const a = { w: np.array([1, 2, Number.NaN]), same: np.ones([4]), shape: np.ones([2]), gone: 1, n: 3 };
    const b = { w: np.array([1, 2.5, Number.NaN]), same: np.ones([4]), shape: np.ones([3]), n: 4, added: 1 };
    await io.save(at("a"), a);
    await io.save(at("b"), b);
    const { status, out } = await command("diff", at("a"), at("b"));
    expect(status).toBe(1);
    const lines = out.split("\n").map((l) => l.replace(/ {2,}/g, " | "));
    expect(lines).toContain("w | float32[3] | 1 of 3 elements differ, by 0.5 at most");
    expect(lines).toContain("shape | float32[2] | float32[2] and float32[3]");
    expect(lines).toContain("n | value | 3 and 4");
    expect(lines.filter((l) => l.includes("only in"))).toHaveLength(2);
    expect(lines.at(-1)).toBe("1 leaves are the same, 5 are not");
    expect(await command("diff", at("a"), at("a"))).toMatchObject({ status: 0 });
  });
});
