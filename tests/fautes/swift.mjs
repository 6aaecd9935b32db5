// A real S3 service (Debian's Swift, tools/swift-for-tests) behind a door that can be shut, slow, silent or full.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Porte } from "./courrier.mjs";
import { existe, root, surveiller } from "./lib.mjs";

/** Why it cannot run here. */
export function manque() {
  if (!existe("swift-proxy-server") || !existe("memcached")) return "Swift manque (paquets swift-proxy, swift-account, swift-container, swift-object, memcached)";
  const essai = path.join(os.tmpdir(), `logis-xattr-${process.pid}`);
  fs.writeFileSync(essai, "");
  const { status } = spawnSync("python3", ["-c", "import os, sys; os.setxattr(sys.argv[1], 'user.logis', b'1')", essai], { stdio: "ignore" });
  fs.unlinkSync(essai);
  return status === 0 ? null : `Swift veut des attributs étendus, que ${os.tmpdir()} n’a pas`;
}

export class Swift {
  async ouvrir() {
    // It lives as long as its standard input.
    this.enfant = surveiller(spawn(path.join(root, "tools/swift-for-tests"), ["run", "sh", "-c", "echo \"$LOGIS_TEST_S3\"; cat >/dev/null"], { stdio: ["pipe", "pipe", "inherit"] }));
    this.mort = new Promise((done) => this.enfant.once("exit", done));
    const dit = await new Promise((done, fail) => {
      let out = "";
      this.enfant.stdout.setEncoding("utf8").on("data", (s) => { out += s; if (out.includes("\n")) done(out.trim()); });
      this.enfant.once("exit", (code) => fail(new Error(`Swift ne démarre pas (${code})`)));
    });
    const [adresse, cle, secret, compartiment] = dit.split(" ");
    if (!compartiment) throw new Error("Swift ne peut pas tourner ici");
    Object.assign(this, { cle, secret, compartiment });
    this.porte = await new Porte(Number(new URL(adresse).port)).ouvrir();
    return this;
  }
  /** Settings of a platform that keeps its files there. `prefixe`: a store of its own. */
  env(prefixe, plus = {}) {
    return {
      LOGIS_STORE: "s3", LOGIS_S3_URL: `http://localhost:${this.porte.port}`, LOGIS_S3_BUCKET: this.compartiment, LOGIS_S3_KEY: this.cle,
      LOGIS_S3_SECRET: this.secret, LOGIS_S3_PREFIX: prefixe, LOGIS_S3_PATIENCE: "4", ...plus,
    };
  }
  async fermer() {
    this.porte.fermer();
    this.enfant.stdin.end();
    await this.mort;
  }
}

/** Answers every request with this status and nothing more. */
export const toujours = (status) => (client) => client.once("data", () => client.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`));
