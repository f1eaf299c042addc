/** Rules that move no elements, or fewer: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape } from "../../../xla-like/hlo/shape.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

describe("broadcasts", () => {
  it("broadcast-identity", () => {
    expect(
      rewritten("broadcast-identity", [f32(2, 3)], (b, [x]) => b.broadcast(x, [2, 3], [0, 1])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2,3] broadcast(%parameter.0), dimensions={0,1}
      return %broadcast.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("broadcast-identity", [f32(3)], (b, [x]) => b.broadcast(x, [3, 3], [1]));
  });

  it("broadcast-of-units-to-reshape", () => {
    expect(
      rewritten("broadcast-of-units-to-reshape", [f32(2, 3)], (b, [x]) => b.broadcast(x, [2, 1, 3], [0, 2])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2,1,3] broadcast(%parameter.0), dimensions={0,2}
      return %broadcast.1
      ⇒
      %reshape.3 = f32[2,1,3] reshape(%parameter.0)
      return %reshape.3"
    `);
    // Constants are looked for behind broadcasts of scalars.
    expectUntouched("broadcast-of-units-to-reshape", [f32()], (b, [x]) => b.broadcast(x, [1, 1], []));
  });

  it("broadcast-of-broadcast", () => {
    expect(
      rewritten("broadcast-of-broadcast", [f32(3)], (b, [x]) =>
        b.broadcast(b.broadcast(x, [2, 3], [1]), [2, 4, 3], [0, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2,3] broadcast(%parameter.0), dimensions={1}
      %broadcast.2 = f32[2,4,3] broadcast(%broadcast.1), dimensions={0,2}
      return %broadcast.2
      ⇒
      %broadcast.4 = f32[2,4,3] broadcast(%parameter.0), dimensions={2}
      return %broadcast.4"
    `);
    expectUntouched("broadcast-of-broadcast", [f32(3)], (b, [x]) =>
      b.broadcast(b.unary("sine", b.broadcast(x, [2, 3], [1])), [2, 4, 3], [0, 2]),
    );
  });

  it("broadcast-without-units", () => {
    expect(
      rewritten("broadcast-without-units", [f32(1, 3)], (b, [x]) => b.broadcast(x, [1, 2, 3], [0, 2])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[1,2,3] broadcast(%parameter.0), dimensions={0,2}
      return %broadcast.1
      ⇒
      %reshape.3 = f32[3] reshape(%parameter.0)
      %broadcast.4 = f32[1,2,3] broadcast(%reshape.3), dimensions={2}
      return %broadcast.4"
    `);
    expectUntouched("broadcast-without-units", [f32(3)], (b, [x]) => b.broadcast(x, [1, 2, 3], [2]));
  });
});

describe("reshapes", () => {
  it("reshape-identity", () => {
    expect(rewritten("reshape-identity", [f32(2, 3)], (b, [x]) => b.reshape(x, [2, 3]))).toMatchInlineSnapshot(`
      "%reshape.1 = f32[2,3] reshape(%parameter.0)
      return %reshape.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("reshape-identity", [f32(2, 3)], (b, [x]) => b.reshape(x, [3, 2]));
  });

  it("reshape-of-reshape", () => {
    expect(
      rewritten("reshape-of-reshape", [f32(2, 3)], (b, [x]) => b.reshape(b.reshape(x, [6]), [3, 2])),
    ).toMatchInlineSnapshot(`
      "%reshape.1 = f32[6] reshape(%parameter.0)
      %reshape.2 = f32[3,2] reshape(%reshape.1)
      return %reshape.2
      ⇒
      %reshape.4 = f32[3,2] reshape(%parameter.0)
      return %reshape.4"
    `);
    expectUntouched("reshape-of-reshape", [f32(2, 3)], (b, [x]) =>
      b.reshape(b.transpose(b.reshape(x, [3, 2]), [1, 0]), [6]),
    );
  });

  it("reshape-of-broadcast", () => {
    expect(
      rewritten("reshape-of-broadcast", [f32(4)], (b, [x]) => b.reshape(b.broadcast(x, [6, 4], [1]), [2, 3, 2, 2])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[6,4] broadcast(%parameter.0), dimensions={1}
      %reshape.2 = f32[2,3,2,2] reshape(%broadcast.1)
      return %reshape.2
      ⇒
      %reshape.4 = f32[2,2] reshape(%parameter.0)
      %broadcast.5 = f32[2,3,2,2] broadcast(%reshape.4), dimensions={2,3}
      return %broadcast.5"
    `);
    // Rows and copies of rows would be mixed.
    expectUntouched("reshape-of-broadcast", [f32(4)], (b, [x]) => b.reshape(b.broadcast(x, [6, 4], [1]), [24]));
  });
});

describe("transposes", () => {
  it("transpose-identity", () => {
    expect(rewritten("transpose-identity", [f32(2, 3)], (b, [x]) => b.transpose(x, [0, 1]))).toMatchInlineSnapshot(`
      "%transpose.1 = f32[2,3] transpose(%parameter.0), dimensions={0,1}
      return %transpose.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("transpose-identity", [f32(2, 3)], (b, [x]) => b.transpose(x, [1, 0]));
  });

  it("transpose-of-transpose", () => {
    expect(
      rewritten("transpose-of-transpose", [f32(2, 3, 4)], (b, [x]) =>
        b.transpose(b.transpose(x, [1, 2, 0]), [1, 0, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.1 = f32[3,4,2] transpose(%parameter.0), dimensions={1,2,0}
      %transpose.2 = f32[4,3,2] transpose(%transpose.1), dimensions={1,0,2}
      return %transpose.2
      ⇒
      %transpose.4 = f32[4,3,2] transpose(%parameter.0), dimensions={2,1,0}
      return %transpose.4"
    `);
    expectUntouched("transpose-of-transpose", [f32(2, 3)], (b, [x]) =>
      b.transpose(b.reshape(b.transpose(x, [1, 0]), [2, 3]), [1, 0]),
    );
  });

  it("transpose-of-units-to-reshape", () => {
    expect(
      rewritten("transpose-of-units-to-reshape", [f32(2, 1, 3)], (b, [x]) => b.transpose(x, [1, 0, 2])),
    ).toMatchInlineSnapshot(`
      "%transpose.1 = f32[1,2,3] transpose(%parameter.0), dimensions={1,0,2}
      return %transpose.1
      ⇒
      %reshape.3 = f32[1,2,3] reshape(%parameter.0)
      return %reshape.3"
    `);
    expectUntouched("transpose-of-units-to-reshape", [f32(2, 1, 3)], (b, [x]) => b.transpose(x, [2, 1, 0]));
  });

  it("transpose-of-unit-reshape", () => {
    expect(
      rewritten("transpose-of-unit-reshape", [f32(2, 3)], (b, [x]) => b.transpose(b.reshape(x, [2, 1, 3]), [2, 1, 0])),
    ).toMatchInlineSnapshot(`
      "%reshape.1 = f32[2,1,3] reshape(%parameter.0)
      %transpose.2 = f32[3,1,2] transpose(%reshape.1), dimensions={2,1,0}
      return %transpose.2
      ⇒
      %reshape.4 = f32[2,3] reshape(%parameter.0)
      %transpose.5 = f32[3,2] transpose(%reshape.4), dimensions={1,0}
      %reshape.6 = f32[3,1,2] reshape(%transpose.5)
      return %reshape.6"
    `);
    expectUntouched("transpose-of-unit-reshape", [f32(6)], (b, [x]) => b.transpose(b.reshape(x, [2, 3]), [1, 0]));
  });

  it("transpose-of-broadcast", () => {
    expect(
      rewritten("transpose-of-broadcast", [f32(2, 3)], (b, [x]) =>
        b.transpose(b.broadcast(x, [2, 4, 3], [0, 2]), [2, 1, 0]),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2,4,3] broadcast(%parameter.0), dimensions={0,2}
      %transpose.2 = f32[3,4,2] transpose(%broadcast.1), dimensions={2,1,0}
      return %transpose.2
      ⇒
      %transpose.4 = f32[3,2] transpose(%parameter.0), dimensions={1,0}
      %broadcast.5 = f32[3,4,2] broadcast(%transpose.4), dimensions={0,2}
      return %broadcast.5"
    `);
    expectUntouched("transpose-of-broadcast", [f32(2, 3)], (b, [x]) => b.transpose(b.unary("sine", x), [1, 0]));
  });
});

describe("reversals", () => {
  it("reverse-without-units", () => {
    expect(rewritten("reverse-without-units", [f32(2, 1, 3)], (b, [x]) => b.reverse(x, [1, 2]))).toMatchInlineSnapshot(`
      "%reverse.1 = f32[2,1,3] reverse(%parameter.0), dimensions={1,2}
      return %reverse.1
      ⇒
      %reverse.3 = f32[2,1,3] reverse(%parameter.0), dimensions={2}
      return %reverse.3"
    `);
    expectUntouched("reverse-without-units", [f32(2, 1, 3)], (b, [x]) => b.reverse(x, [0, 2]));
  });

  it("reverse-of-reverse", () => {
    expect(
      rewritten("reverse-of-reverse", [f32(2, 3)], (b, [x]) => b.reverse(b.reverse(x, [0, 1]), [1])),
    ).toMatchInlineSnapshot(`
      "%reverse.1 = f32[2,3] reverse(%parameter.0), dimensions={0,1}
      %reverse.2 = f32[2,3] reverse(%reverse.1), dimensions={1}
      return %reverse.2
      ⇒
      %reverse.4 = f32[2,3] reverse(%parameter.0), dimensions={0}
      return %reverse.4"
    `);
    expectUntouched("reverse-of-reverse", [f32(2, 2)], (b, [x]) =>
      b.reverse(b.transpose(b.reverse(x, [0]), [1, 0]), [1]),
    );
  });

  it("reverse-of-broadcast", () => {
    expect(
      rewritten("reverse-of-broadcast", [f32(3)], (b, [x]) => b.reverse(b.broadcast(x, [2, 3], [1]), [0, 1])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2,3] broadcast(%parameter.0), dimensions={1}
      %reverse.2 = f32[2,3] reverse(%broadcast.1), dimensions={0,1}
      return %reverse.2
      ⇒
      %reverse.4 = f32[3] reverse(%parameter.0), dimensions={0}
      %broadcast.5 = f32[2,3] broadcast(%reverse.4), dimensions={1}
      return %broadcast.5"
    `);
    expectUntouched("reverse-of-broadcast", [f32(3)], (b, [x]) => b.reverse(b.unary("sine", x), [0]));
  });
});

describe("motion", () => {
  it("elementwise-of-broadcasts", () => {
    expect(
      rewritten("elementwise-of-broadcasts", [f32(3), f32(3)], (b, [x, y]) =>
        b.binary("add", b.broadcast(x, [2, 3], [1]), b.broadcast(y, [2, 3], [1])),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.2 = f32[2,3] broadcast(%parameter.0), dimensions={1}
      %broadcast.3 = f32[2,3] broadcast(%parameter.1), dimensions={1}
      %add.4 = f32[2,3] add(%broadcast.2, %broadcast.3)
      return %add.4
      ⇒
      %broadcast.6 = f32[3] broadcast(%parameter.0), dimensions={0}
      %broadcast.7 = f32[3] broadcast(%parameter.1), dimensions={0}
      %add.8 = f32[3] add(%broadcast.6, %broadcast.7)
      %broadcast.9 = f32[2,3] broadcast(%add.8), dimensions={1}
      return %broadcast.9"
    `);
    // Together they have every dimension.
    expectUntouched("elementwise-of-broadcasts", [f32(2), f32(3)], (b, [x, y]) =>
      b.binary("add", b.broadcast(x, [2, 3], [0]), b.broadcast(y, [2, 3], [1])),
    );
  });

  it("elementwise-of-transposes", () => {
    expect(
      rewritten("elementwise-of-transposes", [f32(2, 3), f32(2, 3), f32(3)], (b, [x, y, z]) =>
        b.binary(
          "add",
          b.binary("multiply", b.transpose(x, [1, 0]), b.transpose(y, [1, 0])),
          b.broadcast(z, [3, 2], [0]),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.3 = f32[3,2] transpose(%parameter.0), dimensions={1,0}
      %transpose.4 = f32[3,2] transpose(%parameter.1), dimensions={1,0}
      %multiply.5 = f32[3,2] multiply(%transpose.3, %transpose.4)
      %broadcast.6 = f32[3,2] broadcast(%parameter.2), dimensions={0}
      %add.7 = f32[3,2] add(%multiply.5, %broadcast.6)
      return %add.7
      ⇒
      %multiply.9 = f32[2,3] multiply(%parameter.0, %parameter.1)
      %broadcast.11 = f32[2,3] broadcast(%parameter.2), dimensions={1}
      %add.12 = f32[2,3] add(%multiply.9, %broadcast.11)
      %transpose.13 = f32[3,2] transpose(%add.12), dimensions={1,0}
      return %transpose.13"
    `);
    expectUntouched("elementwise-of-transposes", [f32(2, 3), f32(3, 2)], (b, [x, y]) =>
      b.binary("add", b.transpose(x, [1, 0]), y),
    );
  });

  it("transpose-of-elementwise-of-broadcasts", () => {
    expect(
      rewritten(
        "transpose-of-elementwise-of-broadcasts",
        [f32(2), f32(3)],
        (b, [x, y]) =>
          b.transpose(b.binary("multiply", b.broadcast(x, [2, 3], [0]), b.broadcast(y, [2, 3], [1])), [1, 0]),
        ["transpose-of-broadcast", "transpose-identity"],
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.2 = f32[2,3] broadcast(%parameter.0), dimensions={0}
      %broadcast.3 = f32[2,3] broadcast(%parameter.1), dimensions={1}
      %multiply.4 = f32[2,3] multiply(%broadcast.2, %broadcast.3)
      %transpose.5 = f32[3,2] transpose(%multiply.4), dimensions={1,0}
      return %transpose.5
      ⇒
      %broadcast.9 = f32[3,2] broadcast(%parameter.0), dimensions={1}
      %broadcast.12 = f32[3,2] broadcast(%parameter.1), dimensions={0}
      %multiply.13 = f32[3,2] multiply(%broadcast.9, %broadcast.12)
      return %multiply.13"
    `);
    expectUntouched("transpose-of-elementwise-of-broadcasts", [f32(2, 3), f32(3)], (b, [x, y]) =>
      b.transpose(b.binary("multiply", x, b.broadcast(y, [2, 3], [1])), [1, 0]),
    );
  });

  it("elementwise-of-reshapes", () => {
    expect(
      rewritten(
        "elementwise-of-reshapes",
        [f32(6, 4), f32(4)],
        (b, [x, y]) => b.binary("add", b.reshape(x, [2, 3, 4]), b.broadcast(y, [2, 3, 4], [2])),
        ["reshape-of-broadcast", "reshape-identity"],
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.2 = f32[2,3,4] reshape(%parameter.0)
      %broadcast.3 = f32[2,3,4] broadcast(%parameter.1), dimensions={2}
      %add.4 = f32[2,3,4] add(%reshape.2, %broadcast.3)
      return %add.4
      ⇒
      %broadcast.8 = f32[6,4] broadcast(%parameter.1), dimensions={1}
      %add.9 = f32[6,4] add(%parameter.0, %broadcast.8)
      %reshape.10 = f32[2,3,4] reshape(%add.9)
      return %reshape.10"
    `);
    // A predicate that is reshaped to a scalar says nothing about the arrays.
    expectUntouched("elementwise-of-reshapes", [arrayShape("bool", [1]), f32(3)], (b, [p, x]) =>
      b.select(b.reshape(p, []), b.broadcast(x, [2, 3], [1]), b.fill(0, "float32", [2, 3])),
    );
    expectUntouched("elementwise-of-reshapes", [f32(6, 4), f32(2, 3, 4)], (b, [x, y]) =>
      b.binary("add", b.reshape(x, [2, 3, 4]), y),
    );
  });

  it("slice-of-elementwise", () => {
    expect(
      rewritten("slice-of-elementwise", [f32(8), f32()], (b, [x, v]) =>
        b.slice(b.binary("multiply", b.unary("sine", x), v), [2], [5]),
      ),
    ).toMatchInlineSnapshot(`
      "%sine.2 = f32[8] sine(%parameter.0)
      %broadcast.3 = f32[8] broadcast(%parameter.1), dimensions={}
      %multiply.4 = f32[8] multiply(%sine.2, %broadcast.3)
      %slice.5 = f32[3] slice(%multiply.4), slice={[2:5]}
      return %slice.5
      ⇒
      %broadcast.3 = f32[8] broadcast(%parameter.1), dimensions={}
      %slice.8 = f32[3] slice(%parameter.0), slice={[2:5]}
      %sine.9 = f32[3] sine(%slice.8)
      %slice.10 = f32[3] slice(%broadcast.3), slice={[2:5]}
      %multiply.11 = f32[3] multiply(%sine.9, %slice.10)
      return %multiply.11"
    `);
    // Two slices of nearly everything are more than one.
    expectUntouched("slice-of-elementwise", [f32(8), f32(8)], (b, [x, y]) => b.slice(b.binary("add", x, y), [1], [8]));
  });
});
