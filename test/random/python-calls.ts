/** Reads the calls in golden files of random numbers, which are written as in Python, and makes them here. */
import { vmap } from "../../src/api/vmap.js";
import type { DType } from "../../src/core/dtype.js";
import type { ScalarValue } from "../../src/core/scalars.js";
import { Tensor } from "../../src/core/tensor.js";
import { prod, range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";
import * as random from "../../src/random/index.js";
import { tensor } from "../primitives/elementwise-support.js";

/** Whole numbers are bigints, so that 1 and 1. stay apart; `tuple` marks what was in parentheses. */
type Value = null | boolean | number | bigint | string | Tensor | Value[] | { readonly tuple: Value[] };
interface Call {
  readonly args: Value[];
  readonly kwargs: Map<string, Value>;
}

/** The parameters of each function in Python's order; those before the bar stand in a place of their own here. */
const signatures: Readonly<Record<string, string>> = {
  ball: "key d | p shape dtype",
  bernoulli: "key p | shape mode",
  beta: "key a b | shape dtype",
  binomial: "key n p | shape dtype",
  bits: "key | shape dtype",
  categorical: "key logits | axis shape replace mode",
  cauchy: "key | shape dtype",
  chisquare: "key df | shape dtype",
  choice: "key a | shape replace p axis mode",
  dirichlet: "key alpha | shape dtype",
  double_sided_maxwell: "key loc scale | shape dtype",
  exponential: "key | shape dtype",
  f: "key dfnum dfden | shape dtype",
  fold_in: "key data |",
  gamma: "key a | shape dtype",
  generalized_normal: "key p | shape dtype",
  geometric: "key p | shape dtype",
  gumbel: "key | shape dtype mode",
  key_data: "key |",
  laplace: "key | shape dtype",
  logistic: "key | shape dtype",
  loggamma: "key a | shape dtype",
  lognormal: "key sigma | shape dtype",
  maxwell: "key | shape dtype",
  multinomial: "key n p | shape dtype",
  multivariate_normal: "key mean cov | shape dtype method",
  normal: "key | shape dtype",
  orthogonal: "key n | shape dtype m",
  pareto: "key b | shape dtype",
  permutation: "key x | axis independent",
  poisson: "key lam | shape dtype",
  rademacher: "key | shape dtype",
  randint: "key shape minval maxval | dtype",
  rayleigh: "key scale | shape dtype",
  split: "key num |",
  t: "key df | shape dtype",
  triangular: "key left mode right | shape dtype",
  truncated_normal: "key lower upper | shape dtype",
  uniform: "key | shape dtype minval maxval",
  wald: "key mean | shape dtype",
  weibull_min: "key scale concentration | shape dtype",
};

const integerSamples = ["randint", "rademacher", "poisson", "geometric"];
const noDtype = ["bernoulli", "choice", "categorical", "permutation", "split", "fold_in", "key_data"];

const camel = (name: string): string => name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());

/** What a call in a golden file returns here. With x64, numbers and defaults are 64 bits wide, as in JAX's other mode. */
export function evaluatePython(source: string, x64: boolean): Tensor {
  const parser = new Parser(source, x64);
  const value = parser.whole();
  if (value instanceof Tensor) return value;
  throw new Error(`${source}: not a tensor`);
}

class Parser {
  private at = 0;
  constructor(
    private readonly source: string,
    private readonly x64: boolean,
  ) {}

  whole(): Value {
    const value = this.sum();
    this.space();
    if (this.at < this.source.length) throw new Error(`${this.source}: stopped at ${this.source.slice(this.at)}`);
    return value;
  }

  private space(): void {
    while (this.source[this.at] === " ") this.at++;
  }
  private peek(text: string): boolean {
    this.space();
    return this.source.startsWith(text, this.at);
  }
  private accept(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += text.length;
    return true;
  }
  private expect(text: string): void {
    if (!this.accept(text)) throw new Error(`${this.source}: expected ${text} at ${this.source.slice(this.at)}`);
  }
  private match(pattern: RegExp): string | undefined {
    this.space();
    const found = pattern.exec(this.source.slice(this.at));
    if (found?.index !== 0) return undefined;
    this.at += found[0].length;
    return found[0];
  }

  private sum(): Value {
    let x = this.product();
    for (;;) {
      if (this.accept("- ")) x = (x as bigint) - ((this.product() as bigint) ?? 0n);
      else if (this.accept("* ")) x = (x as bigint) * (this.product() as bigint);
      else return x;
    }
  }
  private product(): Value {
    if (this.accept("-")) {
      const x = this.product();
      return typeof x === "bigint" ? -x : -(x as number);
    }
    const base = this.postfix();
    return this.accept("**") ? (base as bigint) ** (this.postfix() as bigint) : base;
  }
  private postfix(): Value {
    let x = this.atom();
    for (;;) {
      if (x instanceof Tensor && this.accept("[")) {
        const i = Number(this.sum());
        this.expect("]");
        x = p.unstack(x, 0)[i];
      } else if (x instanceof Tensor && this.accept(".reshape")) {
        x = p.reshape(x, this.call().args.map(Number));
      } else return x;
    }
  }

  private atom(): Value {
    if (this.accept("(")) return { tuple: this.list(")") };
    if (this.accept("[")) return this.list("]");
    if (this.accept("'")) {
      const end = this.source.indexOf("'", this.at);
      const text = this.source.slice(this.at, end);
      this.at = end + 1;
      return text.startsWith("[") ? new Parser(text, this.x64).whole() : text;
    }
    const number = this.match(/^(\d+\.\d*|\.\d+|\d+)(e[+-]?\d+)?/);
    if (number !== undefined) return /[.e]/.test(number) ? Number(number) : BigInt(number);
    const name = this.match(/^[A-Za-z_][\w.]*/);
    if (name === undefined) throw new Error(`${this.source}: cannot read ${this.source.slice(this.at)}`);
    return this.named(name);
  }

  private list(end: string): Value[] {
    const items: Value[] = [];
    while (!this.accept(end)) {
      items.push(this.sum());
      this.accept(",");
    }
    return items;
  }

  private named(name: string): Value {
    if (name === "True" || name === "False") return name === "True";
    if (name === "k") return this.seeded(42n);
    const key = /^key(-?\d+)$/.exec(name);
    if (key) return this.seeded(BigInt(key[1]));
    if (name === "log" && this.accept("[")) return p.log(this.array(this.list("]"), undefined));
    if (name.startsWith("jnp.") || name.startsWith("random.")) return this.library(name);
    if (name === "jax.vmap") return this.mapped();
    return this.peek("(") ? this.sampled(name) : name;
  }

  private seeded(seed: bigint): Tensor {
    return random.key(this.x64 ? seed : Number(seed));
  }

  /** Arguments up to the closing parenthesis; a dictionary in braces counts as keyword arguments. */
  private call(): Call {
    this.expect("(");
    const args: Value[] = [];
    const kwargs = new Map<string, Value>();
    while (!this.accept(")")) {
      const keyword = this.match(/^\w+=/);
      if (keyword !== undefined) kwargs.set(keyword.slice(0, -1), this.sum());
      else if (this.accept("{")) {
        while (!this.accept("}")) {
          const name = this.sum() as string;
          this.expect(":");
          kwargs.set(name, this.sum());
          this.accept(",");
        }
      } else {
        const value = this.sum();
        if (typeof value === "string" && kwargs.size > 0) kwargs.set("dtype", value);
        else args.push(value);
      }
      this.accept(",");
    }
    return { args, kwargs };
  }

  private library(name: string): Value {
    const { args, kwargs } = this.call();
    const dtype = (given: Value | undefined, other: DType): DType => (given ?? kwargs.get("dtype") ?? other) as DType;
    const float: DType = this.x64 ? "float64" : "float32";
    const sizes = (x: Value): number[] =>
      typeof x === "bigint" ? [Number(x)] : (x as { tuple: Value[] }).tuple.map(Number);
    switch (name) {
      case "jnp.array":
        return this.array(args[0], dtype(args[1], undefined as never));
      case "jnp.arange": {
        const whole = typeof args[0] === "bigint";
        const n = Number(args[0]);
        return tensor(range(n), dtype(undefined, whole ? (this.x64 ? "int64" : "int32") : float));
      }
      case "jnp.zeros":
        return p.full(sizes(args[0]), 0, dtype(args[1], float));
      case "jnp.full":
        return p.full(sizes(args[0]), Number(args[1]), dtype(args[2], float));
      case "jnp.log":
        return p.log(args[0] as Tensor);
      case "jnp.uint32":
        return tensor([args[0] as bigint], "uint32", []);
      case "random.key":
      case "random.PRNGKey": {
        const seed = args[0] as bigint;
        return (name === "random.key" ? random.key : random.PRNGKey)(this.x64 ? seed : Number(seed));
      }
      case "random.wrap_key_data":
        return random.wrapKeyData(args[0] as Tensor);
      default:
        throw new Error(`${this.source}: no ${name}`);
    }
  }

  private array(items: Value, dtype: DType | undefined): Tensor {
    const shape: number[] = [];
    for (let level: Value = items; Array.isArray(level); level = level[0]) shape.push(level.length);
    const flat = (items as Value[]).flat(9) as (number | bigint)[];
    const whole = flat.every((x) => typeof x === "bigint");
    const own: DType = whole ? (this.x64 ? "int64" : "int32") : this.x64 ? "float64" : "float32";
    if (prod(shape) !== flat.length) throw new Error(`${this.source}: ragged`);
    return tensor(flat as ScalarValue[], dtype ?? own, shape);
  }

  /** The three calls under vmap. */
  private mapped(): Tensor {
    this.expect("(");
    if (this.accept("random.split)")) return vmap((k: Tensor) => random.split(k))(this.call().args[0] as Tensor);
    if (this.accept("random.fold_in)")) {
      const [keys, data] = this.call().args as Tensor[];
      return vmap((k: Tensor, d: Tensor) => random.foldIn(k, d))(keys, data);
    }
    this.expect("lambda k: random.uniform(k, (2,)))");
    return vmap((k: Tensor) => random.uniform(k, [2]))(this.call().args[0] as Tensor);
  }

  private sampled(name: string): Tensor {
    const signature = signatures[name];
    if (signature === undefined) throw new Error(`${this.source}: no ${name}`);
    const { args, kwargs } = this.call();
    const [placed, optional] = signature.split("|").map((part) => part.trim().split(" ").filter(Boolean));
    const given = new Map<string, unknown>();
    for (const [i, x] of args.entries()) given.set([...placed, ...optional][i], this.argument(name, x));
    for (const [key, x] of kwargs) given.set(key, this.argument(name, x));
    if (this.x64 && !noDtype.includes(name) && !given.has("dtype")) {
      given.set("dtype", integerSamples.includes(name) ? "int64" : name === "bits" ? "uint32" : "float64");
    }
    const f = random[camel(name) as keyof typeof random] as (...xs: unknown[]) => Tensor;
    if (name === "key_data" && !(given.get("key") instanceof Tensor)) {
      return random.keyData(this.seeded(BigInt(given.get("key") as number | bigint)));
    }
    const options = Object.fromEntries([...given].filter(([key]) => optional.includes(key)));
    const positional = placed.map((key) => given.get(key));
    const samples = Object.keys(options).length > 0 ? f(...positional, options) : f(...positional);
    // Indices of categories are int32 here in any case.
    return this.x64 && name === "categorical" ? p.convert(samples, "int64") : samples;
  }

  private argument(name: string, x: Value): unknown {
    if (typeof x === "object" && x !== null && "tuple" in x) return x.tuple.map(Number);
    if (Array.isArray(x)) return this.array(x, undefined);
    // Floats are as wide as they are in the mode; a number here is as wide as what it stands beside.
    if (typeof x === "number") return this.x64 ? p.full([], x, "float64") : tensor([x], "float32", []);
    const sized = ["split", "ball", "orthogonal", "randint", "fold_in"].includes(name);
    if (typeof x !== "bigint" || (this.x64 && !sized)) return x;
    return Number.isSafeInteger(Number(x)) ? Number(x) : x;
  }
}
