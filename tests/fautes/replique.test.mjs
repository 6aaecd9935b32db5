// Pages read on a replica: what somebody has just written is there for them at once, others are at most seconds late, and
// neither a replica that stops following nor one that dies shows on a page.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "../support/test.mjs";
import { Visitor } from "../support/visitor.mjs";
import { Installation } from "./installation.mjs";
import { freePort, run, until } from "./lib.mjs";
import { binaires, Postgres } from "./postgres.mjs";

const dossier = fs.mkdtempSync(path.join(os.tmpdir(), "logis-replique-"));
fs.chmodSync(dossier, 0o711);
const ouverts = [];
after(async () => {
  for (const o of ouverts.reverse()) await o();
  fs.rmSync(dossier, { recursive: true, force: true });
});

/** A streaming replica of `primaire`, started. */
async function suivre(primaire) {
  const replique = new Postgres(`${dossier}/replique`);
  fs.mkdirSync(replique.dir, { mode: 0o700 });
  if (process.getuid() === 0) await run("chown", ["postgres:", replique.dir]);
  await run(...primaire.commande("pg_basebackup", ["-D", replique.data, "-R", "-h", "127.0.0.1", "-p", String(primaire.port), "-U", "logis", "-c", "fast"]), { cwd: "/" });
  replique.port = await freePort();
  fs.appendFileSync(`${replique.data}/postgresql.conf`, `\nport = ${replique.port}\nunix_socket_directories = '${replique.dir}'\n`);
  return replique.demarrer();
}

const skip = !binaires() && "PostgreSQL n’est pas installé";

test("une page lue sur la réplique montre à chacun ce qu’il vient d’écrire, et aux autres avec quelques secondes de retard au plus", { skip, timeout: 90_000 }, async () => {
  const primaire = await new Postgres(`${dossier}/primaire`).creer();
  await primaire.demarrer();
  ouverts.push(() => primaire.oublier());
  const i = new Installation({ moteur: "postgresql", dossier: `${dossier}/logis`, postgres: primaire });
  fs.mkdirSync(i.dossier);
  await primaire.sql("postgres", `CREATE DATABASE ${i.nom}`);
  await i.logis(["seed", "--photos", "aucune"]);
  const replique = await suivre(primaire);
  ouverts.push(() => replique.oublier());
  i.port = await freePort();
  const serveur = await i.servir({ env: { LOGIS_REPLICA: replique.base(i.nom), LOGIS_LOG: "info" } });
  ouverts.push(() => serveur.tuer("SIGTERM"));
  const journal = () => fs.readFileSync(serveur.log, "utf8");
  await until("la réplique est vue", 10_000, () => journal().includes("replique.presente"), 50);

  const entrer = async (email) => {
    const v = new Visitor({ url: `http://127.0.0.1:${i.port}` });
    await v.get("/connexion");
    await v.post("/connexion", { email, mot_de_passe: "Logis-demo-2026" });
    assert.equal(v.cookies.get("logis_ecrit"), "1");
    return v;
  };
  const julien = await entrer("julien.masson@demo.logis.example"), autre = await entrer("julien.masson@demo.logis.example");
  autre.cookies.delete("logis_ecrit"); // thirty seconds later
  const liste = await autre.get("/signalements?statut=en_cours");
  const fiche = /href="(\/signalements\/[0-9a-z]{26})"/.exec(liste.text)[1];
  const onglet = `${fiche}?onglet=suivi`;

  await replique.sql(i.nom, "SELECT pg_wal_replay_pause()");
  await julien.get(fiche);
  await julien.post(`${fiche}/suivi`, { type: "message", texte: "Rappel de la famille prévu lundi." });
  assert.match((await julien.get(onglet)).text, /prévu lundi/, "who wrote reads what they wrote");
  assert.doesNotMatch((await autre.get(onglet)).text, /prévu lundi/, "the replica answers, as it was before");
  await until("une réplique trop en retard n’est plus lue", 15_000, async () => /prévu lundi/.test((await autre.get(onglet)).text), 250);

  await replique.sql(i.nom, "SELECT pg_wal_replay_resume()");
  const lues = async () => Number(await replique.sql(i.nom, "SELECT tup_returned FROM pg_stat_database WHERE datname = current_database()"));
  const avant = await lues();
  await until("la réplique qui a rattrapé est lue de nouveau", 10_000, async () => {
    assert.match((await autre.get(onglet)).text, /prévu lundi/);
    return (await lues()) > avant + 200;
  }, 250);

  await replique.tuer();
  for (let n = 0; n < 10; n += 1) assert.equal((await autre.get(onglet)).status, 200);
  await until("son absence est notée", 10_000, () => journal().includes("replique.absente"), 50);
  assert.equal((await autre.get(fiche)).status, 200);
});
