// The gallery of components in a real browser: audited in light and dark, wide and narrow, with and without
// JavaScript, under the Content-Security-Policy of the service. The test program writes its pages.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join} from 'node:path';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, newVisitor, root, temporaryFolder} from './lib.mjs';

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const types = {'.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2'};
const addresses = ['12 Rue de la Mailleraye 76600 Le Havre', '12 Rue de la Mairie 76700 Harfleur'];

let folder, server, url, browser;
const received = [];

before(async () => {
    folder = temporaryFolder();
    const program = process.env.LOGIS_TESTS ?? join(root, 'build/logis_tests');
    execFileSync(program, ['--test-case=chaque composant produit une page bien formée'],
        {env: {...process.env, LOGIS_GALERIE: folder.path}, stdio: 'pipe'});
    server = createServer((request, response) => {
        const path = new URL(request.url, 'http://x').pathname;
        response.setHeader('Content-Security-Policy', csp);
        if (path === '/api/adresses') {
            const features = addresses.map((label, i) => ({type: 'Feature',
                geometry: {type: 'Point', coordinates: [0.1 + i, 49.5]},
                properties: {label, citycode: i ? '76341' : '76351', context: '76, Seine-Maritime'}}));
            response.setHeader('Content-Type', 'application/json');
            response.end(JSON.stringify({type: 'FeatureCollection', features}));
            return;
        }
        if (request.method === 'POST') {
            let body = '';
            request.setEncoding('latin1').on('data', piece => (body += piece)).on('end', () => {
                received.push({path, body, headers: request.headers});
                response.setHeader('Content-Type', 'application/json');
                response.end(JSON.stringify({fichiers: [{nom: 'photo.jpg', etat: 'recu'}]}));
            });
            return;
        }
        const file = join(folder.path, path);
        if (!existsSync(file) || path === '/') {
            response.statusCode = 404;
            response.end();
            return;
        }
        response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
        response.end(readFileSync(file));
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${server.address().port}`;
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    server?.close();
    folder?.remove();
});

const pages = ['composants', 'formulaire', 'formulaire-refuse', 'confirmation', 'question', 'erreur', 'affichage', 'plan']
    .flatMap(name => [name, `etat-${name}`]);

for (const name of pages)
    test(`la page « ${name} » de la galerie est accessible et tient dans 320 px, avec et sans JavaScript`, async () => {
        for (const javaScript of [true, false]) {
            const page = await newVisitor(browser, {javaScript});
            await page.goto(`${url}/${name}.html`, {waitUntil: 'networkidle'});
            await audit(page, `galerie-${name}`);
            await page.context().close();
        }
    });

test('le thème neutre n’emprunte rien à l’État : ni lettres, ni couleurs, ni fichiers', async () => {
    const page = await newVisitor(browser);
    const files = [];
    page.on('request', request => files.push(new URL(request.url()).pathname));
    await page.goto(`${url}/composants.html`, {waitUntil: 'networkidle'});
    assert.deepEqual(files.filter(file => /dsfr|marianne|etat/i.test(file)), []);
    const look = await page.evaluate(() => {
        const colours = new Set(), letters = new Set();
        for (const node of document.querySelectorAll('body *')) {
            const style = getComputedStyle(node);
            letters.add(style.fontFamily);
            for (const name of ['color', 'backgroundColor', 'borderTopColor', 'borderLeftColor']) colours.add(style[name]);
        }
        return {colours: [...colours], letters: [...letters]};
    });
    for (const font of look.letters) assert.doesNotMatch(font, /Marianne|Spectral/);
    // The blue and the red of the République.
    for (const colour of ['rgb(0, 0, 145)', 'rgb(225, 0, 15)', 'rgb(201, 25, 30)']) assert.ok(!look.colours.includes(colour), colour);
    assert.match(await page.evaluate(() => document.fonts.ready.then(() => [...document.fonts].map(f => f.family + f.status).join())),
        /Atkinson Hyperlegible Next"?loaded/);
    await assertCalm(page);
    await page.context().close();
});

async function form(options) {
    const page = await newVisitor(browser, options);
    await page.goto(`${url}/formulaire.html`, {waitUntil: 'networkidle'});
    return page;
}

test('une adresse se choisit au clavier et remplit les champs liés', async () => {
    const page = await form();
    const field = page.getByRole('combobox', {name: /Adresse du logement/});
    await field.fill('12 rue de la mai');
    await page.getByRole('option').first().waitFor();
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    await audit(page, 'galerie-adresse', {schemes: ['light']});
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    const active = await field.getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await field.press('Enter');
    assert.equal(await field.inputValue(), addresses[1]);
    assert.equal(await page.locator('[name=insee]').inputValue(), '76341');
    assert.equal(await field.getAttribute('aria-expanded'), 'false');
    assert.match(await page.locator('.logis-adresse [role=status]').textContent(), /Adresse choisie/);
    // What was chosen is forgotten as soon as the text changes.
    await field.press('Backspace');
    assert.equal(await page.locator('[name=insee]').inputValue(), '');
    await field.fill('12 rue de la mairie');
    await page.getByRole('option').first().waitFor();
    await field.press('Escape');
    assert.equal(await field.getAttribute('aria-expanded'), 'false');
    assert.equal(await field.inputValue(), '12 rue de la mairie');
    await field.fill('12 rue de la mai');
    await page.getByRole('option', {name: /Harfleur/}).click();
    assert.equal(await field.inputValue(), addresses[1]);
    await assertCalm(page);
    await page.context().close();
});

test('une question qui dépend d’une autre ne se montre et ne s’envoie que s’il le faut', async () => {
    const page = await form();
    const ages = page.getByLabel('Âge de chaque enfant');
    assert.equal(await ages.isVisible(), false);
    assert.equal(await ages.isDisabled(), true);
    await page.getByText('Oui', {exact: true}).click();
    assert.equal(await ages.isVisible(), true);
    assert.equal(await ages.isEnabled(), true);
    await page.getByText('Non', {exact: true}).click();
    assert.equal(await ages.isVisible(), false);
    await page.context().close();

    const plain = await form({javaScript: false});
    assert.equal(await plain.getByLabel('Âge de chaque enfant').isVisible(), true);
    await plain.context().close();
});

test('le compteur dit combien de caractères restent', async () => {
    const page = await form();
    await page.getByLabel('Décrivez la situation').fill('x'.repeat(4001));
    assert.match(await page.locator('.logis-compteur').textContent(), /1.caractère de trop/);
    await page.context().close();
});

test('les fichiers partent un par un, les refus disent pourquoi', async () => {
    const page = await form();
    received.length = 0;
    await page.getByLabel(/Photos et documents/).setInputFiles([
        {name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(200_000, 1)},
        {name: 'programme.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ')},
        {name: 'enorme.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(11 << 20)},
    ]);
    await page.getByText('1 fichier envoyé.').waitFor({state: 'attached'});
    await page.getByText('Ce format n’est pas accepté ici.').waitFor();
    await page.getByText(/Trop lourd/).waitFor();
    assert.equal(received.length, 1);
    assert.equal(received[0].headers.accept, 'application/json');
    assert.match(received[0].body, /name="photos"; filename="photo.jpg"/);
    assert.match(received[0].body, /name="csrf"\r\n\r\njeton/);
    await audit(page, 'galerie-envoi', {schemes: ['light']});
    await page.context().close();
});

test('un double clic n’envoie le formulaire qu’une fois', async () => {
    const page = await form();
    received.length = 0;
    await page.getByRole('button', {name: 'Continuer'}).dblclick();
    await page.waitForURL(/coordonnees/);
    assert.equal(received.length, 1);
    await page.context().close();
});

test('le formulaire refusé s’ouvre sur la liste des erreurs, qui mène aux champs', async () => {
    for (const javaScript of [true, false]) {
        const page = await newVisitor(browser, {javaScript});
        await page.goto(`${url}/formulaire-refuse.html`, {waitUntil: 'networkidle'});
        assert.match(await page.title(), /^Erreur – /);
        const summary = page.locator('#erreurs');
        assert.equal(await summary.evaluate(node => node === document.activeElement), true);
        await summary.getByRole('link', {name: /code postal/}).click();
        await page.keyboard.type('0');
        assert.match(await page.getByLabel('Code postal').inputValue(), /0/);
        await page.context().close();
    }
});

test('le menu s’ouvre au téléphone, et ses liens se voient sans JavaScript', async () => {
    const page = await newVisitor(browser, {size: 'petit'});
    await page.goto(`${url}/composants.html`, {waitUntil: 'networkidle'});
    const entry = page.locator('#navigation').getByText('Partenaires');
    const button = page.getByRole('button', {name: 'Menu', exact: true});
    assert.equal(await entry.isVisible(), false);
    await button.click();
    assert.equal(await entry.isVisible(), true);
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    await audit(page, 'galerie-menu', {sizes: ['petit']});
    await page.keyboard.press('Escape');
    assert.equal(await entry.isVisible(), false);
    assert.equal(await button.evaluate(node => node === document.activeElement), true);
    await page.context().close();

    const plain = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await plain.goto(`${url}/composants.html`);
    assert.equal(await plain.locator('#navigation').getByText('Partenaires').isVisible(), true);
    assert.equal(await plain.getByRole('button', {name: 'Menu', exact: true}).isVisible(), false);
    await plain.context().close();
});

test('chez l’État, le menu s’ouvre au téléphone, et mène au plan du site sans JavaScript', async () => {
    const page = await newVisitor(browser, {size: 'petit'});
    await page.goto(`${url}/etat-composants.html`, {waitUntil: 'networkidle'});
    await page.getByRole('button', {name: 'Menu', exact: true}).click();
    await page.getByRole('link', {name: 'Partenaires', exact: true}).first().waitFor();
    await page.waitForTimeout(400);
    await audit(page, 'galerie-etat-menu', {sizes: ['petit']});
    await page.keyboard.press('Escape');
    await page.context().close();

    const plain = await newVisitor(browser, {javaScript: false, size: 'petit'});
    await plain.goto(`${url}/etat-composants.html`);
    assert.equal(await plain.locator('.fr-header__navbar').getByRole('link', {name: 'Menu'}).getAttribute('href'), '/plan-du-site');
    await plain.context().close();
});

const ground = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('les couleurs sombres suivent l’appareil, avec et sans JavaScript', async () => {
    for (const javaScript of [true, false]) {
        const page = await newVisitor(browser, {javaScript, scheme: 'dark'});
        await page.goto(`${url}/composants.html`, {waitUntil: 'networkidle'});
        const dark = await ground(page);
        await page.emulateMedia({colorScheme: 'light'});
        assert.equal(await ground(page), 'rgb(255, 255, 255)');
        assert.notEqual(dark, 'rgb(255, 255, 255)');
        await page.context().close();
    }
});

test('chez l’État, un thème choisi l’emporte sur ce que le navigateur a retenu', async () => {
    const page = await newVisitor(browser, {scheme: 'dark'});
    await page.goto(`${url}/etat-composants.html`, {waitUntil: 'networkidle'});
    assert.equal(await page.evaluate(() => document.documentElement.dataset.frTheme), 'dark');
    await page.route('**/etat-composants.html', async route => {
        const response = await route.fetch();
        const body = (await response.text()).replace('data-fr-scheme="system"', 'data-fr-scheme="light" data-fr-theme="light"');
        await route.fulfill({response, body});
    });
    await page.reload({waitUntil: 'networkidle'});
    assert.equal(await page.evaluate(() => document.documentElement.dataset.frTheme), 'light');
    await assertCalm(page);
    await page.context().close();
});
