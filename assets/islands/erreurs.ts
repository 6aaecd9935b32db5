// Brings the list of errors into view and under the focus, in browsers where autofocus does not reach a <div>.

export function focusErrors(): void {
    const summary = document.getElementById('erreurs');
    if (summary && document.activeElement !== summary) summary.focus();
}
