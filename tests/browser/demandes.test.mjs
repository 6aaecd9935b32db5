// A guichet registers a paper form in a real browser: search, form, refusal, number, attestation; and who opens guichets.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, root, startServer} from './lib.mjs';

const desk = 'fatou.sarr@demo.logis.example';
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
    const surname = javaScript ? 'Quemeneur' : 'Vandamme';

    test(`un guichet enregistre un formulaire papier et remet l’attestation, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, desk);
        await page.getByRole('link', {name: 'Demandes de logement'}).first().click();
        await page.getByRole('link', {name: 'Enregistrer une demande'}).click();
        if (javaScript) await audit(page, 'demandes-recherche');
        await page.getByLabel('Nom de naissance').fill(surname);
        await page.getByLabel('Prénoms').fill('Odile');
        await page.getByLabel(/^Date de naissance/).fill(javaScript ? '12/07/1971' : '03/02/1966');
        await page.getByRole('button', {name: /^Chercher/}).click();
        await page.getByText('Aucune demande ne ressemble à celle-ci').waitFor();
        // The longest page of the service is looked at once.
        if (javaScript) await audit(page, 'demandes-formulaire');

        await page.getByRole('button', {name: /^Enregistrer et donner/}).click();
        await page.locator('#erreurs').waitFor();
        assert.equal(await page.locator('[name="demandeur.nom"]').inputValue(), surname);

        await page.locator('[name="depot.depose_le"]').fill('02/11/2026');
        for (const [field, value] of Object.entries({
            'depot.identite': 'carte_identite', 'demandeur.civilite': 'mme', 'demandeur.nationalite': 'fr',
            'demandeur.situation_familiale': 'celibataire',
        })) await page.locator(`[name="${field}"]`).selectOption(value);
        await page.locator('[name="souhait.personnes"]').fill('1');
        await page.locator('label', {hasText: /^T2/}).click();
        await page.locator('[name="localisation.1.commune"]').fill('Rouen 76000');
        await page.getByLabel(/^Copie numérisée de la pièce d’identité/).setInputFiles(join(root, 'tests/cas/fichiers/bail.pdf'));
        await page.getByRole('button', {name: /^Enregistrer et donner/}).click();
        await page.getByText('La demande est enregistrée.').waitFor();
        await audit(page, 'demandes-fiche');
        assert.match(await page.getByRole('heading', {level: 1}).innerText(), /^076 1126 \d{6} 76R01$/);

        await page.getByRole('link', {name: 'Voir l’attestation'}).click();
        await page.getByRole('heading', {name: 'Numéro unique'}).waitFor();
        if (!javaScript) await audit(page, 'demandes-attestation');
        await page.getByRole('button', {name: 'Noter qu’elle est remise au demandeur'}).click();
        await page.getByText('L’attestation est notée comme remise.').waitFor();

        await page.getByRole('link', {name: 'Radier'}).click();
        if (javaScript) await audit(page, 'demandes-radiation');
        await page.getByLabel('Renonciation écrite du demandeur').check();
        await page.getByRole('button', {name: 'Radier la demande'}).click();
        await page.getByText('Ajoutez la renonciation écrite du demandeur.').first().waitFor();
        await page.getByRole('link', {name: 'Demande', exact: true}).click();
        await page.getByRole('link', {name: 'Renouveler'}).click();
        if (!javaScript) await audit(page, 'demandes-renouvellement');
        await page.getByLabel(/^Le demandeur confirme ces informations/).check();
        await page.getByRole('button', {name: 'Renouveler la demande'}).click();
        await page.getByText('La demande est renouvelée.').waitFor();
        await page.goto(`${server.url}/courriers`);
        await page.getByText('Aucune lettre à envoyer pour le moment.').first().waitFor();
        if (javaScript) await audit(page, 'demandes-courriers');

        await page.goto(`${server.url}/demandes`);
        await page.getByRole('heading', {name: 'Attestations à remettre'}).waitFor();
        if (javaScript) await audit(page, 'demandes-accueil');
        // What the form carried is not asked again.
        await page.getByRole('link', {name: /^Identité non numérisée/}).click();
        await page.getByText('Toutes les pièces d’identité sont numérisées.').waitFor();
        await audit(page, 'demandes-identites');
        await page.goto(`${server.url}/demandes/nouvelle`);
        await page.getByLabel('Nom de naissance').fill(surname);
        await page.getByLabel('Prénoms').fill('Odile');
        await page.getByLabel(/^Date de naissance/).fill(javaScript ? '12/07/1971' : '03/02/1966');
        await page.getByRole('button', {name: /^Chercher/}).click();
        await page.getByText('Cette personne a peut-être déjà une demande').waitFor();
        await assertCalm(page);
        await page.context().close();
    });

    test(`une responsable de territoire habilite un agent, puis le retire, ${how}`, async () => {
        const page = await newVisitor(browser, {javaScript});
        await logIn(page, server.url, manager);
        await page.goto(`${server.url}/administration/guichets`);
        await audit(page, 'guichets');
        const code = javaScript ? '76J01' : '76N01';
        await page.getByRole('combobox', {name: 'Organisme', exact: true}).selectOption(javaScript ? 'partenaire-76-ville-dieppe' : 'partenaire-76-ville-le-havre');
        await page.getByLabel(/^Code du guichet/).fill('76');
        await page.getByRole('button', {name: 'Ouvrir le guichet'}).click();
        await page.locator('#erreurs').waitFor();
        await audit(page, 'guichets-refuse');
        await page.getByLabel(/^Code du guichet/).fill(code);
        await page.getByRole('button', {name: 'Ouvrir le guichet'}).click();
        await page.getByText('Le guichet est ouvert.').waitFor();
        const who = javaScript ? 'Marc Vasseur' : 'Yann Le Goff';
        await page.getByTitle(`Habiliter ${who}`).click();
        await page.getByText('Cette personne peut maintenant agir pour le guichet.').waitFor();
        await page.getByTitle(`Retirer ${who}`).click();
        await page.getByText('Cette personne n’agit plus pour le guichet.').waitFor();
        await assertCalm(page);
        await page.context().close();
    });
}
