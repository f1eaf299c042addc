/** The smallest kernel: one expression applied to whole buffers, vector by vector. */
import { type FloatFormat, FloatOps, type ScalarTarget } from "./float-ops.js";
import { IrBuilder, IrModule, type IrValue, irType, typeText } from "./ir.js";

export interface ElementwiseOptions {
  readonly name: string;
  readonly format: FloatFormat;
  readonly lanes: number;
  readonly target: ScalarTarget;
  /** How many buffers are read; the result goes to the one after them. */
  readonly inputs: number;
  readonly emit: (f: FloatOps, inputs: readonly IrValue[]) => IrValue;
}

/** A module with `void name(ptr* buffers, i64 n)`; n must be a multiple of the lanes, buffers aligned as their elements. */
export function elementwiseModule(options: ElementwiseOptions): string {
  const { name, format, lanes, target, inputs, emit } = options;
  const module = new IrModule();
  module.define(name, () => {
    const b = new IrBuilder(module);
    const f = new FloatOps(b, format, lanes, target);
    const [pointer, i64, i1] = [irType("ptr", 1), irType("i64", 1), irType("i1", 1)];
    const [type, align] = [typeText(f.type), format.bits / 8];
    const bases = Array.from({ length: inputs + 1 }, (_, i) => {
      const slot = b.pure(pointer, `getelementptr ptr, ptr %buffers, i64 ${i}`);
      return b.effectful(pointer, `load ptr, ptr ${slot.text}`);
    });
    b.statement("br label %head");
    b.startBlock("head");
    const index = b.effectful(i64, "phi i64 [ 0, %entry ], [ <next index>, %<last block> ]");
    const more = b.pure(i1, `icmp ult i64 ${index.text}, %n`);
    b.statement(`br i1 ${more.text}, label %body, label %exit`);
    b.startBlock("body");
    const at = (base: IrValue) =>
      b.pure(pointer, `getelementptr ${format.element}, ptr ${base.text}, i64 ${index.text}`);
    const read = bases
      .slice(0, -1)
      .map((base) => b.effectful(f.type, `load ${type}, ptr ${at(base).text}, align ${align}`));
    const result = emit(f, read);
    b.statement(`store ${type} ${result.text}, ptr ${at(bases.at(-1)!).text}, align ${align}`);
    const next = b.pure(i64, `add i64 ${index.text}, ${lanes}`);
    b.patch("<next index>", next.text);
    b.patch("<last block>", b.currentBlock);
    b.statement("br label %head");
    b.startBlock("exit");
    b.statement("ret void");
    // 512-bit registers are used only where a function asks for them.
    const attributes = `"prefer-vector-width"="512" "min-legal-vector-width"="512"`;
    return `define void @${name}(ptr noalias %buffers, i64 %n) ${attributes} {\n${b.body()}\n}`;
  });
  return module.toString();
}
