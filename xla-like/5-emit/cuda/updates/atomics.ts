/** Combining into memory that other threads combine into at the same time. */
import { type DType, dtypes, isComplex, realPart } from "../../../hlo/dtype.js";
import type { HloComputation } from "../../../hlo/instruction.js";
import { applyComputation } from "../../elements/computations.js";
import type { Placed } from "../../elements/frame.js";
import { type KnownReducer, knownReducer } from "../../elements/reducer.js";
import { emitBitcast } from "../../scalar/conversions.js";
import { type IrBuilder, type IrValue, irType } from "../../scalar/ir.js";
import { arithmetic, castTo, compareIntegers, integer, loopWhile } from "../../scalar/lanes.js";
import { elementsOfBits } from "../../scalar/memory.js";
import { isComplexValue, type OperationContext, parts, single, type Value } from "../../scalar/value.js";
import type { GridKernel } from "../grid-kernel.js";

const i32 = irType("i32", 1);
const i64 = irType("i64", 1);

/** The words that a card compares and exchanges. */
const wordBytes: readonly number[] = [4, 8];

/** Whether threads may combine elements of a type by a computation in any order, each at once. */
export function isAtomic(computation: HloComputation, dtype: DType): boolean {
  const known = knownReducer(computation);
  // Pairs of 64 bits are no word, but their parts are.
  return known !== undefined && (dtypes[dtype].bytes <= 8 || known === "add");
}

/** Whether the order in which elements are combined is seen in the result. */
export function isOrdered(computation: HloComputation, dtype: DType): boolean {
  const known = knownReducer(computation);
  const { kind } = dtypes[dtype];
  return known === undefined || ((kind === "float" || kind === "complex") && (known === "add" || known === "multiply"));
}

/** Memory at `pointer` becomes what the computation makes of it and x. */
export function combineAtomically(
  kernel: GridKernel,
  computation: HloComputation,
  dtype: DType,
  pointer: Placed,
  x: Value,
): void {
  const known = knownReducer(computation);
  if (known !== undefined && byInstruction(kernel, known, dtype, pointer.value, x)) return;
  byExchange(kernel, computation, dtype, pointer.value, x);
}

/** The operations that a card has an instruction for. */
function byInstruction(
  { thread, here }: GridKernel,
  known: KnownReducer,
  dtype: DType,
  at: IrValue,
  x: Value,
): boolean {
  const { kind, bytes } = dtypes[dtype];
  const b = here.builder;
  if (known === "add" && isComplexValue(x)) {
    const part = realPart(dtype) === "float64" ? "double" : "float";
    thread.atomicAdd(b, at, x.re);
    thread.atomicAdd(b, b.pure(irType("ptr", 1), `getelementptr ${part}, ptr ${at.text}, i64 1`), x.im);
    return true;
  }
  if (!wordBytes.includes(bytes) || kind === "complex" || kind === "bool") return false;
  const value = single(x);
  if (known === "add") {
    thread.atomicAdd(b, at, value);
    return true;
  }
  if (kind === "float") return false;
  switch (known) {
    case "maximum":
      thread.atomicMax(b, at, value, kind === "signed");
      return true;
    case "minimum":
      thread.atomicMin(b, at, value, kind === "signed");
      return true;
    case "and":
    case "or":
    case "xor":
      thread.atomicBits(b, known, at, value);
      return true;
    case "multiply":
      return false;
  }
}

/** Computes from what a word holds what it is to hold, until no other thread has changed it meanwhile. */
function byExchange(kernel: GridKernel, computation: HloComputation, dtype: DType, at: IrValue, x: Value): void {
  const cx = kernel.here;
  const b = cx.builder;
  const word = wordAt(b, dtype, at);
  const first = b.effectful(
    word.type,
    `load atomic ${word.type.element}, ptr ${word.pointer.text} monotonic, align ${dtypes[dtype].bytes === 8 ? 8 : 4}`,
  );
  let found: IrValue = first;
  loopWhile(
    b,
    [first],
    ([old]) => {
      const [next] = applyComputation(cx, computation, [word.take(cx, old), x]);
      found = kernel.thread.compareExchange(b, word.pointer, old, word.put(cx, old, next));
      return compareIntegers(b, "ne", found, old);
    },
    () => [found],
  );
}

/** A word of memory, and the element in it. */
interface Word {
  readonly type: typeof i32;
  readonly pointer: IrValue;
  readonly take: (cx: OperationContext, word: IrValue) => Value;
  readonly put: (cx: OperationContext, word: IrValue, x: Value) => IrValue;
}

function wordAt(b: IrBuilder, dtype: DType, at: IrValue): Word {
  const { bytes } = dtypes[dtype];
  if (isComplex(dtype)) return pairWord(at);
  if (bytes === 4 || bytes === 8) {
    return {
      type: bytes === 4 ? i32 : i64,
      pointer: at,
      take: (cx, word) => elementsOfBits(cx, dtype, word),
      put: (cx, _, x) => single(emitBitcast(cx, dtype, bytes === 4 ? "uint32" : "uint64", x)),
    };
  }
  // The aligned word around it; buffers begin and end with whole ones.
  const address = b.pure(i64, `ptrtoint ptr ${at.text} to i64`);
  const within = b.pure(i64, `and i64 ${address.text}, 3`);
  const back = b.pure(i64, `sub i64 0, ${within.text}`);
  const shift = castTo(b, "trunc", b.pure(i64, `shl i64 ${within.text}, 3`), "i32");
  const element = `i${8 * bytes}`;
  const mask = arithmetic(b, "shl", integer(i32, 2 ** (8 * bytes) - 1), shift);
  const others = arithmetic(b, "xor", mask, integer(i32, -1));
  return {
    type: i32,
    pointer: b.pure(irType("ptr", 1), `getelementptr i8, ptr ${at.text}, i64 ${back.text}`),
    take: (cx, word) =>
      elementsOfBits(cx, dtype, castTo(cx.builder, "trunc", arithmetic(cx.builder, "lshr", word, shift), element)),
    put: (cx, word, x) => {
      const bits = single(emitBitcast(cx, dtype, bytes === 1 ? "uint8" : "uint16", x));
      const moved = arithmetic(cx.builder, "shl", castTo(cx.builder, "zext", bits, "i32"), shift);
      return arithmetic(cx.builder, "or", arithmetic(cx.builder, "and", word, others), moved);
    },
  };
}

/** A complex number of two float32 in one word. */
function pairWord(at: IrValue): Word {
  const half = (b: IrBuilder, word: IrValue): IrValue => castTo(b, "bitcast", castTo(b, "trunc", word, "i32"), "float");
  const wide = (b: IrBuilder, x: IrValue): IrValue => castTo(b, "zext", castTo(b, "bitcast", x, "i32"), "i64");
  return {
    type: i64,
    pointer: at,
    take: ({ builder: b }, word) => ({
      re: half(b, word),
      im: half(b, arithmetic(b, "lshr", word, integer(i64, 32))),
    }),
    put: ({ builder: b }, _, x) => {
      const { re, im } = parts(x);
      return arithmetic(b, "or", wide(b, re), arithmetic(b, "shl", wide(b, im), integer(i64, 32)));
    },
  };
}
