// The servers of a measure: logis on either engine, PostgreSQL with its durable defaults, nginx; and what they cost.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';

export const root = new URL('..', import.meta.url).pathname;
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']));
const pgBin = '/usr/lib/postgresql/15/bin';

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
};

export function freePort() {
    return new Promise((done) => {
        const probe = createServer().listen(0, '127.0.0.1', () => {
            const {port} = probe.address();
            probe.close(() => done(port));
        });
    });
}

/**
 * CPU time in ms used so far by these processes and by their children that have ended: to the nanosecond for the
 * threads that live, by hundredths of a second for the children.
 */
export function cpuOf(pids) {
    let ms = 0;
    for (const pid of pids) {
        try {
            for (const thread of readdirSync(`/proc/${pid}/task`))
                ms += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
            const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
            const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
            ms += ((Number(fields[13]) + Number(fields[14])) * 1000) / ticksPerSecond;
        } catch { /* it has ended: its parent counts it */ }
    }
    return ms;
}

/** A process and all its descendants. */
export function treeOf(pid) {
    const children = new Map();
    for (const name of readdirSync('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        try {
            const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
            const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
            children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
        } catch { /* ended meanwhile */ }
    }
    const all = [pid];
    for (let i = 0; i < all.length; ++i) all.push(...(children.get(all[i]) ?? []));
    return all;
}

/** Resident memory of a process, peak, in MB. */
export function peakMemory(pid) {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** A PostgreSQL 15 of its own, durable: fsync, synchronous_commit and full_page_writes stay on. */
export async function startPostgres(directory) {
    const asServer = (program, ...args) => execFileSync('runuser', ['-u', 'postgres', '--', join(pgBin, program), ...args],
        {cwd: '/', stdio: ['ignore', 'ignore', 'inherit']});
    const port = await freePort();
    if (!existsSync(join(directory, 'data'))) {
        mkdirSync(directory, {recursive: true});
        execFileSync('chown', ['postgres:', directory]);
        asServer('initdb', '-D', join(directory, 'data'), '-U', 'logis', '-A', 'trust', '--encoding=UTF8',
            '--locale=C.UTF-8');
        writeFileSync(join(directory, 'data/postgresql.auto.conf'),
            'shared_buffers = 512MB\nmax_connections = 100\nmax_wal_size = 4GB\nlogging_collector = off\n');
    }
    rmSync(join(directory, 'data/postmaster.pid'), {force: true});
    const log = join(directory, 'log');
    asServer('pg_ctl', '-D', join(directory, 'data'), '-s', '-w', '-t', '120', '-l', log, '-o',
        `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${directory}`, 'start');
    const pid = Number(readFileSync(join(directory, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
    const url = `postgresql://logis@127.0.0.1:${port}/postgres`;
    return {
        url, log, port, pids: () => treeOf(pid),
        psql: (sql) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', url], {input: sql, maxBuffer: 1 << 28}).toString(),
        stop: () => asServer('pg_ctl', '-D', join(directory, 'data'), '-s', '-m', 'fast', '-w', 'stop'),
    };
}

/** `logis serve` on this database. */
export async function startLogis({binary, database, directory, environment = {}}) {
    const port = await freePort();
    const env = {...process.env, LOGIS_MODE: 'test', LOGIS_PUBLIC_URL: `http://127.0.0.1:${port}`,
        LOGIS_FILES: join(directory, 'fichiers'), LOGIS_JOBS: 'false', LOGIS_LOG: 'error',
        LOGIS_TRUSTED_PROXIES: '127.0.0.1', ...environment};
    const child = spawn(binary, ['serve', '--port', String(port), '--database', database],
        {cwd: root, env, stdio: ['ignore', 'pipe', 'inherit']});
    await new Promise((done, failed) => {
        child.stdout.on('data', (text) => { if (String(text).includes('http')) done(); });
        child.once('exit', (code) => failed(new Error(`logis serve ended with ${code}`)));
    });
    return {
        port, pid: child.pid, pids: () => treeOf(child.pid),
        stop: () => new Promise((done) => { child.once('exit', done); child.kill('SIGTERM'); }),
    };
}

/** nginx serving one file of this size: what a request costs when nothing is computed. */
export async function startNginx(directory, bytes) {
    const port = await freePort();
    mkdirSync(join(directory, 'html'), {recursive: true});
    writeFileSync(join(directory, 'html/page.html'), 'x'.repeat(bytes));
    const conf = join(directory, 'nginx.conf');
    writeFileSync(conf, `worker_processes 1; daemon off; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
user root; events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path ${directory}/b; proxy_temp_path ${directory}/p;
fastcgi_temp_path ${directory}/f; uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
server { listen 127.0.0.1:${port}; root ${directory}/html; } }\n`);
    const child = spawn('nginx', ['-c', conf], {stdio: 'inherit'});
    await pause(500);
    return {port, pids: () => treeOf(child.pid), stop: () => new Promise((done) => { child.once('exit', done); child.kill('SIGQUIT'); })};
}
