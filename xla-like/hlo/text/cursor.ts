/** A place in a text, with the few moves a recursive-descent parser makes. */
export interface HloParseError {
  readonly kind: "HloParseError";
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Carries a parse error up to the entry point, which turns it into a Left. */
export class ParseFailure extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Spaces, line breaks and comments between tokens. */
const blank = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y;

export class Cursor {
  offset = 0;
  constructor(readonly text: string) {}

  fail(message: string, offset = this.offset): never {
    throw new ParseFailure(offset, message);
  }

  skip(): void {
    blank.lastIndex = this.offset;
    blank.test(this.text);
    this.offset = blank.lastIndex;
  }

  get atEnd(): boolean {
    this.skip();
    return this.offset === this.text.length;
  }

  /** Takes `token` if it comes next. */
  accept(token: string): boolean {
    this.skip();
    if (!this.text.startsWith(token, this.offset)) return false;
    this.offset += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`expected '${token}', found '${this.#found()}'`);
  }

  /** Takes what the sticky pattern matches here. */
  take(pattern: RegExp, what: string): string {
    this.skip();
    pattern.lastIndex = this.offset;
    const [match] = pattern.exec(this.text) ?? [];
    if (match === undefined) return this.fail(`expected ${what}, found '${this.#found()}'`);
    this.offset += match.length;
    return match;
  }

  /** Items with commas between them, up to `close`, which is taken as well. */
  list<A>(close: string, item: () => A): A[] {
    const items: A[] = [];
    if (this.accept(close)) return items;
    do items.push(item());
    while (this.accept(","));
    this.expect(close);
    return items;
  }

  /** An attribute's value as raw text: a quoted string, a balanced pair of braces, or a word. */
  value(): string {
    this.skip();
    const first = this.text[this.offset];
    if (first === '"') return this.take(quoted, "a string");
    if (first !== "{") return this.take(/%"(?:[^"\\]|\\.)*"|[^\s,]+/y, "a value");
    const start = this.offset;
    for (let depth = 0; ; ) {
      const c = this.text[this.offset];
      if (c === undefined) return this.fail("the brace is never closed", start);
      if (c === '"') this.take(quoted, "a string");
      else this.offset++;
      if (c === "{") depth++;
      if (c === "}" && --depth === 0) return this.text.slice(start, this.offset);
    }
  }

  #found(): string {
    const line = this.text.slice(this.offset, this.offset + 20).split("\n")[0];
    return line === "" ? "the end of the line" : line;
  }
}

const quoted = /"(?:[^"\\]|\\.)*"/y;

/** The error with its offset turned into line and column. */
export const located = (text: string, { offset, message }: ParseFailure): HloParseError => {
  const before = text.slice(0, offset).split("\n");
  return { kind: "HloParseError", line: before.length, column: before[before.length - 1].length + 1, message };
};
