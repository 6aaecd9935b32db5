// kill -9 at random, under load, again and again.
import { hasard, sleep } from "../lib.mjs";

export const kill = {
  nom: "kill",
  phrase: "kill -9 au hasard sous charge : rien de confirmé ne manque ni ne se répète, et le service revient",
  moteurs: ["sqlite", "postgresql"],
  court: ["postgresql"],
  async jouer(c) {
    const alea = hasard(c.graine + 1);
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url, LOGIS_JOBS: "true" } });
    const charge = c.charge(i);
    const cycles = c.cycles(200, 5);
    const porte = await i.servir();
    await charge.ouvrirComptes(3);
    await porte.tuer();
    charge.commencer(6);
    for (let n = 1; n <= cycles; n += 1) {
      const serveur = await i.servir();
      await sleep(alea.entre(100, c.court ? 900 : 1200));
      await serveur.tuer();
      if (n % 20 === 0) await c.auditer(i, charge, { verifier: n % 100 === 0 });
    }
    const serveur = await i.servir();
    await charge.arreter();
    await serveur.tuer("SIGTERM");
    await i.rattraper();
    c.compter("cycles", cycles);
    await c.auditer(i, charge, { boite, copies: cycles });
    c.retour(i);
  },
};
