// Applies the reader's colour scheme before the first paint, when it follows the system's.
const root = document.documentElement;
if (root.dataset.frScheme === 'system')
    root.dataset.frTheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
