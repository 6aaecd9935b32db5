// A secretary takes a list away as a workbook, without JavaScript.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
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

test('une liste s’emporte comme classeur, avec les colonnes choisies', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'nadia.belkacem@demo.logis.example');
    await page.goto(`${server.url}/signalements?statut=en_cours`);
    await page.getByRole('link', {name: 'Exporter cette liste'}).click();
    await audit(page, 'export');
    await page.getByLabel('Nom de l’occupant', {exact: true}).check({force: true});
    const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', {name: 'Télécharger'}).click(),
    ]);
    assert.match(download.suggestedFilename(), /^signalements-.*\.xlsx$/);
    const file = await download.path();
    const sheet = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml']).toString();
    assert.match(sheet, /Nom de l’occupant/);
    assert.ok((sheet.match(/<row>/g) ?? []).length > 2);
    await assertCalm(page);
    await page.context().close();
});
