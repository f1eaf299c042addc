// What the peers in JavaScript share: finding a package that the project does not depend on, and the protocol of serve.py.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** Where a package is installed: in node_modules or a folder of NODE_PATH. Ends the process where it is not. */
export function find(name) {
  const roots = [process.cwd(), ...(process.env.NODE_PATH ?? "").split(":").filter(Boolean)];
  for (const root of roots) {
    try {
      return createRequire(`${root}/`).resolve(name);
    } catch {
      // The next one may have it.
    }
  }
  console.error(`the package ${name} is not installed`);
  return process.exit(1);
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Milliseconds of one run, which may be a promise; the median of as many as fit, or the only one. */
async function measure(prepare, seconds) {
  const run = await prepare();
  const once = async () => {
    const start = performance.now();
    await run();
    return performance.now() - start;
  };
  const first = await once();
  const times = Math.min(400, Math.floor((seconds * 1000) / first));
  const all = [];
  for (let i = 0; i < times; i++) all.push(await once());
  return times < 3 ? first : median(all);
}

/** Answers one workload after the other; each is a function that prepares it and gives what runs it. */
export async function serve(workloads) {
  console.log(JSON.stringify({ workloads: Object.keys(workloads) }));
  for await (const line of createInterface({ input: process.stdin })) {
    const [name, seconds] = line.split(" ");
    try {
      console.log(JSON.stringify({ ms: await measure(workloads[name], Number(seconds)) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error).slice(0, 300) }));
    }
  }
}
