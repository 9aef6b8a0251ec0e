#!/usr/bin/env node
// Runs the program for this system, with the same streams and the same exit code.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const system = `${process.platform}-${process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";
const program = join(__dirname, "programs", system, `smsotp-lint${suffix}`);

if (!existsSync(program)) {
  console.error(`smsotp-lint: this package has no program for ${system}`);
  process.exit(2);
}
const { error, signal, status } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`smsotp-lint: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
