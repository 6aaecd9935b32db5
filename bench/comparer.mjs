// Two runs side by side, line by line: node bench/comparer.mjs bench/resultats/2026-11-22.json var/bench/resultats-….json
// A ratio under 1 is less than before. What only one of them has is left out.
import {readFileSync} from 'node:fs';

/** [{engine, what, value}] of what costs or waits: processor, delays, rates, memory. */
function figures({moteurs}) {
    const out = [];
    for (const [engine, m] of Object.entries(moteurs)) {
        const add = (label, of, keys) => {
            for (const [key, unit] of keys) if (typeof of?.[key] === 'number') out.push({engine, what: `${label} : ${unit}`, value: of[key]});
        };
        for (const page of Object.values(m.pages ?? {})) add(page.label, page, [['cpu', 'processeur (ms)'], ['p99', 'p99 (ms)'], ['bytes', 'octets']]);
        add('fichier statique, 1 000 par seconde', m.transport, [['cpu', 'processeur (ms)']]);
        for (const [key, label] of [['depot', 'dépôt le plus lourd'], ['depot_ordinaire', 'dépôt d’un travailleur social']])
            add(label, m[key], [['cpu', 'processeur (ms)'], ['p99', 'p99 (ms)'], ['fastest', 'par seconde']]);
        for (const [key, label] of [['photos_2mp', 'deux photos de 2 Mpx'], ['photo_12mp', 'une photo de 12 Mpx']])
            add(label, m[key], [['cpu', 'processeur (ms)'], ['wait', 'réponse (ms)']]);
        add('connexions', m.connexions, [['ratio', 'p99 des autres pages, rapport']]);
        add('mémoire', m, [['memoire_mo', 'Mo']]);
    }
    return out;
}

const [before, after] = process.argv.slice(2, 4).map(file => JSON.parse(readFileSync(file, 'utf8')));
if (!after) {
    console.error('node bench/comparer.mjs AVANT.json APRÈS.json');
    process.exit(2);
}
const old = new Map(figures(before).map(({engine, what, value}) => [`${engine} ${what}`, value]));
console.log(`${before.date} (${before.version}) et ${after.date} (${after.version})\n\n| | avant | après | rapport |\n|---|---:|---:|---:|`);
for (const {engine, what, value} of figures(after)) {
    const was = old.get(`${engine} ${what}`);
    if (was !== undefined) console.log(`| ${engine}, ${what} | ${was.toPrecision(3)} | ${value.toPrecision(3)} | × ${(value / was).toFixed(2)} |`);
}
