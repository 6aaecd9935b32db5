// Accounts and partners in a real browser: invitation by a real e-mail, activation, forgotten password, sheets.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startMailbox, startServer} from './lib.mjs';

const secretary = 'julien.masson@demo.logis.example';
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

/** Sends what waits in the outbox; the server's own loop may have done it already. */
const deliver = () => server.logis('jobs', 'run');

/** A danger reported without an account in the name of a town hall, as forms send it: tests/browser/depot walks the screens. */
async function reportForTown(email, address) {
    const cookies = new Map();
    let csrf = '';
    const send = async (path, fields) => {
        const answer = await fetch(server.url + path, {
            method: fields ? 'POST' : 'GET', redirect: 'manual', body: fields && new URLSearchParams({csrf, ...fields}),
            headers: {cookie: [...cookies].map(pair => pair.join('=')).join('; '), accept: 'text/html'},
        });
        for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(';')[0].split(/=(.*)/s));
        csrf = /name="csrf" value="([^"]*)"/.exec(await answer.text())?.[1] ?? csrf;
        return answer.headers.get('location') ?? '';
    };
    await send('/signaler');
    const draft = (await send('/signaler', {danger: 'oui'})).replace(/\/adresse$/, '');
    for (const [screen, fields] of Object.entries({
        adresse: {adresse: address}, profil: {profil: 'agent_municipal'},
        coordonnees: {organisation: 'Mairie', prenom: 'Ninon', nom: 'Aubry', email},
        occupant: {occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Awa', occupant_nom: 'Diallo', occupant_prevenu: 'oui'},
        danger: {description: 'Le plafond s’effondre.', dangers_batiment: 'desordres_batiment_securite_toit'}, fichiers: {},
    })) assert.match(await send(`${draft}/${screen}`, fields), /^\/signaler\//, screen);
    const answers = {visite_acceptee: 'oui', bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'};
    assert.match(await send(`${draft}/envoi`, answers), /confirmation$/);
}

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';
    const email = `zoe.martin.${javaScript ? 'js' : 'nojs'}@rouen.example`;
    const name = suffix => `comptes-${suffix}`;

    test(`une secrétaire invite un agent, qui active son accès et se connecte, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, secretary);
        await page.goto(`${server.url}/administration/comptes`);
        await audit(page, name('liste'));
        await page.getByRole('link', {name: 'Inviter une personne'}).click();
        await page.getByLabel('Prénom').fill('Zoé');
        await page.getByRole('button', {name: 'Envoyer l’invitation'}).click();
        await page.getByText('Indiquez le nom de la personne.').first().waitFor();
        assert.equal(await page.getByLabel('Prénom').inputValue(), 'Zoé');
        await audit(page, name('invitation-refusee'));
        await page.getByLabel('Nom', {exact: true}).fill('Martin');
        await page.getByLabel('Adresse électronique professionnelle').fill(email);
        await page.getByText('Agent d’un partenaire', {exact: true}).click();
        await page.getByLabel(/^Partenaire/).selectOption({label: 'Ville de Rouen, service d’hygiène'});
        await page.getByRole('button', {name: 'Envoyer l’invitation'}).click();
        await page.getByText('L’invitation part dans la minute.').waitFor();
        await audit(page, name('fiche'));
        await page.context().close();

        await deliver();
        const message = await mailbox.waitFor(email, /Activez votre accès/);
        const link = message.links.find(address => address.includes('/activation/'));
        assert.ok(link, message.text);
        const zoe = await newVisitor(browser, {javaScript});
        await zoe.goto(link);
        await audit(zoe, name('activation'));
        const password = 'quatre tulipes au balcon';
        await zoe.getByLabel('Nouveau mot de passe').fill(password);
        await zoe.getByLabel('Le même mot de passe').fill('autre chose au balcon');
        await zoe.getByRole('button', {name: 'Activer mon accès'}).click();
        await zoe.getByText('Les deux mots de passe sont différents').first().waitFor();
        await audit(zoe, name('activation-refusee'));
        await zoe.getByLabel('Nouveau mot de passe').fill(password);
        await zoe.getByLabel('Le même mot de passe').fill(password);
        await zoe.getByRole('button', {name: 'Activer mon accès'}).click();
        await zoe.getByText('Connectez-vous avec votre nouveau mot de passe.').waitFor();
        await logIn(zoe, server.url, email, password);
        await zoe.goto(`${server.url}/mon-compte`);
        await zoe.getByText('Ville de Rouen, service d’hygiène').first().waitFor();
        await audit(zoe, name('mon-compte'));

        // The link has served: it says so and offers another way in.
        const late = await newVisitor(browser, {javaScript});
        await late.goto(link);
        await late.getByText('Ce lien ne fonctionne plus').waitFor();
        await audit(late, name('lien-expire'));
        await late.getByRole('button', {name: 'Recevoir un nouveau lien'}).click();
        await late.getByRole('heading', {name: 'Consultez vos messages'}).waitFor();
        await assertCalm(late);
        await late.context().close();
        await zoe.context().close();
    });

    test(`une agente qui a signalé pour sa commune active son accès et dit elle-même son nom, ${how}`, async () => {
        const address = `ninon.${javaScript ? 'js' : 'nojs'}@mairie-sotteville.example`;
        await reportForTown(address, `${javaScript ? 3 : 5} Rue Garibaldi 76300 Sotteville-lès-Rouen`);
        await deliver();
        const message = await mailbox.waitFor(address, /Votre accès au signalement/);
        assert.doesNotMatch(message.text + message.html, /Ninon|Aubry/);
        const page = await newVisitor(browser, {javaScript});
        await page.goto(message.links.find(link => link.includes('/activation/')));
        await audit(page, name('activation-commune'));
        assert.equal(await page.getByLabel('Prénom').inputValue(), 'Ninon');
        await page.getByLabel('Nom', {exact: true}).fill('Aubry-Lemaire');
        await page.getByLabel('Nouveau mot de passe').fill('quatre tulipes au balcon');
        await page.getByLabel('Le même mot de passe').fill('quatre tulipes au balcon');
        await page.getByRole('button', {name: 'Activer mon accès'}).click();
        await page.getByText('Connectez-vous avec votre nouveau mot de passe.').waitFor();
        await logIn(page, server.url, address, 'quatre tulipes au balcon');
        await page.getByRole('link', {name: /76-2026-|Rue Garibaldi/}).first().click();
        await page.getByText('Votre accès attend d’être confirmé').waitFor();
        await audit(page, name('dossier-non-confirme'));
        await page.context().close();

        const manager = await newVisitor(browser, {javaScript});
        await logIn(manager, server.url, secretary);
        await manager.goto(`${server.url}/administration/comptes?confirmer=oui&q=${address}`);
        await manager.getByRole('link', {name: 'Ninon Aubry-Lemaire'}).click();
        await audit(manager, name('rattachement'));
        await manager.getByRole('button', {name: /^Confirmer/}).click();
        await manager.getByText('Le rattachement est confirmé').waitFor();
        await assertCalm(manager);
        await manager.context().close();
    });

    test(`un mot de passe oublié se change par un lien reçu, ${how}`, async () => {
        const who = javaScript ? 'paul.nguyen@demo.logis.example' : 'ines.moreau@demo.logis.example';
        const page = await newVisitor(browser, {javaScript});
        await page.goto(`${server.url}/connexion`);
        await page.getByLabel('Adresse électronique').fill(who);
        await page.getByLabel('Mot de passe').fill('ce n’est pas lui');
        await page.getByRole('button', {name: 'Se connecter'}).click();
        await page.getByText('Adresse ou mot de passe incorrect.').first().waitFor();
        await audit(page, name('connexion-refusee'));
        await page.getByRole('link', {name: /Mot de passe oublié/}).click();
        await page.getByLabel('Adresse électronique').fill(who);
        await page.getByRole('button', {name: 'Recevoir un lien'}).click();
        await page.getByText('Demande prise en compte').waitFor();
        await audit(page, name('oubli-envoye'));
        await deliver();
        const message = await mailbox.waitFor(who, /nouveau mot de passe/);
        await page.goto(message.links.find(address => address.includes('/nouveau-mot-de-passe/')));
        await page.getByLabel('Nouveau mot de passe').fill('un vélo rouge dans la cour');
        await page.getByLabel('Le même mot de passe').fill('un vélo rouge dans la cour');
        await page.getByRole('button', {name: 'Enregistrer le mot de passe'}).click();
        await page.getByText('Mot de passe enregistré').waitFor();
        await logIn(page, server.url, who, 'un vélo rouge dans la cour');
        await deliver();
        await mailbox.waitFor(who, /Votre mot de passe a changé/);
        await page.context().close();
    });

    test(`une secrétaire ajoute une mairie partenaire et règle son périmètre, ${how}`, async () => {
        const [town, insee] = javaScript ? ['Fécamp', '76259'] : ['Elbeuf', '76231'];
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, secretary);
        await page.goto(`${server.url}/administration/partenaires`);
        await audit(page, name('partenaires'));
        await page.getByRole('link', {name: 'Ajouter un partenaire'}).click();
        await page.getByRole('button', {name: 'Ajouter le partenaire'}).click();
        await page.getByText('Indiquez le nom du partenaire').first().waitFor();
        await audit(page, name('partenaire-refuse'));
        await page.getByLabel('Nom du partenaire').fill(`Mairie de ${town}`);
        await page.getByLabel('Type').selectOption('commune_schs');
        await page.getByLabel('Commune', {exact: false}).first().fill(insee);
        await page.getByRole('button', {name: 'Ajouter le partenaire'}).click();
        await page.getByText('Le partenaire est ajouté.').waitFor();
        await audit(page, name('partenaire'));
        await page.getByText('Intercommunalité', {exact: true}).first().click();
        await page.getByLabel('Intercommunalité', {exact: false}).last().selectOption({index: 1});
        await page.getByRole('button', {name: 'Ajouter au périmètre'}).click();
        await page.getByText('Le périmètre est enregistré.').waitFor();
        assert.equal(await page.getByRole('button', {name: /^Retirer/}).count(), 2);
        await assertCalm(page);
        await page.context().close();
    });
}
