// The real binary under test: started on a database of its own, killed, started again. Knows no page.
// Needs LOGIS_BINARY (default build/logis); LOGIS_TEST_POSTGRES names the server for the second engine.
// ENGINE_UNDER_TEST: the engine of a platform whose test does not say.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = resolve(root, process.env.LOGIS_BINARY ?? 'build/logis');

/** SQLite, and PostgreSQL when there is a server to make databases on. */
export function engines() {
    if (process.env.LOGIS_TEST_POSTGRES) return ['sqlite', 'postgresql'];
    console.log('skipped: PostgreSQL (LOGIS_TEST_POSTGRES is not set)');
    return ['sqlite'];
}

if (!existsSync(binary)) throw new Error(`${binary} is missing: bin/build, or LOGIS_BINARY=…`);

export const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/** Runs a command of the binary; gives {code, out}. */
export function logis(args, env = {}) {
    const {status, stdout, stderr} = spawnSync(binary, args, {cwd: root, env: {...process.env, ...env}, encoding: 'utf8'});
    return {code: status, out: stdout + stderr};
}

let made = 0;
function freshDatabase(engine, folder) {
    if (engine === 'sqlite') return `sqlite:${join(folder, 'logis.db')}`;
    const url = new URL(process.env.LOGIS_TEST_POSTGRES);
    const name = `essai_${process.pid}_${++made}`;
    const {status, stderr} = spawnSync('psql', [url.href, '-qc', `CREATE DATABASE ${name}`], {encoding: 'utf8'});
    if (status !== 0) throw new Error(stderr);
    url.pathname = `/${name}`;
    return url.href;
}

/** One platform: a folder, a database, and the processes that serve it one after the other. */
export class Platform {
    /** Options: engine, seed (the demo story), photos (the story's: seconds of work), env (settings), args (of serve). */
    constructor({engine = process.env.ENGINE_UNDER_TEST ?? 'sqlite', seed = true, photos = true, env = {}, args = []} = {}) {
        this.folder = mkdtempSync(join(tmpdir(), 'logis-essai-'));
        this.database = freshDatabase(engine, this.folder);
        this.env = {LOGIS_MODE: 'test', LOGIS_FILES: join(this.folder, 'fichiers'), LOGIS_SMTP: '', LOGIS_JOBS: 'false',
            LOGIS_LOG: 'warning', ...env};
        this.args = args;
        this.log = '';
        const {code, out} = logis([...(seed ? ['seed', ...(photos ? [] : ['--photos', 'aucune'])] : ['migrate']), '--database', this.database],
            this.env);
        if (code !== 0) throw new Error(`the database could not be prepared:\n${out}`);
    }

    /** Serves until stop() or kill(). Resolves once the port is known; gives this. */
    async start() {
        const child = spawn(binary, ['serve', '--port', '0', '--database', this.database, ...this.args],
            {cwd: root, env: {...process.env, ...this.env}, stdio: ['ignore', 'pipe', 'pipe']});
        this.child = child;
        this.ended = new Promise(done => child.on('exit', (code, signal) => done(code ?? signal)));
        child.stderr.on('data', piece => (this.log += piece));
        await new Promise((done, fail) => {
            let out = '';
            child.stdout.on('data', piece => {
                this.log += piece;
                out += piece;
                const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(out);
                if (found) {
                    this.port = Number(found[1]);
                    this.url = found[0];
                    done();
                }
            });
            this.ended.then(code => fail(new Error(`the server ended with ${code}:\n${this.log.slice(-4000)}`)));
        });
        return this;
    }

    /** The only value that a query gives, as text. Not through the binary: what is really in the database. */
    sql(query) {
        const sqlite = this.database.startsWith('sqlite:');
        const {status, stdout, stderr} = sqlite
            ? spawnSync('sqlite3', [this.database.slice(7), query], {encoding: 'utf8'})
            : spawnSync('psql', [this.database, '-qAtc', query], {encoding: 'utf8'});
        if (status !== 0) throw new Error(stderr);
        return stdout.trim();
    }

    /** Megabytes of memory that only this process can give back (files that it maps are the system's to drop). */
    memory() {
        const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
        return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)[1]) / 1024;
    }

    /** Asks it to stop, as systemd does; gives its exit code. */
    async stop() {
        if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
        return this.ended;
    }

    /** Ends it without a word, as a power cut would. */
    async kill() {
        this.child.kill('SIGKILL');
        return this.ended;
    }

    async remove() {
        if (this.child) await this.kill();
        rmSync(this.folder, {recursive: true, force: true});
    }
}
