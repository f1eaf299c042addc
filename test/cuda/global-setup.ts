// Builds the simulated card for the suites that run on cuda:0 without one.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildStandIns, driver, libraries } from "../native/stand-ins.js";

export default function setup(): void {
  const folder = fileURLToPath(new URL("../../node_modules/.cache/cotangent-simulation", import.meta.url));
  mkdirSync(folder, { recursive: true });
  buildStandIns(folder, [driver, ...libraries]);
}
