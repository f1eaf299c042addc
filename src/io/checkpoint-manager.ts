import { CheckpointError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { makeDirectorySync } from "./directories.js";
import { DirectoryLock } from "./directory-lock.js";
import { type LoadOptions, load } from "./load.js";
import { checkMetrics, checkPolicy, checkStep, type Policy, policyOptions } from "./manager-options.js";
import { bestOf, superfluous } from "./retention.js";
import { savePlan } from "./save.js";
import { type Metrics, notesOf, type Step, StepFiles } from "./step-files.js";
import { copied, inPlace, planTree, type TreePlan } from "./tree-writer.js";

export interface CheckpointManagerOptions extends Policy {
  /** Only restores: takes no lock, removes nothing, and may be used beside a writer. */
  readonly readOnly?: boolean | undefined;
}

export interface CheckpointOptions {
  /** Numbers that say how good the step is, for `best` and to be looked up. */
  readonly metrics?: Metrics | undefined;
  /** Saves whatever `saveInterval` says. */
  readonly force?: boolean | undefined;
  /** Goes on from here: replaces the step if it is there, and removes those after it. */
  readonly overwrite?: boolean | undefined;
}

const who = "io.CheckpointManager";

/** One round of the event loop, in which what the system has done is heard of and more is asked of it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * The checkpoints of a training run: a safetensors file for each step in a directory of their own. A step is there wholly
 * or not at all, whenever the process ends; saving goes on beside training, of copies of the tensors as they were.
 *
 * One manager writes to a directory at a time. What failed in the background is thrown by the next call.
 *
 * @throws CheckpointError CT710 if another process, or another manager of this one, writes to the directory
 * @example
 * const manager = new io.CheckpointManager("runs/doc/digits", { keep: 3, saveInterval: 50 });
 * let state = { w: np.zeros([2]), step: manager.latestStep() ?? 0 };
 * while (state.step < 100) {
 *   state = { w: state.w.add(1), step: state.step + 1 };
 *   await manager.save(state.step, state);
 * }
 * await manager.waitUntilFinished();
 * manager.allSteps(); // [50, 100]
 * await manager.close();
 */
export class CheckpointManager implements AsyncDisposable {
  readonly #files: StepFiles;
  readonly #lock: DirectoryLock | undefined;
  readonly #policy: Policy;
  /** Steps that are being written, or wait for that. */
  readonly #pending = new Set<number>();
  /** Ends when all that was asked for is done. Never rejects. */
  #writing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #isClosed = false;
  /** A process that ends by itself does not end as if nothing had happened. */
  readonly #report = (): void => this.#raise();

  constructor(
    readonly directory: string,
    options: CheckpointManagerOptions = {},
  ) {
    checkOptions(who, options, [...policyOptions, "readOnly"]);
    this.#policy = checkPolicy(who, options);
    this.#files = new StepFiles(directory);
    if (options.readOnly) return;
    makeDirectorySync(directory, who);
    this.#lock = DirectoryLock.acquire(directory, who);
    this.#files.removeLeftovers();
  }

  /**
   * Saves a tree as a step, as it is at the time of the call: its tensors may be donated at once. Resolves as soon as the
   * step before is written and this one is begun, unless `async: false` was asked for, which waits until it is on disk.
   * Call it at every step: a loop that waits for nothing else lets the writing go on here.
   *
   * @param step a whole number above those saved before
   * @returns whether it was saved, which `saveInterval` decides
   * @throws CheckpointError CT712 if the step, or one after it, is there already; CT713 on a manager that is closed or
   *   read-only; and what an earlier save failed with
   */
  async save(step: number, tree: unknown, options: CheckpointOptions = {}): Promise<boolean> {
    const fn = `${who}.save`;
    checkOptions(fn, options, ["metrics", "force", "overwrite"]);
    const { force = false, overwrite = false } = options;
    checkStep(fn, step);
    this.#checkOpen(fn, true);
    this.#raise();
    const { saveInterval = 1, async: isAsync = true } = this.#policy;
    if (!force && step % saveInterval !== 0) {
      if (this.#pending.size > 0) await turn();
      return false;
    }
    const record: Step = { step, metrics: checkMetrics(fn, options.metrics, this.#policy.best) };
    if (!overwrite) this.#checkNew(fn, step);

    const plan = planTree(tree, notesOf(record), isAsync ? copied : inPlace);
    const before = this.#writing;
    this.#pending.add(step);
    const write = before.then(() => this.#write(record, plan, overwrite)).finally(() => this.#pending.delete(step));
    this.#writing = write.catch((error: unknown) => {
      if (isAsync) this.#fail(error);
    });
    await (isAsync ? before.then(turn) : write);
    return true;
  }

  /**
   * The tree of a step, the latest if none is given, after all that was asked for is written. The options are those of
   * `io.load`: with `like`, leaves are checked and put into the structure of another tree.
   *
   * @throws CheckpointError CT711 if there is no such step, and what `io.load` throws
   */
  async restore<T = unknown>(step?: number, options: LoadOptions<T> = {}): Promise<T> {
    const fn = `${who}.restore`;
    if (step !== undefined) checkStep(fn, step);
    this.#checkOpen(fn, false);
    await this.#writing;
    this.#raise();
    const steps = this.allSteps();
    const wanted = step ?? steps.at(-1);
    if (wanted === undefined || !steps.includes(wanted)) throw this.#missing(fn, wanted, steps);
    return load<T>(this.#files.path(wanted), options);
  }

  /** The newest step that is on disk. */
  latestStep(): number | undefined {
    return this.allSteps().at(-1);
  }

  /** The steps that are on disk, ascending. */
  allSteps(): number[] {
    return this.#files.list().map((s) => s.step);
  }

  /** The step on disk that is best by the metric asked for. */
  bestStep(): number | undefined {
    const { best } = this.#policy;
    return best && bestOf(this.#files.list(), best);
  }

  /** The metrics a step was saved with. */
  metrics(step: number): Metrics {
    checkStep(`${who}.metrics`, step);
    const steps = this.#files.list();
    const found = steps.find((s) => s.step === step);
    if (found !== undefined) return found.metrics;
    throw this.#missing(
      `${who}.metrics`,
      step,
      steps.map((s) => s.step),
    );
  }

  /** Resolves when all that was asked for is on disk. */
  async waitUntilFinished(): Promise<void> {
    await this.#writing;
    this.#raise();
  }

  /** The same, and lets other writers have the directory. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    this.#lock?.release();
    this.#raise();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Only after a step is on disk do those go for which it makes up. */
  async #write(record: Step, plan: TreePlan, overwrite: boolean): Promise<void> {
    const { step } = record;
    // A file that is there all the same was damaged and is no step.
    await savePlan(this.#files.path(step), plan, true);
    this.#files.add(record);
    const steps = this.#files.list();
    const abandoned = overwrite ? steps.filter((s) => s.step > step) : [];
    const rest = steps.filter((s) => !abandoned.includes(s));
    await this.#files.remove(
      abandoned.map((s) => s.step),
      true,
    );
    // Were these there again after a crash, the next save would remove them.
    await this.#files.remove(superfluous(rest, this.#policy), false);
  }

  #checkOpen(fn: string, writes: boolean): void {
    if (this.#isClosed) throw new CheckpointError("CT713", `${fn}: the manager was closed. Make another one.`);
    if (writes && this.#lock === undefined) {
      throw new CheckpointError("CT713", `${fn}: the manager is read-only. Make one without readOnly: true.`);
    }
  }

  #checkNew(fn: string, step: number): void {
    const newest = Math.max(-1, this.latestStep() ?? -1, ...this.#pending);
    if (step > newest) return;
    const there = step === newest || this.#pending.has(step) || this.allSteps().includes(step);
    throw new CheckpointError(
      "CT712",
      `${fn}: step ${step} ${there ? "is there already" : `comes before ${newest}, which is there`}. ` +
        `Go on after restore(), which gives step ${newest}; or say overwrite: true, which ${
          step === newest ? "replaces it" : `makes this the latest step and removes those after it, up to ${newest}`
        }.`,
    );
  }

  #missing(fn: string, step: number | undefined, steps: readonly number[]): CheckpointError {
    const there = steps.length === 0 ? "no checkpoint" : `the steps ${steps.join(", ")}`;
    return new CheckpointError(
      "CT711",
      step === undefined
        ? `${fn}: there is ${there} in '${this.directory}'. Ask latestStep() first, and start afresh if it is undefined.`
        : `${fn}: step ${step} is not in '${this.directory}', which has ${there}.`,
    );
  }

  #fail(error: unknown): void {
    // The first failure tells more than those that follow from it.
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    process.once("beforeExit", this.#report);
  }

  #raise(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    this.#failure = undefined;
    process.off("beforeExit", this.#report);
    throw failure.error;
  }
}
