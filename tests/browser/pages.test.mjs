// The pages anybody or each role can open from the menu of the seeded demonstration, audited one by one. What people
// do on them is told by the journeys beside this file.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, auditedPages, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

let server, browser;

before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

async function open(page, path) {
    return page.goto(server.url + path, {waitUntil: 'networkidle'});
}

const publicPages = ['/', '/signaler', '/suivi/retrouver', '/connexion', '/mot-de-passe-oublie', '/plan-du-site',
    '/parametres-affichage', '/mentions-legales', '/donnees-personnelles', '/accessibilite', '/cookies'];

for (const path of publicPages)
    test(`la page publique ${path} est accessible`, async () => {
        const page = await newVisitor(browser);
        const answer = await open(page, path);
        assert.equal(answer.status(), 200);
        const csp = answer.headers()['content-security-policy'];
        assert.match(csp, /default-src 'none'/);
        assert.doesNotMatch(csp, /unsafe/);
        await audit(page, `public${path.replaceAll('/', '-')}`);
        await page.context().close();
    });

test('une page qui n’existe pas le dit et propose où aller', async () => {
    const page = await newVisitor(browser);
    const answer = await open(page, '/nulle-part');
    assert.equal(answer.status(), 404);
    await audit(page, 'public-introuvable');
    await page.context().close();
});

test('le thème choisi sans JavaScript tient d’une page à l’autre', async () => {
    const page = await newVisitor(browser, {javaScript: false});
    await page.goto(`${server.url}/parametres-affichage`);
    await page.getByText('Thème sombre').click();
    await page.getByRole('button', {name: 'Enregistrer'}).click();
    await page.getByText('Votre choix est enregistré').waitFor();
    await page.goto(`${server.url}/plan-du-site`);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    await assertCalm(page);
    await page.context().close();
});

// One person per role; every page of their menu, and the first pages that each list leads to.
const people = ['camille.lefort', 'nadia.belkacem', 'aicha.diallo', 'sofia.pereira', 'yann.legoff'];

for (const person of people)
    test(`les pages du menu de ${person} sont accessibles`, async () => {
        const page = await newVisitor(browser);
        await logIn(page, server.url, `${person}@demo.logis.example`);
        const menu = await page.locator('#navigation a, .fr-header__tools-links a').evaluateAll(
            links => links.map(link => link.getAttribute('href')));
        assert.ok(menu.length > 1, 'the menu is empty');
        const opened = new Set();
        for (const path of new Set(menu)) {
            const answer = await open(page, path);
            assert.equal(answer.status(), 200, path);
            opened.add(path);
            await audit(page, `${person}${path.replaceAll('/', '-')}`);
            const inside = await page.locator('main a[href^="/"]').evaluateAll(
                links => links.map(link => link.getAttribute('href').split('#')[0]));
            // The first sheet below each list is enough: the others are made by the same view. A file (figures as CSV)
            // is no page.
            const next = inside.find(href => href.startsWith(path + '/') && !opened.has(href) && path !== '/' &&
                !/\.\w+$/.test(href.split('?')[0]));
            if (!next) continue;
            opened.add(next);
            const sheet = await open(page, next);
            assert.equal(sheet.status(), 200, next);
            await audit(page, `${person}${path.replaceAll('/', '-')}-fiche`);
        }
        await page.context().close();
    });

test('les pages auditées sont toutes comptées', () => {
    assert.ok(auditedPages().length >= publicPages.length + people.length);
});
