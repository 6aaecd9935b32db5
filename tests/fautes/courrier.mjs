// A real SMTP server (aiosmtpd) that keeps what it receives, behind a door that can be shut, slow, silent or rude.
// The same door stands in front of any other server: an address service, PostgreSQL.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { root, surveiller, until } from "./lib.mjs";

/** A TCP door. `etat`: ouverte, fermee (refuses), muette (accepts and says nothing), lente (`delai` ms each way). */
export class Porte {
  constructor(vers) {
    Object.assign(this, { vers, etat: "ouverte", delai: 0, prises: new Set() });
    this.serveur = net.createServer({ allowHalfOpen: true, noDelay: true }, (s) => this.entrer(s));
  }
  async ouvrir() {
    await new Promise((done) => this.serveur.listen(0, "127.0.0.1", done));
    this.port = this.serveur.address().port;
    return this;
  }
  garder(...sockets) {
    for (const s of sockets) {
      this.prises.add(s);
      s.on("close", () => this.prises.delete(s));
      s.on("error", () => s.destroy());
    }
  }
  entrer(client) {
    this.garder(client);
    if (this.etat === "fermee") return client.resetAndDestroy();
    if (this.etat === "muette") return client.resume();
    if (typeof this.etat === "function") return this.etat(client);
    const server = net.connect({ port: this.vers, host: "127.0.0.1", noDelay: true });
    const apres = (ms, f) => (ms ? setTimeout(f, ms) : f());
    this.garder(server);
    const pipe = (from, to) => {
      from.on("data", (bytes) => apres(this.delai, () => to.writable && to.write(bytes)));
      from.on("end", () => apres(this.delai, () => to.end()));
      from.on("close", () => setTimeout(() => to.destroy(), this.delai + 50));
    };
    pipe(client, server);
    pipe(server, client);
  }
  /** What is under way is cut. */
  couper() { for (const s of this.prises) s.destroy(); }
  changer(etat, delai = 0) { this.etat = etat; this.delai = delai; this.couper(); }
  fermer() { this.couper(); this.serveur.close(); }
}

/** An SMTP server that answers `code` to the first command of every message. */
export function impolie(code, text) {
  return (client) => {
    client.write("220 impolie ESMTP\r\n");
    client.on("data", (bytes) => {
      const word = bytes.toString("latin1").slice(0, 4).toUpperCase();
      if (word === "EHLO" || word === "HELO") client.write("250 impolie\r\n");
      else if (word === "QUIT") client.end("221 au revoir\r\n");
      else if (word === "MAIL" || word === "RSET") client.write("250 OK\r\n");
      else client.write(`${code} ${text}\r\n`);
    });
  };
}

export class BoiteAuxLettres {
  constructor(dossier) { this.dossier = dossier; }
  async ouvrir() {
    fs.mkdirSync(this.dossier, { recursive: true });
    this.enfant = surveiller(spawn("/usr/bin/python3", [path.join(root, "tests/support/smtp_sink.py"), this.dossier], { stdio: ["pipe", "ignore", "inherit"] }));
    const port = path.join(this.dossier, "port");
    await until("le serveur de courriel écoute", 20_000, () => fs.existsSync(port));
    this.porte = await new Porte(Number(fs.readFileSync(port, "utf8"))).ouvrir();
    return this;
  }
  get url() { return `smtp://127.0.0.1:${this.porte.port}`; }
  /** Every message received: {id (its Message-ID), to, subject}. */
  messages() {
    return fs.readdirSync(this.dossier).filter((f) => f.endsWith(".json")).sort().map((f) => {
      const m = JSON.parse(fs.readFileSync(path.join(this.dossier, f), "utf8"));
      return { id: m.headers["message-id"].replace(/^<|>$/g, ""), to: m.to[0], subject: m.subject };
    });
  }
  fermer() {
    this.enfant.stdin.end();
    this.porte.fermer();
  }
}
