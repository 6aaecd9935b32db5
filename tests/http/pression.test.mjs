// More than the server can take: it says so, serves the others, and its memory stays where it was.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from '../support/test.mjs';
import {remplir} from '../fautes/charge.mjs';
import {logis, Platform, sleep} from '../support/server.mjs';
import {Visitor} from '../support/visitor.mjs';
import {ask, get, post, Raw} from './raw.mjs';

const most = 256; // megabytes

let platform;
before(async () => {
    platform = await new Platform({env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1'}}).start();
});
after(() => platform.remove());

test('quand trop de mots de passe attendent, on le dit à qui les envoie ; pages et voisins passent', async () => {
    const visitor = new Visitor(platform);
    await visitor.get('/connexion');
    const cookie = `Cookie: ${[...visitor.cookies].map(pair => pair.join('=')).join('; ')}\r\n`;
    const login = (address, n) => post('/connexion',
        new URLSearchParams({csrf: visitor.token, email: `inconnu-${n}@exemple.fr`, mot_de_passe: 'faux'}).toString(),
        `${cookie}X-Forwarded-For: ${address}\r\n`);
    // One network, an address and an account for each: no limit on tries stops them.
    const flood = Array.from({length: 250}, (_, n) => ask(platform, login(`203.0.113.${n}`, n), {milliseconds: 60_000}));
    await sleep(400);
    const timed = async bytes => {
        const start = performance.now();
        const answer = await ask(platform, bytes, {milliseconds: 60_000});
        return {...answer, ms: performance.now() - start};
    };
    const [page, neighbour] = await Promise.all([timed(get('/')), timed(login('198.51.100.7', 'voisin'))]);
    const answers = await Promise.all(flood);
    const refused = answers.filter(({status}) => status === 503);
    console.log(`# 250 logins at once: ${refused.length} refused; meanwhile a page in ${page.ms.toFixed(0)} ms, ` +
        `a login from elsewhere in ${neighbour.ms.toFixed(0)} ms`);
    assert.ok(refused.length >= 100, 'half of the queue is the most for one network');
    for (const {head, body} of refused) {
        assert.match(head, /\r\nRetry-After: 5\r\n/);
        assert.match(body, /Service très demandé/);
    }
    assert.ok(answers.every(({status}) => [503, 422, 429, 401].includes(status)), 'the others were answered');
    assert.equal(page.status, 200);
    assert.ok(page.ms < 500);
    assert.notEqual(neighbour.status, 503);
    assert.ok(neighbour.ms < 3000, 'it did not wait behind them');
});

test('seize envois immobiles depuis un réseau n’empêchent personne d’envoyer ses photos', async () => {
    const stalled = Array.from({length: 40}, (_, i) => {
        const raw = new Raw(platform);
        void raw.send(`POST /suivi/x/messages HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.${i}\r\n` +
            `Content-Length: 249000000\r\n\r\n${'x'.repeat(1_000_000)}`);
        return raw;
    });
    await sleep(1500);
    const refused = await Promise.all(stalled.map(raw => raw.answer({milliseconds: 100})));
    assert.equal(refused.filter(({status}) => status === 503).length, 8, 'an eighth of the places, and no more');
    const depot = await remplir(platform, {fichier: new Blob([Buffer.from('%PDF-1.4\n'), Buffer.alloc(300_000, 'x'),
        Buffer.from('\nstartxref\n0\n%%EOF\n')])});
    assert.match((await depot.visitor.get(`${depot.chemin}/fichiers`)).text, /\.pdf/);
    for (const raw of stalled) raw.destroy();
});

/** How many connections this server holds open, as the system counts them. */
function open() {
    const port = platform.port.toString(16).toUpperCase().padStart(4, '0');
    return readFileSync('/proc/net/tcp', 'utf8').split('\n').filter(line => new RegExp(`: [0-9A-F]{8}:${port} [0-9A-F:]+ 01 `).test(line)).length;
}

/**
 * Holds `number` connections, each having sent `bytes`, for as long as `during` lasts; gives the peak of memory and the most
 * of them that were there together.
 */
async function held(number, bytes, during = 1500) {
    const raws = [];
    let peak = 0, there = 0;
    const look = () => {
        peak = Math.max(peak, platform.memory());
        there = Math.max(there, open());
    };
    for (let i = 0; i < number; ++i) {
        const raw = new Raw(platform, {from: `127.0.${10 + i % 8}.1`});
        raw.socket.pause(); // takes nothing of the answer
        void raw.send(bytes);
        raws.push(raw);
        if (i % 50 === 0) {
            await sleep(5);
            look();
        }
    }
    for (const end = Date.now() + during; Date.now() < end;) {
        await sleep(50);
        look();
    }
    for (const raw of raws) raw.destroy();
    await sleep(200);
    return {number, there, peak};
}

/** A person of the demonstration who has logged in: the cookies to send, and the token of the forms. */
async function agent(email) {
    const visitor = new Visitor(platform);
    await visitor.get('/connexion');
    await visitor.post('/connexion', {email, mot_de_passe: 'Logis-demo-2026'});
    await visitor.get('/parametres-affichage');
    return {cookie: `Cookie: ${[...visitor.cookies].map(pair => pair.join('=')).join('; ')}\r\n`, token: visitor.token};
}

/** The file of the national system with `number` demandes. */
function echange(number) {
    const xml = readFileSync(new URL('../cas/fichiers/sne.xml', import.meta.url), 'utf8');
    const one = /<ns1:demande>.*?<\/ns1:demande>/s.exec(xml)[0];
    const all = Array.from({length: number}, (_, i) => one.replace('900013', String(910000 + i)));
    return xml.slice(0, xml.indexOf('<ns1:demande>')) + all.join('\n') + '</ns1:interfaceNuu>\n';
}

test('quoi qu’on lui envoie, sa mémoire reste bornée', {skip: process.env.ENGINE_UNDER_TEST ? 'what HTTP keeps in memory knows no engine' : false}, async () => {
    // A document of 14 MB that somebody asks for again and again, and does not take.
    const depot = await remplir(platform);
    const pdf = Buffer.alloc(14_000_000, 'x');
    pdf.write('%PDF-1.4\n');
    pdf.write('\nstartxref\n0\n%%EOF\n', pdf.length - 19);
    const blob = new Blob([pdf], {type: 'application/pdf'});
    blob.name = 'devis.pdf';
    await depot.visitor.post(`${depot.chemin}/fichiers/ajout`, {fichiers: blob});
    const files = await depot.visitor.get(`${depot.chemin}/fichiers`);
    const file = new RegExp(`${depot.chemin}/fichiers/[0-9a-z]{26}`).exec(files.text.replaceAll(`${depot.chemin}/fichiers/ajout`, ''))[0];
    // The workshop of files is a task, which these servers leave to others.
    const {code, out} = logis(['jobs', 'run', '--database', platform.database], platform.env);
    assert.equal(code, 0, out);
    assert.equal((await ask(platform, get(file))).status, 200);

    const secretary = await agent('julien.masson@demo.logis.example');
    const manager = await agent('louise.auger@demo.logis.example');
    const pages = {
        workbook: '/exports/signalements/fichier?format=xlsx', csv: '/exports/signalements/fichier?format=csv',
        figures: '/statistiques', printed: '/statistiques/statistiques.pdf',
    };
    for (const [what, path] of Object.entries(pages)) assert.equal((await ask(platform, get(path, secretary.cookie))).status, 200, what);
    const upload = Object.entries({csrf: manager.token}).map(([k, v]) => `--b\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join('') +
        `--b\r\nContent-Disposition: form-data; name="fichier"; filename="sne.xml"\r\n\r\n${echange(1500)}\r\n--b--\r\n`;
    const imports = post('/echanges', upload, manager.cookie).replace('application/x-www-form-urlencoded', 'multipart/form-data; boundary=b');

    const before = platform.memory();
    const peaks = {
        '4,000 headers of 15 kB without an end': await held(4000, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(15_000)}`),
        '4,000 forms of 100 kB without an end':
            await held(4000, `POST /signaler HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n${'a'.repeat(100_000)}`),
        '1,000 pages that nobody reads, fifty times each': await held(1000, get('/').repeat(50)),
        '200 documents of 14 MB that nobody reads': await held(200, get(file), 3000),
        '200 forms of 2,000 fields': await held(200, post('/signaler', 'a=b&'.repeat(2000))),
        '60 uploads of 5 MB of a thousand fields': await held(60, post('/suivi/x/messages',
            Array.from({length: 990}, (_, i) => `--b\r\nContent-Disposition: form-data; name="f${i}"; filename="f"\r\n\r\n${'x'.repeat(5000)}\r\n`).join('') +
            '--b--\r\n', 'X: y\r\n').replace('application/x-www-form-urlencoded', 'multipart/form-data; boundary=b'), 3000),
        '300 workbooks': await held(300, get(pages.workbook, secretary.cookie), 3000),
        '300 files of lines': await held(300, get(pages.csv, secretary.cookie), 3000),
        '300 pages of figures, ten times each': await held(300, get(pages.figures, secretary.cookie).repeat(10), 3000),
        '300 documents of figures': await held(300, get(pages.printed, secretary.cookie), 3000),
        '20 imports of 1,500 demandes': await held(20, imports, 5000),
    };
    console.log(`# memory at rest ${before.toFixed(0)} MB`);
    for (const [what, {number, there, peak}] of Object.entries(peaks))
        console.log(`# ${what}: ${there} of ${number} connections, ${peak.toFixed(0)} MB at most`);
    assert.equal((await ask(platform, get('/sante'))).status, 200);
    for (const [what, {number, there, peak}] of Object.entries(peaks)) {
        // The bodies that wait are bounded: the server turns the others away, as it must. What is left is still a crowd.
        assert.ok(there >= Math.min(number / 2, 200), `${what}: only ${there} of ${number} connections`);
        assert.ok(peak < most, `${what}: ${peak.toFixed(0)} MB`);
    }
});
