/** Peers run in processes of their own, each asked for one workload at a time. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

const python = process.env.COTANGENT_BENCH_PYTHON ?? "python3";
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const commands: Readonly<Record<string, readonly string[]>> = {
  jax: [python, script("jax_peer.py")],
  "torch-eager": [python, script("torch_peer.py"), "eager"],
  "torch-compile": [python, script("torch_peer.py"), "compile"],
  "jax-js": [process.execPath, script("jaxjs_peer.mjs")],
  "tensorflow.js": [process.execPath, script("tfjs_peer.mjs")],
};

export const peerNames = Object.keys(commands);

export type Answer = { readonly ms: number } | { readonly error: string };

export class Peer {
  readonly #lines: AsyncIterator<string>;
  private constructor(
    readonly name: string,
    readonly workloads: readonly string[],
    private readonly child: ChildProcess,
    reader: Interface,
    lines: AsyncIterator<string>,
  ) {
    this.#lines = lines;
    child.on("exit", () => reader.close());
  }

  /** Starts a peer; the reason, where it is not installed. */
  static async start(name: string): Promise<Peer | { readonly missing: string }> {
    const [command, ...args] = commands[name];
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-2000);
    });
    child.on("error", (error) => {
      complaints += error.message;
    });
    const reader = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done) return { missing: complaints.trim().split("\n").at(-1) ?? "it did not start" };
    const { workloads } = JSON.parse(first.value) as { workloads: string[] };
    return new Peer(name, workloads, child, reader, lines);
  }

  async measure(workload: string, seconds: number): Promise<Answer> {
    if (!this.workloads.includes(workload)) return { error: "not one of its workloads" };
    this.child.stdin?.write(`${workload} ${seconds}\n`);
    const line = await this.#lines.next();
    return line.done ? { error: "the peer stopped" } : (JSON.parse(line.value) as Answer);
  }

  stop(): void {
    this.child.stdin?.end();
    this.child.kill();
  }
}
