/** The custom-call fft: transforms over the last dimensions, complex, or real on one side. */
import type { Instr } from "../../../hlo/index.js";
import { dtypeCode } from "../../dtype-code.js";
import { type RoutineSlots, type RoutineThunk, routineThunkOf, shapeOf } from "./routine.js";

/** As `FFTKind` in native/cpu/routines/fft.cc. */
const kinds: Readonly<Record<string, number>> = { fft: 0, ifft: 1, rfft: 2, irfft: 3 };

export function fftThunk(i: Instr<"custom-call">, slots: RoutineSlots): RoutineThunk | undefined {
  const { fftType, fftLength } = i.config;
  const kind = typeof fftType === "string" ? kinds[fftType] : undefined;
  if (kind === undefined || !Array.isArray(fftLength)) return undefined;
  const lengths = fftLength.map(Number);
  const { dtype, dims } = shapeOf(i.operands[0]);
  const batch = dims.slice(0, dims.length - lengths.length).reduce((n, d) => n * d, 1);
  return routineThunkOf("fft", slots, [dtypeCode(dtype), kind, batch, lengths.length, ...lengths]);
}
