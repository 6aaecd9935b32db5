// What the binary answers to requests that no browser makes: the pages of its refusals, the limits of its routes,
// and that nothing sent to it brings it down. The rules of the protocol one by one: src/http/server_test.cpp.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {Platform} from '../support/server.mjs';
import {ask, get, post, Raw} from './raw.mjs';

let platform;
before(async () => {
    platform = await new Platform({seed: false}).start();
});
after(() => platform.remove());

const filled = (start, end, size) => start + 'a'.repeat(size - start.length - end.length) + end;

test('chaque refus est une page calme, protégée, qui ferme la connexion', async () => {
    const cases = {
        400: ['GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\nHost: a\n\n', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
            'GET http://ailleurs.example/ HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /../x HTTP/1.1\r\nHost: a\r\n\r\n',
            'POST /connexion HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na',
            'POST /connexion HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
        413: ['POST /connexion HTTP/1.1\r\nHost: a\r\nContent-Length: 16385\r\n\r\n',
            'POST /signaler HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n',
            'POST /signaler/x/fichiers/ajout HTTP/1.1\r\nHost: a\r\nContent-Length: 250000001\r\n\r\n'],
        414: [get('/' + 'a'.repeat(9000))],
        417: ['POST /connexion HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: autre-chose\r\n\r\n'],
        431: [get('/', `X: ${'a'.repeat(100_000)}\r\n`)],
        501: ['BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
        505: ['GET / HTTP/3.0\r\nHost: a\r\n\r\n'],
    };
    for (const [status, requests] of Object.entries(cases))
        for (const request of requests) {
            const raw = new Raw(platform);
            await raw.send(request);
            const answer = await raw.answer();
            const about = `${JSON.stringify(request.slice(0, 90))}: ${answer.head}`;
            assert.equal(answer.status, Number(status), about);
            assert.match(answer.head, /\r\nConnection: close\r\n/, about);
            assert.match(answer.head, /\r\nContent-Security-Policy: default-src 'none'/, about);
            assert.match(answer.head, /\r\nX-Content-Type-Options: nosniff\r\n/, about);
            assert.match(answer.head, /\r\nContent-Type: text\/html; charset=utf-8\r\n/, about);
            assert.match(answer.body, /<h1>/, about);
            assert.ok(await raw.closed(), about);
        }
});

test('une requête au bord de chaque limite est servie', async () => {
    assert.equal((await ask(platform, get(filled('/', '', 7900)))).status, 404);
    assert.equal((await ask(platform, get('/', `X: ${'a'.repeat(15_000)}\r\n`))).status, 200);
    const asked = await ask(platform, post('/connexion', filled('email=', '', 16_384)));
    assert.equal(asked.status, 403, 'read, and refused only for want of a token');
    const large = await ask(platform, post('/signaler', filled('danger=', '', 1_048_576)));
    assert.equal(large.status, 403);
});

test('HEAD rend les en-têtes de la page sans son corps, et la connexion sert encore', async () => {
    const raw = new Raw(platform);
    await raw.send('HEAD /mentions-legales HTTP/1.1\r\nHost: a\r\n\r\n');
    const head = await raw.answer({headOnly: true});
    await raw.send(get('/mentions-legales'));
    const page = await raw.answer();
    assert.equal(head.status, 200);
    assert.equal(page.status, 200);
    const length = answer => Number(/content-length: (\d+)/i.exec(answer.head)[1]);
    assert.equal(length(page), Buffer.byteLength(page.body));
    // A salt and a visitor's cookie differ from one answer to the next, not their length.
    assert.equal(length(head), length(page));
    raw.destroy();
});

test('cent requêtes envoyées d’un coup reçoivent cent réponses, dans l’ordre', async () => {
    const raw = new Raw(platform);
    const paths = Array.from({length: 100}, (_, i) => i % 3 === 0 ? '/sante' : i % 3 === 1 ? '/rien-ici' : '/robots.txt');
    await raw.send(paths.map(path => get(path)).join(''));
    for (const path of paths) {
        const {status, body, whole} = await raw.answer();
        assert.ok(whole);
        assert.equal(status, path === '/rien-ici' ? 404 : 200);
        assert.match(body, path === '/sante' ? /"pret":true/ : path === '/rien-ici' ? /Page introuvable/ : /User-agent/);
    }
    raw.destroy();
});

test('un navigateur qui demande s’il peut envoyer y est invité, puis servi', async () => {
    const raw = new Raw(platform);
    await raw.send('POST /signaler HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n');
    assert.equal((await raw.answer()).status, 100);
    await raw.send('danger=oui');
    assert.equal((await raw.answer()).status, 403);
    raw.destroy();
});

/** The same numbers at each run: mulberry32. */
function random(seed) {
    return () => {
        seed = seed + 0x6D2B79F5 | 0;
        let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
        t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
        return ((t ^ t >>> 14) >>> 0) / 4294967296;
    };
}

test('trois mille requêtes abîmées ne donnent ni panne, ni silence, ni réponse double', async () => {
    const boundary = 'Content-Type: multipart/form-data; boundary=b\r\n';
    const samples = [get('/'), get('/signalements?statut=a_trier&q=%C3%A9t%C3%A9', 'Cookie: logis_session=abc; logis_theme=dark\r\n'),
        get('/api/adresses?q=12+rue+des+carmes', 'Accept: application/json\r\nAccept-Encoding: br, gzip;q=0.5\r\n'),
        post('/signaler', 'danger=oui&csrf=x'), 'POST /signaler HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n',
        post('/suivi/x/messages', '--b\r\nContent-Disposition: form-data; name="f"; filename="é.jpg"\r\n\r\nx\r\n--b--\r\n', boundary)
            .replace('Content-Type: application/x-www-form-urlencoded\r\n', '')];
    const next = random(20261122);
    const pick = n => Math.floor(next() * n);
    const pieces = ['\r\n', '\n', '\0', ' ', ':', '%', '%00', '%2f', ';', ',', '"', '\t', 'Content-Length: 7\r\n',
        'Transfer-Encoding: chunked\r\n', 'Host: b\r\n', 'HTTP/1.1', '\xff', '0', '-1', '/../', '&', '='];
    const damaged = () => {
        let bytes = Buffer.from(samples[pick(samples.length)], 'latin1');
        for (let n = 1 + pick(4); n > 0; --n) {
            const at = pick(bytes.length + 1);
            const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
            const kind = pick(4);
            if (kind === 0) bytes = Buffer.concat([head, Buffer.from(pieces[pick(pieces.length)], 'latin1'), tail]);
            else if (kind === 1) bytes = Buffer.concat([head, tail.subarray(1 + pick(8))]);
            else if (kind === 2 && tail.length) bytes = Buffer.concat([head, Buffer.from([tail[0] ^ 1 << pick(8)]), tail.subarray(1)]);
            else bytes = Buffer.concat([head, bytes.subarray(pick(at + 1), at), tail]);
        }
        return bytes;
    };
    const seen = new Map();
    let silences = 0;
    const one = async () => {
        const raw = new Raw(platform);
        const bytes = damaged();
        await raw.send(bytes);
        raw.socket.end(); // so that what is incomplete ends at once
        const answers = [];
        for (let answer; (answer = await raw.answer()).status !== 0;) if (answer.status !== 100) answers.push(answer);
        const about = JSON.stringify(bytes.toString('latin1'));
        // Cutting a request in two may make two of it: what is left of its body is then read as another.
        const text = bytes.toString('latin1');
        assert.ok(answers.length <= text.split('HTTP/1.1').length, about);
        // What ends before its header or its body does is left without a word when its sender leaves; the rest is answered.
        if (answers.length === 0) ++silences;
        if (/^[^\r\n][^]*?\r\n\r\n/.test(text) && !/content-length|transfer-encoding/i.test(text)) assert.ok(answers.length > 0, about);
        for (const {status, whole} of answers) {
            assert.ok(status >= 200 && status < 600 && status !== 500, `${status}: ${about}`);
            assert.ok(whole || bytes.includes('HEAD'), about);
            seen.set(status, (seen.get(status) ?? 0) + 1);
        }
        raw.destroy();
    };
    for (let i = 0; i < 3000; i += 20) await Promise.all(Array.from({length: 20}, one));
    console.log(`# ${silences} of 3,000 left without a word: cut before their end`);
    assert.ok(silences < 1500, `${silences} silences`);
    console.log(`# answers: ${[...seen].sort().map(([status, n]) => `${n} × ${status}`).join(', ')}`);
    assert.equal((await ask(platform, get('/sante'))).status, 200);
});
