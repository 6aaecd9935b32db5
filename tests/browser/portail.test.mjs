// Somebody asks for a dwelling from a telephone, with and without JavaScript: commune, code, screens, document, deposit; then
// a guichet checks who she is.
import assert from 'node:assert/strict';
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

// One look at each page, on the telephone.
const look = (page, name) => audit(page, name, {schemes: ['light'], sizes: ['petit']});

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';
    const who = javaScript ? 'Solenn' : 'Perrine';
    const address = `${who.toLowerCase()}@exemple.example`;

    test(`une demande se dépose en ligne depuis un téléphone, et un guichet la valide, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript, size: 'petit'});
        const next = () => page.getByRole('button', {name: 'Enregistrer et continuer'}).click();
        const field = name => page.locator(`[name="${name}"]`);
        await page.goto(`${server.url}/demander`);
        await page.getByRole('link', {name: 'Commencer une demande'}).click();
        await page.getByLabel(/^Commune ou code postal/).fill('Rouen');
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByLabel(/^Adultes qui signeront/).fill('1');
        await page.getByLabel(/^Personnes à charge/).fill('0');
        await page.getByLabel(/^Revenu fiscal de référence/).fill('14200');
        await page.getByRole('button', {name: 'Comparer aux plafonds'}).click();
        await page.getByText('Vos revenus permettent un logement social ici').waitFor();
        if (javaScript) await look(page, 'portail-simulation');
        await page.getByRole('link', {name: 'Commencer ma demande'}).click();

        await page.getByLabel(/^Adresse électronique/).fill(address);
        await page.getByRole('button', {name: 'Recevoir un code'}).click();
        const code = /\d{4} \d{4}/.exec((await mailbox.waitFor(address, /code/)).text)[0];
        await page.getByLabel(/^Code/).fill(code);
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByRole('button', {name: 'Commencer', exact: true}).click();

        await next();
        await page.locator('#erreurs').waitFor();
        if (javaScript) await look(page, 'portail-vous-refuse');
        await page.getByText('Madame', {exact: true}).click();
        await field('demandeur.nom').fill('Lozach');
        await field('demandeur.prenom').fill(who);
        await field('demandeur.naissance_le').fill(javaScript ? '12/07/1971' : '03/02/1966');
        await page.getByText('Française', {exact: true}).click();
        await page.getByText('Célibataire', {exact: true}).click();
        await next();
        await field('demandeur.telephone').fill('06 39 98 11 22');
        await page.getByRole('button', {name: 'Enregistrer et finir plus tard'}).click();
        await page.getByText('Tout est gardé').waitFor();
        await page.getByRole('link', {name: 'Reprendre'}).click();
        assert.equal(await field('demandeur.telephone').inputValue(), '06 39 98 11 22');
        await next();
        await next(); // post and help
        await next();
        await next();
        await next();
        await next();
        if (!javaScript) await look(page, 'portail-revenus');
        await next();
        await next();
        await next();
        await next();
        await page.locator('label', {hasText: /^T2/}).click();
        await field('souhait.personnes').fill('1');
        await next();
        await page.getByLabel(/^Ajouter une commune/).fill('Dieppe');
        await page.getByRole('button', {name: 'Ajouter cette commune'}).click();
        await page.getByTitle('Monter Dieppe').click();
        await page.getByTitle('Monter Rouen').waitFor();
        if (javaScript) await look(page, 'portail-communes');
        await next();
        await next();
        await field('depot.identite').selectOption('carte_identite');
        await page.locator('input[type=file]').setInputFiles(join(root, 'demo/photos/hall-immeuble.jpg'));
        if (!javaScript) await look(page, 'portail-identite');
        await next();
        await page.getByRole('button', {name: 'Déposer ma demande'}).waitFor();
        if (javaScript) await look(page, 'portail-relecture');
        await page.getByRole('button', {name: 'Déposer ma demande'}).click();
        await page.getByRole('heading', {name: 'Votre demande est déposée'}).waitFor();
        if (!javaScript) await look(page, 'portail-deposee');
        if (!javaScript) return page.context().close();

        const id = /nouvelle-demande\/([0-9a-z]+)/.exec(page.url())[1];
        const desk = await newVisitor(browser);
        await logIn(desk, server.url, 'fatou.sarr@demo.logis.example');
        await desk.goto(`${server.url}/a-verifier`);
        await look(desk, 'portail-a-verifier');
        await desk.goto(`${server.url}/a-verifier/${id}`);
        await look(desk, 'portail-verification');
        await desk.getByRole('button', {name: 'Valider et donner le numéro unique'}).click();
        await desk.getByText('La demande est enregistrée.').waitFor();
        await desk.context().close();

        await page.goto(`${server.url}/ma-demande`);
        await page.getByText('Active').first().waitFor();
        await assertCalm(page);
        await page.context().close();
    });
}

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';
    const address = javaScript ? 'aidante@exemple.example' : 'aidant@exemple.example';

    test(`qui aide plusieurs personnes commence une demande pour chacune et les retrouve par leur prénom, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript, size: 'petit'});
        await page.goto(`${server.url}/commencer-demande/76540`);
        await page.getByLabel(/^Adresse électronique/).fill(address);
        await page.getByRole('button', {name: 'Recevoir un code'}).click();
        const code = /\d{4} \d{4}/.exec((await mailbox.waitFor(address, /code/)).text)[0];
        await page.getByLabel(/^Code/).fill(code);
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByRole('button', {name: 'Commencer', exact: true}).click();
        const write = async name => {
            await page.locator('[name="demandeur.prenom"]').fill(name);
            await page.getByRole('button', {name: 'Enregistrer et finir plus tard'}).click();
            await page.getByText('Tout est gardé').waitFor();
        };
        await write('Gaël');
        await page.getByRole('link', {name: /^Commencer une autre demande/}).click();
        await page.getByLabel(/^Commune ou code postal/).fill('Rouen');
        await page.getByRole('button', {name: 'Continuer'}).click();
        await page.getByRole('link', {name: 'Commencer ma demande'}).click();
        await page.getByRole('link', {name: 'Demande pour Gaël'}).waitFor();
        if (javaScript) await audit(page, 'portail-autre-demande', {schemes: ['light']});
        await page.getByRole('button', {name: 'Commencer une autre demande'}).click();
        await write('Rozenn');
        await page.getByRole('heading', {name: 'Nouvelle demande pour Rozenn, Seine-Maritime'}).waitFor();
        if (!javaScript) await audit(page, 'portail-plusieurs-demandes', {schemes: ['light']});
        await page.getByTitle('Reprendre la demande pour Gaël').click();
        await page.getByText('Demande pour Gaël').waitFor();
        assert.equal(await page.locator('[name="demandeur.prenom"]').inputValue(), 'Gaël');
        await page.context().close();
    });
}
