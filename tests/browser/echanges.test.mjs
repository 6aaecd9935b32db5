// Exchange files of the national system and where demandes are kept, in a real browser at 320 pixels.
import assert from 'node:assert/strict';
import path from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, startMailbox, startServer} from './lib.mjs';

const files = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../cas/fichiers');
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

test('une gestionnaire vérifie un fichier faux, puis importe le bon, sans JavaScript, sur un petit écran', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/demandes`);
    await page.getByRole('link', {name: 'Échanges avec le système national'}).click();
    await audit(page, 'echanges-accueil');
    await page.locator('input[type="file"]').setInputFiles(path.join(files, 'sne-faux.xml'));
    await page.getByRole('button', {name: 'Vérifier le fichier'}).click();
    await page.getByText('Rien n’est importé').first().waitFor();
    await audit(page, 'echanges-refus');
    await page.getByRole('link', {name: 'Envoyer un autre fichier'}).click();
    await page.locator('input[type="file"]').setInputFiles(path.join(files, 'sne.xml'));
    await page.getByRole('button', {name: 'Vérifier le fichier'}).click();
    await page.getByText('Ce que le fichier ferait').first().waitFor();
    await audit(page, 'echanges-apercu');
    await page.getByRole('button', {name: 'Importer ces demandes'}).click();
    await page.getByText('Le fichier est importé.').waitFor();
    await audit(page, 'echanges-fait');
    await page.getByRole('row', {name: /Mêmes nom, prénom et date de naissance/}).getByRole('link').first().click();
    await page.getByText('Cette personne a peut-être deux demandes').waitFor();
    await audit(page, 'echanges-doublon');
    await page.getByRole('button', {name: /^Ce sont deux personnes/}).click();
    await page.getByText('C’est noté : ce sont deux personnes.').waitFor();
    await assertCalm(page);
    await page.context().close();
});

test('une super-administratrice change qui garde les demandes d’un territoire', async () => {
    const page = await newVisitor(browser, {javaScript: true, size: 'petit'});
    await logIn(page, server.url, 'camille.lefort@demo.logis.example');
    await page.goto(`${server.url}/administration/gestion-des-demandes`);
    await audit(page, 'gestion-liste');
    await page.getByRole('link', {name: 'Vienne', exact: true}).click();
    await page.getByText('Un système local, sur son propre site').click();
    await page.getByLabel('Adresse du site').fill('exemple.fr');
    await page.getByRole('button', {name: 'Voir ce que cela change'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, 'gestion-refus');
    await page.getByLabel('Cette plateforme').check();
    await page.locator('[name="depuis"]').fill('01/01/2027');
    await page.getByRole('button', {name: 'Voir ce que cela change'}).click();
    await page.getByRole('heading', {name: 'Confirmer le changement'}).waitFor();
    await audit(page, 'gestion-confirmation');
    await page.getByRole('button', {name: 'Confirmer ce changement'}).click();
    await page.getByText('Le changement est enregistré.').waitFor();
    await audit(page, 'gestion-faite');
    await page.goto(`${server.url}/demander/ou-est-ma-demande`);
    await page.getByLabel('Numéro unique').fill('086 1120 000123 86A01');
    await page.getByRole('button', {name: 'Chercher'}).click();
    await page.getByText('Un autre site garde cette demande').waitFor();
    await audit(page, 'gestion-ou');
    assert.ok(!page.url().includes('086'), 'the number is in no address');
    await assertCalm(page);
    await page.context().close();
});

test('le jour où un territoire part, chacun lit où aller : la demandeuse, son brouillon, le guichet', async () => {
    const guichet = await newVisitor(browser, {javaScript: false});
    await logIn(guichet, server.url, 'fatou.sarr@demo.logis.example');
    await guichet.goto(`${server.url}/demandes`);
    const post = async (page, address, form) => {
        const csrf = await page.locator('[name="csrf"]').first().getAttribute('value');
        return page.request.post(server.url + address, {form: {csrf, ...form}});
    };
    const registered = await post(guichet, '/demandes', {
        guichet: '76R01', 'depot.depose_le': '20/11/2026', 'depot.identite': 'passeport', 'demandeur.civilite': 'mme',
        'demandeur.nom': 'Kergoat', 'demandeur.prenom': 'Nolwenn', 'demandeur.naissance_le': '03/07/1988',
        'demandeur.nationalite': 'fr', 'demandeur.situation_familiale': 'celibataire', 'adresse.voie': '6 quai Henri IV',
        'adresse.code_postal': '76200', 'adresse.commune': 'Dieppe', 'souhait.personnes': '1', 'localisation.1.commune': '76217'});
    const demande = /\/demandes\/([0-9a-z]{26})/.exec(registered.url())[1];
    await post(guichet, `/demandes/${demande}/acces`, {geste: 'ouvrir', courriel: 'nolwenn@exemple.example', identite: 'oui'});

    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await page.goto(`${server.url}/demander/connexion`);
    await page.getByLabel(/^Adresse électronique/).fill('nolwenn@exemple.example');
    await page.getByRole('button', {name: 'Recevoir un code'}).click();
    await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor('nolwenn@exemple.example', /Votre code pour la demande/)).text)[0]);
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.goto(`${server.url}/commencer-demande/76217`);
    const draft = /\/nouvelle-demande\/([0-9a-z]{26})/.exec((await post(page, '/nouvelle-demande', {insee: '76217'})).url())[1];
    await page.goto(`${server.url}/nouvelle-demande/${draft}`);
    await post(page, `/nouvelle-demande/${draft}/vous`, {
        'demandeur.civilite': 'mme', 'demandeur.nom': 'Kergoat', 'demandeur.prenom': 'Nolwenn', 'demandeur.naissance_le': '03/07/1988',
        'demandeur.nationalite': 'fr', 'demandeur.situation_familiale': 'celibataire'});

    const camille = await newVisitor(browser, {javaScript: false});
    await logIn(camille, server.url, 'camille.lefort@demo.logis.example');
    await camille.goto(`${server.url}/administration/gestion-des-demandes/076`);
    await camille.getByLabel('Un système local, sur son propre site').check();
    await camille.getByLabel('Adresse du site').fill('https://normandie.exemple.fr');
    await camille.locator('[name="depuis"]').fill(new Intl.DateTimeFormat('fr-FR', {timeZone: 'Europe/Paris'}).format(new Date()));
    await camille.getByRole('button', {name: 'Voir ce que cela change'}).click();
    await camille.getByText('Si des dépôts attendent').waitFor();
    await audit(camille, 'gestion-depart');
    await camille.getByRole('button', {name: 'Confirmer ce changement'}).click();
    await camille.getByText('Le changement est enregistré.').waitFor();

    for (const [address, name, text] of [
        ['/ma-demande', 'partie-liste', 'Suivie maintenant sur un autre site'],
        [`/ma-demande/${demande}`, 'partie-fiche', 'Votre demande est maintenant suivie sur un autre site'],
        [`/ma-demande/${demande}/situation`, 'partie-situation', '6 quai Henri IV'],
        [`/ma-demande/${demande}/renouveler`, 'partie-geste', 'Cela se fait maintenant sur un autre site'],
        [`/nouvelle-demande/${draft}`, 'partie-brouillon', 'Votre demande se fait maintenant sur un autre site']]) {
        await page.goto(server.url + address);
        await page.getByText(text).first().waitFor({state: 'attached'});
        await audit(page, name, {schemes: ['light']});
    }
    await guichet.goto(`${server.url}/demandes`);
    await guichet.getByText('Les demandes de ce territoire sont suivies sur un autre site').waitFor();
    await audit(guichet, 'partie-guichet', {schemes: ['light']});
    await guichet.goto(`${server.url}/demandes/${demande}`);
    await guichet.getByText('Les demandes de ce territoire sont suivies sur un autre site').waitFor();
    await audit(guichet, 'partie-guichet-fiche', {schemes: ['light']});
    for (const p of [page, camille, guichet]) await p.context().close();
});
