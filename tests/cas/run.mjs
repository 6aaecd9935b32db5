// Runs the journeys of tests/cas/*.cas against the real binary, on SQLite and (when LOGIS_TEST_POSTGRES is set) on
// PostgreSQL. A journey is a text file; see README.md beside this file for its few words.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const binary = path.resolve(root, process.env.LOGIS_BINARY ?? "build/logis");
const password = "Logis-demo-2026";
const only = process.argv.slice(2);

/** Splits a file into exchanges: {line, title, who, method, url, fields, files, checks}. */
function parse(file) {
  const exchanges = [];
  let current = null;
  let title = "";
  let answer = false;
  fs.readFileSync(file, "utf8").split("\n").forEach((raw, index) => {
    const line = raw.trimEnd();
    const fail = (why) => { throw new Error(`${file}:${index + 1}: ${why}: ${line}`); };
    if (line.startsWith("#")) { title = line.replace(/^#+\s*/, ""); return; }
    if (line === "") { answer = false; current = null; return; }
    if (!current) {
      current = { line: index + 1, title, who: null, method: null, url: null, fields: [], files: [], checks: [] };
      exchanges.push(current);
    }
    if (answer) { current.checks.push({ line: index + 1, text: line.trim() }); return; }
    let m;
    if (line === "---") { answer = true; if (!current.method) fail("no request before ---"); return; }
    if ((m = /^en tant que\s+(\S+)$/.exec(line))) { current.who = m[1]; return; }
    if (line === "visiteur") { current.who = ""; return; }
    if ((m = /^(GET|POST)\s+(\S.*)$/.exec(line))) { current.method = m[1]; current.url = m[2]; return; }
    if ((m = /^fichier\s+([\w-]+)=(.+)$/.exec(line))) { current.files.push([m[1], m[2]]); return; }
    if ((m = /^([\w.[\]-]+)=(.*)$/.exec(line))) { current.fields.push([m[1], m[2]]); return; }
    fail("not understood");
  });
  return exchanges;
}

const decode = (html) => html
  .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;|&#x27;/g, "'").replace(/&amp;/g, "&");

class Client {
  constructor(base) { this.base = base; this.cookies = new Map(); this.agent = undefined; this.csrf = ""; }
  async send(method, url, body) {
    const headers = { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "), accept: "text/html" };
    const response = await fetch(this.base + url, { method, headers, body, redirect: "manual" });
    for (const line of response.headers.getSetCookie?.() ?? [response.headers.get("set-cookie")].filter(Boolean)) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = decode(await response.text());
    const token = /name="csrf" value="([^"]*)"/.exec(text);
    if (token) this.csrf = token[1];
    return { status: response.status, location: response.headers.get("location") ?? "", text,
      type: response.headers.get("content-type") ?? "", disposition: response.headers.get("content-disposition") ?? "" };
  }
  async token() {
    await this.send("GET", "/parametres-affichage");
    return this.csrf;
  }
  async become(who) {
    if (who === this.agent) return;
    this.cookies.clear();
    this.agent = who;
    if (!who) return;
    const form = new URLSearchParams({ csrf: await this.token(), email: who, mot_de_passe: password });
    const answer = await this.send("POST", "/connexion", form);
    if (answer.status !== 303) throw new Error(`${who} cannot log in: ${answer.status}`);
  }
}

async function exchange(client, e, variables) {
  const fill = (s) => s.replace(/\{([a-z_]+)\}/g, (all, name) => variables.has(name) ? variables.get(name) : all);
  if (e.who !== null) await client.become(fill(e.who));
  let body;
  if (e.method === "POST") {
    body = e.files.length ? new FormData() : new URLSearchParams();
    body.append("csrf", await client.token());
    for (const [k, v] of e.fields) body.append(k, fill(v).replace(/\\n/g, "\n"));
    for (const [k, name] of e.files) {
      const file = path.isAbsolute(name) ? name : path.join(root, name);
      body.append(k, new Blob([fs.readFileSync(file)]), path.basename(file));
    }
  }
  const answer = await client.send(e.method, fill(e.url), body);
  for (const { line, text } of e.checks) {
    const wrong = (why) => { throw new Error(`line ${line}: ${text}\n    ${why}`); };
    let m;
    if ((m = /^(\d{3})(?:\s+(\S+))?$/.exec(text))) {
      if (answer.status !== Number(m[1])) {
        const said = answer.text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 1500);
        wrong(`status ${answer.status} ${answer.location}\n    ${said}`);
      }
      if (m[2] && !answer.location.startsWith(fill(m[2]))) wrong(`location ${answer.location}`);
    } else if ((m = /^contient\s+(.+)$/.exec(text))) {
      if (!answer.text.includes(fill(m[1]))) wrong("not in the page");
    } else if ((m = /^sans\s+(.+)$/.exec(text))) {
      if (answer.text.includes(fill(m[1]))) wrong("is in the page");
    } else if ((m = /^type\s+(.+)$/.exec(text))) {
      if (!answer.type.startsWith(m[1])) wrong(`content type ${answer.type}`);
    } else if ((m = /^retient\s+([a-z_]+)\s*=\s*(.+)$/.exec(text))) {
      const found = new RegExp(fill(m[2])).exec(answer.location + "\n" + answer.text);
      if (!found) wrong("nothing to keep");
      variables.set(m[1], found[1]);
    } else {
      wrong("not understood");
    }
  }
}

function start(database, directory) {
  const env = { ...process.env, LOGIS_MODE: "test", LOGIS_FILES: path.join(directory, "fichiers"), LOGIS_SMTP: "", LOGIS_JOBS: "false", LOGIS_LOG: "warning" };
  const args = ["--database", database, "--now", "2026-11-23T09:00:00Z"];
  const seeded = spawnSync(binary, ["seed", ...args], { env, encoding: "utf8" });
  if (seeded.status !== 0) throw new Error(`seed: ${seeded.stderr}${seeded.stdout}`);
  const server = spawn(binary, ["serve", "--port", "0", ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let out = "";
    server.stdout.on("data", (piece) => {
      out += piece;
      const m = /(http:\/\/127\.0\.0\.1:\d+)/.exec(out);
      if (m) resolve({ server, base: m[1] });
    });
    server.on("exit", (code) => reject(new Error(`the server stopped (${code}): ${out}`)));
  });
}

let passed = 0;
let failed = 0;
const engines = [["sqlite", (dir) => `sqlite:${dir}/logis.db`]];
if (process.env.LOGIS_TEST_POSTGRES) {
  engines.push(["postgresql", () => {
    const url = new URL(process.env.LOGIS_TEST_POSTGRES);
    const name = `cas_${process.pid}`;
    const made = spawnSync("psql", [url.href, "-qc", `CREATE DATABASE ${name}`], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
    url.pathname = `/${name}`;
    return url.href;
  }]);
} else {
  console.log("skipped: journeys on PostgreSQL (LOGIS_TEST_POSTGRES is not set)");
}

const files = fs.readdirSync(here).filter((f) => f.endsWith(".cas") && (!only.length || only.some((o) => f.includes(o)))).sort();
for (const [engine, database] of engines) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "logis-cas-"));
  const { server, base } = await start(database(directory), directory);
  server.removeAllListeners("exit");
  for (const file of files) {
    const client = new Client(base);
    const variables = new Map();
    for (const e of parse(path.join(here, file))) {
      try {
        await exchange(client, e, variables);
        passed += 1;
      } catch (error) {
        failed += 1;
        console.log(`${file}:${e.line} (${engine}) ${e.title}\n  ${error.message}`);
        break; // the rest of the journey stands on this step
      }
    }
  }
  server.kill("SIGTERM");
  await new Promise((resolve) => server.on("exit", resolve));
  fs.rmSync(directory, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
