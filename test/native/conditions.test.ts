// The kernels that set conditions in graphs: PTX that stands in native/cuda/conditions.cc.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const source = readFileSync(fileURLToPath(new URL("../../native/cuda/conditions.cc", import.meta.url)), "utf8");
const ptx = /R"\(([^"]*)\)"/.exec(source)![1]!;
const found = (program: string): string | undefined =>
  spawnSync(program, ["--version"]).status === 0 ? program : undefined;
const ptxas = found(process.env.COTANGENT_PTXAS ?? "ptxas");
const nvlink = found("nvlink");

describe("kernels that set conditions", () => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-conditions-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are two", () => {
    expect([...ptx.matchAll(/\.visible \.entry (\w+)/g)].map((m) => m[1])).toEqual(["ct_set_while", "ct_set_branch"]);
  });

  test.skipIf(ptxas === undefined).each(["sm_80", "sm_90"])("assemble for %s, without spills (by ptxas)", (arch) => {
    const [text, code] = [join(folder, "conditions.ptx"), join(folder, `${arch}.cubin`)];
    writeFileSync(text, ptx);
    const { status, stderr, stdout } = spawnSync(ptxas!, ["-v", "-arch", arch, text, "-o", code], { encoding: "utf8" });
    expect(`${stdout}${stderr}`).not.toMatch(/error/i);
    expect(status).toBe(0);
    for (const spills of `${stdout}${stderr}`.matchAll(/(\d+) bytes spill/g)) expect(spills[1]).toBe("0");
  });

  test.skipIf(ptxas === undefined || nvlink === undefined)("need no library of CUDA's (by nvlink)", () => {
    const [text, code] = [join(folder, "linked.ptx"), join(folder, "linked.cubin")];
    writeFileSync(text, ptx);
    expect(spawnSync(ptxas!, ["-c", "-arch", "sm_90", text, "-o", code]).status).toBe(0);
    const link = (input: string) => spawnSync(nvlink!, ["-arch=sm_90", input, "-o", join(folder, "linked")]);
    expect(link(code).status).toBe(0);
    // A function that nobody has is missed.
    writeFileSync(text, ptx.replaceAll("cudaGraphSetConditional", "cudaGraphSetNothing"));
    expect(spawnSync(ptxas!, ["-c", "-arch", "sm_90", text, "-o", code]).status).toBe(0);
    const { status, stdout, stderr } = link(code);
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("cudaGraphSetNothing");
  });
});
