// Neighbours that are down, slow, silent or rude: the mail server, the address service. Deposits do not wait for them.
import { impolie, Porte } from "../courrier.mjs";
import { hasard, sleep, until } from "../lib.mjs";
import http from "node:http";

const attente = (i) => i.valeur("SELECT COUNT(*) FROM courriel WHERE etat IN ('a_envoyer', 'echec', 'en_cours')").then(Number);

export const courriel = {
  nom: "courriel",
  court: ["sqlite"],
  phrase: "serveur de courriel fermé, muet, lent, impoli, absent un jour : les dépôts passent, chaque message part une fois, plus tard",
  moteurs: ["sqlite", "postgresql"],
  async jouer(c) {
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url, LOGIS_JOBS: "true" } });
    const charge = c.charge(i, { avecPhoto: 0 });
    let serveur = await i.servir();
    const etats = [["fermée", "fermee"], ["muette", "muette"], ["lente", "ouverte", 300], ["occupée", impolie(451, "4.3.0 revenez plus tard")], ["en panne", impolie(421, "4.3.2 fermeture")]];
    for (const [nom, etat, delai] of etats) {
      boite.porte.changer(etat, delai ?? 0);
      charge.commencer(2);
      const avant = charge.durees.length;
      await until(`des dépôts passent, boîte ${nom}`, 30_000, () => charge.durees.length >= avant + (c.court ? 16 : 60), 20);
      await charge.arreter();
      charge.agents?.clear();
    }
    c.depots(charge);
    // A server that is told to stop while the mail server is silent does not wait for it.
    boite.porte.changer("muette");
    await charge.deposer();
    await sleep(4000);
    const debut = performance.now();
    await serveur.tuer("SIGTERM");
    const arret = Math.round(performance.now() - debut);
    c.nombres["arrêt pendant un envoi (ms)"] = arret;
    c.exiger(arret < 5000, `l’arrêt a attendu ${arret} ms la boîte muette`);

    // A day of absence, seen by the clock of the runner.
    boite.porte.changer("fermee");
    const heure = (h) => new Date(Date.now() + h * 3_600_000).toISOString();
    for (const h of [0.3, 1, 3, 8, 16, 24]) await i.logis(["jobs", "run", "--now", heure(h)], { libre: true });
    c.exiger(await attente(i) > 0, "rien n’attendait : la panne n’a pas eu lieu");
    boite.porte.changer("ouverte");
    for (const h of [26, 50, 54]) await i.logis(["jobs", "run", "--now", heure(h)], { libre: true });
    c.exiger(await attente(i) === 0, `${await attente(i)} courriels attendent encore après le retour`);
    serveur = null;
    await c.auditer(i, charge, { boite, copies: c.court ? 6 : 12 });
  },
};

export const adresses = {
  nom: "adresses",
  court: ["sqlite"],
  phrase: "service d’adresses muet, lent, fermé ou fou : le dépôt continue avec la commune et le texte",
  moteurs: ["sqlite"],
  async jouer(c) {
    const vrai = http.createServer((q, r) => { r.setHeader("content-type", "application/json"); r.end('{"type":"FeatureCollection","features":[]}'); });
    await new Promise((done) => vrai.listen(0, "127.0.0.1", done));
    c.finir(() => vrai.close());
    const porte = await new Porte(vrai.address().port).ouvrir();
    c.finir(() => porte.fermer());
    const i = await c.installation({ env: { LOGIS_GEOCODER: `http://127.0.0.1:${porte.port}` } });
    const alea = hasard(c.graine);
    const charge = c.charge(i, { avecPhoto: 0 });
    // Typed as people do; the page then asks street and commune apart, which the second answer gives.
    charge.adresse = () => ({ adresse: `${alea.entre(1, 99)} rue des Carmes, Rouen`, adresse_mode: "manuelle", adresse_voie: `${alea.entre(1, 99)} rue des Carmes`, adresse_commune: "76000" });
    const serveur = await i.servir();
    const folie = (client) => { client.on("data", () => client.write("HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\n{{{{")); };
    for (const [nom, etat, delai] of [["ouvert", "ouverte"], ["muet", "muette"], ["lent", "ouverte", 3000], ["fermé", "fermee"], ["fou", folie]]) {
      porte.changer(etat, delai ?? 0);
      const client = charge.client();
      // The suggestions under the field, asked at each key.
      let pire = 0;
      for (let n = 0; n < 6; n += 1) {
        const debut = performance.now();
        const r = await client.get(`/api/adresses?q=${n}%20rue%20des%20carmes%20rouen`);
        pire = Math.max(pire, performance.now() - debut);
        c.exiger(r.status === 200, `suggestions, service ${nom} : ${r.status}`);
      }
      c.nombres[`suggestion, service ${nom} (ms)`] = Math.round(pire);
      for (let n = 0; n < (c.court ? 2 : 10); n += 1) await charge.deposer();
      // And the address typed in one line, recognised or not: an answer comes, within a second or so.
      const start = await client.post("/signaler", { danger: "non" });
      const debut = performance.now();
      const r = await client.post(start.location, { adresse: "12 rue des Carmes, Rouen" });
      const ms = performance.now() - debut;
      c.exiger(r.status === 303 || r.status === 422, `adresse en une ligne, service ${nom} : ${r.status}`);
      c.exiger(ms < (c.court ? 3000 : 1000), `adresse en une ligne, service ${nom} : ${Math.round(ms)} ms`);
      client.fermer();
    }
    c.depots(charge);
    await serveur.tuer("SIGTERM");
    await c.auditer(i, charge);
  },
};
