// Announcements: Ada writes and publishes one, Carol's open page shows it, and Ada sees who has read it; on a phone and
// without JavaScript.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, markDocument, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };
const portal = 'Acme website relaunch';

const count = page => page.locator('#count-of-announcement');

/** Ends on the draft's page. */
async function draft(ada, title, words) {
    await ada.goto('/staff/announcements');
    await press(ada, 'New announcement');
    await field(ada, 'Title').fill(title);
    await field(ada, 'Message').fill(words);
    await field(ada, portal).check();
    await press(ada, 'Save');
    await ada.getByRole('heading', { level: 1, name: title }).waitFor();
}

test('what Ada announces reaches Carol’s open page, and Ada sees who has read it', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', phone);
    await carol.goto('/announcements');
    const isSameDocument = await markDocument(carol);
    const before = await count(carol).textContent();

    await t.test('a draft is shown as it will look, to her team alone', async () => {
        await draft(ada, 'Lantern week', 'The **lanterns** hang from Monday on.');
        await ada.getByText('Only your team sees it').waitFor();
        assert.equal(await ada.locator('.prose strong').innerText(), 'lanterns');
    });

    await t.test('publishing says first how many will read it', async () => {
        await press(ada, 'Publish');
        const dialog = ada.getByRole('dialog');
        await dialog.getByText('people will read this').waitFor();
        assert.equal(await carol.getByText('Lantern week').count(), 0);
        await press(dialog, 'Publish');
        await ada.getByRole('heading', { name: /have not read it yet$/ }).waitFor();
    });

    await t.test('it stands on Carol’s list without a reload, and is counted', async () => {
        await carol.locator('#announcements').getByText('Lantern week').waitFor();
        await eventually('the number grew', async () => await count(carol).textContent() !== before);
        assert.ok(await isSameDocument());
    });

    await t.test('Carol finds it on her home and opens it, and Ada learns of it without a reload', async () => {
        await carol.goto('/');
        await carol.locator('#latest-announcements .row').filter({ hasText: 'Lantern week' }).getByRole('link', { name: 'Read' }).click();
        await carol.getByRole('heading', { level: 1, name: 'Lantern week' }).waitFor();
        await ada.getByRole('heading', { name: '1 person has read it' }).waitFor();
        await eventually('the number shrank', async () => await count(carol).textContent() === before);
    });

    await t.test('it fits a phone', async () => {
        const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
        assert.equal(overflow, false, 'the page is wider than the phone');
    });

    await t.test('Ada corrects it, and Carol sees that', async () => {
        await press(ada, 'Edit');
        await field(ada, 'Message').fill('The lanterns hang from Tuesday on.');
        await press(ada, 'Save');
        await carol.getByText('from Tuesday on').waitFor();
        await carol.getByText(/^Edited /).waitFor();
    });

    await t.test('Ada deletes it and thinks better of it', async () => {
        await press(ada, 'Delete');
        await ada.getByText('“Lantern week” was deleted.').waitFor();
        await press(ada, 'Undo');
        await ada.getByRole('heading', { level: 1, name: 'Lantern week' }).waitFor();
    });
});

test('P40: without JavaScript', async t => {
    const plain = { javaScriptEnabled: false };
    const [ada, carol] = [await world.signedIn('ada', plain), await world.signedIn('carol', { ...plain, ...phone })];

    await t.test('Ada is told what is wrong, with what she typed, and publishes', async () => {
        await ada.goto('/staff/announcements/new');
        await field(ada, 'Title').fill('Without a script');
        await field(ada, 'Message').fill('It works.');
        await press(ada, 'Save');
        await ada.getByText('Choose for whom it is').waitFor();
        assert.equal(await field(ada, 'Title').inputValue(), 'Without a script');
        await field(ada, 'Everybody who has a portal').check();
        await press(ada, 'Save');
        await press(ada, 'Publish');
        await ada.getByText('people will read this').waitFor();
        await press(ada, 'Publish');
        await ada.getByRole('heading', { name: /have not read it yet$/ }).waitFor();
    });

    await t.test('Carol marks it as read by a button', async () => {
        await carol.goto('/announcements');
        await carol.getByRole('link', { name: 'Without a script' }).click();
        await carol.getByText('It works.').waitFor();
        await press(carol, 'Mark as read');
        await carol.getByText('It works.').waitFor();
        assert.equal(await carol.getByRole('button', { name: 'Mark as read' }).count(), 0);
    });
});
