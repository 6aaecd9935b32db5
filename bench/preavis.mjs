// What the notices of a day cost, and how that grows with the stock of demandes: bench/run --preavis 30000,300000,3000000. The
// same task as every ten minutes in production, run as its own process, day after day.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {cpuOf, pause, root, startPostgres, treeOf} from './serveurs.mjs';

const start = Date.parse('2026-11-02T06:00:00Z');
const enough = 1500; // notices measured, over as many days as it takes
const tables = ['demande', 'demande_version', 'demande_personne', 'demande_souhait', 'preavis', 'lot_courrier', 'journal', 'vivier',
    'courriel'];

/** One command to its end: {seconds, cpu and engine in ms, memory in MB, out}. */
async function command(binary, args, env, postgres) {
    const before = postgres ? cpuOf(postgres.pids()) : 0;
    const at = performance.now();
    // bash counts the children that have ended; the memory is asked while they live.
    const child = spawn('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', binary, ...args],
        {cwd: root, env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']});
    let out = '', said = '', memory = 0;
    child.stdout.on('data', (text) => { out += text; });
    child.stderr.on('data', (text) => { said += text; });
    const watch = setInterval(() => {
        for (const pid of treeOf(child.pid).slice(1)) {
            try {
                memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
            } catch { /* it has ended */ }
        }
    }, 100);
    const code = await new Promise((done) => child.once('close', done));
    clearInterval(watch);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code}\n${said}`);
    const cpu = said.trim().split('\n').at(-1).split(/\s+/).map((s) => Number(s.replace(',', '.'))).reduce((a, b) => a + b) * 1000;
    return {seconds: (performance.now() - at) / 1000, cpu, engine: postgres ? cpuOf(postgres.pids()) - before : 0, memory, out};
}

async function measure({binary, directory, name, size, postgres, log}) {
    const place = join(directory, `preavis-${name}-${size}`);
    mkdirSync(place, {recursive: true});
    const file = join(place, 'logis.db');
    const base = `preavis_${size}`;
    const psql = (sql, database = base) => execFileSync('psql',
        ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', postgres.url.replace(/[^/]*$/, database)], {input: sql}).toString();
    const database = name === 'sqlite' ? `sqlite:${file}` : postgres.url.replace(/[^/]*$/, base);
    const env = {LOGIS_MODE: 'test', LOGIS_FILES: join(place, 'fichiers'), LOGIS_LOG: 'error'};
    const out = {demandes: size};
    if (!existsSync(join(place, 'charge'))) {
        if (name === 'postgresql') {
            psql(`DROP DATABASE IF EXISTS ${base};`, 'postgres');
            psql(`CREATE DATABASE ${base};`, 'postgres');
        }
        const loading = await command(binary, ['seed', '--database', database, '--photos', 'aucune', '--volume', `demandes=${size}`,
            '--now', new Date(start).toISOString()], env, postgres);
        out.chargement_s = loading.seconds;
        out.chargement_mo = loading.memory;
        if (name === 'postgresql') psql('VACUUM ANALYZE;');
        writeFileSync(join(place, 'charge'), '');
        log(`  chargement de ${size} demandes : ${loading.seconds.toFixed(0)} s, ${loading.memory.toFixed(0)} Mo`);
    }
    const sql = (text) => (name === 'sqlite' ? execFileSync('sqlite3', [file, text]).toString() : psql(text)).trim();
    // By an index: what this measure reads itself must not count among the tables read whole.
    const count = (what) => Number(sql(`${name === 'sqlite' ? '' : 'SET enable_seqscan = off; '}SELECT COUNT(*) FROM ${what};`));
    const whole = () => (name === 'sqlite' ? 0 : Number(sql(`SELECT SUM(seq_scan) FROM pg_stat_user_tables WHERE relname IN (${
        tables.map((t) => `'${t}'`).join(', ')});`)));
    const run = (task, ms) => command(binary, ['jobs', 'run', '--tache', task, '--database', database, '--now',
        new Date(ms).toISOString()], env, postgres);
    const dayMs = 86_400_000;
    // Begins after the last day that an earlier run of this measure has seen.
    let day = Math.round(((Date.parse(sql("SELECT COALESCE(MAX(prepare_le), '') FROM preavis;")) || start) - start) / dayMs) + 1;
    await run('suivre_les_echeances', start + day * dayMs); // what the loading left for today
    await pause(1500); // PostgreSQL adds its counts a second later
    const scans = whole();
    const sum = {seconds: 0, cpu: 0, engine: 0, memory: 0, notices: 0, mails: 0, days: 0, idle: 0};
    while (sum.notices < enough && sum.days < 40) {
        day += 1;
        const before = [count('preavis'), count('courriel')];
        const done = await run('suivre_les_echeances', start + day * dayMs);
        const idle = await run('suivre_les_echeances', start + day * dayMs + 11 * 60_000); // nothing is left: what starting costs
        sum.seconds += done.seconds - idle.seconds;
        sum.cpu += done.cpu - idle.cpu;
        sum.engine += done.engine - idle.engine;
        sum.idle += idle.cpu + idle.engine;
        sum.memory = Math.max(sum.memory, done.memory);
        sum.notices += count('preavis') - before[0];
        sum.mails += count('courriel') - before[1];
        sum.days += 1;
    }
    await pause(1500);
    const per = 1000 / sum.notices;
    Object.assign(out, {jours: sum.days, preavis: sum.notices, preavis_par_jour: Math.round(sum.notices / sum.days),
        courriels: sum.mails, secondes_pour_1000: sum.seconds * per, cpu_ms_pour_1000: sum.cpu * per,
        cpu_moteur_ms_pour_1000: sum.engine * per, memoire_mo: sum.memory, a_vide_cpu_ms: sum.idle / sum.days});
    // A small table is read whole rather than by its index: said, not judged, under a hundred thousand.
    if (name === 'postgresql') out.lectures_entieres = whole() - scans;
    const figures = await run('relever_les_chiffres', start + (day + 1) * dayMs);
    Object.assign(out, {chiffres_s: figures.seconds, chiffres_cpu_ms: figures.cpu + figures.engine, chiffres_mo: figures.memory});
    out.base_mo = name === 'sqlite' ? statSync(file).size / 1e6 : Number(sql('SELECT pg_database_size(current_database());')) / 1e6;
    log(`  ${String(size).padStart(9)} demandes : ${out.preavis} préavis en ${out.jours} jour(s) (${out.preavis_par_jour} par jour) ; pour 1 000 : ${
        out.secondes_pour_1000.toFixed(2)} s, ${out.cpu_ms_pour_1000.toFixed(0)} ms CPU${
        name === 'sqlite' ? '' : ` et ${out.cpu_moteur_ms_pour_1000.toFixed(0)} de la base, ${out.lectures_entieres} tables lues en entier`} ; ${
        out.memoire_mo.toFixed(0)} Mo ; chiffres de la nuit ${out.chiffres_s.toFixed(1)} s, ${out.chiffres_mo.toFixed(0)} Mo`);
    return out;
}

/** By engine: a row for each size, and how much dearer a notice is in the largest than in the smallest. */
export async function notices({binary, directory, engines, sizes, log, running}) {
    const results = {};
    for (const name of engines) {
        log(`${name}, préavis`);
        const postgres = name === 'postgresql' ? await startPostgres(join(directory, 'pg')) : null;
        if (postgres) running.add(postgres.stop);
        const rows = [];
        for (const size of sizes) rows.push(await measure({binary, directory, name, size, postgres, log}));
        if (postgres) { running.delete(postgres.stop); postgres.stop(); }
        const cost = (row) => row.cpu_ms_pour_1000 + row.cpu_moteur_ms_pour_1000;
        results[name] = {lignes: rows, croissance: cost(rows.at(-1)) / cost(rows[0])};
        log(`  de ${sizes[0]} à ${sizes.at(-1)} demandes, un préavis coûte × ${results[name].croissance.toFixed(2)}`);
    }
    return results;
}
