// Measures the product against its neighbours, in one run: `bench/run`. See docs/mesures.md for what the rows mean.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';

import {apart, load, send} from './charge.mjs';
import {notices} from './preavis.mjs';
import {captured, directPostgres, directSqlite, scriptPostgres, scriptSqlite} from './requetes.mjs';
import {cpuOf, median, pause, peakMemory, root, startLogis, startNginx, startPostgres} from './serveurs.mjs';
import {copies, deposants, draft, Visitor} from './visiteur.mjs';

const {values: options} = parseArgs({options: {
    signalements: {type: 'string', default: '100000'},
    suivis: {type: 'string', default: '1000000'},
    moteurs: {type: 'string', default: 'sqlite,postgresql'},
    secondes: {type: 'string', default: '8'},
    tours: {type: 'string', default: '3'},
    binaire: {type: 'string', default: 'build/logis'},
    dossier: {type: 'string', default: 'var/bench'},
    depots: {type: 'string', default: '600'},
    seulement: {type: 'string', default: 'pages,transport,depots,connexions,photos'},
    preavis: {type: 'string', default: ''}, // numbers of demandes: measures their notices, and nothing else
}});
const binary = resolve(root, options.binaire);
const directory = resolve(root, options.dossier);
const seconds = Number(options.secondes);
const rounds = Number(options.tours);
mkdirSync(directory, {recursive: true});

const results = {date: new Date().toISOString(), processeur: cpus()[0].model, coeurs: cpus().length,
    version: execFileSync(binary, ['--version']).toString().trim(),
    signalements: Number(options.signalements), suivis: Number(options.suivis), moteurs: {}};
const running = new Set();
const log = (text) => process.stderr.write(`${text}\n`);

/** The median of `rounds` measures, field by field. */
async function repeated(measure) {
    const all = [];
    for (let i = 0; i < rounds; ++i) all.push(await measure(i));
    return Object.fromEntries(Object.keys(all[0]).map((key) => [key,
        typeof all[0][key] === 'number' ? median(all.map((m) => m[key])) : all[0][key]]));
}

function seed(database, marker) {
    const wanted = `signalements=${options.signalements},suivis=${options.suivis}`;
    if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return null;
    log(`  chargement : ${wanted}`);
    const start = performance.now();
    execFileSync(binary, ['seed', '--database', database, '--photos', join(root, 'demo/photos'), '--volume', wanted],
        {cwd: root, stdio: ['ignore', 'ignore', 'inherit'],
            env: {...process.env, LOGIS_MODE: 'test', LOGIS_FILES: join(directory, 'fichiers')}});
    writeFileSync(marker, wanted);
    return (performance.now() - start) / 1000;
}

/** The report with the most ordinary follow-up: about twenty entries. */
const reportSql = `SELECT s.id FROM signalement s JOIN suivi y ON y.signalement = s.id WHERE s.territoire = '76'
    AND s.statut = 'en_cours' GROUP BY s.id HAVING COUNT(*) BETWEEN 18 AND 22 ORDER BY s.id LIMIT 1;`;

async function pages(name, engine) {
    const {server, costs} = engine;
    const national = new Visitor(server.port);
    await national.login('camille.lefort@demo.logis.example');
    const territory = new Visitor(server.port);
    await territory.login('responsable.59@volume.logis.example');
    const report = engine.sql(reportSql).trim();
    const list = await territory.get('/signalements');
    const next = /href="(\/signalements\?[^"]*apres[^"]*)"/.exec(list.text)?.[1]?.replaceAll('&amp;', '&');
    const cases = [
        ['accueil', 'page d’accueil', null, '/'],
        ['statique', 'fichier statique', null, /href="(\/[^"]+\.css)"/.exec(list.text)[1]],
        ['liste_territoire', 'liste de 25, un territoire', territory, '/signalements'],
        ['liste_suite', 'liste de 25, page suivante', territory, next],
        ['liste_filtre', 'liste de 25, filtrée par état', territory, '/signalements?statut=en_cours'],
        ['liste_france', 'liste de 25, toute la France', national, '/signalements'],
        ['liste_recherche', 'liste, recherche « moreau lille »', territory, '/signalements?q=moreau+lille'],
        ['signalement', 'un signalement, 20 suivis', national, `/signalements/${report}`],
        // The copy that the statistics are counted on fills as the server starts; after this, memory holds it too.
        ['statistiques', 'statistiques d’un territoire', territory, '/statistiques'],
        ['statistiques_france', 'statistiques de la France', national, '/statistiques'],
    ];
    const slow = new Set(['liste_recherche', 'statistiques', 'statistiques_france']);
    const out = {};
    for (const [key, label, who, path] of cases) {
        if (!path) { log(`  ${label} : page absente`); continue; }
        const headers = who?.headers() ?? {};
        const first = await send({port: server.port, path, headers});
        if (first.status !== 200) throw new Error(`${path}: ${first.status}`);
        const rate = slow.has(key) ? 10 : 100;
        const row = await repeated(() => load({rate, seconds: seconds / 2, pids: costs, next: () => ({port: server.port, path, headers})}));
        if (row.wrong) throw new Error(`${path}: ${row.wrong} wrong answers`);
        const nginx = await startNginx(directory, first.body.length);
        // At the same rate: a server that is woken more often spends less on each request.
        row.nginx = (await repeated(() => load({rate, seconds: seconds / 4, pids: nginx.pids,
            next: () => ({port: nginx.port, path: '/page.html'})}))).cpu;
        await nginx.stop();
        if (who) row.sql = engine.direct(await engine.statements(path, who));
        out[key] = {label, ...row};
        log(`  ${label.padEnd(38)} ${row.cpu.toFixed(2)} ms CPU, p50 ${row.p50.toFixed(1)}, p99 ${row.p99.toFixed(1)} ms, ${(row.bytes / 1000).toFixed(0)} ko, nginx ${row.nginx.toFixed(2)}${row.sql === undefined ? '' : `, SQL seul ${row.sql.toFixed(2)}`}`);
    }
    return out;
}

/** What the transport alone costs: a file in memory, asked for a thousand times a second, beside nginx at the same rate. */
async function core(engine) {
    const {server} = engine;
    const home = new Visitor(server.port);
    const path = /href="(\/[^"]+\.css)"/.exec((await home.get('/')).text)[1];
    const {body} = await send({port: server.port, path});
    const nginx = await startNginx(directory, body.length);
    const ours = () => load({rate: 1000, seconds: seconds / 2, pids: server.pids, next: () => ({port: server.port, path})});
    const theirs = () => load({rate: 1000, seconds: seconds / 2, pids: nginx.pids, next: () => ({port: nginx.port, path: '/page.html'})});
    const pairs = [];
    for (let i = 0; i < rounds; ++i) pairs.push([await ours(), await theirs()]);
    await nginx.stop();
    const out = {cpu: median(pairs.map(([a]) => a.cpu)), nginx: median(pairs.map(([, b]) => b.cpu)),
        p99: median(pairs.map(([a]) => a.p99)), wrong: pairs.reduce((n, [a, b]) => n + a.wrong + b.wrong, 0), bytes: body.length};
    if (out.wrong) throw new Error(`core: ${out.wrong} wrong answers`);
    log(`  transport, 1 000 fichiers par seconde  ${out.cpu.toFixed(3)} ms CPU, nginx ${out.nginx.toFixed(3)} (× ${(out.cpu / out.nginx).toFixed(1)})`);
    return out;
}

const form = (visitor, fields) => new URLSearchParams({csrf: visitor.csrf, ...fields}).toString();

/** Drafts filled as a person would, then sent at a fixed rate. */
async function deposits(engine, label, deposant, address) {
    const {server, costs} = engine;
    const count = Number(options.depots);
    const visitor = new Visitor(server.port, address);
    const token = await draft(visitor, 'mesure@volume.logis.example', deposant);
    const out = await repeated(async (round) => {
        const batch = copies(token, count);
        engine.sql(batch.sql);
        const rate = 60;
        return load({rate, seconds: count / rate, pids: costs, expected: [303], next: (i) => ({port: server.port, method: 'POST',
            path: `/signaler/${batch.tokens[i]}/envoi`, body: form(visitor, {visite_acceptee: 'oui',
                bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'}),
            headers: {...visitor.headers(), 'content-type': 'application/x-www-form-urlencoded',
                'x-forwarded-for': `10.${round}.${i >> 8}.${i & 255}`}})});
    });
    ({perSecond: out.raw, cpu: out.rawCpu} = engine.rawCommits());
    // As fast as it goes: senders that each wait for their answer. One is what the raw writer is, eight is a crowd.
    const asFastAs = async (senders, subnet) => {
        const batch = copies(token, count);
        engine.sql(batch.sql);
        const start = performance.now();
        let at = 0;
        await Promise.all(Array.from({length: senders}, async () => {
            while (at < count) {
                const i = at++;
                const answer = await send({port: server.port, method: 'POST', path: `/signaler/${batch.tokens[i]}/envoi`,
                    body: form(visitor, {visite_acceptee: 'oui', bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'}),
                    headers: {...visitor.headers(), 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': `10.${subnet}.${i >> 8}.${i & 255}`}});
                if (answer.status !== 303) ++out.wrong;
            }
        }));
        return (count * 1000) / (performance.now() - start);
    };
    out.one = await asFastAs(1, 201);
    out.fastest = await asFastAs(8, 200);
    if (out.wrong > 0) throw new Error(`${out.wrong} dépôts refusés : la mesure ne vaut rien`);
    log(`  ${label.padEnd(38)} ${out.cpu.toFixed(2)} ms CPU, p50 ${out.p50.toFixed(1)}, p99 ${out.p99.toFixed(1)} ms ; au plus vite ${out.fastest.toFixed(0)}/s (${out.one.toFixed(0)} par un seul), moteur seul ${out.raw.toFixed(0)}/s et ${out.rawCpu.toFixed(2)} ms ; ${out.wrong} refus`);
    return out;
}

/** Other pages while fifty people a second log in. The median of all rounds: one p99 hangs on a handful of answers. */
async function loginFlood(engine) {
    const {server} = engine;
    const path = '/signaler';
    const anonymous = new Visitor(server.port);
    await anonymous.get('/connexion');
    const out = await repeated(async (round) => {
        const calm = await load({rate: 100, seconds, next: () => ({port: server.port, path})});
        let flood = true;
        const logins = (async () => {
            const pending = [];
            for (let i = 0; flood; ++i) {
                pending.push(send({port: server.port, method: 'POST', path: '/connexion', through: apart,
                    body: form(anonymous, {email: `inconnu${round}-${i}@volume.logis.example`, mot_de_passe: 'x'.repeat(12)}),
                    headers: {...anonymous.headers(), 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': `10.${90 + round}.${i >> 8 & 255}.${i & 255}`}})
                    .then((a) => a.status, () => 0));
                await pause(20);
            }
            return Promise.all(pending);
        })();
        const busy = await load({rate: 100, seconds, next: () => ({port: server.port, path})});
        flood = false;
        const statuses = await logins;
        return {calm: calm.p99, busy: busy.p99, ratio: busy.p99 / calm.p99, answered: statuses.filter((s) => s > 0).length, sent: statuses.length};
    });
    log(`  50 connexions par seconde              p99 des autres pages ${out.calm.toFixed(1)} → ${out.busy.toFixed(1)} ms (× ${out.ratio.toFixed(1)})`);
    return out;
}

/** A multipart body with these files. */
function multipart(visitor, files) {
    const mark = 'mesure-logis-0123456789';
    const parts = [Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${visitor.csrf}\r\n`)];
    files.forEach((data, i) => parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="fichiers"; filename="photo-${i}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`), data, Buffer.from('\r\n')));
    parts.push(Buffer.from(`--${mark}--\r\n`));
    return {type: `multipart/form-data; boundary=${mark}`, body: Buffer.concat(parts)};
}

/** A demo of its own whose tasks run: what is due on a hundred thousand reports must not be counted with a photo. */
async function withTasks(name, postgres, work) {
    const place = join(directory, name, 'photos');
    rmSync(place, {recursive: true, force: true});
    mkdirSync(place, {recursive: true});
    let database = `sqlite:${join(place, 'logis.db')}`;
    if (name === 'postgresql') {
        postgres.psql('DROP DATABASE IF EXISTS photos;');
        postgres.psql('CREATE DATABASE photos;');
        database = postgres.url.replace(/[^/]*$/, 'photos');
    }
    execFileSync(binary, ['seed', '--database', database], {cwd: root, stdio: ['ignore', 'ignore', 'inherit'],
        env: {...process.env, LOGIS_MODE: 'test', LOGIS_FILES: join(place, 'fichiers')}});
    const server = await startLogis({binary, database, directory: place, environment: {LOGIS_JOBS: 'true'}});
    const kill = () => process.kill(server.pid, 'SIGKILL');
    running.add(kill);
    await pause(15_000); // the pictures of the demo are prepared first
    await work({server, costs: () => (name === 'postgresql' ? [...server.pids(), ...postgres.pids()] : server.pids())});
    await server.stop();
    running.delete(kill);
}

/**
 * Photos sent to a draft: CPU until everything is done, thumbnails included, and how long the person waits for the
 * answer. What the tasks cost meanwhile for nothing is measured just before, and taken away.
 */
async function photos(engine, width, height, count) {
    const {server, costs} = engine;
    const visitor = new Visitor(server.port, `127.7.7.${count}`);
    const token = await draft(visitor, 'mesure@volume.logis.example');
    const make = (seed) => {
        const path = join(directory, `photo-${width}-${seed}.jpg`);
        if (!existsSync(path))
            execFileSync('vips', ['gaussnoise', `${path}.v`, String(width), String(height), '--mean', '128', '--sigma', '12', '--seed', String(seed)]),
            execFileSync('vips', ['jpegsave', `${path}.v`, path, '--Q', '85']), execFileSync('rm', [`${path}.v`]);
        return readFileSync(path);
    };
    let seedNumber = 0;
    const out = await repeated(async () => {
        const files = Array.from({length: count}, () => make(++seedNumber));
        const {type, body} = multipart(visitor, files);
        await pause(500);
        const calm = cpuOf(costs());
        await pause(6000);
        const idle = cpuOf(costs()) - calm;
        const before = cpuOf(costs());
        const start = performance.now();
        const answer = await send({port: server.port, method: 'POST', path: `/signaler/${token}/fichiers/ajout`, body,
            headers: {...visitor.headers(), 'content-type': type}});
        const waited = performance.now() - start;
        if (answer.status !== 303) throw new Error(`photos: ${answer.status}`);
        await pause(6000 - waited);
        return {cpu: cpuOf(costs()) - before - idle, wait: waited, bytes: body.length};
    });
    log(`  ${count} photo(s) de ${(width * height / 1e6).toFixed(0)} Mpx                    ${out.cpu.toFixed(0)} ms CPU, réponse en ${out.wait.toFixed(0)} ms, ${(out.bytes / 1e6).toFixed(1)} Mo`);
    return out;
}

/** What a deposit writes, written again by the engine alone: one durable transaction each. */
const copyOf = (columns, table, key, suffix, changed) => `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns
    .map((c) => (changed.includes(c) ? `${c} || '${suffix}'` : c)).join(', ')} FROM ${table} WHERE ${key};`;
const written = [
    ['signalement', (id) => `id = '${id}'`, ['id', 'reference', 'jeton_suivi', 'jeton_occupant', 'cle_idempotence']],
    ['signalement_desordre', (id) => `signalement = '${id}'`, ['signalement']],
    ['signalement_qualification', (id) => `signalement = '${id}'`, ['signalement']],
    ['journal', (id) => `objet_type = 'signalement' AND objet_id = '${id}'`, ['id', 'objet_id']],
    ['courriel', (id) => `objet_type = 'signalement' AND objet_id = '${id}'`, ['id', 'objet_id', 'cle']],
];

async function measure(name) {
    log(`${name}`);
    mkdirSync(join(directory, name), {recursive: true});
    const postgres = name === 'postgresql' || options.moteurs.includes('postgresql')
        ? await startPostgres(join(directory, 'pg')) : null;
    if (postgres) running.add(postgres.stop);
    const file = join(directory, name, 'logis.db');
    const database = name === 'sqlite' ? `sqlite:${file}` : postgres.url;
    const out = {chargement_s: seed(database, join(directory, name, 'charge'))};
    if (name === 'postgresql') postgres.psql('VACUUM ANALYZE;');
    const server = await startLogis({binary, database, directory: join(directory, name)});
    const sqlite = (sql) => execFileSync('sqlite3', [file], {input: `.timeout 10000\n${sql}`, maxBuffer: 1 << 28}).toString();
    const engine = {
        server,
        costs: () => (name === 'postgresql' ? [...server.pids(), ...postgres.pids()] : server.pids()),
        sql: name === 'sqlite' ? sqlite : postgres.psql,
        statements: async (path, who) => {
            const key = `${path}`;
            known[key] ??= name === 'postgresql' ? await captured(postgres, () => who.get(path)) : undefined;
            return known[key];
        },
        direct: (statements) => statements === undefined ? undefined
            : name === 'sqlite' ? directSqlite(file, statements, 100, directory) : directPostgres(postgres, statements, 100),
        rawCommits: () => {
            const id = engine.sql(`SELECT id FROM signalement WHERE cle_idempotence NOT LIKE 'volume-%' ORDER BY depose_le DESC, id DESC LIMIT 1;`).trim();
            const columnsOf = (table) => (name === 'sqlite' ? engine.sql(`SELECT name FROM pragma_table_info('${table}');`)
                : engine.sql(`SELECT column_name FROM information_schema.columns WHERE table_name = '${table}' AND table_schema = 'public';`)).trim().split('\n');
            const columns = new Map(written.map(([table]) => [table, columnsOf(table)]));
            const transaction = (n) => `BEGIN;\n${written.map(([table, key, changed]) => copyOf(columns.get(table), table, key(id), `-m${n}`, changed)).join('\n')}\nCOMMIT;\n`;
            const count = 400;
            const mark = Date.now().toString(36);
            const text = `${name === 'sqlite' ? 'PRAGMA synchronous = FULL;\n' : ''}${Array.from({length: count}, (_, i) => transaction(`${mark}${i}`)).join('')}`;
            const start = performance.now();
            const cpu = name === 'sqlite' ? scriptSqlite(file, text, directory) : scriptPostgres(postgres, text);
            return {perSecond: (count * 1000) / (performance.now() - start), cpu: cpu / count};
        },
    };
    const wanted = new Set(options.seulement.split(','));
    if (wanted.has('pages')) out.pages = await pages(name, engine);
    if (wanted.has('transport')) out.transport = await core(engine);
    if (wanted.has('depots')) {
        out.depot = await deposits(engine, 'dépôt sans photo, le plus lourd', deposants.mairie, '127.7.7.7');
        out.depot_ordinaire = await deposits(engine, 'dépôt sans photo, travailleur social', deposants.travailleurSocial, '127.7.7.8');
    }
    if (wanted.has('connexions')) out.connexions = await loginFlood(engine);
    out.memoire_mo = peakMemory(server.pid);
    log(`  mémoire résidente, au plus             ${out.memoire_mo.toFixed(0)} Mo`);
    await server.stop();
    if (wanted.has('photos')) await withTasks(name, postgres, async (own) => {
        out.photos_2mp = await photos(own, 1633, 1225, 2);
        out.photo_12mp = await photos(own, 4000, 3000, 1);
    });
    if (postgres) { running.delete(postgres.stop); postgres.stop(); }
    if (name === 'sqlite') out.base_mo = statSync(file).size / 1e6;
    return out;
}

// Nothing that was started outlives the measure, however it ends.
process.on('exit', () => { for (const stop of running) try { stop(); } catch { /* it has stopped already */ } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// PostgreSQL first: its log gives the SQL of each page, which SQLite then runs too.
const known = {};
const engines = options.moteurs.split(',').sort();
if (options.preavis)
    results.preavis = await notices({binary, directory, engines, sizes: options.preavis.split(',').map(Number), log, running});
else
    for (const name of engines) results.moteurs[name] = await measure(name);
const target = join(directory, `resultats-${results.date.replace(/[:.]/g, '-')}.json`);
writeFileSync(target, `${JSON.stringify(results, null, 2)}\n`);
log(`\n${target}`);
