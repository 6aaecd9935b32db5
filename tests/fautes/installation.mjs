// One Logis under test: its database, its files, its servers. Starts them, kills them, reads the database behind their back.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { binary, freePort, root, run, signaler, sleep, surveiller } from "./lib.mjs";

/** A process of Logis. `log` holds what it said. */
export class Processus {
  constructor(command, args, { env, log }) {
    this.log = log;
    const out = fs.openSync(log, "a");
    this.enfant = surveiller(spawn(command, args, { env, cwd: root, stdio: ["ignore", out, out] }));
    fs.closeSync(out);
    this.code = null;
    this.fin = new Promise((done) => this.enfant.once("exit", (code, signal) => { this.code = code ?? signal; done(this.code); }));
  }
  get vivant() { return this.code === null; }
  /** A process asked to stop that does not within twenty seconds is killed: whoever wants to know reads the time it took. */
  async tuer(signal = "SIGKILL") {
    if (this.vivant) signaler(this.enfant, signal);
    const patience = setTimeout(() => signaler(this.enfant, "SIGKILL"), 20_000);
    await this.fin;
    clearTimeout(patience);
    return this.code;
  }
}

function sante(port, host) {
  return new Promise((done) => {
    const request = http.get({ host, port, path: "/sante", timeout: 2000 }, (r) => { r.resume(); done(r.statusCode); });
    request.on("error", () => done(0));
    request.on("timeout", () => request.destroy());
  });
}

export class Installation {
  /** `moteur`: sqlite or postgresql; `dossier`: where the database (SQLite), the files and the logs go. */
  constructor({ moteur, dossier, postgres, env = {} }) {
    Object.assign(this, { moteur, dossier, postgres, nom: path.basename(dossier).replace(/[^a-z0-9]/gi, "_").toLowerCase() });
    this.environnement = env;
    this.retours = []; // ms between the start of a server and its first answer
  }

  get fichiers() { return this.lieuFichiers ?? path.join(this.dossier, "fichiers"); }
  get cheminBase() { return this.lieuBase ?? path.join(this.dossier, "logis.db"); }
  get url() { return this.moteur === "sqlite" ? `sqlite:${this.cheminBase}${this.optionBase ?? ""}` : this.postgres.base(this.nom); }

  env(extra = {}) {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith("LOGIS_")));
    return {
      ...clean, LOGIS_MODE: "test", LOGIS_DATABASE: this.url, LOGIS_FILES: this.fichiers, LOGIS_LOG: "info",
      LOGIS_TRUSTED_PROXIES: "127.0.0.1", LOGIS_JOBS: "false", ...this.environnement, ...extra,
    };
  }

  /** A copy of the seeded demonstration, made once per engine and run. */
  async preparer(modele) {
    fs.mkdirSync(this.dossier, { recursive: true });
    if (this.moteur === "sqlite") {
      fs.mkdirSync(path.dirname(this.cheminBase), { recursive: true });
      fs.copyFileSync(modele.base, this.cheminBase);
    } else {
      await this.postgres.sql("postgres", `DROP DATABASE IF EXISTS ${this.nom} WITH (FORCE); CREATE DATABASE ${this.nom} STRATEGY file_copy TEMPLATE ${modele.base}`);
    }
    fs.cpSync(modele.fichiers, this.fichiers, { recursive: true });
    this.port = await freePort();
    // What the story had sent before anything began.
    this.anciens = new Set((await this.lignes("SELECT id FROM courriel")).map((c) => c.id));
    return this;
  }

  logis(args, { env, libre, ms, avant = [] } = {}) {
    const [command, ...rest] = [...avant, binary, ...args];
    return run(command, rest, { env: this.env(env), libre, ms });
  }

  /**
   * Starts a server and waits for its first answer; the time goes to `retours`. `avant`: a command that wraps it. `mortel`: it may
   * die before that.
   */
  async servir({ port = this.port, adresse = "127.0.0.1", env, avant = [], attendre = 20_000, args = [], mortel = false } = {}) {
    const debut = performance.now();
    const [command, ...rest] = [...avant, binary, "serve", "--port", String(port), ...args];
    const p = new Processus(command, rest, { env: this.env({ LOGIS_ADDRESS: adresse, ...env }), log: path.join(this.dossier, "serveur.log") });
    for (;;) {
      if (await sante(port, adresse) === 200) break;
      if (!p.vivant && mortel) return p;
      if (!p.vivant) throw new Error(`le serveur s’est arrêté (${p.code})\n${this.dernieresLignes()}`);
      if (performance.now() - debut > attendre) { await p.tuer(); throw new Error(`le serveur ne répond pas\n${this.dernieresLignes()}`); }
      await sleep(5);
    }
    p.retour = performance.now() - debut;
    this.retours.push(p.retour);
    return p;
  }

  /** The runner of tasks, or another command, beside the server. */
  taches({ env, args = ["--loop"], commande = ["jobs", "run", ...args], avant = [] } = {}) {
    const [command, ...rest] = [...avant, binary, ...commande];
    return new Processus(command, rest, { env: this.env(env), log: path.join(this.dossier, "taches.log") });
  }

  dernieresLignes(n = 12) {
    try {
      return fs.readFileSync(path.join(this.dossier, "serveur.log"), "utf8").trimEnd().split("\n").slice(-n).join("\n");
    } catch {
      return "";
    }
  }

  /** Rows of a SELECT as objects, read by the engine's own program: not through the code under test. */
  async lignes(select) {
    if (this.moteur === "sqlite") {
      const { out } = await run("sqlite3", ["-json", "-cmd", ".timeout 10000", this.cheminBase, select]);
      return out.trim() ? JSON.parse(out) : [];
    }
    const out = await this.postgres.sql(this.nom, `SELECT COALESCE(json_agg(t), '[]') FROM (${select}) t`);
    return JSON.parse(out || "[]");
  }

  async valeur(select) {
    const [row] = await this.lignes(select);
    return row ? Object.values(row)[0] : undefined;
  }

  /** Sends what waits, as the runner would have once the leases of the dead are over. */
  async rattraper(env, quand = 3600) {
    for (const seconds of [0, quand, quand + 4000]) {
      const now = new Date(Date.now() + seconds * 1000).toISOString();
      // Two hundred deaths leave thousands of messages, which a mail server takes one by one.
      await this.logis(["jobs", "run", "--now", now], { env, libre: true, ms: 900_000 });
    }
  }

  async verifier(options = []) {
    const { code, out, err } = await this.logis(["verifier", "--json", ...options], { libre: true, ms: 600_000 });
    let bilan;
    try {
      bilan = JSON.parse(out);
    } catch {
      throw new Error(`logis verifier n’a pas répondu (${code}) : ${err}${out.slice(-500)}`);
    }
    return bilan;
  }
}

/** The seeded demonstration that installations are copied from. */
export async function modele(moteur, dossier, postgres) {
  fs.mkdirSync(dossier, { recursive: true });
  const i = new Installation({ moteur, dossier, postgres });
  if (moteur === "postgresql") await postgres.sql("postgres", `CREATE DATABASE ${i.nom}`);
  await i.logis(["seed"]);
  if (moteur === "sqlite") await run("sqlite3", [i.cheminBase, "PRAGMA wal_checkpoint(TRUNCATE)"]);
  return { base: moteur === "sqlite" ? i.cheminBase : i.nom, fichiers: i.fichiers };
}
