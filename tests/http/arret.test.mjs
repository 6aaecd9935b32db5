// The end of the process as systemd asks for it: what has begun is finished, and nothing acknowledged is lost.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from '../support/test.mjs';
import {envoyer, manques, remplir} from '../fautes/charge.mjs';
import {engines, Platform, root, sleep} from '../support/server.mjs';
import {get, Raw} from './raw.mjs';

const photo = readFileSync(join(root, 'demo/photos/plafond-humide.jpg'));

for (const engine of engines()) {
    let platform;
    after(() => platform?.remove());

    test(`un arrêt demandé laisse finir ce qui est commencé et n’en perd rien (${engine})`, async () => {
        platform = new Platform({engine, env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1'}});
        await platform.start();
        const waiting = await Promise.all(Array.from({length: 8}, () => remplir(platform)));
        const withPhoto = await remplir(platform);

        // An upload whose end has not been sent yet, and a connection that says nothing.
        const body = Buffer.concat([Buffer.from(`--l\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${withPhoto.visitor.token}\r\n` +
            '--l\r\nContent-Disposition: form-data; name="fichiers"; filename="plafond.jpg"\r\n\r\n'), photo, Buffer.from('\r\n--l--\r\n')]);
        const upload = new Raw(platform);
        const idle = new Raw(platform);
        await idle.send(get('/sante'));
        assert.equal((await idle.answer()).status, 200);
        await upload.send(`POST ${withPhoto.chemin}/fichiers/ajout HTTP/1.1\r\nHost: a\r\n` +
            `Cookie: ${[...withPhoto.visitor.cookies].map(pair => pair.join('=')).join('; ')}\r\n` +
            `Content-Type: multipart/form-data; boundary=l\r\nContent-Length: ${body.length}\r\n\r\n`);
        await upload.send(body.subarray(0, body.length / 2));

        const fields = new URLSearchParams({visite_acceptee: 'oui', bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'});
        const sent = waiting.map(depot => depot.visitor.post(`${depot.chemin}/envoi`, Object.fromEntries(fields))
            .then(({location}) => location, error => error));
        await sleep(engine === 'sqlite' ? 3 : 6); // some have begun, some perhaps not
        const start = Date.now();
        const ended = platform.stop();
        assert.ok(await idle.closed(), 'an idle connection is closed at once');
        await upload.send(body.subarray(body.length / 2));
        const received = await upload.answer();
        assert.equal(received.status, 303, 'an upload that had begun is received and answered');
        assert.match(received.head, /\r\nConnection: close\r\n/);
        const answers = await Promise.all(sent);
        assert.equal(await ended, 0);
        const seconds = (Date.now() - start) / 1000;
        assert.ok(seconds < 5, `it ended after ${seconds} s`);

        await platform.start();
        let acknowledged = 0;
        for (const [i, answer] of answers.entries()) {
            if (answer instanceof Error) {
                // Refused before anything began: the connection could not be opened any more.
                assert.doesNotMatch(answer.message, /^POST/, 'no answer but the one of the page');
            } else {
                assert.match(answer, /\/confirmation$/);
                acknowledged++;
            }
            assert.deepEqual(await manques(platform, await envoyer(waiting[i])), []);
        }
        const page = await withPhoto.visitor.get(`${withPhoto.chemin}/fichiers`);
        assert.match(page.text, /plafond\.jpg/, 'its photo is there');
        assert.ok(acknowledged >= 1, 'some had begun');
        console.log(`# ${engine}: ${acknowledged} of 8 deposits acknowledged during the stop, ended after ${seconds.toFixed(1)} s`);
        assert.equal(await platform.stop(), 0);
    });
}
