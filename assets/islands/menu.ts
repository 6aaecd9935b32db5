// The menu button of the neutral theme, on small screens: opens and folds the links of the header.

export function foldMenu(): void {
    const header = document.querySelector<HTMLElement>('.logis-entete');
    const button = header?.querySelector<HTMLButtonElement>('.logis-entete__menu');
    if (!header || !button) return;
    const show = (open: boolean): void => {
        header.dataset.menu = open ? 'ouvert' : 'plie';
        button.setAttribute('aria-expanded', String(open));
    };
    button.addEventListener('click', () => show(header.dataset.menu !== 'ouvert'));
    header.addEventListener('keydown', event => {
        if (event.key !== 'Escape' || header.dataset.menu !== 'ouvert') return;
        show(false);
        button.focus();
    });
}
