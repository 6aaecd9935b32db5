// A guichet brings a demande up to date in a real browser: two agents at once, what differs, who changed it.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const desk = 'fatou.sarr@demo.logis.example';
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

/** Registers the shortest form there is; gives the address of the demande. */
async function register(page, surname, born) {
    await page.goto(`${server.url}/demandes/nouvelle`);
    await page.getByLabel('Nom de naissance').fill(surname);
    await page.getByLabel('Prénoms').fill('Odile');
    await page.getByLabel(/^Date de naissance/).fill(born);
    await page.getByRole('button', {name: /^Chercher/}).click();
    await page.locator('[name="depot.depose_le"]').fill('02/11/2026');
    for (const [field, value] of Object.entries({
        'depot.identite': 'carte_identite', 'demandeur.civilite': 'mme', 'demandeur.nationalite': 'fr',
        'demandeur.situation_familiale': 'celibataire',
    })) await page.locator(`[name="${field}"]`).selectOption(value);
    await page.locator('[name="souhait.personnes"]').fill('1');
    await page.locator('[name="localisation.1.commune"]').fill('Rouen 76000');
    await page.getByRole('button', {name: /^Enregistrer et donner/}).click();
    await page.getByText('La demande est enregistrée.').waitFor();
    return page.url().replace(/\?.*/, '');
}

for (const javaScript of [true, false]) {
    const how = javaScript ? 'avec JavaScript' : 'sans JavaScript';

    test(`un guichet met une demande à jour, à deux en même temps, et lit ce qui a changé, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, desk);
        const address = await register(page, ...(javaScript ? ['Guillou', '12/07/1971'] : ['Auffret', '14/02/1968']));

        await page.getByRole('link', {name: 'Mettre à jour la situation'}).click();
        await page.getByRole('heading', {level: 1, name: 'Mettre à jour la situation'}).waitFor();
        if (javaScript) await audit(page, 'situation');
        await page.getByRole('link', {name: 'Coordonnées'}).click();
        await page.getByRole('heading', {level: 1, name: 'Coordonnées'}).waitFor();
        const other = Object.assign(await page.context().newPage(), {problems: [], reading: [], scripted: javaScript});
        await other.goto(page.url());

        await page.locator('[name="demandeur.telephone"]').fill('06 12 34 56 78');
        await page.getByRole('button', {name: 'Enregistrer ce changement'}).click();
        await page.locator('#erreurs').waitFor();
        assert.equal(await page.locator('[name="demandeur.telephone"]').inputValue(), '06 12 34 56 78');
        await page.locator('[name="justificatif"]').selectOption('presence');
        await page.getByRole('button', {name: 'Enregistrer ce changement'}).click();
        await page.getByText('La situation est mise à jour.').waitFor();

        await other.locator('[name="adresse.voie"]').fill('3 rue des Tanneurs');
        await other.locator('[name="justificatif"]').selectOption('ecrit');
        await other.getByRole('button', {name: 'Enregistrer ce changement'}).click();
        await other.getByText('La demande a changé pendant que vous écriviez').waitFor();
        if (javaScript) await audit(other, 'situation-conflit');
        assert.equal(await other.locator('[name="demandeur.telephone"]').inputValue(), '06 12 34 56 78');
        assert.equal(await other.locator('[name="adresse.voie"]').inputValue(), '3 rue des Tanneurs');
        await other.getByRole('button', {name: 'Enregistrer ce changement'}).click();
        await other.getByText('La situation est mise à jour.').waitFor();

        await page.goto(`${address}/versions`);
        await page.getByRole('heading', {name: 'Version 3 : Coordonnées'}).waitFor();
        if (!javaScript) await audit(page, 'versions');
        assert.equal(await page.getByRole('cell', {name: '06 12 34 56 78'}).count(), 1);
        await assertCalm(page);
        await page.context().close();
    });

    test(`un couple se sépare, et les pièces de chacun se reçoivent et se vérifient, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, desk);
        const address = await register(page, ...(javaScript ? ['Corbineau', '09/10/1962'] : ['Lemoigne', '11/12/1959']));
        await page.goto(`${address}/situation/menage`);
        for (const [field, value] of Object.entries({
            'codemandeur.1.nom': javaScript ? 'Ferhat' : 'Ozanne', 'codemandeur.1.prenom': 'Samir',
            'codemandeur.1.naissance_le': javaScript ? '05/06/1969' : '07/08/1974',
        })) await page.locator(`[name="${field}"]`).fill(value);
        for (const [field, value] of Object.entries({
            'codemandeur.1.lien': 'conjoint', 'codemandeur.1.civilite': 'm', 'codemandeur.1.nationalite': 'fr',
            justificatif: 'etat_civil',
        })) await page.locator(`[name="${field}"]`).selectOption(value);
        await page.getByRole('button', {name: 'Enregistrer ce changement'}).click();
        await page.getByText('La situation est mise à jour.').waitFor();

        await page.goto(`${address}/situation`);
        await page.getByRole('link', {name: 'Séparation'}).click();
        await page.locator('label', {hasText: 'Samir'}).click();
        await page.getByRole('button', {name: 'Enregistrer la séparation'}).click();
        await page.locator('#erreurs').waitFor();
        if (javaScript) await audit(page, 'separation');
        await page.locator('[name="identite"]').selectOption('passeport');
        await page.locator('[name="situation"]').selectOption('separe');
        await page.locator('[name="justificatif"]').selectOption('presence');
        await page.getByRole('button', {name: 'Enregistrer la séparation'}).click();
        await page.getByText('La nouvelle demande est enregistrée et garde l’ancienneté.').waitFor();

        await page.getByRole('link', {name: 'Pièces'}).click();
        await page.locator('[name="type"]').selectOption('divorce');
        await page.getByRole('button', {name: 'Ajouter cette pièce'}).click();
        await page.getByText('La copie papier est notée.').waitFor();
        await page.locator('[name="type"]').selectOption('avis_impot');
        await page.locator('[name="personne"]').selectOption('demandeur');
        await page.locator('[name="fichier"]').setInputFiles('tests/cas/fichiers/bail.pdf');
        await page.getByRole('button', {name: 'Ajouter cette pièce'}).click();
        await page.getByText('La pièce est reçue.').waitFor();
        await page.locator('summary', {hasText: 'Vérifier'}).click();
        if (javaScript) await audit(page, 'pieces');
        await page.getByRole('button', {name: /^Accepter/}).click();
        await page.getByText('La pièce est acceptée.').waitFor();
        await assertCalm(page);
        await page.context().close();
    });
}
