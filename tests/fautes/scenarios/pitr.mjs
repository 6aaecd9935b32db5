// Point-in-time recovery of PostgreSQL, as docs/exploitation.md tells it: log archived continuously, a base backup, a mistake, and a
// second server that comes back to the moment before it.
import fs from "node:fs";
import path from "node:path";
import { comparer } from "../audit.mjs";
import { Installation } from "../installation.mjs";
import { run, sleep } from "../lib.mjs";
import { Postgres } from "../postgres.mjs";

export const pitr = {
  nom: "pitr",
  court: ["postgresql"],
  phrase: "revenir à un instant sur PostgreSQL : ce qui était confirmé avant y est, l’erreur d’après n’y est pas",
  moteurs: ["postgresql"],
  async jouer(c) {
    const archives = `${c.dossier}_archives`;
    fs.mkdirSync(archives, { recursive: true });
    if (process.getuid() === 0) await run("chown", ["postgres:", archives]);
    const pg = await new Postgres(`${c.dossier}_pg`, `
wal_level = replica
archive_mode = on
archive_command = 'test ! -f ${archives}/%f && cp %p ${archives}/.%f && sync ${archives}/.%f && mv ${archives}/.%f ${archives}/%f'
archive_timeout = 5
`).creer();
    c.finir(() => pg.oublier());
    await pg.demarrer();
    const i = new Installation({ moteur: "postgresql", dossier: c.dossier, postgres: pg });
    fs.mkdirSync(i.dossier, { recursive: true });
    await pg.sql("postgres", `CREATE DATABASE ${i.nom}`);
    await i.logis(["seed"]);
    i.port = (await c.installation({ nom: "_port" })).port;
    i.anciens = new Set();
    const serveur = await i.servir();
    const charge = c.charge(i);
    charge.commencer(4);
    await sleep(c.court ? 700 : 3000);
    // The base backup, while people work.
    const copie = `${c.dossier}_copie`;
    fs.mkdirSync(copie, { mode: 0o700 });
    if (process.getuid() === 0) await run("chown", ["postgres:", copie]);
    await run(...pg.commande("pg_basebackup", ["-D", `${copie}/data`, "-h", "127.0.0.1", "-p", String(pg.port), "-U", "logis", "-X", "none", "-c", "fast"]), { cwd: "/" });
    await sleep(c.court ? 700 : 3000);
    await charge.arreter();
    charge.agents?.clear();
    const avant = { lignes: [...charge.acquis.lignes], de: (type) => avant.lignes.filter((l) => l.type === type) };
    const instant = await pg.sql(i.nom, "SELECT clock_timestamp()");
    await sleep(50);
    // The mistake: somebody empties what must not be, and work goes on above it.
    await pg.sql(i.nom, "DELETE FROM suivi_piece; DELETE FROM suivi; UPDATE signalement SET dernier_suivi_le = NULL");
    const apres = await charge.deposer();
    await serveur.tuer("SIGTERM");
    await pg.sql(i.nom, "SELECT pg_switch_wal()");
    await sleep(c.court ? 1000 : 3000);
    await pg.arreter("fast");

    const retour = new Postgres(copie);
    retour.port = pg.port;
    fs.appendFileSync(`${copie}/data/postgresql.conf`, `
unix_socket_directories = '${copie}'
archive_mode = off
restore_command = 'cp ${archives}/%f %p'
recovery_target_time = '${instant}'
recovery_target_action = 'promote'
`);
    fs.writeFileSync(`${copie}/data/recovery.signal`, "");
    c.finir(() => retour.oublier());
    await retour.demarrer();
    for (let n = 0; n < 200 && (await retour.sql("postgres", "SELECT pg_is_in_recovery()")) === "t"; n += 1) await sleep(50);
    i.postgres = retour;
    const { confirmees, perdues, doubles } = await comparer(i, avant);
    c.compter("écritures d’avant retrouvées", confirmees);
    c.fautes.push(...perdues.slice(0, 10), ...doubles.slice(0, 10));
    c.exiger((await i.valeur(`SELECT COUNT(*) FROM signalement WHERE description LIKE '%${apres.marque}%'`)) == 0, "le dépôt fait après l’instant choisi est revenu");
    const bilan = await i.verifier();
    c.exiger(bilan.erreurs === 0, `logis verifier : ${JSON.stringify(bilan.constats.slice(0, 3))}`);
    const repris = await i.servir();
    await charge.deposer();
    await repris.tuer("SIGTERM");
  },
};
