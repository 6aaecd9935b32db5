// Makes the static files that the binary carries: the two themes (the DSFR as published for the State, our own otherwise),
// our styles, icons and islands; hashed names, brotli and gzip bodies. Usage: node tools/build-assets.mjs build/generated. Needs Node 18 and node_modules only.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync}
    from 'node:fs';
import {basename, dirname, extname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {buildSync} from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = resolve(process.argv[2] ?? join(root, 'build/generated'));
const dsfr = join(root, 'node_modules/@gouvfr/dsfr');
const dsfrVersion = JSON.parse(readFileSync(join(dsfr, 'package.json'), 'utf8')).version;
const cache = join(out, 'assets-cache');
mkdirSync(cache, {recursive: true});

const sha = bytes => createHash('sha256').update(bytes).digest('hex');
const filesBelow = folder => readdirSync(folder, {withFileTypes: true}).flatMap(entry =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]).sort();

// Nothing to do when no input changed since the last run.
const inputs = [...filesBelow(join(root, 'assets')), fileURLToPath(import.meta.url), join(root, 'package-lock.json')];
const stamp = sha(inputs.map(file => `${relative(root, file)} ${sha(readFileSync(file))}`).join('\n'));
const stampFile = join(out, 'assets.stamp');
const cpp = join(out, 'assets.cpp');
if (existsSync(cpp) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    utimesSync(cpp, new Date(), new Date());
    process.exit(0);
}

const types = {
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml; charset=utf-8',
    '.woff2': 'font/woff2',
    '.png': 'image/png',
};

const files = []; // {path, body}
const named = []; // [source name, path] for ui::asset

function add(path, body, name) {
    files.push({path, body: Buffer.from(body)});
    if (name) named.push([name, path]);
}
function addHashed(name, body) {
    const extension = extname(name);
    const path = `/assets/${basename(name, extension)}-${sha(body).slice(0, 10)}${extension}`;
    add(path, body, name);
    return path;
}
/** A file of a package; what to do when npm has not brought it yet. */
function fromPackage(name) {
    const file = join(root, 'node_modules', name);
    if (!existsSync(file)) throw new Error(`node_modules/${name} is missing: run tools/setup (or npm ci --ignore-scripts).`);
    return readFileSync(file);
}

// DSFR, byte for byte, in a folder that carries its version: its own url() references keep working.
const dsfrFolder = `/assets/dsfr-${dsfrVersion}`;
const dsfrCss = readFileSync(join(dsfr, 'dist/dsfr.main.min.css'));
add(`${dsfrFolder}/dsfr.main.min.css`, dsfrCss, 'dsfr.css');
add(`${dsfrFolder}/dsfr.module.min.js`, readFileSync(join(dsfr, 'dist/dsfr.module.min.js')), 'dsfr.js');
const references = new Set([...dsfrCss.toString().matchAll(/url\(["']?((?:icons|fonts)\/[^)"']+)["']?\)/g)].map(m => m[1]));
for (const reference of [...references].sort()) {
    // woff repeats woff2 for browsers of 2015; Spectral is for quotations, which we have none of.
    if (reference.endsWith('.woff') || reference.includes('Spectral')) continue;
    add(`${dsfrFolder}/${reference}`, readFileSync(join(dsfr, 'dist', reference)));
}
for (const [name, file] of [['marianne-regular.woff2', 'Marianne-Regular.woff2'], ['marianne-bold.woff2', 'Marianne-Bold.woff2']])
    named.push([name, `${dsfrFolder}/fonts/${file}`]);

// The icons that our pages use, inlined: one rule each. The State's come from the DSFR, ours from assets/icones.
const iconFiles = new Map();
for (const file of filesBelow(join(dsfr, 'dist/utility/icons')).filter(file => /icons-[a-z]+\.main\.css$/.test(file)))
    for (const rule of readFileSync(file, 'utf8').matchAll(/\.(fr-icon-[a-z0-9-]+)::before,[^{]*\{[^}]*?url\(["']([^"')]+)["']\)/g))
        iconFiles.set(rule[1], resolve(dirname(file), rule[2]));
const icons = readFileSync(join(root, 'assets/icons.txt'), 'utf8').split('\n').map(line => line.trim())
    .filter(line => line && !line.startsWith('#')).sort();
const mask = file => {
    const svg = readFileSync(file, 'utf8').trim().replace(/\s+/g, ' ').replace(/[#%<>"]/g, c => c === '"' ? "'" : encodeURIComponent(c));
    return `{-webkit-mask-image:url("data:image/svg+xml,${svg}");mask-image:url("data:image/svg+xml,${svg}")}`;
};
function iconRules(whose, fileOf) {
    return icons.map(name => {
        const file = fileOf(name);
        if (!file || !existsSync(file)) throw new Error(`assets/icons.txt: ${whose} has no icon ${name}.`);
        return `.${name}::before,.${name}::after${mask(file)}`;
    }).join('\n');
}
const ourIcon = name => join(root, 'assets/icones', `${name.replace('fr-icon-', '')}.svg`);

// Letters of the neutral theme (SIL Open Font License): one variable file for every weight.
const letters = addHashed('atkinson-hyperlegible-next.woff2', fromPackage('@fontsource-variable/atkinson-hyperlegible-next/files/'
    + 'atkinson-hyperlegible-next-latin-wght-normal.woff2'));

// Our styles: one file for each theme, and the dark colours of the neutral one.
const styles = filesBelow(join(root, 'assets/css')).filter(file => file.endsWith('.css')).map(file => readFileSync(file, 'utf8'));
const theme = name => readFileSync(join(root, 'assets/themes', name), 'utf8');
const minified = contents => buildSync({
    stdin: {contents, loader: 'css'},
    minify: true, write: false, target: ['chrome100', 'firefox100', 'safari15'], logLevel: 'warning',
}).outputFiles[0].contents;
addHashed('etat.css', minified([iconRules(`the DSFR ${dsfrVersion}`, name => iconFiles.get(name)), theme('etat.css'), ...styles].join('\n')));
addHashed('neutre.css', minified([iconRules('assets/icones', ourIcon), theme('neutre.css').replace('/assets/lettres.woff2', letters),
    ...styles].join('\n')));
addHashed('neutre-sombre.css', minified(theme('neutre-sombre.css')));

// The islands: one module. theme.js runs before the first paint, and tus.js is for pages that send files: they stand apart.
for (const entry of ['logis.ts', 'theme.ts', 'tus.ts']) {
    const js = buildSync({
        entryPoints: [join(root, 'assets/islands', entry)], bundle: true, minify: true, write: false,
        format: entry === 'theme.ts' ? 'iife' : 'esm', target: 'es2020', legalComments: 'none', charset: 'utf8',
        logLevel: 'warning',
    }).outputFiles[0].contents;
    addHashed(entry.replace('.ts', '.js'), js);
}

for (const image of filesBelow(join(root, 'assets/images'))) addHashed(basename(image), readFileSync(image));

// Compression, remembered by content: brotli at its best costs two seconds for the whole set.
function compressed(kind, body, compress) {
    const file = join(cache, `${sha(body)}.${kind}`);
    if (!existsSync(file)) {
        const small = compress(body);
        writeFileSync(file, small.length < body.length * 0.95 ? small : Buffer.alloc(0));
    }
    return readFileSync(file);
}
const brotli = body => brotliCompressSync(body, {params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length}});
const gzip = body => gzipSync(body, {level: 9});

const pieces = [];
let length = 0;
function place(bytes) {
    if (bytes.length === 0) return '{}';
    const at = length;
    pieces.push(bytes);
    length += bytes.length;
    return `{blob + ${at}, ${bytes.length}}`;
}
files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
const rows = files.map(({path, body}) => {
    const type = types[extname(path)];
    if (!type) throw new Error(`${path}: no Content-Type is known for this extension.`);
    const text = !/\.(woff2|png)$/.test(path);
    const br = text ? compressed('br', body, brotli) : Buffer.alloc(0);
    const gz = text ? compressed('gz', body, gzip) : Buffer.alloc(0);
    return `    {"${path}", "${type}", ${place(body)}, ${place(br)}, ${place(gz)}, "\\"${sha(body).slice(0, 16)}\\"", true},`;
});
named.sort((a, b) => (a[0] < b[0] ? -1 : 1));

const blob = Buffer.concat(pieces);
const blobFile = join(out, `assets-${sha(blob).slice(0, 16)}.bin`);
for (const old of readdirSync(out)) if (/^assets-[0-9a-f]+\.bin$/.test(old)) rmSync(join(out, old));
writeFileSync(blobFile, blob);
// The assembler copies the bytes: no compiler ever reads them.
const source = `// Generated by tools/build-assets.mjs from assets/ and the packages of package-lock.json.
#include "http/static_files.hpp"
#include "ui/assets.hpp"

asm(".pushsection .rodata\\n"
    ".balign 16\\n"
    ".global logis_asset_blob\\n"
    ".hidden logis_asset_blob\\n"
    "logis_asset_blob:\\n"
    ".incbin \\"${blobFile}\\"\\n"
    ".byte 0\\n"
    ".popsection\\n");

extern "C" __attribute__((visibility("hidden"))) const char logis_asset_blob[${blob.length}];

namespace http {

std::span<const StaticFile> static_files()
{
    static constexpr const char* blob = logis_asset_blob;
    static constexpr StaticFile files[] = {
${rows.join('\n')}
    };
    return files;
}

}  // namespace http

namespace ui {

std::span<const AssetName> asset_names()
{
    static constexpr AssetName names[] = {
${named.map(([name, path]) => `        {"${name}", "${path}"},`).join('\n')}
    };
    return names;
}

}  // namespace ui
`;
writeFileSync(`${cpp}.tmp`, source);
renameSync(`${cpp}.tmp`, cpp);
writeFileSync(stampFile, stamp);
const size = name => files.find(file => file.path === named.find(n => n[0] === name)[1]).body.length;
console.log(`assets: ${files.length} files, ${Math.round(blob.length / 1024)} KiB with their compressed forms ` +
    `(neutre.css ${size('neutre.css')} bytes, etat.css ${size('etat.css')} bytes, logis.js ${size('logis.js')} bytes)`);
statSync(cpp);
