// P40: Back and reload work everywhere; P4, P6: what sign-in and sign-out do to the way there and back.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { field, openPortal, press, send } from '../world/steps.mjs';
import { walk } from '../world/walk.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const day = 86_400;

/** What a page says, but for how long ago things were. */
async function words(page) {
    const text = await page.locator('body').innerText();
    return text.replace(/just now|\d+ (second|minute|hour)s? ago/g, 'a moment ago');
}

function pathOf(page) {
    const { pathname, search } = new URL(page.url());
    return pathname + search;
}

/** Fills the sign-in form that is open. */
async function signInAs(page, name) {
    const { email, password } = world.server.people.find(person => person.email.startsWith(`${name}@`));
    await field(page, 'Email').fill(email);
    await field(page, 'Password').fill(password);
    await send(field(page, 'Password'));
}

/** A sign-in page is whole: nothing of the page that it was met on is around it. */
async function isAtSignIn(page) {
    await page.waitForURL(url => url.pathname === '/sign-in');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    assert.equal(await page.locator('.sidebar, .top-bar, [data-live]').count(), 0);
}

for (const name of ['ada', 'carol']) {
    test(`P40: a reload of every page of ${name} shows the same again`, async () => {
        const page = await world.signedIn(name);
        let visited = 0;
        await walk(page, async page => {
            // Looking at a conversation or an announcement is reading it, which its reload tells.
            if (/\/portals\/[^/]+\/messages|\/announcements\//.test(page.url())) return;
            const [path, before] = [pathOf(page), await words(page)];
            await page.reload();
            assert.equal(pathOf(page), path);
            assert.equal(await words(page), before, path);
            visited += 1;
        });
        assert.ok(visited > 5, `${visited} pages`);
    });
}

test('P40: Back and reload keep what was searched for', async t => {
    const carol = await world.signedIn('carol');

    await t.test('Carol types, opens a result, and comes back to it', async () => {
        await carol.goto('/search');
        await field(carol, 'Search').pressSequentially('photographs');
        const hit = carol.getByRole('link', { name: 'How to send us photographs' });
        await hit.waitFor();
        const found = await carol.locator('#results').innerText();
        await hit.click();
        await carol.getByRole('heading', { level: 1, name: 'How to send us photographs' }).waitFor();
        await carol.goBack();
        await hit.waitFor();
        assert.equal(await field(carol, 'Search').inputValue(), 'photographs');
        assert.equal(await carol.locator('#results').innerText(), found);
        await carol.reload();
        await hit.waitFor();
        assert.equal(await carol.locator('#results').innerText(), found);
        assert.equal(await field(carol, 'Search').inputValue(), 'photographs');
    });

    await t.test('what the overlay opened leads back to where it was opened', async () => {
        await openPortal(carol, 'Studio resources');
        const [path, before] = [pathOf(carol), await words(carol)];
        await carol.keyboard.press('Control+k');
        await carol.getByRole('combobox', { name: 'Search' }).fill('photographs');
        await carol.getByRole('option', { name: 'How to send us photographs' }).click();
        await carol.getByRole('heading', { level: 1, name: 'How to send us photographs' }).waitFor();
        await carol.goBack();
        await carol.getByRole('heading', { level: 1, name: 'Studio resources' }).waitFor();
        assert.equal(pathOf(carol), path);
        assert.equal(await words(carol), before);
    });

    await t.test('Ada finds a client, opens it, and comes back to the list as it was', async () => {
        const ada = await world.signedIn('ada');
        await ada.goto('/staff/clients');
        const rows = ada.locator('main table tbody tr, main .list > .row');
        const all = await rows.count();
        const box = field(ada, 'Search');
        await box.pressSequentially('globex');
        await ada.getByText('Carol Meyer').waitFor({ state: 'detached' });
        const found = await rows.count();
        assert.ok(found > 0 && found < all, `${found} of ${all}`);
        await ada.getByRole('link', { name: 'Dora Lindt' }).click();
        await ada.getByRole('heading', { level: 1, name: 'Dora Lindt' }).waitFor();
        await ada.goBack();
        await ada.getByRole('link', { name: 'Dora Lindt' }).waitFor();
        assert.equal(await box.inputValue(), 'globex');
        assert.equal(await rows.count(), found);
        await ada.reload();
        assert.equal(await box.inputValue(), 'globex');
        assert.equal(await rows.count(), found);
    });
});

test('P40: Back goes up folder by folder, and an undone dialog leaves no trace in it', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, 'Acme website relaunch');
    const trail = [];
    const names = () => ada.locator('#items .row-name').allInnerTexts();
    for (const name of ['Designs', 'Round 1']) {
        await ada.waitForLoadState();
        trail.push([pathOf(ada), await names()]);
        await ada.locator('#items').getByRole('link', { name, exact: true }).click();
        await ada.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    }
    await press(ada, 'New folder');
    await field(ada, 'Name').fill('Round 1a');
    await send(field(ada, 'Name'));
    await ada.locator('#items').getByRole('link', { name: 'Round 1a' }).waitFor();
    await press(ada, 'Share');
    await ada.getByRole('dialog').waitFor();
    await press(ada, 'Cancel');
    for (const [path, items] of trail.reverse()) {
        await ada.goBack();
        await ada.waitForURL(url => url.pathname + url.search === path);
        assert.deepEqual(await names(), items);
    }
});

test('P6: a deep link opens sign-in first, and itself afterwards', async () => {
    const carol = await world.signedIn('carol');
    await openPortal(carol, 'Acme website relaunch');
    const hrefs = [];
    for (const name of ['Brand handbook.pdf', 'Designs']) {
        hrefs.push(await carol.locator('#items').getByRole('link', { name, exact: true }).getAttribute('href'));
    }
    for (const [link, heading] of [[`${hrefs[0]}?page=7`, 'Brand handbook.pdf'], [hrefs[1], 'Designs'], ['/search?q=retainer', 'Search']]) {
        const visitor = await world.visitor();
        await visitor.goto(link);
        await isAtSignIn(visitor);
        assert.ok(!(await words(visitor)).includes(heading), 'P7: signed out, its name is not told');
        await field(visitor, 'Email').fill('carol@acme.test');
        await field(visitor, 'Password').fill('not her password');
        await press(visitor, 'Sign in');
        await visitor.getByText('do not belong together').waitFor();
        await signInAs(visitor, 'carol');
        await visitor.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
        assert.equal(pathOf(visitor), link);
    }
});

test('P4: after sign-out Back and Forward show no content', async () => {
    const carol = await world.signedIn('carol');
    await openPortal(carol, 'Acme website relaunch');
    await carol.locator('#items').getByRole('link', { name: 'Brand handbook.pdf' }).click();
    await carol.getByRole('heading', { level: 1, name: 'Brand handbook.pdf' }).waitFor();
    await carol.locator('.person-menu summary').click();
    await press(carol, 'Sign out');
    await carol.getByRole('heading', { level: 1, name: 'Brands and websites that age well' }).waitFor();
    for (const step of ['goBack', 'goBack', 'goForward']) {
        await carol[step]();
        await isAtSignIn(carol);
        assert.doesNotMatch(await carol.content(), /handbook|relaunch|Carol/);
    }
});

/** Who is where, asks for what by script, and comes back to another address than this one. */
const partials = {
    'a dialog': ['ada', page => openPortal(page, 'Studio resources'), page => press(page, 'Share')],
    'a list while typing': ['ada', page => page.goto('/staff/clients'), page => field(page, 'Search').fill('dora')],
    'a deletion': ['ada', page => openPortal(page, 'Studio resources'), async page => {
        await page.locator('summary', { hasText: 'Actions for Book a call' }).click();
        await press(page, 'Delete');
    }],
    'an upload': ['ada', page => openPortal(page, 'Studio resources'), page =>
        page.getByLabel('Files', { exact: true }).setInputFiles({ name: 'late.txt', mimeType: 'text/plain', buffer: Buffer.from('late') })],
    'a new order': ['ada', page => openPortal(page, 'Studio resources'), async page => {
        await page.locator('[data-reorder-handle]').first().focus();
        for (const key of ['Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    }],
    'a search while typing': ['carol', page => page.goto('/search'), page => field(page, 'Search').fill('call'), '/search?q=call'],
    'a search in the overlay': ['carol', page => page.goto('/account'), async page => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Search' }).fill('call');
    }],
};

test('P6: an expired session met by a script takes the whole page to sign-in, and back afterwards', async t => {
    for (const [what, [name, go, ask, back]] of Object.entries(partials)) {
        await t.test(what, async () => {
            const page = await world.signedIn(name);
            // What happens elsewhere meanwhile would ask in the background, and lead to the sign-in page first.
            await page.route(/\/live(\?|$)/, route => route.abort());
            world.server.advanceClock(89 * day);
            await go(page);
            const path = pathOf(page);
            world.server.advanceClock(day + 1);
            await ask(page);
            await isAtSignIn(page);
            await signInAs(page, name);
            await page.waitForURL(url => url.pathname !== '/sign-in');
            assert.equal(pathOf(page), back ?? path);
        });
    }
});
