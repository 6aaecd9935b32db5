// A PostgreSQL of our own with the settings of deploy/postgresql.conf, but for its memory, and its real durability
// (tools/postgres-for-tests gives it up): stopped, killed, restarted, cut.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePort, root, run, sleep, surveiller, until } from "./lib.mjs";

export function binaires() {
  for (const dir of [process.env.PG_BINDIR, "/usr/lib/postgresql/15/bin", ...[16, 17, 18, 19].map((n) => `/usr/lib/postgresql/${n}/bin`)])
    if (dir && fs.existsSync(path.join(dir, "initdb"))) return dir;
  return null;
}

/** initdb and postgres refuse to run as root: the Debian package made a user for them. */
const asServer = (command, args) => process.getuid() === 0 ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", command, ...args]] : [command, args];

export class Postgres {
  /** `dir`: an absolute path that user postgres may enter; made here. */
  constructor(dir, extra = "") { Object.assign(this, { dir, extra, bin: binaires() }); }

  async creer() {
    fs.mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    if (process.getuid() === 0) await run("chown", ["postgres:", this.dir]);
    this.port = await freePort();
    await run(...asServer(`${this.bin}/initdb`, ["-D", this.data, "-U", "logis", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8"]), { cwd: "/" });
    fs.appendFileSync(`${this.data}/postgresql.conf`, `
${fs.readFileSync(path.join(root, "deploy/postgresql.conf"), "utf8")}
listen_addresses = '127.0.0.1'
port = ${this.port}
unix_socket_directories = '${this.dir}'
max_connections = 100
shared_buffers = 64MB
deadlock_timeout = 100ms
log_min_messages = fatal
${this.extra}
`);
    return this;
  }

  /** A program of PostgreSQL under the account that owns the directory. */
  commande(name, args) { return asServer(`${this.bin}/${name}`, args); }

  get data() { return `${this.dir}/data`; }
  get url() { return `postgresql://logis@127.0.0.1:${this.port}/postgres`; }
  base(name) { return `postgresql://logis@127.0.0.1:${this.port}/${name}`; }

  async demarrer() {
    const [command, args] = asServer(`${this.bin}/postgres`, ["-D", this.data]);
    const log = fs.openSync(`${this.dir}/log`, "a");
    this.process = surveiller(spawn(command, args, { cwd: "/", stdio: ["ignore", log, log] }));
    fs.closeSync(log);
    this.mort = new Promise((done) => this.process.once("exit", done));
    await until("PostgreSQL répond", 60_000, async () => this.pret(), 30);
    return this;
  }

  pret() {
    return spawnSync(`${this.bin}/pg_isready`, ["-q", "-h", "127.0.0.1", "-p", String(this.port)]).status === 0;
  }

  /** `mode`: fast, immediate (as a crash, without asking anything of the clients), smart. */
  async arreter(mode = "fast") {
    if (!this.process) return;
    await run(...asServer(`${this.bin}/pg_ctl`, ["-D", this.data, "-m", mode, "-w", "-t", "60", "stop"]), { cwd: "/", libre: true });
    await this.mort;
    this.process = null;
  }

  /** kill -9 of the postmaster: its children see it and end; a new one may start once they have gone. */
  async tuer() {
    const pid = Number(fs.readFileSync(`${this.data}/postmaster.pid`, "utf8").split("\n")[0]);
    try {
      process.kill(pid, "SIGKILL");
    } catch { /* it gave up by itself: its disk was gone */ }
    await this.mort;
    this.process = null;
    // Its children see that it has gone and end; they are found by the directory they work in.
    await until("les processus de PostgreSQL sont partis", 30_000, () => this.restes().length === 0, 20);
  }

  /**
   * What a power cut does to the processes: none is left. Not `tuer`: one that dies while it writes the journal leaves
   * those that wait for its lock asleep for ever, the postmaster gone or not.
   */
  async eteindre() {
    await until("les processus de PostgreSQL sont partis", 30_000, () => {
      for (const pid of this.restes()) try { process.kill(pid, "SIGKILL"); } catch { /* gone meanwhile */ }
      return this.restes().length === 0;
    }, 20);
    await this.mort;
    this.process = null;
  }

  /** The postmaster, then what it has started. */
  processus() {
    const pid = Number(fs.readFileSync(`${this.data}/postmaster.pid`, "utf8").split("\n")[0]);
    const { stdout } = spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
    return [pid, ...stdout.trim().split("\n").filter(Boolean).map(Number)];
  }

  /** Every process of the server stands still, as behind a network that swallows everything; then goes on. */
  async geler(ms) {
    const pids = this.processus();
    const envoyer = (signal) => { for (const p of pids) try { process.kill(p, signal); } catch { /* gone meanwhile */ } };
    envoyer("SIGSTOP");
    await sleep(ms);
    envoyer("SIGCONT");
  }

  /** Cuts every connection of a database, as a network or an administrator would. */
  couper(database) {
    return this.sql("postgres", `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND pid <> pg_backend_pid()`);
  }

  async sql(database, text) {
    const { out } = await run(`${this.bin}/psql`, ["-XqtA", "-v", "ON_ERROR_STOP=1", this.base(database), "-f", "-"], { input: text });
    return out.trim();
  }

  /** Starts it if it has given up. */
  async relancer() {
    await sleep(1000);
    // It may recover by itself, or give up while it does.
    for (const fin = Date.now() + 60_000; this.process?.exitCode === null && this.process.signalCode === null && Date.now() < fin; await sleep(200))
      if (await this.sql("postgres", "SELECT 1").then(() => true, () => false)) return;
    this.process?.kill("SIGKILL");
    this.process = null;
    await until("les processus de PostgreSQL sont partis", 30_000, () => this.restes().length === 0, 20);
    await this.demarrer();
  }

  /** The processes that work in its directory. */
  restes() {
    return fs.readdirSync("/proc").filter((p) => {
      try {
        return /^\d+$/.test(p) && fs.readlinkSync(`/proc/${p}/cwd`) === this.data;
      } catch {
        return false;
      }
    }).map(Number);
  }

  async oublier() {
    await this.arreter("immediate").catch(() => {});
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}
