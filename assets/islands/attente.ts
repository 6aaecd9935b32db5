// [data-attente] with an id: something that the server is still preparing (a file being checked). The page is asked
// for again, less and less often, and each such element is replaced once it is ready. Lists are written by the server
// only; without JavaScript the text says to reload the page.

const first = 250;
const slowest = 20_000;
let timer: ReturnType<typeof setTimeout> | undefined;

function waiting(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[data-attente][id]')];
}

async function look(): Promise<void> {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const old of waiting()) {
        const now = fresh.getElementById(old.id);
        // Not under the hands of somebody who is using it.
        if (!now || now.hasAttribute('data-attente') || old.contains(document.activeElement)) continue;
        old.replaceWith(document.adoptNode(now));
    }
}

/** Watches what waits on this page; to be called again when the page has received more of it. */
export function watchWaiting(after = first): void {
    clearTimeout(timer);
    if (!waiting().length) return;
    timer = setTimeout(() => {
        // A page that is gone or a network that is away: the next look may do better.
        const done = document.hidden ? Promise.resolve() : look().catch(() => undefined);
        void done.then(() => watchWaiting(Math.min(after * 1.5, slowest)));
    }, after);
}
