// The versions of a file: one after the other, what changed, pinned, deleted and brought back; by keyboard on a phone.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const phone = { viewport: { width: 360, height: 740 } };

const versions = page => page.locator('#versions .row-name').allInnerTexts();

async function upload(page, words) {
    await openPortal(page, portal);
    const before = await page.locator('#items').innerHTML();
    await page.getByLabel('Files', { exact: true }).setInputFiles(
        { name: 'Plan.txt', mimeType: 'text/plain', buffer: Buffer.from(words) },
    );
    await eventually('the listing is new', async () => await page.locator('#items').innerHTML() !== before);
}

/** What one version's menu offers, chosen by keyboard alone. */
async function choose(page, number, action) {
    const row = page.locator('#versions .row', { hasText: `Version ${number}` });
    await row.locator('details.menu summary').press('Enter');
    const entry = { name: action, exact: true };
    await row.getByRole('button', entry).or(row.getByRole('link', entry)).press('Enter');
}

test('P34: versions, by keyboard on a phone', async t => {
    const ada = await world.signedIn('ada', phone);
    const carol = await world.signedIn('carol');
    await upload(ada, 'Line one\nLine two\n');
    await upload(ada, 'Line one\nLine 2\n');
    await ada.locator('#items').getByRole('link', { name: 'Plan.txt', exact: true }).click();
    await eventually('both are listed', async () => (await versions(ada)).join() === 'Version 2,Version 1');
    const file = ada.url();

    await t.test('what changed, line by line', async () => {
        await choose(ada, 2, 'What changed');
        await ada.locator('.file-changes ins', { hasText: 'Line 2' }).waitFor();
        assert.ok(await ada.evaluate(() => document.documentElement.scrollWidth <= 360), 'no wider than the phone');
        await ada.goBack();
    });

    await t.test('a pinned one is what the client sees', async () => {
        await choose(ada, 1, 'Pin: keep showing this version');
        await ada.getByText('Version 1 is pinned').waitFor();
        await carol.goto(file.replace('/staff', ''));
        await carol.getByText('Line two').waitFor();
        await press(ada, 'Unpin and show the newest');
        await eventually('it is unpinned', async () => await ada.getByText('is pinned').count() === 0);
        await carol.reload();
        await carol.getByText('Line 2').waitFor();
    });

    await t.test('a deleted one is brought back from the list of those', async () => {
        await choose(ada, 2, 'Delete this version');
        await eventually('it is gone', async () => !(await versions(ada)).includes('Version 2'));
        await ada.goto(file);
        await ada.locator('#deleted-versions').getByText('can be brought back until').waitFor();
        await ada.getByRole('button', { name: 'Bring back' }).press('Enter');
        await eventually('it is back', async () => (await versions(ada)).join() === 'Version 2,Version 1');
        assert.equal(await ada.locator('#deleted-versions').count(), 0);
    });

    await t.test('an earlier one becomes the newest', async () => {
        await choose(ada, 1, 'Restore as the newest version');
        await eventually('there are three', async () => (await versions(ada)).join() === 'Version 3,Version 2,Version 1');
        await carol.reload();
        await carol.getByText('Line two').waitFor();
    });
});
