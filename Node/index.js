import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// Exit codes of a run that answered: everything valid, something invalid, something inconclusive.
const answers = new Set([0, 1, 3]);
const names = [
  "role", "depth", "allowPaths", "allowPrivateHosts", "config", "jobs", "map", "noConfig",
  "noSandbox", "offline", "profile", "proxy", "report", "requireSandbox", "shard", "showUrls", "strict", "timeout",
  "userAgent",
];

export class CommandError extends Error {
  constructor(message, exitCode, options) {
    super(message, options);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

export function executable() {
  return process.env.WAN_CHECK || fileURLToPath(new URL("native/bin/wan-check", import.meta.url));
}

export function check(inputs, options = {}) {
  const list = typeof inputs === "string" ? [inputs] : inputs;
  return run(["--files-from0=-"], list, options, (name) => {
    if (typeof name !== "string") throw new TypeError("an input is a string");
    if (name.includes("\0")) throw new TypeError("an input contains a null character");
    return `${name}\0`;
  });
}

export function checkJobs(jobs, options = {}) {
  return run(["-", "--stdin-filename=jobs.jsonl"], jobs, options, (job) => {
    if (typeof job !== "object" || job === null || Array.isArray(job)) throw new TypeError("a job is an object");
    return `${JSON.stringify(job)}\n`;
  });
}

export async function checkJob(job, options = {}) {
  let first;
  for await (const result of checkJobs([job], options)) first ??= result;
  if (!first) throw new CommandError("wan-check answered nothing", 0);
  return first;
}

function toArguments(options) {
  const words = [];
  for (const [name, value] of Object.entries(options)) {
    if (name === "signal" || value === undefined) continue;
    if (!names.includes(name)) throw new TypeError(`unknown option ${name}`);
    const flag = "--" + name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
    if (value === true) words.push(flag);
    else if (value === false) words.push(...(name === "strict" ? ["--no-strict"] : []));
    else for (const one of Array.isArray(value) ? value : [value]) words.push(`${flag}=${one}`);
  }
  return words;
}

// Not a generator itself, so that a wrong option throws at once.
function run(input, items, options, encode) {
  const words = ["check", "--format=jsonl", "--color=never", ...input, ...toArguments(options)];
  return results(words, items, encode, options.signal);
}

async function* results(words, items, encode, signal) {
  signal?.throwIfAborted();
  const child = spawn(executable(), words, { stdio: "pipe", signal, killSignal: "SIGTERM" });
  let failure;
  let complaints = "";
  child.on("error", (error) => (failure ??= error));
  child.stdin.on("error", () => {}); // The command ended early; its exit code tells why.
  child.stderr.setEncoding("utf8").on("data", (text) => (complaints = (complaints + text).slice(0, 65536)));
  const closed = new Promise((resolve) => child.on("close", (code) => resolve(code)));
  feed(child, items, encode).catch((error) => {
    // The command must not check half a list.
    failure ??= error;
    child.kill("SIGKILL");
  });
  let summarized = false;
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      let record;
      try {
        record = JSON.parse(line);
      } catch (error) {
        throw new CommandError("wan-check printed a line that is not JSON", null, { cause: error });
      }
      if (record.kind === "run") continue;
      if ("verdict" in record) yield record;
      else summarized = "summary" in record && record.interrupted !== true;
    }
    const code = await closed;
    if (failure?.name === "AbortError") throw failure;
    if (failure?.syscall) throw new CommandError(`cannot start wan-check: ${failure.message}`, null, { cause: failure });
    if (failure) throw failure;
    if (!answers.has(code) || !summarized) {
      throw new CommandError(complaints.trim() || `wan-check ended before its summary (exit code ${code})`, code);
    }
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
}

async function feed(child, items, encode) {
  for await (const item of items) {
    if (child.stdin.destroyed) return;
    if (!child.stdin.write(encode(item))) {
      await Promise.race([once(child.stdin, "drain"), once(child, "close")]);
    }
  }
  child.stdin.end();
}
