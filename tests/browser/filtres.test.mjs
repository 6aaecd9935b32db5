// Those who steer a committee filter the list of reports: without JavaScript, by keyboard, on a phone and on a desk.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const secretary = 'nadia.belkacem@demo.logis.example';
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

const total = async (page) => Number(/(\d+) signalements?/.exec(await page.locator('main').innerText())?.[1] ?? '0');

for (const javaScript of [false, true]) {
    test(`la liste se filtre, se trie et se défait, ${javaScript ? 'avec' : 'sans'} JavaScript`, async () => {
        const page = await newVisitor(browser, {javaScript, size: javaScript ? 'large' : 'petit'});
        await logIn(page, server.url, secretary);
        await page.goto(`${server.url}/signalements`);
        await audit(page, 'filtres-liste');
        const tous = await total(page);
        assert.ok(tous > 5);

        // By keyboard alone: a word, a state, Enter.
        await page.getByLabel(/^Chercher un nom/).focus();
        await page.keyboard.type('havre');
        await page.getByLabel('En cours', {exact: true}).focus();
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.waitForURL(/statut=en_cours/);
        const deux = await total(page);
        assert.ok(deux > 0 && deux < tous);
        await audit(page, 'filtres-actifs');

        // Each tag takes one thing away, the last link all of them.
        await page.getByRole('link', {name: 'Retirer le filtre : État : En cours'}).click();
        await page.waitForURL((url) => !url.search.includes('statut'));
        assert.ok(await total(page) >= deux);
        assert.match(page.url(), /q=havre/);
        await page.getByRole('link', {name: 'Tout effacer'}).click();
        assert.equal(await total(page), tous);

        // All the filters, on demand.
        await page.getByRole('link', {name: /^Plus de filtres/}).click();
        await audit(page, 'filtres-tous');
        await page.locator('summary', {hasText: 'Occupation'}).click();
        await page.getByLabel('Locataire', {exact: true}).check({force: true});
        await page.locator('[name="commune_nom"]').fill('Rouen');
        await page.getByLabel('Déposé à partir du').fill('1/1/2020');
        await page.getByRole('button', {name: 'Filtrer'}).click();
        await page.waitForURL(/occupation=locataire/);
        await page.getByRole('link', {name: 'Retirer le filtre : Commune : Rouen'}).waitFor();
        await page.getByRole('link', {name: 'Retirer le filtre : Déposé à partir du 1er janvier 2020'}).waitFor();
        await audit(page, 'filtres-tous-actifs');

        // What is not understood is said, with what was typed.
        await page.goto(`${server.url}/signalements?commune_nom=Ruenn&statut=vendu`);
        await page.getByText('« vendu » n’est pas une valeur du filtre « État ».').first().waitFor();
        await audit(page, 'filtres-refus', {schemes: ['light']});

        // A misspelled name finds what comes near it, and says so.
        await page.goto(`${server.url}/signalements?q=ruen`);
        assert.match(await page.locator('main').innerText(), /à une lettre près/);
        await audit(page, 'filtres-approche', {schemes: ['light']});
        await assertCalm(page);
        await page.context().close();
    });
}
