// A backup made under load, taken back elsewhere, on the same engine and on the other; and a restoration that is killed.
import fs from "node:fs";
import path from "node:path";
import { comparer } from "../audit.mjs";
import { Installation } from "../installation.mjs";
import { sleep } from "../lib.mjs";

/** What had been acknowledged when the backup began. Drafts sent a moment later, when it takes its snapshot, hold no answers any more. */
function figer(acquis) {
  const lignes = [...acquis.lignes];
  return { lignes, de: (type) => type === "tentative" ? acquis.de(type) : lignes.filter((l) => l.type === type) };
}

export const sauvegarde = {
  nom: "sauvegarde",
  court: ["sqlite"],
  phrase: "sauvegarder pendant que l’on travaille, restaurer ailleurs : tout ce qui était confirmé au début est là, entier",
  moteurs: ["sqlite", "postgresql"],
  async jouer(c) {
    const i = await c.installation({ env: { LOGIS_JOBS: "true" } });
    const serveur = await i.servir();
    const charge = c.charge(i);
    charge.commencer(5);
    await sleep(c.court ? 1500 : 8000);
    const cle = path.join(c.dossier, "cle");
    fs.writeFileSync(cle, "5a".repeat(32) + "\n");
    const depot = path.join(c.dossier, "depot");
    const debut = figer(charge.acquis);
    const avant = performance.now();
    await i.logis(["sauvegarder", depot, "--cle", cle], { ms: 300_000 });
    c.nombres["sauvegarde (ms)"] = Math.round(performance.now() - avant);
    await sleep(300);
    const ensuite = charge.acquis.lignes.length;
    c.exiger(ensuite > debut.lignes.length, "personne n’a pu travailler pendant la sauvegarde");
    await i.logis(["sauvegarder", depot, "--cle", cle], { ms: 300_000 });
    // The audit of a running instance finds nothing either, however often it looks while people write.
    for (let n = 0; n < (c.court ? 2 : 8); n += 1) {
      const dits = charge.acquis.lignes.length;
      const { erreurs, constats } = await i.verifier();
      c.exiger(erreurs === 0, `logis verifier pendant que l’on travaille : ${JSON.stringify(constats.filter((k) => k.niveau === "erreur").slice(0, 3))}`);
      c.compter("audits en service", 1);
      c.compter("écritures pendant ces audits", charge.acquis.lignes.length - dits);
    }
    c.exiger(c.nombres["écritures pendant ces audits"] > 0, "personne n’a pu travailler pendant l’audit");
    await charge.arreter();
    await serveur.tuer("SIGTERM");
    await c.auditer(i, charge);
    const [premiere] = fs.readdirSync(path.join(depot, "sauvegardes")).sort();
    await i.logis(["restaurer", depot, "--cle", cle, "--sauvegarde", premiere, "--essai"]);

    const vers = c.postgres ? ["sqlite", "postgresql"] : ["sqlite"];
    for (const moteur of vers) {
      const neuve = new Installation({ moteur, dossier: `${c.dossier}_vers_${moteur}`, postgres: c.postgres });
      fs.mkdirSync(neuve.dossier, { recursive: true });
      if (moteur === "postgresql") {
        await c.postgres.sql("postgres", `CREATE DATABASE ${neuve.nom}`);
        c.finir(() => c.postgres.sql("postgres", `DROP DATABASE IF EXISTS ${neuve.nom} WITH (FORCE)`));
      }
      const args = ["restaurer", depot, "--cle", cle, "--sauvegarde", premiere];
      // Killed on the way: it is finished by asking again.
      const mort = neuve.taches({ commande: args });
      await sleep(c.court ? 400 : 700);
      await mort.tuer();
      const depart = performance.now();
      const { code, out, err } = await neuve.logis([...args, "--reprendre"], { libre: true, ms: 300_000 });
      c.nombres[`restauration vers ${moteur} (ms)`] = Math.round(performance.now() - depart);
      if (!c.exiger(code === 0, `restauration vers ${moteur} : ${code} ${err.slice(-600)}${out.slice(-600)}`)) continue;
      const { confirmees, perdues, doubles } = await comparer(neuve, debut);
      c.compter(`écritures du début retrouvées sur ${moteur}`, confirmees);
      c.fautes.push(...perdues.slice(0, 10), ...doubles.slice(0, 10));
      const { code: encore } = await neuve.logis(args, { libre: true });
      c.exiger(encore !== 0, "une restauration a écrasé une base qui n’était pas vide");
      // And it serves.
      neuve.port = i.port;
      const repris = await neuve.servir();
      const suite = c.charge(neuve, { graine: (c.graine + 7) % 46655 + 1 });
      await suite.histoire();
      await suite.arreter();
      await repris.tuer("SIGTERM");
      await c.auditer(neuve, suite);
    }
  },
};
