// After the fault: is everything that was acknowledged there, once? Reads the database by the engine's own program, then asks
// `logis verifier`, then compares the outbox with what the mail server received.
import fs from "node:fs";
import path from "node:path";
import { sha256 } from "./lib.mjs";

const repere = /Repère (R[a-z]+x[a-z]{5,}z)/;

function parRepere(lignes, texte) {
  const out = new Map();
  for (const l of lignes) {
    const m = repere.exec(l[texte] ?? "");
    if (m) out.set(m[1], [...(out.get(m[1]) ?? []), l]);
  }
  return out;
}

/** Gives {confirmees, perdues: [sentence], doubles: [sentence]}. */
export async function comparer(installation, acquis) {
  const perdues = [], doubles = [];
  let confirmees = 0;
  const lignes = (sql) => installation.lignes(sql);
  const depots = parRepere(await lignes("SELECT id, reference, statut, description FROM signalement WHERE description LIKE '%Repère R%'"), "description");
  const pieces = await lignes("SELECT sp.signalement AS id, p.sha256, p.type FROM signalement_piece sp JOIN piece p ON p.id = sp.piece");
  const piecesDe = new Map();
  for (const p of pieces) piecesDe.set(p.id, [...(piecesDe.get(p.id) ?? []), p]);
  const suivis = parRepere(await lignes("SELECT s.id, s.signalement, s.texte FROM suivi s WHERE s.texte LIKE '%Repère R%'"), "texte");
  const piecesSuivi = new Map();
  for (const p of await lignes("SELECT sp.suivi AS id, p.sha256 FROM suivi_piece sp JOIN piece p ON p.id = sp.piece"))
    piecesSuivi.set(p.id, [...(piecesSuivi.get(p.id) ?? []), p.sha256]);
  const entrees = new Map(); // lines of the journal that name a follow-up entry
  for (const j of await lignes("SELECT details, COUNT(*) AS n FROM journal WHERE objet_type = 'signalement' AND evenement IN ('message', 'reponse_deposant') GROUP BY details"))
    entrees.set(j.details, Number(j.n));
  const affectations = new Map();
  for (const a of await lignes("SELECT signalement, partenaire, statut FROM affectation")) affectations.set(`${a.signalement} ${a.partenaire}`, a.statut);
  const journal = new Map();
  for (const j of await lignes("SELECT objet_id, evenement, COUNT(*) AS n FROM journal WHERE objet_type = 'signalement' GROUP BY objet_id, evenement"))
    journal.set(`${j.objet_id} ${j.evenement}`, Number(j.n));
  const brouillons = new Map();
  for (const b of await lignes("SELECT jeton_hash, reponses, soumis_le FROM brouillon")) brouillons.set(b.jeton_hash, b);
  const piecesBrouillon = new Map();
  for (const p of await lignes("SELECT b.jeton_hash AS id, p.sha256 FROM brouillon b JOIN brouillon_piece bp ON bp.brouillon = b.id JOIN piece p ON p.id = bp.piece"))
    piecesBrouillon.set(p.id, [...(piecesBrouillon.get(p.id) ?? []), p.sha256]);

  const hash = sha256;
  const un = (n, quoi) => {
    confirmees += 1;
    if (n === 0) perdues.push(`${quoi} : perdu`);
    if (n > 1) doubles.push(`${quoi} : ${n} fois`);
    return n > 0;
  };

  const soumis = new Set(acquis.de("depot").map((d) => d.jeton));
  const references = new Map(acquis.de("reference").map((r) => [r.marque, r.reference]));
  const numeros = new Map();
  for (const d of acquis.de("depot")) {
    const trouves = depots.get(d.marque) ?? [];
    if (!un(trouves.length, `dépôt ${d.marque}`)) continue;
    const { id, reference } = trouves[0];
    const dite = references.get(d.marque);
    if (dite && dite !== reference) perdues.push(`dépôt ${d.marque} : la référence confirmée ${dite} est devenue ${reference}`);
    numeros.set(reference, [...(numeros.get(reference) ?? []), d.marque]);
    const siennes = piecesDe.get(id) ?? [];
    un(siennes.filter((p) => p.sha256 === d.sha256).length, `courrier du dépôt ${d.marque}`);
    if (d.photos) un(siennes.filter((p) => p.type === "image/jpeg").length, `photo du dépôt ${d.marque}`);
    if (journal.get(`${id} depot`) !== 1) perdues.push(`dépôt ${d.marque} : ${journal.get(`${id} depot`) ?? 0} ligne au journal`);
  }
  for (const t of acquis.de("tentative")) {
    const n = (depots.get(t.marque) ?? []).length;
    if (n > 1 && !soumis.has(t.jeton)) doubles.push(`dépôt non confirmé ${t.marque} : ${n} fois`);
  }
  for (const [reference, marques] of numeros) if (marques.length > 1) doubles.push(`référence ${reference} donnée à ${marques.join(" et ")}`);

  const derniere = new Map(); // the last answer acknowledged for each field of each draft
  for (const r of acquis.de("reponse")) derniere.set(`${r.jeton} ${r.champ}`, r);
  const tentes = new Set(acquis.de("tentative").map((t) => t.jeton));
  for (const r of derniere.values()) {
    if (soumis.has(r.jeton) || tentes.has(r.jeton)) continue; // the report holds them
    const b = brouillons.get(hash(r.jeton));
    const gardee = b && JSON.stringify(JSON.parse(b.reponses)).includes(JSON.stringify(r.valeur).slice(1, -1));
    un(gardee ? 1 : 0, `réponse « ${r.champ} » d’un brouillon`);
  }
  for (const p of acquis.de("piece")) {
    if (soumis.has(p.jeton) || tentes.has(p.jeton)) continue;
    un((piecesBrouillon.get(hash(p.jeton)) ?? []).filter((s) => s === p.sha256).length, `fichier d’un brouillon ${p.marque}`);
  }

  const faits = new Set(acquis.de("suivi").map((s) => s.marque));
  for (const s of acquis.de("suivi")) {
    const trouves = suivis.get(s.marque) ?? [];
    if (!un(trouves.length, `suivi ${s.marque}`)) continue;
    un((piecesSuivi.get(trouves[0].id) ?? []).filter((x) => x === s.sha256).length, `fichier du suivi ${s.marque}`);
    un(entrees.get(trouves[0].id) ?? 0, `suivi ${s.marque} au journal`);
  }
  for (const t of acquis.de("tentative_suivi")) {
    const n = (suivis.get(t.marque) ?? []).length;
    if (n > 1 && !faits.has(t.marque)) doubles.push(`suivi non confirmé ${t.marque} : ${n} fois`);
  }
  const dossier = (marque) => (depots.get(marque) ?? [])[0];
  for (const a of acquis.de("affectation")) {
    const d = dossier(a.marque);
    un(d && affectations.has(`${d.id} ${a.partenaire}`) ? 1 : 0, `affectation de ${a.marque}`);
    if (d) un(journal.get(`${d.id} affecter`) ?? 0, `affectation de ${a.marque} au journal`);
  }
  for (const a of acquis.de("acceptation")) {
    const d = dossier(a.marque);
    const statut = d && affectations.get(`${d.id} ${a.partenaire}`);
    un(statut === "acceptee" || statut === "fermee" ? 1 : 0, `acceptation de ${a.marque}`);
    if (d) un(journal.get(`${d.id} accepter_affectation`) ?? 0, `acceptation de ${a.marque} au journal`);
  }
  for (const a of acquis.de("cloture")) {
    const d = dossier(a.marque);
    un(d?.statut === "clos" ? 1 : 0, `clôture de ${a.marque}`);
    if (d) un(journal.get(`${d.id} cloturer`) ?? 0, `clôture de ${a.marque} au journal`);
  }

  // An act on several reports, and its undoing: done to each once, then as if it had not been.
  const parLot = new Map();
  for (const l of await lignes("SELECT lot, signalement, issue FROM lot_ligne")) parLot.set(`${l.lot} ${l.signalement}`, l.issue);
  const lots = new Map((await lignes("SELECT id, COUNT(*) AS n FROM lot GROUP BY id")).map((l) => [l.id, Number(l.n)]));
  const annules = new Set(acquis.de("lot_annule").map((l) => l.lot));
  for (const l of acquis.de("lot")) {
    if (!un(lots.get(l.lot) ?? 0, `lot ${l.lot}`)) continue;
    for (const marque of l.marques) {
      const d = dossier(marque);
      if (!un(d && parLot.has(`${l.lot} ${d.id}`) ? 1 : 0, `ligne du lot de ${marque}`)) continue;
      un(journal.get(`${d.id} affecter`) ?? 0, `affectation par lot de ${marque} au journal`);
      if (!annules.has(l.lot)) continue;
      un(journal.get(`${d.id} annulation`) ?? 0, `annulation du lot de ${marque} au journal`);
      const issue = parLot.get(`${l.lot} ${d.id}`);
      if (issue !== "defait") perdues.push(`lot annulé de ${marque} : la ligne est ${issue}`);
      if (d.statut !== "a_trier") perdues.push(`lot annulé de ${marque} : il est ${d.statut}`);
      if ([...affectations.keys()].some((cle) => cle.startsWith(`${d.id} `))) perdues.push(`lot annulé de ${marque} : il reste confié`);
    }
  }

  const demandes = new Map();
  for (const d of await lignes("SELECT id, numero, etat, deposee_le, ancre, contenu FROM demande")) {
    const marque = /\bR[a-z]+x[a-z]{5,}z\b/.exec(d.contenu)?.[0];
    if (marque) demandes.set(marque, [...(demandes.get(marque) ?? []), d]);
  }
  const enregistrements = new Map();
  for (const j of await lignes("SELECT objet_id, COUNT(*) AS n FROM journal WHERE objet_type = 'demande' AND evenement = 'depot' GROUP BY objet_id"))
    enregistrements.set(j.objet_id, Number(j.n));
  const donnes = new Map();
  for (const d of acquis.de("demande")) {
    const trouvees = demandes.get(d.marque) ?? [];
    donnes.set(d.numero, [...(donnes.get(d.numero) ?? []), d.marque]);
    if (!un(trouvees.length, `demande ${d.marque}`)) continue;
    const { id, numero } = trouvees[0];
    if (numero !== d.numero) perdues.push(`demande ${d.marque} : le numéro montré ${d.numero} est devenu ${numero}`);
    if (enregistrements.get(id) !== 1) perdues.push(`demande ${d.marque} : ${enregistrements.get(id) ?? 0} enregistrement au journal`);
  }
  const montrees = new Set(acquis.de("demande").map((d) => d.marque));
  for (const t of acquis.de("tentative_demande")) {
    const n = (demandes.get(t.marque) ?? []).length;
    if (n > 1 && !montrees.has(t.marque)) doubles.push(`demande non confirmée ${t.marque} : ${n} fois`);
  }

  const enLigne = new Map((await lignes("SELECT id, etat, contenu FROM demande_en_ligne")).map((e) => [e.id, e]));
  const parId = new Map([...demandes.values()].flat().map((d) => [d.id, d]));
  const leurs = new Map(); // files of a demande, before and after its check
  for (const p of await lignes("SELECT x.demande_en_ligne AS id, p.sha256 FROM demande_en_ligne_piece x JOIN piece p ON p.id = x.piece UNION ALL SELECT x.demande AS id, p.sha256 FROM demande_piece x JOIN piece p ON p.id = x.piece"))
    leurs.set(p.id, [...(leurs.get(p.id) ?? []), p.sha256]);
  const faitsDe = new Map();
  for (const j of await lignes("SELECT objet_id, evenement, COUNT(*) AS n FROM journal WHERE objet_type = 'demande' GROUP BY objet_id, evenement"))
    faitsDe.set(`${j.objet_id} ${j.evenement}`, Number(j.n));
  const comptes = new Map((await lignes("SELECT courriel, COUNT(*) AS n FROM demandeur GROUP BY courriel")).map((d) => [d.courriel, Number(d.n)]));
  const suivies = new Map((await lignes("SELECT x.demande, d.courriel FROM demandeur_demande x JOIN demandeur d ON d.id = x.demandeur")).map((l) => [l.demande, l.courriel]));
  for (const x of acquis.de("compte")) un(comptes.get(x.email) ?? 0, `compte ${x.email}`);
  for (const b of acquis.de("brouillon_en_ligne")) un(enLigne.has(b.id) || parId.has(b.id) ? 1 : 0, `brouillon en ligne ${b.id}`);
  const dernieres = new Map();
  for (const r of acquis.de("reponse_en_ligne")) dernieres.set(`${r.id} ${r.champ}`, r);
  for (const r of dernieres.values()) {
    const contenu = enLigne.get(r.id)?.contenu;
    if (contenu === undefined) continue; // the demande holds them, as its form reads them
    un(JSON.stringify(JSON.parse(contenu)).includes(JSON.stringify(r.valeur).slice(1, -1)) ? 1 : 0, `réponse « ${r.champ} » de la demande en ligne ${r.id}`);
  }
  for (const p of acquis.de("piece_en_ligne")) un((leurs.get(p.id) ?? []).filter((x) => x === p.sha256).length, `pièce d’identité ${p.marque}`);
  const deposees = new Set(acquis.de("depot_en_ligne").map((d) => d.id));
  for (const d of acquis.de("depot_en_ligne")) {
    if (!un((enLigne.get(d.id)?.etat === "deposee" ? 1 : 0) + (parId.has(d.id) ? 1 : 0), `dépôt en ligne ${d.marque}`)) continue;
    if (faitsDe.get(`${d.id} depot`) !== 1) perdues.push(`dépôt en ligne ${d.marque} : ${faitsDe.get(`${d.id} depot`) ?? 0} dépôt au journal`);
    const portent = [...enLigne.values(), ...parId.values()].filter((e) => e.contenu.includes(d.marque)).length;
    if (portent !== 1) doubles.push(`dépôt en ligne ${d.marque} : écrit dans ${portent} demandes`);
  }
  for (const d of acquis.de("validation")) {
    const trouvee = parId.get(d.id);
    donnes.set(d.numero, [...(donnes.get(d.numero) ?? []), d.marque]);
    if (!un(trouvee ? 1 : 0, `validation ${d.marque}`)) continue;
    if (trouvee.numero !== d.numero) perdues.push(`validation ${d.marque} : le numéro montré ${d.numero} est devenu ${trouvee.numero}`);
    if (faitsDe.get(`${d.id} validation`) !== 1) perdues.push(`validation ${d.marque} : ${faitsDe.get(`${d.id} validation`) ?? 0} au journal`);
    if (suivies.get(d.id) !== d.email) perdues.push(`validation ${d.marque} : la demande n’est pas dans le compte qui l’a déposée`);
  }
  for (const t of acquis.de("tentative_en_ligne")) {
    if (!enLigne.has(t.id) && !parId.has(t.id)) perdues.push(`demande en ligne ${t.marque} : ni brouillon, ni dépôt, ni demande`);
    else if (!deposees.has(t.id) && (faitsDe.get(`${t.id} depot`) ?? 0) > 1) doubles.push(`dépôt en ligne non confirmé ${t.marque} : plusieurs fois`);
  }

  // What became of a demande on paper: each act once in its journal, and the state that the last of them left.
  const etatDe = (x, attendu) => {
    const d = parId.get(x.id);
    if (d && d.etat !== attendu) perdues.push(`demande ${x.marque} : ${d.etat} au lieu de ${attendu}`);
    return d;
  };
  const note = (type, evenement, n = 1) => {
    for (const x of acquis.de(type)) {
      const trouve = faitsDe.get(`${x.id} ${evenement}`) ?? 0;
      un(trouve === n ? 1 : trouve < n ? 0 : 2, `${type} de ${x.marque} au journal`);
    }
  };
  note("renouvellement", "renouvellement");
  for (const x of acquis.de("renouvellement")) {
    const d = etatDe(x, "active");
    if (d && !(d.ancre > d.deposee_le)) perdues.push(`renouvellement ${x.marque} : l’année ne recommence pas`);
  }
  const compter = async (sql) => new Map((await lignes(sql)).map((l) => [l.cle, Number(l.n)]));
  const avertis = await compter("SELECT demande AS cle, COUNT(*) AS n FROM avertissement GROUP BY demande");
  const remis = await compter("SELECT demande AS cle, COUNT(*) AS n FROM avertissement WHERE remis_le IS NOT NULL GROUP BY demande");
  const retirees = await compter("SELECT demande AS cle, COUNT(*) AS n FROM radiation_retiree GROUP BY demande");
  for (const x of acquis.de("avertissement")) un(avertis.get(x.id) ?? 0, `avertissement de ${x.marque}`);
  for (const x of acquis.de("remise")) un(remis.get(x.id) ?? 0, `remise de l’avertissement de ${x.marque}`);
  note("remise", "avertissement", 2); // written, then delivered
  note("radiation", "radiation");
  note("radiation_retiree", "reactivation");
  for (const x of acquis.de("radiation_retiree")) {
    un(retirees.get(x.id) ?? 0, `radiation retirée de ${x.marque}`);
    etatDe(x, "active");
  }
  const logements = await compter("SELECT reference AS cle, COUNT(*) AS n FROM logement_propose GROUP BY reference");
  const seances = await compter("SELECT lieu AS cle, COUNT(*) AS n FROM commission GROUP BY lieu");
  for (const x of acquis.de("logement")) un(logements.get(x.marque) ?? 0, `logement ${x.marque}`);
  for (const x of acquis.de("seance")) un(seances.get(x.marque) ?? 0, `commission ${x.marque}`);
  note("designation", "designation");
  note("passage", "passage_caleol");
  note("decision", "decision");
  note("bail", "bail");
  const candidatures = await compter("SELECT demande AS cle, COUNT(*) AS n FROM candidature GROUP BY demande");
  const signees = await compter("SELECT c.demande AS cle, COUNT(*) AS n FROM candidature c JOIN logement_propose l ON l.id = c.logement WHERE c.etat = 'bail_signe' AND l.etat = 'attribue' GROUP BY c.demande");
  for (const x of acquis.de("designation")) un(candidatures.get(x.id) ?? 0, `candidature de ${x.marque}`);
  for (const x of acquis.de("bail")) {
    un(signees.get(x.id) ?? 0, `bail de ${x.marque}`);
    un(faitsDe.get(`${x.id} radiation`) ?? 0, `radiation par le bail de ${x.marque} au journal`);
    etatDe(x, "radiee");
  }
  for (const [numero, marques] of donnes) if (marques.length > 1) doubles.push(`numéro ${numero} donné à ${marques.join(" et ")}`);
  return { confirmees, perdues, doubles };
}

/** What people typed or were given: neither a mark nor a link, nor a word of theirs, may be in a line of the logs. */
const personnels = [/@fautes\.exemple/i, /@demo\.logis\.example/, /\bR[a-z]+x[a-z]{5,}z\b/, /Carmes|Tanneurs|Renard/, /Diallo|Paule|Odile|\bAwa\b/, /3[ .]?4[ .]?5[ .]?6[ .]?7[ .]?8/, /plafond|appelé la famille|Tout est réparé|adresse nous manque|Lettre signée|de sa main/, /14\/10\/1979|1979-10-14/, /\b2 \d\d \d\d 76 \d{3} \d{3} \d\d\b/];

/** Gives {lignes, fuites: [sentence]} for these logs: those of the servers and of the runners of tasks, those of a proxy. */
export function relireJournaux(fichiers, acquis) {
  const secrets = new Set([...acquis.de("depot").map((d) => d.jeton), ...acquis.de("lien").map((l) => l.lien),
    ...acquis.de("tentative_demande").map((d) => d.nir)]);
  const fuites = [];
  let lues = 0;
  for (const fichier of fichiers) {
    if (!fs.existsSync(fichier)) continue;
    for (const ligne of fs.readFileSync(fichier, "utf8").split("\n")) {
      if (!ligne) continue;
      lues += 1;
      const trouve = personnels.find((p) => p.test(ligne)) ?? ligne.split(/[^\w-]+/).find((mot) => secrets.has(mot));
      if (trouve) fuites.push(`${path.basename(fichier)} montre ${trouve} : ${ligne.slice(0, 300)}`);
    }
  }
  return { lignes: lues, fuites };
}

/**
 * The outbox against the mail server. Gives {envoyes, perdus, doubles, copies}: a copy is the same message (same Message-ID) received
 * again because its sender died between the server's « 250 » and its own commit; a double is another message for the same cause.
 */
export async function comparerCourriels(installation, boite, acquis) {
  const perdus = [], doubles = [];
  const recus = new Map();
  for (const m of boite.messages()) recus.set(m.id, (recus.get(m.id) ?? 0) + 1);
  const lignes = (await installation.lignes("SELECT id, gabarit, destinataire, objet, objet_type, objet_id, etat, envoi, erreur FROM courriel"))
    .filter((c) => !installation.anciens.has(c.id));
  let envoyes = 0, copies = 0;
  const connus = new Set();
  const vus = new Map();
  for (const c of lignes) {
    const id = `${c.id}.${c.envoi}@logis.example`;
    connus.add(id);
    const n = recus.get(id) ?? 0;
    if (n > 1) copies += n - 1;
    if (c.etat === "envoye" && n > 0) envoyes += 1;
    else if (c.etat === "envoye") perdus.push(`courriel ${c.gabarit} ${c.id} : noté envoyé, jamais reçu`);
    else perdus.push(`courriel ${c.gabarit} ${c.id} : ${c.etat} (${c.erreur})`);
    if (c.gabarit.startsWith("depot_") || c.gabarit === "accuse_demande") {
      const key = `${c.gabarit} ${c.objet_id} ${c.destinataire}`;
      vus.set(key, (vus.get(key) ?? 0) + 1);
    }
  }
  for (const [key, n] of vus) if (n > 1) doubles.push(`${n} courriels ${key}`);
  for (const id of recus.keys()) if (!connus.has(id)) doubles.push(`courriel ${id} reçu sans ligne dans la base`);
  if (acquis) {
    const accuses = new Map();
    for (const c of lignes) if (c.gabarit === "depot_accuse") accuses.set(c.destinataire, (accuses.get(c.destinataire) ?? 0) + 1);
    const attestations = new Map();
    for (const c of lignes) if (c.gabarit === "attestation_demande") attestations.set(c.destinataire, (attestations.get(c.destinataire) ?? 0) + 1);
    const recues = new Map(); // of one applicant, who may have deposited several demandes one after the other
    for (const c of lignes) if (c.gabarit === "accuse_demande") recues.set(c.objet_id, (recues.get(c.objet_id) ?? 0) + 1);
    const parDemande = new Map();
    for (const c of lignes) if (c.gabarit === "attestation_demande") parDemande.set(c.objet_id, (parDemande.get(c.objet_id) ?? 0) + 1);
    for (const d of acquis.de("depot_en_ligne")) if (recues.get(d.id) !== 1) perdus.push(`dépôt en ligne ${d.marque} : ${recues.get(d.id) ?? 0} accusé de réception`);
    for (const d of acquis.de("validation")) if (parDemande.get(d.id) !== 1) perdus.push(`validation ${d.marque} : ${parDemande.get(d.id) ?? 0} attestation par courriel`);
    // Renewed, it gets another one, whether or not the first had left; one that ended may have had none, unless it came back.
    const marques = (type) => new Set(acquis.de(type).map((x) => x.marque));
    const reprises = marques("tentative_reprise"), finies = marques("tentative_fin");
    for (const marque of marques("radiation_retiree")) finies.delete(marque);
    for (const d of acquis.de("demande")) {
      const n = attestations.get(d.email) ?? 0;
      if (n < (finies.has(d.marque) ? 0 : 1) || n > (reprises.has(d.marque) ? 2 : 1)) perdus.push(`demande ${d.marque} : ${n} attestation par courriel`);
    }
    const dits = new Map(); // what was told of each demande
    for (const c of lignes) dits.set(`${c.objet_id} ${c.gabarit}`, [...(dits.get(`${c.objet_id} ${c.gabarit}`) ?? []), c.objet]);
    const dit = (type, gabarit, objet = /./) => {
      for (const x of acquis.de(type)) {
        const n = (dits.get(`${x.id} ${gabarit}`) ?? []).filter((o) => objet.test(o)).length;
        if (n !== 1) (n ? doubles : perdus).push(`${type} de ${x.marque} : ${n} courriel`);
      }
    };
    dit("avertissement", "avertissement_demande");
    dit("radiation", "radiation_demande");
    dit("designation", "candidature", /est proposée pour un logement/);
    dit("decision", "candidature", /vous est proposé/);
    dit("oui", "reponse_notee");
    dit("bail", "candidature", /bail est signé/);
    // Taken back in time, nobody was told.
    const annules = new Set(acquis.de("lot_annule").flatMap((l) => l.marques));
    const confies = new Set(lignes.filter((c) => c.objet_type === "signalement" && /confié/.test(c.objet)).map((c) => c.objet_id));
    for (const d of await installation.lignes("SELECT id, description FROM signalement WHERE description LIKE '%Repère R%'"))
      if (confies.has(d.id) && annules.has(repere.exec(d.description)?.[1])) doubles.push(`lot annulé de ${repere.exec(d.description)[1]} : un courriel l’a dit`);
    for (const d of acquis.de("depot")) if (accuses.get(d.email) !== 1) perdus.push(`dépôt ${d.marque} : ${accuses.get(d.email) ?? 0} accusé de réception`);
  }
  return { envoyes, perdus, doubles, copies };
}
