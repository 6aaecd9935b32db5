// A browser without JavaScript: cookies, the anti-forgery token, forms and files. One request at a time.
import http from "node:http";
import https from "node:https";

/** The answer did not come: whether the request was carried out is unknown. */
export class SansReponse extends Error {}

export class Client {
  /** `ip`: what it says of itself, which only a server without a proxy believes. `adresse`: of 127.0.0.0/8, where it really comes from. */
  constructor(port, { ip = "192.0.2.1", ms = 20_000, adresse, tls = false } = {}) {
    this.port = port;
    this.ip = ip;
    this.protocole = tls ? https : http;
    this.liaison = { localAddress: adresse, rejectUnauthorized: false };
    this.ms = ms;
    this.cookies = new Map();
    this.jeton = "";
    this.agent = new this.protocole.Agent({ keepAlive: true, maxSockets: 1 });
  }

  send(method, url, body, type, autres = {}) {
    return new Promise((done, fail) => {
      const headers = {
        host: `127.0.0.1:${this.port}`, accept: "text/html", "x-forwarded-for": this.ip,
        cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "), ...autres,
      };
      if (body !== undefined) Object.assign(headers, { "content-type": type, "content-length": Buffer.byteLength(body) });
      const request = this.protocole.request({ host: "127.0.0.1", port: this.port, method, path: url, headers, agent: this.agent, timeout: this.ms, ...this.liaison });
      const lost = (e) => fail(new SansReponse(`${method} ${url} : ${e.message}`));
      request.on("timeout", () => request.destroy(new Error("délai dépassé")));
      request.on("error", lost);
      request.on("response", (response) => {
        const pieces = [];
        response.on("data", (p) => pieces.push(p));
        response.on("error", lost);
        response.on("aborted", () => lost(new Error("réponse coupée")));
        response.on("end", () => {
          for (const line of response.headers["set-cookie"] ?? []) {
            const pair = line.split(";")[0];
            const at = pair.indexOf("=");
            if (pair.slice(at + 1)) this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
            else this.cookies.delete(pair.slice(0, at));
          }
          const text = Buffer.concat(pieces).toString("utf8");
          const token = /name="csrf" value="([^"]*)"/.exec(text);
          if (token) this.jeton = token[1];
          done({ status: response.statusCode, location: response.headers.location ?? "", text, headers: response.headers });
        });
      });
      request.end(body);
    });
  }

  get(url) { return this.send("GET", url); }

  /** The token depends on the cookie only: it outlives the server. */
  async csrf() {
    if (!this.jeton) {
      const page = await this.get("/parametres-affichage");
      // A page of the proxy, whose servers are away, holds no token: a person tries again.
      if (page.status >= 500) throw new SansReponse(`GET /parametres-affichage : ${page.status}`);
    }
    return this.jeton;
  }

  async post(url, fields) {
    const form = new URLSearchParams({ csrf: await this.csrf() });
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
    return this.send("POST", url, form.toString(), "application/x-www-form-urlencoded");
  }

  /** `files`: [{name, bytes}] in the field « fichiers ». */
  async postFiles(url, fields, files) {
    const boundary = "----fautes" + Math.random().toString(16).slice(2);
    const parts = [];
    for (const [name, value] of Object.entries({ csrf: await this.csrf(), ...fields }))
      parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    for (const f of files)
      parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="fichiers"; filename="${f.name}"\r\n` +
        "Content-Type: application/octet-stream\r\n\r\n", f.bytes, "\r\n");
    parts.push(`--${boundary}--\r\n`);
    return this.send("POST", url, Buffer.concat(parts.map((p) => Buffer.from(p))), `multipart/form-data; boundary=${boundary}`);
  }

  /** A request of resumable uploads (tus 1.0.0). */
  async tus(method, url, headers, body) {
    return this.send(method, url, body, "application/offset+octet-stream",
      { "tus-resumable": "1.0.0", "x-csrf-token": await this.csrf(), accept: "application/json", ...headers });
  }

  /** Another window of the same person: the same session, a connection of its own. */
  jumeau() {
    const autre = new Client(this.port, { ip: this.ip, ms: this.ms, adresse: this.liaison.localAddress, tls: this.protocole === https });
    return Object.assign(autre, { cookies: this.cookies, jeton: this.jeton });
  }

  fermer() { this.agent.destroy(); }
}
