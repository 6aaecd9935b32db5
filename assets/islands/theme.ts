// Applies the reader's colour scheme before the first paint. The server's attribute is the only source: the copy
// that the DSFR keeps in the browser's storage would win over it, so it is brought into line first.
const root = document.documentElement;
const scheme = root.dataset.frScheme ?? 'system';
try {
    localStorage.setItem('scheme', scheme);
} catch {
    // Storage may be refused: the DSFR then reads the attribute.
}
const dark = scheme === 'dark' || (scheme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
root.dataset.frTheme = dark ? 'dark' : 'light';
