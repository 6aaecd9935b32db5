// Helped by mandate, and signed by two: an applicant gives a mandate and whoever helps acts for them; somebody who signs with
// them follows the demande from an account of their own; at 320 pixels, with and without JavaScript.
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startMailbox, startServer} from './lib.mjs';

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

/** A guichet registers a couple; gives the numéro unique, and its browser. */
async function register(her, him) {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'fatou.sarr@demo.logis.example');
    await page.goto(`${server.url}/demandes`);
    const csrf = await page.locator('[name="csrf"]').first().getAttribute('value');
    const answer = await page.request.post(`${server.url}/demandes`, {form: {
        csrf, guichet: '76R01', 'depot.depose_le': '20/11/2026', 'depot.identite': 'passeport', 'demandeur.civilite': 'mme',
        'demandeur.nom': her.nom, 'demandeur.prenom': her.prenom, 'demandeur.naissance_le': her.ne,
        'demandeur.nationalite': 'fr', 'demandeur.situation_familiale': 'concubin', 'demandeur.email': her.address,
        'demandeur.infos_courriel': 'oui', 'adresse.voie': '8 rue Ganterie', 'adresse.code_postal': '76000',
        'adresse.commune': 'Rouen', 'codemandeur.1.lien': 'concubin', 'codemandeur.1.civilite': 'm', 'codemandeur.1.nom': him.nom,
        'codemandeur.1.prenom': him.prenom, 'codemandeur.1.naissance_le': him.ne, 'codemandeur.1.nationalite': 'fr',
        'codemandeur.1.email': him.address, 'revenus.rfr_n2': '14 200', 'souhait.personnes': '2', 'souhait.t2': 'oui',
        'localisation.1.commune': '76540'}});
    return {page, demande: /demandes\/([0-9a-z]{26})/.exec(answer.url())[1], number: /076 1126 \d{6} 76R01/.exec(await answer.text())[0]};
}

/** Enters the account of this mailbox, and finds the demande again as this person. */
async function follow(page, person, number) {
    await page.goto(`${server.url}/demander/connexion`);
    await page.getByLabel(/^Adresse électronique/).fill(person.address);
    await page.getByRole('button', {name: 'Recevoir un code'}).click();
    await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor(person.address, /Votre code pour la demande/)).text)[0]);
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.goto(`${server.url}/ma-demande/rattacher`);
    await page.getByLabel(/^Numéro unique/).fill(number);
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.getByRole('heading', {name: 'Qui êtes-vous ?'}).waitFor();
    await page.getByLabel(/^Nom/).fill(person.nom);
    await page.getByLabel(/^Prénom/).fill(person.prenom);
    await page.getByLabel(/^Date de naissance/).fill(person.ne);
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor(person.address, /retrouver votre demande/)).text)[0]);
    await page.getByRole('button', {name: 'Ouvrir ma demande'}).click();
    await page.getByText('C’est bien la vôtre').waitFor();
}

test('une demandeuse donne un mandat, et qui l’aide agit pour elle sous son nom, avec JavaScript', async () => {
    const her = {nom: 'Danican', prenom: 'Rozenn', ne: '05/05/1985', address: 'rozenn.danican@exemple.example'};
    const him = {nom: 'Koné', prenom: 'Adama', ne: '06/06/1986', address: 'adama.kone@exemple.example'};
    const guichet = await register(her, him);
    await guichet.page.context().close();
    const page = await newVisitor(browser, {size: 'petit'});
    await follow(page, her, guichet.number);
    await page.getByRole('link', {name: 'Me faire aider', exact: true}).click();
    await page.getByRole('button', {name: 'Donner ce mandat'}).click();
    await page.locator('#erreurs').waitFor();
    await look(page, 'aide-refuse');
    await page.getByLabel(/^Adresse électronique professionnelle/).fill('bernard.caron@demo.logis.example');
    await page.getByText('Changer ce que dit la demande').click();
    await page.getByLabel(/^Dernier jour du mandat/).fill('21/05/2027');
    await page.getByRole('button', {name: 'Donner ce mandat'}).click();
    await page.getByText('Le mandat est donné.').waitFor();
    await look(page, 'aide-donnee');

    const helper = await newVisitor(browser, {size: 'petit'});
    await logIn(helper, server.url, 'bernard.caron@demo.logis.example');
    await helper.goto(`${server.url}/mandats`);
    await look(helper, 'aide-recue');
    await helper.getByRole('button', {name: /^Accepter ce mandat/}).click();
    await helper.getByText('Le mandat est accepté.').waitFor();
    await helper.getByRole('link', {name: /^Ouvrir/}).click();
    await helper.getByText('Vous agissez par mandat pour').waitFor();
    await look(helper, 'aide-fiche');
    await helper.getByRole('link', {name: 'Ma situation', exact: true}).click();
    await helper.getByTitle('Modifier : Mon travail et mes ressources').click();
    await helper.locator('[name="revenus.rfr_n2"]').fill('15 300');
    await helper.getByRole('button', {name: 'Enregistrer'}).click();
    await helper.getByText('C’est enregistré.').waitFor();
    await assertCalm(helper);
    await helper.context().close();

    await page.goto(page.url().replace(/\/aide.*/, '/historique'));
    await page.getByText('Bernard Caron, pour le compte du demandeur').first().waitFor();
    await look(page, 'aide-historique');
    await assertCalm(page);
    await page.context().close();
});

test('qui signe avec elle suit la demande de son côté ; le guichet relit les coordonnées avant de fermer un accès, sans JavaScript', async () => {
    const her = {nom: 'Prigent', prenom: 'Enora', ne: '07/07/1987', address: 'enora.prigent@exemple.example'};
    const him = {nom: 'Barry', prenom: 'Ousmane', ne: '08/08/1988', address: 'ousmane.barry@exemple.example'};
    const guichet = await register(her, him);
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await follow(page, him, guichet.number);
    await look(page, 'codemandeur-fiche');
    await page.getByRole('link', {name: 'Ne plus signer cette demande'}).click();
    await page.getByText('allez dans un guichet avec votre pièce').waitFor();
    await page.goto(`${server.url}/ma-demande`);
    await page.getByRole('link', {name: /^Changer d’adresse/}).click();
    await page.getByRole('button', {name: 'Recevoir un code'}).click();
    await page.locator('#erreurs').waitFor();
    await look(page, 'compte-adresse');
    await assertCalm(page);
    await page.context().close();

    await guichet.page.goto(`${server.url}/demandes/${guichet.demande}/acces?geste=ouvrir`);
    await look(guichet.page, 'acces-ouvrir');
    await guichet.page.goto(`${server.url}/demandes/${guichet.demande}/acces`);
    await guichet.page.getByRole('button', {name: 'Fermer l’accès en ligne'}).click();
    await guichet.page.locator('#erreurs').waitFor();
    await look(guichet.page, 'acces-fermer');
    await guichet.page.goto(`${server.url}/demandes/${guichet.demande}/separation`);
    await look(guichet.page, 'separation-acces');
    await assertCalm(guichet.page);
    await guichet.page.context().close();
});
