/** What compilers and runtimes of devices throw, as users see it. */
import { DeviceFailure, NoKernel, OutOfMemory } from "../../xla-like/index.js";
import { CompileError, DeviceError, OutOfMemoryError } from "../prelude/errors.js";

const MB = 1 << 20;
const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

/** The error to throw in place of one that `where` caught. */
export function teachFailure(error: unknown, where: string): unknown {
  if (error instanceof OutOfMemory) return outOfMemory(error, where);
  if (error instanceof DeviceFailure) return new DeviceError("CT506", failureText(error, where), { cause: error });
  if (error instanceof NoKernel) return new CompileError("CT605", noKernelText(error, where), { cause: error });
  return error;
}

const outOfMemory = (error: OutOfMemory, where: string): OutOfMemoryError =>
  new OutOfMemoryError(
    "CT505",
    `${where}: ${error.device} has no room for ${error.bytes > 0 ? megabytes(error.bytes) : "any"} more; live tensors hold ${megabytes(error.bytesInUse)}. ` +
      "Drop or dispose of tensors that are not needed, donate arguments (donateArgnums), or work in smaller batches.",
    { cause: error },
  );

const failureText = ({ device, reason }: DeviceFailure, where: string): string =>
  `${where}: ${device} failed: ${reason}. What was being computed is lost. Tensors on other devices, and new processes, are not affected.`;

const noKernelText = ({ operation, devices, reason, instruction }: NoKernel, where: string): string =>
  `${where}: ${operation} cannot run on ${devices}: ${reason} (%${instruction.opcode}.${instruction.id}). ` +
  'Compute it on another device: withDefaultDevice("cpu:0", f), with devicePut before and after. cotangent never moves work by itself.';
