/**
 * LLVM IR as text: values in single-assignment form, blocks, functions. Only what scalar code needs; operations that
 * are pure are written once per block, however often they are asked for.
 */
export type FloatName = "float" | "double";

/** A scalar's type, and how many lanes of it a value has; one lane is a plain scalar. */
export interface IrType {
  readonly element: string;
  readonly lanes: number;
}

export interface IrValue {
  readonly type: IrType;
  /** `%12`, or a constant as it is written after its type. */
  readonly text: string;
}

export const irType = (element: string, lanes: number): IrType => ({ element, lanes });

/** `float`, or `<16 x float>`. */
export function typeText({ element, lanes }: IrType): string {
  return lanes === 1 ? element : `<${lanes} x ${element}>`;
}

/** LLVM writes a float32 too as the 64 bits of the double that equals it: every value is exact, infinities and all. */
export function floatBitsText(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `0x${view.getBigUint64(0).toString(16).toUpperCase().padStart(16, "0")}`;
}

/** A constant in every lane. */
export function splat(type: IrType, scalarText: string): IrValue {
  return { type, text: type.lanes === 1 ? scalarText : `splat (${type.element} ${scalarText})` };
}

/** The text of a module: declarations gather as functions ask for them. */
export class IrModule {
  private readonly declarations = new Map<string, string>();
  private readonly functions = new Map<string, string>();

  /** Declares an intrinsic or external function, once. */
  declare(name: string, signature: string): void {
    this.declarations.set(name, `declare ${signature}`);
  }

  /** Adds a definition unless a function or constant of that name is there. */
  define(name: string, text: () => string): void {
    if (this.functions.has(name)) return;
    this.functions.set(name, "");
    this.functions.set(name, text());
  }

  toString(): string {
    return `${[...this.functions.values(), ...this.declarations.values()].join("\n")}\n`;
  }
}

/** Writes the body of one function. */
export class IrBuilder {
  private readonly lines: (string | IrBuilder)[] = [];
  private known = new Map<string, IrValue>();
  private names = { next: 0 };
  private block: string;

  constructor(
    readonly module: IrModule,
    entry = "entry",
  ) {
    this.block = entry;
    this.lines.push(`${entry}:`);
  }

  /** A builder for this very place, which stays open: what it writes stands before all that this one writes from now on. */
  fork(): IrBuilder {
    const fork = new IrBuilder(this.module, this.block);
    fork.lines.pop();
    fork.known = new Map(this.known);
    fork.names = this.names;
    this.lines.push(fork);
    return fork;
  }

  /** The block being written, as phis name it. */
  get currentBlock(): string {
    return this.block;
  }

  /** A pure operation: the same text in the same block is the same value. */
  pure(type: IrType, operation: string): IrValue {
    const known = this.known.get(operation);
    if (known !== undefined) return known;
    const value = this.effectful(type, operation);
    this.known.set(operation, value);
    return value;
  }

  /** An operation that must be written each time: a load, a phi, a call with effects. */
  effectful(type: IrType, operation: string): IrValue {
    const value = { type, text: `%v${this.names.next++}` };
    this.lines.push(`  ${value.text} = ${operation}`);
    return value;
  }

  /** An operation without a result: a store, a branch. */
  statement(text: string): void {
    this.lines.push(`  ${text}`);
  }

  freshLabel(stem: string): string {
    return `${stem}${this.names.next++}`;
  }

  /** Starts a block. What was computed before may not dominate it, so nothing is taken from there. */
  startBlock(label: string): void {
    this.lines.push(`${label}:`);
    this.block = label;
    this.known = new Map();
  }

  /** Fills in a phi's later operand, once it is known. */
  patch(placeholder: string, text: string): void {
    if (!this.replace(placeholder, text)) throw new Error(`no line has '${placeholder}'`);
  }

  /** Looks from the end: what is patched was mostly written a short while ago. */
  private replace(placeholder: string, text: string): boolean {
    for (let at = this.lines.length - 1; at >= 0; at--) {
      const line = this.lines[at]!;
      if (typeof line !== "string") {
        if (line.replace(placeholder, text)) return true;
      } else if (line.includes(placeholder)) {
        this.lines[at] = line.replace(placeholder, text);
        return true;
      }
    }
    return false;
  }

  /** Calls an intrinsic whose operands and result have the same type, as most have. */
  intrinsic(name: string, ...operands: readonly IrValue[]): IrValue {
    const { type } = operands[0]!;
    const full = `llvm.${name}.${mangled(type)}`;
    const text = typeText(type);
    this.module.declare(full, `${text} @${full}(${operands.map(() => text).join(", ")})`);
    return this.pure(type, `call ${text} @${full}(${operands.map((x) => `${text} ${x.text}`).join(", ")})`);
  }

  /** The lines written. */
  body(): string {
    return this.lines
      .map((line) => (typeof line === "string" ? line : line.body()))
      .filter((text) => text !== "")
      .join("\n");
  }
}

/** A type as intrinsics' names spell it: `v16f32`. */
export function mangled({ element, lanes }: IrType): string {
  const scalar = element === "float" ? "f32" : element === "double" ? "f64" : element;
  return lanes === 1 ? scalar : `v${lanes}${scalar}`;
}
