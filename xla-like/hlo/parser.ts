/** Reads the text that `printer.ts` writes. The result is checked as the verifier would. */
import { HloError } from "./error.js";
import { Either } from "./fp.js";
import type { HloModule } from "./instruction.js";
import { Cursor, type HloParseError, located, ParseFailure } from "./text/cursor.js";
import { resolveModule } from "./text/resolve.js";
import { parseSyntax } from "./text/syntax.js";
import { verify } from "./verifier.js";

export type { HloParseError } from "./text/cursor.js";

export const parseModule = (text: string): Either.Either<HloParseError, HloModule> => {
  try {
    const module = resolveModule(parseSyntax(new Cursor(text)));
    verify(module);
    return Either.right(module);
  } catch (e) {
    if (e instanceof ParseFailure) return Either.left(located(text, e));
    // What only the module as a whole shows, such as a wrong donation, has no better place than its head.
    if (e instanceof HloError) return Either.left(located(text, new ParseFailure(0, e.message)));
    throw e;
  }
};

export const parseModuleOrThrow = (text: string): HloModule => {
  const parsed = parseModule(text);
  if (Either.isRight(parsed)) return parsed.right;
  const { line, column, message } = parsed.left;
  throw new HloError(`line ${line}, column ${column}`, message);
};
