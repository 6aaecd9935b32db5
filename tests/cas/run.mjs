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
const opening = "2026-11-23T09:00:00Z";
const only = process.argv.slice(2);

/** Splits a file into exchanges: {line, title, who, at, method, url, fields, files, checks}. */
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
      current = { line: index + 1, title, who: null, at: null, method: null, url: null, fields: [], files: [], checks: [] };
      exchanges.push(current);
    }
    if (answer) { current.checks.push({ line: index + 1, text: line.trim() }); return; }
    let m;
    if (line === "---") { answer = true; if (!current.method) fail("no request before ---"); return; }
    if ((m = /^en tant que\s+(\S+)(?:\s+\(([^)]+)\))?(?:\s+avec\s+(.+))?$/.exec(line))) {
      current.who = { email: m[1], device: m[2] ?? "", password: m[3] };
      return;
    }
    if ((m = /^visiteur(?:\s+(\S.*))?$/.exec(line))) { current.who = { email: "", device: m[1] ?? "" }; return; }
    if ((m = /^le\s+(\d{4}-\d\d-\d\dT\S+)$/.exec(line))) { current.at = m[1]; return; }
    if ((m = /^(GET|POST|courriel|logis|comme)\s+(\S.*)$/.exec(line))) { current.method = m[1]; current.url = m[2]; return; }
    if ((m = /^fichier\s+([\w{}-]+)=(.+)$/.exec(line))) { current.files.push([m[1], m[2]]); return; }
    if ((m = /^([\w.[\]{}-]+)=(.*)$/.exec(line))) { current.fields.push([m[1], m[2]]); return; }
    fail("not understood");
  });
  return exchanges;
}

const decode = (html) => html
  .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;|&#x27;/g, "'").replace(/&amp;/g, "&");

/** Typographic spaces count as spaces. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

class Client {
  constructor(site) { this.site = site; this.cookies = new Map(); this.browsers = new Map(); this.csrf = ""; }
  async send(method, url, body) {
    const headers = { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "), accept: "text/html" };
    const response = await fetch(this.site.base + url, { method, headers, body, redirect: "manual" });
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
  /** From a page of the same session: that of an applicant is not that of an agent. */
  async token(url = "") {
    await this.send("GET", /^\/(ma|nouvelle)-demande/.test(url) ? "/ma-demande" : "/parametres-affichage");
    return this.csrf;
  }
  /** Takes the browser of this person, which keeps its session from one exchange to the next; logs in the first time. */
  async become(who) {
    const name = `${who.email} ${who.device}`;
    const known = name !== " " && !who.password && this.browsers.get(name);
    this.cookies = known || new Map();
    if (known) return;
    if (!who.email) {
      if (who.device) this.browsers.set(name, this.cookies);
      return;
    }
    const form = new URLSearchParams({ csrf: await this.token(), email: who.email, mot_de_passe: who.password ?? password });
    const answer = await this.send("POST", "/connexion", form);
    if (answer.status !== 303) throw new Error(`${who.email} cannot log in: ${answer.status}`);
    this.browsers.set(name, this.cookies);
  }
}

async function exchange(client, site, e, variables) {
  const fill = (s) => s.replace(/\{([a-z_]+)\}/g, (all, name) => variables.has(name) ? variables.get(name) : all);
  if (e.at !== null) await site.restart(e.at);
  if (e.who !== null) await client.become({ ...e.who, email: fill(e.who.email), device: fill(e.who.device ?? "") });
  let body;
  if (e.method === "POST") {
    body = e.files.length ? new FormData() : new URLSearchParams();
    body.append("csrf", await client.token(fill(e.url)));
    for (const [k, v] of e.fields) body.append(fill(k), fill(v).replace(/\\n/g, "\n"));
    for (const [k, name] of e.files) {
      const file = path.isAbsolute(name) ? name : path.join(root, name);
      body.append(fill(k), new Blob([fs.readFileSync(file)]), path.basename(file));
    }
  }
  if (e.method === "comme") {
    for (const [name, value] of e.fields) variables.set(name, fill(value));
    for (const step of parse(path.join(here, e.url)))
      await exchange(client, site, step, variables).catch((error) => { throw new Error(`${e.url}:${step.line}: ${error.message}`); });
    return;
  }
  const answer = e.method === "courriel" ? await site.mail(fill(e.url))
    : e.method === "logis" ? site.logis(fill(e.url).split(" "))
      : await client.send(e.method, fill(e.url), body);
  for (const { line, text } of e.checks) {
    const wrong = (why) => { throw new Error(`line ${line}: ${text}\n    ${why}`); };
    let m;
    if ((m = /^(\d{3})(?:\s+(\S+))?$/.exec(text))) {
      if (answer.status !== Number(m[1])) {
        const said = answer.text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 1500);
        wrong(`status ${answer.status} ${answer.location}\n    ${said}`);
      }
      if (m[2] && !answer.location.startsWith(fill(m[2]))) wrong(`location ${answer.location}`);
    } else if ((m = /^reçus\s+(\d+)$/.exec(text))) {
      if (answer.count !== Number(m[1])) wrong(`${answer.count} received`);
    } else if ((m = /^objet\s+(.+)$/.exec(text))) {
      if (answer.subject !== fill(m[1])) wrong(`subject ${answer.subject}`);
    } else if ((m = /^contient\s+(.+)$/.exec(text))) {
      if (!plain(answer.text).includes(plain(fill(m[1])))) wrong("not in the page");
    } else if ((m = /^sans\s+(.+)$/.exec(text))) {
      if (plain(answer.text).includes(plain(fill(m[1])))) wrong("is in the page");
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

/** A platform of its own: its server, the clock it was started at, and the mailboxes it writes to. */
class Site {
  constructor(database, directory) {
    this.directory = directory;
    this.args = ["--database", database];
    this.env = { ...process.env, LOGIS_MODE: "test", LOGIS_FILES: path.join(directory, "fichiers"), LOGIS_JOBS: "false", LOGIS_LOG: "warning" };
  }
  async open() {
    const boxes = path.join(this.directory, "courriels");
    fs.mkdirSync(boxes);
    this.sink = spawn("/usr/bin/python3", [path.join(root, "tests/support/smtp_sink.py"), boxes], { stdio: ["pipe", "ignore", "inherit"] });
    const port = path.join(boxes, "port");
    for (const end = Date.now() + 20_000; !fs.existsSync(port);) {
      if (Date.now() > end) throw new Error("the mail server of the tests does not start");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.boxes = boxes;
    this.env.LOGIS_SMTP = `smtp://127.0.0.1:${fs.readFileSync(port, "utf8")}`;
    this.at = opening;
    const seeded = this.logis(["seed"]);
    if (seeded.status !== 200) throw new Error(`seed: ${seeded.text}`);
    await this.serve();
  }
  serve() {
    this.server = spawn(binary, ["serve", "--port", "0", ...this.args, "--now", this.at], { env: this.env, stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((resolve, reject) => {
      let out = "";
      const died = (code) => reject(new Error(`the server stopped (${code}): ${out}`));
      this.server.on("exit", died);
      this.server.stdout.on("data", (piece) => {
        out += piece;
        const m = /(http:\/\/127\.0\.0\.1:\d+)/.exec(out);
        if (!m) return;
        this.base = m[1];
        this.server.off("exit", died);
        resolve();
      });
    });
  }
  async stop() {
    this.server.kill("SIGTERM");
    await new Promise((resolve) => this.server.on("exit", resolve));
  }
  /** The same platform at another moment. */
  async restart(at) {
    if (at === this.at) return;
    await this.stop();
    this.at = at;
    await this.serve();
  }
  /** Runs a command of the binary on the same database, at the same moment. */
  logis(words) {
    const done = spawnSync(binary, [...words, ...this.args, "--now", this.at], { env: this.env, encoding: "utf8", cwd: root });
    return { status: done.status === 0 ? 200 : 500, location: "", type: "", text: done.stdout + done.stderr };
  }
  /** Lets the outbox leave, then reads the last message that reached this address: « ADDRESS sur WORDS OF ITS SUBJECT ». */
  async mail(words) {
    const [, address, about] = /^(\S+)(?:\s+sur\s+(.+))?$/.exec(words);
    const sent = this.logis(["jobs", "run"]);
    if (sent.status !== 200) throw new Error(`jobs run: ${sent.text}`);
    const received = fs.readdirSync(this.boxes).filter((f) => f.endsWith(".json")).sort()
      .map((f) => JSON.parse(fs.readFileSync(path.join(this.boxes, f), "utf8"))).filter((m) => m.to.includes(address) && (!about || plain(m.subject).includes(plain(about))));
    const last = received.at(-1);
    return { status: 200, location: "", type: last?.type ?? "", count: received.length, subject: last?.subject ?? "",
      text: last ? `${last.text}\n${decode(last.html)}` : "" };
  }
  async close() {
    await this.stop();
    this.sink.stdin.end();
    await new Promise((resolve) => this.sink.on("exit", resolve));
  }
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

/** The latest moment that a journey lives: tasks that ran then are not due before it, so the farthest comes last. */
const latest = (file) => parse(path.join(here, file)).map((e) => e.at ?? "").sort().at(-1);
const files = fs.readdirSync(here).filter((f) => f.endsWith(".cas") && (!only.length || only.some((o) => f.includes(o)))).sort()
  .sort((a, b) => (latest(a) < latest(b) ? -1 : latest(a) > latest(b) ? 1 : 0));
for (const [engine, database] of engines) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "logis-cas-"));
  const site = new Site(database(directory), directory);
  await site.open();
  for (const file of files) {
    await site.restart(opening);
    const client = new Client(site);
    const variables = new Map();
    for (const e of parse(path.join(here, file))) {
      try {
        await exchange(client, site, e, variables);
        passed += 1;
      } catch (error) {
        failed += 1;
        console.log(`${file}:${e.line} (${engine}) ${e.title}\n  ${error.message}`);
        break; // the rest of the journey stands on this step
      }
    }
  }
  await site.close();
  fs.rmSync(directory, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
