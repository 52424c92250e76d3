// What was deleted is listed for 30 days, and comes back; on a phone and by keyboard.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

const names = page => page.locator('#items .row-name').allInnerTexts();

async function remove(page, item) {
    await openPortal(page, portal);
    await page.locator('summary', { hasText: `Actions for ${item}` }).click();
    await press(page, 'Delete');
    await page.getByText(`“${item}” was deleted.`).waitFor();
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`on a phone, ${how}, a deleted folder comes back with what is in it`, async () => {
        const ada = await world.signedIn('ada', { ...phone, ...options });
        const dora = await world.signedIn('dora');
        await openPortal(ada, portal);
        const before = await names(ada);
        await remove(ada, 'Guides');
        await openPortal(dora, portal);
        assert.ok(!(await names(dora)).includes('Guides'));

        await ada.goto('/staff/portals');
        await press(ada, 'Recently deleted');
        const row = ada.locator('.row').filter({ has: ada.getByText('Guides', { exact: true }) });
        assert.match(await row.innerText(), /Ada Berg.*Studio resources/s);
        assert.deepEqual(await misfits(ada), []);
        await press(row, 'Restore');
        await ada.getByRole('heading', { level: 1, name: portal }).waitFor();
        assert.deepEqual(await names(ada), before);
        await ada.locator('#items').getByRole('link', { name: 'Guides', exact: true }).click();
        await ada.getByRole('link', { name: 'Writing for the web' }).waitFor();
        await openPortal(dora, portal);
        assert.ok((await names(dora)).includes('Guides'));
    });
}

test('by keyboard alone', async () => {
    const ada = await world.signedIn('ada');
    await remove(ada, 'Book a call');
    await ada.goto('/staff/portals');
    await tabTo(ada, 'Recently deleted');
    await ada.keyboard.press('Enter');
    await ada.waitForURL(url => url.pathname === '/staff/deleted');
    await tabTo(ada, 'Restore');
    await ada.keyboard.press('Enter');
    await ada.getByRole('heading', { level: 1, name: portal }).waitFor();
    assert.ok((await names(ada)).includes('Book a call'));
});
