// A portal kept as a template begins another with two presses; its page is arranged by keyboard; a reminder goes out in place.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

const names = page => page.locator('#portal-sections .row-name').allInnerTexts();

async function openSections(page) {
    await openPortal(page, portal);
    await page.locator('summary', { hasText: 'Actions for this portal' }).click();
    await press(page, 'Sections');
    await page.locator('#portal-sections').waitFor();
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`on a phone, ${how}, a project's portal begins from a template`, async () => {
        const ada = await world.signedIn('ada', { ...phone, ...options });
        await ada.goto('/staff/projects/new');
        await ada.getByLabel('Name', { exact: true }).fill(`A shop ${how}`);
        await press(ada, 'Save');
        await ada.getByRole('heading', { level: 1, name: `A shop ${how}` }).waitFor();
        await ada.locator('summary', { hasText: 'From a template' }).click();
        assert.deepEqual(await misfits(ada), []);
        await press(ada, 'Small site');
        await ada.locator('#items').getByRole('link', { name: 'Contracts', exact: true }).waitFor();
    });
}

test('by keyboard alone, sections take another order, which the client finds', async () => {
    const ada = await world.signedIn('ada');
    await openSections(ada);
    const before = await names(ada);
    await tabTo(ada, `Reorder ${before[0]}`);
    const saved = ada.waitForResponse(reply => reply.url().endsWith('/sections/order'));
    for (const key of ['Space', 'ArrowDown', 'Space']) await ada.keyboard.press(key);
    assert.equal((await saved).status(), 204);
    const after = [before[1], before[0], ...before.slice(2)];
    assert.deepEqual(await names(ada), after);
    await ada.reload();
    assert.deepEqual(await names(ada), after);
});

test('a section is hidden in place, and the client does not meet it', async () => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol');
    await openSections(ada);
    await ada.locator('summary', { hasText: 'Actions for Messages' }).click();
    await press(ada, 'Hide');
    await ada.locator('#section-messages').getByText('Hidden', { exact: true }).waitFor();
    await openPortal(carol, portal);
    await carol.locator('#items').waitFor();
    assert.equal(await carol.locator('#portal-messages').count(), 0);
});

test('a reminder takes the place of its button, and the page stays', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/awaited');
    const reminders = ada.locator('.awaited-reminder');
    await press(reminders.first(), 'Remind');
    await reminders.first().getByText('Reminded just now').waitFor();
    assert.equal(new URL(ada.url()).pathname, '/staff/awaited');
});
