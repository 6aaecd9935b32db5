// A second click on a button that sends does nothing until the answer comes. The server is idempotent too: this
// only spares the person a doubt.

export function guardForms(): void {
    document.addEventListener('submit', event => {
        const form = event.target;
        if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
        if (form.dataset.envoye !== undefined) {
            event.preventDefault();
            return;
        }
        form.dataset.envoye = '';
        // Not disabled: a disabled button would lose its name=value, and the focus.
        for (const button of form.querySelectorAll<HTMLElement>('[type="submit"]')) button.setAttribute('aria-disabled', 'true');
        // An answer that is a download leaves the page as it is.
        setTimeout(() => release(form), 15_000);
    });
    // Back from history, the page may be shown as it was left.
    addEventListener('pageshow', () => document.querySelectorAll<HTMLFormElement>('form[data-envoye]').forEach(release));
}

function release(form: HTMLFormElement): void {
    delete form.dataset.envoye;
    for (const button of form.querySelectorAll<HTMLElement>('[type="submit"]')) button.removeAttribute('aria-disabled');
}
