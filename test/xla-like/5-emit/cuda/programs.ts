// Loop fusions of every operation on every element type, as programs.
import {
  type ArrayShape,
  arrayShape,
  type BinaryOpcode,
  binaryOpcodes,
  compareDirections,
  type DType,
  dtypes,
  HloBuilder,
  HloError,
  type HloInstruction,
  type HloModule,
  type Instr,
  unaryOpcodes,
} from "../../../../xla-like/hlo/index.js";

export interface Program {
  readonly name: string;
  readonly module: HloModule;
  readonly fusion: Instr<"fusion">;
}
type Body = (b: HloBuilder, xs: readonly HloInstruction[]) => HloInstruction | readonly HloInstruction[];

export const dataTypes = (Object.keys(dtypes) as DType[]).filter((d) => d !== "float0");

/** One loop fusion of parameters of the given shapes. */
export function loopFusion(name: string, shapes: readonly ArrayShape[], body: Body): Program {
  const b = new HloBuilder("main");
  const computation = b.computation("fused", shapes, (c, xs) => {
    const results = body(c, xs);
    return Array.isArray(results) ? (results as readonly HloInstruction[]) : [results as HloInstruction];
  });
  const results = b.fusion(
    "loop",
    computation,
    shapes.map((s) => b.parameter(s)),
  );
  const fusion = results[0]?.operands[0];
  if (fusion?.opcode !== "fusion") throw new Error("not a fusion");
  return { name, module: b.module(name, results), fusion };
}

/** The program, unless the HLO has no such instruction. */
function ifDefined(make: () => Program): readonly Program[] {
  try {
    return [make()];
  } catch (error) {
    if (error instanceof HloError) return [];
    throw error;
  }
}

/** Enough elements that threads compute several each, in whole vectors and a last one that is not. */
const many = 2 ** 20 + 3;

/** Every elementwise operation that a type has. */
export function elementwisePrograms(d: DType, count = many): readonly Program[] {
  const x = arrayShape(d, [count]);
  const of = (name: string, shapes: readonly ArrayShape[], body: Body) =>
    ifDefined(() => loopFusion(name.replace(/[^a-z0-9]+/g, "_"), shapes, body));
  const noBuilder: BinaryOpcode = "regularized-incomplete-beta-b";
  return [
    ...unaryOpcodes.flatMap((op) => of(op, [x], (b, [a]) => b.unary(op, a))),
    ...binaryOpcodes
      .filter((op) => op !== noBuilder)
      .flatMap((op) => of(op, [x, x], (b, [p, q]) => b.binary(op, p, q))),
    ...compareDirections.flatMap((how) =>
      [false, true].flatMap((totalOrder) =>
        of(`compare ${how.toLowerCase()} ${totalOrder}`, [x, x], (b, [p, q]) => b.compare(p, q, how, { totalOrder })),
      ),
    ),
    ...of("select", [arrayShape("bool", [count]), x, x], (b, [p, q, r]) => b.select(p, q, r)),
    ...of("clamp", [x, x, x], (b, [lo, p, hi]) => b.clamp(lo, p, hi)),
    ...dataTypes.flatMap((to) => of(`convert ${to}`, [x], (b, [p]) => b.convert(p, to))),
    ...dataTypes
      .filter((to) => dtypes[to].bytes === dtypes[d].bytes)
      .flatMap((to) => of(`bitcast ${to}`, [x], (b, [p]) => b.bitcastConvert(p, to))),
    ...of("reduce precision", [x], (b, [p]) => b.reducePrecision(p, 5, 7)),
  ];
}

/** Every way of moving elements about, to results of some 500 rows of 640; or, of a `share`, of so many times fewer rows. */
export function movingPrograms(d: DType, share = 1): readonly Program[] {
  const shape = (...dims: number[]) => arrayShape(d, dims);
  const s32 = arrayShape("int32", []);
  const of = loopFusion;
  const zero = (b: HloBuilder) => b.scalar(d, d === "bool" ? false : 0);
  const rows = 512 / share;
  return [
    of("copy", [shape(Math.floor(many / share))], (_, [x]) => x),
    of("broadcast", [shape(640)], (b, [x]) => b.broadcast(x, [rows, 640], [1])),
    of("broadcast_scalar", [shape()], (b, [x]) => b.broadcast(x, [rows, 640], [])),
    of("transpose", [shape(rows, 640)], (b, [x]) => b.transpose(x, [1, 0])),
    of("transpose_outer", [shape(64 / share, 128, 64)], (b, [x]) => b.transpose(x, [1, 0, 2])),
    of("reshape", [shape(rows, 640)], (b, [x]) => b.reshape(b.transpose(x, [1, 0]), [rows * 640])),
    of("reverse", [shape(rows, 640)], (b, [x]) => b.reverse(x, [1])),
    of("slice", [shape(rows, 1300)], (b, [x]) => b.slice(x, [1, 3], [rows, 1283], [1, 2])),
    of("pad", [shape(rows, 633)], (b, [x]) => b.pad(x, zero(b), [1, 3], [2, 4])),
    of("pad_inside", [shape(rows, 320)], (b, [x]) => b.pad(x, zero(b), [0, -1], [0, 2], [1, 1])),
    of("concatenate", [shape(rows, 300), shape(rows, 340)], (b, [x, y]) => b.concatenate([x, y], 1)),
    of("concatenate_outer", [shape(rows / 4, 640), shape((rows * 3) / 4, 640)], (b, [x, y]) =>
      b.concatenate([x, y], 0),
    ),
    of("dynamic_slice", [shape(1000, 640), s32, s32], (b, [x, p, q]) => b.dynamicSlice(x, [p, q], [rows, 632])),
    of("dynamic_update", [shape(rows, 640), shape(7, 9), s32, s32], (b, [x, u, p, q]) =>
      b.dynamicUpdateSlice(x, u, [p, q]),
    ),
    of("gather_rows", [shape(1000, 640), arrayShape("int32", [rows, 1])], (b, [x, i]) =>
      b.gather(
        x,
        i,
        {
          offsetDims: [1],
          collapsedSliceDims: [0],
          operandBatchingDims: [],
          startIndicesBatchingDims: [],
          startIndexMap: [0],
          indexVectorDim: 1,
        },
        [1, 640],
      ),
    ),
    of("gather_elements", [shape(100_000), arrayShape("int64", [2 ** 19 / share, 1])], (b, [x, i]) =>
      b.gather(
        x,
        i,
        {
          offsetDims: [],
          collapsedSliceDims: [0],
          operandBatchingDims: [],
          startIndicesBatchingDims: [],
          startIndexMap: [0],
          indexVectorDim: 1,
        },
        [1],
      ),
    ),
    of("several", [shape(rows, 640), shape(640)], (b, [x, y]) => [x, b.broadcast(y, [rows, 640], [1]), y]),
    of("scalar", [shape()], (_, [x]) => x),
  ];
}

/** What only some types have, or is told apart by more than its type. */
export function otherPrograms(): readonly Program[] {
  const f32 = (...dims: number[]) => arrayShape("float32", dims);
  const window = (size: number, stride: number) => ({
    size,
    stride,
    padLow: 1,
    padHigh: 1,
    windowDilation: 1,
    baseDilation: 1,
  });
  const plain = { size: 1, stride: 1, padLow: 0, padHigh: 0, windowDilation: 1, baseDilation: 1 };
  return [
    ...(["int32", "int64", "float32", "bfloat16", "complex64"] as const).map((d) =>
      loopFusion(`iota_${d}`, [], (b) => b.iota(d, [512, 640], 1)),
    ),
    loopFusion("iota_of_rows", [], (b) => b.iota("int32", [512, 640], 0)),
    loopFusion("constant", [arrayShape("int32", [2 ** 18])], (b, [x]) =>
      b.binary(
        "add",
        x,
        b.reshape(b.broadcast(b.constant("int32", [4], Int32Array.of(3, 1, 4, 1)), [4, 2 ** 16], [0]), [2 ** 18]),
      ),
    ),
    loopFusion(
      "reduce",
      [f32(2 ** 18, 3)],
      (b, [x]) => b.reduce([x], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"))[0],
    ),
    loopFusion(
      "reduce_window",
      [f32(64, 100, 100)],
      (b, [x]) =>
        b.reduceWindow(
          [x],
          [b.scalar("float32", 0)],
          [plain, window(3, 2), window(3, 2)],
          b.reducer("add", "float32"),
        )[0],
    ),
    loopFusion("split_words", [arrayShape("uint64", [2 ** 17])], (b, [x]) => b.bitcastConvert(x, "uint32")),
    loopFusion("join_words", [arrayShape("uint32", [2 ** 17, 2])], (b, [x]) => b.bitcastConvert(x, "uint64")),
    loopFusion("beyond_32_bits", [arrayShape("int8", [2 ** 16, 2 ** 16])], (b, [x]) =>
      b.binary("add", b.transpose(x, [1, 0]), x),
    ),
    loopFusion("nothing", [f32(0)], (_, [x]) => x),
  ];
}
