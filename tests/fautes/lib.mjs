// Small machinery of the faults: waiting, ports, commands, random numbers that can be drawn again. Knows nothing of Logis.
import { spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = path.resolve(root, process.env.LOGIS_BINARY ?? "build/logis");
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

/** The same seed gives the same faults at the same places: it is printed with every failure. */
export function hasard(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, entre: (a, b) => a + Math.floor(next() * (b - a + 1)), parmi: (list) => list[Math.floor(next() * list.length)] };
}

/** A port that nobody listens on, below those the kernel gives to outgoing connections: it must stay free between two starts. */
export async function freePort() {
  for (;;) {
    const port = 20000 + crypto.randomInt(12000);
    const free = await new Promise((done) => {
      const server = net.createServer();
      server.once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
    });
    if (free) return port;
  }
}

/** Waits until `probe` gives something; throws with `what` after `ms`. */
export async function until(what, ms, probe, pause = 10) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what} : toujours rien après ${ms} ms`);
    await sleep(pause);
  }
}

/** Processes that must not outlive the run, whatever ends it. */
export const vivants = new Set();
export function surveiller(child) {
  vivants.add(child);
  child.once("exit", () => vivants.delete(child));
  return child;
}

/** Sends a signal to a process, or to the one that it wraps: strace killed would leave what it watches running. */
export function signaler(child, signal) {
  const { stdout } = spawnSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" });
  const enfants = stdout.trim().split("\n").filter(Boolean).map(Number);
  if (!child.spawnargs[0].endsWith("strace") || !enfants.length) return child.kill(signal);
  for (const pid of enfants) try { process.kill(pid, signal); } catch { /* gone meanwhile */ }
}

/** Runs a command to its end; gives {code, out, err}. Throws when it fails, unless `libre`. */
export function run(command, args, { env = process.env, cwd = root, input, libre = false, ms = 120_000 } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env, cwd, stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
    let out = "", err = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), ms);
    child.stdout.setEncoding("utf8").on("data", (s) => { out += s; });
    child.stderr.setEncoding("utf8").on("data", (s) => { err += s; });
    child.on("error", fail);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0 || libre) return done({ code, signal, out, err });
      fail(new Error(`${command} ${args.join(" ")} : ${code ?? signal}\n${(err + out).slice(-2000)}`));
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

/** Whether a command exists. */
export function existe(command) {
  return (process.env.PATH ?? "").split(":").concat("/usr/sbin", "/sbin")
    .some((dir) => fs.existsSync(path.join(dir, command)));
}

/**
 * What was acknowledged, kept on a disk that no fault touches: a line is written and flushed before the client goes on.
 * `ecrire` is called with each answer that said yes.
 */
export class Acquis {
  constructor(file) {
    this.fd = fs.openSync(file, "a");
    this.lignes = [];
  }
  ecrire(ligne) {
    const now = performance.now();
    this.plusLong = Math.max(this.plusLong ?? 0, now - (this.dernier ?? now));
    this.dernier = now;
    fs.writeSync(this.fd, JSON.stringify(ligne) + "\n");
    fs.fsyncSync(this.fd);
    this.lignes.push(ligne);
  }
  /** The longest time without a « yes » since the last call, in ms. */
  interruption() {
    const longest = Math.max(this.plusLong ?? 0, performance.now() - (this.dernier ?? performance.now()));
    this.plusLong = 0;
    this.dernier = performance.now();
    return Math.round(longest);
  }
  de(type) { return this.lignes.filter((l) => l.type === type); }
  fermer() { fs.closeSync(this.fd); }
}
