// The recorded load: depositors who fill the form and attach files, agents who entrust, accept, write and close, depositors who
// answer, desks that register demandes, applicants who deposit theirs online and desks that check them. Every sentence carries a mark of its own; what was acknowledged is written down before the next request.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Client, SansReponse } from "./client.mjs";
import { hasard, root, sha256, sleep } from "./lib.mjs";

const motDePasse = "Logis-demo-2026";
const secretaire = "julien.masson@demo.logis.example";
/** Two desks of one territory, whose numbers come from the same counters. */
export const guichets = [
  { code: "76R01", agent: "fatou.sarr@demo.logis.example" },
  { code: "76B01", agent: "stephane.hamel@demo.logis.example" },
];
const partenaire = { id: "partenaire-76-ars", agent: "karim.benali@demo.logis.example" };
const gestionnaire = "louise.auger@demo.logis.example";
const photo = fs.readFileSync(path.join(root, "demo/photos/prise-degradee.jpg"));
const identite = fs.readFileSync(path.join(root, "tests/cas/fichiers/bail.pdf"));
/** A number of social security with its key, of somebody born then. */
function nir(annee, mois, alea) {
  const deux = (n) => String(n).padStart(2, "0");
  const treize = `2${deux(annee % 100)}${deux(mois)}76${alea.entre(100, 799)}${String(alea.entre(1, 999)).padStart(3, "0")}`;
  return treize + deux(97 - Number(BigInt(treize) % 97n));
}
/** The key of a form that is done once, as its page would draw it. */
const cle = () => crypto.randomBytes(16).toString("base64url");

/** Today where the desks are, as one types it. */
const aujourdhui = () => new Date().toLocaleDateString("fr-FR", { timeZone: "Europe/Paris" });

/** The fault lasts longer than this person waits: the request is given up, its outcome unknown. */
export class Abandon extends Error {}

/** A refusal that a retry does not mend: the load is wrong, or the product is. */
export class Refus extends Error {}

/** A number without a digit: searching for a reference must not find a mark. */
const lettres = (n, size) => [...n.toString(26).padStart(size, "0")].map((c) => String.fromCharCode(97 + parseInt(c, 26))).join("");

/** What a page says went wrong: its alerts and the errors at its fields, else its title. */
function raisons(html) {
  const said = [...html.matchAll(/class="[^"]*(?:fr-error-text|fr-message--error|fr-alert|fr-h6)[^"]*"[^>]*>(.*?)<\/(?:p|div|h\d)>/gs)].map((m) => m[1]);
  return [/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? "", ...said].join(" · ").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 400);
}

export class Charge {
  /**
   * `ports`: servers among which each person has one; `tls`: they are proxies, which see where each really comes from. `ensemble`: several people write on one report at the same time.
   * `patience`: how long a person presses the button again before giving up. `encore(answer)`: told of each answer that was a
   * breakdown (5xx) or did not come, to count them. `messageDuCode(email)`: the text of the last message that took a code to this mailbox.
   */
  constructor({ port, ports = [port], acquis, graine = 1, patience = 15_000, avecPhoto = 10, ensemble = false, ms, tls = false, messageDuCode }) {
    Object.assign(this, { ports, acquis, patience, avecPhoto, ensemble, ms, tls, messageDuCode });
    this.alea = hasard(graine);
    this.numero = 0;
    this.prefixe = `R${lettres(graine, 4)}x`;
    this.dossiers = []; // deposits acknowledged: {marque, reference, lien, email, nom}
    this.comptes = []; // applicants who have entered their account: {c, email, base of the draft under way, marque, pris, attend: what they deposited is to be checked}
    this.aVerifier = []; // deposited online: {id, marque, email, compte}
    this.fini = false;
    this.pannes = 0; // answers 5xx
    this.silences = 0; // answers that did not come
    this.durees = []; // ms that each screen of the deposit took, that of the files with their sending
    this.refus = [];
  }

  marque() { this.numero += 1; return `${this.prefixe}${lettres(this.numero, 5)}z`; }

  client() {
    const a = this.alea;
    const reste = `${a.entre(1, 254)}.${a.entre(0, 255)}.${a.entre(1, 254)}`;
    return new Client(a.parmi(this.ports), { ip: `10.${reste}`, adresse: this.tls ? `127.${reste}` : undefined, tls: this.tls, ms: this.ms });
  }

  /** Presses the button until the answer is one: as a person would whose page says « réessayez », or nothing at all. */
  async insister(ask) {
    const end = Date.now() + this.patience;
    for (let pause = 20; ; pause = Math.min(500, pause * 1.5)) {
      let answer = null;
      try {
        answer = await ask();
      } catch (error) {
        if (!(error instanceof SansReponse)) throw error;
        this.silences += 1;
      }
      // A file that could not be written is told at its field, with the form: also a breakdown, and not the person's.
      if (answer && answer.status < 500 && !(answer.status === 422 && answer.text.includes("le service n’a pas pu l’enregistrer"))) return answer;
      if (answer) this.pannes += 1;
      if (this.fini || Date.now() > end) throw new Abandon("la panne dure");
      await sleep(pause);
    }
  }

  async exiger(ask, status, what) {
    const answer = await this.insister(ask);
    if (answer.status === status) return answer;
    throw new Refus(`${what} : ${answer.status} ${answer.location} ${raisons(answer.text)}`);
  }

  /** One file in two pieces, gone on with as a client of tus does: a lost answer is asked for, a lost upload begun again. */
  async televerser(c, base, nom, octets) {
    const demander = (...args) => this.insister(async () => {
      const answer = await c.tus(...args);
      return answer.status === 423 ? { ...answer, status: 503 } : answer;
    });
    const metadonnees = `filename ${Buffer.from(nom).toString("base64")}`;
    for (;;) {
      const cree = await demander("POST", `${base}/fichiers/televersements`, { "upload-length": octets.length, "upload-metadata": metadonnees });
      if (cree.status !== 201) throw new Refus(`téléversement : ${cree.status} ${cree.text}`);
      for (;;) {
        const ou = await demander("HEAD", cree.location, {});
        if (ou.status === 404 || ou.status === 410) break; // its machine is another, or has lost its name
        if (ou.status !== 200) throw new Refus(`téléversement, où en est-il : ${ou.status}`);
        const position = Number(ou.headers["upload-offset"]);
        if (position === octets.length) return;
        const fin = position === 0 ? Math.ceil(octets.length / 2) : octets.length;
        const suite = await demander("PATCH", cree.location, { "upload-offset": position }, octets.subarray(position, fin));
        if (![204, 404, 409, 410].includes(suite.status)) throw new Refus(`téléversement, suite : ${suite.status} ${suite.text}`);
      }
    }
  }

  /** A whole deposit, with `autres` files; one in two sends its letter in pieces, as on a poor network (`repris`). Gives {marque, reference, lien, email}; what was acknowledged on the way stays acknowledged. */
  async deposer(autres = [], { repris = this.numero % 2 === 0 } = {}) {
    const c = this.client();
    const marque = this.marque();
    try {
      const start = await this.exiger(() => c.post("/signaler", { danger: "oui" }), 303, "début du dépôt");
      const base = start.location.slice(0, start.location.lastIndexOf("/"));
      const jeton = base.slice(base.lastIndexOf("/") + 1);
      const email = `${marque}@fautes.exemple`.toLowerCase();
      const step = async (name, form) => {
        const before = performance.now();
        const answer = await this.exiger(() => c.post(`${base}/${name}`, form), 303, `dépôt, ${name}`);
        this.durees.push(performance.now() - before);
        if (answer.location.endsWith(`/${name}`)) throw new Refus(`dépôt, ${name} : la page revient`);
        for (const [champ, valeur] of Object.entries(form)) this.acquis.ecrire({ type: "reponse", jeton, champ, valeur });
      };
      await step("adresse", this.adresse?.() ?? { adresse_mode: "manuelle", adresse_voie: `${marque} rue des Carmes`, adresse_commune: "76000" });
      await step("profil", { profil: "travailleur_social" });
      await step("coordonnees", { organisation: "CMS de Rouen", prenom: "Paule", nom: "Martin", email });
      await step("occupant", {
        occupe: "oui", occupant_statut: "locataire", occupant_prenom: "Awa", occupant_nom: "Diallo",
        occupant_email: `o-${email}`, occupant_prevenu: "oui",
      });
      await step("danger", { description: `Le plafond s’effondre. Repère ${marque}.`, dangers_batiment: "desordres_batiment_securite_toit" });
      const texte = Buffer.from(`Courrier ${marque}\n${this.danger ?? ""}\n` + "ligne de texte\n".repeat(this.alea.entre(1, 400)));
      const nom = `courrier-${marque}.txt`;
      const avantEnvoi = performance.now();
      if (repris) await this.televerser(c, base, nom, texte);
      const files = [...(repris ? [] : [{ name: nom, bytes: texte }]), ...autres];
      const photos = this.alea.entre(1, 100) <= this.avecPhoto ? 1 : 0;
      if (photos) files.push({ name: "photo.jpg", bytes: photo });
      if (files.length) {
        const sent = await this.exiger(() => c.postFiles(`${base}/fichiers/ajout`, { desordre: "" }, files), 303, "fichiers");
        if (!sent.location.endsWith("/fichiers")) throw new Refus(`fichiers : ${sent.location}`);
      }
      this.durees.push(performance.now() - avantEnvoi);
      this.acquis.ecrire({ type: "piece", jeton, marque, sha256: sha256(texte), photos });
      await this.exiger(() => c.post(`${base}/fichiers`, {}), 303, "fichiers, suite");
      const form = { visite_acceptee: "oui", bailleur_peut_etre_prevenu: "non", attestation: "oui", donnees: "oui" };
      this.acquis.ecrire({ type: "tentative", jeton, marque });
      const before = performance.now();
      const answer = await this.exiger(() => c.post(`${base}/envoi`, form), 303, "envoi");
      if (!answer.location.endsWith("/confirmation")) throw new Refus(`envoi : ${answer.location}`);
      this.durees.push(performance.now() - before);
      this.acquis.ecrire({ type: "depot", jeton, marque, email, photos, sha256: sha256(texte) });
      const page = await this.exiger(() => c.get(`${base}/confirmation`), 200, "confirmation");
      const reference = /\b\d[\dAB]-\d{4}-\d{6}\b/.exec(page.text)?.[0];
      const lien = /\/suivi\/([\w-]{20,})/.exec(page.text)?.[1];
      if (!reference || !lien) throw new Refus("la confirmation ne montre ni référence ni lien");
      this.acquis.ecrire({ type: "reference", marque, reference });
      this.acquis.ecrire({ type: "lien", marque, lien });
      const dossier = { marque, reference, lien, email };
      this.dossiers.push(dossier);
      return dossier;
    } finally {
      c.fermer();
    }
  }

  /** An agent's browser, logged in once even when two gestures need it together: logins are counted by the platform. */
  connecter(email) {
    this.agents ??= new Map();
    if (!this.agents.has(email)) {
      const ouverte = this.ouvrirSession(email);
      this.agents.set(email, ouverte);
      ouverte.catch(() => this.agents.delete(email));
    }
    return this.agents.get(email);
  }

  async ouvrirSession(email) {
    const c = this.client();
    const answer = await this.insister(() => c.post("/connexion", { email, mot_de_passe: motDePasse }));
    // So many tries an hour, and each one counts, even those whose answer a fault took away: later, or somebody else.
    if (answer.status === 429) throw new Abandon("trop d’essais de connexion");
    if (answer.status !== 303) throw new Refus(`connexion de ${email} : ${answer.status} ${raisons(answer.text)}`);
    if (answer.location.startsWith("/connexion")) throw new Refus(`connexion de ${email}`);
    c.jeton = "";
    await this.insister(() => c.csrf().then(() => ({ status: 200 })));
    return c;
  }

  async ouvrir(dossier) {
    const c = await this.connecter(secretaire);
    if (dossier.id) return c;
    const list = await this.exiger(() => c.get(`/signalements?q=${dossier.reference}`), 200, "recherche");
    dossier.id = /href="\/signalements\/([0-9a-z]{26})"/.exec(list.text)?.[1];
    if (!dossier.id) throw new Refus(`le dossier ${dossier.reference} n’est pas dans la liste`);
    return c;
  }

  /** What has been done already, when a retry is told that the page is out of date. */
  async faire(what, ask, done) {
    const answer = await this.insister(ask);
    if (answer.status === 303 || (answer.status === 409 && (await done()))) return;
    throw new Refus(`${what} : ${answer.status} ${answer.location} ${raisons(answer.text)}`);
  }

  /** The hidden fields of a form as the page holds it: pressed again, it is the same form. Nothing when it is not there. */
  async formulaire(c, page, action) {
    const { text } = await this.exiger(() => c.get(page), 200, page);
    const form = [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].find((m) => action.exec(m[1]));
    if (!form) return null;
    const fields = {};
    for (const [tag] of form[2].matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name && name !== "csrf") fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? "";
    }
    return { url: action.exec(form[1])[1], fields };
  }

  async remplir(c, page, action) {
    const f = await this.formulaire(c, page, action);
    if (!f) throw new Refus(`${page} n’a pas le formulaire ${action}`);
    return f;
  }

  async confier(dossier) {
    const c = await this.ouvrir(dossier);
    const page = `/signalements/${dossier.id}/affectations`;
    const f = await this.remplir(c, page, /action="([^"]*\/affectations)"/);
    await this.exiger(() => c.post(f.url, { ...f.fields, partenaires: partenaire.id }), 303, "affectation");
    this.acquis.ecrire({ type: "affectation", marque: dossier.marque, partenaire: partenaire.id });
    dossier.confie = true;
  }

  async accepter(dossier) {
    const c = await this.connecter(partenaire.agent);
    const page = `/signalements/${dossier.id}`;
    const accepter = /action="([^"]*\/affectations\/[0-9a-z]{26}\/acceptation)"/;
    // Without its form it is done: pressed before the fault, the answer lost. The audit says whether that is true.
    const f = await this.formulaire(c, page, accepter);
    if (f) await this.faire("acceptation", () => c.post(f.url, f.fields), async () => !(await this.formulaire(c, page, accepter)));
    this.acquis.ecrire({ type: "acceptation", marque: dossier.marque, partenaire: partenaire.id });
    dossier.accepte = true;
  }

  async agir(dossier, { photos = 0 } = {}) {
    const c = await this.connecter(dossier.accepte ? partenaire.agent : secretaire);
    const marque = this.marque();
    const texte = Buffer.from(`Compte rendu ${marque}\n`);
    const files = [{ name: `compte-rendu-${marque}.txt`, bytes: texte }];
    if (photos) files.push({ name: "photo.jpg", bytes: photo });
    const f = await this.remplir(c, `/signalements/${dossier.id}`, /action="([^"]*\/suivi)"/);
    const form = { ...f.fields, type: "message", date: "", texte: `Nous avons appelé la famille. Repère ${marque}.`, visible_deposant: "oui" };
    this.acquis.ecrire({ type: "tentative_suivi", marque });
    await this.exiger(() => c.postFiles(f.url, form, files), 303, "suivi");
    this.acquis.ecrire({ type: "suivi", marque, dossier: dossier.marque, sha256: sha256(texte) });
  }

  async ecrire(dossier) {
    const c = this.client();
    try {
      await this.exiger(() => c.post(`/suivi/${dossier.lien}/acces`, { nom: "Martin", code_postal: "76000" }), 303, "accès au suivi");
      const marque = this.marque();
      const texte = Buffer.from(`Pièce du déposant ${marque}\n`);
      this.acquis.ecrire({ type: "tentative_suivi", marque });
      const reponse = await this.insister(() => c.postFiles(`/suivi/${dossier.lien}/messages`, { texte: `Rien n’a changé. Repère ${marque}.` },
        [{ name: `piece-${marque}.txt`, bytes: texte }]));
      if (reponse.status === 429) return; // twenty an hour on one report, and each try counts
      if (reponse.status !== 303) throw new Refus(`message du déposant : ${reponse.status} ${raisons(reponse.text)}`);
      this.acquis.ecrire({ type: "suivi", marque, dossier: dossier.marque, sha256: sha256(texte) });
    } finally {
      c.fermer();
    }
  }

  async cloturer(dossier) {
    const c = await this.ouvrir(dossier);
    const clore = /action="([^"]*\/cloture)"/;
    const close = async () => {
      const page = await this.exiger(() => c.get(`/signalements/${dossier.id}`), 200, "dossier");
      return page.text.includes(`/signalements/${dossier.id}/reouverture`);
    };
    if (!(await close())) { // by a press whose answer was lost
      const f = await this.remplir(c, `/signalements/${dossier.id}/cloture`, clore);
      const form = { ...f.fields, motif: "autre", texte: `Tout est réparé. Repère ${dossier.marque}.` };
      await this.faire("clôture", () => c.post(f.url, form), close);
    }
    this.acquis.ecrire({ type: "cloture", marque: dossier.marque });
    dossier.clos = true;
  }

  /** A paper form typed at a desk: the same form pressed again gives the same demande. */
  async enregistrer({ navigateur, guichet = guichets[0].code, jour = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10) } = {}) {
    const c = navigateur ?? await this.connecter(guichets[0].agent);
    const marque = this.marque(), a = this.alea;
    const email = `${marque}@fautes.exemple`.toLowerCase();
    const [annee, mois] = [a.entre(1940, 2004), a.entre(1, 12)];
    const numeroSecu = nir(annee, mois, a);
    this.acquis.ecrire({ type: "tentative_demande", marque, nir: numeroSecu });
    const form = {
      cle: cle(), guichet, verifie: "oui",
      "depot.depose_le": jour, "depot.identite": "carte_identite",
      "demandeur.civilite": "mme", "demandeur.nom": marque, "demandeur.prenom": "Odile",
      "demandeur.naissance_le": `${a.entre(1, 28)}/${mois}/${annee}`, "demandeur.nir": numeroSecu,
      "demandeur.nationalite": "fr", "demandeur.situation_familiale": "celibataire", "demandeur.email": email,
      "demandeur.infos_courriel": "oui", "souhait.personnes": "1", "localisation.1.commune": "76540",
    };
    const faite = await this.exiger(() => c.post("/demandes", form), 303, "demande");
    const page = await this.exiger(() => c.get(faite.location), 200, "demande enregistrée");
    const numero = new RegExp(`\\b(\\d{3} \\d{4} \\d{6} ${guichet})`).exec(page.text)?.[1];
    if (!numero) throw new Refus("la demande enregistrée ne montre pas son numéro");
    this.acquis.ecrire({ type: "demande", marque, numero: numero.replaceAll(" ", ""), email });
    return { c, marque, numero, id: /\/demandes\/([0-9a-z]{26})/.exec(faite.location)[1] };
  }

  /** An applicant enters an account: a code received by e-mail, typed on the next page. One that served an answer that was lost serves no more: they ask for another. */
  async entrer() {
    const c = this.client();
    const email = `${this.marque()}@fautes.exemple`.toLowerCase();
    for (let essai = 0; essai < 5; essai += 1) {
      await this.exiger(() => c.post("/demander/connexion", { courriel: email }), 303, "code demandé");
      const code = /\b\d{4} \d{4}\b/.exec(await this.messageDuCode(email))?.[0];
      if (!code) throw new Refus("aucun message ne porte le code demandé");
      const entree = await this.insister(() => c.post("/demander/code", { code }));
      if (entree.status !== 422 && entree.status !== 303) throw new Refus(`code tapé : ${entree.status} ${raisons(entree.text)}`);
      if (entree.location !== "/ma-demande") continue;
      this.acquis.ecrire({ type: "compte", email });
      c.jeton = ""; // that of a session is shown by the pages of that session
      await this.exiger(() => c.get("/ma-demande"), 200, "compte du demandeur");
      return { c, email, base: "", pris: false, attend: false };
    }
    throw new Refus("cinq codes n’ont pas ouvert le compte");
  }

  async ouvrirComptes(n) { for (let i = 0; i < n; i += 1) this.comptes.push(await this.entrer()); }

  /** A demande typed online up to its deposit, gone on with where it was left when the fault lasted. */
  async deposerEnLigne(compte) {
    const { c } = compte;
    if (!compte.base) {
      const debut = { cle: cle(), insee: "76540" };
      compte.base = (await this.exiger(() => c.post("/nouvelle-demande", debut), 303, "demande en ligne")).location;
      compte.marque = this.marque();
      this.acquis.ecrire({ type: "brouillon_en_ligne", id: compte.base.split("/").at(-1), email: compte.email });
    }
    const { base, marque, email } = compte;
    const id = base.split("/").at(-1);
    // Left after « Déposer » without an answer: its page tells.
    const ou = await this.insister(() => c.get(base));
    if (ou.status !== 200) {
      const ecran = async (nom, champs) => {
        const reponse = await this.exiger(() => c.post(`${base}/${nom}`, champs), 303, `demande en ligne, ${nom}`);
        if (reponse.location === base) throw new Refus(`demande en ligne, ${nom} : elle est déjà déposée`);
        for (const [champ, valeur] of Object.entries(champs)) this.acquis.ecrire({ type: "reponse_en_ligne", id, champ, valeur });
      };
      await ecran("vous", {
        "demandeur.civilite": "mme", "demandeur.nom": marque, "demandeur.prenom": "Odile", "demandeur.naissance_le": "14/10/1979",
        "demandeur.nationalite": "fr", "demandeur.situation_familiale": "celibataire",
      });
      await ecran("coordonnees", {
        "demandeur.telephone": `06 ${this.alea.entre(10, 99)} 34 56 78`, "demandeur.email": email, "demandeur.infos_courriel": "oui",
        "adresse.voie": `${this.alea.entre(1, 99)} rue des Tanneurs`, "adresse.code_postal": "76000", "adresse.commune": "Rouen",
      });
      await ecran("souhait", { "souhait.t2": "oui", "souhait.personnes": "1" });
      const piece = Buffer.concat([identite, Buffer.from(`\n% ${marque} ${crypto.randomUUID()}\n`)]);
      const envoi = { cle: cle(), "depot.identite": "carte_identite" };
      const recu = await this.insister(() => c.postFiles(`${base}/fichiers`, envoi, [{ name: `identite-${marque}.pdf`, bytes: piece }]));
      if (recu.status === 429) { // so many an hour from one account, and each try counts: somebody else goes on
        compte.plein = true;
        throw new Abandon("ce compte a tout envoyé");
      }
      if (recu.status !== 303) throw new Refus(`pièce d’identité : ${recu.status} ${recu.location} ${raisons(recu.text)}`);
      if (!recu.location.endsWith("/verification")) throw new Refus(`pièce d’identité : ${recu.location}`);
      this.acquis.ecrire({ type: "piece_en_ligne", id, marque, sha256: sha256(piece) });
      const depot = { cle: cle() };
      this.acquis.ecrire({ type: "tentative_en_ligne", id, marque });
      const answer = await this.exiger(() => c.post(`${base}/envoi`, depot), 303, "dépôt en ligne");
      if (!answer.location.endsWith("?fait=depot")) throw new Refus(`dépôt en ligne : ${answer.location}`);
    }
    this.acquis.ecrire({ type: "depot_en_ligne", id, marque, email });
    compte.base = "";
    compte.attend = true; // one at a time, in one territory
    const deposee = { id, marque, email, compte };
    this.aVerifier.push(deposee);
    return deposee;
  }

  /** The desk compares the document and gives the number, once the file could be opened. */
  async verifier(deposee) {
    const c = await this.connecter(guichets[0].agent);
    const f = await this.remplir(c, `/a-verifier/${deposee.id}`, /action="([^"]*\/validation)"/);
    const end = Date.now() + this.patience;
    let faite;
    for (;;) {
      faite = await this.insister(() => c.post(f.url, { ...f.fields, guichet: guichets[0].code, verifie: "oui" }));
      if (faite.status === 303) break;
      if (faite.status !== 422 || !faite.text.includes("en cours de vérification")) throw new Refus(`validation : ${faite.status} ${raisons(faite.text)}`);
      if (this.fini || Date.now() > end) throw new Abandon("la pièce attend toujours");
      await sleep(100);
    }
    const page = await this.exiger(() => c.get(faite.location), 200, "demande validée");
    const numero = new RegExp(`\\b(\\d{3} \\d{4} \\d{6} ${guichets[0].code})`).exec(page.text)?.[1];
    if (!numero) throw new Refus("la demande validée ne montre pas son numéro");
    this.acquis.ecrire({ type: "validation", id: deposee.id, marque: deposee.marque, email: deposee.email, numero: numero.replaceAll(" ", "") });
    deposee.compte.attend = false;
  }

  /** A demande online, from the code of its applicant to the number that a desk gives it. */
  async histoireEnLigne() {
    const compte = await this.entrer();
    try {
      const deposee = await this.deposerEnLigne(compte);
      await this.verifier(deposee);
      return deposee;
    } finally {
      compte.c.fermer();
    }
  }

  /** One press of a form that is done once, which leads to a page that ends so. */
  async presser(c, url, champs, fin) {
    const faite = await this.exiger(() => c.post(url, champs), 303, url.replace(/[0-9a-z]{26}/g, "…"));
    if (!fin.test(faite.location)) throw new Refus(`${url} : ${faite.location}`);
    return faite.location;
  }

  /** Two reports entrusted by one act, then taken back: nobody must be told, and nothing of it remain but its trace. */
  async histoireDeLot() {
    const dossiers = [await this.deposer(), await this.deposer()];
    for (const d of dossiers) await this.ouvrir(d);
    const c = await this.connecter(secretaire);
    const marques = dossiers.map((d) => d.marque);
    await this.exiger(() => c.post("/selection", { quoi: "vider" }), 303, "sélection vidée");
    await this.exiger(() => c.post("/selection", { quoi: "ajouter", signalement: dossiers.map((d) => d.id) }), 303, "sélection");
    const consigne = { partenaires: partenaire.id };
    const apercu = await this.exiger(() => c.post("/selection/affectation", consigne), 200, "aperçu du lot");
    const lot = /name="lot" value="([0-9a-z]{26})"/.exec(apercu.text)?.[1];
    const ligne = [...apercu.text.matchAll(/name="ligne"[^>]* value="([0-9a-z]{26}[.][0-9]+)"/g)].map(([, l]) => l);
    if (!lot || ligne.length !== 2) throw new Refus(`aperçu du lot : ${ligne.length} lignes, ${raisons(apercu.text)}`);
    this.acquis.ecrire({ type: "tentative_lot", lot });
    await this.exiger(() => c.post("/lots", { lot, geste: "affectation", ...consigne, ligne }), 303, "lot");
    const page = async () => (await this.exiger(() => c.get(`/lots/${lot}`), 200, "page du lot")).text;
    // Whoever was to do it died between two reports: the page says that some remain.
    let vue = await page();
    if (vue.includes(`/lots/${lot}/suite`)) {
      await this.exiger(() => c.post(`/lots/${lot}/suite`, {}), 303, "suite du lot");
      vue = await page();
    }
    if (!vue.includes("C’est fait pour tous.")) throw new Refus(`lot : ${raisons(vue)}`);
    this.acquis.ecrire({ type: "lot", lot, marques });
    await this.exiger(() => c.post(`/lots/${lot}/annulation`, {}), 303, "annulation du lot");
    vue = await page();
    if (!vue.includes("Ce qui pouvait être annulé l’a été.") || vue.includes("Laissé tel quel")) throw new Refus(`annulation du lot : ${raisons(vue)}`);
    this.acquis.ecrire({ type: "lot_annule", lot, marques });
    return dossiers;
  }

  /** A demande on paper, renewed at the desk. */
  async histoireDeRenouvellement() {
    const demande = await this.enregistrer();
    const { c, id, marque } = demande;
    this.acquis.ecrire({ type: "tentative_reprise", marque });
    await this.presser(c, `/demandes/${id}/renouvellement`, { cle: cle(), confirme: "oui" }, /fait=renouvellement$/);
    this.acquis.ecrire({ type: "renouvellement", id, marque });
    return demande;
  }

  /** A demande warned, then removed by mistake; the manager of the territory takes that back. */
  async histoireDeRadiation() {
    const demande = await this.enregistrer();
    const { c, id, marque } = demande;
    const base = `/demandes/${id}`;
    await this.presser(c, `${base}/avertissements`, { cle: cle(), motif: "non_reponse", texte: `Votre adresse nous manque. Repère ${marque}.` }, /fait=avertissement$/);
    this.acquis.ecrire({ type: "avertissement", id, marque });
    const page = await this.exiger(() => c.get(`${base}/avertissements`), 200, "avertissements");
    const avertissement = /name="avertissement" value="([0-9a-z]{26})"/.exec(page.text)?.[1];
    if (!avertissement) throw new Refus("l’avertissement n’est pas sur sa page");
    const remise = { cle: cle(), avertissement, moyen: "main_propre", remis_le: aujourdhui(), preuve: "Signé au guichet" };
    await this.presser(c, `${base}/avertissements/remise`, remise, /fait=remise_d_avertissement$/);
    this.acquis.ecrire({ type: "remise", id, marque });
    this.acquis.ecrire({ type: "tentative_fin", marque });
    await this.presser(c, `${base}/radiation`, { cle: cle(), motif: "renonciation", justificatif: `Lettre signée. Repère ${marque}.` }, /fait=radiation$/);
    this.acquis.ecrire({ type: "radiation", id, marque });
    const elle = await this.connecter(gestionnaire);
    const retrait = { cle: cle(), raison: `La lettre n’était pas de sa main. Repère ${marque}.` };
    await this.presser(elle, `${base}/radiation/retrait`, retrait, /fait=reactivation$/);
    this.acquis.ecrire({ type: "radiation_retiree", id, marque });
    return demande;
  }

  /** A dwelling, its only candidate, the commission that gives it, the yes and the lease, which ends the demande. */
  async histoireDeCandidature() {
    const bailleur = guichets[1].code;
    const c = await this.connecter(guichets[1].agent);
    const demande = await this.enregistrer({ navigateur: c, guichet: bailleur });
    const { id, marque, numero } = demande;
    const logement = (await this.presser(c, "/logements", {
      cle: cle(), bailleur, reference: marque, adresse: "12 rue du Renard", commune: "Rouen 76000", pieces: "1", surface: "31",
      loyer: "312,50", charges: "45", financement: "plus", disponible_le: aujourdhui(), contingent: "bailleur",
    }, /fait=logement$/)).split("?")[0];
    this.acquis.ecrire({ type: "logement", marque });
    await this.presser(c, `${logement}/candidatures`, { cle: cle(), numero }, /fait=designation$/);
    this.acquis.ecrire({ type: "designation", id, marque });
    const page = await this.exiger(() => c.get(logement), 200, "logement");
    const candidature = /\/candidatures\/([0-9a-z]{26})/.exec(page.text)?.[1];
    if (!candidature) throw new Refus("la candidature n’est pas sur la page du logement");
    const geste = (nom, champs, fait = nom) => this.presser(c, `/candidatures/${candidature}/${nom}`, { cle: cle(), ...champs }, new RegExp(`fait=${fait}$`));
    await geste("complet", {});
    const seance = (await this.presser(c, "/commissions", { cle: cle(), bailleur, tenue_le: aujourdhui(), lieu: marque }, /fait=commission$/)).split("?")[0];
    this.acquis.ecrire({ type: "seance", marque });
    const inscription = { cle: cle(), commission: seance.split("/").at(-1), candidature };
    await this.presser(c, `${logement}/inscription`, inscription, /fait=inscription$/);
    this.acquis.ecrire({ type: "passage", id, marque });
    const decision = {
      cle: cle(), logement: logement.split("/").at(-1), derogation: "peu_de_candidats",
      [`decision.${candidature}`]: "attribution", [`rang.${candidature}`]: "1",
    };
    await this.presser(c, `${seance}/decisions`, decision, /fait=decisions\b/);
    this.acquis.ecrire({ type: "decision", id, marque });
    await geste("reponse", { reponse: "oui" }, "acceptation");
    this.acquis.ecrire({ type: "oui", id, marque });
    this.acquis.ecrire({ type: "tentative_fin", marque });
    await geste("bail", { signe_le: aujourdhui(), rpls: marque });
    this.acquis.ecrire({ type: "bail", id, marque });
    return demande;
  }

  /** The whole life of one report, in order, and a demande on paper. */
  async histoire() {
    await this.enregistrer();
    const dossier = await this.deposer();
    await this.ouvrir(dossier);
    await this.confier(dossier);
    await this.accepter(dossier);
    await this.agir(dossier);
    await this.ecrire(dossier);
    await this.cloturer(dossier);
    return dossier;
  }

  /** Somebody deposits, or a desk checks the oldest deposit. */
  async gesteEnLigne() {
    const compte = this.comptes.find((d) => !d.pris && !d.attend);
    if (this.aVerifier.length && (!compte || this.alea.next() < 0.5)) return this.verifier(this.aVerifier.shift());
    compte.pris = true;
    try {
      return await this.deposerEnLigne(compte);
    } finally {
      compte.pris = false;
      if (compte.plein) {
        this.comptes.splice(this.comptes.indexOf(compte), 1);
        compte.c.fermer();
        this.comptes.push(await this.entrer());
      }
    }
  }

  /** One gesture drawn among those possible now. */
  async geste() {
    const libres = this.dossiers.filter((d) => !d.clos && !d.pris);
    const tire = this.alea.next();
    if (tire < 0.1) return this.enregistrer();
    if (tire < 0.3 && (this.aVerifier.length || this.comptes.some((d) => !d.pris && !d.attend))) return this.gesteEnLigne();
    if (tire < 0.5 || !libres.length) return this.deposer();
    const dossier = this.alea.parmi(libres.slice(-30));
    // Several write on one report at once; decisions are one person's at a time: who loses a race is tested elsewhere.
    if (this.ensemble && dossier.accepte && tire < 0.8) return tire < 0.6 ? this.agir(dossier) : this.ecrire(dossier);
    dossier.pris = true;
    try {
      await this.ouvrir(dossier);
      if (!dossier.confie) return await this.confier(dossier);
      if (!dossier.accepte) return await this.accepter(dossier);
      const what = this.alea.next();
      if (what < 0.4) return await this.agir(dossier);
      if (what < 0.8) return await this.ecrire(dossier);
      return await this.cloturer(dossier);
    } finally {
      dossier.pris = false;
    }
  }

  /** `n` people at work until arreter(). */
  commencer(n) {
    this.fini = false;
    this.gens = Array.from({ length: n }, async () => {
      while (!this.fini) {
        try {
          await this.geste();
        } catch (error) {
          if (error instanceof Abandon) continue;
          this.refus.push(error.message);
          if (!(error instanceof Refus)) throw error;
          if (this.refus.length > 20) return;
          await sleep(20);
        }
      }
    });
  }

  async arreter() {
    this.fini = true;
    await Promise.all(this.gens ?? []);
    for (const { c } of this.comptes) c.fermer();
    for (const c of this.agents?.values() ?? []) c.then((ouverte) => ouverte.fermer(), () => {});
  }
}
