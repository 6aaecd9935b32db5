// Two applicants and one dwelling: the first refuses the offer, the second gets it and accepts; at 320 pixels, without and
// with JavaScript.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startMailbox, startServer} from './lib.mjs';

let server, browser, mailbox, desk;
const people = [
    {nom: 'Quertier', prenom: 'Ninon', ne: '17/04/1971', depot: '05/02/2021', adresse: 'ninon.quertier@exemple.example'},
    {nom: 'Dufossé', prenom: 'Amaury', ne: '02/12/1964', depot: '06/03/2022', adresse: 'amaury.dufosse@exemple.example'},
];
const look = (page, name) => audit(page, name, {schemes: ['light'], sizes: ['petit']});
const today = () => new Date().toLocaleDateString('fr-FR', {timeZone: 'Europe/Paris'});

/** What a bailleur sends: the last part of the address it leads to. */
async function send(path, form) {
    const answer = await desk.request.post(server.url + path, {form: {csrf: desk.csrf, ...form}, maxRedirects: 0});
    assert.equal(answer.status(), 303, `${path}: ${(await answer.text()).replace(/<[^>]*>/g, ' ').slice(0, 2000)}`);
    return new URL(answer.headers().location, server.url).pathname.split('/').at(-1);
}

before(async () => {
    mailbox = await startMailbox();
    server = await startServer({environment: {LOGIS_SMTP: mailbox.url}});
    browser = await launchBrowser();
    desk = await newVisitor(browser, {javaScript: false});
    await logIn(desk, server.url, 'stephane.hamel@demo.logis.example');
    await desk.goto(`${server.url}/demandes`);
    desk.csrf = await desk.locator('[name="csrf"]').first().getAttribute('value');

    const dwelling = await send('/logements', {
        bailleur: '76B01', reference: '3307-C-12', adresse: '27 rue Jeanne-d’Arc', commune: 'Rouen 76000', pieces: '2', surface: '47',
        loyer: '351,20', charges: '64', financement: 'plus', disponible_le: today(), contingent: 'bailleur'});
    const session = await send('/commissions', {bailleur: '76B01', tenue_le: today(), lieu: 'Siège'});
    const decisions = new URLSearchParams({csrf: desk.csrf, logement: dwelling, derogation: 'peu_de_candidats'});
    const candidates = new URLSearchParams({csrf: desk.csrf, commission: session});
    for (const [i, p] of people.entries()) {
        p.demande = await send('/demandes', {
            guichet: '76B01', 'depot.depose_le': p.depot, 'depot.identite': 'passeport', 'demandeur.civilite': i ? 'm' : 'mme',
            'demandeur.nom': p.nom, 'demandeur.prenom': p.prenom, 'demandeur.naissance_le': p.ne, 'demandeur.nationalite': 'fr',
            'demandeur.situation_familiale': 'celibataire', 'demandeur.email': p.adresse, 'demandeur.infos_courriel': 'oui',
            'adresse.voie': '14 rue Ganterie', 'adresse.code_postal': '76000', 'adresse.commune': 'Rouen', 'souhait.personnes': '1',
            'souhait.t2': 'oui', 'localisation.1.commune': '76540'});
        await send(`/demandes/${p.demande}/acces`, {geste: 'ouvrir', courriel: p.adresse, identite: 'oui'});
        await desk.goto(`${server.url}/demandes/${p.demande}`);
        const number = /076 \d{4} \d{6} 76B01/.exec(await desk.locator('main').innerText())[0];
        await send(`/logements/${dwelling}/candidatures`, {numero: number});
        await desk.goto(`${server.url}/logements/${dwelling}`);
        p.candidature = (await desk.getByRole('link', {name: number}).getAttribute('href')).split('/').at(-1);
        await send(`/candidatures/${p.candidature}/complet`, {});
        candidates.append('candidature', p.candidature);
        decisions.append(`decision.${p.candidature}`, 'classement');
        decisions.append(`rang.${p.candidature}`, String(i + 1));
    }
    for (const [path, form] of [[`/logements/${dwelling}/inscription`, candidates], [`/commissions/${session}/decisions`, decisions]]) {
        const answer = await desk.request.post(server.url + path, {data: form.toString(), maxRedirects: 0,
            headers: {'content-type': 'application/x-www-form-urlencoded'}});
        assert.equal(answer.status(), 303, `${path}: ${(await answer.text()).replace(/<[^>]*>/g, ' ').slice(0, 2000)}`);
    }
});

after(async () => {
    await browser?.close();
    await server?.stop();
    await mailbox?.stop();
});

/** The page of the dwellings of this applicant, reached with the code of an e-mail. */
async function enter(person, javaScript) {
    const page = await newVisitor(browser, {javaScript, size: 'petit'});
    await page.goto(`${server.url}/demander/connexion`);
    await page.getByLabel(/^Adresse électronique/).fill(person.adresse);
    await page.getByRole('button', {name: 'Recevoir un code'}).click();
    await page.getByLabel(/^Code/).fill(/\d{4} \d{4}/.exec((await mailbox.waitFor(person.adresse, /Votre code pour la demande/)).text)[0]);
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.getByRole('heading', {name: 'Ma demande', level: 1}).or(page.getByText(/^Un logement vous est proposé/)).first().waitFor();
    return page;
}

test('la première reçoit l’offre, se trompe, puis la refuse avec une raison, sans JavaScript', async () => {
    const [ninon] = people;
    const offer = (await mailbox.waitFor(ninon.adresse, /vous est proposé/)).text;
    const until = /Répondez jusqu’au ([^:]*? inclus)/.exec(offer.replace(/\s+/g, ' '))[1];
    assert.match(offer, /27 rue Jeanne-d’Arc/);
    const page = await enter(ninon, false);
    await page.goto(`${server.url}/ma-demande/${ninon.demande}/logements`);
    // The same last day on the page and in the e-mail.
    await page.getByText(until.replace(/\s+/g, ' ')).first().waitFor();
    await look(page, 'propositions-recue');
    await page.getByRole('link', {name: /^Répondre/}).click();
    await look(page, 'propositions-repondre');
    await page.getByRole('button', {name: 'Envoyer ma réponse'}).click();
    await page.locator('#erreurs').waitFor();
    await page.getByLabel(/^Non, je le refuse/).check();
    await page.getByRole('button', {name: 'Envoyer ma réponse'}).click();
    await page.locator('#erreurs').waitFor();
    assert.ok(await page.getByLabel(/^Non, je le refuse/).isChecked());
    await look(page, 'propositions-raison');
    await page.getByLabel(/^Pourquoi refusez-vous/).selectOption('taille');
    await page.getByRole('button', {name: 'Envoyer ma réponse'}).click();
    await page.getByText('Votre non est enregistré.').waitFor();
    await look(page, 'propositions-refusee');
    await mailbox.waitFor(ninon.adresse, /Votre refus d’un logement/);
    await assertCalm(page);
    await page.context().close();
});

test('le logement passe au second, qui l’accepte au clavier, avec JavaScript', async () => {
    const [, amaury] = people;
    await mailbox.waitFor(amaury.adresse, /vous est proposé/);
    const page = await enter(amaury, true);
    await page.goto(`${server.url}/ma-demande/${amaury.demande}/logements`);
    await page.getByText('C’est votre tour').first().waitFor({state: 'attached'});
    await page.getByRole('link', {name: /^Répondre/}).focus();
    await page.keyboard.press('Enter');
    const yes = page.getByLabel(/^Oui, je l’accepte/), reason = page.getByLabel(/^Pourquoi refusez-vous/);
    await yes.waitFor();
    assert.equal(await reason.isVisible(), false); // asked of who says no
    await page.getByLabel(/^Non, je le refuse/).check();
    await reason.waitFor();
    await yes.focus();
    await page.keyboard.press('Space');
    assert.equal(await reason.isVisible(), false);
    await look(page, 'propositions-oui');
    await page.getByRole('button', {name: 'Envoyer ma réponse'}).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Votre oui est enregistré.').waitFor();
    await page.getByText(/^Vous avez accepté\. Seine Logis Habitat.* prépare le bail\.$/).waitFor();
    await audit(page, 'propositions-acceptee');
    await mailbox.waitFor(amaury.adresse, /Votre oui pour un logement/);
    await desk.goto(`${server.url}/candidatures/${amaury.candidature}`);
    await desk.getByText('Acceptée par le demandeur').first().waitFor();
    await assertCalm(page);
    await page.context().close();
});
