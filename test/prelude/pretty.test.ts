import { describe, expect, it } from "vitest";
import { brk, concat, type Doc, group, join, layout, nest, text } from "../../src/prelude/pretty.js";

const call = (args: readonly Doc[]): Doc =>
  group(concat(nest(2, concat(text("f("), brk(""), join(concat(text(","), brk()), args))), brk(""), text(")")));

describe("layout", () => {
  it("keeps a group that fits on one line", () => {
    expect(layout(call([text("a"), text("b")]), 10)).toBe("f(a, b)");
  });

  it("breaks every line of a group that does not fit, and indents", () => {
    expect(layout(call([text("aaaa"), text("bbbb")]), 10)).toBe("f(\n  aaaa,\n  bbbb\n)");
  });

  it("fits exactly at the width", () => {
    expect(layout(call([text("a"), text("b")]), 7)).toBe("f(a, b)");
    expect(layout(call([text("a"), text("b")]), 6)).toBe("f(\n  a,\n  b\n)");
  });

  it("breaks outer groups and keeps inner ones that fit", () => {
    expect(layout(call([call([text("a")]), call([text("bbbbbb"), text("c")])]), 12)).toBe(
      "f(\n  f(a),\n  f(\n    bbbbbb,\n    c\n  )\n)",
    );
  });

  it("judges a group by itself, not by what follows it", () => {
    expect(layout(concat(group(concat(text("a"), brk(), text("b"))), text("cdefgh")), 4)).toBe("a bcdefgh");
  });

  it("fills lines with breaks that are groups of their own", () => {
    const words = "one two three four five".split(" ").map(text);
    expect(layout(nest(2, join(group(brk()), words)), 9)).toBe("one two three\n  four five");
  });

  it("breaks at the top", () => {
    expect(layout(concat(text("a"), brk(), text("b")))).toBe("a\nb");
  });
});
