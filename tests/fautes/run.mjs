// bin/faults: injects faults into the real binary under a recorded load, and audits what was acknowledged. See README.md.
//   node tests/fautes/run.mjs [--court] [--cycles N] [--moteur sqlite|postgresql] [--graine N] [--garder] [scenario…]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { comparer, comparerCourriels, relireJournaux } from "./audit.mjs";
import { BoiteAuxLettres } from "./courrier.mjs";
import { Installation, modele } from "./installation.mjs";
import { Acquis, binary, root, signaler, vivants } from "./lib.mjs";
import { Charge } from "./load.mjs";
import { binaires, Postgres } from "./postgres.mjs";
import { scenarios } from "./scenarios/index.mjs";

const options = { court: false, cycles: null, moteur: null, graine: null, garder: false, noms: [] };
const args = process.argv.slice(2);
while (args.length) {
  const a = args.shift();
  if (a === "--court") options.court = true;
  else if (a === "--garder") options.garder = true;
  else if (a === "--cycles") options.cycles = Number(args.shift());
  else if (a === "--moteur") options.moteur = args.shift();
  else if (a === "--graine") options.graine = Number(args.shift());
  else if (a === "--help" || a.startsWith("-")) {
    console.log("bin/faults [--court] [--cycles N] [--moteur sqlite|postgresql] [--graine N] [--garder] [scenario…]\n");
    for (const s of scenarios) console.log(`  ${s.nom.padEnd(14)} ${s.phrase}`);
    process.exit(a === "--help" ? 0 : 2);
  } else options.noms.push(a);
}
for (const n of options.noms) if (!scenarios.some((s) => s.nom === n)) { console.error(`pas de scénario « ${n} »`); process.exit(2); }
if (!fs.existsSync(binary)) { console.error(`${binary} n’existe pas : lancez bin/build`); process.exit(2); }

// Directories that user postgres may enter; the acknowledged writes stand apart from whatever is faulted.
const travail = fs.mkdtempSync(path.join(os.tmpdir(), "logis-fautes-"));
fs.chmodSync(travail, 0o711);
const graine = options.graine ?? (options.court ? 2026 : Date.now() % 1_000_000);
const postgres = binaires() ? await new Postgres(path.join(travail, "pg")).creer() : null;
if (postgres) await postgres.demarrer();
const modeles = {};
let passed = 0, failed = 0;
const bilans = [];

/** What a scenario works with. */
class Contexte {
  constructor(scenario, moteur) {
    Object.assign(this, { scenario, moteur, court: options.court, graine, travail, postgres });
    this.dossier = path.join(travail, `${scenario.nom}_${moteur}`.replaceAll("-", "_"));
    this.aFermer = [];
    this.nombres = {};
    this.fautes = [];
  }
  /** Number of cycles: the given one, or the short one in `bin/check`. */
  cycles(complet, court) { return options.cycles ?? (options.court ? court : complet); }

  async modele() { return modeles[this.moteur] ??= await modele(this.moteur, path.join(travail, `modele_${this.moteur}`), postgres); }

  async installation({ env, lieu, nom = "" } = {}) {
    const i = new Installation({ moteur: this.moteur, dossier: this.dossier + nom, postgres, env });
    if (lieu) { i.lieuBase = path.join(lieu, "logis.db"); i.lieuFichiers = path.join(lieu, "fichiers"); }
    await i.preparer(await this.modele());
    if (this.moteur === "postgresql") this.finir(() => postgres.sql("postgres", `DROP DATABASE IF EXISTS ${i.nom} WITH (FORCE)`));
    return i;
  }
  async boite(nom = "") {
    const b = await new BoiteAuxLettres(`${this.dossier}${nom}_courriels`).ouvrir();
    this.finir(() => b.fermer());
    return b;
  }
  charge(i, plus = {}) {
    const acquis = new Acquis(`${i.dossier}_acquis.jsonl`);
    this.finir(() => acquis.fermer());
    // Read where it waits to leave: whether messages arrive is another question.
    const messageDuCode = (email) => i.valeur(`SELECT texte FROM courriel WHERE gabarit = 'code_demandeur' AND destinataire = '${email}' ORDER BY cree_le DESC, id DESC LIMIT 1`);
    const charge = new Charge({ port: i.port, acquis, graine: graine % 46655 + 1, messageDuCode, ...plus });
    this.finir(() => charge.arreter());
    return charge;
  }
  /** A scenario that broke in the middle left them running. */
  async tuerSesServeurs() {
    const siens = [...vivants].filter((p) => p.spawnargs.includes(binary));
    await Promise.all(siens.map((p) => new Promise((done) => { p.once("exit", done); signaler(p, "SIGKILL"); })));
  }

  /** Done at the end of the scenario whatever happened, the last first. */
  finir(f) { this.aFermer.unshift(f); }
  compter(quoi, n) { this.nombres[quoi] = (this.nombres[quoi] ?? 0) + n; }
  exiger(condition, phrase) {
    if (!condition) this.fautes.push(phrase);
    return Boolean(condition);
  }

  /** Acknowledged writes, and what `logis verifier` finds. `courriels`: the mail server, when all must have arrived. */
  async auditer(i, charge, { boite, copies = 0, verifier = true, journaux = [], rien = false } = {}) {
    const { confirmees, perdues, doubles } = await comparer(i, charge.acquis);
    this.nombres["écritures confirmées"] = confirmees;
    this.exiger(rien || confirmees > 0, "rien n’a été confirmé : l’essai ne montre rien");
    this.compter("perdues", perdues.length);
    this.compter("en double", doubles.length);
    this.fautes.push(...perdues.slice(0, 10), ...doubles.slice(0, 10), ...charge.refus.slice(0, 5).map((r) => `refus : ${r}`));
    charge.refus.length = 0;
    const { lignes, fuites } = relireJournaux([...["serveur.log", "taches.log"].map((f) => path.join(i.dossier, f)), ...journaux], charge.acquis);
    this.nombres["lignes de journaux relues"] = lignes;
    this.fautes.push(...fuites.slice(0, 10));
    this.exiger(lignes > 0, "les journaux sont vides");
    if (verifier) {
      const bilan = await i.verifier();
      for (const c of bilan.constats) if (c.niveau === "erreur") this.fautes.push(`logis verifier : ${c.controle}, ${c.objet}, ${c.detail}`);
      if (bilan.erreurs) this.compter("constats", bilan.erreurs);
    }
    if (boite) {
      const c = await comparerCourriels(i, boite, charge.acquis);
      this.nombres["courriels remis"] = c.envoyes;
      if (c.copies) this.compter("copies au même Message-ID", c.copies);
      this.fautes.push(...c.perdus.slice(0, 10), ...c.doubles.slice(0, 10));
      this.exiger(c.copies <= copies, `${c.copies} courriels reçus deux fois, ${copies} permis (expéditeur mort entre la remise et sa note)`);
    }
  }

  /** The server came back within `ms`; tripled in the short form, which may share its machine with other tests. */
  retour(i, ms = 1000) {
    if (!i.retours.length) return;
    const tri = [...i.retours].sort((a, b) => a - b);
    this.nombres["retour médian (ms)"] = Math.round(tri[Math.floor(tri.length / 2)]);
    this.nombres["retour le plus long (ms)"] = Math.round(tri.at(-1));
    this.exiger(tri.at(-1) <= (options.court ? 3 : 1) * ms, `de retour en ${Math.round(tri.at(-1))} ms`);
  }

  /** A deposit was answered within a second, whatever was down beside it. */
  depots(charge, ms = 1000) {
    const tri = [...charge.durees].sort((a, b) => a - b);
    this.exiger(tri.length > 0, "aucun dépôt n’a été accepté pendant la panne");
    if (!tri.length) return;
    this.nombres["dépôt le plus long (ms)"] = Math.round(tri.at(-1));
    this.exiger(tri.at(-1) <= (options.court ? 3 : 1) * ms, `un dépôt a attendu ${Math.round(tri.at(-1))} ms`);
  }
}

/** Whatever hangs ends: its servers are then killed and its disks taken off. */
async function avantDelai(promesse, ms) {
  let minuterie;
  const delai = new Promise((_, fail) => { minuterie = setTimeout(() => fail(new Error(`pas fini après ${ms / 60_000} minutes`)), ms); });
  try {
    await Promise.race([promesse, delai]);
  } finally {
    clearTimeout(minuterie);
    promesse.catch(() => {});
  }
}

// Interrupted: nothing of ours goes on. Mounts are undone by `finir` when the run goes to its end.
process.on("exit", () => { for (const p of vivants) signaler(p, "SIGKILL"); });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

const debut = Date.now();
for (const scenario of scenarios) {
  if (options.noms.length && !options.noms.includes(scenario.nom)) continue;
  for (const moteur of scenario.moteurs) {
    if (options.moteur && moteur !== options.moteur) continue;
    if (options.court && !options.noms.length && !scenario.court?.includes(moteur)) continue;
    const titre = `${scenario.nom} (${moteur})`;
    if (moteur === "postgresql" && !postgres) { console.log(`skipped: ${titre} : PostgreSQL n’est pas installé`); continue; }
    const manque = scenario.manque?.();
    if (manque) { console.log(`skipped: ${titre} : ${manque}`); continue; }
    const c = new Contexte(scenario, moteur);
    const depart = Date.now();
    try {
      await avantDelai(scenario.jouer(c), (options.court ? 2 : 60) * 60_000);
    } catch (error) {
      c.fautes.push(error.stack ?? String(error));
    }
    await c.tuerSesServeurs();
    for (const f of c.aFermer) {
      try {
        await f();
      } catch (error) {
        console.log(`  (en rangeant : ${error.message.split("\n")[0]})`);
      }
    }
    const secondes = Math.round((Date.now() - depart) / 1000);
    const nombres = Object.entries(c.nombres).map(([quoi, n]) => `${n} ${quoi}`).join(", ");
    const bon = c.fautes.length === 0;
    bon ? passed += 1 : failed += 1;
    console.log(`${bon ? "ok" : "ÉCHEC"} ${titre} : ${scenario.phrase}\n   ${nombres} (${secondes} s)`);
    for (const f of c.fautes.slice(0, 30)) console.log(`   - ${f}`);
    bilans.push({ scenario: scenario.nom, moteur, reussi: bon, secondes, nombres: c.nombres });
    if (bon && !options.garder && moteur !== "postgresql") fs.rmSync(c.dossier, { recursive: true, force: true });
  }
}
await postgres?.oublier();
fs.mkdirSync(path.join(root, "var/fautes"), { recursive: true });
fs.writeFileSync(path.join(root, "var/fautes/bilan.json"), JSON.stringify({ graine, court: options.court, secondes: Math.round((Date.now() - debut) / 1000), bilans }, null, 1) + "\n");
if (failed || options.garder) console.log(`graine ${graine} ; traces : ${travail}`);
else fs.rmSync(travail, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
