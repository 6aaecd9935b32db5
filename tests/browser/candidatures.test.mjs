// A bailleur offers a dwelling, looks for candidates and holds a commission, in a real browser at 320 pixels.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const landlord = 'stephane.hamel@demo.logis.example';
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

test('un bailleur propose un logement et cherche des candidats, avec JavaScript, sur un petit écran', async () => {
    const page = await newVisitor(browser, {javaScript: true, size: 'petit'});
    await logIn(page, server.url, landlord);
    await page.goto(`${server.url}/logements`);
    await audit(page, 'candidatures-logements');
    await page.getByRole('link', {name: 'Proposer un logement'}).click();
    await page.getByRole('button', {name: 'Proposer ce logement'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, 'candidatures-nouveau');
    for (const [field, value] of Object.entries({
        reference: '2210-A-03', adresse: '7 rue Solférino', commune: 'Elbeuf 76500', surface: '66', loyer: '402,30',
        disponible_le: '15/01/2027',
    })) await page.locator(`[name="${field}"]`).fill(value);
    await page.locator('[name="pieces"]').selectOption('3');
    await page.locator('[name="financement"]').selectOption('plus');
    await page.locator('[name="contingent"]').selectOption('bailleur');
    await page.getByRole('button', {name: 'Proposer ce logement'}).click();
    await page.getByText('Le logement est proposé.').waitFor();
    await page.getByRole('link', {name: 'Chercher des candidats'}).click();
    await audit(page, 'candidatures-recherche');
    await page.getByTitle(/^Désigner 076/).first().click();
    await page.getByText('La demande est désignée.').waitFor();
    await audit(page, 'candidatures-logement');
    await assertCalm(page);
    await page.context().close();
});

test('une commission classe trois candidats, puis l’un d’eux accepte, sans JavaScript', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, landlord);
    await page.goto(`${server.url}/commissions`);
    await audit(page, 'candidatures-commissions');
    await page.goto(`${server.url}/commissions/commission-demo`);
    const decisions = page.locator('[name^="decision."]');
    assert.equal(await decisions.count(), 3);
    await page.getByRole('button', {name: 'Enregistrer les décisions'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, 'candidatures-seance');
    for (let i = 0; i < 3; i++) {
        const name = (await decisions.nth(i).getAttribute('name')).slice('decision.'.length);
        const group = page.locator('fieldset', {has: page.locator(`[name="decision.${name}"]`)}).last();
        const complete = (await group.innerText()).includes('dossier complet');
        await page.locator(`[name="decision.${name}"]`).selectOption(complete ? 'classement' : 'condition');
        await page.locator(`[name="rang.${name}"]`).fill(String(i + 1));
        if (!complete) {
            await page.locator(`[name="piece.${name}"]`).fill('Avis d’imposition');
            await page.locator(`[name="jusqu_au.${name}"]`).fill('15/12/2026');
        }
    }
    await page.getByRole('button', {name: 'Enregistrer les décisions'}).click();
    await page.getByText('Les décisions sont enregistrées.').waitFor();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', {name: 'Ce que lit le demandeur'}).waitFor();
    await audit(page, 'candidatures-une');
    await assertCalm(page);
    await page.context().close();
});
