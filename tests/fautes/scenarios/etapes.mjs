// kill -9 at every numbered step between a decision and its answer: one story, told again for each step at which to die.
import fs from "node:fs";
import path from "node:path";
import { hasard, sleep } from "../lib.mjs";

/** Steps that come after the answers, and what is left to do before all of them are passed. */
const apres = [
  [/^(mail|task)\.|^\*$/, "SELECT COUNT(*) FROM courriel WHERE etat = 'a_envoyer'"],
  [/^(file|workshop)\./, "SELECT COUNT(*) FROM piece WHERE prochain_le IS NOT NULL"],
];

/** The story with its e-mails, under a process that dies at `mort`; the people insist until somebody starts it again. */
async function raconter(c, i, charge, mort) {
  // The tasks may pass the step before the first page does.
  const serveur = await i.servir({ env: { LOGIS_DIE_AT: mort }, mortel: true });
  let second = null, arrete = false;
  const relance = serveur.fin.then(async () => { if (!arrete) second = await i.servir(); });
  const dossier = await Promise.race([charge.histoire(), relance.then(() => new Promise(() => {}))]);
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

    // Once without dying: which steps are there, and how often does one story pass them?
    const trace = path.join(i.dossier, "serveur.log");
    fs.writeFileSync(trace, "");
    await raconter(c, i, charge, "*");
    const passages = new Map();
    for (const [, nom] of fs.readFileSync(trace, "utf8").matchAll(/^step (\S+)$/gm)) passages.set(nom, (passages.get(nom) ?? 0) + 1);
    c.exiger(passages.size >= 12, `le récit ne passe que par ${[...passages.keys()].join(", ")}`);

    const toutes = [...passages].flatMap(([nom, n]) => Array.from({ length: n }, (_, k) => `${nom}:${k + 1}`));
    const alea = hasard(c.graine + 2);
    const limite = c.cycles(toutes.length, 14);
    // Each name once before any a second time.
    const choisies = [...passages.keys()].map((nom) => `${nom}:${alea.entre(1, passages.get(nom))}`);
    const reste = toutes.filter((e) => !choisies.includes(e)).sort(() => alea.next() - 0.5);
    let mortes = 0;
    for (const mort of [...choisies, ...reste].slice(0, Math.max(limite, choisies.length))) {
      const avant = c.fautes.length;
      try {
        if (await raconter(c, i, charge, mort)) mortes += 1;
      } catch (error) {
        c.fautes.push(`mort à ${mort} : ${error.message}`);
        if (c.fautes.length > 10) break;
      }
      c.exiger(c.fautes.length === avant, `(après la mort à ${mort})`);
    }
    await i.rattraper();
    c.compter("étapes", passages.size);
    c.compter("morts", mortes);
    await c.auditer(i, charge, { boite, copies: mortes });
    c.retour(i);
  },
};
