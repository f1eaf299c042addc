/** Attribute values as text, each with the function that reads it back. */
import { check, fail } from "../error.js";
import type { ConvDims, Instr, WindowDim } from "../instruction.js";

const plain = /^[\w.-]+$/;
/** The name of a computation or module: quoted if it has characters that the text gives a meaning. */
export const nameText = (name: string): string => (plain.test(name) ? name : JSON.stringify(name));

export const intsText = (list: readonly number[]): string => `{${list.join(",")}}`;

export const parseInteger = (text: string): number => {
  check(/^-?\d+$/.test(text), () => `'${text}' is no integer`);
  return Number(text);
};

const inBraces = (text: string): string => {
  check(text.startsWith("{") && text.endsWith("}"), () => `'${text}' must stand in braces`);
  return text.slice(1, -1).trim();
};

/** The parts of `{a, b}`; none for `{}`. */
export const parseList = (text: string): readonly string[] => {
  const inside = inBraces(text);
  return inside === "" ? [] : inside.split(",").map((s) => s.trim());
};

export const parseInts = (text: string): readonly number[] => parseList(text).map(parseInteger);

/** `{size=3x3 stride=2x2 pad=1_1x1_1}`; a part that is the default in every dimension is left out. */
export const windowText = (window: readonly WindowDim[]): string => {
  const part = (key: string, of: (w: WindowDim) => string, absent?: string): string[] =>
    window.every((w) => of(w) === absent) ? [] : [`${key}=${window.map(of).join("x")}`];
  const parts = [
    ...part("size", (w) => String(w.size)),
    ...part("stride", (w) => String(w.stride), "1"),
    ...part("pad", (w) => `${w.padLow}_${w.padHigh}`, "0_0"),
    ...part("lhs_dilate", (w) => String(w.baseDilation), "1"),
    ...part("rhs_dilate", (w) => String(w.windowDilation), "1"),
    ...part("rhs_reversal", (w) => (w.reversal ? "1" : "0"), "0"),
  ];
  return `{${parts.join(" ")}}`;
};

const windowKeys = ["size", "stride", "pad", "lhs_dilate", "rhs_dilate", "rhs_reversal"];

export const parseWindow = (text: string): readonly WindowDim[] => {
  const inside = inBraces(text);
  if (inside === "") return [];
  const parts = new Map<string, readonly string[]>();
  for (const item of inside.split(/\s+/)) {
    const [key, value = ""] = item.split("=");
    check(windowKeys.includes(key) && !parts.has(key), () => `'${item}' is no part of a window`);
    parts.set(key, value.split("x"));
  }
  const rank = parts.get("size")?.length ?? fail("the window needs its size");
  for (const [key, list] of parts)
    check(list.length === rank, () => `the window has ${rank} dimensions, but ${key} has ${list.length}`);
  const at = (key: string, d: number, absent: string): string => parts.get(key)?.[d] ?? absent;
  return Array.from({ length: rank }, (_, d) => {
    const pad = at("pad", d, "0_0").split("_");
    check(pad.length === 2, () => `the window's padding in dimension ${d} must be low_high`);
    return {
      size: parseInteger(at("size", d, "")),
      stride: parseInteger(at("stride", d, "1")),
      padLow: parseInteger(pad[0]),
      padHigh: parseInteger(pad[1]),
      baseDilation: parseInteger(at("lhs_dilate", d, "1")),
      windowDilation: parseInteger(at("rhs_dilate", d, "1")),
      ...(at("rhs_reversal", d, "0") === "1" ? { reversal: true } : {}),
    };
  });
};

const labels = (
  first: string,
  firstAt: number,
  second: string,
  secondAt: number,
  spatial: readonly number[],
): string => {
  check(spatial.length <= 10, () => `${spatial.length} spatial dimensions have no labels: there are ten digits`);
  const out = new Array<string>(spatial.length + 2);
  out[firstAt] = first;
  out[secondAt] = second;
  spatial.forEach((d, k) => {
    out[d] = String(k);
  });
  return out.join("");
};

/** `b01f_01io->b01f`: input, kernel and output, each dimension by its part. */
export const dimLabelsText = (d: ConvDims): string => {
  const input = labels("b", d.inputBatch, "f", d.inputFeature, d.inputSpatial);
  const kernel = labels("i", d.kernelInputFeature, "o", d.kernelOutputFeature, d.kernelSpatial);
  return `${input}_${kernel}->${labels("b", d.outputBatch, "f", d.outputFeature, d.outputSpatial)}`;
};

const parseLabels = (text: string, first: string, second: string): readonly [number, number, readonly number[]] => {
  const place = (label: string): number => {
    const at = text.indexOf(label);
    check(at >= 0 && at === text.lastIndexOf(label), () => `'${text}' needs the label ${label} once`);
    return at;
  };
  const spatial = Array.from({ length: text.length - 2 }, (_, k) => place(String(k)));
  return [place(first), place(second), spatial];
};

export const parseDimLabels = (text: string): ConvDims => {
  const parts = /^(\w+)_(\w+)->(\w+)$/.exec(text) ?? fail(`'${text}' is not of the form b01f_01io->b01f`);
  const [inputBatch, inputFeature, inputSpatial] = parseLabels(parts[1], "b", "f");
  const [kernelInputFeature, kernelOutputFeature, kernelSpatial] = parseLabels(parts[2], "i", "o");
  const [outputBatch, outputFeature, outputSpatial] = parseLabels(parts[3], "b", "f");
  return {
    inputBatch,
    inputFeature,
    inputSpatial,
    kernelInputFeature,
    kernelOutputFeature,
    kernelSpatial,
    outputBatch,
    outputFeature,
    outputSpatial,
  };
};

interface Ranges {
  readonly starts: readonly number[];
  readonly limits: readonly number[];
  readonly strides: readonly number[];
}

/** `{[0:2], [1:9:2]}`: start, limit, and stride unless it is 1. */
export const rangesText = ({ starts, limits, strides }: Ranges): string =>
  `{${starts.map((s, d) => `[${s}:${limits[d]}${strides[d] === 1 ? "" : `:${strides[d]}`}]`).join(", ")}}`;

export const parseRanges = (text: string): Ranges => {
  const ranges = parseList(text).map((item) => {
    const [, start, limit, stride = "1"] =
      /^\[(-?\d+):(-?\d+)(?::(-?\d+))?\]$/.exec(item) ?? fail(`'${item}' is not of the form [start:limit:stride]`);
    return [start, limit, stride].map(parseInteger);
  });
  return { starts: ranges.map((r) => r[0]), limits: ranges.map((r) => r[1]), strides: ranges.map((r) => r[2]) };
};

interface Padding {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly interior: readonly number[];
}

/** `0_1x2_2_1`: low, high, and the interior amount unless it is 0. A scalar's padding is `{}`. */
export const paddingText = ({ low, high, interior }: Padding): string =>
  low.length === 0 ? "{}" : low.map((l, d) => `${l}_${high[d]}${interior[d] === 0 ? "" : `_${interior[d]}`}`).join("x");

export const parsePadding = (text: string): Padding => {
  const amounts = (text === "{}" ? [] : text.split("x")).map((item) => {
    const [, low, high, interior = "0"] =
      /^(-?\d+)_(-?\d+)(?:_(-?\d+))?$/.exec(item) ?? fail(`'${item}' is not of the form low_high_interior`);
    return [low, high, interior].map(parseInteger);
  });
  return { low: amounts.map((a) => a[0]), high: amounts.map((a) => a[1]), interior: amounts.map((a) => a[2]) };
};

type Config = Instr<"custom-call">["config"];

const isConfigValue = (v: unknown): v is Config[string] =>
  typeof v === "string" ||
  typeof v === "number" ||
  typeof v === "boolean" ||
  (Array.isArray(v) && v.every((n) => typeof n === "number"));

/** Options as JSON. Minus zero, which JSON writers lose, is kept. */
export const configText = (config: Config): string => {
  const value = (v: Config[string]): string =>
    Object.is(v, -0) ? "-0" : typeof v === "object" ? `[${v.map(value).join(",")}]` : JSON.stringify(v);
  return `{${Object.entries(config)
    .map(([key, v]) => `${JSON.stringify(key)}:${value(v)}`)
    .join(",")}}`;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return fail(`'${text}' is no JSON`);
  }
};

export const parseConfig = (text: string): Config => {
  const json = parseJson(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return fail(`'${text}' is no JSON object`);
  const config: Record<string, Config[string]> = {};
  for (const [key, v] of Object.entries(json)) {
    if (!isConfigValue(v)) return fail(`the option ${key} must be a string, number, boolean or list of numbers`);
    config[key] = v;
  }
  return config;
};

export const parseString = (text: string): string => {
  const s = parseJson(text);
  return typeof s === "string" ? s : fail(`'${text}' is no quoted string`);
};
