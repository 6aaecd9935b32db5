// The figures of one run as a table to publish: node bench/tableau.mjs var/bench/resultats-….json
import {readFileSync} from 'node:fs';

const {moteurs, ...run} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const engines = Object.keys(moteurs).sort().reverse(); // SQLite, PostgreSQL
const french = (value, digits) => (value === undefined ? '–' : value.toFixed(digits).replace('.', ',').replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f'));
const names = {sqlite: 'SQLite', postgresql: 'PostgreSQL'};

function table(title, columns, rows) {
    console.log(`\n${title}\n\n| ${columns.join(' | ')} |\n|${columns.map((_, i) => (i ? '---:' : '---')).join('|')}|`);
    for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

console.log(`${run.date}, ${run.coeurs} × ${run.processeur}, Logis ${run.version}${engines.length ? `, ${french(run.signalements, 0)} signalements, ${french(run.suivis, 0)} suivis` : ''}.`);
for (const name of engines) {
    const m = moteurs[name];
    table(`**${names[name]}**, mémoire au plus : ${french(m.memoire_mo, 0)} Mo.`,
        ['page', 'processeur (ms)', 'p50 (ms)', 'p99 (ms)', 'taille (ko)', '× nginx', '× SQL seul'],
        Object.values(m.pages).map((p) => [p.label, french(p.cpu, 2), french(p.p50, 1), french(p.p99, 1),
            french(p.bytes / 1000, 0), french(p.cpu / p.nginx, 0), p.sql ? french(p.cpu / p.sql, 1) : '–']));
}
const depot = (label, key) => [
    [`${label} : processeur (ms)`, ...engines.map((e) => french(moteurs[e][key].cpu, 2))],
    ['– les mêmes lignes par le moteur seul, processeur (ms)', ...engines.map((e) => french(moteurs[e][key].rawCpu, 2))],
    ['– p50 et p99 (ms)', ...engines.map((e) => `${french(moteurs[e][key].p50, 1)} et ${french(moteurs[e][key].p99, 1)}`)],
    ['– par seconde, un seul envoi à la fois', ...engines.map((e) => french(moteurs[e][key].one, 0))],
    ['– par seconde, huit à la fois', ...engines.map((e) => french(moteurs[e][key].fastest, 0))],
    ['– les mêmes lignes par le moteur seul, par seconde', ...engines.map((e) => french(moteurs[e][key].raw, 0))],
    ['– rapport au moteur seul : un seul, huit', ...engines.map((e) => `${french((100 * moteurs[e][key].one) / moteurs[e][key].raw, 0)} % et ${french((100 * moteurs[e][key].fastest) / moteurs[e][key].raw, 0)} %`)],
];
for (const [name, {lignes, croissance}] of Object.entries(run.preavis ?? {}))
    table(`**${names[name]}, préavis** : du plus petit au plus grand, × ${french(croissance, 2)}.`,
        ['demandes', 'chargement (s)', 'préavis par jour', 'pour 1 000 préavis (s)', 'processeur (ms)', 'de la base (ms)', 'mémoire (Mo)', 'chiffres de la nuit (s)'],
        lignes.map((l) => [french(l.demandes, 0), french(l.chargement_s, 0), french(l.preavis_par_jour, 0), french(l.secondes_pour_1000, 2),
            french(l.cpu_ms_pour_1000, 0), french(l.cpu_moteur_ms_pour_1000, 0), french(l.memoire_mo, 0), french(l.chiffres_s, 1)]));
if (engines.length) table('**Transport et écritures**', ['', ...engines.map((e) => names[e])], [
    ['fichier statique, 1 000 par seconde : processeur (ms)', ...engines.map((e) => french(moteurs[e].transport.cpu, 3))],
    ['– nginx, au même rythme (ms), rapport', ...engines.map((e) => `${french(moteurs[e].transport.nginx, 3)}, × ${french(moteurs[e].transport.cpu / moteurs[e].transport.nginx, 1)}`)],
    ...depot('dépôt le plus lourd', 'depot'),
    ...depot('dépôt d’un travailleur social', 'depot_ordinaire'),
    ['deux photos de 2 Mpx : processeur, réponse (ms)', ...engines.map((e) => `${french(moteurs[e].photos_2mp.cpu, 0)}, ${french(moteurs[e].photos_2mp.wait, 0)}`)],
    ['une photo de 12 Mpx : processeur, réponse (ms)', ...engines.map((e) => `${french(moteurs[e].photo_12mp.cpu, 0)}, ${french(moteurs[e].photo_12mp.wait, 0)}`)],
    ['p99 des autres pages sous 50 connexions/s, rapport au calme', ...engines.map((e) => `× ${french(moteurs[e].connexions.ratio, 1)}`)],
]);
