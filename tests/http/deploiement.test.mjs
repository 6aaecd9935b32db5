// deploy/ as far as it can be held without its machines (bin/faults mandataires and bascule play it whole): settings the program
// accepts, units shut in.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from '../support/test.mjs';
import {logis, root} from '../support/server.mjs';

const deploy = name => readFileSync(join(root, 'deploy', name), 'utf8');
const units = readdirSync(join(root, 'deploy/systemd')).filter(name => name.endsWith('.service'));

test('les réglages donnés en exemple sont acceptés en production : seule la base manque', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logis-essai-'));
    try {
        // A port where nothing listens, instead of the example's servers.
        const {code, out} = logis(['serve', '--config', join(root, 'deploy/logis.toml'), '--database', 'postgresql://logis@127.0.0.1:1/logis'],
            {LOGIS_MODE: undefined, LOGIS_FILES: folder, LOGIS_METRICS_PORT: undefined});
        assert.equal(code, 1);
        assert.match(out, /cannot reach the PostgreSQL server/);
    } finally {
        rmSync(folder, {recursive: true, force: true});
    }
    assert.match(deploy('logis.toml'), /target_session_attrs=read-write/, 'a server that has become a replica is left alone');
});

test('chaque unité systemd est enfermée', t => {
    assert.equal(units.length, 3);
    for (const unit of units) {
        const text = deploy(`systemd/${unit}`);
        assert.match(text, /^User=logis$/m, unit);
        // The reader of pictures takes rights away from itself: the unit must leave it the call.
        assert.match(text, /^SystemCallFilter=@system-service seccomp$/m, unit);
    }
    if (spawnSync('systemd-analyze', ['security', '--help'], {encoding: 'utf8'}).stdout?.includes('--offline') !== true)
        return t.skip('systemd-analyze cannot read units offline here');
    for (const unit of units) {
        const {status, stdout, stderr} = spawnSync('systemd-analyze',
            ['security', '--offline=true', '--threshold=15', '--no-pager', join(root, 'deploy/systemd', unit)], {encoding: 'utf8'});
        assert.equal(status, 0, `${unit}: ${stdout.split('\n').at(-2)} ${stderr}`);
    }
});

test('systemd lit chaque unité sans réserve, une fois le programme installé', t => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('systemd-analyze is not installed');
    const folder = mkdtempSync(join(tmpdir(), 'logis-unites-'));
    try {
        for (const unit of readdirSync(join(root, 'deploy/systemd')))
            writeFileSync(join(folder, unit), deploy(`systemd/${unit}`).replaceAll('/usr/local/bin/logis', '/bin/true'));
        const {status, stderr} = spawnSync('systemd-analyze',
            ['verify', '--man=no', '--recursive-errors=no', ...readdirSync(folder).map(unit => join(folder, unit))], {encoding: 'utf8'});
        assert.equal(stderr.split('\n').filter(line => line.includes(folder) || /logis/.test(line)).join('\n'), '');
        assert.equal(status, 0, stderr);
    } finally {
        rmSync(folder, {recursive: true, force: true});
    }
});

test('les mandataires remplacent l’adresse que dit le visiteur, et laissent passer la plus grande requête', () => {
    assert.match(deploy('haproxy.cfg'), /http-request set-header X-Forwarded-For %\[src\]/);
    assert.match(deploy('nginx.conf'), /proxy_set_header X-Forwarded-For \$remote_addr;/);
    assert.match(deploy('nginx.conf'), /client_max_body_size 250m;/);
    // An upload that was cut is known to one server only, and its bytes count as they arrive.
    assert.match(deploy('haproxy.cfg'), /use_backend televersements if \{ path_sub \/fichiers\/televersements \} or \{ path_beg \/signaler\/ \} \{ path_end \/abandon \}[\s\S]*balance uri depth 2/);
    assert.match(deploy('nginx.conf'), /\(fichiers\/televersements\|abandon\) \{[\s\S]*proxy_request_buffering off;/);
    assert.match(readFileSync(join(root, 'docs/generated/configuration.md'), 'utf8'), /largest request is 250 MB/);
});
