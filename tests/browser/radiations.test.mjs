// What is to be removed for want of a renewal, in a real browser: from the list to the end of a demande.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

let server, browser;

/** Demandes that nobody renewed, as a guichet and the tasks would have left them. */
const forgotten = `
import datetime, json, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute('PRAGMA foreign_keys = ON')
today = datetime.date.today()
day = lambda n: (today - datetime.timedelta(days=n)).isoformat()
for n in range(1, 29):
    id = 'radiation-navigateur-%06d' % n
    base.execute("INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, enregistree_par, "
                 "contenu, etape, a_revoir_le, radiable_le) VALUES (?, ?, '076', 'en_tolerance', '76R01', ?, ?, ?, "
                 "'compte-demo-fatou-sarr', ?, 'dernier_rappel', '9999-12-31', ?)",
                 (id, '0760125%06d76R01' % (700000 + n), day(450), day(450), day(450) + 'T10:00:00.000Z',
                  json.dumps({'demandeur.civilite': 'mme', 'demandeur.nom': 'Le Goff', 'demandeur.prenom': 'Katell', 'adresse.voie': '3 rue des Tanneurs',
                              'adresse.code_postal': '76000', 'adresse.commune': 'Rouen'}), day(40)))
    if n in (21, 22):
        base.execute("INSERT INTO demande_personne (demande, rang, territoire, nom_cherche, prenom_cherche, naissance_le) "
                     "VALUES (?, 0, '076', 'le goff', 'katell', '1980-02-03')", (id,))
    base.execute("INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, prepare_le, "
                 "parti_le) VALUES (?, ?, '076', '76R01', ?, 'courrier', 1, 1, ?, ?, ?)",
                 (id, id, day(450), day(130), day(130) + 'T10:00:00.000Z', day(128)))
base.commit()
`;

before(async () => {
    server = await startServer({environment: {LOGIS_JOBS: 'false'}});
    execFileSync('python3', ['-c', forgotten, join(server.folder, 'logis.db')]);
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

/** The guichet notes that a letter came back while the manager looks at the list. */
const returned = `
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("UPDATE preavis SET revenu_le = parti_le WHERE demande = 'radiation-navigateur-000003'")
base.execute("UPDATE demande SET radiable_le = '' WHERE id = 'radiation-navigateur-000003'")
base.commit()
`;

const number = n => `076 0125 ${700000 + n} 76R01`;

test('une gestionnaire vérifie puis radie plusieurs demandes, sans JavaScript, sur un petit écran', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/demandes`);
    await page.getByRole('link', {name: 'Radiations à prononcer'}).click();
    await page.getByText('28 demandes').waitFor();
    await audit(page, 'radiations-liste');
    await page.getByRole('button', {name: 'Vérifier avant de radier'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, 'radiations-refus');
    for (const n of [1, 2, 3]) await page.getByLabel(number(n)).check();
    execFileSync('python3', ['-c', returned, join(server.folder, 'logis.db')]);
    await page.getByRole('button', {name: 'Vérifier avant de radier'}).click();
    await page.getByText('Sera radiée aujourd’hui').first().waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 2);
    await page.getByText('Aucun préavis n’a été remis').waitFor();
    await audit(page, 'radiations-apercu');
    await page.getByLabel(number(2)).uncheck();
    await page.getByRole('button', {name: 'Radier les demandes cochées'}).click();
    await page.getByRole('heading', {level: 1, name: '1 demande est radiée'}).waitFor();
    await audit(page, 'radiations-faites');
    await page.getByRole('main').getByRole('link', {name: 'Revenir à la liste'}).click();
    await page.getByText('26 demandes').waitFor();
    assert.equal(await page.getByLabel(number(1)).count(), 0);
    await page.getByRole('link', {name: 'Demandes suivantes'}).click();
    await page.getByLabel(number(28)).waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 1);
    await assertCalm(page);
    await page.context().close();
});

test('une gestionnaire filtre par guichet et radie au clavier, avec JavaScript', async () => {
    const page = await newVisitor(browser, {size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/radiations`);
    await page.locator('select[name="guichet"]').selectOption('76B01');
    await page.getByRole('button', {name: 'Afficher'}).click();
    await page.getByText('Aucune demande n’est à radier.').waitFor();
    await page.locator('select[name="guichet"]').selectOption('76R01');
    await page.getByRole('button', {name: 'Afficher'}).click();
    await page.getByLabel(number(4)).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', {name: 'Vérifier avant de radier'}).press('Enter');
    await page.getByRole('button', {name: 'Radier les demandes cochées'}).press('Enter');
    await page.getByRole('heading', {level: 1, name: '1 demande est radiée'}).waitFor();
    await page.getByRole('link', {name: number(4)}).click();
    await page.getByText('Demande non renouvelée').first().waitFor();
    await assertCalm(page);
    await page.context().close();
});

test('le guichet clôt le lot, imprime la lettre de radiation et note qu’elle est postée, sans JavaScript', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/courriers`);
    await page.getByRole('link', {name: /lot 1$/}).click();
    await page.getByText('Une fois clos').waitFor();
    await audit(page, 'radiations-lot-ouvert');
    const file = `${page.url()}/lettres.pdf`;
    assert.equal((await page.request.get(file)).status(), 409);
    await page.getByRole('button', {name: 'Clore le lot pour l’imprimer'}).click();
    await page.getByText('Le lot est clos.').waitFor();
    await audit(page, 'radiations-lot-clos');
    const pdf = join(server.folder, 'lettres.pdf');
    writeFileSync(pdf, await (await page.request.get(file)).body());
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], {encoding: 'utf8'});
    // Whoever decided writes; the guichet that follows the demande receives its applicant.
    for (const words of ['Madame Katell Le Goff', 'DDTM de Seine-Maritime', 'Votre guichet : CCAS de Rouen', '76000 Rouen', '2 rue de l’Exemple', 'Tél. 02 35 00 00 00',
        'Votre demande de logement social est radiée', 'Rien n’est perdu',
        'Dernier jour pour la reprendre', number(1), 'R. 441-2-8'])
        assert.ok(text.replace(/\s+/g, ' ').includes(words), `${words} is not in:\n${text}`);
    await page.reload();
    await page.getByRole('button', {name: 'Noter que toutes les lettres sont postées'}).click();
    await page.getByText('Le lot est noté comme posté aujourd’hui.').waitFor();
    await assertCalm(page);
    await page.context().close();
});

test('un guichet avertit avant de radier, au clavier et sans JavaScript, et garde ce qu’il a tapé', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'fatou.sarr@demo.logis.example');
    await page.goto(`${server.url}/demandes/radiation-navigateur-000020/avertissements`);
    await page.getByText('Aucun avertissement n’a été écrit.').waitFor();
    await audit(page, 'avertissements');
    await page.getByLabel('Ce que le demandeur doit savoir').fill('Nous vous avons demandé votre avis d’impôt.');
    await page.getByRole('button', {name: 'Préparer l’avertissement'}).press('Enter');
    await page.getByText('Choisissez un motif de la liste.').first().waitFor();
    assert.equal(await page.getByLabel('Ce que le demandeur doit savoir').inputValue(), 'Nous vous avons demandé votre avis d’impôt.');
    await audit(page, 'avertissements-erreur');
    await page.getByLabel('Absence de réponse à un courrier').check({force: true});
    await page.getByRole('button', {name: 'Préparer l’avertissement'}).press('Enter');
    await page.getByText('L’avertissement est écrit.').waitFor();
    await page.getByLabel('Comment il a été remis').selectOption('recommande');
    await page.getByRole('button', {name: 'Noter la remise'}).press('Enter');
    await page.getByText('Indiquez une date passée').first().waitFor();
    await audit(page, 'avertissements-remise');
    await assertCalm(page);
    await page.context().close();
});

test('une gestionnaire voit ce que deux demandes deviendraient, puis les réunit, sans JavaScript, sur un petit écran', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'louise.auger@demo.logis.example');
    await page.goto(`${server.url}/demandes/radiation-navigateur-000022`);
    await page.getByRole('link', {name: 'Réunir avec une autre demande'}).click();
    await audit(page, 'reunion');
    await page.getByLabel('Numéro unique de l’autre demande').fill(number(23));
    await page.getByRole('button', {name: 'Voir ce qui va se passer'}).press('Enter');
    await page.getByText('Ces demandes ne sont pas de la même personne').waitFor();
    await audit(page, 'reunion-refus');
    await page.getByLabel('Numéro unique de l’autre demande').fill(number(21));
    await page.getByRole('button', {name: 'Voir ce qui va se passer'}).press('Enter');
    await page.getByText('Demande radiée, pour réunion').waitFor();
    await audit(page, 'reunion-apercu');
    await page.getByLabel('C’est la même personne').check({force: true});
    await page.getByRole('button', {name: 'Réunir les deux demandes'}).press('Enter');
    await page.getByText('n’en font plus qu’une').first().waitFor();
    await assertCalm(page);
    await page.context().close();
});

test('un bailleur ne lit que les irrecevabilités', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await logIn(page, server.url, 'stephane.hamel@demo.logis.example');
    await page.goto(`${server.url}/radiations`);
    await page.getByRole('heading', {name: 'Demandes déclarées irrecevables'}).waitFor();
    await audit(page, 'radiations-bailleur');
    await page.context().close();
});
