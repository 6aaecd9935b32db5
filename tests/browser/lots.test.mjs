// A secretary chooses reports from page to page, gives them to a partner, and thinks again: without JavaScript, by keyboard.
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

for (const javaScript of [false, true]) {
    test(`plusieurs signalements se choisissent, se confient et se rendent, ${javaScript ? 'avec' : 'sans'} JavaScript`, async () => {
        const page = await newVisitor(browser, {javaScript, size: javaScript ? 'large' : 'petit'});
        await logIn(page, server.url, secretary);
        await page.goto(`${server.url}/signalements?statut=a_trier`);
        const boxes = page.locator('input[name="signalement"]');
        assert.ok((await boxes.count()) > 1);
        await boxes.nth(0).focus();
        await page.keyboard.press('Space');
        await page.getByRole('button', {name: 'Choisir les lignes cochées'}).click();
        await page.waitForURL(/\/signalements\?statut=a_trier/);
        await page.getByText('1 signalement choisi', {exact: false}).waitFor();
        await page.goto(`${server.url}/signalements?statut=clos`);
        await boxes.nth(0).check();
        await page.getByRole('button', {name: 'Choisir les lignes cochées'}).click();
        await page.getByText('2 signalements choisis', {exact: false}).waitFor();
        await audit(page, 'lots-liste');
        await page.getByRole('link', {name: /à tous/}).click();
        await audit(page, 'lots-choix');

        await page.getByRole('link', {name: 'Confier à des partenaires'}).click();
        await page.getByRole('button', {name: 'Vérifier'}).click();
        await page.getByText('Choisissez au moins un partenaire.').first().waitFor();
        await audit(page, 'lots-geste', {schemes: ['light']});
        await page.getByLabel(/ADIL/).check({force: true});
        await page.getByRole('button', {name: 'Vérifier'}).click();
        await page.getByRole('heading', {name: 'Vérifier avant d’agir'}).waitFor();
        await page.getByText('rouvrez-le avant de le confier', {exact: false}).waitFor();
        await audit(page, 'lots-apercu');
        await page.getByRole('button', {name: 'Confier à des partenaires'}).click();
        await page.waitForURL(/\/lots\//);
        await audit(page, 'lots-fait');
        await page.getByRole('button', {name: 'Annuler ce qui vient d’être fait'}).click();
        await page.getByText('Ce qui pouvait être annulé l’a été.', {exact: false}).waitFor();
        await audit(page, 'lots-annule', {schemes: ['light']});
        await page.getByRole('link', {name: 'Signalements choisis'}).first().click();
        await page.getByRole('button', {name: 'Tout enlever'}).click();
        await page.getByText('Rien n’est choisi').waitFor();
        await audit(page, 'lots-vide', {schemes: ['light']});
        await assertCalm(page);
        await page.context().close();
    });
}
