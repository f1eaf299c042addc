// The layers, as rules. A layer may import itself and those to its left.
const layers = [
  "prelude",
  "tree",
  "core",
  "primitives",
  "interpreters",
  "control",
  "api",
  "lax",
  "numpy",
  "random",
  "nn",
  "scipy",
  "optim",
  "io",
  "data",
];

// The compiler's phases. The reference evaluator and the simplifier both stand on hlo, and not on each other.
const phases = ["hlo", "1-simplify", "2-fuse", "3-schedule", "4-assign", "5-emit", "pipeline", "runtime"];

// Within the last phase before the plan: scalars, elements of arrays, and what a processor or a card runs over them.
// The last two know nothing of each other.
const emission = [
  ["scalar", "elements", "cpu"],
  ["scalar", "elements", "cuda"],
];

const upwards = (root, names) =>
  names.slice(0, -1).map((name, i) => ({
    name: `${root}-${name}-imports-only-leftwards`,
    comment: `${root}/${name} must not import the layers above it: ${names.slice(i + 1).join(", ")}.`,
    severity: "error",
    from: { path: `^${root}/${name}(/|\\.ts$)` },
    to: { path: `^${root}/(${names.slice(i + 1).join("|")})(/|\\.ts$)` },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upwards("src", layers),
    ...upwards("xla-like", phases),
    ...emission.flatMap((names) => upwards("xla-like/5-emit", names)),
    {
      name: "processors-and-cards-apart",
      comment: "What emits for a processor and what emits for a card share scalar and elements, and nothing else.",
      severity: "error",
      from: { path: "^xla-like/5-emit/(cpu|cuda)/" },
      to: { path: "^xla-like/5-emit/(cpu|cuda)/", pathNot: "^xla-like/5-emit/$1/" },
    },
    {
      name: "reference-stands-on-hlo",
      comment: "The reference evaluator is the oracle: it shares nothing with the compiler it judges but the HLO.",
      severity: "error",
      from: { path: "^xla-like/reference/" },
      to: { path: "^xla-like/", pathNot: "^xla-like/(reference|hlo)/" },
    },
    {
      name: "compiler-does-not-run-the-reference",
      comment: "The phases must not call the oracle; folding constants in 1-simplify and choosing a backend may.",
      severity: "error",
      from: { path: "^xla-like/(hlo|2-fuse|3-schedule|4-assign|5-emit)/" },
      to: { path: "^xla-like/reference/" },
    },
    {
      name: "xla-like-knows-no-src",
      comment: "The compiler is a library of its own.",
      severity: "error",
      from: { path: "^xla-like/" },
      to: { path: "^(src|props)/" },
    },
    {
      name: "src-enters-xla-like-by-its-index",
      comment: "src/ imports xla-like/index.ts and nothing else of it.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^xla-like/", pathNot: "^xla-like/index\\.ts$" },
    },
    {
      name: "src-index-is-for-users",
      comment: "No part of the library imports the public entry point, which imports them all.",
      severity: "error",
      from: { path: "^src/(?!index\\.ts$)" },
      to: { path: "^(src/index\\.ts$|props/)" },
    },
    {
      name: "one-door-to-the-addon",
      comment: "Only xla-like/runtime/native.ts loads native code.",
      severity: "error",
      from: { pathNot: "^xla-like/runtime/native\\.ts$" },
      to: { path: "(\\.node$|^build/|^prebuilds/)" },
    },
    {
      name: "one-door-to-fp-ts",
      comment: "fp-ts is imported through src/prelude/fp.ts, by its lib/*.js paths, which plain Node resolves.",
      severity: "error",
      from: { path: "^(src|props)/", pathNot: "^src/prelude/fp\\.ts$" },
      to: { path: "node_modules/fp-ts/" },
    },
    {
      name: "no-value-cycles",
      comment:
        "Cycles of values are allowed inside src/primitives only, where others are touched inside functions only.",
      severity: "error",
      from: { pathNot: "^src/primitives/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "type-cycles-stay-in-their-folder",
      comment: "Types may be mutually recursive inside one folder, as those of jaxprs, primitives and traces are.",
      severity: "error",
      from: { path: "^((?:src|xla-like)/[^/]+|props|test|bench|examples)/", pathNot: "^src/primitives/" },
      to: { circular: true, via: { pathNot: "^$1/" } },
    },
    {
      name: "library-imports-no-tests",
      comment: "What is published must not import tests, benchmarks, examples or the property suites.",
      severity: "error",
      from: { path: "^(src|xla-like|props/(?!suites/))" },
      to: { path: "^(test|bench|examples|props/suites)/" },
    },
    {
      name: "library-imports-no-dev-dependencies",
      comment: "What is published must run with its dependencies alone; vitest's `it` is handed in.",
      severity: "error",
      from: { path: "^(src|xla-like)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "resolvable",
      comment: "Every import leads somewhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|build|runs|docs/api)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".d.ts"],
    },
  },
};
