// Power cuts: the disk forgets what was not flushed. SQLite and the files stand on it; on PostgreSQL, its directory too.
import fs from "node:fs";
import path from "node:path";
import { comparer } from "../audit.mjs";
import { Disque, manqueDisque } from "../disque.mjs";
import { Installation } from "../installation.mjs";
import { hasard, sleep } from "../lib.mjs";
import { Postgres } from "../postgres.mjs";

/** A platform whose database and files stand on this disk; PostgreSQL's own directory too. */
export async function installer(c, disque, { option = "" } = {}) {
  if (c.moteur === "sqlite") {
    const i = await c.installation({ lieu: disque.m });
    i.optionBase = option;
    await disque.poser();
    return i;
  }
  const pg = await new Postgres(path.join(disque.m, "pg")).creer();
  await pg.demarrer();
  const i = new Installation({ moteur: c.moteur, dossier: c.dossier, postgres: pg });
  i.lieuFichiers = path.join(disque.m, "fichiers");
  fs.mkdirSync(i.dossier, { recursive: true });
  await pg.sql("postgres", `CREATE DATABASE ${i.nom}`);
  await i.logis(["seed"]);
  i.port = (await c.installation({ nom: "_port" })).port;
  i.anciens = new Set();
  await disque.poser();
  return i;
}

/** One life until the power goes; then the disk is switched on again. */
async function vie(c, i, disque, charge, ms) {
  if (c.moteur === "postgresql" && !i.postgres.process) await i.postgres.demarrer();
  const serveur = await i.servir();
  charge.commencer(6);
  await sleep(ms);
  await disque.couper();
  await serveur.tuer();
  if (c.moteur === "postgresql") await i.postgres.eteindre();
  await charge.arreter();
  charge.agents?.clear();
  await disque.rebrancher();
  if (c.moteur === "postgresql") await i.postgres.demarrer();
}

export const courant = {
  nom: "courant",
  court: ["sqlite"],
  phrase: "coupure de courant : ce que le disque n’avait pas promis est perdu, rien de confirmé ne l’est",
  moteurs: ["sqlite", "postgresql"],
  manque: manqueDisque,
  async jouer(c) {
    const alea = hasard(c.graine + 3);
    const disque = await new Disque(`${c.dossier}_disque`, { megas: c.moteur === "sqlite" ? 256 : 640 }).creer();
    c.finir(() => disque.debrancher());
    if (c.moteur === "postgresql") c.finir(() => i?.postgres.arreter("immediate"));
    const i = await installer(c, disque);
    const charge = c.charge(i, { patience: 400 });
    const coupures = c.cycles(50, 2);
    for (let n = 1; n <= coupures; n += 1) {
      await vie(c, i, disque, charge, alea.entre(400, c.court ? 1200 : 2500));
      await c.auditer(i, charge, { verifier: n === coupures || n % 10 === 0 });
    }
    c.compter("coupures", coupures);
    c.retour(i);
    if (c.moteur === "postgresql") await i.postgres.arreter();
  },
};

/** Without this the other scenario would prove nothing: a rig that loses nothing ever is not a power cut. */
export const courantTemoin = {
  nom: "courant-temoin",
  court: ["sqlite"],
  phrase: "le même banc avec synchronous=NORMAL perd des écritures confirmées : il voit donc les pertes",
  moteurs: ["sqlite"],
  manque: manqueDisque,
  async jouer(c) {
    const disque = await new Disque(`${c.dossier}_disque`).creer();
    c.finir(() => disque.debrancher());
    const i = await installer(c, disque, { option: "?durable=normal" });
    const charge = c.charge(i, { patience: 400 });
    let perdues = 0, confirmees = 0;
    for (let n = 0; n < 8 && perdues === 0; n += 1) {
      await vie(c, i, disque, charge, 1500);
      const vu = await comparer(i, charge.acquis);
      perdues = vu.perdues.length;
      confirmees = vu.confirmees;
    }
    c.compter("écritures confirmées", confirmees);
    c.compter("perdues, comme prévu", perdues);
    c.exiger(perdues > 0, "le banc n’a vu aucune perte avec synchronous=NORMAL");
    const [{ integrity_check: integre }] = await i.lignes("PRAGMA integrity_check");
    c.exiger(integre === "ok", `la base n’est plus entière : ${integre}`);
  },
};
