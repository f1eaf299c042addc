/** Rules of slices, pads and concatenations: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import type { HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const zero = (b: HloBuilder): HloInstruction => b.scalar("float32", 0);

describe("slices", () => {
  it("slice-identity", () => {
    expect(rewritten("slice-identity", [f32(4)], (b, [x]) => b.slice(x, [0], [4]))).toMatchInlineSnapshot(`
      "%slice.1 = f32[4] slice(%parameter.0), slice={[0:4]}
      return %slice.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("slice-identity", [f32(4)], (b, [x]) => b.slice(x, [1], [4]));
  });

  it("slice-of-slice", () => {
    expect(
      rewritten("slice-of-slice", [f32(20)], (b, [x]) => b.slice(b.slice(x, [1], [20], [3]), [1], [6], [2])),
    ).toMatchInlineSnapshot(`
      "%slice.1 = f32[7] slice(%parameter.0), slice={[1:20:3]}
      %slice.2 = f32[3] slice(%slice.1), slice={[1:6:2]}
      return %slice.2
      ⇒
      %slice.4 = f32[3] slice(%parameter.0), slice={[4:17:6]}
      return %slice.4"
    `);
    expectUntouched("slice-of-slice", [f32(4)], (b, [x]) => b.slice(b.reverse(b.slice(x, [1], [4]), [0]), [1], [3]));
  });

  it("slice-of-broadcast", () => {
    expect(
      rewritten("slice-of-broadcast", [f32(4)], (b, [x]) => b.slice(b.broadcast(x, [6, 4], [1]), [1, 1], [3, 4])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[6,4] broadcast(%parameter.0), dimensions={1}
      %slice.2 = f32[2,3] slice(%broadcast.1), slice={[1:3], [1:4]}
      return %slice.2
      ⇒
      %slice.4 = f32[3] slice(%parameter.0), slice={[1:4]}
      %broadcast.5 = f32[2,3] broadcast(%slice.4), dimensions={1}
      return %broadcast.5"
    `);
    expectUntouched("slice-of-broadcast", [f32(4)], (b, [x]) => b.slice(b.pad(x, zero(b), [1], [1]), [1], [3]));
  });

  it("slice-of-transpose", () => {
    expect(
      rewritten("slice-of-transpose", [f32(4, 6)], (b, [x]) => b.slice(b.transpose(x, [1, 0]), [2, 0], [6, 3], [2, 1])),
    ).toMatchInlineSnapshot(`
      "%transpose.1 = f32[6,4] transpose(%parameter.0), dimensions={1,0}
      %slice.2 = f32[2,3] slice(%transpose.1), slice={[2:6:2], [0:3]}
      return %slice.2
      ⇒
      %slice.4 = f32[3,2] slice(%parameter.0), slice={[0:3], [2:6:2]}
      %transpose.5 = f32[2,3] transpose(%slice.4), dimensions={1,0}
      return %transpose.5"
    `);
    // The whole transpose is needed anyway.
    expectUntouched("slice-of-transpose", [f32(4, 6)], (b, [x]) => {
      const t = b.transpose(x, [1, 0]);
      return [t, b.slice(t, [2, 0], [6, 3])];
    });
  });

  it("slice-of-concatenate", () => {
    expect(
      rewritten("slice-of-concatenate", [f32(2), f32(3), f32(4)], (b, xs) => b.slice(b.concatenate(xs, 0), [3], [5])),
    ).toMatchInlineSnapshot(`
      "%concatenate.3 = f32[9] concatenate(%parameter.0, %parameter.1, %parameter.2), dimensions={0}
      %slice.4 = f32[2] slice(%concatenate.3), slice={[3:5]}
      return %slice.4
      ⇒
      %concatenate.6 = f32[3] concatenate(%parameter.1), dimensions={0}
      %slice.7 = f32[2] slice(%concatenate.6), slice={[1:3]}
      return %slice.7"
    `);
    expectUntouched("slice-of-concatenate", [f32(2), f32(3)], (b, xs) => b.slice(b.concatenate(xs, 0), [1], [4]));
  });

  it("slice-of-pad", () => {
    expect(
      rewritten("slice-of-pad", [f32(4)], (b, [x]) => b.slice(b.pad(x, zero(b), [2], [3]), [3], [6])),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %pad.2 = f32[9] pad(%parameter.0, %constant.1), padding=2_3
      %slice.3 = f32[3] slice(%pad.2), slice={[3:6]}
      return %slice.3
      ⇒
      %slice.5 = f32[3] slice(%parameter.0), slice={[1:4]}
      return %slice.5"
    `);
    expect(
      rewritten("slice-of-pad", [f32(4), f32()], (b, [x, v]) => b.slice(b.pad(x, v, [2], [3]), [6], [9])),
    ).toContain("return %broadcast");
    expectUntouched("slice-of-pad", [f32(4)], (b, [x]) => b.slice(b.pad(x, zero(b), [2], [3]), [1], [6]));
  });

  it("slice-of-reverse", () => {
    expect(
      rewritten("slice-of-reverse", [f32(7)], (b, [x]) => b.slice(b.reverse(x, [0]), [1], [6], [2])),
    ).toMatchInlineSnapshot(`
      "%reverse.1 = f32[7] reverse(%parameter.0), dimensions={0}
      %slice.2 = f32[3] slice(%reverse.1), slice={[1:6:2]}
      return %slice.2
      ⇒
      %slice.4 = f32[3] slice(%parameter.0), slice={[1:6:2]}
      %reverse.5 = f32[3] reverse(%slice.4), dimensions={0}
      return %reverse.5"
    `);
    expectUntouched("slice-of-reverse", [f32(7)], (b, [x]) => {
      const r = b.reverse(x, [0]);
      return [r, b.slice(r, [1], [6])];
    });
  });

  it("slice-of-iota", () => {
    expect(rewritten("slice-of-iota", [], (b) => b.slice(b.iota("int32", [7], 0), [0], [3]))).toMatchInlineSnapshot(`
      "%iota.0 = s32[7] iota(), iota_dimension=0
      %slice.1 = s32[3] slice(%iota.0), slice={[0:3]}
      return %slice.1
      ⇒
      %iota.3 = s32[3] iota(), iota_dimension=0
      return %iota.3"
    `);
    expectUntouched("slice-of-iota", [], (b) => b.slice(b.iota("int32", [7], 0), [1], [3]));
  });

  it("slice-canonical", () => {
    expect(rewritten("slice-canonical", [f32(7)], (b, [x]) => b.slice(x, [0], [7], [4]))).toMatchInlineSnapshot(`
      "%slice.1 = f32[2] slice(%parameter.0), slice={[0:7:4]}
      return %slice.1
      ⇒
      %slice.3 = f32[2] slice(%parameter.0), slice={[0:5:4]}
      return %slice.3"
    `);
    expectUntouched("slice-canonical", [f32(7)], (b, [x]) => b.slice(x, [0], [5], [4]));
  });
});

describe("pads", () => {
  it("pad-identity", () => {
    expect(
      rewritten("pad-identity", [f32(1, 3)], (b, [x]) => b.pad(x, zero(b), [0, 0], [0, 0], [5, 0])),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %pad.2 = f32[1,3] pad(%parameter.0, %constant.1), padding=0_0_5x0_0
      return %pad.2
      ⇒
      return %parameter.0"
    `);
    expectUntouched("pad-identity", [f32(3)], (b, [x]) => b.pad(x, zero(b), [0], [0], [1]));
  });

  it("pad-of-empty", () => {
    expect(rewritten("pad-of-empty", [f32(0), f32()], (b, [x, v]) => b.pad(x, v, [2], [1]))).toMatchInlineSnapshot(`
      "%pad.2 = f32[3] pad(%parameter.0, %parameter.1), padding=2_1
      return %pad.2
      ⇒
      %broadcast.4 = f32[3] broadcast(%parameter.1), dimensions={}
      return %broadcast.4"
    `);
    expectUntouched("pad-of-empty", [f32(1), f32()], (b, [x, v]) => b.pad(x, v, [2], [1]));
  });

  it("pad-of-splat", () => {
    expect(
      rewritten("pad-of-splat", [f32()], (b, [v]) => b.pad(b.broadcast(v, [2], []), v, [1], [1])),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2] broadcast(%parameter.0), dimensions={}
      %pad.2 = f32[4] pad(%broadcast.1, %parameter.0), padding=1_1
      return %pad.2
      ⇒
      %broadcast.4 = f32[4] broadcast(%parameter.0), dimensions={}
      return %broadcast.4"
    `);
    expectUntouched("pad-of-splat", [f32(), f32()], (b, [v, w]) => b.pad(b.broadcast(v, [2], []), w, [1], [1]));
  });

  it("negative-pad-to-slice", () => {
    expect(
      rewritten("negative-pad-to-slice", [f32(5, 4)], (b, [x]) => b.pad(x, zero(b), [-1, 2], [1, -3])),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %pad.2 = f32[5,3] pad(%parameter.0, %constant.1), padding=-1_1x2_-3
      return %pad.2
      ⇒
      %constant.1 = f32[] constant(0)
      %slice.4 = f32[4,1] slice(%parameter.0), slice={[1:5], [0:1]}
      %pad.5 = f32[5,3] pad(%slice.4, %constant.1), padding=0_1x2_0
      return %pad.5"
    `);
    expectUntouched("negative-pad-to-slice", [f32(5)], (b, [x]) => b.pad(x, zero(b), [0], [2], [1]));
  });

  it("pad-of-pad", () => {
    expect(
      rewritten("pad-of-pad", [f32(3), f32()], (b, [x, v]) => b.pad(b.pad(x, v, [1], [2], [1]), v, [3], [0])),
    ).toMatchInlineSnapshot(`
      "%pad.2 = f32[8] pad(%parameter.0, %parameter.1), padding=1_2_1
      %pad.3 = f32[11] pad(%pad.2, %parameter.1), padding=3_0
      return %pad.3
      ⇒
      %pad.5 = f32[11] pad(%parameter.0, %parameter.1), padding=4_2_1
      return %pad.5"
    `);
    expectUntouched("pad-of-pad", [f32(3), f32()], (b, [x, v]) => b.pad(b.pad(x, v, [1], [2]), v, [3], [0], [1]));
    expectUntouched("pad-of-pad", [f32(3), f32(), f32()], (b, [x, v, w]) => b.pad(b.pad(x, v, [1], [2]), w, [3], [0]));
  });

  it("pad-interior-of-one", () => {
    expect(
      rewritten("pad-interior-of-one", [f32(1), f32()], (b, [x, v]) => b.pad(x, v, [1], [2], [3])),
    ).toMatchInlineSnapshot(`
      "%pad.2 = f32[4] pad(%parameter.0, %parameter.1), padding=1_2_3
      return %pad.2
      ⇒
      %pad.4 = f32[4] pad(%parameter.0, %parameter.1), padding=1_2
      return %pad.4"
    `);
    expectUntouched("pad-interior-of-one", [f32(2), f32()], (b, [x, v]) => b.pad(x, v, [1], [2], [3]));
  });
});

describe("concatenations", () => {
  it("concatenate-of-one", () => {
    expect(rewritten("concatenate-of-one", [f32(3)], (b, [x]) => b.concatenate([x], 0))).toMatchInlineSnapshot(`
      "%concatenate.1 = f32[3] concatenate(%parameter.0), dimensions={0}
      return %concatenate.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("concatenate-of-one", [f32(3)], (b, [x]) => b.concatenate([x, x], 0));
  });

  it("concatenate-without-empty", () => {
    expect(
      rewritten("concatenate-without-empty", [f32(2, 3), f32(2, 0)], (b, [x, y]) => b.concatenate([x, y, x], 1)),
    ).toMatchInlineSnapshot(`
      "%concatenate.2 = f32[2,6] concatenate(%parameter.0, %parameter.1, %parameter.0), dimensions={1}
      return %concatenate.2
      ⇒
      %concatenate.4 = f32[2,6] concatenate(%parameter.0, %parameter.0), dimensions={1}
      return %concatenate.4"
    `);
    expectUntouched("concatenate-without-empty", [f32(2, 3), f32(2, 1)], (b, [x, y]) => b.concatenate([x, y, x], 1));
  });

  it("concatenate-of-concatenate", () => {
    expect(
      rewritten("concatenate-of-concatenate", [f32(2), f32(3)], (b, [x, y]) =>
        b.concatenate([x, b.concatenate([y, x], 0)], 0),
      ),
    ).toMatchInlineSnapshot(`
      "%concatenate.2 = f32[5] concatenate(%parameter.1, %parameter.0), dimensions={0}
      %concatenate.3 = f32[7] concatenate(%parameter.0, %concatenate.2), dimensions={0}
      return %concatenate.3
      ⇒
      %concatenate.5 = f32[7] concatenate(%parameter.0, %parameter.1, %parameter.0), dimensions={0}
      return %concatenate.5"
    `);
    expectUntouched("concatenate-of-concatenate", [f32(2, 2), f32(4, 2)], (b, [x, y]) =>
      b.concatenate([b.concatenate([x, x], 0), y], 1),
    );
  });

  it("concatenate-of-neighbouring-slices", () => {
    expect(
      rewritten("concatenate-of-neighbouring-slices", [f32(9), f32(2)], (b, [x, y]) =>
        b.concatenate([y, b.slice(x, [1], [4]), b.slice(x, [4], [6]), b.slice(x, [6], [8])], 0),
      ),
    ).toMatchInlineSnapshot(`
      "%slice.2 = f32[3] slice(%parameter.0), slice={[1:4]}
      %slice.3 = f32[2] slice(%parameter.0), slice={[4:6]}
      %slice.4 = f32[2] slice(%parameter.0), slice={[6:8]}
      %concatenate.5 = f32[9] concatenate(%parameter.1, %slice.2, %slice.3, %slice.4), dimensions={0}
      return %concatenate.5
      ⇒
      %slice.9 = f32[7] slice(%parameter.0), slice={[1:8]}
      %concatenate.10 = f32[9] concatenate(%parameter.1, %slice.9), dimensions={0}
      return %concatenate.10"
    `);
    expectUntouched("concatenate-of-neighbouring-slices", [f32(9)], (b, [x]) =>
      b.concatenate([b.slice(x, [1], [4]), b.slice(x, [5], [6])], 0),
    );
  });

  it("concatenate-of-splats", () => {
    expect(
      rewritten("concatenate-of-splats", [f32()], (b, [v]) =>
        b.concatenate([b.broadcast(v, [2], []), b.broadcast(v, [3], [])], 0),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[2] broadcast(%parameter.0), dimensions={}
      %broadcast.2 = f32[3] broadcast(%parameter.0), dimensions={}
      %concatenate.3 = f32[5] concatenate(%broadcast.1, %broadcast.2), dimensions={0}
      return %concatenate.3
      ⇒
      %broadcast.5 = f32[5] broadcast(%parameter.0), dimensions={}
      return %broadcast.5"
    `);
    expectUntouched("concatenate-of-splats", [f32(), f32()], (b, [v, w]) =>
      b.concatenate([b.broadcast(v, [2], []), b.broadcast(w, [3], [])], 0),
    );
  });
});
