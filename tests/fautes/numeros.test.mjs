// A numéro unique whose page was shown is found again after a sudden end, and is never given to somebody else.
import assert from 'node:assert/strict';
import {after, test} from '../support/test.mjs';
import {engines, Platform, sleep} from '../support/server.mjs';
import {Visitor} from '../support/visitor.mjs';

const formulaire = nom => ({
    guichet: '76R01', verifie: 'oui', 'depot.depose_le': '02/11/2026', 'depot.identite': 'carte_identite',
    'demandeur.civilite': 'mme', 'demandeur.nom': nom, 'demandeur.prenom': 'Odile', 'demandeur.naissance_le': '12/07/1971',
    'demandeur.nationalite': 'fr', 'demandeur.situation_familiale': 'celibataire', 'souhait.personnes': '1',
    'localisation.1.commune': '76540',
});

for (const engine of engines()) {
    let platform;
    after(() => platform?.remove());

    test(`un numéro unique montré survit à un arrêt brutal et n’est donné qu’une fois (${engine})`, {timeout: 60_000}, async () => {
        platform = new Platform({engine, photos: false, env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1'}});
        await platform.start();
        const fatou = new Visitor(platform);
        await fatou.get('/connexion');
        await fatou.post('/connexion', {email: 'fatou.sarr@demo.logis.example', mot_de_passe: 'Logis-demo-2026'});
        const montres = new Map();
        const noter = async ({location}) => {
            const {text} = await fatou.get(location);
            montres.set(location, /076 1126 \d{6} 76R01/.exec(text)[0]);
        };
        for (const delay of [0, 3, 8]) {
            await fatou.get('/demandes/nouvelle');
            await noter(await fatou.post('/demandes', formulaire(`Avant-${delay}`)));
            const pendant = fatou.post('/demandes', formulaire(`Pendant-${delay}`)).catch(() => null);
            await sleep(delay);
            await platform.kill();
            await pendant;
            await platform.start();
            await fatou.get('/demandes/nouvelle');
            await noter(await fatou.post('/demandes', formulaire(`Apres-${delay}`)));
        }
        for (const [page, numero] of montres) assert.ok((await fatou.get(page)).text.includes(numero), numero);
        assert.equal(new Set(montres.values()).size, montres.size, 'no number twice');
        assert.equal(await platform.stop(), 0);
    });
}
