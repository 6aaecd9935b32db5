// /metrics as Prometheus meets it: on its own port, read by promtool when it is installed; and the alerts, whose metrics and
// sections of the runbook must exist.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from '../support/test.mjs';
import {binary, engines, Platform, root, sleep} from '../support/server.mjs';

const promtool = spawnSync('promtool', ['--version']).status === 0;
if (!promtool) console.log('skipped: promtool is not installed (tools/setup faults); our own reading of the format is in metrics_test.cpp');

const check = (args, input) => {
    const {status, stdout, stderr} = spawnSync('promtool', args, {cwd: root, encoding: 'utf8', input});
    assert.equal(status, 0, stdout + stderr);
};

const alertes = readFileSync(join(root, 'deploy/alertes.yml'), 'utf8');
const families = new Set();

for (const engine of engines()) {
    let platform;
    after(() => platform?.remove());

    test(`les mesures sont sur leur port et disent ce que le service a fait (${engine})`, {timeout: 60_000}, async () => {
        platform = await new Platform({engine, seed: false, env: {LOGIS_METRICS_PORT: '0'}}).start();
        const url = /mesures : (http:\/\/127\.0\.0\.1:\d+\/metrics)/.exec(platform.log)[1];
        assert.equal((await fetch(`${platform.url}/metrics`)).status, 404, 'visitors cannot read them');
        assert.equal((await fetch(new URL('/', url))).status, 404);
        await fetch(`${platform.url}/sante`);
        await fetch(`${platform.url}/suivi/jetonquinedoitpasparaitre`);
        const answer = await fetch(url);
        assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
        const text = await answer.text();
        assert.match(text, /^logis_http_requests_total\{method="GET",route="\/sante",class="2xx"\} 1$/m);
        assert.match(text, /^logis_http_requests_total\{method="-",route="-",class="4xx"\} 1$/m);
        assert.match(text, /^logis_db_up 1$/m);
        assert.ok(!text.includes('paraitre'));
        if (promtool) check(['check', 'metrics'], text);
        for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm))
            for (const suffix of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) families.add(name + suffix);
    });

    test(`un expéditeur seul a ses mesures, et un port déjà pris l’arrête en le disant (${engine})`, {timeout: 60_000}, async () => {
        const env = {...process.env, ...platform.env, LOGIS_METRICS_PORT: '0'};
        const args = ['jobs', 'run', '--loop', '--database', platform.database];
        const runner = spawn(binary, args, {cwd: root, env, stdio: ['ignore', 'pipe', 'inherit']});
        const ended = new Promise(done => runner.on('exit', (code, signal) => done(code ?? signal)));
        try {
            const port = await new Promise((done, fail) => {
                let out = '';
                runner.stdout.on('data', piece => {
                    out += piece;
                    const found = /mesures : http:\/\/127\.0\.0\.1:(\d+)/.exec(out);
                    if (found) done(found[1]);
                });
                ended.then(code => fail(new Error(`ended with ${code}`)));
            });
            const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
            assert.match(text, /^logis_task_runs_total\{task="envoyer_les_courriels"\} \d+$/m);
            assert.ok(!text.includes('logis_http_requests_total'), 'it serves nobody');
            const second = spawnSync(binary, args, {cwd: root, env: {...env, LOGIS_METRICS_PORT: port}, encoding: 'utf8', timeout: 20_000});
            assert.equal(second.status, 1);
            assert.match(second.stderr, new RegExp(`cannot listen on 127.0.0.1:${port}`));
        } finally {
            runner.kill('SIGTERM');
        }
        assert.equal(await ended, 0);
    });

    // A file does not go away.
    if (engine === 'postgresql') test('les mesures restent lisibles quand la base ne répond pas', {timeout: 60_000}, async () => {
        const url = /mesures : (\S+)/.exec(platform.log)[1];
        const base = new URL(platform.database).pathname.slice(1);
        const admin = sql => spawnSync('psql', [process.env.LOGIS_TEST_POSTGRES, '-qc', sql], {encoding: 'utf8'});
        admin(`ALTER DATABASE ${base} ALLOW_CONNECTIONS false`);
        admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${base}'`);
        try {
            let text = '';
            for (let n = 0; n < 80 && !/^logis_db_up 0$/m.test(text); n += 1) { // figures younger than five seconds are not read again
                await sleep(100);
                text = await (await fetch(url)).text();
            }
            assert.match(text, /^logis_db_up 0$/m);
            assert.match(text, /^process_resident_memory_bytes \d+$/m);
        } finally {
            admin(`ALTER DATABASE ${base} ALLOW_CONNECTIONS true`);
        }
    });
}

test('chaque mesure que nomment les alertes existe, et chaque alerte a sa section dans docs/exploitation.md', () => {
    const guide = readFileSync(join(root, 'docs/exploitation.md'), 'utf8');
    const names = [...alertes.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    assert.ok(names.length > 20);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(guide, new RegExp(`^#+ ${name}$`, 'm'), `docs/exploitation.md has no section « ${name} »`);
    const used = new Set([...alertes.matchAll(/\b(?:logis|process)_\w+/g)].map(([name]) => name));
    assert.ok(used.size > 20);
    for (const name of used) assert.ok(families.has(name), `${name} is not in /metrics`);
});

test('chaque alerte est jouée une fois au moins', () => {
    const played = new Set([...readFileSync(join(root, 'tests/http/alertes.test.yml'), 'utf8')
        .matchAll(/alertname: (\w+)\s+exp_alerts:/g)].map(([, name]) => name));
    for (const [, name] of alertes.matchAll(/- alert: (\w+)/g)) assert.ok(played.has(name), `${name} never fires in alertes.test.yml`);
});

test('les alertes sonnent quand il faut et se taisent sinon (promtool)', t => {
    if (!promtool) return t.skip('promtool is not installed');
    check(['check', 'config', 'deploy/prometheus.yml']);
    check(['test', 'rules', 'tests/http/alertes.test.yml']);
});
