/** Instructions on lanes of any type. */
import { type IrBuilder, type IrType, type IrValue, irType, mangled, splat, typeText } from "./ir.js";

export type IntCompare = "eq" | "ne" | "slt" | "sle" | "sgt" | "sge" | "ult" | "ule" | "ugt" | "uge";

export const castTo = (b: IrBuilder, op: string, x: IrValue, element: string): IrValue => {
  const type = irType(element, x.type.lanes);
  return b.pure(type, `${op} ${typeText(x.type)} ${x.text} to ${typeText(type)}`);
};

/** `add`, `xor`, `sdiv` …: operands and result of one type. */
export const arithmetic = (b: IrBuilder, op: string, x: IrValue, y: IrValue): IrValue =>
  b.pure(x.type, `${op} ${typeText(x.type)} ${x.text}, ${y.text}`);

export const compareIntegers = (b: IrBuilder, how: IntCompare, x: IrValue, y: IrValue): IrValue =>
  b.pure(irType("i1", x.type.lanes), `icmp ${how} ${typeText(x.type)} ${x.text}, ${y.text}`);

/** x where the condition holds, else y; the condition may be one for all lanes. */
export const choose = (b: IrBuilder, condition: IrValue, x: IrValue, y: IrValue): IrValue => {
  const type = typeText(x.type);
  return b.pure(x.type, `select ${typeText(condition.type)} ${condition.text}, ${type} ${x.text}, ${type} ${y.text}`);
};

export const integer = (type: IrType, value: number | bigint): IrValue => splat(type, String(value));

/** The integer that is in every lane, if the value is written as such a constant. */
export function constantInteger(x: IrValue): bigint | undefined {
  const text = /^(?:splat \(i\d+ )?(-?\d+)\)?$/.exec(x.text)?.[1];
  return text === undefined ? undefined : BigInt(text);
}

/** A scalar in every lane. */
export function spread(b: IrBuilder, x: IrValue, lanes: number): IrValue {
  if (x.type.lanes === lanes) return x;
  if (x.type.lanes !== 1) throw new TypeError(`${x.type.lanes} lanes cannot become ${lanes}`);
  const type = irType(x.type.element, lanes);
  if (!x.text.startsWith("%")) return splat(type, x.text);
  const text = typeText(type);
  const first = b.pure(type, `insertelement ${text} poison, ${x.type.element} ${x.text}, i32 0`);
  return b.pure(type, `shufflevector ${text} ${first.text}, ${text} poison, <${lanes} x i32> zeroinitializer`);
}

/** The lanes of x and then of y (of one type) that are listed, in that order. */
export function shuffle(b: IrBuilder, x: IrValue, y: IrValue | undefined, picked: readonly number[]): IrValue {
  const text = typeText(x.type);
  const indices = picked.map((i) => `i32 ${i}`).join(", ");
  const type = irType(x.type.element, picked.length);
  return b.pure(
    type,
    `shufflevector ${text} ${x.text}, ${text} ${y?.text ?? "poison"}, <${picked.length} x i32> <${indices}>`,
  );
}

export const range = (count: number, first = 0, step = 1): number[] =>
  Array.from({ length: count }, (_, i) => first + i * step);

/** Whether the condition holds in any lane. */
export function anyTrue(b: IrBuilder, condition: IrValue): IrValue {
  if (condition.type.lanes === 1) return condition;
  const name = `llvm.vector.reduce.or.${mangled(condition.type)}`;
  const type = typeText(condition.type);
  b.module.declare(name, `i1 @${name}(${type})`);
  return b.pure(irType("i1", 1), `call i1 @${name}(${type} ${condition.text})`);
}

/** Repeats `body` on the state while the condition, one for all lanes, holds; the last state. */
export function loopWhile<S extends readonly IrValue[]>(
  b: IrBuilder,
  start: S,
  condition: (state: S) => IrValue,
  body: (state: S) => S,
): S {
  const [head, inside, done] = [b.freshLabel("while"), b.freshLabel("do"), b.freshLabel("done")];
  const before = b.currentBlock;
  b.statement(`br label %${head}`);
  b.startBlock(head);
  const holes = start.map(() => `<${b.freshLabel("next")}>`);
  const state = start.map((x, i) =>
    b.effectful(x.type, `phi ${typeText(x.type)} [ ${x.text}, %${before} ], ${holes[i]}`),
  ) as readonly IrValue[] as S;
  const more = condition(state);
  b.statement(`br i1 ${more.text}, label %${inside}, label %${done}`);
  b.startBlock(inside);
  const next = body(state);
  holes.forEach((hole, i) => b.patch(hole, `[ ${next[i].text}, %${b.currentBlock} ]`));
  b.statement(`br label %${head}`);
  b.startBlock(done);
  return state;
}
