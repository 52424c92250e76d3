// Every page that one person can reach by links, a few of each kind.

import { routes } from './server.mjs';

const pages = routes().filter(route => route.method === 'GET');

/**
 * Visits them one after the other. `look(page, name)` is called on each, with a name fit for a file. Gives back the
 * routes that were looked at. `also` are addresses that nothing links to; `ofEachKind` says how many of a route.
 * @param {import('playwright-core').Page} page
 */
export async function walk(page, look, { ofEachKind = () => 1, also = [] } = {}) {
    const ahead = [...also, ...startsFor()];
    const met = new Set(ahead);
    const visits = new Map();
    const looked = new Set();
    while (ahead.length > 0) {
        const path = ahead.shift();
        const kind = kindOf(path);
        const visited = visits.get(kind) ?? 0;
        if (!kind || visited >= ofEachKind(kind) || kind.includes('/live')) continue;
        visits.set(kind, visited + 1);
        if (!await opensAsPage(page, path)) continue;
        await look(page, nameOf(kind) + (visited ? `-${visited + 1}` : ''));
        looked.add(kind);
        const found = await page.locator('a[href]').evaluateAll(links => links.map(link => link.href));
        const origin = new URL(page.url()).origin;
        const here = found.filter(link => link.startsWith(`${origin}/`));
        // A place on a page is no page.
        for (const link of here.map(link => link.slice(origin.length).split('#')[0])) {
            if (!met.has(link)) ahead.push(link);
            met.add(link);
        }
    }
    return looked;
}

/** Every GET route, as registered: `/portals/:portal`. */
export const kinds = pages.map(route => route.path);

/** `/clients/new` is also of the form `/clients/:client`; the fewest parameters win. */
export function kindOf(address) {
    const parameters = kind => kind.split(/[:*]/).length;
    return kinds.filter(kind => matches(kind, address.split(/[?#]/)[0])).toSorted((one, other) => parameters(one) - parameters(other))[0];
}

/** Pages without parameters are visited even where nothing links to them. */
function startsFor() {
    return kinds.filter(path => !/[:*]/.test(path) && !path.startsWith('/setup'));
}

/** Not a redirect, which is met under its own address, nor a fragment, a file or a mail, which stand in a sandbox. */
async function opensAsPage(page, path) {
    try {
        const answer = await page.goto(path);
        const isThere = answer.ok() && new URL(page.url()).pathname === path.split(/[?#]/)[0];
        const isSandboxed = (answer.headers()['content-security-policy'] ?? '').includes('sandbox');
        return isThere && !isSandboxed && /^<!doctype html>/i.test(await answer.text());
    } catch (error) {
        // A download ends the visit before it began.
        if (/ERR_ABORTED|Download is starting/.test(error.message)) return false;
        throw error;
    }
}

function matches(pattern, path) {
    const parts = pattern.split('/').map(part => part.startsWith(':') ? '[^/]+' : part.startsWith('*') ? '.+' : escape(part));
    return new RegExp(`^${parts.join('/')}$`).test(path);
}

function escape(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function nameOf(pattern) {
    return pattern.replace(/[:*]/g, '').split('/').filter(Boolean).join('-') || 'home';
}
