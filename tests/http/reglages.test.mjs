// What the binary refuses before it opens anything: settings that would do something else than what was meant.
import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from '../support/test.mjs';
import {logis} from '../support/server.mjs';

test('en production, l’heure ne se choisit pas, et rien n’est ouvert', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logis-essai-'));
    const database = join(folder, 'logis.db');
    try {
        for (const command of [['serve', '--port', '0'], ['migrate'], ['seed'], ['jobs', 'run']]) {
            const {code, out} = logis([...command, '--now', '2026-11-23T09:00:00Z', '--database', `sqlite:${database}`],
                {LOGIS_MODE: 'production', LOGIS_FILES: folder});
            assert.equal(code, 1, out);
            assert.match(out, /--now: refused in production mode/);
        }
        assert.ok(!existsSync(database), 'no database was made');
        const {code, out} = logis(['seed', '--database', `sqlite:${database}`], {LOGIS_MODE: 'production', LOGIS_FILES: folder});
        assert.equal(code, 1);
        assert.match(out, /refused in production mode/);
    } finally {
        rmSync(folder, {recursive: true, force: true});
    }
});

test('sans réglage, c’est une production : elle dit ce qui lui manque, et rien n’est ouvert', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logis-essai-'));
    const database = join(folder, 'logis.db');
    try {
        for (const command of [['serve', '--port', '0'], ['jobs', 'run'],
            ['compte', 'creer', '--email', 'a@b.fr', '--nom', 'A', '--prenom', 'B', '--role', 'super_admin']]) {
            const {code, out} = logis([...command, '--database', `sqlite:${database}`],
                {LOGIS_MODE: undefined, LOGIS_PUBLIC_URL: undefined, LOGIS_FILES: folder});
            assert.equal(code, 1, out);
            for (const key of ['serveur.url_publique', 'operateur.nom', 'operateur.contact', 'courriel.expediteur', 'LOGIS_MODE=demo'])
                assert.ok(out.includes(key), out);
        }
        assert.ok(!existsSync(database), 'no database was made');
    } finally {
        rmSync(folder, {recursive: true, force: true});
    }
});

test('une variable mal écrite arrête le programme en nommant la bonne', () => {
    const {code, out} = logis(['migrate'], {LOGIS_DATABSE: 'sqlite:/nulle/part.db'});
    assert.equal(code, 1);
    assert.match(out, /unknown variable 'LOGIS_DATABSE'; the closest one is 'LOGIS_DATABASE'/);
});

test('une valeur impossible est nommée avec ce qui était attendu', () => {
    const {code, out} = logis(['migrate'], {LOGIS_UPLOAD_PACE: 'vite'});
    assert.equal(code, 1);
    assert.match(out, /'fichiers\.debit_minimal' cannot be 'vite': expected a number from 1 to 1000000/);
});
