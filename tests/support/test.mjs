// node:test, with an end for each test: a journey that waits for ever fails and says its name, instead of holding the
// whole check. (The runner of Debian's node has no option for it.)
import {test as unbounded} from 'node:test';

export {after, before} from 'node:test';

/** A test that fails after five minutes, or `timeout` milliseconds. */
export const test = (name, ...rest) => {
    const [options, work] = rest.length > 1 ? rest : [{}, rest[0]];
    return unbounded(name, {timeout: 300_000, ...options}, work);
};
