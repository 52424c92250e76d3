// Notifications: what Ada adds is counted on Carol's open page and stands in her open list; on a phone and without
// JavaScript.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };

const count = page => page.locator('#count-of-notification');

async function addNote(ada, title) {
    await openPortal(ada, 'Acme website relaunch');
    await press(ada, 'Add note');
    await field(ada, 'Title').fill(title);
    await field(ada, 'Note').fill('Words.');
    await press(ada, 'Save');
    await ada.getByText(title).first().waitFor();
}

test('what Ada adds is counted and listed on Carol’s open page', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', phone);
    await carol.goto('/notifications');
    await press(carol, 'Mark all as read');
    await eventually('nothing is unread', async () => await count(carol).textContent() === '0');

    await t.test('without a reload', async () => {
        await carol.goto('/notifications');
        await addNote(ada, 'Lantern plan');
        await carol.locator('#notifications').getByText('Lantern plan').waitFor();
        await eventually('the number grew', async () => await count(carol).textContent() === '1');
    });

    await t.test('it fits a phone', async () => {
        const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
        assert.equal(overflow, false, 'the page is wider than the phone');
    });
});

test('without JavaScript she reads it and chooses to be told once a day', async () => {
    const carol = await world.signedIn('carol', { javaScriptEnabled: false });
    await carol.goto('/account');
    await carol.getByRole('link', { name: 'Choose' }).click();
    await field(carol, 'Messages').selectOption('Once a day');
    await press(carol, 'Save');
    await carol.goto('/account/notifications');
    assert.equal(await field(carol, 'Messages').inputValue(), 'messages:daily');
    await carol.goto('/notifications');
    await press(carol, 'Mark all as read');
    assert.equal(await carol.locator('#notifications').getByText('New', { exact: true }).count(), 0);
});
