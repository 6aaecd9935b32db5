// The gallery of components in a real browser: audited in light and dark, wide and narrow, with and without
// JavaScript, under the Content-Security-Policy of the service. The test program writes its pages.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join} from 'node:path';
import {after, before, test} from 'node:test';
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

const pages = ['composants', 'formulaire', 'formulaire-refuse', 'confirmation', 'etat', 'erreur', 'affichage', 'plan'];

for (const name of pages) {
    test(`la page « ${name} » de la galerie est accessible et tient dans 320 px`, async () => {
        const page = await newVisitor(browser);
        await page.goto(`${url}/${name}.html`, {waitUntil: 'networkidle'});
        await page.waitForFunction(() => document.documentElement.hasAttribute('data-fr-js'));
        await audit(page, `galerie-${name}`);
        await page.context().close();
    });
    test(`la page « ${name} » se lit sans JavaScript`, async () => {
        const page = await newVisitor(browser, {javaScript: false, size: 'petit'});
        await page.goto(`${url}/${name}.html`, {waitUntil: 'networkidle'});
        await audit(page, `galerie-${name}`, {sizes: ['petit']});
        await page.context().close();
    });
}
