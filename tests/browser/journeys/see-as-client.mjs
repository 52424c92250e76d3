// P13: staff see with a client's eyes, are told so on every page, and change nothing; in light and dark, on a phone, by
// keyboard and without JavaScript.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { misfits } from '../world/fit.mjs';
import { assertFocus, enter, tabTo } from '../world/keyboard.mjs';
import { field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';

const bar = page => page.locator('.preview-banner');
const pathOf = page => new URL(page.url()).pathname;
const ofCarol = page => page.locator('#grants .row').filter({ hasText: 'Carol Meyer' });

/** By the button beside her on the portal's page. */
async function seeAsCarol(page) {
    await openPortal(page, portal);
    await press(ofCarol(page), 'See as client');
    await page.waitForURL(url => url.pathname.startsWith('/portals/'));
    await bar(page).getByText('You see what Carol Meyer sees.').waitFor();
}

/** Where the bar's button leads. */
async function assertBack(page) {
    await page.getByRole('heading', { level: 1, name: 'Carol Meyer' }).waitFor();
    assert.match(pathOf(page), /^\/staff\/clients\//);
    assert.equal(await bar(page).count(), 0);
}

for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
        test(`the bar is on every page, fits and is accessible, in ${colorScheme} at ${width}`, async () => {
            const viewport = { width, height: 740 };
            const ada = await world.signedIn('ada', { colorScheme, viewport, reducedMotion: 'reduce' });
            await seeAsCarol(ada);
            for (const path of [pathOf(ada), '/', '/search?q=handbook', '/billing', '/messages', '/account', '/notes/none']) {
                await ada.goto(path);
                assert.ok(await bar(ada).isVisible(), path);
                assert.deepEqual([...await findings(ada), ...await misfits(ada)], []);
            }
            // It goes with the page, and the navigation takes its place.
            await ada.goto('/');
            const [top, below] = await ada.evaluate(() => {
                scrollTo(0, document.body.scrollHeight);
                const box = selector => document.querySelector(selector).getBoundingClientRect();
                return [box('.top-bar').top, Math.max(0, box('.preview-banner').bottom)];
            });
            assert.ok(Math.abs(top - below) < 1, `${top} is not ${below}`);
        });
    }
}

test('by keyboard, Ada sees what Carol sees and comes back', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    await ofCarol(ada).getByRole('button', { name: 'See as client' }).focus();
    await enter(ada);
    await bar(ada).waitFor();
    await tabTo(ada, 'Back to staff pages');
    await assertFocus(ada, 'in the bar');
    await enter(ada);
    await assertBack(ada);
});

test('what Ada opens counts as no view, and what she sends is refused in words', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol')];
    const [told] = await Promise.all([ada.waitForResponse(/\/views$/), seeAsCarol(ada)]);
    assert.equal(told.status(), 204);
    const messages = `${pathOf(ada)}/messages`;
    await ada.goto(messages);
    await field(ada, 'Message').fill('Not by Carol');
    await press(ada, 'Send');
    await ada.locator('#toasts').getByText('You are looking as Carol Meyer. Nothing can be changed here.').waitFor();
    assert.equal(await field(ada, 'Message').inputValue(), 'Not by Carol');
    await carol.goto(messages);
    await field(carol, 'Message').waitFor();
    assert.equal(await carol.getByText('Not by Carol').count(), 0);
});

test('without JavaScript, from the client’s own page', async () => {
    const ada = await world.signedIn('ada', { javaScriptEnabled: false });
    await ada.goto('/staff/clients');
    await ada.getByRole('link', { name: 'Carol Meyer' }).click();
    await press(ada, 'See as client');
    await ada.waitForURL(url => url.pathname === '/');
    await openPortal(ada, portal);
    const place = pathOf(ada);
    await ada.goto(`${place}/messages`);
    await field(ada, 'Message').fill('Not by Carol');
    await press(ada, 'Send');
    await ada.getByRole('heading', { level: 1, name: 'Nothing was changed' }).waitFor();
    await press(ada, 'Back to staff pages');
    await assertBack(ada);
    assert.equal((await ada.goto(place)).status(), 404);
    assert.equal((await ada.goto(`/staff${place}`)).status(), 200);
});
