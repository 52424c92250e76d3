// Rooms of chosen people: staff make one with two clients, all see live what is written, and whoever is taken out is cut
// off at once.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };
const message = (page, words) => page.locator('li.message').filter({ hasText: words });

test('two clients meet in a room, and one is cut off when staff take them out', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', phone);
    const cyril = await world.signedIn('cyril');

    await t.test('the dialog says who will read it, and finds people while one types', async () => {
        await ada.goto('/staff/messages');
        await press(ada, 'New room');
        const dialog = ada.getByRole('dialog');
        await dialog.getByText('Only those whom you choose read what is written here').waitFor();
        await dialog.getByLabel('Name', { exact: true }).fill('Keys and lights');
        for (const email of ['carol@acme.test', 'cyril@acme.test']) {
            const narrow = dialog.getByLabel('Find people', { exact: true });
            if (await narrow.count() > 0) {
                await narrow.fill(email);
                await eventually('the others are gone', async () => !await dialog.getByText('dora@globex.test').isVisible());
            }
            await dialog.getByRole('checkbox', { name: email }).check();
        }
        await press(dialog, 'Make the room');
        await ada.getByRole('heading', { level: 1, name: 'Keys and lights' }).waitFor();
    });

    await t.test('both see it without a reload', async () => {
        await carol.goto('/messages');
        await carol.getByRole('link', { name: 'Keys and lights' }).click();
        await cyril.goto(new URL(carol.url()).pathname);
        await field(carol, 'Message').waitFor();
        await field(ada, 'Message').fill('Who has the **spare key**?');
        await press(ada, 'Send');
        await message(carol, 'Who has the spare key?').waitFor();
        await message(cyril, 'Who has the spare key?').waitFor();
        await field(carol, 'Message').fill('I have it.');
        await press(carol, 'Send');
        await message(cyril, 'I have it.').waitFor();
        await message(ada, 'I have it.').waitFor();
        const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
        assert.equal(overflow, false, 'the page is wider than the phone');
    });

    await t.test('whoever is taken out sees nothing more', async () => {
        const room = new URL(ada.url()).pathname;
        await ada.goto(`${room}/people`);
        await press(ada.locator('.row').filter({ hasText: 'carol@acme.test' }), 'Take out');
        await ada.locator('.row').filter({ hasText: 'carol@acme.test' }).waitFor({ state: 'detached' });
        await ada.goto(room);
        await field(ada, 'Message').fill('The code is on the shelf.');
        await press(ada, 'Send');
        await message(cyril, 'The code is on the shelf.').waitFor();
        assert.equal(await carol.getByText('The code is on the shelf.').count(), 0);
        const answer = await carol.goto(room.replace('/staff', ''));
        assert.equal(answer.status(), 404);
    });
    for (const page of [ada, carol, cyril]) await page.context().close();
});
