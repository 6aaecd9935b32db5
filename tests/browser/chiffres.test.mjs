// The public figures of a commune, and the score of a demande as an agent and the applicant read it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {audit, assertCalm, launchBrowser, logIn, newVisitor, root, startServer} from './lib.mjs';

const lastYear = new Date().getFullYear() - 1;
const scored = 'chiffres-navigateur-000001';
const applicant = 'odile.poupon@exemple.example';
let server, browser;

/** Demandes as a guichet would have left them: too many to type. */
const registered = `
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute('PRAGMA foreign_keys = ON')
n = 0
def demande(kind, day, state='active', ended=None, **more):
    global n
    n += 1
    id = 'chiffres-navigateur-%06d' % n
    base.execute("INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, enregistree_par, "
                 "contenu, radiee_le, motif_radiation) VALUES (?, ?, '076', ?, '76R01', ?, ?, ?, 'compte-demo-fatou-sarr', ?, ?, ?)",
                 (id, '0761126%06d76R01' % (800000 + n), state, day, day, day + 'T10:00:00.000Z',
                  json.dumps({'souhait.' + kind: 'oui', **more}), ended, 'attribution' if ended else ''))
    base.execute("INSERT INTO demande_souhait (demande, territoire, rang, insee) VALUES (?, '076', 1, '76217')", (id,))
    return id
year = int(sys.argv[2])
first = demande('t2', '%d-03-02' % (year - 2), **{'motif.expulsion': 'oui', 'demandeur.nom': 'Poupon', 'demandeur.prenom': 'Odile'})
base.execute("INSERT INTO cotation_a_calculer (demande, territoire) VALUES (?, '076')", (first,))
for kind, waiting, housed in (('t1', 31, 13), ('t2', 64, 30), ('t3', 47, 25), ('t4', 22, 12), ('t5', 6, 3)):
    for i in range(waiting):
        demande(kind, '%d-%02d-11' % (year, 1 + i % 12))
    for i in range(housed):
        demande(kind, '%d-05-04' % (year - 1 - i % 3), 'radiee', '%d-%02d-20' % (year, 1 + i % 12))
entered = '%d-03-02T10:00:00.000Z' % (year + 1)
base.execute("INSERT INTO demandeur (id, courriel, cree_le, vu_le) VALUES ('chiffres-demandeur', ?, ?, ?)", (sys.argv[3], entered, entered))
base.execute("INSERT INTO demandeur_demande (demandeur, demande, territoire, role, voie, depuis) VALUES "
             "('chiffres-demandeur', ?, '076', 'titulaire', 'guichet', ?)", (first, entered))
# Those tasks are due again; what erases old demandes has had its turn.
base.execute("DELETE FROM tache WHERE nom IN ('relever_les_chiffres', 'recalculer_les_cotations')")
base.commit()
`;

before(async () => {
    // Demonstration: the code of an applicant is said on the page, no mailbox is needed. Tasks run once, when all is there.
    server = await startServer({environment: {LOGIS_MODE: 'demo', LOGIS_JOBS: 'false'}});
    await server.logis('jobs', 'run');
    execFileSync('python3', ['-c', registered, join(server.folder, 'logis.db'), String(lastYear), applicant]);
    const files = join(root, 'tests/cas/fichiers');
    await server.logis('import', 'rpls', join(files, 'rpls.csv'), '--annee', String(lastYear));
    await server.logis('import', 'grille', join(root, 'demo/grille-cotation.csv'), '--epci', '247600786',
        '--nom', 'Grille illustrative', '--depuis', `${lastYear}-01-01`);
    await server.logis('jobs', 'run');
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

const number = text => Number(text.replace(/\D/g, ''));

for (const javaScript of [true, false])
    test(`les chiffres d’une commune se cherchent, se lisent et se téléchargent sans compte, ${javaScript ? 'avec' : 'sans'} JavaScript`, async () => {
        const page = await newVisitor(browser, {javaScript, size: 'petit'});
        await page.goto(`${server.url}/demander/communes`);
        await page.getByLabel(/^Commune/).fill('dieppe');
        await page.getByRole('button', {name: 'Chercher'}).click();
        if (!javaScript) await audit(page, 'chiffres-recherche', {schemes: ['light'], sizes: ['petit']});
        await page.getByRole('link', {name: 'Dieppe', exact: true}).click();
        await page.getByRole('heading', {level: 1, name: 'Le logement social à Dieppe'}).waitFor();

        // What is shown adds up; what is too small is not shown, nor what would tell it.
        const waiting = page.getByRole('table', {name: /^Demandes en cours/});
        const of = async kind => (await waiting.getByRole('row', {name: new RegExp(`^${kind}`)}).getByRole('cell').allInnerTexts()).at(-1);
        assert.equal(number(await of('Tous les types')), 171);
        assert.match(await of('T5 et plus'), /masqué/);
        const housed = page.getByRole('table', {name: /^Logements attribués/});
        assert.equal(await housed.getByText('Trois ans').count(), 0);
        assert.match(await housed.getByRole('row', {name: /^Tous les types/}).innerText(), /83/);
        await audit(page, 'chiffres-commune', javaScript ? {sizes: ['large']} : {schemes: ['light'], sizes: ['petit']});

        const csv = await (await page.request.get(`${server.url}/demander/communes/76217/chiffres.csv`)).text();
        assert.match(csv, new RegExp(`attributions,${lastYear},tous,83,non`));
        assert.match(csv, new RegExp(`attributions,${lastYear},t5,,oui`));
        await assertCalm(page);
        await page.context().close();
    });

test('une commune dont rien n’est connu le dit', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await page.goto(`${server.url}/demander/communes/97209`);
    await page.getByText('Aucune demande n’a encore été comptée').waitFor();
    await audit(page, 'chiffres-vide', {schemes: ['light'], sizes: ['petit']});
    await page.context().close();
});

test('un agent lit la cotation d’une demande, critère par critère', async () => {
    const page = await newVisitor(browser, {javaScript: true, size: 'petit'});
    await logIn(page, server.url, 'fatou.sarr@demo.logis.example');
    await page.goto(`${server.url}/demandes/${scored}`);
    await page.getByRole('heading', {name: /^Cotation/}).waitFor();
    await page.getByText('dont 0 prouvés par une pièce acceptée').waitFor();
    await page.getByText(/1re sur 65 \(T2/).waitFor();
    await audit(page, 'cotation-agent', {schemes: ['light'], sizes: ['petit']});
    await page.context().close();
});

test('le demandeur lit la même cotation, et ce qu’il lui reste à prouver, sans JavaScript', async () => {
    const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await page.goto(`${server.url}/demander/connexion`);
    await page.getByLabel(/^Adresse électronique/).fill(applicant);
    await page.getByRole('button', {name: 'Recevoir un code'}).click();
    await page.getByLabel(/^Code/).fill('00000000');
    await page.getByRole('button', {name: 'Continuer'}).click();
    await page.goto(`${server.url}/ma-demande/${scored}`);
    await page.getByRole('heading', {name: /^Cotation/}).waitFor();
    await page.getByText('Pièce à fournir').first().waitFor();
    await audit(page, 'cotation-demandeur', {schemes: ['light'], sizes: ['petit']});
    await page.context().close();
});
