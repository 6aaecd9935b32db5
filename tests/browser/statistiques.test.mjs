// The statistics of agents, on a phone and on a desk, with and without JavaScript: figures open their lists.
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

for (const size of ['petit', 'large'])
    test(`une responsable lit les statistiques de son territoire, écran ${size}`, async () => {
        const page = await newVisitor(browser, {javaScript: size === 'large', size});
        await logIn(page, server.url, 'nadia.belkacem@demo.logis.example');
        await page.goto(`${server.url}/statistiques`);
        await audit(page, `statistiques-${size}`);
        for (const details of await page.locator('main details').all()) await details.locator('summary').first().click();
        await audit(page, `statistiques-ouvertes-${size}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= page.viewportSize().width, `la page déborde : ${width}`);

        const total = page.getByRole('link', {name: /signalements$/}).filter({hasText: /\d/}).first();
        const number = /[\d\u202f]+/.exec(await total.innerText())[0];
        await total.click();
        await page.waitForURL(/\/signalements/);
        assert.match(await page.locator('main').innerText(), new RegExp(`${number} signalements`));
        await page.getByRole('link', {name: 'Statistiques de cette liste'}).click();
        await page.getByRole('link', {name: 'Du dépôt à la première visite'}).click();
        await page.waitForURL(/delai=visite/);
        assert.match(await page.locator('main').innerText(), /Du dépôt à la première visite, selon le mois du dépôt/);

        const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('link', {name: 'Imprimer ces statistiques (PDF)'}).click(),
        ]);
        assert.equal(download.suggestedFilename(), 'statistiques.pdf');
        await assertCalm(page);
        await page.context().close();
    });
