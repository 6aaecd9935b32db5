// Administration of a territory in a real browser: contact, opening, committees and their perimeters; and what it changes
// for somebody who wants to report.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const manager = 'nadia.belkacem@demo.logis.example';
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';

    test(`une responsable règle le contact et l’ouverture de son territoire, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, manager);
        await page.goto(`${server.url}/administration/territoires`);
        await audit(page, 'territoires-liste');
        await page.getByRole('link', {name: 'Seine-Maritime (76)'}).click();
        await audit(page, 'territoires-fiche');

        await page.getByLabel('Téléphone').fill('12 34');
        await page.getByRole('button', {name: 'Enregistrer le contact'}).click();
        await page.getByText('Donnez un numéro à dix chiffres').first().waitFor();
        assert.equal(await page.getByLabel('Téléphone').inputValue(), '12 34');
        await audit(page, 'territoires-contact-refuse');
        await page.getByLabel('Téléphone').fill('02 61 91 00 77');
        await page.getByRole('button', {name: 'Enregistrer le contact'}).click();
        await page.getByText('Le contact est enregistré.').waitFor();

        await page.getByText(/^Ouvert à tout le monde/).last().click();
        await page.getByRole('button', {name: 'Changer l’ouverture'}).click();
        await page.getByRole('button', {name: 'Confirmer le changement'}).waitFor();
        await audit(page, 'territoires-confirmation');
        await page.getByRole('button', {name: 'Confirmer le changement'}).click();
        await page.getByText('L’ouverture est changée.').waitFor();

        // The next person starts from where the demonstration does.
        await page.getByText(/^Ouvert aux professionnels/).last().click();
        await page.getByRole('button', {name: 'Changer l’ouverture'}).click();
        await page.getByRole('button', {name: 'Confirmer le changement'}).click();
        await page.getByText('L’ouverture est changée.').waitFor();
        await assertCalm(page);
        await page.context().close();
    });

    test(`une super-administratrice prépare un département et invite sa responsable, ${how}`, async () => {
        const department = javaScript ? 'Manche' : 'Orne';
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, 'camille.lefort@demo.logis.example');
        await page.goto(`${server.url}/administration/territoires`);
        await audit(page, 'super-territoires');
        await page.getByRole('button', {name: 'Préparer ce territoire'}).click();
        await page.locator('#erreurs').waitFor();
        await audit(page, 'super-territoires-refuse');
        await page.getByLabel(/^Département/).selectOption({label: `${javaScript ? '50' : '61'} – ${department}`});
        await page.getByRole('button', {name: 'Préparer ce territoire'}).click();
        await page.getByRole('heading', {name: department, level: 1}).waitFor();
        await audit(page, 'super-territoire');

        await page.goto(`${server.url}/administration/comptes/invitation`);
        await audit(page, 'super-invitation');
        await page.getByLabel('Prénom').fill('Lucie');
        await page.getByLabel('Nom', {exact: true}).fill('Anquetil');
        await page.getByLabel('Adresse électronique professionnelle').fill(`lucie.${javaScript ? 'manche' : 'orne'}@prefecture.example`);
        await page.getByText('Responsable de territoire', {exact: true}).click();
        await page.locator('[name="territoire"]').selectOption({label: department});
        await page.getByRole('button', {name: 'Envoyer l’invitation'}).click();
        await page.getByText('L’invitation part dans la minute.').waitFor();
        await audit(page, 'super-compte');
        await page.goto(`${server.url}/signalements`);
        await audit(page, 'super-signalements');
        await assertCalm(page);
        await page.context().close();
    });

    test(`une responsable compose le périmètre d’un comité, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, manager);
        await page.goto(`${server.url}/administration/territoires/76`);
        await page.getByLabel('Nom du nouveau comité').fill(`Comité Caux Seine ${how}`);
        await page.getByRole('button', {name: 'Ajouter ce comité'}).click();
        await page.getByText('Le comité est ajouté.').waitFor();
        await audit(page, 'territoires-comite');

        await page.getByLabel(/^Ou une commune/).fill('Xyzville');
        await page.getByRole('button', {name: 'Ajouter', exact: true}).click();
        await page.getByText('Aucune commune de ce territoire ne correspond.').first().waitFor();
        await page.getByLabel(/^Ou une commune/).fill('Saint-Aubin');
        await page.getByRole('button', {name: 'Ajouter', exact: true}).click();
        await page.getByText('Plusieurs communes correspondent').first().waitFor();
        await audit(page, 'territoires-choix-commune');
        await page.getByText(/^Saint-Aubin-Celloville/).click();
        await page.getByRole('button', {name: 'Ajouter', exact: true}).click();
        await page.getByText('Le périmètre est complété.').waitFor();
        await page.getByLabel(/^Une intercommunalité/).selectOption({label: 'Communauté d’agglomération Caux Seine Agglo'});
        await page.getByRole('button', {name: 'Ajouter', exact: true}).click();
        await page.getByRole('table').getByText('Caux Seine Agglo').first().waitFor();
        await audit(page, 'territoires-perimetre');
        await page.getByRole('button', {name: /Retirer/}).first().click();
        await page.getByText('Le périmètre est réduit.').waitFor();
        await assertCalm(page);
        await page.context().close();
    });
}
