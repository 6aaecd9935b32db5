// A real clamd with one signature of our own: what it finds is held, and so is everything while it is away, hangs or lies.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Porte } from "../courrier.mjs";
import { existe, freePort, root, run, sleep, surveiller, until } from "../lib.mjs";

const danger = "ESSAI-ANTIVIRUS-DE-LOGIS";
// In two pieces: this file must not alarm the antivirus of whoever works on it.
const eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
const signature = (nom, texte) => `${nom}:0:*:${Buffer.from(texte).toString("hex")}\n`;

/** Those of the hostile files (tests/fixtures/make.mjs) that only an antivirus knows: EICAR as it is, behind a photo, in a document. */
async function cachettes() {
  const dossier = path.join(root, "build/fixtures");
  await run("node", [path.join(root, "tests/fixtures/make.mjs"), dossier]);
  return JSON.parse(fs.readFileSync(path.join(dossier, "hostiles.json"), "utf8")).filter((f) => f.antivirus)
    .map((f) => ({ name: f.envoye, bytes: fs.readFileSync(path.join(dossier, f.fichier)) }));
}

async function demarrerClamd(c) {
  const dossier = `${c.dossier}_clamd`;
  fs.mkdirSync(path.join(dossier, "db"), { recursive: true });
  fs.writeFileSync(path.join(dossier, "db/essai.ndb"), signature("Logis.Essai", danger) + signature("Logis.Eicar", eicar));
  const port = await freePort();
  fs.writeFileSync(path.join(dossier, "clamd.conf"), [
    "Foreground yes", `TCPSocket ${port}`, "TCPAddr 127.0.0.1", `DatabaseDirectory ${dossier}/db`, `TemporaryDirectory ${dossier}`,
    `LogFile ${dossier}/log`, "StreamMaxLength 30M", "DisableCertCheck yes", "User root", "",
  ].filter((l) => l !== "User root" || process.getuid() === 0).join("\n"));
  const enfant = surveiller(spawn("clamd", ["-c", path.join(dossier, "clamd.conf")], { stdio: "ignore", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }));
  c.finir(() => enfant.kill("SIGKILL"));
  const porte = await new Porte(port).ouvrir();
  c.finir(() => porte.fermer());
  await until("clamd écoute", 30_000, () => fs.existsSync(`${dossier}/log`) && fs.readFileSync(`${dossier}/log`, "utf8").includes("TCP: Bound"), 50);
  return porte;
}

export const antivirus = {
  nom: "antivirus",
  court: ["sqlite"],
  phrase: "antivirus fermé, muet, lent ou fou : les dépôts passent, leurs fichiers attendent et sont vérifiés plus tard ; un fichier dangereux n’est donné à personne",
  moteurs: ["sqlite", "postgresql"],
  manque: () => existe("clamd") ? null : "clamd manque (paquet clamav-daemon)",
  async jouer(c) {
    const porte = await demarrerClamd(c);
    const i = await c.installation({ env: { LOGIS_JOBS: "true", LOGIS_ANTIVIRUS: `tcp:127.0.0.1:${porte.port}` } });
    let serveur = await i.servir();
    const charge = c.charge(i, { avecPhoto: 50 });
    const nombre = async (etat) => Number(await i.valeur(`SELECT COUNT(*) FROM piece WHERE etat = '${etat}'`));
    const attend = async () => Number(await i.valeur("SELECT COUNT(*) FROM piece WHERE prochain_le IS NOT NULL"));
    for (let n = 0; n < 4; n += 1) await charge.deposer();
    charge.danger = danger;
    const touche = await charge.deposer();
    charge.danger = "";
    const caches = await cachettes();
    charge.avecPhoto = 0; // one of them is a photo already
    await charge.deposer(caches);
    charge.avecPhoto = 50;
    await until("tout est vérifié", 30_000, async () => (await attend()) === 0, 100);
    const dangereux = 1 + caches.length;
    c.exiger(caches.length >= 3, `${caches.length} cachettes d’EICAR`);
    c.exiger(await nombre("quarantaine") === dangereux, `${await nombre("quarantaine")} fichiers en quarantaine au lieu de ${dangereux}`);
    const sains = await nombre("saine");
    /** What an agent reads of the files of a report, and what asking for the last of them answers. */
    const lire = async (dossier) => {
      const agent = await charge.ouvrir(dossier);
      const piece = await i.valeur(`SELECT sp.piece FROM signalement_piece sp JOIN piece p ON p.id = sp.piece WHERE sp.signalement = '${dossier.id}' AND p.etat <> 'saine' ORDER BY p.id DESC`);
      return [await agent.get(`/signalements/${dossier.id}?onglet=documents`), await agent.get(`/signalements/${dossier.id}/pieces/${piece}`)];
    };
    const [page, fichier] = await lire(touche);
    c.exiger(page.text.includes("l’antivirus l’a jugé dangereux"), "la page du dossier ne dit pas la quarantaine");
    c.exiger(fichier.status !== 200 && fichier.text.includes("quarantaine") && !fichier.text.includes(danger), `un fichier en quarantaine répond ${fichier.status}`);

    const folie = (client) => client.on("data", () => client.end("stream: OK, presque\0"));
    for (const [nom, etat, delai = 0] of [["fermé", "fermee"], ["muet", "muette"], ["fou", folie], ["lent", "ouverte", c.court ? 1000 : 2500]]) {
      porte.changer(etat, delai);
      let attendu;
      for (let n = 0; n < (c.court ? 2 : 10); n += 1) attendu = await charge.deposer();
      const [page, fichier] = await lire(attendu);
      c.exiger(page.text.includes("en cours de vérification"), `antivirus ${nom} : la page du dossier ne dit pas que son fichier attend`);
      c.exiger(fichier.status !== 200, `antivirus ${nom} : un fichier non vérifié répond ${fichier.status}`);
      await sleep(1500);
      c.exiger(await nombre("saine") === sains, `antivirus ${nom} : un fichier est donné sans avoir été vérifié`);
      c.exiger(await nombre("en_verification") > 0, `antivirus ${nom} : rien n’attend`);
    }
    await until("l’antivirus lent vérifie tout de même", 30_000, async () => (await nombre("saine")) > sains, 100);
    c.depots(charge);
    // Told to stop while the antivirus hangs, it does not wait for it; what was held is still there afterwards.
    porte.changer("muette");
    charge.danger = danger;
    await charge.deposer();
    charge.danger = "";
    await sleep(300);
    const debut = performance.now();
    await serveur.tuer("SIGTERM");
    c.nombres["arrêt pendant une vérification (ms)"] = Math.round(performance.now() - debut);
    c.exiger(performance.now() - debut < 5000, "l’arrêt a attendu l’antivirus muet");
    porte.changer("ouverte");
    const plusTard = new Date(Date.now() + 3_600_000).toISOString();
    await i.logis(["jobs", "run", "--now", plusTard], { libre: true });
    c.exiger(await attend() === 0, `${await attend()} fichiers attendent encore après le retour de l’antivirus`);
    c.exiger(await nombre("quarantaine") === dangereux + 1, `${await nombre("quarantaine")} fichiers en quarantaine au lieu de ${dangereux + 1}`);
    c.compter("fichiers vérifiés", (await nombre("saine")) - sains);
    serveur = null;
    await c.auditer(i, charge);
  },
};
