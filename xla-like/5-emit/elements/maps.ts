/** Operations that move elements: the index into the operand, given the index into the result. */
import { dtypes } from "../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { emitBitcast, emitConvert } from "../scalar/conversions.js";
import { arithmetic, castTo, integer, spread } from "../scalar/lanes.js";
import { single } from "../scalar/value.js";
import { arrayOf, type Computed, lanesOf } from "./computed.js";
import { affine, type Coordinate, isUniform } from "./coordinates.js";
import type { Evaluator } from "./evaluator.js";
import {
  broadcastForm,
  dynamicSliceRuns,
  type Form,
  formOf,
  reverseRuns,
  type ShiftRun,
  sliceRuns,
  transposeForm,
} from "./forms.js";
import type { Placed } from "./frame.js";
import { coordinatesOf, type Index, merged, type Part, regroup, splitIndex } from "./index.js";

type Map_ = Instr<"broadcast" | "transpose" | "slice" | "reverse" | "dynamic-slice">;

export function mappedIndex(e: Evaluator, i: Map_, index: Index): Index {
  switch (i.opcode) {
    case "broadcast":
      return rearranged(e, broadcastForm(i), index);
    case "transpose":
      return rearranged(e, transposeForm(i), index);
    case "slice":
      return shifted(e, sliceRuns(i), index, (c, run) =>
        e.coordinates.add(e.coordinates.scale(c, i.strides[run.lead]), i.starts[run.lead] * run.inner),
      );
    case "reverse":
      return shifted(e, reverseRuns(i), index, (c, run) => e.coordinates.from(run.operand - 1, c));
    case "dynamic-slice": {
      const operand = arrayOf(i.operands[0]).dims;
      return shifted(e, dynamicSliceRuns(i), index, (c, run) => {
        const start = clampedStart(e, i.operands[1 + run.lead], operand[run.lead] - i.sizes[run.lead]);
        return e.coordinates.sum(affine(e.coordinates.ints.mul(start, run.inner)), c);
      });
    }
  }
}

/** A start kept in [0, limit]. */
export function clampedStart(e: Evaluator, start: HloInstruction, limit: number) {
  const { ints } = e.coordinates;
  const x = e.integer(start);
  // Above 2^63 an unsigned start reads as negative, but is beyond any limit.
  const { kind, bytes } = dtypes[arrayOf(start).dtype];
  if (kind !== "unsigned" || bytes < 8) return ints.clamp(x, 0, limit);
  return ints.select(ints.compare("ult", x, limit), x, limit);
}

/** The parts of the runs that go on to the operand, as they are. */
function rearranged(e: Evaluator, form: Form, index: Index): Index {
  const groups = regroup(index, form.groups, splitIndex(e.coordinates));
  return form.operands[0].flatMap(({ group }) => (group === undefined ? [] : groups[group]));
}

/** The parts of each run, those of shifted runs made one and moved. */
export function shifted(
  e: Evaluator,
  runs: readonly ShiftRun[],
  index: Index,
  move: (c: Coordinate, run: ShiftRun) => Coordinate,
): Index {
  const groups = regroup(
    index,
    runs.map((r) => r.result),
    splitIndex(e.coordinates),
  );
  return runs.flatMap((run, k): readonly Part[] => {
    if (!run.shifts) return groups[k];
    if (run.operand === 1) return [];
    return [{ size: run.operand, coordinate: move(merged(e.coordinates, groups[k]), run) }];
  });
}

export function evaluateIota(e: Evaluator, i: Instr<"iota">, index: Index): Computed {
  const [, at] = coordinatesOf(e.coordinates, index, formOf(i)?.groups ?? []);
  const { dtype } = i.shape;
  if (isUniform(at)) {
    const value = emitConvert(e.context(at.base.depth, 1), "int64", dtype, e.coordinates.ints.value(at.base));
    return { value, depth: at.base.depth };
  }
  const { value, depth } = e.coordinates.toLanes(at);
  const from = e.coordinates.bits === 32 ? "int32" : "int64";
  return { value: emitConvert(e.context(depth, e.lanes), from, dtype, value), depth };
}

/** A bitcast between widths: an element is several neighbours of the other type, the first one lowest. */
export function bitcastWidths(
  e: Evaluator,
  i: Instr<"bitcast-convert">,
  index: Index,
  active: Placed | undefined,
): Computed {
  const x = arrayOf(i.operands[0]);
  const [wide, narrow] = i.shape.dims.length > x.dims.length ? [x.dtype, i.shape.dtype] : [i.shape.dtype, x.dtype];
  const [wideBits, narrowBits] = [8 * dtypes[wide].bytes, 8 * dtypes[narrow].bytes];
  const bitsName = (bits: number) => `uint${bits}` as "uint8" | "uint16" | "uint32" | "uint64";
  if (x.dtype === wide) {
    const [outer, piece] = regroup(index, formOf(i)?.groups ?? [], splitIndex(e.coordinates));
    const whole = e.evaluate(i.operands[0], outer, active);
    const at = merged(e.coordinates, piece);
    const place = isUniform(at)
      ? { value: e.coordinates.ints.value(at.base), depth: at.base.depth }
      : e.coordinates.toLanes(at);
    const depth = Math.max(whole.depth, place.depth);
    const lanes = Math.max(lanesOf(whole.value), place.value.type.lanes);
    const cx = e.context(depth, lanes);
    const b = cx.builder;
    const bits = spread(
      b,
      single(emitBitcast(e.context(depth, lanesOf(whole.value)), wide, bitsName(wideBits), whole.value)),
      lanes,
    );
    const shift = spread(b, resize(b, place.value, wideBits), lanes);
    const moved = arithmetic(b, "lshr", bits, arithmetic(b, "mul", shift, integer(shift.type, narrowBits)));
    return { value: emitBitcast(cx, bitsName(narrowBits), narrow, castTo(b, "trunc", moved, `i${narrowBits}`)), depth };
  }
  const count = wideBits / narrowBits;
  const pieces = Array.from({ length: count }, (_, k) =>
    e.evaluate(i.operands[0], [...index, { size: count, coordinate: affine(k) }], active),
  );
  const depth = Math.max(...pieces.map((p) => p.depth));
  const lanes = Math.max(...pieces.map((p) => lanesOf(p.value)));
  const cx = e.context(depth, lanes);
  const b = cx.builder;
  const together = pieces
    .map((p, k) => {
      const own = e.context(depth, lanesOf(p.value));
      const raw = single(emitBitcast(own, narrow, bitsName(narrowBits), p.value));
      const bits = castTo(b, "zext", spread(b, raw, lanes), `i${wideBits}`);
      return arithmetic(b, "shl", bits, integer(bits.type, k * narrowBits));
    })
    .reduce((x, y) => arithmetic(b, "or", x, y));
  return { value: emitBitcast(cx, bitsName(wideBits), wide, together), depth };
}

function resize(b: Parameters<typeof castTo>[0], x: ReturnType<typeof single>, bits: number) {
  const have = Number(x.type.element.slice(1));
  return have === bits ? x : castTo(b, have < bits ? "zext" : "trunc", x, `i${bits}`);
}
