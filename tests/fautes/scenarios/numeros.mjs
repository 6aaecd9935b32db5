// Thousands of registrations at once at two desks of one territory, the server killed on the way: numbers follow each other.
import { hasard, sleep } from "../lib.mjs";
import { guichets } from "../load.mjs";

/** What is wrong with the numbers of each counter: they are 1, 2… up to the last one given, each once. */
async function suite(i) {
  const fautes = [];
  const donnes = new Map();
  for (const { numero } of await i.lignes("SELECT numero FROM demande")) {
    const compteur = numero.slice(0, 7);
    donnes.set(compteur, [...(donnes.get(compteur) ?? []), Number(numero.slice(7, 13))]);
  }
  const compteurs = await i.lignes("SELECT territoire, annee, mois, dernier FROM numero_sequence");
  for (const { territoire, annee, mois, dernier } of compteurs) {
    const cle = `${territoire}${String(mois).padStart(2, "0")}${String(annee % 100).padStart(2, "0")}`;
    const siens = new Set(donnes.get(cle));
    if (siens.size !== (donnes.get(cle) ?? []).length) fautes.push(`${cle} : un numéro sert deux fois`);
    // A registration that failed gives its number back: nothing is erased here, so none is missing.
    for (let n = 1; n <= dernier; n += 1) if (!siens.delete(n)) fautes.push(`${cle} : le numéro ${n} n’est à personne`);
    if (siens.size) fautes.push(`${cle} : ${siens.size} numéros après le dernier du compteur`);
    donnes.delete(cle);
  }
  for (const cle of donnes.keys()) fautes.push(`${cle} : des numéros sans compteur`);
  return fautes;
}

export const numeros = {
  nom: "numeros",
  phrase: "10 000 demandes inscrites à la fois par deux guichets, le serveur tué en chemin : autant de numéros, qui se suivent",
  moteurs: ["sqlite", "postgresql"],
  court: ["sqlite", "postgresql"],
  async jouer(c) {
    const alea = hasard(c.graine + 11);
    const voulues = c.cycles(10_000, 160);
    const morts = c.court ? 1 : 10;
    const i = await c.installation();
    const charge = c.charge(i, { patience: 60_000 });
    let serveur = await i.servir();
    const bureaux = [];
    for (const { code, agent } of guichets) bureaux.push({ code, agent: await charge.connecter(agent) });
    // One in two is of the month before: two counters, each shared by both desks.
    const jours = [2, 32].map((n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10));
    let commencees = 0, finies = 0;
    const gens = Array.from({ length: c.court ? 24 : 100 }, async (_, n) => {
      const bureau = bureaux[n % bureaux.length];
      const navigateur = bureau.agent.jumeau();
      c.finir(() => navigateur.fermer());
      while (commencees < voulues && charge.refus.length < 20) {
        const rang = commencees++;
        try {
          await charge.enregistrer({ navigateur, guichet: bureau.code, jour: jours[rang % 2] });
          finies += 1;
        } catch (error) {
          charge.refus.push(error.message);
        }
      }
    });
    const tous = Promise.all(gens);
    let arretes = 0;
    for (let mort = 1; mort <= morts; mort += 1) {
      const seuil = Math.floor((voulues * (mort - 0.5 + alea.next() / 2)) / (morts + 0.5));
      while (finies < seuil && charge.refus.length < 20) await sleep(5);
      await serveur.tuer();
      arretes += 1;
      serveur = await i.servir();
    }
    await tous;
    await serveur.tuer("SIGTERM");
    c.compter("demandes", finies);
    c.compter("morts", arretes);
    c.exiger(finies === voulues, `${finies} demandes confirmées sur ${voulues}`);
    await c.auditer(i, charge);
    const inscrites = Number(await i.valeur("SELECT COUNT(*) FROM demande WHERE contenu LIKE '%@fautes.exemple%'"));
    c.exiger(inscrites === voulues, `${inscrites} demandes inscrites pour ${voulues}`);
    for (const f of await suite(i)) c.exiger(false, f);
    c.retour(i);
  },
};
