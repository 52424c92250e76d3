// P42: no page has a serious finding of axe-core, in light and in dark, with whatever can be opened over it.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { addressesInMails, atSecondStep, atSetUp } from '../world/doors.mjs';
import { overlays } from '../world/overlays.mjs';
import { openPortal } from '../world/steps.mjs';
import { kindOf, kinds, walk } from '../world/walk.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile('demo', { stripe: true });

let sent;
const addresses = () => sent ??= addressesInMails(world);

/** Of these each looks different, and leads elsewhere. */
const many = ['/staff/files/:item', '/files/:item', '/staff/quotes/:quote', '/staff/invoices/:invoice', '/invoices/:invoice',
    '/staff/subscriptions/:subscription', '/staff/portals/:portal/messages/:client', '/staff/announcements/:announcement'];
const ofEachKind = kind => many.includes(kind) ? 12 : 1;

/** Where axe has nothing to look at, and why. */
const noPages = {
    'a word or a stream of events for a machine': ['/healthz', '/readyz', '/metrics', '/live', '/staff/live',
        '/.well-known/portico/:token'],
    'a file, a picture or a paper': ['/assets/:file', '/brand/:file', '/brand/:version/:picture',
        '/manifest.webmanifest', '/portals/:portal/download', '/staff/portals/:portal/download',
        '/messages/rooms/:room/:message/files/:file/download', '/staff/messages/rooms/:room/:message/files/:file/download',
        '/portals/:portal/offline/download', '/staff/portals/:portal/offline/download',
        '/portals/:portal/messages/:message/files/:file/download', '/staff/portals/:portal/messages/:client/:message/files/:file/download',
        '/files/:item/content', '/files/:item/download', '/files/:item/thumbnail', '/files/:item/pages/:page',
        '/staff/files/:item/content', '/staff/files/:item/download', '/staff/files/:item/thumbnail', '/staff/files/:item/pages/:page',
        '/staff/files/:item/versions/:version/content', '/staff/files/:item/versions/:version/download',
        '/staff/files/:item/versions/:version/pages/:page', '/invoices/:invoice/paper', '/staff/invoices/:invoice/paper',
        '/quotes/:quote/paper', '/staff/quotes/:quote/paper', '/payments/:payment/receipt', '/staff/payments/:payment/receipt',
        '/staff/invoices/export/:file', '/staff/settings/audit/audit.csv', '/staff/settings/audience.csv',
        '/staff/clients/:client/person.zip'],
    'a mail, in a frame that lets nothing in': ['/staff/settings/components/letter', '/staff/settings/mail/:name/body'],
    'a part of a page, looked at with the whole': ['/portals/:portal/items', '/staff/portals/:portal/items', '/portals/:portal/milestones',
        '/staff/projects/:project/track', '/staff/projects/:project/milestones', '/portals/:portal/requests',
        '/staff/portals/:portal/requests', '/staff/files/:item/approvals', '/staff/portals/:portal/grants',
        '/staff/clients/:person/grants', '/staff/portals/:portal/sharing/holders', '/staff/portals/:portal/sharing/selection',
        '/staff/settings/looks/preview', '/staff/settings/public-page/cover/preview', '/staff/messages/unread', '/messages/unread', '/portals/:portal/messages/latest',
        '/announcements/unread', '/announcements/latest', '/notifications/unread', '/staff/notifications/unread'],
    'it leads on to what it names': ['/staff/documents/:document'],
};
const known = Object.values(noPages).flat();

/** A payment can be given back once there is one; where Carol learnt that hers has arrived. */
async function pay() {
    const carol = await world.signedIn('carol');
    await carol.goto('/billing');
    await carol.locator('a.row-name[href^="/invoices/"]').first().click();
    await carol.getByRole('button', { name: /^Pay / }).click();
    await carol.getByRole('button', { name: 'Pay by card' }).click();
    await carol.getByText('Paid. Thank you!').waitFor();
    const { pathname } = new URL(carol.url());
    await carol.context().close();
    return pathname;
}

/** The one file of the demo that came twice. */
async function revised(ada) {
    await openPortal(ada, 'Acme website relaunch');
    for (const name of ['Contracts', 'Budget.csv']) {
        await ada.locator('#items').getByRole('link', { name, exact: true }).click();
        await ada.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    }
    return new URL(ada.url()).pathname;
}

/** Of the one member of staff: owners and admins see everything. */
async function limit(ada) {
    await ada.goto('/staff/people');
    await ada.getByRole('link', { name: 'Ben Okafor' }).click();
    await ada.getByRole('heading', { level: 1, name: 'Ben Okafor' }).waitFor();
    return `${new URL(ada.url()).pathname}/limit`;
}

/** By its ground, whatever notation its colour has. */
const isDark = page => page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    for (const element of [document.documentElement, document.body]) {
        canvas.fillStyle = getComputedStyle(element).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
    }
    return canvas.getImageData(0, 0, 1, 1).data[1] < 128;
});

let payment;
const paid = () => payment ??= pay();

for (const colorScheme of ['light', 'dark']) {
    const look = { colorScheme, reducedMotion: 'reduce' };
    const looked = new Set();

    for (const name of ['stranger', 'ada', 'carol']) {
        test(`every page of ${name} is accessible in ${colorScheme}`, async () => {
            const page = name === 'stranger' ? await world.visitor('studio', look) : await world.signedIn(name, look);
            const found = [];
            const afterPaying = await paid();
            const ofAda = name === 'ada' ? [await revised(page), await limit(page)] : [];
            const visited = await walk(page, async page => {
                // A file shown by itself is the browser's own viewer, not a page of ours.
                if (new URL(page.url()).pathname.endsWith('/content')) return;
                found.push(...await findings(page));
                assert.equal(await isDark(page), colorScheme === 'dark', page.url());
            }, { ofEachKind, also: { ada: ofAda, carol: [afterPaying] }[name] });
            assert.ok(visited.size > 0);
            assert.deepEqual(found, []);
            visited.forEach(kind => looked.add(kind));
        });
    }

    for (const [name, opening] of Object.entries(overlays)) {
        test(`what opens over the pages of ${name} is accessible in ${colorScheme}`, async () => {
            const page = await world.signedIn(name, look);
            const found = [];
            for (const [what, open] of Object.entries(opening)) {
                await open(page);
                looked.add(kindOf(new URL(page.url()).pathname));
                found.push(...(await findings(page)).map(finding => `${what}: ${finding}`));
            }
            assert.deepEqual(found, []);
        });
    }

    test(`the pages behind the links of mails, and the set-up, are accessible in ${colorScheme}`, async () => {
        const found = [];
        const visitor = await world.visitor('studio', look);
        for (const address of Object.values(await addresses())) {
            assert.equal((await visitor.goto(address)).status(), 200);
            found.push(...await findings(visitor));
            looked.add(kindOf(new URL(address).pathname));
        }
        await atSetUp(look, async page => {
            await page.getByRole('button', { name: 'Start' }).waitFor();
            found.push(...await findings(page));
            looked.add(kindOf(new URL(page.url()).pathname));
        });
        assert.deepEqual(found, []);
    });

    test(`the second step is accessible in ${colorScheme}`, async () => {
        const found = [];
        await atSecondStep(look, async page => {
            found.push(...await findings(page));
            looked.add(kindOf(new URL(page.url()).pathname));
        });
        assert.deepEqual(found, []);
    });

    test(`every page that the program can answer with was looked at in ${colorScheme}`, () => {
        assert.deepEqual(kinds.filter(kind => !looked.has(kind) && !known.includes(kind)), [], 'neither looked at nor known for no page');
        assert.deepEqual(known.filter(kind => looked.has(kind) || !kinds.includes(kind)), [], 'pages after all, or no routes');
    });
}
