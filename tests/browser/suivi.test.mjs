// The depositor finds their link again, proves who they are, reads where the report stands and writes; the committee
// reads it. With and without JavaScript, the e-mails read from a real mail server.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, prepared, startMailbox, startServer} from './lib.mjs';

let mailbox, server, browser;

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

const settled = page => page.waitForLoadState('networkidle');

/** The reference and the address of a report, as its secretary finds them. */
async function find(words) {
    const agent = await newVisitor(browser);
    await logIn(agent, server.url, 'julien.masson@demo.logis.example');
    await agent.goto(`${server.url}/signalements?q=${encodeURIComponent(words)}`);
    const reference = /76-\d{4}-\d{6}/.exec(await agent.locator('main').innerText())?.[0];
    assert.ok(reference, `no report about ${words}`);
    const file = await agent.locator('main a[href^="/signalements/"]', {hasText: reference}).first().getAttribute('href');
    return {agent, reference, file: server.url + file.split('?')[0]};
}

for (const javaScript of [true, false]) {
    const how = javaScript ? '' : ' sans JavaScript';
    test(`le déposant retrouve son lien, suit le dossier et écrit${how}`, async () => {
        const {agent, reference, file} = await find('32 Grande Rue');
        const page = await newVisitor(browser, {javaScript});

        await page.goto(`${server.url}/suivi/retrouver`);
        await page.getByLabel('Adresse électronique').fill('marc.vasseur@demo.logis.example');
        await page.getByLabel('Référence').fill(reference.replaceAll('-', ' '));
        await page.getByRole('button', {name: 'Recevoir le lien'}).click();
        await page.getByText('Si un signalement correspond').waitFor();
        if (javaScript) await audit(page, 'suivi-lien-demande');
        const mail = await mailbox.waitFor('marc.vasseur@demo.logis.example', /lien de suivi/i);
        const link = mail.links.find(url => url.includes('/suivi/'));
        assert.ok(link, mail.text);

        await page.goto(link);
        await page.getByLabel('Votre nom').fill('Quelqu’un d’autre');
        await page.getByLabel('Code postal').fill('76200');
        await page.getByRole('button', {name: 'Ouvrir le dossier'}).click();
        await page.getByText('Ces réponses ne correspondent pas').first().waitFor();
        if (javaScript) await audit(page, 'suivi-refuse');
        await page.getByLabel('Votre nom').fill('mairie de dieppe');
        await page.getByRole('button', {name: 'Ouvrir le dossier'}).click();
        await page.getByRole('heading', {name: reference}).waitFor();
        await settled(page);
        await page.getByText('Visite prévue').first().waitFor();
        await page.getByText('Le locataire sera présent à partir de 14 heures.').waitFor();
        if (javaScript) await audit(page, 'suivi-dossier');

        await page.getByRole('button', {name: 'Envoyer'}).click();
        await page.getByText('Écrivez votre message').first().waitFor();
        if (javaScript) await audit(page, 'suivi-message-vide');

        const words = `L’eau coule encore${how}.`;
        await page.getByLabel('Votre message').fill(words);
        await page.locator('input[type=file]').setInputFiles({
            name: 'constat du bailleur.txt', mimeType: 'text/plain', buffer: Buffer.from('Rendez-vous pris.\n')});
        await page.getByRole('button', {name: 'Envoyer'}).click();
        await page.getByText('Message envoyé').waitFor();
        await settled(page);
        await page.getByText(words).waitFor();
        await prepared(page);
        await assertCalm(page);
        const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('link', {name: /constat du bailleur/}).first().click(),
        ]);
        assert.match(download.suggestedFilename(), /constat du bailleur/);
        assert.equal(await download.failure(), null); // whole: a page is not closed on what is still coming

        await agent.goto(file);
        await agent.getByText(words).waitFor();
        await mailbox.waitFor('julien.masson@demo.logis.example', /message du déposant/i);

        await page.getByRole('button', {name: 'Quitter le dossier'}).click();
        await settled(page);
        await page.goto(link);
        assert.equal(await page.getByText(words).count(), 0, 'the page is closed once left');
        await assertCalm(page);
        await page.context().close();
        await agent.context().close();
    });
}
