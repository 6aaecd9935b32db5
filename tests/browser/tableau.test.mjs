// What waits for an agent, on a phone and on a desk: each number opens its list.
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

test('le tableau de bord mène aux listes qu’il compte', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'nadia.belkacem@demo.logis.example');
    await page.getByRole('link', {name: 'Tableau de bord'}).click();
    await audit(page, 'tableau');
    const tile = page.getByRole('link', {name: /à trier$/});
    const number = /\d+/.exec(await tile.first().innerText())[0];
    await tile.first().click();
    await page.waitForURL(/statut=a_trier/);
    assert.match(await page.locator('main').innerText(), new RegExp(`${number} signalement`));
    await assertCalm(page);
    await page.context().close();
});
