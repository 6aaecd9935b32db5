// Files in a real S3 service that is shut, silent, slow, full, mad, refuses the key or has lost the bucket; moving to it and back.
import fs from "node:fs";
import path from "node:path";
import { sleep, until } from "../lib.mjs";
import { manque, Swift, toujours } from "../swift.mjs";

export const s3 = {
  nom: "s3",
  court: ["sqlite"],
  phrase: "S3 fermé, muet, lent, plein, fou, clé refusée, compartiment disparu : les dépôts passent, leurs fichiers attendent et sont rangés plus tard, une fois",
  moteurs: ["sqlite", "postgresql"],
  manque,
  async jouer(c) {
    const swift = await new Swift().ouvrir();
    c.finir(() => swift.fermer());
    const { porte } = swift;
    // The demonstration's pictures are in the directory: this platform is on its way from one store to the other.
    const env = swift.env("logis/", { LOGIS_STORE_FALLBACK: "dossier", LOGIS_JOBS: "true" });
    const i = await c.installation({ env });
    await i.logis(["fichiers", "essayer"]);
    let serveur = await i.servir();
    const charge = c.charge(i, { avecPhoto: 50 });
    const nombre = async (etat) => Number(await i.valeur(`SELECT COUNT(*) FROM piece WHERE etat = '${etat}'`));
    const attend = async () => Number(await i.valeur("SELECT COUNT(*) FROM piece WHERE prochain_le IS NOT NULL"));
    const deposer = async (n) => { for (; n > 0; n -= 1) await charge.deposer(); };
    const plusTard = async (heures) => i.logis(["jobs", "run", "--now", new Date(Date.now() + heures * 3_600_000).toISOString()], { libre: true });
    const dernieresLignes = () => fs.readFileSync(path.join(i.dossier, "serveur.log"), "utf8");

    await deposer(3);
    await until("les premiers fichiers sont rangés dans S3", 30_000, async () => (await attend()) === 0, 100);
    const dossier = charge.dossiers[0];
    const agent = await charge.ouvrir(dossier);
    const piece = await i.valeur(`SELECT sp.piece FROM signalement_piece sp JOIN piece p ON p.id = sp.piece WHERE sp.signalement = '${dossier.id}' ORDER BY p.type DESC`);
    const lire = () => agent.get(`/signalements/${dossier.id}/pieces/${piece}`);
    c.exiger((await lire()).status === 200, "un fichier rangé dans S3 n’est pas rendu");

    for (const [nom, etat, delai] of [["fermé", "fermee"], ["muet", "muette"], ["plein", toujours(507)], ["fou", toujours(200)], ["lent", "ouverte", 150]]) {
      const sains = await nombre("saine");
      porte.changer(etat, delai ?? 0);
      if (nom === "lent") await until("les lectures reprennent après une panne", 10_000, async () => (await lire()).status === 200, 200);
      // People look at pictures meanwhile: they are told, and hold nobody up.
      const debut = performance.now();
      const lectures = Array.from({ length: 6 }, lire);
      await deposer(c.court ? 2 : 8);
      for (const r of await Promise.all(lectures))
        c.exiger(nom === "lent" ? r.status === 200 : r.status === 503 && r.text.includes("Ce fichier est gardé"), `S3 ${nom} : lire un fichier répond ${r.status}`);
      c.exiger(performance.now() - debut < 15_000, `S3 ${nom} : un lecteur attend ${Math.round(performance.now() - debut)} ms`);
      if (nom !== "lent") {
        await sleep(300);
        c.exiger(await nombre("saine") === sains, `S3 ${nom} : un fichier est dit rangé`);
        c.exiger(await attend() > 0, `S3 ${nom} : rien n’attend`);
      }
    }
    c.depots(charge);
    // Told to stop while S3 is silent, it does not wait for it.
    porte.changer("muette");
    await deposer(1);
    await sleep(300);
    const debut = performance.now();
    await serveur.tuer("SIGTERM");
    c.nombres["arrêt pendant un envoi à S3 (ms)"] = Math.round(performance.now() - debut);
    c.exiger(performance.now() - debut < 5000, "l’arrêt a attendu S3 muet");
    const { erreurs, constats } = await i.verifier(["--rapide"]);
    c.exiger(erreurs === 1 && constats.some((k) => k.controle === "magasin"), `S3 muet : l’audit dit ${constats.map((k) => k.controle).join(", ") || "que tout va bien"}`);

    // Settings that are wrong: said in the log with what to look at, never with the secret.
    porte.changer("ouverte");
    const faux = [[{ LOGIS_S3_SECRET: "un-faux-secret" }, /SignatureDoesNotMatch: look at fichiers\.s3\.secret/], [{ LOGIS_S3_BUCKET: "disparu" }, /NoSuchBucket: look at fichiers\.s3\.compartiment/]];
    for (const [plus, attendu] of faux) {
      const sains = await nombre("saine");
      serveur = await i.servir({ env: plus });
      await deposer(1);
      await until("le journal dit pourquoi", 20_000, () => attendu.test(dernieresLignes()), 100);
      c.exiger(await nombre("saine") === sains, "un fichier est dit rangé là où l’on n’a pas pu écrire");
      await serveur.tuer("SIGTERM");
    }
    c.exiger(!/un-faux-secret|secret-de-swift/.test(dernieresLignes()), "le secret est dans le journal");

    // Dead between the bucket and the row; then all is put away, the bucket named by the host for a change.
    const hote = { LOGIS_S3_STYLE: "hote" };
    const heure = { LOGIS_JOBS: "false", LOGIS_DIE_AT: "workshop.pushed", ...hote };
    await i.logis(["jobs", "run", "--now", new Date(Date.now() + 3_600_000).toISOString()], { env: heure, libre: true });
    i.environnement = { ...env, ...hote };
    await plusTard(2);
    c.exiger(await attend() === 0, `${await attend()} fichiers attendent encore après le retour de S3`);
    c.nombres["fichiers rangés"] = await nombre("saine");

    // The rest moves while people work; then the directory is emptied, and nobody looks there any more.
    serveur = await i.servir();
    charge.commencer(2);
    await i.logis(["fichiers", "migrer", "--vers", "s3"]);
    await charge.arreter();
    charge.agents?.clear();
    await plusTard(3);
    const { out } = await i.logis(["fichiers", "migrer", "--vers", "s3", "--vider"]);
    c.exiger(/ 0 copiés .* 0 abîmés/.test(out), `la seconde migration : ${out.trim()}`);
    await serveur.tuer("SIGTERM");
    i.environnement = { ...env, ...hote, LOGIS_STORE_FALLBACK: "" };
    await c.auditer(i, charge);

    // And back, while people work: those who serve have the directory as their store again and S3 behind it.
    const retour = { ...env, ...hote, LOGIS_STORE: "dossier", LOGIS_STORE_FALLBACK: "s3" };
    i.environnement = retour;
    serveur = await i.servir();
    charge.commencer(2);
    const avantRetour = charge.acquis.lignes.length;
    await i.logis(["fichiers", "migrer", "--vers", "dossier"]);
    await sleep(300);
    c.exiger(charge.acquis.lignes.length > avantRetour, "personne n’a pu travailler pendant le retour au dossier");
    await charge.arreter();
    charge.agents?.clear();
    await plusTard(4);
    const relecteur = await charge.ouvrir(dossier);
    const revenu = await relecteur.get(`/signalements/${dossier.id}/pieces/${piece}`);
    c.exiger(revenu.status === 200, `un fichier revenu dans le dossier répond ${revenu.status}`);
    relecteur.fermer();
    charge.agents?.clear();
    await serveur.tuer("SIGTERM");
    i.environnement = { ...retour, LOGIS_STORE_FALLBACK: "" };
    await c.auditer(i, charge);
    i.environnement = { ...env, ...hote };
    await i.logis(["fichiers", "migrer", "--vers", "s3"]);
    i.environnement = { ...env, ...hote, LOGIS_STORE_FALLBACK: "" };

    // A backup taken from S3, taken back into S3 under another name.
    const depot = path.join(c.dossier, "depot");
    await i.logis(["sauvegarder", depot]);
    const ailleurs = await c.installation({ env: { ...swift.env("ailleurs/"), LOGIS_DATABASE: `sqlite:${c.dossier}/ailleurs.db`, LOGIS_FILES: `${c.dossier}/ailleurs` }, nom: "_ailleurs" });
    const { code, err } = await ailleurs.logis(["restaurer", depot], { libre: true, ms: 60_000 });
    c.exiger(code === 0, `restauration vers S3 : ${err.slice(-500)}`);
  },
};
