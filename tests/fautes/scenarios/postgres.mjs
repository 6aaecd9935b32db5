// PostgreSQL stopped, killed, restarted, frozen, its connections cut; and transactions that it asks to run again.
import { freePort, hasard, sleep, until } from "../lib.mjs";

export const postgres = {
  nom: "postgres",
  court: ["postgresql"],
  phrase: "PostgreSQL arrêté, tué, gelé, connexions coupées : rien de confirmé ne manque, et le service reprend sans être redémarré",
  moteurs: ["postgresql"],
  async jouer(c) {
    const alea = hasard(c.graine + 6);
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url, LOGIS_JOBS: "true" } });
    const pg = c.postgres;
    c.finir(async () => { if (!pg.process) await pg.demarrer(); });
    const charge = c.charge(i, { patience: 60_000 });
    const serveur = await i.servir();
    await this.onLeDit(c, charge, i.port);
    charge.commencer(6);
    const pannes = {
      arret: async () => { await pg.arreter("fast"); await sleep(alea.entre(50, 600)); await pg.demarrer(); },
      "arret-brutal": async () => { await pg.arreter("immediate"); await pg.demarrer(); },
      mort: async () => { await pg.tuer(); await pg.demarrer(); },
      coupures: async () => { for (let n = 0; n < 8; n += 1) { await pg.couper(i.nom); await sleep(alea.entre(10, 200)); } },
      gel: async () => { await pg.geler(alea.entre(500, c.court ? 1500 : 4000)); },
    };
    const tours = c.cycles(8, 1);
    for (let n = 0; n < tours; n += 1)
      for (const [nom, panne] of Object.entries(pannes)) {
        await sleep(alea.entre(200, 700));
        await panne();
        const avant = charge.acquis.lignes.length;
        const depuis = performance.now();
        while (charge.acquis.lignes.length === avant && performance.now() - depuis < 20_000) await sleep(5);
        c.nombres["reprise la plus longue (ms)"] = Math.max(c.nombres["reprise la plus longue (ms)"] ?? 0, Math.round(performance.now() - depuis));
        c.exiger(charge.acquis.lignes.length > avant, `rien n’est écrit dans les vingt secondes qui suivent « ${nom} »`);
        c.exiger(serveur.vivant, `le serveur s’est arrêté pendant « ${nom} »`);
        c.compter("pannes", 1);
      }
    await sleep(500);
    await charge.arreter();
    await serveur.tuer("SIGTERM");
    await i.rattraper();
    await c.auditer(i, charge, { boite, copies: c.nombres.pannes * 3 });
  },

  /** While the database is away the page says so, says when to try again, and gives back what was typed; tried again, it is taken. */
  async onLeDit(c, charge, port) {
    const personne = charge.client();
    const debut = await personne.post("/signaler", { danger: "oui" });
    const page = `${debut.location.slice(0, debut.location.lastIndexOf("/"))}/adresse`;
    const voie = "12 bis rue des Carmes, escalier C";
    const form = new URLSearchParams({ csrf: personne.jeton, adresse_mode: "manuelle", adresse_voie: voie, adresse_commune: "76000" }).toString();
    const envoyer = () => personne.send("POST", page, form, "application/x-www-form-urlencoded", { referer: `http://127.0.0.1:${port}${page}`, "sec-fetch-site": "same-origin" });
    await c.postgres.arreter("fast");
    const refus = await envoyer();
    c.exiger(refus.status === 503 && Number(refus.headers["retry-after"]) > 0, `sans base, un envoi répond ${refus.status}, Retry-After ${refus.headers["retry-after"]}`);
    c.exiger(refus.text.includes(voie), "sans base, la page ne rend pas ce qui était écrit");
    await c.postgres.demarrer();
    await until("l’envoi passe", 20_000, async () => (await envoyer()).status === 303, 200);
    personne.fermer();
  },
};

export const conflits = {
  nom: "conflits",
  court: ["postgresql"],
  phrase: "transactions que PostgreSQL refuse de mettre en série, interblocages : elles sont refaites, et rien n’est écrit deux fois",
  moteurs: ["postgresql"],
  async jouer(c) {
    const mesures = await freePort();
    const i = await c.installation({ env: { LOGIS_JOBS: "false", LOGIS_METRICS_PORT: String(mesures) } });
    const pg = c.postgres;
    const refaites = async () => Number(/^logis_db_retries_total (\d+)/m.exec(await (await fetch(`http://127.0.0.1:${mesures}/metrics`)).text())[1]);
    // Every transaction of Logis becomes serializable: PostgreSQL then really fails some of those that meet.
    await pg.sql("postgres", `ALTER DATABASE ${i.nom} SET default_transaction_isolation = 'serializable'`);
    const charge = c.charge(i, { ensemble: true });
    const serveur = await i.servir();
    const avant = await refaites();
    charge.commencer(8);
    const fin = Date.now() + (c.court ? 4000 : 30_000);
    // Somebody else writes the same rows, in the opposite order: conflicts, deadlocks.
    const genant = (async () => {
      while (Date.now() < fin)
        await pg.sql(i.nom, "BEGIN; UPDATE compteur SET valeur = valeur WHERE nom = (SELECT MIN(nom) FROM compteur WHERE nom LIKE 'signalement:76:%'); SELECT pg_sleep(0.05); " +
          "UPDATE brouillon SET version = version WHERE soumis_le IS NULL AND id IN (SELECT id FROM brouillon WHERE soumis_le IS NULL ORDER BY id DESC LIMIT 5); COMMIT;").catch(() => {});
    })();
    await genant;
    await charge.arreter();
    const apres = await refaites();
    c.compter("transactions refaites", apres - avant);
    c.compter("fois où la page a demandé de réessayer", charge.pannes);
    c.exiger(apres > avant, "aucune transaction n’a été refaite : l’essai ne montre rien");
    await serveur.tuer("SIGTERM");
    await pg.sql("postgres", `ALTER DATABASE ${i.nom} RESET default_transaction_isolation`);
    await c.auditer(i, charge);
  },
};
