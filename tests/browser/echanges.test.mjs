// Exchange files of the national system and where demandes are kept, in a real browser at 320 pixels.
import assert from 'node:assert/strict';
import path from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const files = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../cas/fichiers');
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

test('une gestionnaire vérifie un fichier faux, puis importe le bon, sans JavaScript, sur un petit écran', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/demandes`);
    await page.getByRole('link', {name: 'Échanges avec le système national'}).click();
    await audit(page, 'echanges-accueil');
    await page.locator('input[type="file"]').setInputFiles(path.join(files, 'sne-faux.xml'));
    await page.getByRole('button', {name: 'Vérifier le fichier'}).click();
    await page.getByText('Rien n’est importé').first().waitFor();
    await audit(page, 'echanges-refus');
    await page.getByRole('link', {name: 'Envoyer un autre fichier'}).click();
    await page.locator('input[type="file"]').setInputFiles(path.join(files, 'sne.xml'));
    await page.getByRole('button', {name: 'Vérifier le fichier'}).click();
    await page.getByText('Ce que le fichier ferait').first().waitFor();
    await audit(page, 'echanges-apercu');
    await page.getByRole('button', {name: 'Importer ces demandes'}).click();
    await page.getByText('Le fichier est importé.').waitFor();
    await audit(page, 'echanges-fait');
    await assertCalm(page);
    await page.context().close();
});

test('une super-administratrice change qui garde les demandes d’un territoire', async () => {
    const page = await newVisitor(browser, {javaScript: true, size: 'petit'});
    await logIn(page, server.url, 'camille.lefort@demo.logis.example');
    await page.goto(`${server.url}/administration/gestion-des-demandes`);
    await audit(page, 'gestion-liste');
    await page.getByRole('link', {name: 'Vienne', exact: true}).click();
    await page.getByText('Un système local, sur son propre site').click();
    await page.getByLabel('Adresse du site').fill('exemple.fr');
    await page.getByRole('button', {name: 'Enregistrer le changement'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, 'gestion-refus');
    await page.getByLabel('Cette plateforme').check();
    await page.locator('[name="depuis"]').fill('01/01/2027');
    await page.getByRole('button', {name: 'Enregistrer le changement'}).click();
    await page.getByText('Le changement est enregistré.').waitFor();
    await audit(page, 'gestion-faite');
    await page.goto(`${server.url}/demander/ou-est-ma-demande`);
    await page.getByLabel('Numéro unique').fill('086 1120 000123 86A01');
    await page.getByRole('button', {name: 'Chercher'}).click();
    await page.getByText('Un autre site garde cette demande').waitFor();
    await audit(page, 'gestion-ou');
    assert.ok(!page.url().includes('086'), 'the number is in no address');
    await assertCalm(page);
    await page.context().close();
});
