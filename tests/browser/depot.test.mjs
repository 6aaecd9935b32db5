// The deposit beside the great story: somebody is in danger, mistakes are explained, a draft goes on elsewhere, files
// are tied, changed and removed, and no double click makes two reports.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Coupeur} from '../support/coupeur.mjs';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, newVisitor, prepared, root, startServer} from './lib.mjs';

const fixtures = join(root, 'build/fixtures');
let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

const choose = (page, name, value) => page.locator(`main [name="${name}"][value="${value}"]`).check({force: true});
const type = (page, name, text) => page.locator(`main [name="${name}"]`).fill(text);
const screen = page => new URL(page.url()).pathname.split('/').at(-1);

async function proceed(page, label = 'Enregistrer et continuer') {
    await page.getByRole('button', {name: label, exact: true}).click();
    await page.waitForLoadState('load');
}

async function start(page, danger, url = server.url) {
    await page.goto(`${url}/signaler`);
    await choose(page, 'danger', danger);
    await proceed(page, 'Commencer le signalement');
    assert.equal(screen(page), 'adresse');
}

async function identify(page, email) {
    await type(page, 'adresse', '12 Rue des Carmes 76000 Rouen');
    await proceed(page);
    assert.equal(screen(page), 'profil');
    await choose(page, 'profil', 'agent_municipal');
    await proceed(page);
    await type(page, 'organisation', 'Mairie de Rouen');
    await type(page, 'prenom', 'Paul');
    await type(page, 'nom', 'Martin');
    await type(page, 'email', email);
    await proceed(page);
    assert.equal(screen(page), 'occupant');
}

async function consent(page) {
    await choose(page, 'visite_acceptee', 'nsp');
    await choose(page, 'bailleur_peut_etre_prevenu', 'nsp');
    await choose(page, 'attestation', 'oui');
    await choose(page, 'donnees', 'oui');
}

for (const javaScript of [true, false])
    test(`en danger, ${javaScript ? 'avec' : 'sans'} JavaScript : les secours d’abord, et moins de dix écrans`, async () => {
        const suffix = javaScript ? '' : '-sans-js';
        const page = await newVisitor(browser, {javaScript});
        await start(page, 'oui');
        let screens = 2;
        const first = await page.locator('main a[href^="tel:"]').first().boundingBox();
        const field = await page.locator('main [name="adresse"]').boundingBox();
        assert.ok(first.y < field.y, 'the emergency numbers come first');
        await audit(page, `danger-adresse${suffix}`);
        await identify(page, 'danger@rouen.exemple');
        screens += 3;
        await choose(page, 'occupe', 'oui');
        await choose(page, 'occupant_statut', 'inconnu');
        await choose(page, 'occupant_prevenu', 'non');
        await proceed(page);
        screens += 1;
        assert.equal(screen(page), 'danger');
        await audit(page, `danger-constats${suffix}`);
        await type(page, 'description', 'Le plafond de la chambre s’affaisse depuis hier soir.');
        await choose(page, 'dangers_batiment', 'desordres_batiment_securite_toit');
        await proceed(page);
        screens += 1;
        assert.equal(screen(page), 'fichiers');
        await proceed(page);
        screens += 1;
        assert.equal(screen(page), 'verification');
        await audit(page, `danger-verification${suffix}`);
        await consent(page);
        await proceed(page, 'Envoyer le signalement');
        screens += 1;
        assert.match(page.url(), /\/confirmation$/);
        assert.ok(screens < 10, `${screens} screens`);
        await audit(page, `danger-confirmation${suffix}`);
        await assertCalm(page);
        await page.context().close();
    });

test('une erreur garde tout, se dit en tête et au champ, et le lien du résumé mène au champ', async () => {
    const page = await newVisitor(browser);
    await start(page, 'non');
    await proceed(page);
    await audit(page, 'depot-erreur-adresse');
    await type(page, 'adresse', '12 Rue des Carmes 76000 Rouen');
    await proceed(page);
    await choose(page, 'profil', 'ccas');
    await proceed(page);
    await type(page, 'prenom', 'Léa');
    await type(page, 'email', 'lea@');
    await proceed(page);
    assert.match(await page.title(), /^Erreur/);
    assert.equal(await page.locator('[name="prenom"]').inputValue(), 'Léa');
    assert.equal(await page.locator('[name="email"]').inputValue(), 'lea@');
    await audit(page, 'depot-erreur-coordonnees');
    await page.getByRole('link', {name: 'Indiquez votre nom.'}).click();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'nom');
    await assertCalm(page);
    await page.context().close();
});

test('le brouillon s’enregistre seul et se reprend sur un autre appareil', async () => {
    const page = await newVisitor(browser);
    await start(page, 'non');
    await type(page, 'adresse', '12 Rue des Carmes 76000 Rouen');
    await proceed(page);
    await choose(page, 'profil', 'association');
    await proceed(page);
    await page.locator('[name="prenom"]').pressSequentially('Inès');
    await page.getByText(/Brouillon enregistré/).waitFor();
    const link = page.url().split('/').slice(0, 5).join('/');
    await proceed(page, 'Terminer plus tard');
    await audit(page, 'depot-terminer-plus-tard');
    await type(page, 'email', 'ines@exemple.fr');
    await proceed(page, 'Envoyer le lien');
    await page.getByText('Le lien est parti').waitFor();
    const elsewhere = await newVisitor(browser, {javaScript: false});
    await elsewhere.goto(link);
    assert.equal(screen(elsewhere), 'coordonnees');
    assert.equal(await elsewhere.locator('[name="prenom"]').inputValue(), 'Inès');
    await assertCalm(page);
    await page.context().close();
    await elsewhere.context().close();
});

test('un fichier se rattache, se change et se retire ; un faux fichier est refusé avec sa raison', async () => {
    const page = await newVisitor(browser);
    await start(page, 'oui');
    await identify(page, 'fichiers@rouen.exemple');
    await choose(page, 'occupe', 'non');
    await proceed(page);
    await type(page, 'description', 'Le plafond s’affaisse.');
    await choose(page, 'dangers_batiment', 'desordres_batiment_securite_toit');
    await proceed(page);
    await page.locator('[name="desordre"]').selectOption('desordres_batiment_securite_toit');
    const faux = join(server.folder, 'faux.jpg');
    writeFileSync(faux, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]));
    await page.locator('[name="fichiers"]').setInputFiles([join(fixtures, 'facade.heic'), join(fixtures, 'courrier.pdf'), faux]);
    const list = page.locator('#fichiers-ajoutes');
    await list.getByText('2 fichiers ajoutés').waitFor({timeout: 30_000});
    await page.locator('.logis-envois').getByText(/n’a pas été gardé/).waitFor();
    assert.equal(await list.getByText(/menace de s’effondrer/).count() >= 2, true);
    await prepared(page);
    assert.equal(await list.getByRole('img').count(), 1, 'the photo shows without reloading the page');
    await audit(page, 'depot-fichiers-ajoutes');
    await list.getByText('Changer ce qu’il montre').first().click();
    await list.locator('select').first().selectOption('');
    await list.getByRole('button', {name: 'Changer'}).first().click();
    await page.waitForLoadState('load');
    await list.getByRole('button', {name: 'Retirer'}).first().click();
    await page.waitForLoadState('load');
    await list.getByText('1 fichier ajouté').waitFor();
    await assertCalm(page);
    await page.context().close();
});

test('un réseau qui coupe ne coûte rien : les fichiers reprennent seuls, et le dépôt finit avec eux', async () => {
    const network = await new Coupeur(Number(new URL(server.url).port), {graine: 7, entre: [40_000, 500_000]}).ecouter();
    const page = await newVisitor(browser);
    try {
        await start(page, 'oui', network.url);
        await identify(page, 'coupures@rouen.exemple');
        await choose(page, 'occupe', 'non');
        await proceed(page);
        await type(page, 'description', 'Le plafond s’affaisse.');
        await proceed(page);
        assert.equal(screen(page), 'fichiers');
        const bail = join(server.folder, 'bail.pdf');
        writeFileSync(bail, Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(2_500_000, '% du texte\n'), Buffer.from('trailer\n<< >>\nstartxref\n0\n%%EOF\n')]));
        let patches = 0;
        page.on('request', request => (patches += request.method() === 'PATCH'));
        network.coupures = 2;
        network.tomberApres(1_200_000);
        await page.locator('[name="fichiers"]').setInputFiles([bail, join(root, 'demo/photos/plafond-humide.jpg')]);
        const rows = page.locator('.logis-envois');
        await rows.getByText('En attente du réseau. L’envoi reprendra seul.').waitFor();
        await page.getByText('Gardez cette page ouverte', {exact: false}).waitFor({state: 'attached'});
        network.retablir();
        await page.locator('#fichiers-ajoutes').getByText('2 fichiers ajoutés').waitFor({timeout: 60_000});
        assert.ok(network.faites > 0 && patches > 3, `${network.faites} cuts, ${patches} PATCH`);
        assert.equal(await page.evaluate(() => Object.keys(sessionStorage).filter(key => key.startsWith('logis-envoi')).length), 0);
        network.coupures = 0;
        await proceed(page);
        for (const name of ['attestation', 'donnees']) await choose(page, name, 'oui');
        await proceed(page, 'Envoyer le signalement');
        assert.match(page.url(), /\/confirmation$/);
        // A cut connection is an error of the network's; a script or a policy that breaks would be ours.
        assert.deepEqual(page.problems.filter(problem => !/ERR_|Failed to load resource/.test(problem)), []);
    } finally {
        await page.context().close();
        await network.fermer();
    }
});

test('deux envois à la fois mènent à la même confirmation', async () => {
    const page = await newVisitor(browser);
    await start(page, 'oui');
    await identify(page, 'double@rouen.exemple');
    await choose(page, 'occupe', 'non');
    await proceed(page);
    await type(page, 'description', 'Le plafond s’affaisse.');
    await proceed(page);
    await proceed(page);
    assert.equal(screen(page), 'verification');
    const twin = await page.context().newPage();
    await twin.goto(page.url());
    for (const tab of [page, twin]) for (const name of ['attestation', 'donnees']) await choose(tab, name, 'oui');
    await Promise.all([page, twin].map(tab => proceed(tab, 'Envoyer le signalement')));
    const references = await Promise.all([page, twin].map(async tab => /76-\d{4}-\d{6}/.exec(await tab.locator('main').innerText())?.[0]));
    assert.ok(references[0]);
    assert.equal(references[0], references[1]);
    await page.context().close();
});
