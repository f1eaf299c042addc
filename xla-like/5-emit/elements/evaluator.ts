/**
 * Computes elements of a fusion's instructions: `evaluate(i, index)` is instruction i at that index in every lane,
 * computed once per index and scope, from operands at the indices that i asks for. What is the same in all lanes is
 * computed as one scalar.
 */
import { createHash } from "node:crypto";
import { type DType, dtypes, isComplex } from "../../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr } from "../../hlo/instruction.js";
import { type ArrayShape, sizeOf } from "../../hlo/shape.js";
import { emitElement } from "../scalar/constants.js";
import type { ScalarTarget } from "../scalar/float-ops.js";
import type { IrBuilder, IrValue } from "../scalar/ir.js";
import { castTo, range, shuffle } from "../scalar/lanes.js";
import { type AccessOptions, gatherElements, loadElements, memoryElement } from "../scalar/memory.js";
import { emitOperation } from "../scalar/operations.js";
import { isComplexValue, type OperationContext, single, spreadValue, type Value } from "../scalar/value.js";
import { applyComputation } from "./computations.js";
import { arrayOf, type Computed, lanesOf } from "./computed.js";
import { affine, type Coordinate, type Coordinates, isUniform } from "./coordinates.js";
import { alignOf, type Frame, greatestCommonDivisor, type Int, type Placed, pointerType } from "./frame.js";
import { evaluateGather } from "./gathers.js";
import { type Index, indexKey, merged } from "./index.js";
import { bitcastWidths, evaluateIota, mappedIndex } from "./maps.js";
import { evaluateReduce } from "./reductions.js";
import { evaluateConcatenate, evaluateDynamicUpdate, evaluatePad } from "./selections.js";
import { evaluateReduceWindow, evaluateSelectAndScatter } from "./windows.js";

/** Says how an element is had where it need not be computed, if it is so at that index: reduced, or kept in a buffer. */
export type Override = (index: Index, active: Placed | undefined) => Computed | undefined;

/** More lanes of wide elements would read beyond the 256 bytes that every buffer is padded with. */
export const paddingBytes = 256;

/** Arrays from this size on are not kept by caches. */
export const streamedBytes = 2 ** 24;
/** How far before it is read memory is asked for, where it is read from one end to the other. */
const bytesAhead = 4096;

/** The most bytes that targets which ask for alignment read and write at once. */
const widestAccess = 16;

/** Elements this far apart are picked from whole vectors; those further apart are read one by one. */
const longestStep = 4;

export class Evaluator {
  /** Which lanes are within the array that is computed; asked for only by reads that may fall outside of buffers. */
  tail: (() => Placed) | undefined;
  /** Loops within expressions are not hoisted above this scope. */
  loopDepth = 0;
  readonly overrides = new Map<HloInstruction, Override>();
  /** Asks for memory that will be read soon, where that can be done. */
  fetch: ((b: IrBuilder, from: IrValue, bytes: number) => void) | undefined;
  /** What is read later than the element at an offset, where that is not what follows it in memory. */
  later: ((offset: Int) => Int) | undefined;
  /** Reads across memory, where the kernel has a better way than lane by lane. */
  across: ((base: Placed, shape: ArrayShape, index: Index) => Computed | undefined) | undefined;

  constructor(
    readonly frame: Frame,
    readonly coordinates: Coordinates,
    readonly target: ScalarTarget,
    /** Where each parameter of the fusion lies. */
    private readonly memory: ReadonlyMap<HloInstruction, () => Placed>,
  ) {}

  get lanes(): number {
    return this.coordinates.lanes;
  }

  /** Where operations on so many lanes are written. */
  context(depth: number, lanes: number): OperationContext {
    return { builder: this.frame.at(depth), lanes, target: this.target };
  }

  evaluate(i: HloInstruction, index: Index, active?: Placed): Computed {
    const overridden = this.overrides.get(i)?.(index, active);
    if (overridden !== undefined) return overridden;
    const mask = index.every((p) => isUniform(p.coordinate)) ? undefined : active;
    const key = `${i.id}|${indexKey(index)}|${mask?.value.text ?? ""}`;
    const known = this.frame.recall<Computed>(key);
    if (known !== undefined) return known;
    const made = this.compute(i, index, mask);
    return this.frame.remember(key, made.depth, made);
  }

  /** The results of an instruction that may be a tuple. */
  evaluateAll(i: HloInstruction, index: Index, active?: Placed): readonly Computed[] {
    if (i.opcode !== "reduce" && i.opcode !== "reduce-window") return [this.evaluate(i, index, active)];
    const key = `all ${i.id}|${indexKey(index)}|${active?.value.text ?? ""}`;
    const known = this.frame.recall<readonly Computed[]>(key);
    if (known !== undefined) return known;
    const made =
      i.opcode === "reduce" ? evaluateReduce(this, i, index, active) : evaluateReduceWindow(this, i, index, active);
    const depth = Math.max(...made.map((m) => m.depth));
    return this.frame.remember(key, depth, made);
  }

  /** A scalar integer instruction, as a number that is not rounded to any width. */
  integer(i: HloInstruction, index: Index = []): Int {
    const { value, depth } = this.evaluate(i, index);
    return this.toInt(arrayOf(i), { value, depth });
  }

  toInt(shape: ArrayShape, { value, depth }: Computed): Int {
    const x = single(value);
    if (!x.text.startsWith("%"))
      return { text: x.text, depth, constant: Number(x.text), align: Math.abs(Number(x.text)) };
    const { bytes, kind } = dtypes[shape.dtype];
    if (bytes === 8) return { text: x.text, depth };
    return { text: castTo(this.frame.at(depth), kind === "unsigned" ? "zext" : "sext", x, "i64").text, depth };
  }

  private compute(i: HloInstruction, index: Index, active: Placed | undefined): Computed {
    switch (i.opcode) {
      case "parameter":
        return this.load(this.addressOf(i), i, index, active);
      case "constant":
        return this.constant(i, index, active);
      case "iota":
        return evaluateIota(this, i, index);
      case "reshape":
      case "optimization-barrier":
        return this.evaluate(i.operands[0], index, active);
      case "broadcast":
      case "transpose":
      case "slice":
      case "reverse":
      case "dynamic-slice":
        return this.evaluate(i.operands[0], mappedIndex(this, i, index), active);
      case "pad":
        return evaluatePad(this, i, index, active);
      case "concatenate":
        return evaluateConcatenate(this, i, index, active);
      case "dynamic-update-slice":
        return evaluateDynamicUpdate(this, i, index, active);
      case "gather":
        return evaluateGather(this, i, index, active);
      case "reduce":
      case "reduce-window":
        return this.evaluateAll(i, index, active)[0];
      case "select-and-scatter":
        return evaluateSelectAndScatter(this, i, index, active);
      case "get-tuple-element":
        return this.evaluateAll(i.operands[0], index, active)[i.index];
      case "bitcast-convert":
        if (i.shape.dims.length !== arrayOf(i.operands[0]).dims.length) return bitcastWidths(this, i, index, active);
        return this.elementwise(i, index, active);
      default:
        return this.elementwise(i, index, active);
    }
  }

  private elementwise(i: HloInstruction, index: Index, active: Placed | undefined): Computed {
    const rank = arrayOf(i).dims.length;
    const operands = i.operands.map((x) =>
      // A scalar condition or bound of an array.
      rank > 0 && arrayOf(x).dims.length === 0 ? this.evaluate(x, []) : this.evaluate(x, index, active),
    );
    return this.operation(i, operands);
  }

  /** An elementwise instruction on operands of one lane or of all. */
  operation(i: HloInstruction, operands: readonly Computed[]): Computed {
    const depth = Math.max(0, ...operands.map((x) => x.depth));
    const lanes = Math.max(1, ...operands.map((x) => lanesOf(x.value)));
    const spread =
      lanes === 1 ? operands : operands.map((x, k) => (i.opcode === "select" && k === 0 ? x : this.spread(x)));
    const value = emitOperation(
      this.context(depth, lanes),
      i,
      spread.map((x) => x.value),
    );
    return { value, depth };
  }

  /** The value in every lane; spread where it was computed, so that loops do not repeat it. */
  spread(x: Computed): Computed {
    if (lanesOf(x.value) === this.lanes) return x;
    const text = isComplexValue(x.value)
      ? `${x.value.re.text} ${x.value.im.text}`
      : `${x.value.type.element} ${x.value.text}`;
    const key = `spread ${text}`;
    const known = this.frame.recall<Computed>(key);
    if (known !== undefined) return known;
    const value = spreadValue(this.context(x.depth, this.lanes), x.value);
    return this.frame.remember(key, x.depth, { value, depth: x.depth });
  }

  /** A computation on scalars applied to every lane, written at the innermost scope. */
  apply(computation: HloComputation, args: readonly Value[], lanes: number): readonly Value[] {
    return applyComputation(this.context(this.frame.depth, lanes), computation, args);
  }

  addressOf(i: HloInstruction): Placed {
    const at = this.memory.get(i);
    if (at === undefined) throw new TypeError(`parameter ${i.id} has no memory`);
    return at();
  }

  private constant(i: Instr<"constant">, index: Index, active: Placed | undefined): Computed {
    const { dtype } = i.shape;
    if (isSplat(i)) return { value: emitElement(this.context(0, 1), dtype, i.data, 0), depth: 0 };
    const bytes = Buffer.from(i.data.buffer, i.data.byteOffset, i.data.byteLength);
    const name = `constant.${createHash("sha1").update(bytes).digest("hex").slice(0, 16)}`;
    this.frame.module.define(`@${name}`, () => {
      const padded = Buffer.concat([bytes, Buffer.alloc(paddingBytes)]);
      const text = padded.toString("hex").toUpperCase().replace(/../g, "\\$&");
      return `@${name} = private unnamed_addr constant [${padded.length} x i8] c"${text}", align 64`;
    });
    return this.load({ value: { type: pointerType, text: `@${name}` }, depth: 0 }, i, index, active);
  }

  /** The address of an element. */
  pointer(base: Placed, shape: ArrayShape, offset: Int): Placed {
    if (offset.constant === 0) return base;
    const element = memoryElement(shape.dtype);
    const type = dtypes[shape.dtype].kind === "complex" ? `[2 x ${element}]` : element;
    const text = `getelementptr ${type}, ptr ${base.value.text}, i64 ${offset.text}`;
    return this.frame.pure(pointerType, text, Math.max(base.depth, offset.depth));
  }

  /** Lanes that a read must leave alone: those masked out, and those beyond the array where that may be anywhere. */
  readable(active: Placed | undefined): Placed | undefined {
    return this.tail === undefined ? active : this.coordinates.and(active, this.tail());
  }

  load(base: Placed, i: HloInstruction, index: Index, active: Placed | undefined): Computed {
    const found = this.across?.(base, arrayOf(i), index);
    if (found !== undefined) return found;
    const at = merged(this.coordinates, index);
    if (at.kind === "affine" && at.step === 1 && at.base.depth > 0) this.fetchAhead(base, arrayOf(i), at.base);
    return this.loadAt(base, arrayOf(i), at, active);
  }

  /** Of what no cache holds, that is asked for which comes a little later: pages end before the processor foresees it. */
  private fetchAhead(base: Placed, shape: ArrayShape, at: Int): void {
    const { bytes } = dtypes[shape.dtype];
    if (this.fetch === undefined || sizeOf(shape.dims) * bytes < streamedBytes) return;
    const { value, depth } = this.pointer(base, shape, this.later?.(at) ?? at);
    const b = this.frame.at(depth);
    const ahead = this.later === undefined ? bytesAhead : 0;
    const coming = b.pure(pointerType, `getelementptr i8, ptr ${value.text}, i64 ${ahead}`);
    this.fetch(b, coming, bytes * this.lanes);
  }

  /** What an access to whole vectors from an offset on must know; every array begins at a multiple of any vector. */
  accessOf(dtype: DType, offset: Int, mask?: IrValue): AccessOptions {
    const masked = mask === undefined ? {} : { mask };
    if (this.target.aligned !== true) return masked;
    return { ...masked, align: greatestCommonDivisor(alignOf(offset) * dtypes[dtype].bytes, widestAccess) };
  }

  loadAt(base: Placed, shape: ArrayShape, at: Coordinate, active: Placed | undefined): Computed {
    const { dtype } = shape;
    if (isUniform(at)) {
      const { value, depth } = this.pointer(base, shape, at.base);
      return { value: loadElements(this.context(depth, 1), dtype, value), depth };
    }
    if (at.kind === "affine" && at.step === 1) {
      const { value, depth } = this.pointer(base, shape, at.base);
      const place = Math.max(depth, active?.depth ?? 0);
      const mask = active === undefined ? undefined : this.coordinates.widen(active, this.lanes).value;
      const options = this.accessOf(dtype, at.base, mask);
      return { value: loadElements(this.context(place, this.lanes), dtype, value, options), depth: place };
    }
    const readable = this.readable(active);
    const mask = readable === undefined ? undefined : this.coordinates.widen(readable, this.lanes);
    if (at.kind === "affine" && at.step === -1) return this.loadBackwards(base, shape, at.base, mask);
    if (at.kind === "affine" && at.step > 1 && at.step <= longestStep && !isComplex(dtype)) {
      return this.loadStrided(base, shape, at.base, at.step, mask);
    }
    const from = at.kind === "affine" ? this.pointer(base, shape, at.base) : base;
    const places = this.coordinates.toLanes(at.kind === "affine" ? affine(0, at.step) : at);
    const depth = Math.max(from.depth, places.depth, mask?.depth ?? 0);
    const value = gatherElements(this.context(depth, this.lanes), dtype, from.value, places.value, mask?.value);
    return { value, depth };
  }

  /** Reads all that lies between the first lane's element and the last one's, and picks the lanes. */
  private loadStrided(base: Placed, shape: ArrayShape, first: Int, step: number, mask: Placed | undefined): Computed {
    const { value, depth } = this.pointer(base, shape, first);
    const place = Math.max(depth, mask?.depth ?? 0);
    const cx = this.context(place, this.lanes * step);
    const repeated = range(cx.lanes).map((l) => Math.floor(l / step));
    const repeatedMask = mask && shuffle(cx.builder, mask.value, undefined, repeated);
    const options = this.accessOf(shape.dtype, first, repeatedMask);
    const all = single(loadElements(cx, shape.dtype, value, options));
    return { value: shuffle(cx.builder, all, undefined, range(this.lanes, 0, step)), depth: place };
  }

  private loadBackwards(base: Placed, shape: ArrayShape, last: Int, mask: Placed | undefined): Computed {
    const first = this.coordinates.ints.add(last, 1 - this.lanes);
    const { value, depth } = this.pointer(base, shape, first);
    const place = Math.max(depth, mask?.depth ?? 0);
    const cx = this.context(place, this.lanes);
    const order = range(this.lanes, this.lanes - 1, -1);
    const options = this.accessOf(shape.dtype, first, mask && shuffle(cx.builder, mask.value, undefined, order));
    const loaded = loadElements(cx, shape.dtype, value, options);
    const turned = isComplexValue(loaded)
      ? { re: shuffle(cx.builder, loaded.re, undefined, order), im: shuffle(cx.builder, loaded.im, undefined, order) }
      : shuffle(cx.builder, loaded, undefined, order);
    return { value: turned, depth: place };
  }
}

/** Whether all elements of a constant have the same bits. */
export function isSplat({ data, shape }: Instr<"constant">): boolean {
  const { bytes } = dtypes[shape.dtype];
  const all = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // Equal to itself moved by one element.
  return all.length > 0 && all.subarray(bytes).equals(all.subarray(0, all.length - bytes));
}
