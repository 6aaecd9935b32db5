// <div data-visible-si="nom=valeur">: shown when a field of the form has this value, hidden and not sent otherwise.
// Several values: nom=a|b. Nested conditions follow their parents.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function holds(scope: ParentNode, condition: string): boolean {
    const equals = condition.indexOf('=');
    const name = condition.slice(0, equals);
    const wanted = condition.slice(equals + 1).split('|');
    for (const field of scope.querySelectorAll<Field>(`[name="${CSS.escape(name)}"]`)) {
        if (field.disabled) continue;
        const chosen = !(field instanceof HTMLInputElement) || !['radio', 'checkbox'].includes(field.type) || field.checked;
        if (chosen && wanted.includes(field.value)) return true;
    }
    return false;
}

function apply(scope: ParentNode): void {
    // In document order, so that a condition on a field of a hidden block sees it disabled.
    for (const block of scope.querySelectorAll<HTMLElement>('[data-visible-si]')) {
        const hiddenAbove = block.parentElement?.closest('[data-visible-si][hidden]') !== null
            && block.parentElement?.closest('[data-visible-si][hidden]') !== undefined;
        const visible = !hiddenAbove && holds(scope, block.dataset.visibleSi ?? '');
        block.hidden = !visible;
        for (const field of block.querySelectorAll<Field>('input, select, textarea')) {
            if (field.closest('[data-visible-si]') !== block) continue;
            // A disabled field is not sent: an answer that no longer applies does not come back.
            field.disabled = !visible;
        }
    }
}

export function showConditions(): void {
    const scopes = new Set<HTMLElement>();
    for (const block of document.querySelectorAll<HTMLElement>('[data-visible-si]'))
        scopes.add(block.closest('form') ?? document.body);
    for (const scope of scopes) {
        apply(scope);
        scope.addEventListener('change', () => apply(scope));
    }
    // Going back in history restores the answers after this script has run.
    addEventListener('pageshow', () => scopes.forEach(apply));
}
