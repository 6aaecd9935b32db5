// Somebody poor, tired, on a telephone: finds their demande again with its number, reads where it stands, gives a document,
// declares a change, goes through the renewal; at 320 pixels, with and without JavaScript.
import {join} from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, root, startMailbox, startServer} from './lib.mjs';

let server, browser, mailbox;

before(async () => {
    mailbox = await startMailbox();
    server = await startServer({environment: {LOGIS_SMTP: mailbox.url}});
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
    await mailbox?.stop();
});

const look = (page, name) => audit(page, name, {schemes: ['light'], sizes: ['petit']});

/** A guichet registers a paper form; gives the numéro unique. */
async function register(person, address) {
    const page = await newVisitor(browser, {javaScript: false});
    await logIn(page, server.url, 'fatou.sarr@demo.logis.example');
    await page.goto(`${server.url}/demandes`);
    const csrf = await page.locator('[name="csrf"]').first().getAttribute('value');
    const answer = await page.request.post(`${server.url}/demandes`, {form: {
        csrf, guichet: '76R01', 'depot.depose_le': '20/11/2026', 'depot.identite': 'passeport', 'demandeur.civilite': 'mme',
        'demandeur.nom': person.nom, 'demandeur.prenom': person.prenom, 'demandeur.naissance_le': person.ne,
        'demandeur.nationalite': 'fr', 'demandeur.situation_familiale': 'celibataire', 'demandeur.email': address,
        'demandeur.infos_courriel': 'oui', 'adresse.voie': '12 rue Saint-Hilaire', 'adresse.code_postal': '76000',
        'adresse.commune': 'Rouen', 'travail.statut': 'prive', 'revenus.rfr_n2': '14 200', 'souhait.personnes': '1',
        'souhait.t2': 'oui', 'localisation.1.commune': '76540'}});
    const number = /076 1126 \d{6} 76R01/.exec(await answer.text())[0];
    await page.context().close();
    return number;
}

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';
    const person = javaScript ? {nom: 'Falaise', prenom: 'Odile', ne: '19/02/1959'} : {nom: 'Grandin', prenom: 'Zoé', ne: '08/08/1999'};
    const address = `${person.prenom === 'Odile' ? 'odile.falaise' : 'zoe.grandin'}@exemple.example`;

    test(`un demandeur retrouve sa demande, la suit, la complète et la relit, ${how}`, async () => {
        const number = await register(person, address);
        const page = await newVisitor(browser, {javaScript, size: 'petit'});
        await page.goto(`${server.url}/demander/connexion`);
        await page.getByLabel(/^Adresse électronique/).fill(address);
        await page.getByRole('button', {name: 'Recevoir un code'}).click();
        await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor(address, /Votre code pour la demande/)).text)[0]);
        await page.getByRole('button', {name: 'Continuer'}).click();

        await page.getByRole('link', {name: /J’ai déjà une demande/}).click();
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.locator('#erreurs').waitFor();
        if (!javaScript) await look(page, 'espace-rattacher-refuse');
        await page.getByLabel(/^Numéro unique/).fill(number);
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByRole('heading', {name: 'Qui êtes-vous ?'}).waitFor();
        if (!javaScript) await look(page, 'espace-rattacher-qui');
        await page.getByLabel(/^Nom/).fill(person.nom);
        await page.getByLabel(/^Prénom/).fill(person.prenom);
        await page.getByLabel(/^Date de naissance/).fill(person.ne);
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByText('un message vient de partir').waitFor();
        if (javaScript) await look(page, 'espace-code');
        await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor(address, /retrouver votre demande/)).text)[0]);
        await page.getByRole('button', {name: 'Ouvrir ma demande'}).click();
        await page.getByText('C’est bien la vôtre').waitFor();
        if (javaScript) await look(page, 'espace-fiche');

        await page.getByRole('link', {name: 'Mes pièces', exact: true}).click();
        if (javaScript) await look(page, 'espace-pieces');
        await page.getByRole('link', {name: /^Déposer cette pièce : Avis d’impôt/}).click();
        if (!javaScript) await look(page, 'espace-piece');
        await page.locator('[name="fichier"]').setInputFiles(join(root, 'tests/cas/fichiers/bail.pdf'));
        await page.getByRole('button', {name: 'Envoyer cette pièce'}).click();
        await page.getByText('La pièce est reçue').waitFor();
        await page.goto(page.url().replace(/\/pieces.*/, ''));

        await page.getByRole('link', {name: 'Ma situation', exact: true}).click();
        if (javaScript) await look(page, 'espace-situation');
        await page.getByTitle('Modifier : Mes coordonnées').click();
        await page.locator('[name="demandeur.telephone"]').fill('06 12 34 56 78');
        if (!javaScript) await look(page, 'espace-coordonnees');
        await page.getByRole('button', {name: 'Enregistrer'}).click();
        await page.getByText('C’est enregistré.').waitFor();

        await page.getByRole('link', {name: 'Renouveler', exact: true}).click();
        for (let step = 1; step <= 5; step++) {
            await page.getByText('Rien n’a changé', {exact: true}).click();
            if (step === 1 && javaScript) await look(page, 'espace-relecture');
            await page.getByRole('button', {name: 'Continuer'}).click();
        }
        await page.getByText('Ce que dit ma demande est exact').click();
        if (!javaScript) await look(page, 'espace-renouveler');
        await page.getByRole('button', {name: 'Renouveler ma demande'}).click();
        await page.getByText('Votre demande est renouvelée pour un an').waitFor();
        await page.getByRole('link', {name: 'Historique', exact: true}).click();
        if (javaScript) await look(page, 'espace-historique');
        await page.getByRole('link', {name: 'Ce qui a changé dans mes réponses'}).click();
        await page.getByRole('heading', {level: 1, name: 'Ce qui a changé dans mes réponses'}).waitFor();
        await look(page, 'espace-versions');
        await page.goto(page.url().replace(/\/versions.*/, '/renoncer'));
        if (!javaScript) await look(page, 'espace-renoncer');
        await assertCalm(page);
        await page.context().close();
    });
}
