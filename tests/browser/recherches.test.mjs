// A secretary keeps a search and the columns of the list, without JavaScript, on a small screen.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

test('une recherche s’enregistre, se partage et reparaît en haut de la liste', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'julien.masson@demo.logis.example');
    await page.goto(`${server.url}/signalements?statut=en_cours`);
    await page.getByRole('link', {name: 'Enregistrer cette recherche'}).click();
    await audit(page, 'recherche-nouvelle');
    await page.getByRole('button', {name: 'Enregistrer'}).click();
    await page.getByText('Donnez un nom à cette recherche.').first().waitFor();
    await page.getByLabel('Nom de la recherche').fill('Ce qui court');
    await page.getByLabel('Partager avec (facultatif)').selectOption({index: 1});
    await page.getByRole('button', {name: 'Enregistrer'}).click();
    await page.getByText('La recherche est enregistrée.').waitFor();
    await audit(page, 'recherches');
    await page.goto(`${server.url}/signalements`);
    await audit(page, 'liste-recherches');
    await page.getByRole('link', {name: 'Ce qui court'}).click();
    assert.equal(new URL(page.url()).search, '?statut=en_cours');
    await assertCalm(page);
    await page.context().close();
});

test('la liste prend les colonnes choisies, et les garde', async () => {
    const page = await newVisitor(browser, {javaScript: false});
    await logIn(page, server.url, 'nadia.belkacem@demo.logis.example');
    await page.goto(`${server.url}/signalements?statut=en_cours`);
    await page.getByRole('link', {name: 'Choisir les colonnes'}).click();
    await audit(page, 'colonnes');
    for (const nom of ['Commune', 'Confié à', 'Gravité']) await page.getByLabel(nom, {exact: true}).check({force: true});
    await page.getByRole('button', {name: 'Garder ces colonnes'}).click();
    await audit(page, 'liste-colonnes');
    const titres = await page.locator('th[scope=col], thead th').allInnerTexts();
    assert.deepEqual(titres.map(t => t.trim()), ['Référence', 'État', 'Commune', 'Confié à', 'Gravité']);
    await assertCalm(page);
    await page.context().close();
});
