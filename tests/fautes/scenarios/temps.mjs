// The clock jumps an hour forward and back, under load, with tasks running.
import fs from "node:fs";
import path from "node:path";
import { sleep } from "../lib.mjs";

const bibliotheque = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

export const horloge = {
  nom: "horloge",
  court: ["sqlite"],
  phrase: "l’horloge avance puis recule d’une heure : rien ne se perd, ne se répète ni ne se bloque",
  moteurs: ["sqlite", "postgresql"],
  manque: () => fs.existsSync(bibliotheque) ? null : "libfaketime manque (paquet faketime)",
  async jouer(c) {
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url } });
    const heure = path.join(c.dossier, "heure");
    const regler = (secondes) => { fs.writeFileSync(heure + ".n", `${secondes < 0 ? "-" : "+"}${Math.abs(secondes)}s`); fs.renameSync(heure + ".n", heure); };
    regler(0);
    const avant = ["env", `LD_PRELOAD=${bibliotheque}`, "FAKETIME_DONT_FAKE_MONOTONIC=1", `FAKETIME_TIMESTAMP_FILE=${heure}`, "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1"];
    const serveur = await i.servir({ avant });
    // Two runners. Around one PostgreSQL they are two machines, which rarely agree on the time: one does not see the jumps. With SQLite they share
    // a machine, hence its clock.
    const taches = [i.taches({ avant }), i.taches(c.moteur === "sqlite" ? { avant } : {})];
    c.finir(() => Promise.all(taches.map((t) => t.tuer())));
    const charge = c.charge(i, { patience: 20_000 });
    charge.commencer(4);
    const sauts = c.court ? [0, 3600, -3600, 0] : [0, 3600, 0, -3600, 0, 7200, 3600, -3600, 0, 3600, 0];
    for (const secondes of sauts) {
      regler(secondes);
      const dits = charge.acquis.lignes.length;
      await sleep(c.court ? 1000 : 4000);
      c.exiger(charge.acquis.lignes.length > dits, `plus rien ne s’écrit quand l’horloge est à ${secondes} s`);
      c.compter("sauts", 1);
    }
    await charge.arreter();
    await serveur.tuer("SIGTERM");
    await Promise.all(taches.map((t) => t.tuer("SIGTERM")));
    await i.rattraper({}, 4 * 3600);
    // SQLite has no clock but that of its machine: each jump forward may send again what each of the two was sending.
    await c.auditer(i, charge, { boite, copies: c.moteur === "sqlite" ? c.nombres.sauts : 0 });
  },
};
