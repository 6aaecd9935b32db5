// PostgreSQL kept by the Patroni of deploy/, two nodes, the replica synchronous: a planned switchover, the primary killed, its return, the
// replica killed, then frozen.
import fs from "node:fs";
import { Installation } from "../installation.mjs";
import { freePort, sleep } from "../lib.mjs";
import { Grappe, mandataire, manquent } from "../machines.mjs";

const adresses = ["127.0.0.11", "127.0.0.12", "127.0.0.13"];

export const bascule = {
  nom: "bascule",
  phrase: "le primaire de PostgreSQL change, puis meurt, puis sa réplique, sous trois serveurs : rien de confirmé ne manque, et on reprend dans les temps",
  moteurs: ["postgresql"],
  manque: () => manquent("haproxy", "patroni", "patronictl", "etcd", "openssl"),
  async jouer(c) {
    const grappe = new Grappe(`${c.dossier}_grappe`);
    c.finir(() => grappe.oublier());
    await grappe.creer();
    const boite = await c.boite();
    const i = new Installation({ moteur: "postgresql", dossier: c.dossier, postgres: grappe, env: { LOGIS_SMTP: boite.url } });
    fs.mkdirSync(i.dossier, { recursive: true });
    await grappe.sql("postgres", `CREATE DATABASE ${i.nom}`);
    await i.logis(["seed", "--photos", "aucune"]);
    i.anciens = new Set((await i.lignes("SELECT id FROM courriel")).map((l) => l.id));
    i.port = await freePort();
    const devant = await mandataire("haproxy", `${c.dossier}_conf`, adresses, i.port);
    c.finir(() => devant.arreter());
    const serveurs = [];
    for (const adresse of adresses) serveurs.push(await i.servir({ adresse }));
    const taches = i.taches();
    c.finir(() => taches.tuer());
    await sleep(1500);
    // A person waits longer than any failover: whatever they do must end well.
    const charge = c.charge(i, { port: devant.port, tls: true, patience: 120_000 });
    charge.commencer(6);
    await sleep(2000);

    /** Plays it under load, then waits for the first « yes » after it. Gives the longest time without one. */
    const sans = async (quoi, faute, bornes, reparer = () => {}) => {
      charge.acquis.interruption();
      await faute();
      const avant = charge.acquis.lignes.length;
      for (const fin = Date.now() + 60_000; charge.acquis.lignes.length === avant && Date.now() < fin;) await sleep(10);
      c.exiger(charge.acquis.lignes.length > avant, `${quoi} : rien n’est confirmé dans la minute`);
      const ms = charge.acquis.interruption();
      c.nombres[`${quoi} (ms)`] = Math.max(ms, c.nombres[`${quoi} (ms)`] ?? 0);
      c.exiger(ms <= bornes, `${quoi} : ${ms} ms sans écriture`);
      for (const s of serveurs) c.exiger(s.vivant, `un serveur s’est arrêté pendant « ${quoi} »`);
      c.exiger(taches.vivant, `l’expéditeur s’est arrêté pendant « ${quoi} »`);
      c.compter("fautes", 1);
      await sleep(2000);
      await reparer();
      await grappe.synchrone();
      await sleep(1000);
    };
    for (let n = 0; n < c.cycles(2, 1); n += 1) {
      await sans("bascule prévue", () => grappe.basculer(), 5000);
      await sans("primaire tué", async () => {
        const mort = await grappe.signaler(await grappe.chef(), "SIGKILL");
        await sleep(500);
        await grappe.chef();
        grappe.lancer(mort);
      }, 25_000);
      // Nothing is confirmed by one node alone until Patroni has written down that the other may no longer be promoted.
      let replique;
      await sans("réplique tuée", async () => { replique = await grappe.signaler(await grappe.replique(), "SIGKILL"); await sleep(12_000); }, 15_000, () => grappe.lancer(replique));
      await sans("réplique gelée", async () => { replique = await grappe.signaler(await grappe.replique(), "SIGSTOP"); await sleep(25_000); }, 25_000, () => grappe.signaler(replique, "SIGCONT"));
    }
    c.compter("pages qui ont dit de réessayer", charge.pannes);
    c.compter("réponses qui ne sont pas venues", charge.silences);
    await sleep(1000);
    await charge.arreter();
    await Promise.all(serveurs.map((s) => s.tuer("SIGTERM")));
    await taches.tuer("SIGTERM");
    await i.rattraper();
    // One that was being sent when the base went away was delivered, and could not be written down.
    await c.auditer(i, charge, { boite, copies: c.nombres.fautes * 3 });
  },
};
