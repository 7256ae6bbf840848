import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, writeFile, copyFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

import { check, checkJob, checkJobs, CommandError, executable } from "wan-check";

// The folder with the fixtures, which the command may read for jobs.
const root = resolve(process.env.WAN_CHECK_ROOT);
const image = join(root, "Fixtures/accept/image/jpeg-420.jpg");
const small = join(root, "Fixtures/readme/lake.png");
let scratch;

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), "wan-check-"));
  process.chdir(root);
});
after(() => rm(scratch, { recursive: true }));

async function all(results) {
  const list = [];
  for await (const result of results) list.push(result);
  return list;
}

test("results come in order, with facts and findings", async () => {
  const [good, bad] = await all(check([image, small], { noConfig: true }));
  assert.equal(good.input, image);
  assert.equal(good.verdict, "valid");
  assert.equal(good.assets[0].facts.width, 640);
  assert.equal(bad.verdict, "invalid");
  const finding = bad.findings.find((finding) => finding.rule === "image-dimensions");
  assert.deepEqual(finding.actual, { width: 200, height: 150 });
  assert.equal(finding.fix.program, "imagemagick");
});

test("one string is one input, and options reach the command", async () => {
  const [result] = await all(check(image, { role: "end_image", depth: "header" }));
  assert.equal(result.assets[0].role, "end_image");
  assert.deepEqual(result.assets[0].facts.evidence, ["header", "declared_end"]);
});

test("jobs from an asynchronous source", async () => {
  async function* jobs() {
    for (let number = 0; number < 40; number += 1) {
      yield { id: `shot-${number}`, job: { prompt: "pan", start_image_url: number % 2 ? image : small } };
    }
  }
  const results = await all(checkJobs(jobs()));
  assert.deepEqual(results.map((result) => result.id), Array.from({ length: 40 }, (_, number) => `shot-${number}`));
  assert.deepEqual(results.slice(0, 2).map((result) => result.verdict), ["invalid", "valid"]);
  assert.equal((await checkJob({ prompt: "pan", start_image_url: image })).mode, "first_frame");
});

test("unusual names", async () => {
  const files = ["-.jpg", "a b\n.jpg", "ü.jpg"].map((name) => join(scratch, name));
  await Promise.all(files.map((file) => copyFile(image, file)));
  assert.deepEqual((await all(check(files))).map((result) => result.verdict), ["valid", "valid", "valid"]);
  await assert.rejects(all(check(["a\0b"])), TypeError);
});

test("wrong usage", async () => {
  assert.throws(() => check(image, { format: "text" }), /unknown option format/);
  await assert.rejects(all(check(image, { depth: "deep" })), (error) => error instanceof CommandError && error.exitCode === 2);
  await assert.rejects(all(check([])), (error) => error instanceof CommandError && error.exitCode === 2);
  await assert.rejects(all(checkJobs([[]])), TypeError);
});

test("an error of the inputs reaches the caller", async () => {
  function* inputs() {
    yield image;
    throw new RangeError("mine");
  }
  await assert.rejects(all(check(inputs())), /mine/);
});

test("a loop that ends early ends the command", async () => {
  for await (const result of check(Array(300).fill(image))) {
    assert.equal(result.verdict, "valid");
    break;
  }
});

test("an aborted run is an AbortError", async () => {
  const controller = new AbortController();
  async function* inputs() {
    yield image;
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 10));
    yield image;
  }
  await assert.rejects(all(check(inputs(), { signal: controller.signal })), { name: "AbortError" });
});

// The options that the API sets itself, or that have no place in it.
const own = [
  "color", "files-from0", "format", "help", "print-config", "quiet", "show-valid", "stdin-filename", "verbose", "version",
  "no-strict", "exit-zero",
];

test("the API and its declarations have every option of the command", async () => {
  const dump = execFileSync(executable(), ["--experimental-dump-help"], { maxBuffer: 1 << 24 });
  const commands = JSON.parse(dump).command.subcommands;
  const options = commands.find((command) => command.commandName === "check").arguments
    .filter((argument) => argument.shouldDisplay !== false)
    .flatMap((argument) => argument.names ?? [])
    .filter((name) => name.kind === "long" && !own.includes(name.name))
    .map((name) => name.name.replace(/-[a-z]/g, (letter) => letter[1].toUpperCase()));
  assert.ok(options.length > 15);
  const declarations = await readFile(new URL("node_modules/wan-check/index.d.ts", import.meta.url), "utf8");
  for (const option of options) {
    assert.match(declarations, new RegExp(`\\b${option}\\?:`));
    assert.doesNotThrow(() => check([], { [option]: true }));
  }
});

async function fake(body) {
  const program = join(scratch, "fake");
  await writeFile(program, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return program;
}

test("framed and unframed lines; a run without its end is an error", async () => {
  const before = process.env.WAN_CHECK;
  const result = '{"input":"a","index":0,"verdict":"valid"}';
  try {
    for (const [head, tail] of [['{"kind":"run"}', '{"kind":"summary","summary":{}}'], [result, '{"summary":{}}']]) {
      process.env.WAN_CHECK = await fake(`cat >/dev/null; echo '${head}'; echo '${result}'; echo '${tail}'`);
      assert.equal((await all(check("a"))).at(-1).verdict, "valid");
    }
    for (const end of ["exit 0", "kill -9 $$", "echo nonsense", "echo '{\"summary\":{}}'; exit 4"]) {
      process.env.WAN_CHECK = await fake(`cat >/dev/null; echo '${result}'; ${end}`);
      await assert.rejects(all(check("a")), CommandError);
    }
    process.env.WAN_CHECK = join(scratch, "none");
    await assert.rejects(all(check("a")), /cannot start wan-check/);
  } finally {
    if (before === undefined) delete process.env.WAN_CHECK;
    else process.env.WAN_CHECK = before;
  }
  assert.ok(executable());
});
