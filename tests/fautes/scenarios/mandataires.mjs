// Three servers on three addresses behind the haproxy, then the nginx, of deploy/: servers killed under load, then all renewed in turn.
import { Client } from "../client.mjs";
import { hasard, sleep } from "../lib.mjs";
import { echo, mandataire, manquent } from "../machines.mjs";

const adresses = ["127.0.0.11", "127.0.0.12", "127.0.0.13"];

export const mandataires = {
  nom: "mandataires",
  phrase: "trois serveurs derrière haproxy puis nginx, tués et renouvelés sous charge : rien de confirmé ne manque, le service ne s’arrête pas",
  moteurs: ["postgresql"],
  manque: () => manquent("haproxy", "nginx", "openssl"),
  async jouer(c) {
    const alea = hasard(c.graine + 12);
    for (const nom of ["haproxy", "nginx"]) {
      const boite = await c.boite(`_${nom}`);
      const i = await c.installation({ nom: `_${nom}`, env: { LOGIS_SMTP: boite.url } });
      const devant = await mandataire(nom, `${c.dossier}_${nom}_conf`, adresses, i.port);
      c.finir(() => devant.arreter());
      await this.adresseDuVisiteur(c, devant, i.port);
      const serveurs = [];
      for (const adresse of adresses) serveurs.push(await i.servir({ adresse }));
      const taches = i.taches();
      c.finir(() => taches.tuer());
      await sleep(1500); // the proxy has found them
      const charge = c.charge(i, { port: devant.port, tls: true, ensemble: true });
      charge.commencer(9);
      await sleep(1500);
      charge.acquis.interruption();
      const tours = c.cycles(12, 2);
      for (let n = 0; n < tours; n += 1) {
        const k = alea.entre(0, 2);
        await serveurs[k].tuer();
        await sleep(alea.entre(500, 2500));
        serveurs[k] = await i.servir({ adresse: adresses[k] });
        await sleep(alea.entre(500, 1500));
      }
      const pannes = charge.pannes, silences = charge.silences, interruption = charge.acquis.interruption();
      c.nombres[`${nom} : plus longue interruption (ms)`] = interruption;
      c.nombres[`${nom} : réponses perdues pour ${tours} morts`] = pannes + silences;
      c.exiger(interruption <= 3000, `${nom} : rien n’a été confirmé pendant ${interruption} ms, alors que deux serveurs tournaient`);
      // A new version: each in turn, politely.
      for (const k of [0, 1, 2]) {
        await serveurs[k].tuer("SIGTERM");
        serveurs[k] = await i.servir({ adresse: adresses[k] });
        await sleep(2500);
      }
      c.nombres[`${nom} : réponses perdues au renouvellement`] = charge.pannes + charge.silences - pannes - silences;
      c.exiger(c.nombres[`${nom} : réponses perdues au renouvellement`] === 0, `${nom} : un renouvellement a perdu des réponses`);
      c.nombres[`${nom} : interruption au renouvellement (ms)`] = charge.acquis.interruption();
      await charge.arreter();
      await Promise.all(serveurs.map((s) => s.tuer("SIGTERM")));
      await taches.tuer("SIGTERM");
      await i.rattraper();
      c.compter("morts", tours);
      const journaux = ["acces.log", "erreurs.log", "log"].map((f) => `${c.dossier}_${nom}_conf/${f}`);
      await c.auditer(i, charge, { boite, journaux });
    }
  },

  /** The proxy says where the visitor really comes from, whatever the visitor says; and one without TLS is sent to it. */
  async adresseDuVisiteur(c, devant, port) {
    const fermer = await echo("127.0.0.11", port);
    const client = new Client(devant.port, { ip: "203.0.113.66", adresse: "127.44.5.6", tls: true });
    const enClair = new Client(devant.clair, {});
    try {
      let said;
      for (let n = 0; n < 100 && said?.status !== 200; n += 1) {
        said = await client.get("/essai").catch(() => null);
        if (said?.status !== 200) await sleep(100);
      }
      const heard = said?.status === 200 ? JSON.parse(said.text) : {};
      c.exiger(heard["x-forwarded-for"] === "127.44.5.6", `le mandataire transmet « ${heard["x-forwarded-for"]} » (${said?.status})`);
      c.exiger(heard["x-forwarded-proto"] === "https", "le mandataire ne dit pas https");
      c.exiger(heard["adresse du mandataire"] === "127.0.0.1", `le mandataire vient de ${heard["adresse du mandataire"]}`);
      const redirige = await enClair.get("/essai");
      c.exiger(redirige.status === 301 && redirige.location.startsWith("https://"), `sans TLS : ${redirige.status} ${redirige.location}`);
    } finally {
      client.fermer();
      enClair.fermer();
      await fermer();
    }
  },
};
