// kill -9 at every numbered step between a decision and its answer: two stories, of which one is told again for each step at which
// to die.
import fs from "node:fs";
import path from "node:path";
import { hasard, sleep } from "../lib.mjs";

/** Steps that come after the answers, and what is left to do before all of them are passed. */
const apres = [
  [/^(mail|task)\.|^\*$/, "SELECT COUNT(*) FROM courriel WHERE etat = 'a_envoyer'"],
  [/^(file|workshop)\./, "SELECT COUNT(*) FROM piece WHERE prochain_le IS NOT NULL"],
];

/** A report and a demande on paper; a demande online. */
const recits = { papier: (charge) => charge.histoire(), en_ligne: (charge) => charge.histoireEnLigne() };

/** The story with its e-mails, under a process that dies at `mort`; the people insist until somebody starts it again. */
async function raconter(c, i, charge, recit, mort) {
  // The tasks may pass the step before the first page does.
  const serveur = await i.servir({ env: { LOGIS_DIE_AT: mort }, mortel: true });
  let second = null, arrete = false;
  const relance = serveur.fin.then(async () => { if (!arrete) second = await i.servir(); });
  const dossier = await Promise.race([recits[recit](charge), relance.then(() => new Promise(() => {}))]);
  // What works behind the pages may be what dies: give it the time of a turn.
  const reste = apres.find(([nom]) => nom.test(mort))?.[1];
  for (let n = 0; reste && n < 80 && serveur.vivant && Number(await i.valeur(reste)) > 0; n += 1) await sleep(100);
  const atteinte = !serveur.vivant;
  arrete = !atteinte;
  await serveur.tuer("SIGTERM");
  await relance;
  await second?.tuer("SIGTERM");
  return atteinte && dossier;
}

export const etapes = {
  nom: "etapes",
  phrase: "kill -9 à chaque étape entre une décision et sa réponse : la personne insiste, tout est là une seule fois",
  moteurs: ["sqlite", "postgresql"],
  court: ["sqlite", "postgresql"],
  async jouer(c) {
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url, LOGIS_JOBS: "true" } });
    const charge = c.charge(i, { avecPhoto: 100 });

    // Each once without dying: which steps are there, and how often does a story pass them?
    const trace = path.join(i.dossier, "serveur.log");
    const passages = new Map(); // step: how often each story passes it
    for (const recit of Object.keys(recits)) {
      fs.writeFileSync(trace, "");
      await raconter(c, i, charge, recit, "*");
      for (const [, nom] of fs.readFileSync(trace, "utf8").matchAll(/^step (\S+)$/gm)) {
        const fois = passages.get(nom) ?? {};
        passages.set(nom, { ...fois, [recit]: (fois[recit] ?? 0) + 1 });
      }
    }
    c.exiger(passages.size >= 20, `les récits ne passent que par ${[...passages.keys()].join(", ")}`);

    const ecrire = (nom, recit, n) => `${recit} ${nom}:${n}`;
    const toutes = [...passages].flatMap(([nom, fois]) => Object.entries(fois).flatMap(([recit, n]) => Array.from({ length: n }, (_, k) => ecrire(nom, recit, k + 1))));
    const alea = hasard(c.graine + 2);
    const limite = c.cycles(toutes.length, 14);
    // Each name once before any a second time.
    const choisies = [...passages].map(([nom, fois]) => {
      const [recit, n] = alea.parmi(Object.entries(fois));
      return ecrire(nom, recit, alea.entre(1, n));
    });
    const reste = toutes.filter((e) => !choisies.includes(e)).sort(() => alea.next() - 0.5);
    let mortes = 0;
    for (const choisie of [...choisies, ...reste].slice(0, Math.max(limite, choisies.length))) {
      const [recit, mort] = choisie.split(" ");
      const avant = c.fautes.length;
      try {
        if (await raconter(c, i, charge, recit, mort)) mortes += 1;
      } catch (error) {
        c.fautes.push(`mort à ${choisie} : ${error.message}`);
        if (c.fautes.length > 10) break;
      }
      c.exiger(c.fautes.length === avant, `(après la mort à ${choisie})`);
    }
    await i.rattraper();
    c.compter("étapes", passages.size);
    c.compter("morts", mortes);
    await c.auditer(i, charge, { boite, copies: mortes });
    c.retour(i);
  },
};
