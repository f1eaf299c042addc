/** Constants: one element in every lane. */
import { type DType, dtypes, type HostArray, isComplex } from "../../hlo/dtype.js";
import { bf16ToNumber, f16ToNumber } from "../../hlo/float16.js";
import { type ScalarValue, scalarData } from "../../hlo/literal.js";
import { floatBitsText, type IrValue, irType, splat } from "./ir.js";
import { type OperationContext, registerElement, type Value } from "./value.js";

export const emitConstant = (cx: OperationContext, dtype: DType, value: ScalarValue): Value =>
  emitElement(cx, dtype, scalarData(dtype, value), 0);

/** Element `index` of an array on the host. */
export function emitElement(cx: OperationContext, dtype: DType, data: HostArray, index: number): Value {
  const type = irType(registerElement(dtype), cx.lanes);
  const float = (x: number): IrValue => splat(type, floatBitsText(x));
  if (isComplex(dtype)) return { re: float(Number(data[2 * index])), im: float(Number(data[2 * index + 1])) };
  const x = data[index];
  switch (dtypes[dtype].kind) {
    case "bool":
      return splat(type, x ? "true" : "false");
    case "float":
      return float(
        dtype === "float16" ? f16ToNumber(Number(x)) : dtype === "bfloat16" ? bf16ToNumber(Number(x)) : Number(x),
      );
    default:
      return splat(type, String(x));
  }
}
