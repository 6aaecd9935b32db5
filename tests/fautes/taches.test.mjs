// The periodic tasks as processes, and what the log of a whole journey says: messages leave once whoever sends them, late
// or not; a mail server that hangs holds nobody; nothing that somebody typed is in the log.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {after, test} from '../support/test.mjs';
import {mailServer} from '../support/smtp.mjs';
import {binary, engines, Platform, root, sleep} from '../support/server.mjs';
import {envoyer, manques, remplir} from './charge.mjs';

/** `logis jobs run` in a process of its own; gives its exit code and what it said. */
function jobsRun(platform, env, now) {
    const child = spawn(binary, ['jobs', 'run', '--database', platform.database, '--now', now],
        {cwd: root, env: {...process.env, ...platform.env, ...env}});
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (out += piece));
    return new Promise(done => child.on('close', code => done({code, out})));
}

for (const engine of engines()) {
    let platform, silent, mail;
    after(async () => {
        await platform?.remove();
        silent?.close();
        mail?.close();
    });

    test(`un serveur de courriel qui se tait ne retient ni les dépôts, ni l’arrêt (${engine})`, {timeout: 60_000}, async () => {
        silent = await mailServer({silent: true});
        platform = new Platform({engine, photos: false, env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1', LOGIS_LOG: 'debug', LOGIS_JOBS: 'true',
            LOGIS_SMTP: silent.url}});
        await platform.start();
        await envoyer(await remplir(platform)); // its messages are due at once
        for (let waited = 0; silent.open() === 0 && waited < 10_000; waited += 50) await sleep(50);
        assert.ok(silent.open() > 0, 'the task is talking to the silent server');
        const at = Date.now();
        const depot = await envoyer(await remplir(platform));
        assert.ok(Date.now() - at < 10_000, `a whole deposit took ${Date.now() - at} ms`);
        assert.ok(silent.open() > 0, 'the task was still waiting');
        assert.deepEqual(await manques(platform, depot), []);
        const {visitor} = depot;
        const refused = [303, 401, 403, 422, 429];
        await visitor.post(`${depot.suivi}/acces`, {nom: 'Martin', code_postal: '76000'}, refused);
        await visitor.post(`${depot.suivi}/messages`, {texte: 'Rappelez-moi au 06 12 34 56 78.'}, refused);
        await visitor.get('/connexion');
        await visitor.post('/connexion', {email: 'curieuse@exemple.fr', mot_de_passe: 'Secret-de-Zoé-1789'}, refused);
        await visitor.get('/api/adresses?q=12+impasse+des+Lilas');
        const asked = await fetch(`${platform.url}/sante`);
        const state = await asked.json();
        assert.deepEqual([state.vivant, state.pret, typeof state.version], [true, true, 'string']);
        const id = asked.headers.get('x-request-id');
        assert.equal(await platform.stop(), 0);

        const lines = platform.log.split('\n').filter(line => line && !line.startsWith('Logis '));
        const events = lines.map(line => JSON.parse(line)); // each is one JSON object
        assert.ok(events.some(e => e.event === 'request' && e.request === id && e.route === '/sante'), 'the request is named');
        assert.ok(events.filter(e => e.event === 'request').length > 15, 'the journey is in the log');
        const written = events.filter(e => e.event === 'courriel.ecrit');
        assert.ok(written.length >= 2, 'messages were written');
        for (const {courriel, request} of written)
            assert.ok(events.some(e => e.event === 'request' && e.request === request), `the message ${courriel} says which request caused it`);
        const token = path => path.split('/')[2];
        for (const typed of [depot.email, 'deposant-', 'awa@', 'Diallo', 'Awa', 'Martin', 'rue des Carmes', 'Carmes', 'plafond',
            'curieuse', '1789', 'Lilas', '198.51.', '06 12', '0612', token(depot.chemin), token(depot.suivi), ...visitor.cookies.values()])
            for (const event of events) { // without its hour and its drawn ids, which may hold any digits
                const said = JSON.stringify({...event, at: '', request: '', courriel: ''});
                assert.ok(!said.includes(typed), `« ${typed} » is in the log: ${said}`);
            }
    });

    test(`après dix jours d’arrêt, deux processus ensemble envoient chaque courriel une fois (${engine})`, {timeout: 60_000}, async () => {
        mail = await mailServer();
        const waiting = Number(platform.sql("SELECT COUNT(*) FROM courriel WHERE etat NOT IN ('envoye', 'refuse')"));
        assert.ok(waiting > 3, `${waiting} messages wait`);
        const now = new Date(Date.now() + 10 * 86_400_000).toISOString();
        const both = await Promise.all([1, 2].map(() => jobsRun(platform, {LOGIS_SMTP: mail.url}, now)));
        for (const {code, out} of both) assert.equal(code, 0, out);
        assert.equal(platform.sql("SELECT COUNT(*) FROM courriel WHERE etat NOT IN ('envoye', 'refuse')"), '0');
        assert.equal(mail.messages.length, waiting);
        assert.equal(new Set(mail.messages.map(m => m.id)).size, waiting, 'no message twice');
        // Everything else that had become due was done by one of them, and nothing is left for a third.
        assert.equal(platform.sql(`SELECT COUNT(*) FROM tache WHERE prochain_le <= '${now}' OR erreur <> ''`), '0');
        const {code, out} = await jobsRun(platform, {LOGIS_SMTP: mail.url}, now);
        assert.deepEqual([code, out.includes('envoyer_les_courriels'), mail.messages.length], [0, false, waiting]);
    });
}
