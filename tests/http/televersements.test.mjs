// Resumable uploads (tus 1.0.0) against the real binary: every status on raw sockets, the reference client through a
// network that cuts, and kill -9 in the middle. What ends is byte for byte what was sent.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import * as tus from 'tus-js-client';
import {remplir} from '../fautes/charge.mjs';
import {Coupeur, tirage} from '../support/coupeur.mjs';
import {Platform, sleep} from '../support/server.mjs';
import {after, before, test} from '../support/test.mjs';
import {ask, Raw} from './raw.mjs';

let platform;
before(async () => {
    platform = await new Platform({photos: false, env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1'}}).start();
});
after(() => platform?.remove());

/** A PDF of this size whose bytes come from the seed. */
function pdf(size, seed) {
    const draw = tirage(seed);
    const body = Buffer.alloc(size, 0x20);
    for (let i = 0; i < size; i++) body[i] = 0x21 + Math.floor(draw() * 90);
    body.write('%PDF-1.4\n1 0 obj\n<< >>\nendobj\n', 0);
    body.write('\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n', size - 34);
    return body;
}
const sha = (bytes, algorithm = 'sha256', coding = 'hex') => createHash(algorithm).update(bytes).digest(coding);

/** A visitor with a draft that waits for its files: how to speak tus about it. */
class Envoyeur {
    static async nouveau() {
        const e = new Envoyeur();
        const {visitor, chemin} = await remplir(platform);
        Object.assign(e, {visitor, chemin, collection: `${chemin}/fichiers/televersements`});
        e.headers = {cookie: [...visitor.cookies].map(pair => pair.join('=')).join('; '), 'x-csrf-token': visitor.token, accept: 'application/json'};
        return e;
    }

    bytes(method, path, headers, body = '') {
        const all = {host: 'logis', ...this.headers, 'tus-resumable': '1.0.0', ...headers};
        if (body.length && all['content-length'] === undefined) all['content-length'] = body.length;
        const head = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`).join('');
        return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n`), Buffer.from(body)]);
    }

    async ask(method, path, headers = {}, body = '') {
        const answer = await ask(platform, this.bytes(method, path, headers, body), {headOnly: method === 'HEAD'});
        answer.header = name => new RegExp(`\r\n${name}: (.*)\r\n`, 'i').exec(answer.head)?.[1];
        return answer;
    }

    async create(length, headers = {}, body = '') {
        const answer = await this.ask('POST', this.collection, {'upload-length': length,
            'upload-metadata': `filename ${Buffer.from('bail.pdf').toString('base64')}`, ...headers}, body);
        if (answer.status === 201) this.upload = answer.header('location');
        return answer;
    }

    patch(offset, body, headers = {}) {
        return this.ask('PATCH', this.upload, {'upload-offset': offset, 'content-type': 'application/offset+octet-stream', ...headers}, body);
    }

    async offset() {
        const answer = await this.ask('HEAD', this.upload);
        return answer.status === 200 ? Number(answer.header('upload-offset')) : answer.status;
    }

    /** Digests of the files of the draft, as they were received. */
    received() {
        const id = platform.sql(`SELECT id FROM brouillon WHERE jeton_hash = '${sha(this.chemin.split('/').at(-1))}'`);
        const all = platform.sql(`SELECT p.recu_sha256 FROM piece p JOIN brouillon_piece b ON b.piece = p.id WHERE b.brouillon = '${id}' ORDER BY 1`);
        return all ? all.split('\n') : [];
    }
}

test('chaque demande de tus 1.0.0 reçoit la réponse que dit le protocole', async () => {
    const e = await Envoyeur.nouveau();
    const file = pdf(3000, 1);

    const options = await e.ask('OPTIONS', e.collection, {'tus-resumable': null, 'x-csrf-token': null});
    assert.equal(options.status, 204);
    assert.equal(options.header('tus-version'), '1.0.0');
    assert.equal(options.header('tus-extension'), 'creation,creation-with-upload,termination,expiration,checksum');
    assert.equal(options.header('tus-max-size'), '20000000');
    assert.equal(options.header('tus-checksum-algorithm'), 'sha1,sha256');

    for (const version of [null, '0.2.2']) {
        const refused = await e.create(3000, {'tus-resumable': version});
        assert.equal(refused.status, 412);
        assert.equal(refused.header('tus-version'), '1.0.0');
    }
    assert.equal((await e.create(3000, {'x-csrf-token': null})).status, 403);
    assert.equal((await e.create(3000, {'x-csrf-token': 'faux'})).status, 403);
    assert.equal((await e.create(null)).status, 400);
    assert.equal((await e.create(null, {'upload-defer-length': 1})).status, 400);
    assert.equal((await e.create(20_000_001)).status, 413);
    assert.equal((await e.create(10, {}, 'x')).status, 415);
    assert.equal((await e.ask('POST', '/signaler/inconnu/fichiers/televersements', {'upload-length': 1})).status, 404);

    const created = await e.create(3000);
    assert.equal(created.status, 201);
    assert.match(e.upload, new RegExp(`^${e.collection}/[\\w-]{32}/octets$`));
    assert.ok(Date.parse(created.header('upload-expires')) > Date.now() + 23 * 3600e3);

    const head = await e.ask('HEAD', e.upload, {'x-csrf-token': null});
    assert.equal(head.status, 200);
    assert.equal(head.header('upload-offset'), '0');
    assert.equal(head.header('upload-length'), '3000');
    assert.equal(head.header('cache-control'), 'no-store');
    assert.equal((await e.ask('HEAD', e.upload, {'tus-resumable': null})).status, 412);

    assert.equal((await e.patch(0, file.subarray(0, 10), {'x-csrf-token': null})).status, 403);
    assert.equal((await e.patch(0, file.subarray(0, 10), {'content-type': 'application/octet-stream'})).status, 415);
    assert.equal((await e.patch(5, file.subarray(0, 10))).status, 409);
    assert.equal((await e.patch(0, Buffer.alloc(3001))).status, 413);
    const first = await e.patch(0, file.subarray(0, 1000));
    assert.equal(first.status, 204);
    assert.equal(first.header('upload-offset'), '1000');
    assert.ok(first.header('upload-expires'));
    assert.equal((await e.patch(0, file.subarray(0, 1000))).status, 409, 'said again, it is not written twice');

    // A chunk that does not have its digest leaves nothing behind, nor one that is cut before its end.
    assert.equal((await e.patch(1000, 'faux', {'upload-checksum': `sha1 ${sha('vrai', 'sha1', 'base64')}`})).status, 460);
    assert.equal((await e.patch(1000, 'faux', {'upload-checksum': 'crc32 AAAA'})).status, 400);
    assert.equal(await e.offset(), 1000);
    for (const [from, to, algorithm] of [[1000, 1500, 'sha1'], [1500, 2000, 'sha256']]) {
        const piece = file.subarray(from, to);
        assert.equal((await e.patch(from, piece, {'upload-checksum': `${algorithm} ${sha(piece, algorithm, 'base64')}`})).status, 204);
    }
    // POST for proxies that let nothing else through; then chunks without a length, one byte too many.
    assert.equal((await e.ask('POST', e.upload, {'x-http-method-override': 'PATCH', 'upload-offset': 2000,
        'content-type': 'application/offset+octet-stream'}, file.subarray(2000, 2500))).status, 204);
    assert.equal((await e.ask('POST', e.upload, {'x-http-method-override': 'GET'})).status, 405);
    const chunked = `1f5\r\n${'x'.repeat(501)}\r\n0\r\n\r\n`;
    assert.equal((await e.patch(2500, chunked, {'content-length': null, 'transfer-encoding': 'chunked'})).status, 413);
    assert.equal(await e.offset(), 2500);
    assert.equal((await e.patch(2500, file.subarray(2500))).status, 204);
    assert.deepEqual(e.received(), [sha(file)]);
    assert.equal(await e.offset(), 3000, 'a client that has not heard of the end learns it');
    assert.equal((await e.patch(2500, file.subarray(2500))).status, 409);
    assert.deepEqual(e.received(), [sha(file)], 'once');

    // The first bytes with the creation, then everything.
    assert.equal((await e.create(3000, {'content-type': 'application/offset+octet-stream'}, file.subarray(0, 7))).header('upload-offset'), '7');
    assert.equal((await e.ask('DELETE', e.upload, {'x-csrf-token': null})).status, 403);
    assert.equal((await e.ask('DELETE', e.upload)).status, 204);
    assert.equal(await e.offset(), 404);
    const whole = pdf(500, 2);
    const answer = await e.create(500, {'content-type': 'application/offset+octet-stream'}, whole);
    assert.equal(answer.status, 201);
    assert.equal(answer.header('upload-offset'), '500');
    assert.deepEqual(e.received(), [sha(file), sha(whole)].sort());

    // What is not a file that we take is refused in the words of the form, and forgotten.
    await e.create(4);
    const refused = await e.patch(0, Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    assert.equal(refused.status, 422);
    assert.match(JSON.parse(refused.body).message, /«\sbail\.pdf\s» n’a pas été gardé/);
    assert.equal(await e.offset(), 404);
});

test('un envoi n’est connu ni d’un autre brouillon ni d’un signalement envoyé', async () => {
    const e = await Envoyeur.nouveau(), other = await Envoyeur.nouveau();
    await e.create(100);
    const name = e.upload.split('/').at(-2);
    other.upload = `${other.collection}/${name}/octets`;
    assert.equal(await other.offset(), 404);
    assert.equal((await other.patch(0, 'x')).status, 404);
    assert.equal((await other.ask('DELETE', other.upload)).status, 404);
    assert.equal(await e.offset(), 0);
    await e.visitor.post(`${e.chemin}/envoi`, {visite_acceptee: 'oui', bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'});
    assert.equal((await e.patch(0, 'x')).status, 403);
    assert.equal((await e.create(10)).status, 403);
});

test('ce qui est arrivé avant une coupure compte, et le retour du client coupe sa première connexion', async () => {
    const e = await Envoyeur.nouveau();
    const file = pdf(400_000, 3);
    await e.create(file.length);
    const patch = (offset, body) => e.bytes('PATCH', e.upload, {'upload-offset': offset, 'content-type': 'application/offset+octet-stream',
        'content-length': file.length - offset}, body);
    const cut = new Raw(platform);
    await cut.send(patch(0, file.subarray(0, 150_000)));
    cut.destroy();
    await until(() => size(e) === 150_000); // asking for the offset would cut what is still being read
    assert.equal(await e.offset(), 150_000);

    const silent = new Raw(platform); // a phone that has lost its network without saying so
    await silent.send(patch(150_000, file.subarray(150_000, 250_000)));
    await until(() => size(e) === 250_000);
    assert.equal(await e.offset(), 250_000);
    await silent.send('ceci arrive trop tard');
    assert.ok(await silent.closed());
    silent.destroy();
    assert.equal((await e.patch(250_000, file.subarray(250_000))).status, 204);
    assert.deepEqual(e.received(), [sha(file)]);
});

const size = e => statSync(join(platform.folder, 'fichiers/sas/envois', `${e.upload.split('/').at(-2)}.octets`)).size;
async function until(holds) {
    for (const end = Date.now() + 10_000; Date.now() < end; await sleep(10)) if (holds()) return;
    assert.fail('not within ten seconds');
}

test('abandonner un brouillon efface ce qu’on lui envoyait', async () => {
    const e = await Envoyeur.nouveau();
    await e.create(1000);
    await e.patch(0, 'secret');
    assert.equal(size(e), 6);
    await e.visitor.post(`${e.chemin}/abandon`, {confirme: 'oui'}, [200]);
    assert.throws(() => size(e), /ENOENT/);
    assert.equal(await e.offset(), 404);
});

test('après un jour, un envoi inachevé a expiré, et le suivant fait le ménage', async () => {
    const e = await Envoyeur.nouveau();
    await e.create(1000);
    await e.patch(0, 'secret');
    await platform.stop();
    platform.args = ['--now', new Date(Date.now() + 25 * 3600e3).toISOString()];
    await platform.start();
    assert.equal(await e.offset(), 410);
    assert.equal((await e.patch(6, 'suite')).status, 410);
    const old = size.bind(null, {upload: e.upload});
    assert.equal((await e.create(1000)).status, 201);
    assert.throws(old, /ENOENT/);
    await platform.stop();
    platform.args = [];
    await platform.start();
});

/** Sends with the reference client; gives the address of the upload once it has ended. */
function send(e, base, bytes, options = {}) {
    return new Promise((done, fail) => {
        const upload = new tus.Upload(bytes, {
            endpoint: base + e.collection, headers: e.headers, metadata: {filename: 'bail.pdf'}, retryDelays: Array(40).fill(5),
            onSuccess: () => done(upload.url), onError: fail, ...options,
        });
        upload.start();
    });
}

test('tus-js-client, coupé à des octets tirés au sort, envoie plusieurs fichiers à l’octet près', async () => {
    const e = await Envoyeur.nouveau();
    const network = await new Coupeur(platform.port, {graine: 20261122, coupures: 24, entre: [300, 260_000]}).ecouter();
    try {
        const files = [700_001, 1_234_567, 5, 300_000].map((bytes, i) => pdf(Math.max(bytes, 120), 10 + i));
        await Promise.all(files.map((file, i) =>
            send(e, network.url, file, [{}, {chunkSize: 100_000}, {uploadDataDuringCreation: true}, {uploadDataDuringCreation: true, chunkSize: 50_000}][i])));
        assert.ok(network.faites >= 8, `${network.faites} connections were cut`);
        assert.deepEqual(e.received(), files.map(file => sha(file)).sort());
        console.log(`# ${network.faites} connections cut, ${files.length} files whole`);
    } finally {
        await network.fermer();
    }
});

test('kill -9 au milieu d’un envoi n’en perd pas les octets arrivés', async () => {
    const e = await Envoyeur.nouveau();
    const file = pdf(900_000, 20);
    await e.create(file.length);
    const raw = new Raw(platform);
    await raw.send(e.bytes('PATCH', e.upload, {'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': file.length},
        file.subarray(0, 600_000)));
    await until(() => size(e) === 600_000);
    await platform.kill();
    raw.destroy();
    await platform.start();
    assert.equal(await e.offset(), 600_000);
    await send(e, platform.url, file, {uploadUrl: platform.url + e.upload});
    assert.deepEqual(e.received(), [sha(file)]);

    // Killed once all is on the disk, and once the file is the draft's: asking again is enough, and it is there once.
    for (const [i, step] of ['upload.durable', 'upload.attached'].entries()) {
        await platform.stop();
        platform.env.LOGIS_DIE_AT = `${step}:1`;
        await platform.start();
        const other = await Envoyeur.nouveau();
        const small = pdf(5000, 30 + i);
        await other.create(small.length);
        assert.equal((await other.patch(0, small)).status, 0, 'it died before the answer');
        await platform.ended;
        delete platform.env.LOGIS_DIE_AT;
        await platform.start();
        assert.equal(await other.offset(), small.length);
        assert.deepEqual(other.received(), [sha(small)]);
        assert.equal(readdirSync(join(platform.folder, 'fichiers/sas/envois')).filter(name => name.startsWith(other.upload.split('/').at(-2))).length, 1);
    }
});
