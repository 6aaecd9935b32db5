// Three servers and two task runners on one database, some of them killed on the way.
import { freePort, hasard, sleep } from "../lib.mjs";

export const plusieurs = {
  nom: "plusieurs",
  court: ["postgresql"],
  phrase: "trois serveurs et deux expéditeurs sur une base, dont on tue un au hasard : aucun numéro ni courriel en double",
  moteurs: ["sqlite", "postgresql"],
  async jouer(c) {
    const alea = hasard(c.graine + 9);
    const boite = await c.boite();
    const i = await c.installation({ env: { LOGIS_SMTP: boite.url } });
    const ports = [i.port, await freePort(), await freePort()];
    const serveurs = [];
    for (const port of ports) serveurs.push(await i.servir({ port }));
    const taches = [i.taches(), i.taches()];
    c.finir(() => Promise.all(taches.map((t) => t.tuer())));
    const charge = c.charge(i, { ports, ensemble: true });
    await charge.ouvrirComptes(4);
    charge.commencer(9);
    let morts = 0;
    const tours = c.cycles(40, 3);
    for (let n = 0; n < tours; n += 1) {
      await sleep(alea.entre(200, 900));
      if (alea.next() < 0.7) {
        const k = alea.entre(0, 2);
        await serveurs[k].tuer();
        serveurs[k] = await i.servir({ port: ports[k] });
      } else {
        const k = alea.entre(0, 1);
        await taches[k].tuer();
        taches[k] = i.taches();
        morts += 1;
      }
    }
    await charge.arreter();
    await Promise.all(serveurs.map((s) => s.tuer("SIGTERM")));
    await Promise.all(taches.map((t) => t.tuer("SIGTERM")));
    await i.rattraper();
    c.compter("morts", tours);
    c.retour(i);
    await c.auditer(i, charge, { boite, copies: morts });
  },
};
