/** Library routines: those that StableHLO has operations for. */
import { dtypes } from "../hlo/dtype.js";
import type { Instr } from "../hlo/instruction.js";
import { arrayShape } from "../hlo/shape.js";
import { array } from "./attributes.js";
import type { Operation } from "./operations.js";
import type { Names } from "./printer.js";
import { typeText } from "./types.js";

const fftTypes: Readonly<Record<string, string>> = { fft: "FFT", ifft: "IFFT", rfft: "RFFT", irfft: "IRFFT" };

const transposes = (config: Instr<"custom-call">["config"]): string =>
  config.transposeA !== true ? "NO_TRANSPOSE" : config.conjugateA === true ? "ADJOINT" : "TRANSPOSE";

export function routineText(o: Operation, i: Instr<"custom-call">): Names {
  const { config } = i;
  switch (i.target) {
    case "cholesky":
      return o.generic("stablehlo.cholesky", { lower: "true" });
    case "triangular-solve":
      if (config.conjugateA === true && config.transposeA !== true)
        return o.notPortable("a triangular solve with the conjugate that is not transposed");
      return o.generic("stablehlo.triangular_solve", {
        left_side: String(config.leftSide ?? true),
        lower: String(config.lower ?? true),
        unit_diagonal: String(config.unitDiagonal ?? false),
        transpose_a: `#stablehlo<transpose ${transposes(config)}>`,
      });
    case "fft":
      return o.generic("stablehlo.fft", {
        fft_type: `#stablehlo<fft_type ${fftTypes[String(config.fftType)]}>`,
        fft_length: array("i64", config.fftLength as readonly number[]),
      });
    case "allocate":
      return o.outs.map((shape, k) => {
        const zero = o.writer.fresh();
        const { kind } = dtypes[shape.dtype];
        const value = { bool: "false", float: "0.0", complex: "(0.0, 0.0)", signed: "0", unsigned: "0", void: "" }[
          kind
        ];
        const type = typeText(arrayShape(shape.dtype, []));
        o.writer.line(`${zero} = stablehlo.constant dense<${value}> : ${type}`);
        o.writer.line(
          `${o.results[k]} = stablehlo.broadcast_in_dim ${zero}, dims = [] : (${type}) -> ${typeText(shape)}`,
        );
        return o.results[k];
      });
    case "callback":
      return o.notPortable("a call of a JavaScript function (debug.print, debug.callback)");
    default:
      return o.notPortable(`the library routine ${i.target}`);
  }
}
