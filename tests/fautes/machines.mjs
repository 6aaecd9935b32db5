// The machines around Logis, from the very files of deploy/: only addresses, ports and paths are replaced. haproxy, nginx, etcd, and
// PostgreSQL kept by Patroni.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { existe, freePort, root, run, surveiller, until } from "./lib.mjs";
import { binaires } from "./postgres.mjs";

/** Why the machines cannot be played here. */
export function manquent(...programmes) {
  const absents = programmes.filter((p) => !existe(p));
  return absents.length ? `${absents.join(", ")} : absent (tools/setup faults)` : undefined;
}

/** A file of deploy/ where each [what, instead] is replaced; every « what » must be there, or the file has moved on without its test. */
function deployer(nom, remplacements) {
  let text = fs.readFileSync(path.join(root, "deploy", nom), "utf8");
  for (const [what, instead] of remplacements) {
    if (!text.includes(what)) throw new Error(`deploy/${nom} ne contient plus « ${what} »`);
    text = text.replaceAll(what, instead);
  }
  return text;
}

/** A program of the neighbourhood, ended with the scenario. */
class Voisin {
  lancer(dossier, command, args, options = {}) {
    const log = fs.openSync(path.join(dossier, "log"), "a");
    this.enfant = surveiller(spawn(command, args, { stdio: ["ignore", log, log], cwd: "/", ...options }));
    fs.closeSync(log);
    this.mort = new Promise((done) => this.enfant.once("exit", done));
    return this;
  }
  async arreter(signal = "SIGTERM") {
    this.enfant.kill(signal);
    await this.mort;
  }
}

/** A proxy of deploy/ before `serveurs` (three addresses, one port). `port`: where it listens, with TLS. */
export async function mandataire(nom, dossier, adresses, portServeurs) {
  fs.mkdirSync(dossier, { recursive: true });
  const [port, clair, mesures] = [await freePort(), await freePort(), await freePort()];
  const fichier = (f) => path.join(dossier, f);
  await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=logis.test",
    "-keyout", fichier("logis.key"), "-out", fichier("logis.crt")]);
  const serveurs = adresses.map((a, n) => [`192.0.2.${11 + n}:8080`, `${a}:${portServeurs}`]);
  const v = new Voisin();
  if (nom === "haproxy") {
    fs.writeFileSync(fichier("logis.pem"), fs.readFileSync(fichier("logis.crt")) + fs.readFileSync(fichier("logis.key")));
    fs.writeFileSync(fichier("haproxy.cfg"), deployer("haproxy.cfg", [...serveurs, ["bind :80\n", `bind 127.0.0.1:${clair}\n`],
      ["bind :443", `bind 127.0.0.1:${port}`], ["127.0.0.1:8405", `127.0.0.1:${mesures}`],
      ["/etc/haproxy/logis.pem", fichier("logis.pem")], ["/etc/haproxy/logis-503.http", path.join(root, "deploy/logis-503.http")], ["maxconn 20000", "maxconn 500"]]));
    await run("/usr/sbin/haproxy", ["-c", "-f", fichier("haproxy.cfg")]);
    v.lancer(dossier, "/usr/sbin/haproxy", ["-db", "-f", fichier("haproxy.cfg")]);
  } else {
    fs.writeFileSync(fichier("site.conf"), deployer("nginx.conf", [...serveurs, ["listen 80;", `listen 127.0.0.1:${clair};`],
      ["listen 443 ssl http2;", `listen 127.0.0.1:${port} ssl http2;`], ["  listen [::]:80;\n", ""], ["  listen [::]:443 ssl http2;\n", ""],
      ["/etc/nginx/logis", fichier("logis")], ["/var/log/nginx/logis.log", fichier("acces.log")], ["/var/log/nginx/logis-erreurs.log", fichier("erreurs.log")]]));
    const temps = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((t) => `${t}_temp_path ${fichier(t)};`).join(" ");
    fs.writeFileSync(fichier("nginx.conf"), `${process.getuid() === 0 ? "user root; " : ""}worker_processes 1; pid ${fichier("pid")}; error_log ${fichier("log")}; ` +
      `daemon off; events { worker_connections 512; } http { include /etc/nginx/mime.types; ${temps} include ${fichier("site.conf")}; }\n`);
    await run("/usr/sbin/nginx", ["-t", "-c", fichier("nginx.conf")]);
    v.lancer(dossier, "/usr/sbin/nginx", ["-c", fichier("nginx.conf")]);
  }
  return Object.assign(v, { port, clair, mesures });
}

/** What a server behind the proxy is told of its visitor. */
export async function echo(adresse, port) {
  const serveur = http.createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url === "/sante" ? { vivant: true } : { ...request.headers, "adresse du mandataire": request.socket.remoteAddress }));
  });
  await new Promise((done) => serveur.listen(port, adresse, done));
  return () => { serveur.closeAllConnections?.(); return new Promise((done) => serveur.close(done)); };
}

const postgresUser = process.getuid() === 0 ? { command: "setpriv", args: ["--reuid=postgres", "--regid=postgres", "--init-groups"] } : null;
const sous = (command, args) => postgresUser ? [postgresUser.command, [...postgresUser.args, command, ...args]] : [command, args];

/** Two PostgreSQL kept by Patroni, one etcd; where a person of the harness sees one PostgreSQL (base, sql). */
export class Grappe {
  constructor(dossier) { this.dossier = dossier; }

  async creer() {
    const bin = binaires();
    fs.mkdirSync(this.dossier, { recursive: true, mode: 0o755 });
    this.bin = bin;
    const [client, pair] = [await freePort(), await freePort()];
    const etcdDir = path.join(this.dossier, "etcd");
    fs.mkdirSync(etcdDir, { mode: 0o700 });
    this.etcd = new Voisin().lancer(this.dossier, "etcd", ["--data-dir", etcdDir, "--listen-client-urls", `http://127.0.0.1:${client}`,
      "--advertise-client-urls", `http://127.0.0.1:${client}`, "--listen-peer-urls", `http://127.0.0.1:${pair}`,
      "--initial-advertise-peer-urls", `http://127.0.0.1:${pair}`, "--initial-cluster", `default=http://127.0.0.1:${pair}`, "--logger", "zap"]);
    this.noeuds = [];
    for (const n of [1, 2]) {
      const d = path.join(this.dossier, `pg${n}`);
      fs.mkdirSync(d, { mode: 0o700 });
      if (postgresUser) await run("chown", ["postgres:", d]);
      const [port, api] = [await freePort(), await freePort()];
      const config = deployer("patroni.yml", [["name: pg1", `name: pg${n}`], ["192.0.2.21:8008", `127.0.0.1:${api}`],
        ["[192.0.2.31:2379, 192.0.2.32:2379, 192.0.2.33:2379]", `["127.0.0.1:${client}"]`], ["192.0.2.21:5432", `127.0.0.1:${port}`],
        ["192.0.2.0/24 scram-sha-256", "127.0.0.1/32 trust"], ["/var/lib/postgresql/15/logis", `${d}/data`], ["/usr/lib/postgresql/15/bin", bin],
        ["/var/run/postgresql", d], ["/var/lib/postgresql/patroni.pgpass", `${d}/pgpass`]]);
      // One machine for all: what Debian's service would give by its environment, and no watchdog device.
      fs.writeFileSync(`${this.dossier}/pg${n}.yml`, config.replace("mode: automatic", 'mode: "off"'));
      this.noeuds.push({ nom: `pg${n}`, dossier: d, port, api, config: `${this.dossier}/pg${n}.yml` });
    }
    await until("etcd répond", 20_000, () => fetch(`http://127.0.0.1:${client}/health`).then((r) => r.ok, () => false), 100);
    for (const n of this.noeuds) {
      this.lancer(n);
      await until(`${n.nom} est prêt`, 60_000, async () => (await this.membre(n))?.state === "running", 200);
    }
    await this.synchrone();
    const chef = await this.chef();
    await run(`${bin}/createuser`, ["-h", "127.0.0.1", "-p", String(chef.port), "-U", "postgres", "-s", "logis"]);
    return this;
  }

  lancer(n) {
    const [command, args] = sous("/usr/bin/patroni", [n.config]);
    n.patroni = new Voisin().lancer(this.dossier, command, args,
      { env: { ...process.env, PATRONI_SUPERUSER_PASSWORD: "s", PATRONI_REPLICATION_PASSWORD: "r", PATRONI_REWIND_PASSWORD: "s" } });
  }

  async membre(n) {
    try {
      return await (await fetch(`http://127.0.0.1:${n.api}/patroni`, { signal: AbortSignal.timeout(2000) })).json();
    } catch {
      return null;
    }
  }
  async role(n, role) {
    try {
      return (await fetch(`http://127.0.0.1:${n.api}/${role}`, { signal: AbortSignal.timeout(2000) })).status === 200;
    } catch {
      return false;
    }
  }
  async chef() {
    return until("un primaire", 60_000, async () => { for (const n of this.noeuds) if (await this.role(n, "primary")) return n; return null; }, 50);
  }
  /** The other node holds everything that is acknowledged. */
  synchrone() {
    return until("la réplique est synchrone", 90_000, async () => { for (const n of this.noeuds) if (await this.role(n, "synchronous")) return true; return false; }, 100);
  }

  async basculer() {
    const chef = await this.chef();
    const autre = this.noeuds.find((n) => n !== chef);
    await run(...sous("/usr/bin/patronictl", ["-c", chef.config, "switchover", "logis", "--leader", chef.nom, "--candidate", autre.nom, "--force"]), { cwd: "/" });
    await until(`${autre.nom} est primaire`, 60_000, () => this.role(autre, "primary"), 50);
    return autre;
  }

  /** A signal to Patroni and to its PostgreSQL, at once. */
  async signaler(n, signal) {
    const postmaster = Number(fs.readFileSync(`${n.dossier}/data/postmaster.pid`, "utf8").split("\n")[0]);
    const { out } = await run("pgrep", ["-P", String(postmaster)], { libre: true });
    for (const pid of [n.patroni.enfant.pid, postmaster, ...out.trim().split("\n").filter(Boolean).map(Number)])
      try { process.kill(pid, signal); } catch { /* gone */ }
    if (signal === "SIGKILL") await n.patroni.mort;
    return n;
  }
  async replique() {
    const chef = await this.chef();
    return this.noeuds.find((n) => n !== chef);
  }

  get adresses() { return this.noeuds.map((n) => `127.0.0.1:${n.port}`).join(","); }
  base(name) { return `postgresql://logis@${this.adresses}/${name}?target_session_attrs=read-write`; }
  async sql(database, text) {
    const { out } = await run(`${this.bin}/psql`, ["-XqtA", "-v", "ON_ERROR_STOP=1", this.base(database), "-f", "-"], { input: text });
    return out.trim();
  }

  async oublier() {
    for (const n of this.noeuds ?? []) {
      n.patroni?.enfant.kill("SIGCONT");
      if (n.patroni?.enfant.exitCode === null && n.patroni.enfant.signalCode === null) await n.patroni.arreter("SIGTERM").catch(() => {});
    }
    await this.etcd?.arreter("SIGKILL");
    fs.rmSync(this.dossier, { recursive: true, force: true });
  }
}
