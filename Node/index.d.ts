/** Checks media and jobs for image-to-video APIs before they are sent. */

export type Verdict = "valid" | "inconclusive" | "invalid";
export type Role = "start_image" | "end_image" | "audio" | "video";

/** A repair of one finding. `text` is a command, an edit or advice, as `kind` states. */
export interface Fix {
  readonly kind: "command" | "edit" | "advice";
  readonly text: string;
  readonly program: "ffmpeg" | "imagemagick" | "jpegtran" | null;
  readonly writes: string | null;
  readonly applicability: "lossless" | "lossy" | "changes-content";
}

/** One broken rule at one place. Code relies on `rule`, `limit` and `actual`; `message` is for people. */
export interface Finding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "note";
  readonly effect: "violation" | "unproved";
  readonly role: Role | null;
  readonly pointer: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly limit: Readonly<Record<string, unknown>> | null;
  readonly actual: Readonly<Record<string, number | string>> | null;
  readonly readings: readonly Readonly<Record<string, unknown>>[];
  readonly fix: Fix | null;
  readonly suppressed?: true;
}

/** One media file. `facts` is what its bytes proved; `delivery` is how it was fetched. */
export interface Asset {
  readonly role: Role | null;
  readonly location: string;
  readonly location_id: string;
  readonly verdict: Verdict;
  readonly facts: Readonly<Record<string, unknown>> | null;
  readonly delivery: Readonly<Record<string, unknown>> | null;
}

/** The result of one asset or one job: an element of `results` in the JSON report. */
export interface Result {
  readonly input: string;
  readonly index: number;
  readonly kind: "job" | "asset";
  readonly id: string | null;
  readonly mode: string | null;
  readonly verdict: Verdict;
  readonly submittable: boolean;
  readonly not_submittable_because: readonly string[];
  readonly assets: readonly Asset[];
  readonly findings: readonly Finding[];
}

/** Options of `wan-check check`, in camel case. An array repeats an option. */
export interface Options {
  role?: Role;
  depth?: "header" | "full" | "decode";
  allowPaths?: boolean;
  allowPrivateHosts?: boolean;
  config?: string;
  jobs?: number;
  map?: string | readonly string[];
  noConfig?: boolean;
  noSandbox?: boolean;
  offline?: boolean;
  profile?: string;
  proxy?: string;
  report?: string | readonly string[];
  requireSandbox?: boolean;
  shard?: string;
  showUrls?: boolean;
  strict?: boolean;
  timeout?: number;
  userAgent?: string;
  /** Stops the run. */
  signal?: AbortSignal;
}

/** The command could not run, was used wrongly, or ended early: there is no verdict. */
export class CommandError extends Error {
  /** The command's exit code; `null` if it did not run, or a signal ended it. */
  readonly exitCode: number | null;
}

/**
 * Checks assets (paths or URLs), job files and folders. Yields the results in order, as soon as they are known.
 *
 * A result that is not valid is not an exception. Throws `CommandError` if the command does not answer everything.
 */
export function check(
  inputs: string | Iterable<string> | AsyncIterable<string>,
  options?: Options,
): AsyncIterableIterator<Result>;

/** Checks request bodies, each bare or as `{id, job}`. Yields a result for each, in order, as soon as it is known. */
export function checkJobs(
  jobs: Iterable<object> | AsyncIterable<object>,
  options?: Options,
): AsyncIterableIterator<Result>;

/** Checks one request body. */
export function checkJob(job: object, options?: Options): Promise<Result>;

/** The path of the command: that of this package, or the one that the environment variable `WAN_CHECK` names. */
export function executable(): string;
