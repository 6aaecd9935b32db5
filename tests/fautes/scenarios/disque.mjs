// Disks that refuse: full, failing then read-only, failing now and then.
import { Disque, manqueDisque, manqueMontage, petitDisque } from "../disque.mjs";
import { Installation } from "../installation.mjs";
import { existe, hasard, sleep, surveiller, until } from "../lib.mjs";
import { Postgres } from "../postgres.mjs";
import { installer } from "./courant.mjs";
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const disquePlein = {
  nom: "disque-plein",
  court: ["sqlite"],
  phrase: "disque plein : on lit encore (SQLite), rien de confirmé ne manque, et tout reprend sans redémarrer dès qu’il y a de la place",
  moteurs: ["sqlite", "postgresql"],
  manque: manqueMontage,
  async jouer(c) {
    const disque = await petitDisque(`${c.dossier}_disque`, c.moteur === "sqlite" ? 96 : 288);
    c.finir(() => disque.demonter());
    let i;
    if (c.moteur === "sqlite") i = await c.installation({ lieu: disque.m });
    else {
      const pg = await new Postgres(path.join(disque.m, "pg"), "max_wal_size = 64MB\nmin_wal_size = 32MB\nwal_recycle = off\n").creer();
      c.finir(() => pg.arreter("immediate"));
      await pg.demarrer();
      i = new Installation({ moteur: c.moteur, dossier: c.dossier, postgres: pg });
      i.lieuFichiers = path.join(disque.m, "fichiers");
      fs.mkdirSync(i.dossier, { recursive: true });
      await pg.sql("postgres", `CREATE DATABASE ${i.nom}`);
      await i.logis(["seed"]);
      i.port = (await c.installation({ nom: "_port" })).port;
      i.anciens = new Set();
    }
    const charge = c.charge(i, { patience: 60_000 });
    const serveur = await i.servir();
    await charge.connecter("julien.masson@demo.logis.example");
    const fois = c.cycles(5, 1);
    for (let n = 0; n < fois; n += 1) {
      charge.commencer(4);
      await sleep(c.court ? 500 : 1500);
      const avant = charge.pannes;
      await until("le disque plein se fait sentir", 30_000, () => { disque.remplir(); return charge.pannes > avant + 5; }, 100);
      // Those who only read are still served; PostgreSQL stops by itself when it cannot write its log, and somebody starts it again.
      const lecteur = await charge.connecter("julien.masson@demo.logis.example");
      if (c.moteur === "sqlite")
        for (const page of ["/signalements", "/signaler", "/"]) {
          const { status } = await lecteur.get(page);
          c.exiger(status === 200, `disque plein : ${page} répond ${status}`);
        }
      c.exiger(serveur.vivant, "le serveur s’est arrêté");
      disque.vider();
      if (c.moteur === "postgresql") await i.postgres.relancer();
      const reprise = charge.acquis.lignes.length;
      await until("l’écriture reprend", 30_000, () => charge.acquis.lignes.length > reprise + 10);
      await charge.arreter();
      charge.agents.clear();
      c.compter("pannes annoncées", charge.pannes - avant);
      await c.auditer(i, charge);
    }
    await serveur.tuer("SIGTERM");
    if (c.moteur === "postgresql") await i.postgres.arreter();
  },
};

export const disqueMalade = {
  nom: "disque-malade",
  court: ["sqlite"],
  phrase: "un disque qui n’écrit plus passe en lecture seule : rien de confirmé ne manque, le service le dit et repart une fois réparé",
  moteurs: ["sqlite", "postgresql"],
  manque: manqueDisque,
  async jouer(c) {
    const alea = hasard(c.graine + 5);
    const disque = await new Disque(`${c.dossier}_disque`).creer();
    c.finir(() => disque.debrancher());
    // On PostgreSQL the files stand on the failing disk; its own directory is tried by « disque-malade-base ».
    const i = await c.installation({ lieu: disque.m });
    await disque.poser();
    const fois = c.cycles(10, 1);
    const charge = c.charge(i, { patience: 300, avecPhoto: 0 });
    for (let n = 0; n < fois; n += 1) {
      const serveur = await i.servir();
      charge.commencer(4);
      await sleep(alea.entre(300, 1200));
      const avant = charge.pannes;
      fs.writeFileSync(disque.panne, "");
      await until("la panne se fait sentir", 30_000, () => charge.pannes > avant + 3);
      c.exiger(serveur.vivant, "le serveur s’est arrêté");
      await charge.arreter();
      charge.agents?.clear();
      await serveur.tuer();
      fs.rmSync(disque.panne);
      await disque.rebrancher();
      await c.auditer(i, charge, { verifier: n + 1 === fois });
    }
    c.compter("pannes", fois);
    // A server that is started on a disk it may not write says so, in one sentence, and stops.
    const { run } = await import("../lib.mjs");
    await run("mount", ["-o", "remount,ro", disque.m]);
    const { code, err } = await i.logis(["serve", "--port", "0"], { libre: true, ms: 20_000 });
    c.exiger(code === 1 && /logis: /.test(err) && err.trim().split("\n").length === 1, `sur un disque en lecture seule : code ${code}, ${err}`);
    await run("mount", ["-o", "remount,rw", disque.m]);
  },
};

export const disqueMaladeBase = {
  nom: "disque-malade-base",
  court: [],
  phrase: "le disque de PostgreSQL n’écrit plus et passe en lecture seule : rien de confirmé ne manque, le service le dit et repart une fois réparé",
  moteurs: ["postgresql"],
  manque: manqueDisque,
  async jouer(c) {
    const alea = hasard(c.graine + 6);
    const disque = await new Disque(`${c.dossier}_disque`, { megas: 640 }).creer();
    c.finir(() => disque.debrancher());
    c.finir(() => i?.postgres.arreter("immediate"));
    const i = await installer(c, disque);
    const charge = c.charge(i, { patience: 300, avecPhoto: 0 });
    const fois = c.cycles(10, 1);
    let lectures = 0;
    for (let n = 0; n < fois; n += 1) {
      if (!i.postgres.process) await i.postgres.demarrer();
      const serveur = await i.servir();
      charge.commencer(4);
      await sleep(alea.entre(300, 1200));
      const avant = charge.pannes;
      fs.writeFileSync(disque.panne, "");
      await until("la panne se fait sentir", 30_000, () => charge.pannes > avant + 3);
      c.exiger(serveur.vivant, "le serveur s’est arrêté");
      // What ext4 does of a journal that it cannot write.
      if (await until("le disque est en lecture seule", 20_000, () => enLectureSeule(disque.m)).then(() => true, () => false)) lectures += 1;
      await charge.arreter();
      charge.agents?.clear();
      await serveur.tuer();
      await i.postgres.eteindre();
      fs.rmSync(disque.panne);
      await disque.rebrancher();
      await i.postgres.demarrer();
      await c.auditer(i, charge, { verifier: n + 1 === fois });
    }
    c.compter("pannes", fois);
    c.compter("disques passés en lecture seule", lectures);
    c.exiger(lectures > 0, "aucun disque n’est passé en lecture seule");
    await i.postgres.arreter();
  },
};

/** Whether nobody may write there any more: `emergency_ro` or a plain remount, as the kernel says it. */
function enLectureSeule(dossier) {
  const ligne = fs.readFileSync("/proc/mounts", "utf8").split("\n").find((l) => l.split(" ")[1] === dossier);
  return ligne !== undefined && ligne.split(" ")[3].split(",").some((o) => o === "ro" || o === "emergency_ro");
}

/**
 * What fails, in which process: the server, or every process of PostgreSQL. SQLite writes by pwrite64 and fdatasync, files by
 * write, fsync, rename, mkdir and unlink, those sent in pieces by pwrite64. A server on PostgreSQL writes files only. The first `brefs` are the short form.
 */
const fichiers = [["mkdir", "ENOSPC"], ["fsync", "EIO"], ["rename", "EIO"], ["write", "ENOSPC"], ["unlink", "EIO"], ["rename", "ENOSPC"], ["write", "EIO"], ["fsync", "ENOSPC"],
  ["openat", "ENOSPC"]];
const [desFichiers, base] = [fichiers.map((x) => ["logis", ...x]), [["pwrite64", "ENOSPC"], ["fdatasync", "EIO"], ["pwrite64", "EIO"], ["fdatasync", "ENOSPC"]]];
const brefs = 6;
const injections = {
  sqlite: [...base.slice(0, 3).map((x) => ["logis", ...x]), ...desFichiers.slice(0, 3), ["logis", ...base[3]], ...desFichiers.slice(3)],
  // fsync: what a checkpoint asks.
  postgresql: [...[...base, ["fsync", "EIO"]].map((x) => ["postgres", ...x]), ...desFichiers, ["logis", "pwrite64", "EIO"]],
};

/** One call in `tous` of each thread fails: strace counts them apart. Attached once everything has started. */
function espionner(pids, trace, appel, erreur, tous) {
  const args = ["-f", "-qq", "-s", "0", "-o", trace, "-e", `trace=${appel}`, "-e", "signal=none", "-e", `inject=${appel}:error=${erreur}:when=${tous}+${tous}`];
  const enfant = surveiller(spawn("strace", [...args, ...pids.flatMap((p) => ["-p", String(p)])], { stdio: "ignore" }));
  const parti = new Promise((done) => enfant.once("exit", done));
  return async () => { enfant.kill("SIGINT"); await parti; };
}

const injectees = (trace) => fs.existsSync(trace) ? fs.readFileSync(trace, "utf8").split("(INJECTED)").length - 1 : 0;

export const appels = {
  nom: "appels",
  court: ["sqlite"],
  phrase: "un appel d’écriture sur N échoue (EIO, ENOSPC), dans Logis ou dans PostgreSQL : jamais un « oui » pour ce qui n’est pas écrit",
  moteurs: ["sqlite", "postgresql"],
  manque: () => existe("strace") ? null : "strace manque",
  async jouer(c) {
    // The server does the tasks too: what puts files in their place may fail like the rest.
    const i = await c.installation({ env: { LOGIS_JOBS: "true" } });
    const charge = c.charge(i, { patience: 3000, avecPhoto: 50 });
    const choisies = injections[c.moteur].slice(0, c.court ? brefs : undefined);
    for (const [ou, appel, erreur] of choisies) {
      let faites = 0;
      for (const tous of c.court ? [5] : [1, 2, 5, 23, 101]) {
        // Kept, with the rest, when the scenario fails or is asked to keep.
        const trace = path.join(c.dossier, `strace_${ou}_${appel}_${erreur}_${tous}.log`);
        const avant = charge.pannes;
        const serveur = await i.servir();
        const lacher = espionner(ou === "logis" ? [serveur.enfant.pid] : c.postgres.processus(), trace, appel, erreur, tous);
        await sleep(300);
        charge.commencer(4);
        // PostgreSQL asks for fsync at its checkpoints, which come by themselves every few minutes only.
        const points = ou === "postgres" && appel === "fsync" ? setInterval(() => void c.postgres.sql("postgres", "CHECKPOINT").catch(() => {}), 700) : undefined;
        await sleep(c.court ? 2500 : 4000);
        clearInterval(points);
        await charge.arreter(); // its agents stay logged in: so many tries an hour
        await lacher();
        // A log that cannot be written stops PostgreSQL; it comes back by itself, unless that was refused too.
        if (ou === "postgres") await c.postgres.relancer();
        await serveur.tuer();
        faites += injectees(trace);
        c.compter("réglages", 1);
        c.compter("pannes annoncées", charge.pannes - avant);
        const bons = c.fautes.length;
        await c.auditer(i, charge, { verifier: !c.court, rien: true });
        if (c.fautes.length > bons) { c.fautes.push(`(${ou} ${appel} ${erreur} un sur ${tous})`); return; }
      }
      c.compter(`${appel} ${erreur} refusés à ${ou}`, faites);
      c.exiger(faites > 0, `aucun ${appel} de ${ou} n’a été refusé`);
    }
    await c.auditer(i, charge);
  },
};
