// kill -9 at every numbered step between a decision and its answer: stories, of which one is told again for each step at which
// to die.
import fs from "node:fs";
import path from "node:path";
import { hasard, root, sleep } from "../lib.mjs";

/** Steps that come after the answers, and what is left to do before all of them are passed. */
const apres = [
  [/^(mail|task)\.|^\*$/, "SELECT COUNT(*) FROM courriel WHERE etat = 'a_envoyer'"],
  [/^(file|workshop)\./, "SELECT COUNT(*) FROM piece WHERE prochain_le IS NOT NULL"],
];

/** A report and a demande on paper; a demande online; a report whose file is sent in pieces; and what people do with them later. */
const recits = {
  papier: (charge) => charge.histoire(),
  en_ligne: (charge) => charge.histoireEnLigne(),
  morceaux: (charge) => charge.deposer([], { repris: true }),
  lot: (charge) => charge.histoireDeLot(),
  renouvellement: (charge) => charge.histoireDeRenouvellement(),
  radiation: (charge) => charge.histoireDeRadiation(),
  candidature: (charge) => charge.histoireDeCandidature(),
};

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

/** Every step that the sources name. */
function nommees(dossier = path.join(root, "src")) {
  return new Set(fs.readdirSync(dossier, { recursive: true }).filter((f) => f.endsWith(".cpp"))
    .flatMap((f) => [...fs.readFileSync(path.join(dossier, f), "utf8").matchAll(/base::step\("([^"]+)"\)/g)].map(([, nom]) => nom)));
}

/** Steps that nobody dies at here, and why. */
const ailleurs = {
  "workshop.pushed": "le magasin S3 : le scénario s3",
  "candidatures.batch": "une proposition dont le délai passe : le récit n’en a pas ; le même tour que candidatures.vivier",
};

/** What a night leaves: as much of everything, whoever died on the way. */
const traces = {
  courriels: "SELECT gabarit AS quoi, COUNT(*) AS n FROM courriel GROUP BY gabarit ORDER BY 1",
  journal: "SELECT objet_type || ' ' || evenement AS quoi, COUNT(*) AS n FROM journal GROUP BY objet_type, evenement ORDER BY 1",
  demandes: "SELECT etat AS quoi, COUNT(*) AS n FROM demande GROUP BY etat ORDER BY 1",
  cotations: "SELECT grille AS quoi, COUNT(*) AS n FROM cotation GROUP BY grille ORDER BY 1",
};

/** The tasks of a night a year from now, killed at their steps and begun again, against the same night without a death. Gives the names met. */
async function nuit(c) {
  const paisible = await c.installation({ nom: "_paisible" }), mortelle = await c.installation({ nom: "_mortelle" });
  const jour = (n) => new Date(Date.now() + n * 86_400_000).toISOString();
  const alea = hasard(c.graine + 11);
  const passees = new Set(), interrompues = new Set();
  for (const quand of [jour(1), jour(367)]) {
    const args = ["jobs", "run", "--now", quand];
    const { out, err } = await paisible.logis(args, { env: { LOGIS_DIE_AT: "*" }, ms: 300_000 });
    const fois = new Map();
    for (const [, nom] of (out + err).matchAll(/^step (\S+)$/gm)) fois.set(nom, (fois.get(nom) ?? 0) + 1);
    // Those of a task first: what is done is not done again. An hour apart, since the dead keep their task that long.
    let heure = Date.parse(quand);
    const uneTache = (nom) => /\.(batch|vivier)$/.test(nom);
    const mourir = async (nom, k) => {
      const { signal } = await mortelle.logis(["jobs", "run", "--now", new Date(heure).toISOString()], { env: { LOGIS_DIE_AT: `${nom}:${k}` }, libre: true, ms: 300_000 });
      if (signal !== "SIGKILL") return false;
      c.compter("nuits interrompues", 1);
      interrompues.add(nom);
      heure += 3_660_000;
      return true;
    };
    const noms = [...fois].sort(([a], [b]) => uneTache(b) - uneTache(a));
    // Each name once before any a second time: a night that has died often has little left to do.
    for (const [nom, n] of noms) {
      passees.add(nom);
      if (!(await mourir(nom, c.court ? alea.entre(1, n) : 1)) && c.court) await mourir(nom, 1);
    }
    if (!c.court) for (const [nom, n] of noms) for (let k = 2; k <= n && (await mourir(nom, k)); k += 1);
    // The dead left their tasks to whoever comes once their leases are over.
    const ensuite = new Date(heure + 3_600_000).toISOString();
    for (const i of [paisible, mortelle]) await i.logis(["jobs", "run", "--now", ensuite], { ms: 300_000 });
  }
  for (const [quoi, select] of Object.entries(traces)) {
    const [attendu, obtenu] = await Promise.all([paisible, mortelle].map(async (i) => JSON.stringify(await i.lignes(select))));
    c.exiger(attendu === obtenu, `${quoi} après une nuit interrompue : ${obtenu} au lieu de ${attendu}`);
  }
  const bilan = await mortelle.verifier();
  c.exiger(bilan.erreurs === 0, `logis verifier après une nuit interrompue : ${JSON.stringify(bilan.constats.slice(0, 3))}`);
  for (const nom of passees) c.exiger(interrompues.has(nom), `aucune nuit n’est morte à ${nom}`);
  return passees;
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
    // And each story once, where it commits.
    for (const recit of Object.keys(recits)) {
      const siennes = toutes.filter((e) => e.startsWith(`${recit} `) && e.includes("commit"));
      c.exiger(siennes.length > 0, `le récit ${recit} n’enregistre rien`);
      if (siennes.length && !choisies.some((e) => e.startsWith(`${recit} `))) choisies.push(alea.parmi(siennes));
    }
    const reste = toutes.filter((e) => !choisies.includes(e)).sort(() => alea.next() - 0.5);
    let mortes = 0;
    const atteintes = new Set();
    for (const choisie of [...choisies, ...reste].slice(0, Math.max(limite, choisies.length))) {
      const [recit, mort] = choisie.split(" ");
      const avant = c.fautes.length;
      try {
        const [nom] = mort.split(":");
        // A story does not pass each step as often each time: once more at the first passage.
        if ((await raconter(c, i, charge, recit, mort)) || (!mort.endsWith(":1") && (await raconter(c, i, charge, recit, `${nom}:1`)))) {
          mortes += 1;
          atteintes.add(nom);
        }
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

    const laNuit = await nuit(c); // at each of which it died
    // A task that runs beside a story passes its steps when it pleases.
    for (const nom of passages.keys()) c.exiger(atteintes.has(nom) || laNuit.has(nom), `personne n’est mort à ${nom}`);
    const connues = new Set([...passages.keys(), ...laNuit, ...Object.keys(ailleurs)]);
    const oubliees = [...nommees()].filter((nom) => !connues.has(nom));
    c.exiger(oubliees.length === 0, `personne ne meurt à ${oubliees.join(", ")}`);
  },
};
