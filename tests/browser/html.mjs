// Validity of the HTML that the server writes: html-validate with its recommended and accessibility rules. What is
// switched off is said here, with its reason.
import {HtmlValidate, StaticConfigLoader} from 'html-validate';

const validator = new HtmlValidate(new StaticConfigLoader({
    extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
    rules: {
        // The DSFR asks for role="banner", "navigation"… on the elements that have them: old readers need them.
        'no-redundant-role': 'off',
        // Our templates are written for readers of the C++ sources: blanks and case of the DOCTYPE are theirs.
        'no-trailing-whitespace': 'off',
        'doctype-style': 'off',
        // Everything comes from the service itself, under hashed names.
        'require-sri': 'off',
        // Check boxes of one question share their name, as do the buttons of a form.
        'form-dup-name': ['error', {shared: ['radio', 'checkbox', 'button', 'submit', 'reset']}],
        // A scrolling table is a region that the keyboard reaches: it groups, it is not a <section>.
        'prefer-native-element': ['error', {exclude: ['region', 'status', 'group', 'link']}],
        // A list may be named.
        'aria-label-misuse': ['error', {allowAnyNamable: true}],
        // Titles say what is on the page and where; ours may name an address.
        'long-title': 'off',
    },
}));

/** What is wrong with this page, one sentence each. */
export async function htmlDefects(html, where) {
    const {results} = await validator.validateString(html, where);
    return results.flatMap(result => result.messages)
        .map(found => `${where}:${found.line}:${found.column} ${found.ruleId}: ${found.message} (${found.selector ?? ''})`);
}
