/** The pages of the documentation fit together and fit the code. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("api/"))
    .map((name) => `docs/${name}`),
);

describe("pages", () => {
  it.each(pages)("%s links to what is there", (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, to]) => to);
    const local = links.filter((to) => !/^\w+:/.test(to));
    expect(local.filter((to) => !existsSync(join(root, dirname(page), to)))).toEqual([]);
  });

  it("the guide lists each of its pages", () => {
    const listed = [...read("docs/guide/README.md").matchAll(/^\d+\. \[.+?\]\((.+?)\)/gm)].map(([, to]) => to);
    const there = readdirSync(join(root, "docs/guide")).filter((name) => name !== "README.md");
    expect(listed.sort()).toEqual(there.sort());
  });

  it("decisions have numbers of their own, which their titles give", () => {
    const names = readdirSync(join(root, "docs/adr"));
    for (const name of names) {
      expect(name).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
      expect(read(`docs/adr/${name}`)).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. \\w`));
    }
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
  });

  it("CONTRIBUTING shows a primitive as it is in the tree", () => {
    expect(read("CONTRIBUTING.md")).toContain(`\`\`\`ts\n${read("src/primitives/rev.ts")}\`\`\``);
  });
});
