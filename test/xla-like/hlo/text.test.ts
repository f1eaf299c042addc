import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Either } from "../../../xla-like/hlo/fp.js";
import {
  arrayShape,
  dtypes,
  HloBuilder,
  type HloModule,
  hostArray,
  moduleEquals,
  parseModule,
  parseModuleOrThrow,
  printModule,
  verify,
} from "../../../xla-like/hlo/index.js";
import { programs } from "./programs.js";
import { randomModule } from "./random-module.js";

const expectRoundTrip = (m: HloModule): void => {
  const text = printModule(m);
  const back = parseModuleOrThrow(text);
  expect(printModule(back)).toBe(text);
  expect(moduleEquals(back, m)).toBe(true);
};

describe("round trip", () => {
  for (const [name, program] of Object.entries(programs))
    it(`keeps ${name}`, () => {
      const m = program();
      verify(m);
      expectRoundTrip(m);
    });

  it("keeps random programs", () => {
    fc.assert(
      fc.property(randomModule, (m) => {
        verify(m);
        expectRoundTrip(m);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the bits of every kind of constant", () => {
    const types = fc.constantFrom(...Object.values(dtypes).filter((d) => d.kind !== "void" && d.kind !== "bool"));
    fc.assert(
      fc.property(types, fc.uint8Array({ minLength: 16, maxLength: 16 }), (d, bytes) => {
        const n = 16 / d.bytes;
        const data = hostArray(d.name, n);
        new Uint8Array(data.buffer).set(bytes);
        const b = new HloBuilder("main");
        expectRoundTrip(b.module("m", [b.constant(d.name, [n], data)]));
      }),
      { numRuns: 400 },
    );
  });

  it("shows that changes are seen by equality", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(arrayShape("float32", [2]));
    const one = b.module("m", [b.unary("sine", x)]);
    const c = new HloBuilder("main");
    const y = c.parameter(arrayShape("float32", [2]));
    c.origin = "sin";
    const other = c.module("m", [c.unary("sine", y)]);
    expect(moduleEquals(one, other)).toBe(false);
  });
});

describe("the text", () => {
  it("of softmax is the recorded one", () => {
    expect(printModule(programs.softmax())).toMatchInlineSnapshot(`
      "HloModule softmax, input_output_alias={ {0}: (0) }

      %maximum.float32 (parameter.2: f32[], parameter.3: f32[]) -> f32[] {
        %parameter.2 = f32[] parameter(0)
        %parameter.3 = f32[] parameter(1)
        ROOT %maximum.4 = f32[] maximum(%parameter.2, %parameter.3)
      }

      %add.float32 (parameter.10: f32[], parameter.11: f32[]) -> f32[] {
        %parameter.10 = f32[] parameter(0)
        %parameter.11 = f32[] parameter(1)
        ROOT %add.12 = f32[] add(%parameter.10, %parameter.11)
      }

      ENTRY %main (parameter.0: f32[2,3]) -> (f32[2,3]) {
        %parameter.0 = f32[2,3] parameter(0), name="logits"
        %constant.1 = f32[] constant(-inf), metadata={op_name="reduce_max"}
        %reduce.5 = f32[2] reduce(%parameter.0, %constant.1), dimensions={1}, to_apply=%maximum.float32, metadata={op_name="reduce_max"}
        %broadcast.6 = f32[2,3] broadcast(%reduce.5), dimensions={0}, metadata={op_name="sub"}
        %subtract.7 = f32[2,3] subtract(%parameter.0, %broadcast.6), metadata={op_name="sub"}
        %exponential.8 = f32[2,3] exponential(%subtract.7), metadata={op_name="exp"}
        %constant.9 = f32[] constant(0)
        %reduce.13 = f32[2] reduce(%exponential.8, %constant.9), dimensions={1}, to_apply=%add.float32
        %broadcast.14 = f32[2,3] broadcast(%reduce.13), dimensions={0}
        %divide.15 = f32[2,3] divide(%exponential.8, %broadcast.14)
        ROOT %tuple.16 = (f32[2,3]) tuple(%divide.15)
      }
      "
    `);
  });

  it("of loop is the recorded one", () => {
    expect(printModule(programs.loop())).toMatchInlineSnapshot(`
      "HloModule loop

      %below (parameter.1: s32[], parameter.2: s32[]) -> pred[] {
        %parameter.1 = s32[] parameter(0)
        %parameter.2 = s32[] parameter(1)
        ROOT %compare.3 = pred[] compare(%parameter.1, %parameter.2), direction=LT
      }

      %step (parameter.4: s32[], parameter.5: s32[]) -> (s32[], s32[]) {
        %parameter.4 = s32[] parameter(0)
        %parameter.5 = s32[] parameter(1)
        %constant.6 = s32[] constant(1)
        %add.7 = s32[] add(%parameter.4, %constant.6)
        ROOT %tuple.8 = (s32[], s32[]) tuple(%add.7, %parameter.5)
      }

      %"branch, \\"negate\\"" (parameter.13: s32[]) -> (s32[]) {
        %parameter.13 = s32[] parameter(0)
        %negate.14 = s32[] negate(%parameter.13)
        ROOT %tuple.15 = (s32[]) tuple(%negate.14)
      }

      %"branch, \\"abs\\"" (parameter.16: s32[]) -> (s32[]) {
        %parameter.16 = s32[] parameter(0)
        %abs.17 = s32[] abs(%parameter.16)
        ROOT %tuple.18 = (s32[]) tuple(%abs.17)
      }

      %double (parameter.23: s32[]) -> (s32[]) {
        %parameter.23 = s32[] parameter(0)
        %add.24 = s32[] add(%parameter.23, %parameter.23)
        ROOT %tuple.25 = (s32[]) tuple(%add.24)
      }

      ENTRY %main (parameter.0: s32[]) -> (s32[], s32[]) {
        %parameter.0 = s32[] parameter(0)
        %constant.9 = s32[] constant(0)
        %while.10 = (s32[], s32[]) while(%constant.9, %parameter.0), condition=%below, body=%step
        %get-tuple-element.11 = s32[] get-tuple-element(%while.10), index=0
        %constant.19 = s32[] constant(1)
        %and.20 = s32[] and(%get-tuple-element.11, %constant.19)
        %conditional.21 = (s32[]) conditional(%and.20, %get-tuple-element.11), branch_computations={%"branch, \\"negate\\"", %"branch, \\"abs\\""}
        %get-tuple-element.22 = s32[] get-tuple-element(%conditional.21), index=0
        %call.26 = (s32[]) call(%get-tuple-element.22), to_apply=%double
        %get-tuple-element.27 = s32[] get-tuple-element(%call.26), index=0
        ROOT %tuple.28 = (s32[], s32[]) tuple(%get-tuple-element.27, %get-tuple-element.11)
      }
      "
    `);
  });

  it("of convolve is the recorded one", () => {
    expect(printModule(programs.convolve())).toMatchInlineSnapshot(`
      "HloModule convolve

      %add.float32 (parameter.4: f32[], parameter.5: f32[]) -> f32[] {
        %parameter.4 = f32[] parameter(0)
        %parameter.5 = f32[] parameter(1)
        ROOT %add.6 = f32[] add(%parameter.4, %parameter.5)
      }

      %at_least (parameter.8: f32[], parameter.9: f32[]) -> pred[] {
        %parameter.8 = f32[] parameter(0)
        %parameter.9 = f32[] parameter(1)
        ROOT %compare.10 = pred[] compare(%parameter.8, %parameter.9), direction=GE
      }

      ENTRY %main (parameter.0: f32[1,8,8,2], parameter.1: f32[3,3,1,4]) -> (f32[1,4,10,4], f32[1,8,8,2]) {
        %parameter.0 = f32[1,8,8,2] parameter(0)
        %parameter.1 = f32[3,3,1,4] parameter(1)
        %convolution.2 = f32[1,4,10,4] convolution(%parameter.0, %parameter.1), window={size=3x3 stride=2x1 pad=1_1x-1_2 lhs_dilate=1x2 rhs_dilate=1x3 rhs_reversal=0x1}, dim_labels=b01f_01io->b01f, feature_group_count=2, operand_precision={highest,highest}
        %constant.3 = f32[] constant(0)
        %reduce-window.7 = f32[1,4,4,2] reduce-window(%parameter.0, %constant.3), window={size=1x2x2x1 stride=1x2x2x1}, to_apply=%add.float32
        %select-and-scatter.11 = f32[1,8,8,2] select-and-scatter(%parameter.0, %reduce-window.7, %constant.3), window={size=1x2x2x1 stride=1x2x2x1}, select=%at_least, scatter=%add.float32
        ROOT %tuple.12 = (f32[1,4,10,4], f32[1,8,8,2]) tuple(%convolution.2, %select-and-scatter.11)
      }
      "
    `);
  });

  it("of indexing is the recorded one", () => {
    expect(printModule(programs.indexing())).toMatchInlineSnapshot(`
      "HloModule indexing

      %add.float32 (parameter.3: f32[], parameter.4: f32[]) -> f32[] {
        %parameter.3 = f32[] parameter(0)
        %parameter.4 = f32[] parameter(1)
        ROOT %add.5 = f32[] add(%parameter.3, %parameter.4)
      }

      %less (parameter.7: f32[], parameter.8: f32[], parameter.9: s32[], parameter.10: s32[]) -> pred[] {
        %parameter.7 = f32[] parameter(0)
        %parameter.8 = f32[] parameter(1)
        %parameter.9 = s32[] parameter(2)
        %parameter.10 = s32[] parameter(3)
        ROOT %compare.11 = pred[] compare(%parameter.7, %parameter.8), direction=LT, type=TOTALORDER
      }

      ENTRY %main (parameter.0: f32[2,5,3], parameter.1: s32[2,4,1]) -> (f32[2,5,3], s32[2,5,3], f32[2,4,2], s32[2,4,2], f32[2,5,3], f32[2,2,3], f32[3,12,5]) {
        %parameter.0 = f32[2,5,3] parameter(0)
        %parameter.1 = s32[2,4,1] parameter(1)
        %gather.2 = f32[2,4,3] gather(%parameter.0, %parameter.1), offset_dims={2}, collapsed_slice_dims={1}, start_index_map={1}, operand_batching_dims={0}, start_indices_batching_dims={0}, index_vector_dim=2, slice_sizes={1,1,3}, indices_are_sorted=true
        %scatter.6 = f32[2,5,3] scatter(%parameter.0, %parameter.1, %gather.2), update_window_dims={2}, inserted_window_dims={1}, scatter_dims_to_operand_dims={1}, input_batching_dims={0}, scatter_indices_batching_dims={0}, index_vector_dim=2, unique_indices=true, to_apply=%add.float32
        %iota.12 = s32[2,5,3] iota(), iota_dimension=1
        %sort.13 = (f32[2,5,3], s32[2,5,3]) sort(%scatter.6, %iota.12), dimensions={1}, is_stable=true, to_apply=%less
        %get-tuple-element.14 = f32[2,5,3] get-tuple-element(%sort.13), index=0
        %get-tuple-element.15 = s32[2,5,3] get-tuple-element(%sort.13), index=1
        %constant.16 = s32[] constant(1)
        %dynamic-slice.17 = f32[1,2,1] dynamic-slice(%get-tuple-element.14, %constant.16, %constant.16, %constant.16), dynamic_slice_sizes={1,2,1}
        %top-k.18 = (f32[2,4,2], s32[2,4,2]) top-k(%gather.2), k=2
        %get-tuple-element.19 = f32[2,4,2] get-tuple-element(%top-k.18), index=0
        %get-tuple-element.20 = s32[2,4,2] get-tuple-element(%top-k.18), index=1
        %dynamic-update-slice.21 = f32[2,5,3] dynamic-update-slice(%parameter.0, %dynamic-slice.17, %constant.16, %constant.16, %constant.16)
        %slice.22 = f32[2,2,3] slice(%parameter.0), slice={[0:2], [1:5:2], [0:3]}
        %constant.23 = f32[] constant(-0)
        %pad.24 = f32[3,12,5] pad(%parameter.0, %constant.23), padding=0_1x-1_0_2x2_0
        ROOT %tuple.25 = (f32[2,5,3], s32[2,5,3], f32[2,4,2], s32[2,4,2], f32[2,5,3], f32[2,2,3], f32[3,12,5]) tuple(%get-tuple-element.14, %get-tuple-element.15, %get-tuple-element.19, %get-tuple-element.20, %dynamic-update-slice.21, %slice.22, %pad.24)
      }
      "
    `);
  });

  it("of constants is the recorded one", () => {
    expect(printModule(programs.constants())).toMatchInlineSnapshot(`
      "HloModule constants

      ENTRY %main () -> (f32[2,3], f64[4], f32[2], f16[3], bf16[3], s64[2], u64[1], s8[2,0], pred[2,1], c64[2], c128[], u8[]) {
        %constant.0 = f32[2,3] constant({ {0.1, -0, nan}, {3.4028235e+38, 1e-45, -0.33333334} })
        %constant.1 = f64[4] constant({0.1, inf, 5e-324, 9007199254740992})
        %constant.2 = f32[2] constant({nan(0x7fc00001), nan(0xffc00000)})
        %constant.3 = f16[3] constant({0.3333, -inf, nan(0x7e01)})
        %constant.4 = bf16[3] constant({0.334, 9e-41, 3.39e+38})
        %constant.5 = s64[2] constant({-9223372036854775808, 9007199254740993})
        %constant.6 = u64[1] constant({18446744073709551615})
        %constant.7 = s8[2,0] constant({ {}, {} })
        %constant.8 = pred[2,1] constant({ {true}, {false} })
        %constant.9 = c64[2] constant({(1, 2), (-inf, -0)})
        %constant.10 = c128[] constant((0.1, nan))
        %constant.11 = u8[] constant(255)
        ROOT %tuple.12 = (f32[2,3], f64[4], f32[2], f16[3], bf16[3], s64[2], u64[1], s8[2,0], pred[2,1], c64[2], c128[], u8[]) tuple(%constant.0, %constant.1, %constant.2, %constant.3, %constant.4, %constant.5, %constant.6, %constant.7, %constant.8, %constant.9, %constant.10, %constant.11)
      }
      "
    `);
  });

  it("of library is the recorded one", () => {
    expect(printModule(programs.library())).toMatchInlineSnapshot(`
      "HloModule "<lambda>"

      ENTRY %main (parameter.0: bf16[2,4,4]) -> (u16[2,4,4,2], f32[2,4,4], f32[2,4,4], f32[34], c64[2,4,4]) {
        %parameter.0 = bf16[2,4,4] parameter(0)
        %dot.1 = f32[2,4,4] dot(%parameter.0, %parameter.0), lhs_batch_dims={0}, lhs_contracting_dims={2}, rhs_batch_dims={0}, rhs_contracting_dims={2}, operand_precision={high,high}
        %optimization-barrier.2 = f32[2,4,4] optimization-barrier(%dot.1)
        %custom-call.3 = (f32[2,4,4]) custom-call(%optimization-barrier.2), custom_call_target="cholesky", backend_config={"lower":true,"axes":[1,-0],"mode":"full"}
        %get-tuple-element.4 = f32[2,4,4] get-tuple-element(%custom-call.3), index=0
        %custom-call.5 = () custom-call(), custom_call_target="fft", custom_call_has_side_effect=true
        %transpose.6 = f32[2,4,4] transpose(%get-tuple-element.4), dimensions={0,2,1}
        %reduce-precision.7 = f32[2,4,4] reduce-precision(%transpose.6), exponent_bits=5, mantissa_bits=10
        %bitcast-convert.8 = u16[2,4,4,2] bitcast-convert(%reduce-precision.7)
        %reverse.9 = u16[2,4,4,2] reverse(%bitcast-convert.8), dimensions={0,3}
        %constant.10 = f32[] constant(-1)
        %constant.11 = f32[] constant(1)
        %clamp.12 = f32[2,4,4] clamp(%constant.10, %get-tuple-element.4, %constant.11)
        %is-finite.13 = pred[2,4,4] is-finite(%get-tuple-element.4)
        %constant.14 = f32[] constant(0)
        %broadcast.15 = f32[2,4,4] broadcast(%constant.14), dimensions={}
        %select.16 = f32[2,4,4] select(%is-finite.13, %get-tuple-element.4, %broadcast.15)
        %reshape.17 = f32[32] reshape(%get-tuple-element.4)
        %constant.18 = f32[] constant(1)
        %broadcast.19 = f32[2] broadcast(%constant.18), dimensions={}
        %concatenate.20 = f32[34] concatenate(%reshape.17, %broadcast.19), dimensions={0}
        %convert.21 = c64[2,4,4] convert(%get-tuple-element.4)
        ROOT %tuple.22 = (u16[2,4,4,2], f32[2,4,4], f32[2,4,4], f32[34], c64[2,4,4]) tuple(%reverse.9, %clamp.12, %select.16, %concatenate.20, %convert.21)
      }
      "
    `);
  });
});

const lines = (...body: string[]): string =>
  ["HloModule m", "", "ENTRY %main (x: f32[2]) -> (f32[2]) {", ...body, "}", ""].join("\n");

describe("parsing", () => {
  it("takes any names and comments, and numbers nameless instructions anew", () => {
    const m = parseModuleOrThrow(
      lines(
        "  %x = f32[2] parameter(0) // the argument",
        "  %y.7 = f32[2] sine(%x)",
        "  ROOT %t = (f32[2]) tuple(%y.7)",
      ),
    );
    expect(m.entry.instructions.map((i) => [i.opcode, i.id])).toEqual([
      ["parameter", 8],
      ["sine", 7],
      ["tuple", 9],
    ]);
  });

  const head = "  %x = f32[2] parameter(0)";
  const root = "  ROOT %t = (f32[2]) tuple(%y)";
  const cases: readonly (readonly [string, string, number, string])[] = [
    ["an unknown operation", lines(head, "  %y = f32[2] sin(%x)", root), 5, "'sin' is no operation"],
    ["an operand that comes later", lines(head, "  %y = f32[2] sine(%z)", root), 5, "%z is not defined before its use"],
    [
      "a wrong shape",
      lines(head, "  %y = f32[3] sine(%x)", root),
      5,
      "the text says f32[3], but the operation gives f32[2]",
    ],
    [
      "a missing attribute",
      lines(head, "  %y = f32[2] reverse(%x)", root),
      5,
      "reverse needs its attribute 'dimensions'",
    ],
    ["an attribute too many", lines(head, "  %y = f32[2] sine(%x), k=1", root), 5, "sine has no attribute 'k'"],
    ["a repeated name", lines(head, "  %x = f32[2] sine(%x)", root), 5, "%x is defined twice"],
    ["no root", lines(head), 3, "%main has no ROOT"],
    ["a wrong head", lines(head, "  ROOT %t = (f32[2], f32[2]) tuple(%x, %x)"), 3, "the head of %main differs"],
    ["a fraction as an integer", lines(head, "  %y = s32[] constant(1.5)", root), 5, "'1.5' is no int32"],
    ["an integer too large", lines(head, "  %y = s8[] constant(128)", root), 5, "128 does not fit into int8"],
    ["too few elements", lines(head, "  %y = f32[2] constant({1})", root), 5, "expected ',', found '})'"],
    ["an unknown element type", lines(head, "  %y = f31[2] sine(%x)", root), 5, "'f31' is no element type"],
    [
      "a missing computation",
      lines(head, "  %y = (f32[2]) call(%x), to_apply=%f", root),
      5,
      "there is no computation %f",
    ],
    [
      "a computation that calls itself",
      lines(head, "  %y = (f32[2]) call(%x), to_apply=%main", root),
      3,
      "calls itself",
    ],
    ["a tuple where an array is due", lines(head, "  %y = (f32[2]) sine(%x)", root), 5, "sine gives an array"],
    ["an open brace", lines(head, "  %y = f32[2] reverse(%x), dimensions={{0", root), 5, "the brace is never closed"],
    [
      "a callback",
      lines(head, '  %y = (f32[2]) custom-call(%x), custom_call_target="callback"', root),
      5,
      "a callback is a function of the host",
    ],
    [
      "a constant beyond the text",
      lines(head, "  %y = f32[999999999999] constant({1})", root),
      5,
      "fewer elements than",
    ],
    ["a bad escape", 'HloModule "\\q"\n', 1, "is no JSON"],
    ["no entry", "HloModule m\n", 1, "a module has one ENTRY computation, not 0"],
    [
      "a wrong donation",
      lines(head, "  ROOT %t = (f32[2]) tuple(%x)").replace("m\n", "m, input_output_alias={ {1}: (0) }\n"),
      1,
      "there is no such result",
    ],
  ];
  it.each(cases)("refuses %s", (_, text, line, message) => {
    const parsed = parseModule(text);
    if (Either.isRight(parsed)) throw new Error("the text was accepted");
    expect(parsed.left.message).toContain(message);
    expect(parsed.left.line).toBe(line);
    expect(() => parseModuleOrThrow(text)).toThrow(message);
  });

  it("answers every text, however damaged", () => {
    const damage = fc.constantFrom("", "{", "}", "(", ")", "%", "9", "-", ",", '"', "x", "=", "\n");
    fc.assert(
      fc.property(randomModule, fc.nat(), damage, (m, place, by) => {
        const text = printModule(m);
        const at = place % text.length;
        const parsed = parseModule(text.slice(0, at) + by + text.slice(at + 1));
        if (Either.isRight(parsed)) expectRoundTrip(parsed.right);
        else expect(parsed.left.line).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("prints a callback, which cannot be read back", () => {
    const b = new HloBuilder("main");
    const shape = arrayShape("float32", []);
    const [y] = b.customCall("callback", [b.parameter(shape)], [shape], { callback: (x) => [x] });
    const text = printModule(b.module("m", [y]));
    expect(text).toContain('custom-call(%parameter.0), custom_call_target="callback"');
    expect(() => parseModuleOrThrow(text)).toThrow("a callback is a function of the host");
  });
});
