// The SQL of one page, as PostgreSQL saw it, with its values written in: run directly, it says what the engine alone costs.
import {execFileSync} from 'node:child_process';
import {readFileSync, statSync, writeFileSync} from 'node:fs';

import {cpuOf, pause} from './serveurs.mjs';

/** The statements that `work` makes the server send: an array of SQL texts without parameters. */
export async function captured(postgres, work) {
    const set = (value) => postgres.psql(`ALTER SYSTEM SET log_statement = '${value}';\nSELECT pg_reload_conf();`);
    set('all');
    await pause(500);
    const from = statSync(postgres.log).size;
    await work();
    await pause(300);
    set('none');
    const lines = readFileSync(postgres.log).subarray(from).toString().split('\n');
    const statements = [];
    let current = null;
    for (const line of lines) {
        const begin = /LOG:\s+(?:execute [^:]*|statement): (.*)$/.exec(line);
        const values = /DETAIL:\s+parameters: (.*)$/.exec(line);
        if (begin) statements.push(current = {sql: begin[1], values: ''});
        else if (values && current) current.values = values[1];
        else if (line.startsWith('\t') && current) current[current.values ? 'values' : 'sql'] += `\n${line.slice(1)}`;
        else current = null;
    }
    return statements.map(({sql, values}) => {
        const of = new Map([...values.matchAll(/\$(\d+) = ('(?:[^']|'')*'|NULL)/g)].map((m) => [m[1], m[2]]));
        return sql.replace(/\$(\d+)/g, (_, n) => of.get(n) ?? 'NULL');
    }).filter((sql) => !/pg_reload_conf|ALTER SYSTEM|set_config/.test(sql));
}

const script = (statements, times) => `${statements.filter((s) => /^\s*(SELECT|WITH)/i.test(s)).map((s) => `${s};`).join('\n')}\n`.repeat(times);

/** CPU ms that SQLite's own shell takes to run a script, and changes what it says. */
export function scriptSqlite(file, text, directory, ...flags) {
    const path = `${directory}/direct.sql`;
    writeFileSync(path, text);
    // The shell's builtin prints on the error output, which execFileSync gives only when asked this way.
    const printed = execFileSync('bash', ['-c',
        `TIMEFORMAT='%U %S'; { time sqlite3 ${flags.join(' ')} "${file}" <"${path}" >/dev/null; } 2>&1`]).toString().trim();
    return printed.split(/\s+/).map((s) => Number(s.replace(',', '.'))).reduce((a, b) => a + b) * 1000;
}

/** CPU ms that PostgreSQL takes to run a script through one connection. */
export function scriptPostgres(postgres, text) {
    const before = cpuOf(postgres.pids());
    postgres.psql(text);
    // What the session's own process spent is the postmaster's once it has reaped it, a moment after the client is gone.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    return cpuOf(postgres.pids()) - before;
}

/** CPU ms that the reads of a page cost SQLite's own shell; nothing when one of them is in words of PostgreSQL. */
export function directSqlite(file, statements, times, directory) {
    const timed = (text) => scriptSqlite(file, text, directory, '-readonly', '-bail');
    try {
        return (timed(script(statements, times)) - timed('SELECT 1;')) / times;
    } catch (refused) {
        if (refused.status === 1) return undefined;
        throw refused;
    }
}

/** CPU ms that the same reads cost PostgreSQL, through one connection. */
export function directPostgres(postgres, statements, times) {
    postgres.psql(script(statements, 5));
    return scriptPostgres(postgres, script(statements, times)) / times;
}
