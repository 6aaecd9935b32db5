// Disks that fail: one whose power is cut (what was not flushed is dropped), one whose writes are refused, one that is full.
// nbdkit keeps unflushed blocks in a cache that dies with it; nbdfuse and a loop device make a disk of it.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { existe, run, sleep, surveiller, until } from "./lib.mjs";

/** Why no such disk can be made here; nothing when it can. */
export function manqueDisque() {
  if (process.getuid() !== 0) return "monter un disque demande d’être root";
  for (const c of ["nbdkit", "nbdfuse", "losetup", "mkfs.ext4", "e2fsck", "fusermount3"]) if (!existe(c)) return `la commande ${c} manque`;
  for (const d of ["/dev/fuse", "/dev/loop-control"]) if (!fs.existsSync(d)) return `${d} manque`;
  return null;
}
export function manqueMontage() {
  return process.getuid() === 0 ? null : "monter un disque demande d’être root";
}

export class Disque {
  constructor(dossier, { megas = 256 } = {}) {
    Object.assign(this, { dossier, megas, m: path.join(dossier, "m"), f: path.join(dossier, "f"), image: path.join(dossier, "image"), panne: path.join(dossier, "panne"), sock: path.join(dossier, "sock") });
  }

  async creer() {
    for (const d of [this.dossier, this.m, this.f]) fs.mkdirSync(d, { recursive: true });
    await run("truncate", ["-s", `${this.megas}M`, this.image]);
    await run("mkfs.ext4", ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", this.image]);
    await this.brancher();
    return this;
  }

  /** Switches it on. While the file `panne` exists every write fails. */
  async brancher() {
    fs.rmSync(this.sock, { force: true });
    const log = fs.openSync(path.join(this.dossier, "nbd.log"), "a");
    this.nbdkit = surveiller(spawn("nbdkit", ["-U", this.sock, "-f", "--filter=error", "--filter=cache", "file", this.image, "cache=writeback",
      "error-pwrite=EIO", "error-pwrite-rate=100%", "error-zero=EIO", "error-zero-rate=100%", `error-file=${this.panne}`],
      { stdio: ["ignore", log, log] }));
    this.nbdkitMort = new Promise((done) => this.nbdkit.once("exit", done));
    await until("nbdkit écoute", 10_000, () => fs.existsSync(this.sock));
    this.nbdfuse = surveiller(spawn("nbdfuse", [this.f, "--unix", this.sock], { stdio: ["ignore", log, log] }));
    this.nbdfuseMort = new Promise((done) => this.nbdfuse.once("exit", done));
    fs.closeSync(log);
    await until("nbdfuse montre le disque", 10_000, () => fs.existsSync(path.join(this.f, "nbd")));
    this.loop = (await run("losetup", ["-f", "--show", path.join(this.f, "nbd")])).out.trim();
    await run("mount", [this.loop, this.m]);
  }

  /** Everything written so far is on the disk. */
  async poser() { await run("sync", ["-f", this.m]); }

  /** The power goes: what was not flushed is lost. Whoever uses the disk must die before `rebrancher`. */
  async couper() {
    this.nbdkit.kill("SIGKILL");
    await this.nbdkitMort;
  }

  async debrancher() {
    for (let n = 0; n < 100; n += 1) {
      if ((await run("umount", [this.m], { libre: true })).code === 0) break;
      if (n === 50) await run("umount", ["-l", this.m], { libre: true });
      await sleep(20);
    }
    await run("losetup", ["-d", this.loop], { libre: true });
    await run("fusermount3", ["-uz", this.f], { libre: true });
    this.nbdfuse.kill("SIGKILL");
    await this.nbdfuseMort;
    this.nbdkit.kill("SIGTERM"); // after a cut it is dead; else it has nothing left to write
    await this.nbdkitMort;
  }

  /** After a cut or a breakdown: what the machine does at its next start. */
  async rebrancher() {
    await this.debrancher();
    const { code, out } = await run("e2fsck", ["-fp", this.image], { libre: true });
    if (code > 1) throw new Error(`e2fsck : ${code} ${out}`);
    await this.brancher();
  }
}

/** A disk in memory, of a size. */
export async function petitDisque(dossier, megas) {
  fs.mkdirSync(dossier, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", `size=${megas}m,mode=755`, "tmpfs", dossier]);
  const lest = path.join(dossier, "lest");
  return {
    m: dossier,
    /** Fills it to the last block: others may be writing, so it tries again. */
    remplir() {
      const fd = fs.openSync(lest, "a");
      for (const bloc of [1 << 20, 1 << 16, 1 << 12]) {
        const octets = Buffer.alloc(bloc);
        try {
          while (fs.writeSync(fd, octets) === bloc);
        } catch (error) {
          if (error.code !== "ENOSPC") throw error;
        }
      }
      fs.closeSync(fd);
    },
    vider() { fs.rmSync(lest, { force: true }); },
    async demonter() {
      for (let n = 0; n < 100; n += 1) {
        if ((await run("umount", [dossier], { libre: true })).code === 0) return;
        await sleep(50);
      }
      await run("umount", ["-l", dossier], { libre: true });
    },
  };
}
