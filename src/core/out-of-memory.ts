/** What the runtime throws where there is no memory, as users see it. */
import { OutOfMemory } from "../../xla-like/index.js";
import { OutOfMemoryError } from "../prelude/errors.js";

const MB = 1 << 20;
const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

/** The error to throw in place of one that `where` caught. */
export function teachMemory(error: unknown, where: string): unknown {
  if (!(error instanceof OutOfMemory)) return error;
  return new OutOfMemoryError(
    "CT505",
    `${where}: ${error.device} has no room for ${error.bytes > 0 ? megabytes(error.bytes) : "any"} more; live tensors hold ${megabytes(error.bytesInUse)}. ` +
      "Drop or dispose of tensors that are not needed, donate arguments (donateArgnums), or work in smaller batches.",
    { cause: error },
  );
}
