/**
 * Long functions are written once in a module, as functions over a few lanes, and called as often as a kernel has
 * lanes and uses: inline they would make kernels slow to compile.
 */
import { FloatOps } from "./float-ops.js";
import { IrBuilder, type IrValue, irType, typeText } from "./ir.js";
import { loopWhile, range, shuffle } from "./lanes.js";

/** Lanes that a function takes at a time. */
const widest = 16;

/** The results, so many a lane, of a function of floats; its name and the format say all there is to know of it. */
export function callOutOfLine(
  f: FloatOps,
  name: string,
  args: readonly IrValue[],
  results: number,
  emit: (f: FloatOps, args: readonly IrValue[]) => readonly IrValue[],
): readonly IrValue[] {
  const lanes = Math.min(f.lanes, widest);
  const symbol = `ct.${name}.f${f.format.bits}.${lanes}`;
  const type = irType(f.format.element, lanes);
  const text = typeText(type);
  const resultText = results === 1 ? text : `{ ${Array.from({ length: results }, () => text).join(", ")} }`;
  f.b.module.define(symbol, () => {
    const b = new IrBuilder(f.b.module);
    const inner = new FloatOps(b, f.format, lanes, f.target);
    const parameters = args.map((_, i) => ({ type, text: `%x${i}` }));
    const values = emit(inner, parameters);
    let result = values[0];
    if (results > 1) {
      result = { type: irType(resultText, 1), text: "poison" };
      values.forEach((value, i) => {
        result = b.pure(result.type, `insertvalue ${resultText} ${result.text}, ${text} ${value.text}, ${i}`);
      });
    }
    b.statement(`ret ${resultText} ${result.text}`);
    const list = parameters.map((p) => `${text} ${p.text}`).join(", ");
    const bits = f.target.vectorBits ?? 512;
    const attributes = `noinline nounwind "prefer-vector-width"="${bits}" "min-legal-vector-width"="${bits}"`;
    return `define internal ${resultText} @${symbol}(${list}) ${attributes} {\n${b.body()}\n}`;
  });
  const pieces = range(f.lanes / lanes).map((piece) => {
    const own = args.map((x) => (lanes === f.lanes ? x : shuffle(f.b, x, undefined, range(lanes, piece * lanes))));
    const list = own.map((x) => `${text} ${x.text}`).join(", ");
    const all = f.b.pure(irType(resultText, 1), `call ${resultText} @${symbol}(${list})`);
    if (results === 1) return [{ type, text: all.text }];
    return range(results).map((i) => f.b.pure(type, `extractvalue ${resultText} ${all.text}, ${i}`));
  });
  return range(results).map((i) =>
    concatenate(
      f,
      pieces.map((piece) => piece[i]),
    ),
  );
}

/** Pieces of equal width, a power of two in number, end to end. */
function concatenate(f: FloatOps, pieces: readonly IrValue[]): IrValue {
  if (pieces.length === 1) return pieces[0];
  const pairs = range(pieces.length / 2).map((i) => {
    const [x, y] = [pieces[2 * i], pieces[2 * i + 1]];
    return shuffle(f.b, x, y, range(2 * x.type.lanes));
  });
  return concatenate(f, pairs);
}

/** A loop over the lanes: the results of each, so many a lane. */
export function eachLane(
  f: FloatOps,
  x: IrValue,
  results: number,
  emit: (one: FloatOps, lane: IrValue) => readonly IrValue[],
): readonly IrValue[] {
  const { b } = f;
  const one = new FloatOps(b, f.format, 1, f.target);
  if (f.lanes === 1) return emit(one, x);
  const type = typeText(f.type);
  const i32 = irType("i32", 1);
  const gathered: readonly IrValue[] = range(results).map(() => ({ type: f.type, text: "poison" }));
  const [, ...all] = loopWhile(
    b,
    [{ type: i32, text: "0" }, ...gathered],
    ([at]) => b.pure(irType("i1", 1), `icmp ne i32 ${at.text}, ${f.lanes}`),
    ([at, ...known]) => {
      const values = emit(one, b.pure(one.type, `extractelement ${type} ${x.text}, i32 ${at.text}`));
      const next = known.map((into, i) =>
        b.pure(f.type, `insertelement ${type} ${into.text}, ${f.format.element} ${values[i].text}, i32 ${at.text}`),
      );
      return [b.pure(i32, `add i32 ${at.text}, 1`), ...next];
    },
  );
  return all;
}
