// The map of agents, on a phone and on a desk, with and without JavaScript: what it counts is what its lists hold.
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

const number = text => Number(/[\d\u202f]+/.exec(text)[0].replace(/\D/g, ''));

for (const [size, javaScript] of [['petit', false], ['large', true]])
    test(`une responsable parcourt la carte de son territoire, écran ${size}, ${javaScript ? 'avec' : 'sans'} JavaScript`, async () => {
        const page = await newVisitor(browser, {javaScript, size});
        await logIn(page, server.url, 'nadia.belkacem@demo.logis.example');
        await page.goto(`${server.url}/carte`);
        await audit(page, `carte-${size}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= page.viewportSize().width, `la page déborde : ${width}`);

        // Every group of the drawing, and every line of the table, adds up to what is told under the map.
        const here = number(await page.getByText('sur cette partie de la carte').first().innerText());
        const groups = await page.locator('.logis-carte__grappe').evaluateAll(all => all.map(a => a.getAttribute('aria-label')));
        assert.equal(groups.map(number).reduce((a, b) => a + b, 0), here);
        const lines = await page.locator('table tbody tr td:nth-child(2)').allInnerTexts();
        assert.equal(lines.map(number).reduce((a, b) => a + b, 0), here);

        const row = page.locator('table tbody tr').first();
        const inRow = number(await row.locator('td').nth(1).innerText());
        await row.getByRole('link').click();
        await page.waitForURL(/\/signalements\?.*cadre=/);
        assert.match(await page.locator('main').innerText(), new RegExp(`${inRow} signalement`));
        await page.getByRole('link', {name: 'Carte de cette liste'}).click();
        await page.waitForURL(/\/carte\?/);
        assert.equal(number(await page.getByText('sur cette partie de la carte').first().innerText()), inRow);

        await page.goto(`${server.url}/carte`);
        const before = page.url();
        await page.getByRole('link', {name: 'Agrandir', exact: true}).click();
        await page.waitForURL(/fenetre=/);
        const near = page.url();
        await page.locator('.logis-carte__cadre').focus();
        if (javaScript) {
            // Arrow keys move it too, and Back comes back; the page itself stays.
            await page.locator('[data-carte]:not([aria-busy])').waitFor();
            await page.evaluate(() => { window.sameDocument = true; });
            await page.keyboard.press('ArrowLeft');
            await page.waitForURL(url => String(url) !== near);
            await page.goBack();
            await page.waitForURL(near);
            await page.goBack();
            await page.waitForURL(before);
            await page.locator('[data-carte]:not([aria-busy])').waitFor();
            assert.equal(await page.evaluate(() => window.sameDocument), true);
        }
        await assertCalm(page);
        await page.context().close();
    });
