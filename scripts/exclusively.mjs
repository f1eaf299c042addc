// One process at a time: a file that names who works, for as long as they do.
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const pauseMs = 100;

/** Runs the task while no other process runs one under the same lock; `waiting` is called once if that takes a while. */
export function exclusively(lock, task, waiting = () => {}) {
  mkdirSync(dirname(lock), { recursive: true });
  const me = `${process.pid} ${randomUUID()}`;
  for (let told = false; !create(lock, me); ) {
    if (removeDead(lock)) continue;
    if (!told) waiting();
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  try {
    return task();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the file was created, with its text at once: nobody sees it half written. */
function create(file, text) {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Whether the lock was that of a process which is gone, and is removed. */
function removeDead(lock) {
  const holder = textOf(lock);
  const [pid, id] = holder.split(" ");
  if (id === undefined || isAlive(Number(pid))) return false;
  // Who comes second must not remove the lock of whoever took it in between.
  const claim = `${lock}.${id}.dead`;
  if (!create(claim, "")) return false;
  try {
    const same = textOf(lock) === holder;
    if (same) rmSync(lock);
    return same;
  } finally {
    rmSync(claim);
  }
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
